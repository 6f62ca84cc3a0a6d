/** `str`: construction, operators, and the list of its methods. */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  GE,
  GT,
  type Int,
  type KwNames,
  LE,
  LT,
  MATCH_SELF,
  PLAIN_ARITHMETIC,
  NE,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { hasBuffer } from "../buffer.ts";
import { decodeObject, encodeText } from "../codecs/codecs.ts";
import { defineType } from "../define.ts";
import { indexError, typeError } from "../errors.ts";
import { indexErrorType } from "../exceptions/types.ts";
import { method } from "../native.ts";
import { asSize, sliceIndices } from "../protocol/convert.ts";
import { str, strObject } from "../protocol/object.ts";
import { parseArgs, signature } from "../signature.ts";
import { NotImplemented } from "../singletons.ts";
import { PySlice } from "../slice.ts";
import { PyStrIterator } from "../iterators/str.ts";
import { newTuple } from "../tuple.ts";
import { strType, typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { codecNameArg, textOf } from "./args.ts";
import {
  type Str,
  maxPoint,
  pointAt,
  strAt,
  strCompare,
  strConcat,
  strEquals,
  strFromPoints,
  strSlice,
} from "./astral.ts";
import { caseMethods } from "./case-methods.ts";
import { findText } from "./find.ts";
import { formatMethods } from "./format.ts";
import { hashOfStr } from "./hash.ts";

import { percentFormat } from "./percent.ts";
import { reprOfStr } from "./repr.ts";
import { searchMethods } from "./search-methods.ts";
import { repeatStr, splitMethods } from "./split-methods.ts";
import { PyStrSub } from "./sub.ts";
import { translateMethods } from "./translate.ts";

const NEW = signature("(object='', encoding='utf-8', errors='strict')");

function strNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  if (cls === strType && args.length === 1 && kwnames === null) return strObject(args[0]);
  if (args.length > 3 && kwnames === null) return typeError(`str expected at most 3 arguments, got ${args.length}`);
  const bound = parseArgs(NEW, "str", args, kwnames);
  if (bound === EXC) return EXC;
  const [object, encoding, errors] = bound as (Value | undefined)[];
  const text = textFrom(object, encoding, errors);
  if (text === EXC || cls === strType) return text;
  return new PyStrSub(cls, text);
}
function textFrom(object: Value | undefined, encoding: Value | undefined, errors: Value | undefined): Str | typeof EXC {
  if (object === undefined) return "";
  if (encoding === undefined && errors === undefined) return str(object);
  const codec = optionalText(encoding, "encoding");
  if (codec === EXC) return EXC;
  const handler = optionalText(errors, "errors");
  if (handler === EXC) return EXC;
  if (strValue(object) !== undefined) return typeError("decoding str is not supported");
  if (!hasBuffer(object)) {
    return typeError(`decoding to str: need a bytes-like object, ${typeOf(object).name} found`);
  }
  return decodeObject(object, codec ?? "utf-8", handler ?? "strict");
}
function optionalText(value: Value | undefined, name: string): string | undefined | typeof EXC {
  return value === undefined ? undefined : codecNameArg(value, "", `str() argument '${name}'`);
}

function compare(a: Value, b: Value, op: CompareOp): Result {
  const left = strValue(a);
  const right = strValue(b);
  if (left === undefined || right === undefined) return NotImplemented;
  switch (op) {
    case EQ:
      return strEquals(left, right);
    case NE:
      return !strEquals(left, right);
    case LT:
      return strCompare(left, right) < 0;
    case LE:
      return strCompare(left, right) <= 0;
    case GT:
      return strCompare(left, right) > 0;
    case GE:
      return strCompare(left, right) >= 0;
  }
}

function concat(a: Value, b: Value): Result {
  const right = strValue(b);
  if (right === undefined) return typeError(`can only concatenate str (not "${typeOf(b).name}") to str`);
  const left = strValue(a);
  return left === undefined ? NotImplemented : strConcat(left, right);
}

function contains(self: Value, item: Value): boolean | typeof EXC {
  const needle = strValue(item);
  if (needle === undefined) {
    return typeError(`'in <string>' requires string as left operand, not ${typeOf(item).name}`);
  }
  return findText(textOf(self), needle) >= 0;
}

function itemAt(self: Value, index: number): Result {
  const text = textOf(self);
  return index < 0 || index >= text.length ? indexError("string index out of range") : strAt(text, index);
}

function subscript(self: Value, key: Value): Result {
  const text = textOf(self);
  if (key instanceof PySlice) return slice(text, key);
  if (typeof key !== "number" && typeOf(key).nb_index === null) {
    return typeError(`string indices must be integers, not '${typeOf(key).name}'`);
  }
  const index = typeof key === "number" ? key : asSize(key, indexErrorType);
  return index === EXC ? EXC : itemAt(self, index < 0 ? index + text.length : index);
}
function slice(text: Str, key: PySlice): Result {
  const range = sliceIndices(key, text.length);
  if (range === EXC) return EXC;
  const { start, step, count } = range;
  if (count === 0) return "";
  if (step === 1) return strSlice(text, start, start + count);
  const points = typeof text === "string" ? new Uint16Array(count) : new Uint32Array(count);
  for (let i = 0, at = start; i < count; i++, at += step) points[i] = pointAt(text, at);
  return strFromPoints(points);
}

/** What `sys.getsizeof` says: CPython's layouts by widest character. */
function sizeOf(self: Value): Int {
  const text = textOf(self);
  const max = maxPoint(text);
  if (max < 0x80) return 41 + text.length;
  if (max < 0x100) return 57 + text.length;
  return max < 0x10000 ? 58 + 2 * text.length : 60 + 4 * text.length;
}

function encode(self: Value, encoding?: Value, errors?: Value): Result {
  const codec = codecNameArg(encoding, "utf-8", "encode() argument 'encoding'");
  if (codec === EXC) return EXC;
  const handler = codecNameArg(errors, "strict", "encode() argument 'errors'");
  return handler === EXC ? EXC : encodeText(textOf(self), codec, handler);
}

defineType(strType, {
  doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nText: an immutable sequence of Unicode code points.",
  flags: BASETYPE | MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls) => new PyStrSub(cls, ""),
    tp_new: strNew,
    tp_repr: (self: Value) => reprOfStr(textOf(self)),
    tp_str: (self: Value) => textOf(self),
    tp_hash: (self: Value) => hashOfStr(textOf(self)),
    tp_richcompare: compare,
    tp_iter: (self: Value) => new PyStrIterator(textOf(self)),
    nb_remainder: (a: Value, b: Value) => {
      const template = strValue(a);
      return template === undefined ? NotImplemented : percentFormat(template, b);
    },
    sq_length: (self: Value) => textOf(self).length,
    sq_concat: concat,
    sq_repeat: (self: Value, count: number) => repeatStr(textOf(self), count),
    sq_item: itemAt,
    sq_contains: contains,
    mp_length: (self: Value) => textOf(self).length,
    mp_subscript: subscript,
  },
  methods: () => ({
    ...searchMethods(),
    ...splitMethods(),
    ...caseMethods(),
    ...translateMethods(),
    ...formatMethods(),
    encode: method(
      "($self, /, encoding='utf-8', errors='strict')",
      encode,
      "Encode the string using the codec registered for encoding.",
    ),
    __getnewargs__: method("($self, /)", (self: Value) => newTuple([textOf(self)])),
    __sizeof__: method("($self, /)", sizeOf, "Return the size of the string in memory, in bytes."),
  }),
});
