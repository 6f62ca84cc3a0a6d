/** `_io.TextIOWrapper`: text over a buffered binary file. */
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
import {
  attributeError,
  catches,
  clearException,
  raise,
  runtimeError,
  typeError,
  valueError,
} from "../../objects/errors.ts";
import { osErrorType, valueErrorType } from "../../objects/exceptions/types.ts";
import { concat } from "../../objects/message.ts";
import type { NativeDef } from "../../objects/native.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { getAttr, isTrue, lookupAttr, repr } from "../../objects/protocol/object.ts";
import { reprEnter, reprLeave } from "../../objects/recursion.ts";
import type { PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { encodeText } from "../../objects/codecs/codecs.ts";
import type { Str } from "../../objects/str/astral.ts";
import { strValue } from "../../objects/values.ts";
import { asInt } from "../support/arguments.ts";
import { textIOBaseType } from "./abstract.ts";
import { PyBuffered } from "./buffered.ts";
import { noState } from "./buffered-types.ts";
import { chained, setAside } from "./chain.ts";
import { sizeOrNone } from "./io-base.ts";
import { NewlineState } from "./newlines.ts";
import { dirtyWriters, unsupported } from "./state.ts";
import { lookupTextCodec, newDecoding, newEncoding, statelessCodec } from "./text-codec.ts";
import {
  PyTextIOWrapper,
  bufferClosed,
  openText,
  readText,
  readTextLine,
  usable,
  writePending,
  writeText,
} from "./text-core.ts";
import { seek, tell } from "./text-position.ts";

const INIT = signature("(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)");

/** The encoding of the locale, which is UTF-8 everywhere here. */
export const LOCALE_ENCODING = "UTF-8";

function init(self: PyTextIOWrapper, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "TextIOWrapper", args, kwnames);
  if (bound === EXC) return EXC;
  const [buffer, encoding, errors, newline, lineBuffering, writeThrough] = bound as (Value | undefined)[];
  self.ready = false;
  self.detached = false;
  const names = [textOrNone(encoding, "encoding"), textOrNone(errors, "errors"), textOrNone(newline, "newline")];
  if (names.includes(EXC as never)) return EXC;
  const [encodingName, errorsName, newlineText] = names as (string | null)[];
  if (checkNewline(newlineText) === EXC) return EXC;
  const flags = [lineBuffering ?? false, writeThrough ?? false].map((flag) => isTrue(flag));
  if (flags.includes(EXC)) return EXC;
  return setUpText(
    self,
    buffer as Value,
    encodingName,
    errorsName,
    newlineText,
    flags[0] as boolean,
    flags[1] as boolean,
  );
}
function textOrNone(value: Value | undefined, name: string): string | null | Exc {
  if (value === undefined || value === null) return null;
  const text = strValue(value);
  if (text === undefined)
    return typeError(`TextIOWrapper() argument '${name}' must be str or None, not ${typeOf(value).name}`);
  if (typeof text === "string" && text.includes("\0")) return valueError("embedded null character");
  // What cannot be encoded names nothing.
  if (encodeText(text, "utf-8", "strict") === EXC) return EXC;
  return typeof text === "string" ? text : valueError(`illegal ${name} value`);
}
function checkNewline(newline: string | null): Status {
  if (newline === null || ["", "\n", "\r", "\r\n"].includes(newline)) return null;
  const shown = repr(newline);
  return shown === EXC ? EXC : valueError(`illegal newline value: ${shown as string}`);
}

/** Readies a wrapper. `encoding` and `errors` null mean the locale's and "strict". */
export function setUpText(
  self: PyTextIOWrapper,
  buffer: Value,
  encoding: string | null,
  errors: string | null,
  newline: string | null,
  lineBuffering: boolean,
  writeThrough: boolean,
): Status {
  const name = encoding === null || encoding === "locale" ? LOCALE_ENCODING : encoding;
  Object.assign(self, {
    buffer,
    encoding: name,
    encodingName: name,
    errors: errors ?? "strict",
    newline,
    lineBuffering,
    writeThrough,
  });
  self.setDecoded("");
  self.snapshot = null;
  self.pending = [];
  self.pendingSize = 0;
  const codec = codecFor(name);
  if (codec === EXC) return EXC;
  if (makeCoders(self, codec) === EXC) return EXC;
  const seekable = ask(buffer, "seekable");
  if (seekable === EXC) return EXC;
  self.seekable = self.telling = seekable;
  const read1 = buffer instanceof PyBuffered ? true : lookupAttr(buffer, "read1");
  if (read1 === EXC) return EXC;
  self.hasRead1 = read1 !== undefined;
  self.ready = true;
  return fixEncoderState(self);
}
function codecFor(encoding: string): PyTuple | null | Exc {
  return statelessCodec(encoding) !== undefined ? null : lookupTextCodec(encoding);
}
function ask(buffer: Value, question: string): boolean | Exc {
  const answer = callMethod(buffer, question);
  return answer === EXC ? EXC : isTrue(answer);
}
function makeCoders(self: PyTextIOWrapper, codec: PyTuple | null): Status {
  const readable = ask(self.buffer, "readable");
  if (readable === EXC) return EXC;
  const writable = ask(self.buffer, "writable");
  if (writable === EXC) return EXC;
  self.decoder = null;
  self.encoder = null;
  if (readable) {
    const { newline } = self;
    const newlines = newline === null || newline === "" ? new NewlineState(newline === null) : null;
    const decoder = newDecoding(self.encodingName, self.errors, codec, newlines);
    if (decoder === EXC) return EXC;
    self.decoder = decoder;
  }
  if (writable) {
    const encoder = newEncoding(self.encodingName, self.errors, codec);
    if (encoder === EXC) return EXC;
    self.encoder = encoder;
  }
  return null;
}
/** In the middle of a file no byte order mark is to be written. */
function fixEncoderState(self: PyTextIOWrapper): Status {
  if (!self.seekable || self.encoder === null) return null;
  const at = callMethod(self.buffer, "tell");
  if (at === EXC) return EXC;
  return at === 0 ? null : self.encoder.setState(0);
}

const RECONFIGURE =
  "($self, /, *, encoding=None, errors=None, newline=<unrepresentable>, line_buffering=None, write_through=None)";
function reconfigure(
  self: PyTextIOWrapper,
  encoding?: Value,
  errors?: Value,
  newline?: Value,
  lineBuffering?: Value,
  writeThrough?: Value,
): Result {
  if (usable(self) === EXC) return EXC;
  const setsCoding = (encoding ?? null) !== null || (errors ?? null) !== null || newline !== undefined;
  if (setsCoding && self.decoder !== null && (self.decoded.length > 0 || self.snapshot !== null)) {
    return unsupported("It is not possible to set the encoding or newline of stream after the first read");
  }
  const names: (string | null)[] = [];
  for (const [value, name] of [
    [encoding, "encoding"],
    [errors, "errors"],
    [newline, "newline"],
  ] as const) {
    if (value !== undefined && value !== null && strValue(value) === undefined) {
      return typeError(`reconfigure() argument '${name}' must be str or None, not ${typeOf(value).name}`);
    }
    if (value !== undefined && value !== null && encodeText(strValue(value) as Str) === EXC) return EXC;
    names.push(value === undefined || value === null ? null : (strValue(value) as string));
  }
  if (newline !== undefined && checkNewline(names[2]) === EXC) return EXC;
  const lines = flagOr(lineBuffering, self.lineBuffering);
  const through = flagOr(writeThrough, self.writeThrough);
  if (lines === EXC || through === EXC) return EXC;
  if (callMethod(self, "flush") === EXC) return EXC;
  if (setsCoding) {
    const name = names[0] === "locale" ? LOCALE_ENCODING : (names[0] ?? self.encodingName);
    const codec = codecFor(name);
    if (codec === EXC) return EXC;
    // A new encoding brings the default error handling back.
    self.errors = names[1] ?? (names[0] !== null ? "strict" : self.errors);
    self.encoding = self.encodingName = name;
    if (newline !== undefined) self.newline = names[2];
    if (makeCoders(self, codec) === EXC || fixEncoderState(self) === EXC) return EXC;
  }
  self.lineBuffering = lines;
  self.writeThrough = through;
  return null;
}

/** A flag given as an int; None and missing keep what is set. */
function flagOr(value: Value | undefined, present: boolean): boolean | Exc {
  if (value === undefined || value === null) return present;
  const number = asInt(value);
  return number === EXC ? EXC : number !== 0;
}

function read(self: PyTextIOWrapper, size?: Value): Result {
  const count = sizeOrNone(size);
  return count === EXC || openText(self) === EXC ? EXC : readText(self, count);
}
function readline(self: PyTextIOWrapper, size?: Value): Result {
  const limit = size === undefined ? -1 : asSize(size);
  return limit === EXC || openText(self) === EXC ? EXC : readTextLine(self, limit);
}
function next(self: PyTextIOWrapper): Value | End | Exc {
  if (usable(self) === EXC) return EXC;
  self.telling = false;
  let line: Result;
  if (typeOf(self) === textIOWrapperType) {
    line = openText(self) === EXC ? EXC : readTextLine(self, -1);
  } else {
    line = callMethod(self, "readline");
    if (line !== EXC && strValue(line) === undefined) {
      return raise(osErrorType, `readline() should have returned a str object, not '${typeOf(line).name}'`);
    }
  }
  if (line === EXC) return EXC;
  if (line !== "" && strValue(line) !== "") return line;
  self.snapshot = null;
  self.telling = self.seekable;
  return END;
}

function write(self: PyTextIOWrapper, value: Value): Result {
  const text = strValue(value);
  if (text === undefined)
    return typeError(`write() argument must be str, not ${value === null ? "None" : typeOf(value).name}`);
  return openText(self) === EXC ? EXC : writeText(self, text);
}
function flush(self: PyTextIOWrapper): Result {
  if (openText(self) === EXC) return EXC;
  self.telling = self.seekable;
  return writePending(self) === EXC ? EXC : callMethod(self.buffer, "flush");
}
function truncate(self: PyTextIOWrapper, size?: Value): Result {
  if (usable(self) === EXC || callMethod(self, "flush") === EXC) return EXC;
  return callMethod(self.buffer, "truncate", [size ?? null]);
}
function close(self: PyTextIOWrapper): Result {
  if (usable(self) === EXC) return EXC;
  const closed = bufferClosed(self);
  if (closed === EXC) return EXC;
  // Asking may have run code that detached the buffer.
  if (closed || self.detached) return null;
  const flushed = setAside(callMethod(self, "flush"));
  // Flushing may have run code that detached the buffer.
  const result = usable(self) === EXC ? EXC : callMethod(self.buffer, "close");
  dirtyWriters().delete(self);
  return chained(flushed, result);
}
function detach(self: PyTextIOWrapper): Result {
  if (usable(self) === EXC || callMethod(self, "flush") === EXC) return EXC;
  const { buffer } = self;
  self.buffer = null;
  self.detached = true;
  self.ready = false;
  return buffer;
}

function reprOf(self: PyTextIOWrapper): Result {
  if (!self.detached && usable(self) === EXC) return EXC;
  if (reprEnter(self)) return runtimeError(`reentrant call inside ${typeOf(self).name}.__repr__`);
  const parts: Str[] = [`<${typeOf(self).name}`];
  for (const name of ["name", "mode"]) {
    let value = lookupAttr(self, name);
    if (value === EXC && catches(valueErrorType)) {
      clearException();
      value = undefined;
    }
    const shown = value === undefined ? undefined : value === EXC ? EXC : repr(value);
    if (shown === EXC) {
      reprLeave(self);
      return EXC;
    }
    if (shown !== undefined) parts.push(` ${name}=`, shown);
  }
  reprLeave(self);
  const encoding = repr(self.encoding);
  return encoding === EXC ? EXC : concat(...parts, " encoding=", encoding, ">");
}

const forward = (name: string): NativeDef =>
  method("($self, /)", (self: PyTextIOWrapper) => (usable(self) === EXC ? EXC : callMethod(self.buffer, name)));
const attribute = (get: (self: PyTextIOWrapper) => Result) =>
  getset((self: PyTextIOWrapper) => (usable(self) === EXC ? EXC : get(self)));

export const textIOWrapperType = newType("TextIOWrapper", {
  module: "_io",
  doc: "Character and line based layer over a BufferedIOBase object, buffer.",
  textSignature: "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
  base: textIOBaseType,
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => new PyTextIOWrapper(cls),
    tp_init: init,
    tp_repr: reprOf,
    tp_iter: (self: PyTextIOWrapper) => (openText(self) === EXC ? EXC : self),
    tp_iternext: next,
  },
  methods: () => ({
    read: method("($self, size=-1, /)", read),
    readline: method("($self, size=-1, /)", readline),
    write: method("($self, text, /)", write),
    flush: method("($self, /)", flush),
    close: method("($self, /)", close),
    detach: method("($self, /)", detach),
    reconfigure: method(RECONFIGURE, reconfigure).signedAs(
      "($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)",
    ),
    seek: method("($self, cookie, whence=0, /)", seek),
    tell: method("($self, /)", tell),
    truncate: method("($self, pos=None, /)", truncate),
    fileno: forward("fileno"),
    seekable: forward("seekable"),
    readable: forward("readable"),
    writable: forward("writable"),
    isatty: forward("isatty"),
    __getstate__: method("($self, /)", noState),
  }),
  getset: () => ({
    encoding: getset((self: PyTextIOWrapper) => self.encoding),
    buffer: getset((self: PyTextIOWrapper) => self.buffer),
    line_buffering: getset((self: PyTextIOWrapper) => self.lineBuffering),
    write_through: getset((self: PyTextIOWrapper) => self.writeThrough),
    _finalizing: getset((self: PyTextIOWrapper) => self.finalizing),
    name: attribute((self) => getAttr(self.buffer, "name")),
    closed: attribute((self) => getAttr(self.buffer, "closed")),
    newlines: attribute((self) => self.decoder?.newlines?.newlines ?? null),
    errors: getset((self: PyTextIOWrapper) => (!self.detached && usable(self) === EXC ? EXC : self.errors)),
    _CHUNK_SIZE: getset(
      (self: PyTextIOWrapper) => (usable(self) === EXC ? EXC : self.chunkSize),
      (self: PyTextIOWrapper, value) => {
        if (usable(self) === EXC) return EXC;
        if (value === undefined) return attributeError("cannot delete attribute", self, "_CHUNK_SIZE");
        const size = asSize(value, valueErrorType);
        if (size === EXC) return EXC;
        if (size <= 0) return valueError("a strictly positive integer is required");
        self.chunkSize = size;
        return null;
      },
    ),
  }),
});
