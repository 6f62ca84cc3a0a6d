/** `os` functions on paths. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { type FileSystem, HostError } from "../../host/host.ts";
import { errnoOf } from "../../host/errno.ts";
import { fn } from "../../objects/define.ts";
import { newList } from "../../objects/list.ts";
import { notImplementedError, raise, typeError, valueError } from "../../objects/errors.ts";
import { floatValue, intValue } from "../../objects/values.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { asIndex, asSize } from "../../objects/protocol/convert.ts";
import { strFromJs } from "../../objects/str/astral.ts";
import { type Path, fsEncode, fspath, nameFor, pathArg } from "../support/fs-path.ts";
import { descriptors, host, hosted } from "../support/host.ts";
import { flushAll } from "../_io/state.ts";
import { fdArg, fileOperation, flagArg, idArg, intArg, noDirFd, targetArg, withFile } from "./arguments.ts";
import { statOf, statvfsResult } from "./results.ts";
import { overflowErrorType } from "../../objects/exceptions/types.ts";

/** A call about one path; None is the answer. */
function onPath(name: string, value: Value, run: (files: FileSystem, path: string) => void): Result {
  const path = pathArg(value, name);
  if (path === EXC) return EXC;
  const done = hosted(() => run(host().files, path.text), path.object);
  return done === EXC ? EXC : null;
}
/** A call about two paths. */
function onPaths(
  name: string,
  from: Value,
  to: Value,
  run: (files: FileSystem, from: string, to: string) => void,
): Result {
  const a = pathArg(from, name, "src");
  if (a === EXC) return EXC;
  const b = pathArg(to, name, "dst");
  if (b === EXC) return EXC;
  const done = hosted(() => run(host().files, a.text, b.text), a.object, b.object);
  return done === EXC ? EXC : null;
}

function stat(path: Value, dirFd?: Value, followLinks?: Value): Result {
  const target = targetArg(path, "stat");
  if (target === EXC || noDirFd(dirFd) === EXC) return EXC;
  const follow = flagArg(followLinks, true);
  if (follow === EXC) return EXC;
  // What has been written must show in the size, though nobody has closed the file.
  flushAll();
  if (target.fd !== null) {
    if (!follow) return valueError("stat: cannot use fd and follow_symlinks together");
    const { fd } = target;
    const result = withFile(fd, (file) => file.stat());
    return result === EXC ? EXC : statOf(result);
  }
  const { files } = host();
  const result = hosted(() => (follow ? files.stat : files.lstat).call(files, target.path.text), target.path.object);
  return result === EXC ? EXC : statOf(result);
}
function lstat(value: Value, dirFd?: Value): Result {
  const path = pathArg(value, "lstat");
  if (path === EXC || noDirFd(dirFd) === EXC) return EXC;
  const result = hosted(() => host().files.lstat(path.text), path.object);
  return result === EXC ? EXC : statOf(result);
}

function access(value: Value, mode: Value, dirFd?: Value, _effective?: Value, _follow?: Value): Result {
  const path = pathArg(value, "access");
  if (path === EXC || noDirFd(dirFd) === EXC) return EXC;
  const bits = intArg(mode, 0);
  if (bits === EXC) return EXC;
  try {
    host().files.access(path.text, bits);
    return true;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function listdir(value: Value = null): Result {
  const where = directoryArg(value, "listdir");
  if (where === EXC) return EXC;
  const entries = hosted(() => host().files.readdir(where.text), where.object);
  if (entries === EXC) return EXC;
  const names: Value[] = [];
  for (const { name } of entries) {
    const shown = nameFor(name, where.isBytes);
    if (shown === EXC) return EXC;
    names.push(shown);
  }
  return newList(names);
}
/** The directory that `listdir` and `scandir` are about; "." when not given. */
export function directoryArg(value: Value, name: string): Path | typeof EXC {
  if (value === null) return { text: ".", isBytes: false, object: "." };
  const target = targetArg(value, name, true);
  if (target === EXC) return EXC;
  if (target.fd === null) return target.path;
  const { fd, object } = target;
  const path = hosted(() => descriptors().get(fd).path);
  if (path === EXC) return EXC;
  const known = fileOperation(path, "ENOTDIR");
  return known === EXC ? EXC : { text: known, isBytes: false, object };
}

function mkdir(path: Value, mode?: Value, dirFd?: Value): Result {
  const bits = intArg(mode, 0o777);
  if (bits === EXC || noDirFd(dirFd) === EXC) return EXC;
  return onPath("mkdir", path, (files, p) => files.mkdir(p, bits));
}
const remover = (name: string, run: (files: FileSystem, path: string) => void) =>
  fn("($module, /, path, *, dir_fd=None)", (path: Value, dirFd?: Value) =>
    noDirFd(dirFd) === EXC ? EXC : onPath(name, path, run),
  );
const renamer = (name: string) =>
  fn("($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)", (src: Value, dst: Value, a?: Value, b?: Value) => {
    flushAll();
    return noDirFd(a, b) === EXC ? EXC : onPaths(name, src, dst, (files, from, to) => files.rename(from, to));
  });

function readlink(value: Value, dirFd?: Value): Result {
  const path = pathArg(value, "readlink");
  if (path === EXC || noDirFd(dirFd) === EXC) return EXC;
  const target = hosted(() => host().files.readlink(path.text), path.object);
  return target === EXC ? EXC : nameFor(target, path.isBytes);
}
function symlink(src: Value, dst: Value, _isDirectory?: Value, dirFd?: Value): Result {
  return noDirFd(dirFd) === EXC ? EXC : onPaths("symlink", src, dst, (files, from, to) => files.symlink(from, to));
}
function link(src: Value, dst: Value, a?: Value, b?: Value, followLinks?: Value): Result {
  // Not given, the system decides: Linux links the link itself.
  const follow = flagArg(followLinks, false);
  if (follow === EXC || noDirFd(a, b) === EXC) return EXC;
  return onPaths("link", src, dst, (files, from, to) => files.link(follow ? linkTarget(files, from) : from, to));
}
/** What a path leads to when its last part is a link. */
function linkTarget(files: FileSystem, path: string): string {
  let at = path;
  for (let i = 0; i < 40; i++) {
    if ((files.lstat(at).mode & 0o170000) !== 0o120000) return at;
    const target = files.readlink(at);
    at = target.startsWith("/") ? target : at.slice(0, at.lastIndexOf("/") + 1) + target;
  }
  throw new HostError(errnoOf("ELOOP"));
}

function chmod(path: Value, mode: Value, dirFd?: Value, followLinks?: Value): Result {
  const bits = intArg(mode, 0);
  const target = targetArg(path, "chmod");
  const follow = flagArg(followLinks, true);
  if (bits === EXC || target === EXC || follow === EXC || noDirFd(dirFd) === EXC) return EXC;
  if (!follow) return notImplementedError("chmod: follow_symlinks unavailable on this platform");
  if (target.fd !== null) return changeFile(target.fd, (file) => file.chmod?.(bits));
  return onPath("chmod", path, (files, p) => files.chmod(p, bits));
}
function changeFile(fd: number, run: (file: ReturnType<ReturnType<typeof descriptors>["get"]>) => void): Result {
  return withFile(fd, run) === EXC ? EXC : null;
}
function chown(path: Value, uid: Value, gid: Value, dirFd?: Value, followLinks?: Value): Result {
  const user = idArg(uid, "uid");
  if (user === EXC) return EXC;
  const group = idArg(gid, "gid");
  const target = targetArg(path, "chown");
  const follow = flagArg(followLinks, true);
  if (group === EXC || target === EXC || follow === EXC || noDirFd(dirFd) === EXC) return EXC;
  if (target.fd !== null) return changeFile(target.fd, (file) => file.chown?.(user, group));
  return onPath("chown", path, (files, p) => files.chown(p, user, group, follow));
}

/** Nanoseconds of a time in seconds, an int or a float. */
function nanoseconds(value: Value): bigint | typeof EXC {
  const float = floatValue(value);
  if (float !== undefined) {
    if (float !== float) return valueError("Invalid value NaN (not a number)");
    if (Math.abs(float) > 2 ** 63) return raise(overflowErrorType, "timestamp out of range for platform time_t");
    const whole = Math.floor(float);
    return BigInt(whole) * 1_000_000_000n + BigInt(Math.floor((float - whole) * 1e9));
  }
  const number = asIndex(value);
  return number === EXC ? EXC : BigInt(number) * 1_000_000_000n;
}
function utime(path: Value, times?: Value, ns?: Value, dirFd?: Value, followLinks?: Value): Result {
  const target = targetArg(path, "utime");
  const follow = flagArg(followLinks, true);
  if (target === EXC || follow === EXC || noDirFd(dirFd) === EXC) return EXC;
  const hasTimes = times !== undefined && times !== null;
  if (hasTimes && ns !== undefined) return valueError("utime: you may specify either 'times' or 'ns' but not both");
  let both: bigint[];
  if (hasTimes) {
    if (!(times instanceof PyTuple) || times.items.length !== 2) {
      return typeError("utime: 'times' must be either a tuple of two ints or None");
    }
    const read = times.items.map(nanoseconds);
    if (read.includes(EXC)) return EXC;
    both = read as bigint[];
  } else if (ns !== undefined) {
    if (!(ns instanceof PyTuple) || ns.items.length !== 2) return typeError("utime: 'ns' must be a tuple of two ints");
    const read = ns.items.map((item) =>
      intValue(item) === undefined ? typeError("utime: 'ns' must be a tuple of two ints") : asIndex(item),
    );
    if (read.includes(EXC)) return EXC;
    both = (read as (number | bigint)[]).map(BigInt);
  } else {
    const now = host().clock.now();
    both = [now, now];
  }
  flushAll();
  if (target.fd !== null) return changeFile(target.fd, (file) => file.utimes?.(both[0], both[1]));
  return onPath("utime", path, (files, p) => files.utimes(p, both[0], both[1], follow));
}

function truncate(path: Value, length: Value): Result {
  const size = asSize(length);
  const target = targetArg(path, "truncate");
  if (size === EXC || target === EXC) return EXC;
  if (target.fd !== null) {
    return changeFile(target.fd, (file) => {
      if (file.truncate === undefined) throw new HostError(errnoOf("EINVAL"));
      file.truncate(size);
    });
  }
  return onPath("truncate", path, (files, p) => files.truncate(p, size));
}
function getcwd(): Result {
  const path = hosted(() => host().files.getcwd());
  return path === EXC ? EXC : strFromJs(path);
}
function getcwdb(): Result {
  const path = hosted(() => host().files.getcwd());
  return path === EXC ? EXC : fsEncode(strFromJs(path));
}
function chdir(value: Value): Result {
  const target = targetArg(value, "chdir");
  if (target === EXC) return EXC;
  if (target.fd !== null) return fchdir(value);
  return onPath("chdir", value, (files, p) => files.chdir(p));
}
function fchdir(value: Value): Result {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  return changeFile(fd, (file) => {
    if (file.path === undefined) throw new HostError(errnoOf("ENOTDIR"));
    host().files.chdir(file.path);
  });
}
function statvfs(value: Value): Result {
  const target = targetArg(value, "statvfs");
  if (target === EXC) return EXC;
  const path = target.path?.text ?? "/";
  const s = hosted(() => {
    const { files } = host();
    if (files.statvfs === undefined) throw new HostError(errnoOf("ENOSYS"));
    return files.statvfs(path);
  }, target.path?.object);
  if (s === EXC) return EXC;
  return statvfsResult.make([
    s.blockSize,
    s.blockSize,
    s.blocks,
    s.free,
    s.available,
    s.files,
    s.filesFree,
    s.filesFree,
    0,
    s.nameMax,
    0,
  ]);
}

export const pathFunctions = () => ({
  stat: fn(
    "($module, /, path, *, dir_fd=None, follow_symlinks=True)",
    stat,
    "Perform a stat system call on the given path.",
  ),
  lstat: fn(
    "($module, /, path, *, dir_fd=None)",
    lstat,
    "Perform a stat system call on the given path, without following symbolic links.",
  ),
  access: fn(
    "($module, /, path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
    access,
    "Use the real uid/gid to test for access to a path.",
  ),
  listdir: fn("($module, /, path=None)", listdir, "Return a list containing the names of the files in the directory."),
  mkdir: fn("($module, /, path, mode=511, *, dir_fd=None)", mkdir, "Create a directory."),
  rmdir: remover("rmdir", (files, path) => files.rmdir(path)),
  unlink: remover("unlink", (files, path) => files.unlink(path)),
  remove: remover("remove", (files, path) => files.unlink(path)),
  rename: renamer("rename"),
  replace: renamer("replace"),
  readlink: fn(
    "($module, /, path, *, dir_fd=None)",
    readlink,
    "Return a string representing the path to which the symbolic link points.",
  ),
  symlink: fn(
    "($module, /, src, dst, target_is_directory=False, *, dir_fd=None)",
    symlink,
    "Create a symbolic link pointing to src named dst.",
  ),
  link: fn(
    "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
    link,
    "Create a hard link to a file.",
  ).signedAs("($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=(os.name != 'nt'))"),
  chmod: fn(
    "($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)",
    chmod,
    "Change the access permissions of a file.",
  ).signedAs("($module, /, path, mode, *, dir_fd=None,\n      follow_symlinks=(os.name != 'nt'))"),
  chown: fn(
    "($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)",
    chown,
    "Change the owner and group id of path to the numeric uid and gid.",
  ),
  lchown: fn(
    "($module, /, path, uid, gid)",
    (path: Value, uid: Value, gid: Value) => chown(path, uid, gid, undefined, false),
    "Change the owner and group id of path, without following symbolic links.",
  ),
  utime: fn(
    "($module, /, path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)",
    utime,
    "Set the access and modified time of path.",
  ),
  truncate: fn("($module, /, path, length)", truncate, "Truncate a file, specified by path, to a specific length."),
  getcwd: fn("($module, /)", getcwd, "Return a unicode string representing the current working directory."),
  getcwdb: fn("($module, /)", getcwdb, "Return a bytes string representing the current working directory."),
  chdir: fn("($module, /, path)", chdir, "Change the current working directory to the specified path."),
  fchdir: fn("($module, /, fd)", fchdir, "Change to the directory of the given file descriptor."),
  statvfs: fn("($module, /, path)", statvfs, "Perform a statvfs system call on the given path."),
  fspath: fn("($module, /, path)", fspath, "Return the file system path representation of the object."),
});
