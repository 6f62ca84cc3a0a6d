/** `bytearray`: construction, operators, and the list of its methods. */
import {
  BASETYPE,
  type CompareOp,
  END,
  EQ,
  EXC,
  type Exc,
  type KwNames,
  MATCH_SELF,
  PLAIN_ARITHMETIC,
  NE,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../core.ts";
import { PyBuffer, bytesLike, hasBuffer } from "../buffer.ts";
import { PyByteArray, arrayFromLatin1, newByteArray, newBytes } from "../bytes.ts";
import { defineType } from "../define.ts";
import { memoryError, typeError } from "../errors.ts";
import { rawClassMethod } from "../native.ts";
import { call } from "../protocol/call.ts";
import { getIter, iterNext } from "../protocol/iter.ts";
import { parseArgs, signature } from "../signature.ts";
import { NotImplemented } from "../singletons.ts";
import { percentFormatBytes } from "../str/percent.ts";
import { bytearrayType, typeOf } from "../types.ts";
import { genericNew } from "../type/generic-new.ts";
import { withAttributes } from "../with-attributes.ts";
import { byteArg, holding } from "./args.ts";
import { bytearrayMethods, checkResizable } from "./bytearray-methods.ts";
import { deleteOrAssign, itemOf, subscriptOf } from "./bytearray-items.ts";
import { compareContents } from "./compare.ts";
import { contentFrom, encodedSource, zeroCount } from "./construct.ts";
import { newBytesIterator } from "./iterator.ts";
import { reprOfBytes } from "./repr.ts";
import { searchMethods } from "./search-methods.ts";
import { repeatBytes, splitMethods } from "./split-methods.ts";
import { bytesFromHex } from "./hex.ts";
import { textMethods } from "./text-methods.ts";
import { containsIn } from "./type.ts";

import { strValue } from "../values.ts";

export class PyByteArraySub extends withAttributes(PyByteArray) {}

const INIT = signature("(source=b'', encoding='utf-8', errors='strict')");

function init(self: PyByteArray, args: Value[], kwnames: KwNames): Status {
  const bound = parseArgs(INIT, "bytearray", args, kwnames);
  if (bound === EXC) return EXC;
  const [source, encoding, errors] = bound as (Value | undefined)[];
  if (self.length > 0 && checkResizable(self) === EXC) return EXC;
  self.length = 0;
  const encoded = encodedSource("bytearray", source, encoding, errors);
  if (encoded === EXC) return EXC;
  if (encoded !== undefined) return setContent(self, encoded);
  if (source === undefined) return null;
  const zeros = zeroCount(source);
  if (zeros === EXC) return EXC;
  if (zeros !== undefined) {
    self.data = new Uint8Array(zeros);
    self.length = zeros;
    return null;
  }
  if (!hasBuffer(source) && strValue(source) === undefined && typeOf(source).tp_iter !== null) {
    const filled = fill(self, source);
    if (filled === EXC) self.length = 0;
    return filled;
  }
  const content = contentFrom(source, "bytearray", "byte must be in range(0, 256)");
  return content === EXC ? EXC : setContent(self, content);
}
function setContent(self: PyByteArray, content: string): Status {
  self.data = arrayFromLatin1(content);
  self.length = content.length;
  return null;
}
/** Item by item, since getting one may run code that looks at what is there. */
function fill(self: PyByteArray, source: Value): Status {
  const iterator = getIter(source);
  if (iterator === EXC) return EXC;
  for (;;) {
    const item = iterNext(iterator);
    if (item === END) return null;
    if (item === EXC) return EXC;
    const byte = byteArg(item);
    if (byte === EXC) return EXC;
    self.resize(self.length + 1);
    self.data[self.length - 1] = byte;
  }
}

function compare(a: Value, b: Value, op: CompareOp): Result {
  if (!hasBuffer(a) || !hasBuffer(b)) return NotImplemented;
  const left = bytesLike(a);
  if (left === EXC) return EXC;
  const right = bytesLike(b);
  if (right === EXC) return EXC;
  if (left.length !== right.length && (op === EQ || op === NE)) return op === NE;
  return compareContents(left, right, op);
}

function concat(a: Value, b: Value): Result {
  if (!hasBuffer(a) || !hasBuffer(b)) return typeError(`can't concat ${typeOf(b).name} to ${typeOf(a).name}`);
  const left = bytesLike(a);
  if (left === EXC) return EXC;
  const right = bytesLike(b);
  return right === EXC ? EXC : newByteArray(arrayFromLatin1(left + right));
}
function inplaceConcat(self: PyByteArray, other: Value): Result {
  if (!hasBuffer(other)) return typeError(`can't concat ${typeOf(other).name} to ${typeOf(self).name}`);
  const content = bytesLike(other);
  if (content === EXC) return EXC;
  return appendContent(self, content) === EXC ? EXC : self;
}
/** Appends; BufferError when buffers are out. */
export function appendContent(self: PyByteArray, content: string): Status {
  if (content.length === 0) return null;
  if (checkResizable(self) === EXC) return EXC;
  const at = self.length;
  self.resize(at + content.length);
  for (let i = 0; i < content.length; i++) self.data[at + i] = content.charCodeAt(i);
  return null;
}

function repeat(self: PyByteArray, count: number): PyByteArray | Exc {
  const content = repeatBytes(self.toLatin1(), count);
  return content === EXC ? EXC : newByteArray(arrayFromLatin1(content));
}
function inplaceRepeat(self: PyByteArray, count: number): Result {
  if (self.length * Math.max(count, 0) > 2 ** 32) return memoryError();
  const made = repeat(self, count);
  if (made === EXC) return EXC;
  if (made.length !== self.length && checkResizable(self) === EXC) return EXC;
  self.data = made.data;
  self.length = made.length;
  return self;
}

/** A view of the content: as long as it lives, the size must not change. */
function getBuffer(self: PyByteArray): PyBuffer {
  self.exports++;
  return new PyBuffer(self, self.data, 0, self.length, false, {}, () => {
    self.exports--;
  });
}

function reprOf(self: PyByteArray): Result {
  return `${typeOf(self).name}(${reprOfBytes(self.toLatin1(), true)})`;
}

function fromHex(cls: PyType, args: Value[]): Result {
  if (args.length !== 1) return typeError(`bytearray.fromhex() takes exactly one argument (${args.length} given)`);
  const content = bytesFromHex(args[0]);
  if (content === EXC) return EXC;
  return cls === bytearrayType ? newByteArray(arrayFromLatin1(content)) : call(cls, [newBytes(content)]);
}

defineType(bytearrayType, {
  doc: "bytearray(iterable_of_ints), bytearray(string, encoding[, errors]), bytearray(bytes_or_buffer), bytearray(count), bytearray()\n\nA mutable sequence of integers in range(256).",
  flags: BASETYPE | MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls) => (cls === bytearrayType ? new PyByteArray(cls) : new PyByteArraySub(cls)),
    tp_new: genericNew,
    tp_init: init,
    tp_repr: reprOf,
    tp_str: reprOf,
    tp_richcompare: compare,
    tp_iter: (self: PyByteArray) => newBytesIterator(self),
    nb_remainder: (a: Value, b: Value) => {
      if (!(a instanceof PyByteArray)) return NotImplemented;
      const content = holding(a, () => percentFormatBytes(a.toLatin1(), b));
      return content === EXC ? EXC : newByteArray(arrayFromLatin1(content));
    },
    sq_length: (self: PyByteArray) => self.length,
    sq_concat: concat,
    sq_repeat: repeat,
    sq_item: itemOf,
    sq_ass_item: (self: PyByteArray, index: number, value: Value | undefined) => deleteOrAssign(self, index, value),
    sq_contains: (self: PyByteArray, item: Value) => holding(self, () => containsIn(self.toLatin1(), item)),
    sq_inplace_concat: inplaceConcat,
    sq_inplace_repeat: inplaceRepeat,
    mp_length: (self: PyByteArray) => self.length,
    mp_subscript: subscriptOf,
    mp_ass_subscript: deleteOrAssign,
    bf_getbuffer: getBuffer,
  },
  methods: () => ({
    ...searchMethods(),
    ...splitMethods(),
    ...textMethods(),
    ...bytearrayMethods(),
    fromhex: rawClassMethod(fromHex, "Create a bytearray from a string of hexadecimal numbers.").signedAs(
      "($type, string, /)",
    ),
  }),
});
