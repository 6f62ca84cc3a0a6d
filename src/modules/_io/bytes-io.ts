/** `_io.BytesIO`: a binary file in memory. */
import {
  BASETYPE,
  END,
  type End,
  EXC,
  type Exc,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { PyBuffer, bufferError, bytesLikeArray, withWritable } from "../../objects/buffer.ts";
import { bytesFromArray, emptyBytes } from "../../objects/bytes.ts";
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { memoryError, overflowError, typeError, valueError } from "../../objects/errors.ts";
import { newList } from "../../objects/list.ts";
import { viewOfBuffer } from "../../objects/memoryview.ts";
import { asInt32, asSize } from "../../objects/protocol/convert.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { forEach } from "../../objects/protocol/iter.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { genericNew } from "../../objects/type/generic-new.ts";
import { typeOf } from "../../objects/types.ts";
import { bufferedIOBaseType } from "./abstract.ts";
import { sizeOrNone } from "./io-base.ts";
import { PyIOBase } from "./object.ts";
import { closedError } from "./state.ts";

export class PyBytesIO extends PyIOBase {
  data: Uint8Array | null = new Uint8Array(0);
  size = 0;
  position = 0;
  /** The position where it is beyond the safe integers; `position` is then the greatest of those. */
  far: bigint | null = null;
  /** Buffers given out by `getbuffer`. */
  exports = 0;

  get left(): number {
    return Math.max(0, this.size - this.position);
  }
  /** The next `count` bytes, and moves on. */
  take(count: number): Uint8Array {
    const from = Math.min(this.position, this.size);
    const part = (this.data as Uint8Array).subarray(from, from + count);
    this.position += part.length;
    return part;
  }
}

const open = (self: PyBytesIO): Status => (self.data === null ? closedError() : null);
/** Guards a method against closed files. */
const whenOpen =
  <A extends unknown[], R>(use: (self: PyBytesIO, ...args: A) => R) =>
  (self: PyBytesIO, ...args: A): R | Exc =>
    open(self) === EXC ? EXC : use(self, ...args);

function resizable(self: PyBytesIO): Status {
  return self.exports > 0 ? bufferError("Existing exports of data: object cannot be re-sized") : null;
}
function reserve(self: PyBytesIO, size: number): Status {
  const data = self.data as Uint8Array;
  if (size <= data.length) return null;
  if (size > 2 ** 32) return memoryError();
  const grown = new Uint8Array(Math.max(size, size + (size >> 3) + 16));
  grown.set(data.subarray(0, self.size));
  self.data = grown;
  return null;
}

const INIT = signature("(initial_bytes=b'')");
function init(self: PyBytesIO, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "BytesIO", args, kwnames);
  if (bound === EXC) return EXC;
  const initial = bound[0] as Value | undefined;
  if (resizable(self) === EXC) return EXC;
  self.size = 0;
  self.position = 0;
  self.data ??= new Uint8Array(0);
  if (initial !== undefined && initial !== null) {
    const content = bytesLikeArray(initial);
    if (content === EXC) return EXC;
    self.data = content.slice();
    self.size = content.length;
  }
  return null;
}

function read(self: PyBytesIO, size?: Value): Result {
  const count = sizeOrNone(size);
  if (count === EXC) return EXC;
  const part = self.take(count < 0 ? self.left : Math.min(count, self.left));
  return part.length === 0 ? emptyBytes : bytesFromArray(part);
}
/** The line at the position, at most `limit` long. */
function takeLine(self: PyBytesIO, limit: number): Uint8Array {
  const data = self.data as Uint8Array;
  let count = self.left;
  if (limit >= 0) count = Math.min(count, limit);
  const from = Math.min(self.position, self.size);
  const newline = data.indexOf(10, from);
  if (newline >= 0) count = Math.min(count, newline + 1 - from);
  return self.take(count);
}
function readline(self: PyBytesIO, size?: Value): Result {
  const limit = sizeOrNone(size);
  return limit === EXC ? EXC : bytesFromArray(takeLine(self, limit));
}
function readlines(self: PyBytesIO, hint?: Value): Result {
  const limit = sizeOrNone(hint);
  if (limit === EXC) return EXC;
  const lines: Value[] = [];
  let total = 0;
  while (self.left > 0 && (limit <= 0 || total < limit)) {
    const line = takeLine(self, -1);
    lines.push(bytesFromArray(line));
    total += line.length;
  }
  return newList(lines);
}
function readinto(self: PyBytesIO, target: Value): Result {
  return withWritable(target, (memory) => {
    const part = self.take(Math.min(memory.length, self.left));
    memory.set(part);
    return part.length;
  });
}

function write(self: PyBytesIO, data: Value): Result {
  if (resizable(self) === EXC) return EXC;
  const content = bytesLikeArray(data);
  if (content === EXC) return EXC;
  // Getting the content may have run Python code.
  if (open(self) === EXC || resizable(self) === EXC) return EXC;
  if (content.length === 0) return 0;
  const end = self.position + content.length;
  if (reserve(self, end) === EXC) return EXC;
  const memory = self.data as Uint8Array;
  if (self.position > self.size) memory.fill(0, self.size, self.position);
  memory.set(content, self.position);
  self.position = end;
  self.size = Math.max(self.size, end);
  return content.length;
}
function writelines(self: PyBytesIO, lines: Value): Result {
  return forEach(lines, (line) => (write(self, line) === EXC ? EXC : null));
}

const isFar = (offset: bigint): boolean => offset > 0n && BigInt.asIntN(64, offset) === offset;
function seek(self: PyBytesIO, offset: Value, whence?: Value): Result {
  if (typeof offset === "bigint" && (whence === undefined || whence === 0) && isFar(offset)) {
    self.position = Number.MAX_SAFE_INTEGER;
    self.far = offset;
    return offset;
  }
  let to = asSize(offset);
  if (to === EXC) return EXC;
  const mode = whence === undefined ? 0 : asInt32(whence);
  if (mode === EXC) return EXC;
  if (to < 0 && mode === 0) return valueError(`negative seek value ${to}`);
  if (mode < 0 || mode > 2) return valueError(`invalid whence (${mode}, should be 0, 1 or 2)`);
  if (mode === 1) to += self.position;
  else if (mode === 2) to += self.size;
  if (to > Number.MAX_SAFE_INTEGER) return overflowError("new position too large");
  self.position = Math.max(0, to);
  return self.position;
}
function truncate(self: PyBytesIO, size?: Value): Result {
  if (resizable(self) === EXC) return EXC;
  let to = self.position;
  if (size !== undefined && size !== null) {
    if (typeof size !== "number" && typeOf(size).nb_index === null) {
      return typeError(`'${typeOf(size).name}' object cannot be interpreted as an integer`);
    }
    const given = asSize(size);
    if (given === EXC) return EXC;
    if (given < 0) return valueError(`negative size value ${given}`);
    to = given;
    if (open(self) === EXC || resizable(self) === EXC) return EXC;
  }
  if (to < self.size) self.size = to;
  return to;
}

function getbuffer(self: PyBytesIO): Result {
  self.exports++;
  const buffer = new PyBuffer(self, self.data as Uint8Array, 0, self.size, false, {}, () => {
    self.exports--;
  });
  // Unlike a bytearray's, this view is asked for by name: as long as it is not released the size stays.
  buffer.countsOnly = false;
  return viewOfBuffer(buffer);
}

function getState(self: PyBytesIO): Result {
  const dict = self.getDict(false) as PyDict | undefined;
  return newTuple([valueOf(self), self.position, dict === undefined ? null : dict.copy()]);
}
function setState(self: PyBytesIO, state: Value): Result {
  if (!(state instanceof PyTuple) || state.items.length < 3) {
    return typeError(`${typeOf(self).name}.__setstate__ argument should be 3-tuple, got ${typeOf(state).name}`);
  }
  if (resizable(self) === EXC) return EXC;
  const [content, position, dict] = state.items;
  const bytes = bytesLikeArray(content);
  if (bytes === EXC) return EXC;
  self.data = bytes.slice();
  self.size = bytes.length;
  if (typeof position !== "number") {
    return typeError(`second item of state must be an integer, not ${typeOf(position).name}`);
  }
  if (position < 0) return valueError("position value cannot be negative");
  self.position = position;
  if (dict === null) return null;
  if (!(dict instanceof PyDict)) return typeError(`third item of state should be a dict, got a ${typeOf(dict).name}`);
  const own = self.getDict(true) as PyDict;
  return callMethod(own, "update", [dict]) === EXC ? EXC : null;
}
const valueOf = (self: PyBytesIO): Value => bytesFromArray((self.data as Uint8Array).subarray(0, self.size));

export const bytesIOType = newType("BytesIO", {
  module: "_io",
  doc: "Buffered I/O implementation using an in-memory bytes buffer.",
  textSignature: "(initial_bytes=b'')",
  base: bufferedIOBaseType,
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: {
    tp_new: genericNew,
    tp_alloc: (cls) => new PyBytesIO(cls),
    tp_init: init,
    tp_iter: (self: PyBytesIO) => (open(self) === EXC ? EXC : self),
    tp_iternext: (self: PyBytesIO): Value | End | Exc => {
      if (open(self) === EXC) return EXC;
      const line = takeLine(self, -1);
      return line.length === 0 ? END : bytesFromArray(line);
    },
  },
  methods: () => ({
    read: method("($self, size=-1, /)", whenOpen(read), "Read at most size bytes, returned as a bytes object."),
    read1: method("($self, size=-1, /)", whenOpen(read), "Read at most size bytes, returned as a bytes object."),
    readline: method("($self, size=-1, /)", whenOpen(readline), "Next line from the file, as a bytes object."),
    readlines: method(
      "($self, size=None, /)",
      whenOpen(readlines),
      "List of bytes objects, each a line from the file.",
    ),
    readinto: method("($self, buffer, /)", whenOpen(readinto), "Read bytes into buffer."),
    write: method("($self, b, /)", whenOpen(write), "Write bytes to file."),
    writelines: method("($self, lines, /)", whenOpen(writelines), "Write lines to the file."),
    seek: method("($self, pos, whence=0, /)", whenOpen(seek), "Change stream position."),
    tell: method(
      "($self, /)",
      whenOpen((self: PyBytesIO) =>
        self.position === Number.MAX_SAFE_INTEGER && self.far !== null ? self.far : self.position,
      ),
      "Current file position, an integer.",
    ),
    truncate: method("($self, size=None, /)", whenOpen(truncate), "Truncate the file to at most size bytes."),
    flush: method(
      "($self, /)",
      whenOpen(() => null),
      "Does nothing.",
    ),
    isatty: method(
      "($self, /)",
      whenOpen(() => false),
      "Always returns False.",
    ),
    readable: method(
      "($self, /)",
      whenOpen(() => true),
      "Returns True if the IO object can be read.",
    ),
    writable: method(
      "($self, /)",
      whenOpen(() => true),
      "Returns True if the IO object can be written.",
    ),
    seekable: method(
      "($self, /)",
      whenOpen(() => true),
      "Returns True if the IO object can be seeked.",
    ),
    getvalue: method("($self, /)", whenOpen(valueOf), "Retrieve the entire contents of the BytesIO object."),
    getbuffer: method(
      "($self, /)",
      whenOpen(getbuffer),
      "Get a read-write view over the contents of the BytesIO object.",
    ),
    close: method(
      "($self, /)",
      (self: PyBytesIO) => {
        if (resizable(self) === EXC) return EXC;
        self.data = null;
        return null;
      },
      "Disable all I/O operations.",
    ),
    __getstate__: method("($self, /)", whenOpen(getState)),
    __setstate__: method("($self, state, /)", whenOpen(setState)),
    __sizeof__: method("($self, /)", (self: PyBytesIO) => 104 + (self.data?.length ?? 0)),
  }),
  getset: () => ({ closed: getset((self: PyBytesIO) => self.data === null, undefined, "True if the file is closed.") }),
});
