/** Making arrays and filling them: the constructor, `extend` and its kin, pickles. */
import { bytesLikeArray, getBuffer } from "../../objects/buffer.ts";
import { bytesFromArray, PyByteArray, PyBytes } from "../../objects/bytes.ts";
import {
  END,
  EXC,
  type Exc,
  isSubtype,
  type KwNames,
  PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { raiseArgs, typeError, valueError } from "../../objects/errors.ts";
import { eofErrorType, runtimeErrorType } from "../../objects/exceptions/types.ts";
import { newList, PyList } from "../../objects/list.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { lookupAttr } from "../../objects/protocol/object.ts";
import { issueDeprecation } from "../../objects/protocol/warn.ts";
import { codePoints, type Str, strFromPoints } from "../../objects/str/astral.ts";
import { newTuple, PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { readFloat, readInteger } from "../support/numbers.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { newFloat } from "../../objects/float.ts";
import { asInt } from "../support/arguments.ts";
import { type Kind, PyArray } from "../../objects/array.ts";
import { checkPoint, isCharKind, kindOf, TYPE_CODES } from "./kinds.ts";

export type NewArray = (cls: PyType, kind: Kind, length: number) => PyArray;

function kindArgument(value: Value): Kind | Exc {
  const text = strValue(value);
  if (text === undefined) return typeError(`array() argument 1 must be a unicode character, not ${typeOf(value).name}`);
  if (text.length !== 1)
    return typeError(`array() argument 1 must be a unicode character, not a string of length ${text.length}`);
  const kind = kindOf(String(text));
  if (kind === undefined) return valueError("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)");
  return kind;
}

/** `array(typecode[, initializer])`. */
export function construct(cls: PyType, args: Value[], kwnames: KwNames, isExact: boolean, make: NewArray): Result {
  if (isExact && kwnames !== null && kwnames.length > 0) return typeError("array.array() takes no keyword arguments");
  const count = args.length - (kwnames?.length ?? 0);
  if (count < 1) return typeError("array() takes at least 1 argument (0 given)");
  if (count > 2) return typeError(`array() takes at most 2 arguments (${count} given)`);
  const kind = kindArgument(args[0]);
  if (kind === EXC) return EXC;
  if (kind.code === "u") {
    const warned = issueDeprecation("The 'u' type code is deprecated and will be removed in Python 3.16");
    if (warned === EXC) return EXC;
  }
  const initial = count > 1 ? args[1] : undefined;
  const text = initial === undefined ? undefined : strValue(initial);
  if (text !== undefined && !isCharKind(kind))
    return typeError(`cannot use a str to initialize an array with typecode '${kind.code}'`);
  if (initial instanceof PyArray && isCharKind(initial.kind) && !isCharKind(kind))
    return typeError(`cannot use a unicode array to initialize an array with typecode '${kind.code}'`);
  const self = make(cls, kind, 0);
  if (initial === undefined) return self;
  return fill(self, initial, text) === EXC ? EXC : self;
}

function fill(self: PyArray, initial: Value, text: Str | undefined): Status {
  if (text !== undefined) return appendText(self, text);
  if (initial instanceof PyBytes || initial instanceof PyByteArray) return appendBytes(self, bytesLikeArray(initial));
  if (initial instanceof PyArray && initial.kind.machine === self.kind.machine)
    return self.replace(0, 0, initial.memory());
  if (initial instanceof PyList) {
    for (let i = 0; i < initial.length; i++) if (self.append(initial.at(i)) === EXC) return EXC;
    return null;
  }
  if (initial instanceof PyTuple) {
    for (const item of initial.items) if (self.append(item) === EXC) return EXC;
    return null;
  }
  return extendFromIterable(self, initial);
}

function extendFromIterable(self: PyArray, iterable: Value): Status {
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  for (;;) {
    const item = iterNext(iterator);
    if (item === END) return null;
    if (item === EXC || self.append(item) === EXC) return EXC;
  }
}

export function extend(self: PyArray, other: Value): Status {
  if (!(other instanceof PyArray)) return extendFromIterable(self, other);
  if (other.kind !== self.kind) return typeError("can only extend with array of same kind");
  return self.replace(self.length, self.length, other.memory());
}

function appendText(self: PyArray, text: Str): Status {
  const points = Uint32Array.from(codePoints(text));
  return self.replace(self.length, self.length, new Uint8Array(points.buffer));
}

function appendBytes(self: PyArray, bytes: Uint8Array | Exc): Status {
  if (bytes === EXC) return EXC;
  if (bytes.length % self.kind.size !== 0) return valueError("bytes length not a multiple of item size");
  return self.replace(self.length, self.length, bytes);
}

export function frombytes(self: PyArray, source: Value): Status {
  const buffer = getBuffer(source);
  if (buffer === EXC) return EXC;
  const isBytes = buffer.itemsize === 1;
  const bytes = buffer.toArray();
  // Its own memory may not be resized while it is exported.
  const status = isBytes ? appendBytes(self, bytes) : typeError("a bytes-like object is required");
  buffer.release();
  return status;
}

export function fromlist(self: PyArray, list: Value): Status {
  if (!(list instanceof PyList)) return typeError("arg must be list");
  const before = self.length;
  const { items } = list;
  for (let i = 0; i < items.length; i++) {
    if (self.append(items[i]) === EXC) {
      self.resize(before);
      return EXC;
    }
    if (list.items !== items) {
      return raiseArgs(runtimeErrorType, "list changed size during iteration");
    }
  }
  return null;
}

export function fromunicode(self: PyArray, value: Value): Status {
  const text = strValue(value);
  if (text === undefined) return typeError(`fromunicode() argument must be str, not ${typeOf(value).name}`);
  if (!isCharKind(self.kind)) return valueError("fromunicode() may only be called on unicode type arrays ('u' or 'w')");
  return appendText(self, text);
}

/** The characters of a 'u' or 'w' array. */
export function textOf(self: PyArray): Str {
  const points = self.view as Uint32Array;
  for (let i = 0; i < self.length; i++) checkPoint(points[i]);
  return strFromPoints(points, 0, self.length);
}

export function fromfile(self: PyArray, file: Value, n: Value): Status {
  const count = asSize(n);
  if (count === EXC) return EXC;
  if (count < 0) return valueError("negative count");
  const wanted = count * self.kind.size;
  const data = callMethod(file, "read", [wanted]);
  if (data === EXC) return EXC;
  if (!(data instanceof PyBytes)) return typeError("read() didn't return bytes");
  if (appendBytes(self, data.bytes()) === EXC) return EXC;
  return data.latin1.length === wanted ? null : raiseArgs(eofErrorType, "read() didn't return enough bytes");
}

const BLOCK = 64 * 1024;
export function tofile(self: PyArray, file: Value): Status {
  const memory = self.memory();
  for (let at = 0; at < memory.length || at === 0; at += BLOCK) {
    if (memory.length === 0) {
      const write = lookupAttr(file, "write");
      if (write === EXC) return EXC;
      return null;
    }
    const part = bytesFromArray(memory.subarray(at, Math.min(at + BLOCK, memory.length)));
    if (callMethod(file, "write", [part]) === EXC) return EXC;
  }
  return null;
}

// ── pickles ────────────────────────────────────────────────────────────────────────────────────────────────
export function tolist(self: PyArray): PyList {
  const items: Value[] = new Array(self.length);
  for (let i = 0; i < items.length; i++) items[i] = self.get(i);
  return newList(items);
}

export function reduceEx(self: PyArray, protocol: Value): Result {
  const version = asSize(protocol);
  if (version === EXC) return EXC;
  const dict = lookupAttr(self, "__dict__");
  if (dict === EXC) return EXC;
  const state = dict ?? null;
  const cls = typeOf(self);
  if (version < 3) return newTuple([cls, newTuple([self.kind.code, tolist(self)]), state]);
  const maker = importAttribute("array", "_array_reconstructor");
  if (maker === EXC) return EXC;
  return newTuple([maker, newTuple([cls, self.kind.code, self.kind.machine, bytesFromArray(self.memory())]), state]);
}

/** Integer size and signedness, or float size, by machine format; the byte order is its lowest bit. */
const MACHINE: readonly [size: number, kind: "int" | "uint" | "float" | "utf16" | "utf32"][] = [
  [1, "uint"],
  [2, "uint"],
  [2, "int"],
  [4, "uint"],
  [4, "int"],
  [8, "uint"],
  [8, "int"],
  [4, "float"],
  [8, "float"],
  [2, "utf16"],
  [4, "utf32"],
];

/** `_array_reconstructor(type, typecode, mformat, bytes)`. */
export function reconstruct(
  type: Value,
  typecode: Value,
  mformat: Value,
  items: Value,
  arrayType: PyType,
  make: NewArray,
): Result {
  if (!(type instanceof PyType)) return typeError(`first argument must be a type object, not ${typeOf(type).name}`);
  if (!isSubtype(type, arrayType)) return typeError(`${type.name} is not a subtype of ${arrayType.name}`);
  const code = strValue(typecode);
  if (code === undefined || code.length !== 1)
    return typeError("_array_reconstructor() argument 2 must be a unicode character");
  const kind = kindOf(String(code));
  if (kind === undefined || !TYPE_CODES.includes(String(code)))
    return valueError("second argument must be a valid type code");
  const machine = asInt(mformat);
  if (machine === EXC) return EXC;
  if (machine < 0 || machine > 21) return valueError("third argument must be a valid machine format code.");
  if (!(items instanceof PyBytes)) return typeError(`fourth argument should be bytes, not ${typeOf(items).name}`);
  const self = make(type, kind, 0);
  if (machine === kind.machine) return appendBytes(self, items.bytes()) === EXC ? EXC : self;
  return convertForeign(self, machine, items.bytes()) === EXC ? EXC : self;
}

function convertForeign(self: PyArray, machine: number, bytes: Uint8Array): Status {
  // 0 and 1 are the two kinds of bytes; from 2 on even numbers are little-endian.
  const [size, kind] = machine === 1 ? ([1, "int"] as const) : MACHINE[machine >> 1];
  const little = (machine & 1) === 0;
  if (bytes.length % size !== 0) return valueError("string length not a multiple of item size");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    let value: Value;
    if (kind === "float") value = newFloat(readFloat(view, at, size, little));
    else if (kind === "utf32" || kind === "utf16") {
      let point = Number(readInteger(view, at, size, false, little));
      if (kind === "utf16" && (point & 0xfc00) === 0xd800 && at + 2 < bytes.length) {
        const low = Number(readInteger(view, at + 2, 2, false, little));
        if ((low & 0xfc00) === 0xdc00) {
          point = 0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff);
          at += 2;
        }
      }
      value = strFromPoints([point]);
    } else value = readInteger(view, at, size, kind === "int", little);
    if (self.append(value) === EXC) return EXC;
  }
  return null;
}
