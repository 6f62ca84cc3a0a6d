/** The module `fcntl`: flags of descriptors. Locks always succeed: nobody else works on the interpreter's files. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { errnoOf } from "../../host/errno.ts";
import { fn, newModule } from "../../objects/define.ts";
import { fileDescriptorArg } from "../posix/arguments.ts";
import { asInt } from "../support/arguments.ts";
import { descriptors, hosted, raiseErrno } from "../support/host.ts";

const F_DUPFD = 0;
const F_GETFD = 1;
const F_SETFD = 2;
const F_GETFL = 3;
const F_SETFL = 4;
const F_GETLK = 5;
const F_SETLK = 6;
const F_SETLKW = 7;
const F_DUPFD_CLOEXEC = 1030;
const FD_CLOEXEC = 1;

function fcntl(file: Value, command: Value, argument: Value = 0): Result {
  const fd = fileDescriptorArg(file);
  const cmd = asInt(command);
  if (fd === EXC || cmd === EXC) return EXC;
  const arg = typeof argument === "number" ? argument : 0;
  return hosted(() => {
    const table = descriptors();
    const open = table.get(fd);
    switch (cmd) {
      case F_DUPFD:
      case F_DUPFD_CLOEXEC:
        return table.dup(fd, arg);
      case F_GETFD:
        return table.isInheritable(fd) ? 0 : FD_CLOEXEC;
      case F_SETFD:
        table.setInheritable(fd, (arg & FD_CLOEXEC) === 0);
        return 0;
      case F_GETFL:
        return open.flags & ~0o2000000;
      case F_SETFL:
        return 0;
      case F_GETLK:
      case F_SETLK:
      case F_SETLKW:
        return argument;
      default:
        return raiseErrno(errnoOf("EINVAL"));
    }
  });
}
function lock(file: Value): Result {
  const fd = fileDescriptorArg(file);
  return fd === EXC || hosted(() => descriptors().get(fd)) === EXC ? EXC : null;
}
function ioctl(file: Value): Result {
  const fd = fileDescriptorArg(file);
  return fd === EXC || hosted(() => descriptors().get(fd)) === EXC ? EXC : raiseErrno(errnoOf("ENOTTY"));
}

export const fcntlModule = newModule("fcntl", {
  doc: "This module performs file control and I/O control on file descriptors.",
  functions: () => ({
    fcntl: fn("($module, fd, cmd, arg=0, /)", fcntl, "Perform the operation cmd on file descriptor fd."),
    ioctl: fn(
      "($module, fd, request, arg=0, mutate_flag=True, /)",
      ioctl,
      "Perform the operation request on file descriptor fd.",
    ),
    flock: fn("($module, fd, operation, /)", lock, "Perform the lock operation on file descriptor fd."),
    lockf: fn("($module, fd, cmd, len=0, start=0, whence=0, /)", lock, "A wrapper around the fcntl() locking calls."),
  }),
  attributes: () => ({
    F_DUPFD,
    F_GETFD,
    F_SETFD,
    F_GETFL,
    F_SETFL,
    F_DUPFD_CLOEXEC,
    FD_CLOEXEC,
    F_GETLK,
    F_SETLK,
    F_SETLKW,
    F_RDLCK: 0,
    F_WRLCK: 1,
    F_UNLCK: 2,
    LOCK_SH: 1,
    LOCK_EX: 2,
    LOCK_NB: 4,
    LOCK_UN: 8,
  }),
});
