/** `os` functions on file descriptors. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { errnoOf } from "../../host/errno.ts";
import { HostError, type OpenFile } from "../../host/host.ts";
import { newPipe } from "../../host/pipe.ts";
import { type PyBuffer, PyBUF_WRITABLE, bytesLikeArray, getBuffer, withWritable } from "../../objects/buffer.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import { fn } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { asSsize } from "../support/arguments.ts";
import { pathArg } from "../support/fs-path.ts";
import { descriptors, host, hosted, raiseErrno } from "../support/host.ts";
import { flushAll } from "../_io/state.ts";
import { fdArg, fileDescriptorArg, flagArg, idArg, intArg, noDirFd, withFile } from "./arguments.ts";
import { statOf, statvfsResult, terminalSize } from "./results.ts";

const EINVAL = errnoOf("EINVAL");

function open(value: Value, flags: Value, mode?: Value, dirFd?: Value): Result {
  const path = pathArg(value, "open");
  const wanted = intArg(flags, 0);
  const bits = intArg(mode, 0o777);
  if (path === EXC || wanted === EXC || bits === EXC || noDirFd(dirFd) === EXC) return EXC;
  flushAll();
  return hosted(() => descriptors().add(host().files.open(path.text, wanted, bits)), path.object);
}
function close(value: Value): Result {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  const done = hosted(() => descriptors().close(fd));
  return done === EXC ? EXC : null;
}
function closerange(low: Value, high: Value): Result {
  const from = fdArg(low);
  const to = fdArg(high);
  if (from === EXC || to === EXC) return EXC;
  for (let fd = Math.max(from, 0); fd < Math.min(to, 65536); fd++)
    if (descriptors().has(fd)) void hosted(() => descriptors().close(fd));
  return null;
}

function read(value: Value, length: Value): Result {
  const fd = fdArg(value);
  const size = asSsize(length);
  if (fd === EXC || size === EXC) return EXC;
  if (size < 0) return raiseErrno(EINVAL);
  const memory = new Uint8Array(Math.min(size, 2 ** 30));
  const count = withFile(fd, (file) => file.read(memory));
  return count === EXC ? EXC : bytesFromArray(memory.subarray(0, count));
}
function readinto(value: Value, target: Value): Result {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  return withWritable(target, (memory) => withFile(fd, (file) => file.read(memory)));
}
function write(value: Value, data: Value): Result {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  const memory = bytesLikeArray(data);
  return memory === EXC ? EXC : withFile(fd, (file) => file.write(memory));
}
function pread(value: Value, length: Value, offset: Value): Result {
  const fd = fdArg(value);
  const size = asSsize(length);
  const at = asSsize(offset);
  if (fd === EXC || size === EXC || at === EXC) return EXC;
  if (size < 0 || at < 0) return raiseErrno(EINVAL);
  const memory = new Uint8Array(Math.min(size, 2 ** 30));
  const count = withFile(fd, (file) => positioned(file.readAt?.(memory, at)));
  return count === EXC ? EXC : bytesFromArray(memory.subarray(0, count));
}
function pwrite(value: Value, data: Value, offset: Value): Result {
  const fd = fdArg(value);
  const at = asSsize(offset);
  if (fd === EXC || at === EXC) return EXC;
  const memory = bytesLikeArray(data);
  if (memory === EXC) return EXC;
  if (at < 0) return raiseErrno(EINVAL);
  return withFile(fd, (file) => positioned(file.writeAt?.(memory, at)));
}
/** What cannot be positioned has no such method. */
function positioned(count: number | undefined): number {
  if (count === undefined) throw new HostError(errnoOf("ESPIPE"));
  return count;
}
function buffersOf(value: Value, name: string): PyBuffer[] | Exc {
  const items = listFromIterable(value);
  if (items === EXC) return typeError(`${name}() arg 2 must be a sequence`);
  const buffers: PyBuffer[] = [];
  for (const item of items) {
    const buffer = getBuffer(item, name.includes("read") ? PyBUF_WRITABLE : 0);
    if (buffer === EXC) return EXC;
    buffers.push(buffer);
  }
  return buffers;
}
/** readv, writev, preadv, pwritev: the buffers one after the other. */
const vectored = (
  name: string,
  transfer: (file: OpenFile, memory: Uint8Array, at: number) => number,
  hasOffset: boolean,
) =>
  fn(
    `($module, fd, buffers, ${hasOffset ? "offset, flags=0, " : ""}/)`,
    (value: Value, list: Value, offset?: Value): Result => {
      const fd = fdArg(value);
      const start = offset === undefined ? 0 : asSsize(offset);
      if (fd === EXC || start === EXC) return EXC;
      const buffers = buffersOf(list, name);
      if (buffers === EXC) return EXC;
      const total = withFile(fd, (file) => {
        let sum = 0;
        for (const buffer of buffers) {
          const memory = name.includes("read")
            ? buffer.data.subarray(buffer.offset, buffer.offset + buffer.length)
            : buffer.toArray();
          const count = transfer(file, memory, start + sum);
          sum += count;
          if (count < memory.length) break;
        }
        return sum;
      });
      for (const buffer of buffers) buffer.release();
      return total;
    },
  );

function lseek(value: Value, position: Value, whence: Value): Result {
  const fd = fdArg(value);
  const offset = asSsize(position);
  const how = intArg(whence, 0);
  if (fd === EXC || offset === EXC || how === EXC) return EXC;
  return withFile(fd, (file) => positioned(file.seek?.(offset, how)));
}
function ftruncate(value: Value, length: Value): Result {
  const fd = fdArg(value);
  const size = asSsize(length);
  if (fd === EXC || size === EXC) return EXC;
  const done = withFile(fd, (file) => {
    if (file.truncate === undefined || size < 0) throw new HostError(EINVAL);
    file.truncate(size);
  });
  return done === EXC ? EXC : null;
}
function fstat(value: Value): Result {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  const result = withFile(fd, (file) => file.stat());
  return result === EXC ? EXC : statOf(result);
}
const syncs = (value: Value): Result => {
  const fd = fileDescriptorArg(value);
  return fd === EXC || withFile(fd, (file) => file.sync?.()) === EXC ? EXC : null;
};
function isatty(value: Value): Result {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  return descriptors().has(fd) && descriptors().get(fd).isTerminal;
}
function dup(value: Value): Result {
  const fd = fdArg(value);
  return fd === EXC ? EXC : hosted(() => descriptors().dup(fd));
}
function dup2(value: Value, target: Value, inheritable?: Value): Result {
  const fd = fdArg(value);
  const to = fdArg(target);
  const passOn = flagArg(inheritable, true);
  if (fd === EXC || to === EXC || passOn === EXC) return EXC;
  if (fd < 0 || to < 0) return raiseErrno(errnoOf("EBADF"));
  return hosted(() => descriptors().dup2(fd, to, passOn));
}
function pipe(): Result {
  const [reader, writer] = newPipe();
  return newTuple([descriptors().add(reader), descriptors().add(writer)]);
}
function fchmod(value: Value, mode: Value): Result {
  const fd = fdArg(value);
  const bits = intArg(mode, 0);
  return fd === EXC || bits === EXC || withFile(fd, (file) => file.chmod?.(bits)) === EXC ? EXC : null;
}
function fchown(value: Value, uid: Value, gid: Value): Result {
  const fd = fdArg(value);
  const user = idArg(uid, "uid");
  const group = idArg(gid, "gid");
  if (fd === EXC || user === EXC || group === EXC) return EXC;
  return withFile(fd, (file) => file.chown?.(user, group)) === EXC ? EXC : null;
}
function setInheritable(value: Value, inheritable: Value): Result {
  const fd = fdArg(value);
  const passOn = isTrue(inheritable);
  if (fd === EXC || passOn === EXC) return EXC;
  return hosted(() => descriptors().setInheritable(fd, passOn)) === EXC ? EXC : null;
}
function size(value?: Value): Result {
  const fd = value === undefined ? 1 : fdArg(value);
  if (fd === EXC) return EXC;
  const found = withFile(fd, (file) => {
    const known = file.isTerminal ? host().process.terminalSize?.(fd) : undefined;
    if (known === undefined) throw new HostError(errnoOf("ENOTTY"));
    return known;
  });
  return found === EXC ? EXC : terminalSize.make([found.columns, found.lines]);
}
function sendfile(out: Value, input: Value, offset: Value, count: Value): Result {
  const to = fdArg(out);
  const from = fdArg(input);
  const at = offset === null ? -1 : asSsize(offset);
  const most = asSsize(count);
  if (to === EXC || from === EXC || at === EXC || most === EXC) return EXC;
  const memory = new Uint8Array(Math.min(Math.max(most, 0), 2 ** 20));
  return withFile(from, (file) => {
    const got = at < 0 ? file.read(memory) : positioned(file.readAt?.(memory, at));
    return descriptors().get(to).write(memory.subarray(0, got));
  });
}
function fstatvfs(value: Value): Result {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  const s = withFile(fd, () => host().files.statvfs?.("/"));
  if (s === EXC) return EXC;
  if (s === undefined) return raiseErrno(errnoOf("ENOSYS"));
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
const openFd = (value: Value, answer: (fd: number) => Value): Result => {
  const fd = fdArg(value);
  if (fd === EXC) return EXC;
  return hosted(() => {
    descriptors().get(fd);
    return answer(fd);
  });
};

export const fileFunctions = () => ({
  open: fn(
    "($module, /, path, flags, mode=511, *, dir_fd=None)",
    open,
    "Open a file for low level IO.  Returns a file descriptor (integer).",
  ),
  close: fn("($module, /, fd)", close, "Close a file descriptor."),
  closerange: fn(
    "($module, fd_low, fd_high, /)",
    closerange,
    "Closes all file descriptors in [fd_low, fd_high), ignoring errors.",
  ),
  read: fn("($module, fd, length, /)", read, "Read from a file descriptor.  Returns a bytes object."),
  readinto: fn("($module, fd, buffer, /)", readinto, "Read into a buffer object from a file descriptor."),
  write: fn("($module, fd, data, /)", write, "Write a bytes object to a file descriptor."),
  pread: fn(
    "($module, fd, length, offset, /)",
    pread,
    "Read a number of bytes from a file descriptor starting at a particular offset.",
  ),
  pwrite: fn(
    "($module, fd, buffer, offset, /)",
    pwrite,
    "Write bytes to a file descriptor starting at a particular offset.",
  ),
  readv: vectored("readv", (file, memory) => file.read(memory), false),
  writev: vectored("writev", (file, memory) => file.write(memory), false),
  preadv: vectored("preadv", (file, memory, at) => positioned(file.readAt?.(memory, at)), true),
  pwritev: vectored("pwritev", (file, memory, at) => positioned(file.writeAt?.(memory, at)), true),
  lseek: fn(
    "($module, fd, position, whence, /)",
    lseek,
    "Set the position of a file descriptor.  Return the new position.",
  ),
  ftruncate: fn(
    "($module, fd, length, /)",
    ftruncate,
    "Truncate a file, specified by file descriptor, to a specific length.",
  ),
  fstat: fn("($module, /, fd)", fstat, "Perform a stat system call on the given file descriptor."),
  fstatvfs: fn("($module, fd, /)", fstatvfs, "Perform an fstatvfs system call on the given fd."),
  fsync: fn("($module, /, fd)", syncs, "Force write of fd to disk."),
  fdatasync: fn("($module, /, fd)", syncs, "Force write of fd to disk without forcing update of metadata."),
  sync: fn("($module, /)", () => null, "Force write of everything to disk."),
  isatty: fn("($module, fd, /)", isatty, "Return True if the fd is connected to a terminal."),
  dup: fn("($module, fd, /)", dup, "Return a duplicate of a file descriptor."),
  dup2: fn("($module, /, fd, fd2, inheritable=True)", dup2, "Duplicate file descriptor."),
  pipe: fn("($module, /)", pipe, "Create a pipe."),
  pipe2: fn(
    "($module, flags, /)",
    (flags: Value) => (intArg(flags, 0) === EXC ? EXC : pipe()),
    "Create a pipe with flags set atomically.",
  ),
  fchmod: fn(
    "($module, /, fd, mode)",
    fchmod,
    "Change the access permissions of the file given by file descriptor fd.",
  ),
  fchown: fn(
    "($module, /, fd, uid, gid)",
    fchown,
    "Change the owner and group id of the file specified by file descriptor.",
  ),
  get_inheritable: fn(
    "($module, fd, /)",
    (fd: Value) => openFd(fd, (n) => descriptors().isInheritable(n)),
    "Get the close-on-exe flag of the specified file descriptor.",
  ),
  set_inheritable: fn(
    "($module, fd, inheritable, /)",
    setInheritable,
    "Set the inheritable flag of the specified file descriptor.",
  ),
  get_blocking: fn(
    "($module, fd, /)",
    (fd: Value) => openFd(fd, (n) => (descriptors().get(n).flags & 0o4000) === 0),
    "Get the blocking mode of the file descriptor.",
  ),
  set_blocking: fn(
    "($module, fd, blocking, /)",
    (fd: Value) => openFd(fd, () => null),
    "Set the blocking mode of the specified file descriptor.",
  ),
  get_terminal_size: fn(
    "($module, fd=<unrepresentable>, /)",
    size,
    "Return the size of the terminal window as (columns, lines).",
  ),
  sendfile: fn(
    "($module, /, out_fd, in_fd, offset, count)",
    sendfile,
    "Copy count bytes from file descriptor in_fd to file descriptor out_fd.",
  ),
  device_encoding: fn(
    "($module, /, fd)",
    (fd: Value) => {
      const answer = isatty(fd);
      return answer === EXC ? EXC : answer === true ? "UTF-8" : null;
    },
    "Return a string describing the encoding of a terminal's file descriptor.",
  ),
  ttyname: fn(
    "($module, fd, /)",
    (fd: Value) =>
      openFd(fd, (n) => {
        if (!descriptors().get(n).isTerminal) throw new HostError(errnoOf("ENOTTY"));
        return "/dev/tty";
      }),
    "Return the name of the terminal device connected to 'fd'.",
  ),
});
