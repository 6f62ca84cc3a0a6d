/** `bytes`: construction, operators, and the list of its methods. */
import {
  BASETYPE,
  type CompareOp,
  EXC,
  type Exc,
  type KwNames,
  MATCH_SELF,
  PLAIN_ARITHMETIC,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { PyBUF_WRITABLE, PyBuffer, bufferError, bytesLike, hasBuffer } from "../buffer.ts";
import { PyBytes, emptyBytes, newBytes } from "../bytes.ts";
import { defineType } from "../define.ts";
import { indexError, typeError } from "../errors.ts";
import { indexErrorType } from "../exceptions/types.ts";
import { classMethod, method } from "../native.ts";
import { asSize, sliceIndices } from "../protocol/convert.ts";
import { call } from "../protocol/call.ts";
import { callSpecial } from "../protocol/object.ts";
import { parseArgs, signature } from "../signature.ts";
import { NotImplemented } from "../singletons.ts";
import { PySlice } from "../slice.ts";
import { hashOfStr } from "../str/hash.ts";
import { percentFormatBytes } from "../str/percent.ts";
import { newTuple } from "../tuple.ts";
import { bytesType, typeOf } from "../types.ts";
import { withAttributes } from "../with-attributes.ts";
import { needleArg } from "./args.ts";
import { compareContents } from "./compare.ts";
import { contentFrom, encodedSource, zeroCount } from "./construct.ts";
import { newBytesIterator } from "./iterator.ts";
import { reprOfBytes } from "./repr.ts";
import { searchMethods } from "./search-methods.ts";
import { repeatBytes, splitMethods } from "./split-methods.ts";
import { bytesFromHex } from "./hex.ts";
import { textMethods } from "./text-methods.ts";

export class PyBytesSub extends withAttributes(PyBytes) {}

const NEW = signature("(source=b'', encoding='utf-8', errors='strict')");

function bytesNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "bytes", args, kwnames);
  if (bound === EXC) return EXC;
  const [source, encoding, errors] = bound as (Value | undefined)[];
  const made = bytesFrom(source, encoding, errors);
  if (made === EXC) return EXC;
  if (cls === bytesType) return made;
  return new PyBytesSub(cls, made.latin1);
}

function bytesFrom(source: Value | undefined, encoding: Value | undefined, errors: Value | undefined): PyBytes | Exc {
  if (source !== undefined && encoding === undefined && errors === undefined) {
    if (source instanceof PyBytes && typeOf(source) === bytesType) return source;
    const special = callSpecial(source, "__bytes__");
    if (special === EXC) return EXC;
    if (special !== undefined) {
      if (special instanceof PyBytes) return special;
      return typeError(`__bytes__ returned non-bytes (type ${typeOf(special).name})`);
    }
  }
  const encoded = encodedSource("bytes", source, encoding, errors);
  if (encoded === EXC) return EXC;
  if (encoded !== undefined) return newBytes(encoded);
  if (source === undefined) return emptyBytes;
  const zeros = zeroCount(source);
  if (zeros === EXC) return EXC;
  if (zeros !== undefined) return newBytes("\0".repeat(zeros));
  const content = contentFrom(source, "bytes", "bytes must be in range(0, 256)");
  return content === EXC ? EXC : newBytes(content);
}

function compare(a: Value, b: Value, op: CompareOp): Result {
  if (!(a instanceof PyBytes) || !(b instanceof PyBytes)) return NotImplemented;
  return compareContents(a.latin1, b.latin1, op);
}

function concat(a: Value, b: Value): Result {
  if (a instanceof PyBytes && b instanceof PyBytes) return newBytes(a.latin1 + b.latin1);
  if (!hasBuffer(a) || !hasBuffer(b)) return typeError(`can't concat ${typeOf(b).name} to ${typeOf(a).name}`);
  const left = bytesLike(a);
  if (left === EXC) return EXC;
  const right = bytesLike(b);
  return right === EXC ? EXC : newBytes(left + right);
}

/** `item in content`, for bytes and bytearray. */
export function containsIn(content: string, item: Value): boolean | Exc {
  if (!hasBuffer(item) && typeof item !== "number" && typeOf(item).nb_index === null) {
    return typeError(`a bytes-like object is required, not '${typeOf(item).name}'`);
  }
  const needle = needleArg(item);
  return needle === EXC ? EXC : content.includes(needle);
}

function itemAt(self: PyBytes, index: number): Result {
  return index < 0 || index >= self.latin1.length ? indexError("index out of range") : self.latin1.charCodeAt(index);
}

function subscript(self: PyBytes, key: Value): Result {
  if (key instanceof PySlice) {
    const content = sliceContent(self.latin1, key);
    if (content === EXC) return EXC;
    return content === self.latin1 && typeOf(self) === bytesType ? self : newBytes(content);
  }
  if (typeof key !== "number" && typeOf(key).nb_index === null) {
    return typeError(`byte indices must be integers or slices, not ${typeOf(key).name}`);
  }
  const index = typeof key === "number" ? key : asSize(key, indexErrorType);
  return index === EXC ? EXC : itemAt(self, index < 0 ? index + self.latin1.length : index);
}
/** The bytes of a slice. */
export function sliceContent(content: string, key: PySlice): string | Exc {
  const range = sliceIndices(key, content.length);
  if (range === EXC) return EXC;
  const { start, step, count } = range;
  if (count === 0) return "";
  if (step === 1) return content.substring(start, start + count);
  const units: string[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) units.push(content[at]);
  return units.join("");
}

function fromHex(cls: PyType, text: Value): Result {
  const content = bytesFromHex(text);
  if (content === EXC) return EXC;
  return cls === bytesType ? newBytes(content) : call(cls, [newBytes(content)]);
}

defineType(bytesType, {
  doc: "bytes(iterable_of_ints), bytes(string, encoding[, errors]), bytes(bytes_or_buffer), bytes(count), bytes()\n\nAn immutable sequence of integers in range(256).",
  flags: BASETYPE | MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls) => new PyBytesSub(cls, ""),
    tp_new: bytesNew,
    tp_repr: (self: PyBytes) => reprOfBytes(self.latin1),
    tp_str: (self: PyBytes) => reprOfBytes(self.latin1),
    tp_hash: (self: PyBytes) => hashOfStr(self.latin1),
    tp_richcompare: compare,
    tp_iter: (self: PyBytes) => newBytesIterator(self),
    nb_remainder: (a: Value, b: Value) => {
      if (!(a instanceof PyBytes)) return NotImplemented;
      const content = percentFormatBytes(a.latin1, b);
      return content === EXC ? EXC : newBytes(content);
    },
    sq_length: (self: PyBytes) => self.latin1.length,
    sq_concat: concat,
    sq_repeat: (self: PyBytes, count: number) => {
      const content = repeatBytes(self.latin1, count);
      if (content === EXC) return EXC;
      return content === self.latin1 && typeOf(self) === bytesType ? self : newBytes(content);
    },
    sq_item: itemAt,
    sq_contains: (self: PyBytes, item: Value) => containsIn(self.latin1, item),
    mp_length: (self: PyBytes) => self.latin1.length,
    mp_subscript: subscript,
    bf_getbuffer: (self: PyBytes, flags: number) =>
      flags & PyBUF_WRITABLE
        ? bufferError("Object is not writable.")
        : new PyBuffer(self, self.bytes(), 0, self.latin1.length, true),
  },
  methods: () => ({
    ...searchMethods(),
    ...splitMethods(),
    ...textMethods(),
    fromhex: classMethod("($type, string, /)", fromHex, "Create a bytes object from a string of hexadecimal numbers."),
    __bytes__: method(
      "($self, /)",
      (self: PyBytes) => (typeOf(self) === bytesType ? self : newBytes(self.latin1)),
      "Convert this value to exact type bytes.",
    ),
    __getnewargs__: method("($self, /)", (self: PyBytes) => newTuple([newBytes(self.latin1)])),
    __sizeof__: method(
      "($self, /)",
      (self: PyBytes) => 33 + self.latin1.length,
      "Return the size of the object in memory, in bytes.",
    ),
  }),
});
