/** `_io.StringIO`: a text file in memory. */
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
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { raise, typeError, valueError } from "../../objects/errors.ts";

import { osErrorType } from "../../objects/exceptions/types.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asInt32, asSize } from "../../objects/protocol/convert.ts";
import { repr } from "../../objects/protocol/object.ts";
import { type Str, pointAt, strConcatAll, strSlice } from "../../objects/str/astral.ts";
import { findText, replaceText } from "../../objects/str/find.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { genericNew } from "../../objects/type/generic-new.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { textIOBaseType } from "./abstract.ts";
import { sizeOrNone } from "./io-base.ts";
import { NewlineState } from "./newlines.ts";
import { PyIOBase } from "./object.ts";
import { closedError } from "./state.ts";

export class PyStringIO extends PyIOBase {
  initialised = false;
  isOpen = true;
  /** What stands after `base` while text is only ever appended. */
  private appended: Str[] = [];
  private base: Str = "";
  private appendedLength = 0;
  position = 0;
  /** The position where it is beyond the safe integers; `position` is then the greatest of those. */
  far: bigint | null = null;
  /** The `newline` argument: None translates what is read. */
  newline: Str | null = "\n";
  /** What \n is written as. */
  writeNewline = "";
  newlines: NewlineState | null = null;

  get text(): Str {
    if (this.appended.length > 0) {
      this.base = strConcatAll([this.base, ...this.appended]);
      this.appended = [];
      this.appendedLength = 0;
    }
    return this.base;
  }
  set text(text: Str) {
    this.appended = [];
    this.appendedLength = 0;
    this.base = text;
  }
  get size(): number {
    return this.base.length + this.appendedLength;
  }
  /** Writes at the position, over what is there. */
  put(text: Str): void {
    if (this.position === this.size) {
      this.appended.push(text);
      this.appendedLength += text.length;
    } else {
      const old = this.text;
      const gap = Math.max(0, this.position - old.length);
      const end = this.position + text.length;
      this.text = strConcatAll([
        strSlice(old, 0, Math.min(this.position, old.length)),
        "\0".repeat(gap),
        text,
        strSlice(old, Math.min(end, old.length)),
      ]);
    }
    this.position += text.length;
  }
}

const open = (self: PyStringIO): Status => {
  if (!self.initialised) return valueError("I/O operation on uninitialized object");
  return self.isOpen ? null : closedError("I/O operation on closed file");
};
const whenOpen =
  <A extends unknown[], R>(use: (self: PyStringIO, ...args: A) => R) =>
  (self: PyStringIO, ...args: A): R | Exc =>
    open(self) === EXC ? EXC : use(self, ...args);

const INIT = signature("(initial_value='', newline='\\n')");
function init(self: PyStringIO, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "StringIO", args, kwnames);
  if (bound === EXC) return EXC;
  const [initial, newline] = bound as (Value | undefined)[];
  const newlineText = newline === undefined ? "\n" : newline === null ? null : strValue(newline);
  if (newlineText === undefined) {
    return typeError(`StringIO() argument 2 must be str or None, not ${typeOf(newline as Value).name}`);
  }
  if (checkNewline(newlineText) === EXC) return EXC;
  const text = initial === undefined || initial === null ? "" : strValue(initial);
  if (text === undefined) return typeError(`initial_value must be str or None, not ${typeOf(initial as Value).name}`);
  return setUp(self, text, newlineText);
}
function checkNewline(newline: Str | null): Status {
  if (newline === null || ["", "\n", "\r", "\r\n"].includes(newline as string)) return null;
  const shown = repr(newline);
  return shown === EXC ? EXC : valueError(`illegal newline value: ${shown as string}`);
}
function setUp(self: PyStringIO, text: Str, newline: Str | null): Status {
  self.initialised = true;
  self.isOpen = true;
  self.closed = false;
  self.newline = newline;
  self.writeNewline = newline === "\r" || newline === "\r\n" ? newline : "";
  self.newlines = newline === null || newline === "" ? new NewlineState(newline === null) : null;
  self.text = "";
  self.position = 0;
  if (text !== "") writeText(self, text);
  self.position = 0;
  return null;
}

function writeText(self: PyStringIO, text: Str): void {
  let output = text;
  if (self.newlines !== null) output = self.newlines.process(output, true);
  if (self.writeNewline !== "") output = replaceText(output, "\n", self.writeNewline, -1, strConcatAll);
  self.put(output);
}
function write(self: PyStringIO, value: Value): Result {
  const text = strValue(value);
  if (text === undefined) return typeError(`string argument expected, got '${typeOf(value).name}'`);
  if (open(self) === EXC) return EXC;
  if (text.length > 0) writeText(self, text);
  return text.length;
}

function read(self: PyStringIO, size?: Value): Result {
  const count = sizeOrNone(size);
  if (count === EXC) return EXC;
  const { text } = self;
  const from = Math.min(self.position, text.length);
  const end = count < 0 ? text.length : Math.min(text.length, from + count);
  if (from < end) self.position = end;
  return strSlice(text, from, end);
}

/** Where the line beginning at `from` ends, by the stream's kind of newline. */
export function lineEnd(text: Str, from: number, newline: Str | null, limit: number): number {
  const stop = limit < 0 ? text.length : Math.min(text.length, from + limit);
  if (newline === "") {
    for (let i = from; i < stop; i++) {
      const c = pointAt(text, i);
      if (c === 10) return i + 1;
      if (c === 13) return i + 1 < stop && pointAt(text, i + 1) === 10 ? i + 2 : i + 1;
    }
    return stop;
  }
  const end = newline === null ? "\n" : newline;
  const at = findText(text, end, from, stop);
  return at < 0 ? stop : at + end.length;
}
function takeLine(self: PyStringIO, limit: number): Str {
  const { text } = self;
  if (self.position >= text.length) return "";
  const end = lineEnd(text, self.position, self.newline, limit);
  const line = strSlice(text, self.position, end);
  self.position = end;
  return line;
}
function readline(self: PyStringIO, size?: Value): Result {
  const limit = sizeOrNone(size);
  return limit === EXC ? EXC : takeLine(self, limit);
}

const isFar = (offset: bigint): boolean => offset > 0n && BigInt.asIntN(64, offset) === offset;
function seek(self: PyStringIO, offset: Value, whence?: Value): Result {
  if (typeof offset === "bigint" && (whence === undefined || whence === 0) && isFar(offset)) {
    self.position = Number.MAX_SAFE_INTEGER;
    self.far = offset;
    return offset;
  }
  const to = asSize(offset);
  if (to === EXC) return EXC;
  const mode = whence === undefined ? 0 : asInt32(whence);
  if (mode === EXC) return EXC;
  if (mode < 0 || mode > 2) return valueError(`Invalid whence (${mode}, should be 0, 1 or 2)`);
  if (to < 0 && mode === 0) return valueError(`Negative seek position ${to}`);
  if (mode !== 0 && to !== 0) return raise(osErrorType, "Can't do nonzero cur-relative seeks");
  self.position = mode === 1 ? self.position : mode === 2 ? self.size : to;
  return self.position;
}
function truncate(self: PyStringIO, size?: Value): Result {
  let to = self.position;
  if (size !== undefined && size !== null) {
    if (typeof size !== "number" && typeOf(size).nb_index === null) {
      return typeError(`argument should be integer or None, not '${typeOf(size).name}'`);
    }
    const given = asSize(size);
    if (given === EXC) return EXC;
    if (given < 0) return valueError(`Negative size value ${given}`);
    to = given;
  }
  if (to < self.size) self.text = strSlice(self.text, 0, to);
  return to;
}

function getState(self: PyStringIO): Result {
  const dict = self.getDict(false) as PyDict | undefined;
  return newTuple([self.text, self.newline, self.position, dict === undefined ? null : dict.copy()]);
}
function setState(self: PyStringIO, state: Value): Result {
  if (self.initialised && !self.isOpen) return closedError("I/O operation on closed file");
  if (!(state instanceof PyTuple) || state.items.length < 4) {
    return typeError(`${typeOf(self).name}.__setstate__ argument should be 4-tuple, got ${typeOf(state).name}`);
  }
  const [content, newline, position, dict] = state.items;
  const text = strValue(content);
  if (text === undefined && content !== null)
    return typeError(`initial_value must be str or None, not ${typeOf(content).name}`);
  const kind = newline === null ? null : strValue(newline);
  if (kind === undefined) return typeError(`newline must be str or None, not ${typeOf(newline).name}`);
  if (checkNewline(kind) === EXC) return EXC;
  setUp(self, "", kind);
  // The text has been translated already.
  self.text = text ?? "";
  if (typeof position !== "number") {
    return typeError(`third item of state must be an integer, got ${typeOf(position).name}`);
  }
  if (position < 0) return valueError("position value cannot be negative");
  self.position = position;
  if (dict === null) return null;
  if (!(dict instanceof PyDict)) return typeError(`fourth item of state should be a dict, got a ${typeOf(dict).name}`);
  return callMethod(self.getDict(true) as PyDict, "update", [dict]) === EXC ? EXC : null;
}

export const stringIOType = newType("StringIO", {
  module: "_io",
  doc: "Text I/O implementation using an in-memory buffer.",
  textSignature: "(initial_value='', newline='\\n')",
  base: textIOBaseType,
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: {
    tp_new: genericNew,
    tp_alloc: (cls) => new PyStringIO(cls),
    tp_init: init,
    tp_iter: (self: PyStringIO) => (open(self) === EXC ? EXC : self),
    tp_iternext: (self: PyStringIO): Value | End | Exc => {
      if (open(self) === EXC) return EXC;
      if (typeOf(self) !== stringIOType) {
        const line = callMethod(self, "readline");
        if (line === EXC) return EXC;
        const text = strValue(line);
        if (text === undefined) {
          return raise(osErrorType, `readline() should have returned a str object, not '${typeOf(line).name}'`);
        }
        return text.length === 0 ? END : line;
      }
      const line = takeLine(self, -1);
      return line === "" ? END : line;
    },
  },
  methods: () => ({
    getvalue: method(
      "($self, /)",
      whenOpen((self: PyStringIO) => self.text),
      "Retrieve the entire contents of the object.",
    ),
    read: method("($self, size=-1, /)", whenOpen(read), "Read at most size characters, returned as a string."),
    readline: method("($self, size=-1, /)", whenOpen(readline), "Read until newline or EOF."),
    write: method("($self, s, /)", write, "Write string to file."),
    seek: method("($self, pos, whence=0, /)", whenOpen(seek), "Change stream position."),
    tell: method(
      "($self, /)",
      whenOpen((self: PyStringIO) =>
        self.position === Number.MAX_SAFE_INTEGER && self.far !== null ? self.far : self.position,
      ),
      "Tell the current file position.",
    ),
    truncate: method("($self, pos=None, /)", whenOpen(truncate), "Truncate size to pos."),
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
    close: method(
      "($self, /)",
      (self: PyStringIO) => {
        self.isOpen = false;
        self.text = "";
        return null;
      },
      "Close the IO object.",
    ),
    __getstate__: method("($self, /)", whenOpen(getState)),
    __setstate__: method("($self, state, /)", setState),
  }),
  getset: () => ({
    closed: getset((self: PyStringIO) =>
      self.initialised ? !self.isOpen : valueError("I/O operation on uninitialized object"),
    ),
    newlines: getset(whenOpen((self: PyStringIO) => self.newlines?.newlines ?? null)),
    line_buffering: getset(whenOpen(() => false)),
  }),
});
