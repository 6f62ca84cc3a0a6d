/** Parts of a host that grant nothing: a file system without files, streams without input, made-up process facts. */
import { errnoOf } from "./errno.ts";
import {
  type Clock,
  type FileSystem,
  type Host,
  HostError,
  type OpenFile,
  type ProcessInfo,
  type Stat,
} from "./host.ts";

const refuse = (name: string) => (): never => {
  throw new HostError(errnoOf(name));
};

/** Nothing exists, nothing can be made. */
export function noFiles(): FileSystem {
  const missing = refuse("ENOENT");
  const readOnly = refuse("EROFS");
  return {
    open: missing,
    stat: missing,
    lstat: missing,
    readdir: missing,
    mkdir: readOnly,
    rmdir: missing,
    unlink: missing,
    rename: missing,
    link: missing,
    symlink: readOnly,
    readlink: missing,
    chmod: missing,
    chown: missing,
    utimes: missing,
    truncate: missing,
    access: missing,
    getcwd: () => "/",
    chdir: missing,
  };
}

export function emptyStat(mode: number, size = 0): Stat {
  return {
    mode,
    ino: 0,
    dev: 0,
    nlink: 1,
    uid: 0,
    gid: 0,
    size,
    atimeNs: 0n,
    mtimeNs: 0n,
    ctimeNs: 0n,
    blksize: 4096,
    blocks: 0,
    rdev: 0,
  };
}

const S_IFCHR = 0o020000;
/** A stream that ends at once and swallows what is written, unless `write` is given. */
export function nullStream(
  flags: number,
  write?: (data: Uint8Array) => void,
  read?: (buffer: Uint8Array) => number,
): OpenFile {
  return {
    flags,
    isTerminal: false,
    read: (buffer) => read?.(buffer) ?? 0,
    write: (data) => {
      write?.(data);
      return data.length;
    },
    stat: () => emptyStat(S_IFCHR | 0o666),
    close: () => {},
  };
}

/** A clock that stands still. */
export const stoppedClock: Clock = {
  now: () => 0n,
  monotonic: () => 0n,
  processTime: () => 0n,
  zone: () => ({ offset: 0, name: "UTC", isDst: false }),
};

/** A process that looks like the only one on a small machine. */
export function anonymousProcess(): ProcessInfo {
  let mask = 0o022;
  return {
    pid: 1,
    ppid: 0,
    uid: 1000,
    gid: 1000,
    euid: 1000,
    egid: 1000,
    groups: [1000],
    umask: (next) => {
      const before = mask;
      mask = next & 0o777;
      return before;
    },
    cpuCount: 1,
    uname: { sysname: "Linux", nodename: "localhost", release: "0", version: "0", machine: "wasm32" },
    times: () => ({ user: 0, system: 0 }),
  };
}

/** The host that grants nothing. */
export function closedHost(): Host {
  return {
    files: noFiles(),
    stdin: nullStream(0),
    stdout: nullStream(1),
    stderr: nullStream(1),
    clock: stoppedClock,
    entropy: null,
    environment: new Map(),
    process: anonymousProcess(),
  };
}
