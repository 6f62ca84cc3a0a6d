/** The computer's own files, through Node. */
import {
  accessSync,
  type BigIntStats,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  type Dirent,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  renameSync,
  rmdirSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { resolve } from "node:path";
import { errnoOf } from "../errno.ts";
import {
  type DirEntry,
  type FileSystem,
  HostError,
  O_APPEND,
  type OpenFile,
  SEEK_CUR,
  SEEK_END,
  type Stat,
} from "../host.ts";
import { fromNodePath, toNodePath } from "./paths.ts";

/** Runs one of Node's calls; its errors become `HostError`. */
export function system<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw hostError(error);
  }
}
function hostError(error: unknown): unknown {
  const { errno, code } = error as { errno?: unknown; code?: unknown };
  if (typeof code === "string" && /^E[A-Z0-9]+$/.test(code)) return new HostError(errnoOf(code));
  if (code === "ERR_INVALID_ARG_VALUE" || code === "ERR_OUT_OF_RANGE") return new HostError(errnoOf("EINVAL"));
  return typeof errno === "number" ? new HostError(Math.abs(errno)) : error;
}

export function toStat(s: BigIntStats): Stat {
  return {
    mode: Number(s.mode),
    ino: s.ino,
    dev: s.dev,
    nlink: Number(s.nlink),
    uid: Number(s.uid),
    gid: Number(s.gid),
    size: Number(s.size),
    atimeNs: s.atimeNs,
    mtimeNs: s.mtimeNs,
    ctimeNs: s.ctimeNs,
    birthtimeNs: s.birthtimeNs,
    rdev: s.rdev,
    blksize: Number(s.blksize),
    blocks: Number(s.blocks),
  };
}

const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;
const S_IFCHR = 0o020000;

/**
 * An open file of Node's. Regular files keep their position here, since Node cannot tell or set the system's; those
 * that other processes share (the standard streams) go by the system's until somebody seeks.
 */
export class NodeFile implements OpenFile {
  /** null: the system's own. */
  private position: number | null;
  private readonly seekable: boolean;
  readonly isTerminal: boolean;
  readonly isDirectory: boolean;
  private readonly isDevice: boolean;
  path: string | undefined = undefined;

  constructor(
    readonly fd: number,
    readonly flags: number,
    isTerminal: boolean,
    /** Given by the parent process, which shares its position: the system's, until somebody seeks. */
    inherited = false,
  ) {
    this.isTerminal = isTerminal;
    this.position = inherited ? null : 0;
    const kind = this.stat().mode & S_IFMT;
    this.seekable = kind === S_IFREG;
    this.isDirectory = kind === S_IFDIR;
    this.isDevice = kind === S_IFCHR && !isTerminal;
  }

  read(buffer: Uint8Array): number {
    if (!this.seekable || this.position === null) return readStream(this.fd, buffer);
    const at = this.position;
    const count = system(() => readSync(this.fd, buffer, 0, buffer.length, at));
    this.position = at + count;
    return count;
  }
  write(data: Uint8Array): number {
    if (!this.seekable || this.position === null) return writeStream(this.fd, data);
    const at = this.position;
    const appends = (this.flags & O_APPEND) !== 0;
    const count = system(() => writeSync(this.fd, data, 0, data.length, appends ? null : at));
    this.position = appends ? this.stat().size : at + count;
    return count;
  }
  readAt(buffer: Uint8Array, position: number): number {
    return system(() => readSync(this.fd, buffer, 0, buffer.length, position));
  }
  writeAt(data: Uint8Array, position: number): number {
    return system(() => writeSync(this.fd, data, 0, data.length, position));
  }
  seek(offset: number, whence: number): number {
    // Devices such as /dev/null may be told to seek, and stay where they are.
    if (this.isDevice) return 0;
    if (!this.seekable) throw new HostError(errnoOf("ESPIPE"));
    const base =
      whence === SEEK_CUR ? (this.position ?? systemPosition(this.fd)) : whence === SEEK_END ? this.stat().size : 0;
    const target = base + offset;
    if (target < 0 || whence > 2 || whence < 0) throw new HostError(errnoOf("EINVAL"));
    // Asking where it is leaves a shared file as it is.
    if (whence !== SEEK_CUR || offset !== 0) this.position = target;
    return target;
  }
  truncate(length: number): void {
    system(() => ftruncateSync(this.fd, length));
  }
  stat(): Stat {
    return toStat(system(() => fstatSync(this.fd, { bigint: true })));
  }
  sync(): void {
    system(() => fsyncSync(this.fd));
  }
  chmod(mode: number): void {
    system(() => fchmodSync(this.fd, mode));
  }
  chown(uid: number, gid: number): void {
    system(() => fchownSync(this.fd, uid, gid));
  }
  utimes(atimeNs: bigint, mtimeNs: bigint): void {
    system(() => futimesSync(this.fd, seconds(atimeNs), seconds(mtimeNs)));
  }
  close(): void {
    if (this.fd > 2) system(() => closeSync(this.fd));
  }
}

/** Where the system is in a file: Linux tells in /proc. */
function systemPosition(fd: number): number {
  try {
    const match = /^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "latin1"));
    if (match !== null) return Number(match[1]);
  } catch {}
  throw new HostError(errnoOf("ESPIPE"));
}

/** A stream that has nothing yet says EAGAIN when it does not block: wait and ask again. */
function readStream(fd: number, buffer: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, buffer, 0, buffer.length, null);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw hostError(error);
      pause(10);
    }
  }
}
function writeStream(fd: number, data: Uint8Array): number {
  for (;;) {
    try {
      return writeSync(fd, data, 0, data.length, null);
    } catch (error) {
      if ((error as { code?: string }).code !== "EAGAIN") throw hostError(error);
      pause(2);
    }
  }
}
/** Blocks the thread for `milliseconds`. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Node cuts to whole microseconds: a quarter of one more keeps the last digit. */
const seconds = (ns: bigint): number => Number(ns / 1000n) / 1e6 + 2.5e-7;

function entryKind(entry: Dirent<Buffer>): DirEntry["kind"] {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "other";
}

function currentDirectory(): string {
  const path = process.cwd();
  // Bytes that are no text are replaced there; Linux tells them.
  return path.includes("\ufffd") ? fromNodePath(readlinkSync("/proc/self/cwd", { encoding: "buffer" })) : path;
}
/** Node only takes text: a directory whose name is none is reached through a descriptor of it. */
function changeDirectory(path: string): void {
  const name = toNodePath(path);
  if (typeof name === "string") {
    process.chdir(name);
    return;
  }
  const fd = openSync(name, constants.O_DIRECTORY);
  try {
    process.chdir(`/proc/self/fd/${fd}`);
  } finally {
    closeSync(fd);
  }
}

export const nodeFiles: FileSystem = {
  open(path, flags, mode) {
    const fd = system(() => openSync(toNodePath(path), flags, mode));
    const file = new NodeFile(fd, flags, false);
    if (file.isDirectory) file.path = resolve(path);
    return file;
  },
  stat: (path) => toStat(system(() => statSync(toNodePath(path), { bigint: true }))),
  lstat: (path) => toStat(system(() => lstatSync(toNodePath(path), { bigint: true }))),
  readdir(path) {
    const entries = system(() => readdirSync(toNodePath(path), { encoding: "buffer", withFileTypes: true }));
    return entries.map((entry) => ({
      name: fromNodePath(entry.name as Buffer),
      ino: 0,
      kind: entryKind(entry as Dirent<Buffer>),
    }));
  },
  mkdir: (path, mode) => void system(() => mkdirSync(toNodePath(path), { mode })),
  rmdir: (path) => system(() => rmdirSync(toNodePath(path))),
  unlink: (path) => system(() => unlinkSync(toNodePath(path))),
  rename: (from, to) => system(() => renameSync(toNodePath(from), toNodePath(to))),
  link: (from, to) => system(() => linkSync(toNodePath(from), toNodePath(to))),
  symlink: (target, path) => system(() => symlinkSync(toNodePath(target), toNodePath(path))),
  readlink: (path) => fromNodePath(system(() => readlinkSync(toNodePath(path), { encoding: "buffer" }))),
  chmod: (path, mode) => system(() => chmodSync(toNodePath(path), mode)),
  chown: (path, uid, gid, followLinks) =>
    system(() => (followLinks ? chownSync : lchownSync)(toNodePath(path), uid >>> 0, gid >>> 0)),
  utimes: (path, atimeNs, mtimeNs, followLinks) =>
    system(() => (followLinks ? utimesSync : lutimesSync)(toNodePath(path), seconds(atimeNs), seconds(mtimeNs))),
  truncate: (path, length) => system(() => truncateSync(toNodePath(path) as string, length)),
  access: (path, mode) => system(() => accessSync(toNodePath(path), mode)),
  getcwd: () => system(currentDirectory),
  chdir: (path) => system(() => changeDirectory(path)),
  statvfs(path) {
    const s = system(() => statfsSync(toNodePath(path)));
    return {
      blockSize: s.bsize,
      blocks: s.blocks,
      free: s.bfree,
      available: s.bavail,
      files: s.files,
      filesFree: s.ffree,
      nameMax: 255,
    };
  },
};
