/** `_io._IOBase`: what every file object can do, in terms of the methods that subclasses supply. */
import {
  BASETYPE,
  END,
  type End,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { PyBytes, newBytes } from "../../objects/bytes.ts";
import { getset, method, newType, rawMethod } from "../../objects/define.ts";
import { takeBack } from "./errors.ts";
import { osErrorType } from "../../objects/exceptions/types.ts";
import { newList } from "../../objects/list.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { forEach } from "../../objects/protocol/iter.ts";
import { length, lookupAttr } from "../../objects/protocol/object.ts";
import { clearException, raise, typeError } from "../../objects/errors.ts";
import { rt } from "../../objects/runtime.ts";
import { dictGetSet } from "../../objects/type/instance-dict.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import { PyIOBase, isClosed } from "./object.ts";
import { closedError, unsupported } from "./state.ts";

/** ValueError when the file says it is closed. */
export function checkClosed(self: Value, message?: string): Status {
  const closed = isClosed(self);
  if (closed === EXC) return EXC;
  return closed ? closedError(message) : null;
}

/** UnsupportedOperation unless `self.<question>()` is True. */
function checkAble(question: "seekable" | "readable" | "writable"): (self: Value) => Result {
  return (self) => {
    const answer = callMethod(self, question);
    if (answer === EXC) return EXC;
    return answer === true ? true : unsupported(`File or stream is not ${question}.`);
  };
}
export const checkSeekable = checkAble("seekable");
export const checkReadable = checkAble("readable");
export const checkWritable = checkAble("writable");

function close(self: PyIOBase): Status {
  if (self.closed) return null;
  const flushed = callMethod(self, "flush");
  self.closed = true;
  return flushed === EXC ? EXC : null;
}

/** A size argument: None and missing mean -1. */
export function sizeOrNone(size: Value | undefined): number | Exc {
  if (size === undefined || size === null) return -1;
  if (typeof size === "number") return size;
  if (intValue(size) === undefined && typeOf(size).nb_index === null) {
    return typeError(`argument should be integer or None, not '${typeOf(size).name}'`);
  }
  return asSize(size);
}

function readline(self: Value, size?: Value): Result {
  const limit = sizeOrNone(size);
  if (limit === EXC) return EXC;
  const peek = lookupAttr(self, "peek");
  if (peek === EXC) return EXC;
  let line = "";
  while (limit < 0 || line.length < limit) {
    let ahead: number | Exc = 1;
    if (peek !== undefined) {
      ahead = readAhead(self, limit < 0 ? -1 : limit - line.length);
      if (ahead === EXC) return EXC;
    }
    const data = callMethod(self, "read", [ahead]);
    if (data === EXC) {
      if (takeBack()) continue;
      return EXC;
    }
    if (!(data instanceof PyBytes)) {
      return raise(osErrorType, `read() should have returned a bytes object, not '${typeOf(data).name}'`);
    }
    if (data.length === 0) break;
    line += data.latin1;
    if (line.endsWith("\n")) break;
  }
  return newBytes(line);
}
/** How much to read next: up to and including the next newline in what `peek` shows. */
function readAhead(self: Value, limit: number): number | Exc {
  const data = callMethod(self, "peek", [1]);
  if (data === EXC) return takeBack() ? 1 : EXC;
  if (!(data instanceof PyBytes)) {
    return raise(osErrorType, `peek() should have returned a bytes object, not '${typeOf(data).name}'`);
  }
  if (data.length === 0) return 1;
  const newline = data.latin1.indexOf("\n");
  const count = newline < 0 ? data.length : newline + 1;
  return limit >= 0 ? Math.min(count, limit) : count;
}

function readlines(self: Value, hint?: Value): Result {
  const limit = sizeOrNone(hint);
  if (limit === EXC) return EXC;
  const lines: Value[] = [];
  let total = 0;
  const status = forEach(self, (line) => {
    lines.push(line);
    const size = length(line);
    if (size === EXC) return EXC;
    total += size;
    if (limit > 0 && total >= limit) return stopEarly();
    return null;
  });
  if (status === EXC && !stopped()) return EXC;
  return newList(lines);
}
// The visitor of `forEach` can only stop by failing: EXC without an exception means "enough".
const stopEarly = (): Exc => EXC;
const stopped = (): boolean => rt.exc === null;

function writelines(self: Value, lines: Value): Result {
  if (checkClosed(self) === EXC) return EXC;
  return forEach(lines, (line) => {
    for (;;) {
      if (callMethod(self, "write", [line]) !== EXC) return null;
      if (!takeBack()) return EXC;
    }
  });
}

function next(self: Value): Value | End | Exc {
  const line = callMethod(self, "readline");
  if (line === EXC) return EXC;
  const size = length(line);
  if (size === EXC) return EXC;
  return size === 0 ? END : line;
}

/** What happens to a file that is dropped: close it, quietly. */
function finalize(self: PyIOBase): Status {
  const closed = isClosed(self);
  if (closed === EXC) {
    clearException();
    return null;
  }
  if (closed) return null;
  self.finalizing = true;
  return callMethod(self, "close") === EXC ? EXC : null;
}

export const ioBaseType: PyType = newType("_IOBase", {
  module: "_io",
  doc: "The abstract base class for all I/O classes.",
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => new PyIOBase(cls),
    tp_iter: (self: Value) => (checkClosed(self) === EXC ? EXC : self),
    tp_iternext: next,
  },
  methods: () => ({
    seek: method(
      "($self, offset, whence=0, /)",
      () => unsupported("seek"),
      "Change the stream position to the given byte offset.",
    ),
    tell: method("($self, /)", (self: Value) => callMethod(self, "seek", [0, 1]), "Return current stream position."),
    truncate: method("($self, size=None, /)", () => unsupported("truncate"), "Truncate file to size bytes."),
    flush: method(
      "($self, /)",
      (self: PyIOBase) => (self.closed ? closedError() : null),
      "Flush write buffers, if applicable.",
    ),
    close: method("($self, /)", close, "Flush and close the IO object."),
    seekable: method("($self, /)", () => false, "Return whether object supports random access."),
    readable: method("($self, /)", () => false, "Return whether object was opened for reading."),
    writable: method("($self, /)", () => false, "Return whether object was opened for writing."),
    fileno: method("($self, /)", () => unsupported("fileno"), "Return underlying file descriptor if one exists."),
    isatty: method(
      "($self, /)",
      (self: Value) => (checkClosed(self) === EXC ? EXC : false),
      "Return whether this is an 'interactive' stream.",
    ),
    readline: method("($self, size=-1, /)", readline, "Read and return a line from the stream."),
    readlines: method("($self, hint=-1, /)", readlines, "Return a list of lines from the stream."),
    writelines: method("($self, lines, /)", writelines, "Write a list of lines to stream."),
    _checkClosed: rawMethod((self: Value) => checkClosed(self)),
    _checkSeekable: rawMethod(checkSeekable),
    _checkReadable: rawMethod(checkReadable),
    _checkWritable: rawMethod(checkWritable),
    __enter__: method("($self, /)", (self: Value) => (checkClosed(self) === EXC ? EXC : self)),
    __exit__: rawMethod((self: Value) => callMethod(self, "close")),
    __del__: method("($self, /)", finalize),
  }),
  getset: () => ({
    closed: getset((self: PyIOBase) => self.closed),
    __dict__: dictGetSet,
  }),
});
