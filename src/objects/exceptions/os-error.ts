/** `OSError` and its subclasses: `OSError(errno, …)` makes the subclass that the number names. */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  type KwNames,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../core.ts";
import { defineType, getset, method } from "../define.ts";
import { attributeError, raiseObject } from "../errors.ts";
import { concat } from "../message.ts";
import { asSize } from "../protocol/convert.ts";
import { repr, str } from "../protocol/object.ts";
import { type PyTuple, emptyTuple, newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { intValue } from "../values.ts";
import type { Str } from "../str/astral.ts";
import { baseExceptionStr, field, positionalArgs, refuseKeywords } from "./base-exception.ts";
import { PyOSError } from "./layouts.ts";
import * as types from "./types.ts";

/** Linux's error numbers that have a subclass. Source: PEP 3151. */
const BY_ERRNO: ReadonlyMap<number, PyType> = new Map([
  [1, types.permissionErrorType], // EPERM
  [2, types.fileNotFoundErrorType], // ENOENT
  [3, types.processLookupErrorType], // ESRCH
  [4, types.interruptedErrorType], // EINTR
  [10, types.childProcessErrorType], // ECHILD
  [11, types.blockingIOErrorType], // EAGAIN
  [13, types.permissionErrorType], // EACCES
  [17, types.fileExistsErrorType], // EEXIST
  [20, types.notADirectoryErrorType], // ENOTDIR
  [21, types.isADirectoryErrorType], // EISDIR
  [32, types.brokenPipeErrorType], // EPIPE
  [103, types.connectionAbortedErrorType], // ECONNABORTED
  [104, types.connectionResetErrorType], // ECONNRESET
  [108, types.brokenPipeErrorType], // ESHUTDOWN
  [110, types.timeoutErrorType], // ETIMEDOUT
  [111, types.connectionRefusedErrorType], // ECONNREFUSED
  [114, types.blockingIOErrorType], // EALREADY
  [115, types.blockingIOErrorType], // EINPROGRESS
]);

/** A subclass with its own `__init__` but our `__new__` is initialised by the former, else all happens in `__new__`. */
function usesInit(cls: PyType): boolean {
  return cls.tp_init !== osInit && cls.tp_new === osNew;
}

function osNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const positional = positionalArgs(args, kwnames);
  if (usesInit(cls)) {
    const bare = cls.tp_alloc!(cls) as PyOSError;
    bare.args = emptyTuple;
    return bare;
  }
  if (refuseKeywords(cls, kwnames) === EXC) return EXC;
  const made = cls === types.osErrorType ? subclassFor(positional) : cls;
  const self = made.tp_alloc!(made) as PyOSError;
  return fill(self, positional) === EXC ? EXC : self;
}

function subclassFor(args: Value[]): PyType {
  const errno = hasErrno(args) ? intValue(args[0]) : undefined;
  return (typeof errno === "number" ? BY_ERRNO.get(errno) : undefined) ?? types.osErrorType;
}
const hasErrno = (args: Value[]): boolean => args.length >= 2 && args.length <= 5;

function osInit(self: PyOSError, args: Value[], kwnames: KwNames): Status {
  if (!usesInit(self.shape.cls)) return null;
  if (refuseKeywords(self.shape.cls, kwnames) === EXC) return EXC;
  return fill(self, args.slice());
}

/** Distributes `(errno, strerror[, filename[, winerror[, filename2]]])`. */
function fill(self: PyOSError, args: Value[]): Status {
  self.args = newTuple(args);
  if (!hasErrno(args)) return null;
  const [errno, strerror, filename = null, , filename2 = null] = args;
  self.errno = errno;
  self.strerror = strerror;
  if (filename === null) return null;
  // BlockingIOError's third argument is a count when it is a number.
  const type = typeOf(filename);
  if (
    self.shape.cls === types.blockingIOErrorType &&
    (type.nb_index !== null || type.nb_int !== null || type.nb_float !== null)
  ) {
    const written = asSize(filename);
    if (written === EXC) return EXC;
    self.written = written;
    return null;
  }
  self.filename = filename;
  if (filename2 !== null) self.filename2 = filename2;
  self.args = newTuple(args.slice(0, 2));
  return null;
}

function osStr(self: PyOSError): Str | Exc {
  const { errno, strerror, filename, filename2 } = self;
  if (filename !== undefined) {
    const head = osHead(errno, strerror);
    const name = repr(filename);
    if (head === EXC || name === EXC) return EXC;
    if (filename2 === undefined) return concat(head, ": ", name);
    const name2 = repr(filename2);
    return name2 === EXC ? EXC : concat(head, ": ", name, " -> ", name2);
  }
  return errno !== undefined && strerror !== undefined ? osHead(errno, strerror) : baseExceptionStr(self);
}
function osHead(errno: Value = null, strerror: Value = null): Str | Exc {
  const number = str(errno);
  const text = str(strerror);
  return number === EXC || text === EXC ? EXC : concat("[Errno ", number, "] ", text);
}

function osReduce(self: PyOSError): Result {
  let args: PyTuple = self.args;
  if (args.items.length === 2 && self.filename !== undefined) {
    const [errno, strerror] = args.items;
    args = newTuple(
      self.filename2 === undefined
        ? [errno, strerror, self.filename]
        : [errno, strerror, self.filename, null, self.filename2],
    );
  }
  const parts: Value[] = [self.shape.cls, args];
  if (self.dict !== undefined) parts.push(self.dict as Value);
  return newTuple(parts);
}

/** Raises the OSError of `errno`, of the right subclass. */
export function raiseOSError(errno: number, strerror: Value, filename?: Value, filename2?: Value): Exc {
  const args: Value[] = [errno, strerror];
  if (filename !== undefined) args.push(filename);
  if (filename2 !== undefined) args.push(null, filename2);
  const made = osNew(types.osErrorType, args, null);
  return made === EXC ? EXC : raiseObject(made as PyOSError);
}

defineType(types.osErrorType, {
  doc: "Base class for I/O related errors.",
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_alloc: (cls) => new PyOSError(cls),
    tp_new: osNew,
    tp_init: osInit,
    tp_str: osStr,
  },
  methods: () => ({ __reduce__: method("($self, /)", osReduce) }),
  getset: () => ({
    errno: field("errno"),
    strerror: field("strerror"),
    filename: field("filename"),
    filename2: field("filename2"),
    characters_written: getset(
      (self: PyOSError) =>
        self.written === -1 ? attributeError("characters_written", self, "characters_written") : self.written,
      (self: PyOSError, value) => {
        if (value === undefined) {
          if (self.written === -1) return attributeError("characters_written", self, "characters_written");
          self.written = -1;
          return null;
        }
        const written = asSize(value);
        if (written === EXC) return EXC;
        self.written = written;
        return null;
      },
    ),
  }),
});

const sub = (type: PyType, doc: string): void => {
  defineType(type, { doc, flags: BASETYPE | HAS_DICT });
};
sub(types.blockingIOErrorType, "I/O operation would block.");
sub(types.childProcessErrorType, "Child process error.");
sub(types.connectionErrorType, "Connection error.");
sub(types.brokenPipeErrorType, "Broken pipe.");
sub(types.connectionAbortedErrorType, "Connection aborted.");
sub(types.connectionRefusedErrorType, "Connection refused.");
sub(types.connectionResetErrorType, "Connection reset.");
sub(types.fileExistsErrorType, "File already exists.");
sub(types.fileNotFoundErrorType, "File not found.");
sub(types.interruptedErrorType, "Interrupted by signal.");
sub(types.isADirectoryErrorType, "Operation doesn't work on directories.");
sub(types.notADirectoryErrorType, "Operation only works on directories.");
sub(types.permissionErrorType, "Not enough permissions.");
sub(types.processLookupErrorType, "Process not found.");
sub(types.timeoutErrorType, "Timeout expired.");
