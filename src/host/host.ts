/**
 * What the outside grants an interpreter: files, clock, environment, entropy, the process around it. All of it is
 * optional; an interpreter that is given nothing can reach nothing (`closedHost`).
 *
 * Everything is synchronous: Python's own interfaces are. Paths are JavaScript strings in which lone surrogates
 * U+DC80…U+DCFF stand for bytes that are no valid UTF-8 (Python's surrogateescape).
 */

/** Thrown by hosts: an operating system's error, by its Linux number (`errno.ts`). No stack: it is cheap and expected. */
export class HostError {
  constructor(readonly errno: number) {}
}

/** Times are in nanoseconds since the epoch. */
export interface Stat {
  mode: number;
  ino: number | bigint;
  dev: number | bigint;
  nlink: number;
  uid: number;
  gid: number;
  size: number;
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  birthtimeNs?: bigint;
  rdev?: number | bigint;
  blksize?: number;
  blocks?: number;
}

export interface DirEntry {
  name: string;
  ino: number | bigint;
  /** Of the entry itself, links not followed; "other" for devices, sockets …; "unknown" means: ask lstat. */
  kind: "file" | "directory" | "symlink" | "other" | "unknown";
}

/** Bits of `FileSystem.open`'s flags, with Linux's values. */
export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_ACCMODE = 3;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NOCTTY = 0o400;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DSYNC = 0o10000;
export const O_DIRECTORY = 0o200000;
export const O_NOFOLLOW = 0o400000;
export const O_CLOEXEC = 0o2000000;
export const O_PATH = 0o10000000;

export const SEEK_SET = 0;
export const SEEK_CUR = 1;
export const SEEK_END = 2;

/**
 * An open file description: what several file descriptors may share. Methods throw `HostError`.
 * Where a method is absent the file cannot do it (ESPIPE for seeking, EINVAL for truncating).
 */
export interface OpenFile {
  /** Flags it was opened with. */
  readonly flags: number;
  /** Reads into `buffer` from the current position; 0 at the end. */
  read(buffer: Uint8Array): number;
  /** Writes some of `data`; gives how much. */
  write(data: Uint8Array): number;
  /** Reads and writes elsewhere, leaving the position alone. */
  readAt?(buffer: Uint8Array, position: number): number;
  writeAt?(data: Uint8Array, position: number): number;
  /** The new position. */
  seek?(offset: number, whence: number): number;
  truncate?(length: number): void;
  stat(): Stat;
  sync?(): void;
  readonly isTerminal: boolean;
  /** Would `read` give something at once? Absent: yes, or it blocks. */
  readonly isReadable?: boolean;
  /** Changes of a file by descriptor. */
  chmod?(mode: number): void;
  chown?(uid: number, gid: number): void;
  utimes?(atimeNs: bigint, mtimeNs: bigint): void;
  /** Called when the last descriptor is closed. */
  close(): void;
  /** For O_DIRECTORY descriptors: where it is. */
  readonly path?: string;
}

/** A file system, by absolute or relative path. Methods throw `HostError`. */
export interface FileSystem {
  open(path: string, flags: number, mode: number): OpenFile;
  stat(path: string): Stat;
  lstat(path: string): Stat;
  readdir(path: string): DirEntry[];
  mkdir(path: string, mode: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  /** Replaces the target. */
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  symlink(target: string, path: string): void;
  readlink(path: string): string;
  chmod(path: string, mode: number): void;
  chown(path: string, uid: number, gid: number, followLinks: boolean): void;
  utimes(path: string, atimeNs: bigint, mtimeNs: bigint, followLinks: boolean): void;
  truncate(path: string, length: number): void;
  /** Throws when the access (4 read, 2 write, 1 execute, 0 existence) is not permitted. */
  access(path: string, mode: number): void;
  getcwd(): string;
  chdir(path: string): void;
  statvfs?(path: string): {
    blockSize: number;
    blocks: number;
    free: number;
    available: number;
    files: number;
    filesFree: number;
    nameMax: number;
  };
}

export interface Clock {
  /** Nanoseconds since the epoch. */
  now(): bigint;
  /** Nanoseconds from some point; never goes back. */
  monotonic(): bigint;
  /** Nanoseconds of CPU time of the process. */
  processTime(): bigint;
  /** Blocks; where a host cannot, the method is absent. */
  sleep?(nanoseconds: bigint): void;
  /** The local time zone's offset east of UTC in seconds, its abbreviation, and whether it is summer time. */
  zone(epochSeconds: number): { offset: number; name: string; isDst: boolean };
}

export interface Entropy {
  fill(bytes: Uint8Array): void;
}

export interface ProcessInfo {
  pid: number;
  ppid: number;
  uid: number;
  gid: number;
  euid: number;
  egid: number;
  groups: number[];
  umask(mask: number): number;
  cpuCount: number;
  uname: { sysname: string; nodename: string; release: string; version: string; machine: string };
  /** Load averages, when known. */
  loadavg?(): [number, number, number];
  /** CPU times in seconds. */
  times(): { user: number; system: number };
  /** Sends a signal. */
  kill?(pid: number, signal: number): void;
  /** Size of a terminal. */
  terminalSize?(fd: number): { columns: number; lines: number } | undefined;
  /** Runs a program to its end with the given input: what `subprocess` can be built on. */
  spawn?(command: SpawnRequest): SpawnResult;
  /** Name → home directory etc. of accounts. */
  user?(): { name: string; home: string; shell: string };
}
export interface SpawnRequest {
  path: string;
  args: string[];
  environment: Record<string, string> | null;
  cwd: string | null;
  input: Uint8Array;
  /** Errors go where output goes. */
  merge?: boolean;
}
export interface SpawnResult {
  exitCode: number | null;
  signal: number | null;
  stdout: Uint8Array;
  stderr: Uint8Array;
}

export interface Host {
  files: FileSystem;
  /** Descriptors 0, 1, 2. */
  stdin: OpenFile;
  stdout: OpenFile;
  stderr: OpenFile;
  clock: Clock;
  entropy: Entropy | null;
  environment: Map<string, string>;
  process: ProcessInfo;
  /** Collects garbage, so that weak references to it are dead; where a host cannot, the method is absent. */
  collectGarbage?(): void;
  /** Ends the running JavaScript job as far as WeakRefs are concerned: their targets may be collected from now on. */
  endJob?(): void;
  /** Where the host converts quicker than the language can. */
  latin1?: Latin1;
  /** Is told what the program does, to spend the JavaScript engine's time well. */
  engine?: Engine;
}

/** Between bytes and strings with one unit below 256 a byte. */
export interface Latin1 {
  /** The string of `bytes[start, end)`. */
  decode(bytes: Uint8Array, start: number, end: number): string;
  /** A fresh array. */
  encode(text: string): Uint8Array;
}

/** How a host tunes the JavaScript engine. Nothing of it can be seen from Python. */
export interface Engine {
  /** A module of the library begins or ends being imported; imports nest. */
  importBegins(): void;
  importEnds(): void;
  /** A code object is about to run for the first time. `loops`: does it jump back? */
  codeBegins(loops: () => boolean): void;
  /** The interpreter's loop has run for a while and is about to be entered again. `isPrimed`: nothing is to come before it is optimised. */
  loopRuns(isPrimed: boolean): void;
  /** The trace compiler records or has made code, or soon will: to optimise that is worth more than to optimise what interprets it. */
  compilerWorks(): void;
  /** May the engine optimise the interpreter's loop now? */
  readonly optimizesLoop: boolean;
}
