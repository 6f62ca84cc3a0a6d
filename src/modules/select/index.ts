/**
 * The module `select`: which files are ready. Files of the host block until they are; so everything counts as ready,
 * writers before readers: a child process only begins when its output is asked for, and its input must come first.
 */
import { EXC, type Exc, PyObject, type Result, type Status, type Value } from "../../objects/core.ts";
import { fn, method, newModule, newType } from "../../objects/define.ts";
import { keyError, overflowError, typeError, valueError } from "../../objects/errors.ts";
import { osErrorType } from "../../objects/exceptions/types.ts";
import { newList } from "../../objects/list.ts";
import { asDouble } from "../../objects/protocol/convert.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";
import { fileDescriptorArg } from "../posix/arguments.ts";
import { asInt } from "../support/arguments.ts";
import { descriptors, host } from "../support/host.ts";

/** Seconds between looks at signals. */
const SLICE = 0.05;
const POLLIN = 1;
const POLLPRI = 2;
const POLLOUT = 4;
const POLLNVAL = 32;

/** The objects of an iterable that have a descriptor. */
function filesOf(value: Value): Value[] | Exc {
  const items = listFromIterable(value);
  if (items === EXC) return typeError("arguments 1-3 must be sequences");
  for (const item of items) {
    const fd = fileDescriptorArg(item);
    if (fd === EXC) return EXC;
    if (fd < 0) return valueError(`file descriptor cannot be a negative integer (${fd})`);
  }
  return items;
}
/** Would reading give something at once? Files that do not say are always ready. */
function isReadable(fd: number): boolean {
  return !descriptors().has(fd) || descriptors().get(fd).isReadable !== false;
}
/** Lets time pass; signals are looked at in between. Infinity: until a signal raises. */
function wait(seconds: number): Status {
  const { clock } = host();
  if (clock.sleep === undefined && seconds > 0) return valueError("this host cannot wait");
  for (let left = seconds; left > 0; left -= SLICE) {
    clock.sleep?.(BigInt(Math.round(Math.min(left, SLICE) * 1e9)));
    if (rt.interrupt && rt.onInterrupt !== null && rt.onInterrupt() === EXC) return EXC;
  }
  return null;
}

function select(readers: Value, writers: Value, exceptional: Value, timeout: Value = null): Result {
  const lists: Value[][] = [];
  for (const value of [readers, writers, exceptional]) {
    const files = filesOf(value);
    if (files === EXC) return EXC;
    lists.push(files);
  }
  const seconds = timeout === null ? Number.POSITIVE_INFINITY : asDouble(timeout);
  if (seconds === EXC) return typeError("timeout must be a float or None");
  if (seconds < 0) return valueError("timeout must be non-negative");
  const r: Value[] = [];
  for (const file of lists[0]) {
    const fd = fileDescriptorArg(file);
    if (fd === EXC) return EXC;
    if (isReadable(fd)) r.push(file);
  }
  const w = lists[1];
  if (r.length === 0 && w.length === 0 && wait(seconds) === EXC) return EXC;
  return newTuple([newList(w.length > 0 ? [] : r), newList(w), newList([])]);
}

class PyPoll extends PyObject {
  readonly events = new Map<number, number>();
}
const pollType = newType("poll", {
  module: "select",
  methods: () => ({
    register: method(
      "($self, fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)",
      (self: PyPoll, file: Value, mask?: Value) => {
        const fd = fileDescriptorArg(file);
        const events = mask === undefined ? POLLIN | POLLPRI | POLLOUT : asInt(mask);
        if (fd === EXC || events === EXC) return EXC;
        self.events.set(fd, events);
        return null;
      },
    ),
    modify: method("($self, fd, eventmask, /)", (self: PyPoll, file: Value, mask: Value) => {
      const fd = fileDescriptorArg(file);
      const events = asInt(mask);
      if (fd === EXC || events === EXC) return EXC;
      if (!self.events.has(fd)) return keyError(fd);
      self.events.set(fd, events);
      return null;
    }),
    unregister: method("($self, fd, /)", (self: PyPoll, file: Value) => {
      const fd = fileDescriptorArg(file);
      if (fd === EXC) return EXC;
      return self.events.delete(fd) ? null : keyError(fd);
    }),
    poll: method("($self, timeout=None, /)", (self: PyPoll, timeout: Value = null) => {
      const ready: Value[] = [];
      const writing = [...self.events.values()].some((events) => (events & POLLOUT) !== 0);
      for (const [fd, events] of self.events) {
        if (!descriptors().has(fd)) ready.push(newTuple([fd, POLLNVAL]));
        else if (writing ? events & POLLOUT : events & POLLIN && isReadable(fd))
          ready.push(newTuple([fd, writing ? POLLOUT : POLLIN]));
      }
      if (ready.length === 0 && timeout !== null) {
        const milliseconds = asDouble(timeout);
        if (milliseconds === EXC) return EXC;
        if (milliseconds > 0x7fffffff) return overflowError("timeout is too large");
        if (wait(milliseconds / 1000) === EXC) return EXC;
      }
      return newList(ready);
    }),
  }),
});

export const selectModule = newModule("select", {
  doc: "This module supports asynchronous I/O on multiple file descriptors.",
  functions: () => ({
    select: fn(
      "($module, rlist, wlist, xlist, timeout=None, /)",
      select,
      "Wait until one or more file descriptors are ready for some kind of I/O.",
    ),
    poll: fn("($module, /)", () => new PyPoll(pollType.shapes), "Returns a polling object."),
  }),
  attributes: () => ({
    error: osErrorType,
    PIPE_BUF: 4096,
    POLLIN,
    POLLPRI,
    POLLOUT,
    POLLNVAL,
    POLLERR: 8,
    POLLHUP: 16,
    POLLRDNORM: 64,
    POLLRDBAND: 128,
    POLLWRNORM: 256,
    POLLWRBAND: 512,
    POLLMSG: 1024,
    POLLRDHUP: 8192,
  }),
});
