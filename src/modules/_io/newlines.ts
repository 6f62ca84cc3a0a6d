/** `_io.IncrementalNewlineDecoder`, and newline translation for the text layer. */
import {
  BASETYPE,
  EXC,
  type Exc,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { emptyBytes } from "../../objects/bytes.ts";
import { getset, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { type Str, pointAt, strConcat, strConcatAll, strSlice } from "../../objects/str/astral.ts";
import { findText, replaceText } from "../../objects/str/find.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";

const SEEN_CR = 1;
const SEEN_LF = 2;
const SEEN_CRLF = 4;

/** Newlines seen so far; holds back a final \r until it is known whether \n follows. */
export class NewlineState {
  seen = 0;
  pendingCr = false;
  constructor(readonly translate: boolean) {}

  process(input: Str, final: boolean): Str {
    let text = input;
    if (this.pendingCr && (final || text.length > 0)) {
      text = strConcat("\r", text);
      this.pendingCr = false;
    }
    if (!final && text.length > 0 && pointAt(text, text.length - 1) === 13) {
      text = strSlice(text, 0, text.length - 1);
      this.pendingCr = true;
    }
    if (typeof text === "string") {
      if (!text.includes("\r")) {
        if ((this.seen & SEEN_LF) === 0 && text.includes("\n")) this.seen |= SEEN_LF;
        return text;
      }
      this.note(text);
      return this.translate ? text.replace(/\r\n?/g, "\n") : text;
    }
    if (findText(text, "\r") < 0) {
      if (findText(text, "\n") >= 0) this.seen |= SEEN_LF;
      return text;
    }
    this.note(text);
    if (!this.translate) return text;
    return replaceText(replaceText(text, "\r\n", "\n", -1, strConcatAll), "\r", "\n", -1, strConcatAll);
  }
  private note(text: Str): void {
    for (let i = 0; i < text.length; i++) {
      const c = pointAt(text, i);
      if (c === 10) this.seen |= SEEN_LF;
      else if (c === 13) {
        if (i + 1 < text.length && pointAt(text, i + 1) === 10) {
          this.seen |= SEEN_CRLF;
          i++;
        } else this.seen |= SEEN_CR;
      }
    }
  }
  /** The `newlines` attribute: None, a str, or a tuple of them. */
  get newlines(): Value {
    const kinds: Value[] = [];
    if (this.seen & SEEN_CR) kinds.push("\r");
    if (this.seen & SEEN_LF) kinds.push("\n");
    if (this.seen & SEEN_CRLF) kinds.push("\r\n");
    return kinds.length === 0 ? null : kinds.length === 1 ? kinds[0] : newTuple(kinds);
  }
}

export class PyNewlineDecoder extends PyObject {
  decoder: Value = null;
  errors: Value = "strict";
  state: NewlineState | null = null;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}

const INIT = signature("(decoder, translate, errors='strict')");
function init(self: PyNewlineDecoder, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "IncrementalNewlineDecoder", args, kwnames);
  if (bound === EXC) return EXC;
  const [decoder, translate, errors] = bound as (Value | undefined)[];
  const flag = isTrue(translate as Value);
  if (flag === EXC) return EXC;
  self.decoder = decoder as Value;
  self.errors = errors ?? "strict";
  self.state = new NewlineState(flag);
  return null;
}
const ready = (self: PyNewlineDecoder): NewlineState | Exc =>
  self.state ?? valueError("IncrementalNewlineDecoder.__init__() not called");

function decode(self: PyNewlineDecoder, input: Value, final?: Value): Result {
  const state = ready(self);
  if (state === EXC) return EXC;
  const isFinal = final === undefined ? false : isTrue(final);
  if (isFinal === EXC) return EXC;
  let output = input;
  if (self.decoder !== null) {
    const decoded = callMethod(self.decoder, "decode", [input, isFinal]);
    if (decoded === EXC) return EXC;
    output = decoded;
  }
  const text = strValue(output);
  if (text === undefined) return typeError(`decoder should return a string result, not '${typeOf(output).name}'`);
  return state.process(text, isFinal);
}
function getState(self: PyNewlineDecoder): Result {
  const state = ready(self);
  if (state === EXC) return EXC;
  let buffer: Value = emptyBytes;
  let flag: Value = 0;
  if (self.decoder !== null) {
    const inner = callMethod(self.decoder, "getstate");
    if (inner === EXC) return EXC;
    if (!(inner instanceof PyTuple)) return typeError("illegal decoder state");
    [buffer, flag] = inner.items;
    if (intValue(flag) === undefined) return typeError("illegal decoder state");
  }
  const bits = BigInt(flag as number) * 2n + (state.pendingCr ? 1n : 0n);
  return newTuple([buffer, canonical(bits)]);
}
function setState(self: PyNewlineDecoder, value: Value): Result {
  const state = ready(self);
  if (state === EXC) return EXC;
  if (!(value instanceof PyTuple)) return typeError("state argument must be a tuple");
  if (value.items.length !== 2) return typeError("setstate(): illegal state argument");
  const flag = intValue(value.items[1]);
  if (flag === undefined) return typeError("setstate(): illegal state argument");
  state.pendingCr = (BigInt(flag) & 1n) === 1n;
  if (self.decoder === null) return null;
  return callMethod(self.decoder, "setstate", [newTuple([value.items[0], canonical(BigInt(flag) >> 1n)])]);
}
function reset(self: PyNewlineDecoder): Result {
  const state = ready(self);
  if (state === EXC) return EXC;
  state.seen = 0;
  state.pendingCr = false;
  return self.decoder === null ? null : callMethod(self.decoder, "reset");
}

export const newlineDecoderType = newType("IncrementalNewlineDecoder", {
  module: "_io",
  doc: "Codec used when reading a file in universal newlines mode.",
  textSignature: "(decoder, translate, errors='strict')",
  flags: BASETYPE,
  slots: { tp_alloc: (cls) => new PyNewlineDecoder(cls), tp_init: init },
  methods: () => ({
    decode: method("($self, /, input, final=False)", decode),
    getstate: method("($self, /)", getState),
    setstate: method("($self, state, /)", setState),
    reset: method("($self, /)", reset),
  }),
  getset: () => ({
    newlines: getset((self: PyNewlineDecoder) => {
      const state = ready(self);
      return state === EXC ? EXC : state.newlines;
    }),
  }),
});
