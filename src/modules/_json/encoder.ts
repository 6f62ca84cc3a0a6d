/** `_json.Encoder` (`make_encoder`): writes a value as JSON. */
import {
  EXC,
  type Exc,
  type Int,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { PyBuiltin } from "../../objects/builtin.ts";
import { newType, parseArgs, signature } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { attempt, typeError, valueError } from "../../objects/errors.ts";
import { PyFloat } from "../../objects/float.ts";
import { newList, PyList } from "../../objects/list.ts";
import { concat } from "../../objects/message.ts";
import { floatRepr } from "../../objects/numeric/float-repr.ts";
import { toDecimal } from "../../objects/numeric/int-text.ts";
import { call1, callMethod } from "../../objects/protocol/call.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { isTrue, repr } from "../../objects/protocol/object.ts";
import { enterRecursive, leaveRecursive } from "../../objects/recursion.ts";
import { rt, takeException } from "../../objects/runtime.ts";
import { type Str, StrBuilder } from "../../objects/str/astral.ts";
import { newTuple, PyTuple } from "../../objects/tuple.ts";
import { dictType, typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import { encodeAscii, encodeText } from "./strings.ts";

class PyEncoder extends PyObject {
  /** How strings are written: by us, or by calling `encoder`. */
  readonly fast: ((text: Str) => Str) | null;
  constructor(
    cls: PyType,
    readonly markers: Value,
    readonly defaultFn: Value,
    readonly encoder: Value,
    readonly indent: Value,
    readonly keySeparator: Str,
    readonly itemSeparator: Str,
    readonly sortKeys: boolean,
    readonly skipKeys: boolean,
    readonly allowNan: boolean,
  ) {
    super(cls.shapes);
    this.fast = fastEncoder(encoder);
  }
}

function fastEncoder(encoder: Value): ((text: Str) => Str) | null {
  if (!(encoder instanceof PyBuiltin) || encoder.module !== "_json") return null;
  if (encoder.def.name === "encode_basestring_ascii") return encodeAscii;
  return encoder.def.name === "encode_basestring" ? encodeText : null;
}

/** One writing. */
class Writer {
  readonly out = new StrBuilder();
  /** Containers being written, outermost first, to notice one within itself. */
  private readonly open: Value[] | null;

  constructor(
    private readonly encoder: PyEncoder,
    private level: number,
  ) {
    this.open = encoder.markers === null ? null : [];
  }

  value(value: Value): Status {
    const { out } = this;
    switch (typeof value) {
      case "string":
        return this.string(value);
      case "number":
        out.push(String(value));
        return null;
      case "boolean":
        out.push(value ? "true" : "false");
        return null;
      case "bigint":
        return this.int(value);
    }
    if (value === null) {
      out.push("null");
      return null;
    }
    const text = strValue(value);
    if (text !== undefined) return this.string(value);
    const int = intValue(value);
    if (int !== undefined) return this.int(int);
    if (value instanceof PyFloat) return this.float(value);
    if (enterRecursive(" while encoding a JSON object")) return EXC;
    let status: Status;
    if (value instanceof PyList || value instanceof PyTuple) status = this.list(value);
    else if (value instanceof PyDict) status = this.dict(value);
    else status = this.other(value);
    leaveRecursive();
    return status;
  }

  private string(value: Value): Status {
    const { fast, encoder } = this.encoder;
    if (fast !== null) {
      this.out.push(fast(strValue(value) as Str));
      return null;
    }
    const encoded = call1(encoder, value);
    if (encoded === EXC) return EXC;
    const text = strValue(encoded);
    if (text === undefined) return typeError(`encoder() must return a string, not ${typeOf(encoded).name}`);
    this.out.push(text);
    return null;
  }

  private int(value: Int): Status {
    const text = attempt(() => toDecimal(value, rt.intMaxStrDigits));
    if (text === EXC) return EXC;
    this.out.push(text);
    return null;
  }

  private float(value: PyFloat): Status {
    const text = this.floatText(value);
    if (text === EXC) return EXC;
    this.out.push(text);
    return null;
  }

  private floatText(value: PyFloat): string | Exc {
    const x = value.value;
    if (Number.isFinite(x)) return floatRepr(x);
    if (!this.encoder.allowNan) {
      const shown = repr(value);
      return shown === EXC ? EXC : valueError(concat("Out of range float values are not JSON compliant: ", shown));
    }
    return Number.isNaN(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity";
  }

  private enter(value: Value): Status {
    if (this.open === null) return null;
    if (this.open.includes(value)) return valueError("Circular reference detected");
    this.open.push(value);
    return null;
  }
  private leave(): void {
    this.open?.pop();
  }

  private other(value: Value): Status {
    if (this.enter(value) === EXC) return EXC;
    const replacement = call1(this.encoder.defaultFn, value);
    if (replacement === EXC) return EXC;
    if (this.value(replacement) === EXC) return addNote(() => `when serializing ${typeOf(value).name} object`);
    this.leave();
    return null;
  }

  /** The line break and indentation of the present level; empty when not indenting. */
  private lineBreak(): Str {
    const { indent } = this.encoder;
    if (indent === null) return "";
    let text: Str = "\n";
    for (let i = 0; i < this.level; i++) text = concat(text, indent as Str);
    return text;
  }

  private list(value: PyList | PyTuple): Status {
    if (value.items.length === 0) {
      this.out.push("[]");
      return null;
    }
    if (this.enter(value) === EXC) return EXC;
    const { out } = this;
    out.push("[");
    this.level++;
    const before = this.lineBreak();
    const separator = before === "" ? this.encoder.itemSeparator : concat(this.encoder.itemSeparator, before);
    if (before !== "") out.push(before);
    for (let i = 0; i < value.items.length; i++) {
      if (i > 0) out.push(separator);
      if (this.value(value.items[i]) === EXC) return addNote(() => `when serializing ${typeOf(value).name} item ${i}`);
    }
    this.leave();
    this.level--;
    if (before !== "") out.push(this.lineBreak());
    out.push("]");
    return null;
  }

  private dict(value: PyDict): Status {
    if (value.size === 0) {
      this.out.push("{}");
      return null;
    }
    if (this.enter(value) === EXC) return EXC;
    const { out, encoder } = this;
    const items = !encoder.sortKeys && typeOf(value) === dictType ? null : dictItems(value, encoder.sortKeys);
    if (items === EXC) return EXC;
    out.push("{");
    this.level++;
    const before = this.lineBreak();
    const separator = before === "" ? encoder.itemSeparator : concat(encoder.itemSeparator, before);
    let isFirst = true;
    let position = items === null ? value.next(-1) : 0;
    while (items === null ? position >= 0 : position < items.length) {
      const key = items === null ? value.keyAt(position) : items[position][0];
      const item = items === null ? value.valueAt(position) : items[position][1];
      position = items === null ? value.next(position) : position + 1;
      const name = this.keyText(key);
      if (name === EXC) return EXC;
      if (name === undefined) continue;
      if (isFirst) {
        isFirst = false;
        if (before !== "") out.push(before);
      } else out.push(separator);
      if (this.string(name) === EXC) return EXC;
      out.push(encoder.keySeparator);
      if (this.value(item) === EXC) {
        return addNote(() => {
          const shown = repr(key);
          return shown === EXC ? EXC : concat("when serializing dict item ", shown);
        });
      }
    }
    this.leave();
    this.level--;
    if (before !== "" && !isFirst) out.push(this.lineBreak());
    out.push("}");
    return null;
  }

  /** The key as a str; undefined for keys to be skipped. */
  private keyText(key: Value): Value | undefined | Exc {
    if (typeof key === "string" || strValue(key) !== undefined) return key;
    if (key === true) return "true";
    if (key === false) return "false";
    if (key === null) return "null";
    if (key instanceof PyFloat) return this.floatText(key);
    const int = intValue(key);
    if (int !== undefined) return attempt(() => toDecimal(int, rt.intMaxStrDigits));
    if (this.encoder.skipKeys) return undefined;
    return typeError(`keys must be str, int, float, bool or None, not ${typeOf(key).name}`);
  }
}

/** Adds a note to the pending exception. */
function addNote(text: () => Str | Exc): Exc {
  const error = takeException();
  const note = text();
  if (note === EXC || callMethod(error, "add_note", [note]) === EXC) return EXC;
  rt.exc = error;
  return EXC;
}

function dictItems(dict: PyDict, sort: boolean): [Value, Value][] | Exc {
  let items: Value[] | Exc;
  if (typeOf(dict) === dictType) items = dict.items().map((pair) => newTuple(pair));
  else {
    const view = callMethod(dict, "items");
    if (view === EXC) return EXC;
    items = listFromIterable(view);
  }
  if (items === EXC) return EXC;
  if (sort) {
    const list = newList(items);
    if (callMethod(list, "sort") === EXC) return EXC;
    items = list.items;
  }
  const pairs: [Value, Value][] = [];
  for (const item of items) {
    if (!(item instanceof PyTuple) || item.items.length !== 2) return valueError("items must return 2-tuples");
    pairs.push([item.items[0], item.items[1]]);
  }
  return pairs;
}

const NEW = signature(
  "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
);
const CALL = signature("(obj, _current_indent_level)");

function encoderNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  // `json.encoder` passes all nine by position.
  const bound = kwnames === null && args.length === 9 ? args : parseArgs(NEW, "make_encoder", args, kwnames);
  if (bound === EXC) return EXC;
  const [markers, defaultFn, encoder, indent] = bound as Value[];
  const texts: Str[] = [];
  for (const position of [4, 5]) {
    const text = strValue(bound[position] as Value);
    if (text === undefined)
      return typeError(
        `make_encoder() argument ${position + 1} must be str, not ${typeOf(bound[position] as Value).name}`,
      );
    texts.push(text);
  }
  const flags: boolean[] = [];
  for (const position of [6, 7, 8]) {
    const flag = isTrue(bound[position] as Value);
    if (flag === EXC) return EXC;
    flags.push(flag);
  }
  if (markers !== null && !(markers instanceof PyDict))
    return typeError(`make_encoder() argument 1 must be dict or None, not ${typeOf(markers).name}`);
  return new PyEncoder(cls, markers, defaultFn, encoder, indent, texts[0], texts[1], flags[0], flags[1], flags[2]);
}

function encoderCall(self: PyEncoder, args: Value[], kwnames: KwNames): Result {
  const bound = kwnames === null && args.length === 2 ? args : parseArgs(CALL, "_iterencode", args, kwnames);
  if (bound === EXC) return EXC;
  const level = asSsize(bound[1] as Value);
  if (level === EXC) return EXC;
  if (self.indent !== null && strValue(self.indent) === undefined)
    return typeError(`can only concatenate str (not "${typeOf(self.indent).name}") to str`);
  const writer = new Writer(self, Math.max(0, level));
  if (writer.value(bound[0] as Value) === EXC) return EXC;
  return newTuple([writer.out.build()]);
}

export const encoderType = newType("Encoder", {
  module: "_json",
  doc: "JSON encoder object",
  slots: { tp_new: encoderNew, tp_call: encoderCall },
  members: () => ({
    markers: (self: PyEncoder) => self.markers,
    default: (self: PyEncoder) => self.defaultFn,
    encoder: (self: PyEncoder) => self.encoder,
    indent: (self: PyEncoder) => self.indent,
    key_separator: (self: PyEncoder) => self.keySeparator,
    item_separator: (self: PyEncoder) => self.itemSeparator,
    sort_keys: (self: PyEncoder) => self.sortKeys,
    skipkeys: (self: PyEncoder) => self.skipKeys,
  }),
});
