/** `_io.BufferedReader`, `BufferedWriter`, `BufferedRandom`. */
import { shortName } from "../../objects/type/short-name.ts";
import {
  BASETYPE,
  END,
  type End,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { bytesLikeArray, withWritable } from "../../objects/buffer.ts";
import { bytesFromArray, emptyBytes } from "../../objects/bytes.ts";
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import type { NativeDef } from "../../objects/native.ts";
import { catches, clearException, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { valueErrorType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asInt32, asSize } from "../../objects/protocol/convert.ts";
import { getAttr, lookupAttr, repr } from "../../objects/protocol/object.ts";
import { reprEnter, reprLeave } from "../../objects/recursion.ts";
import { rt } from "../../objects/runtime.ts";
import { typeOf } from "../../objects/types.ts";
import { DEFAULT_BUFFER_SIZE, bufferedIOBaseType } from "./abstract.ts";
import {
  BLOCKED,
  PyBuffered,
  fill,
  flushAndRewind,
  flushPending,
  openFor,
  rawClosed,
  rawRead,
  rawSeek,
  rawTell,
  readAll,
  readExactly,
  readInto,
  readLine,
  takeAhead,
  usable,
  writeData,
} from "./buffered.ts";
import { chained, setAside } from "./chain.ts";
import { checkReadable, checkSeekable, checkWritable, sizeOrNone } from "./io-base.ts";
import { dirtyWriters, unsupported } from "./state.ts";

const SIG = signature("(raw, buffer_size=DEFAULT_BUFFER_SIZE)");

const initializer =
  (name: string, canRead: boolean, canWrite: boolean) =>
  (self: PyBuffered, args: Value[], kwnames: KwNames): Status => {
    const bound = parseArgs(SIG, name, args, kwnames);
    if (bound === EXC) return EXC;
    const [raw, size] = bound as (Value | undefined)[];
    const bufferSize = size === undefined ? DEFAULT_BUFFER_SIZE : asSize(size);
    if (bufferSize === EXC) return EXC;
    self.ready = false;
    self.detached = false;
    if (canRead && canWrite && checkSeekable(raw as Value) === EXC) return EXC;
    if (canRead && checkReadable(raw as Value) === EXC) return EXC;
    if (canWrite && checkWritable(raw as Value) === EXC) return EXC;
    if (bufferSize <= 0) return valueError("buffer size must be strictly positive");
    setUpBuffered(self, raw as Value, bufferSize, canRead, canWrite);
    return null;
  };
/** Readies a buffered object over a raw file that is known to be able. */
export function setUpBuffered(
  self: PyBuffered,
  raw: Value,
  bufferSize: number,
  canRead: boolean,
  canWrite: boolean,
): void {
  Object.assign(self, { raw, bufferSize, canRead, canWrite, ready: true, pending: 0 });
  self.dropAhead();
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────
const toResult = (data: Uint8Array | undefined | Exc): Result =>
  data === EXC ? EXC : data === undefined ? null : data.length === 0 ? emptyBytes : bytesFromArray(data);

function read(self: PyBuffered, size?: Value): Result {
  const count = sizeOrNone(size);
  if (count === EXC || usable(self) === EXC) return EXC;
  if (count < -1) return valueError("read length must be non-negative or -1");
  if (openFor(self, "read of closed file") === EXC) return EXC;
  return toResult(count === -1 ? readAll(self) : readExactly(self, count));
}
function read1(self: PyBuffered, size?: Value): Result {
  const given = size === undefined ? -1 : asSize(size);
  if (given === EXC || usable(self) === EXC) return EXC;
  const count = given < 0 ? self.bufferSize : given;
  if (openFor(self, "read of closed file") === EXC) return EXC;
  if (count === 0) return emptyBytes;
  if (self.available > 0) return toResult(takeAhead(self, count));
  if (self.canWrite && flushAndRewind(self) === EXC) return EXC;
  self.dropAhead();
  const memory = new Uint8Array(count);
  const got = rawRead(self, memory);
  if (got === EXC) return EXC;
  return toResult(memory.subarray(0, got === BLOCKED ? 0 : got));
}
const readIntoMethod =
  (once: boolean) =>
  (self: PyBuffered, target: Value): Result => {
    if (openFor(self, "readinto of closed file") === EXC) return EXC;
    const count = withWritable(target, (memory) => readInto(self, memory, once));
    return count === undefined ? null : count;
  };
function peek(self: PyBuffered): Result {
  if (openFor(self, "peek of closed file") === EXC) return EXC;
  if (self.canWrite && self.pending > 0 && flushAndRewind(self) === EXC) return EXC;
  if (self.available === 0) {
    const got = fill(self);
    if (got === EXC) return EXC;
  }
  return bytesFromArray(self.ahead.subarray(self.at));
}
function readline(self: PyBuffered, size?: Value): Result {
  const limit = sizeOrNone(size);
  if (limit === EXC || openFor(self, "readline of closed file") === EXC) return EXC;
  return toResult(readLine(self, limit));
}
function next(self: PyBuffered): Value | End | Exc {
  const own = typeOf(self) === bufferedReaderType || typeOf(self) === bufferedRandomType;
  const line = own ? readline(self) : callMethod(self, "readline");
  if (line === EXC) return EXC;
  const length = (line as { length?: number }).length;
  if (length === undefined)
    return typeError(`readline() should have returned a bytes object, not '${typeOf(line).name}'`);
  return length === 0 ? END : line;
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────
function write(self: PyBuffered, data: Value): Result {
  if (usable(self) === EXC) return EXC;
  const memory = bytesLikeArray(data);
  if (memory === EXC) return EXC;
  const closed = rawClosed(self);
  if (closed === EXC) return EXC;
  if (closed) return valueError("write to closed file");
  return writeData(self, memory);
}
function flush(self: PyBuffered): Result {
  if (usable(self) === EXC) return EXC;
  const closed = rawClosed(self);
  if (closed === EXC) return EXC;
  if (closed) return valueError("flush of closed file");
  if (flushAndRewind(self) === EXC) return EXC;
  self.dropAhead();
  return null;
}
const readerFlush = (self: PyBuffered): Result => (usable(self) === EXC ? EXC : callMethod(self.raw, "flush"));

function close(self: PyBuffered): Result {
  if (usable(self) === EXC) return EXC;
  const closed = rawClosed(self);
  if (closed === EXC) return EXC;
  if (closed) return null;
  const flushed = setAside(callMethod(self, "flush"));
  const result = callMethod(self.raw, "close");
  dirtyWriters().delete(self);
  self.pending = 0;
  self.dropAhead();
  return chained(flushed, result);
}
function detach(self: PyBuffered): Result {
  if (usable(self) === EXC) return EXC;
  if (callMethod(self, "flush") === EXC) return EXC;
  const { raw } = self;
  self.raw = null;
  self.detached = true;
  self.ready = false;
  return raw;
}

// ── positions ────────────────────────────────────────────────────────────────────────────────────────────────
function tell(self: PyBuffered): Result {
  if (usable(self) === EXC) return EXC;
  const at = rawTell(self);
  return at === EXC ? EXC : Math.max(0, at - self.available + self.pending);
}
function seek(self: PyBuffered, target: Value, whence?: Value): Result {
  if (usable(self) === EXC) return EXC;
  const mode = whence === undefined ? 0 : asInt32(whence);
  if (mode === EXC) return EXC;
  if (mode < 0 || mode > 2) return valueError(`whence value ${mode} unsupported`);
  const closed = rawClosed(self);
  if (closed === EXC) return EXC;
  if (closed) return valueError("seek of closed file");
  if (checkSeekable(self.raw) === EXC) return EXC;
  let to = asSize(target);
  if (to === EXC) return EXC;
  if (mode !== 2 && self.canRead && self.available + self.at > 0 && self.pending === 0) {
    // Within what was read ahead, no system call is needed.
    const raw = rawTell(self);
    if (raw === EXC) return EXC;
    const current = raw - self.available;
    const offset = mode === 0 ? to - current : to;
    if (offset >= -self.at && offset <= self.available) {
      self.at += offset;
      return current + offset;
    }
  }
  if (self.pending > 0 && flushPending(self) === EXC) return EXC;
  if (mode === 1) to -= self.available;
  const result = rawSeek(self, to, mode);
  if (result === EXC) return EXC;
  self.dropAhead();
  return result;
}
function truncate(self: PyBuffered, size?: Value): Result {
  if (usable(self) === EXC) return EXC;
  const closed = rawClosed(self);
  if (closed === EXC) return EXC;
  if (closed) return valueError("truncate of closed file");
  if (!self.canWrite) return unsupported("truncate");
  if (flushAndRewind(self) === EXC) return EXC;
  let to = size ?? null;
  if (to === null) {
    const at = tell(self);
    if (at === EXC) return EXC;
    to = at;
  }
  return callMethod(self.raw, "truncate", [to]);
}

// ── description ──────────────────────────────────────────────────────────────────────────────────────────────
function reprOf(self: PyBuffered): Result {
  const name = lookupAttr(self, "name");
  const typeName = typeOf(self).name;
  if (name === EXC) {
    if (!swallowValueError()) return EXC;
    return `<${typeName}>`;
  }
  if (name === undefined) return `<${typeName}>`;
  if (reprEnter(self)) return runtimeError(`reentrant call inside ${typeName}.__repr__`);
  const shown = repr(name);
  reprLeave(self);
  return shown === EXC ? EXC : concat(`<${typeName} name=`, shown, ">");
}
function swallowValueError(): boolean {
  if (rt.exc === null || !catches(valueErrorType)) return false;
  clearException();
  return true;
}
/** Forwards to the raw file. */
const forward = (name: string): NativeDef =>
  method("($self, /)", (self: PyBuffered) => (usable(self) === EXC ? EXC : callMethod(self.raw, name)));
const forwardAttr = (name: string) =>
  getset((self: PyBuffered) => (usable(self) === EXC ? EXC : getAttr(self.raw, name)));
/** What cannot be pickled. */
export const noState = (self: Value): Result => typeError(`cannot pickle '${shortName(typeOf(self))}' instances`);

const common = () => ({
  close: method("($self, /)", close),
  detach: method("($self, /)", detach),
  seekable: forward("seekable"),
  fileno: forward("fileno"),
  isatty: forward("isatty"),
  tell: method("($self, /)", tell),
  seek: method("($self, target, whence=0, /)", seek),
  truncate: method("($self, pos=None, /)", truncate),
  __getstate__: method("($self, /)", noState),
  __sizeof__: method("($self, /)", (self: PyBuffered) => 168 + self.bufferSize),
});
const reading = () => ({
  read: method("($self, size=-1, /)", read),
  read1: method("($self, size=-1, /)", read1),
  readinto: method("($self, buffer, /)", readIntoMethod(false)),
  readinto1: method("($self, buffer, /)", readIntoMethod(true)),
  peek: method("($self, size=0, /)", peek),
  readline: method("($self, size=-1, /)", readline),
  readable: forward("readable"),
});
const writing = () => ({
  write: method("($self, buffer, /)", write),
  flush: method("($self, /)", flush),
  writable: forward("writable"),
});
const attributes = () => ({
  closed: forwardAttr("closed"),
  name: forwardAttr("name"),
  mode: forwardAttr("mode"),
  raw: getset((self: PyBuffered) => self.raw ?? null),
  _finalizing: getset((self: PyBuffered) => self.finalizing),
});

const flags = BASETYPE | HAS_DICT | HAS_WEAKREF;
const alloc = (cls: PyType): PyBuffered => new PyBuffered(cls);
const iteration = {
  tp_iter: (self: PyBuffered): Result => (openFor(self, "I/O operation on closed file.") === EXC ? EXC : self),
  tp_iternext: next,
};

export const bufferedReaderType = newType("BufferedReader", {
  module: "_io",
  doc: "Create a new buffered reader using the given readable raw IO object.",
  textSignature: "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
  base: bufferedIOBaseType,
  flags,
  slots: {
    tp_alloc: alloc,
    tp_init: initializer("BufferedReader", true, false),
    tp_repr: reprOf,
    ...iteration,
  },
  methods: () => ({ ...common(), ...reading(), flush: method("($self, /)", readerFlush) }),
  getset: attributes,
});
export const bufferedWriterType = newType("BufferedWriter", {
  module: "_io",
  doc: "A buffer for a writeable sequential RawIO object.",
  textSignature: "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
  base: bufferedIOBaseType,
  flags,
  slots: { tp_alloc: alloc, tp_init: initializer("BufferedWriter", false, true), tp_repr: reprOf },
  methods: () => ({ ...common(), ...writing() }),
  getset: attributes,
});
export const bufferedRandomType = newType("BufferedRandom", {
  module: "_io",
  doc: "A buffered interface to random access streams.",
  textSignature: "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
  base: bufferedIOBaseType,
  flags,
  slots: {
    tp_alloc: alloc,
    tp_init: initializer("BufferedRandom", true, true),
    tp_repr: reprOf,
    ...iteration,
  },
  methods: () => ({ ...common(), ...reading(), ...writing() }),
  getset: attributes,
});
