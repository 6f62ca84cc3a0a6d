/** Python values to fields and back. */
import { newBytes, PyByteArray, PyBytes } from "../../objects/bytes.ts";
import { newComplex, PyComplex } from "../../objects/complex.ts";
import { EXC, type Exc, type Int, type Status, type Value } from "../../objects/core.ts";
import { catches, clearException, overflowError, raise } from "../../objects/errors.ts";
import { overflowErrorType, typeErrorType } from "../../objects/exceptions/types.ts";
import { newFloat, PyFloat } from "../../objects/float.ts";
import { asDouble, asIndex } from "../../objects/protocol/convert.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import { complexParts } from "../support/complex.ts";
import { structErrorType } from "./error.ts";
import type { Field, Layout } from "./format.ts";
import { fromHalves, integerRange, readFloat, writeFloat, writeInteger } from "../support/numbers.ts";

const structError = (message: string): Exc => raise(structErrorType, message);

function integerOf(value: Value): Int | Exc {
  if (typeof value === "number") return value;
  if (intValue(value) === undefined && typeOf(value).nb_index === null)
    return structError("required argument is not an integer");
  return asIndex(value);
}

/** Writes one item of a field. */
export function packItem(
  view: DataView,
  at: number,
  field: Field,
  little: boolean,
  native: boolean,
  value: Value,
): Status {
  switch (field.kind) {
    case "int":
    case "uint":
      return packInteger(view, at, field, little, value);
    case "float":
      return packFloat(view, at, field, little, value);
    case "bool": {
      const truth = isTrue(value);
      if (truth === EXC) return EXC;
      view.setUint8(at, truth ? 1 : 0);
      return null;
    }
    case "char": {
      const content = value instanceof PyBytes ? value.latin1 : value instanceof PyByteArray ? value.toLatin1() : "";
      if (content.length !== 1) return structError("char format requires a bytes object of length 1");
      view.setUint8(at, content.charCodeAt(0));
      return null;
    }
    case "pointer":
      return packPointer(view, at, little, value);
    case "complex":
      return packComplex(view, at, field, little, native, value);
    default:
      return packText(view, at, field, value);
  }
}

function packInteger(view: DataView, at: number, field: Field, little: boolean, value: Value): Status {
  const int = integerOf(value);
  if (int === EXC) return EXC;
  const signed = field.kind === "int";
  if (writeInteger(view, at, field.size, signed, little, int)) return null;
  const [low, high] = integerRange(field.size, signed);
  return structError(`'${field.code}' format requires ${low} <= number <= ${high}`);
}

function packPointer(view: DataView, at: number, little: boolean, value: Value): Status {
  const int = integerOf(value);
  if (int === EXC) return EXC;
  const big = BigInt(int);
  if (big >= 2n ** 64n || big < -(2n ** 63n)) return structError("int too large to convert");
  view.setBigUint64(at, BigInt.asUintN(64, big), little);
  return null;
}

function packFloat(view: DataView, at: number, field: Field, little: boolean, value: Value): Status {
  const x = value instanceof PyFloat ? value.value : asDouble(value);
  if (x === EXC) {
    if (!catches(typeErrorType) && !catches(overflowErrorType)) return EXC;
    clearException();
    return structError("required argument is not a float");
  }
  if (writeFloat(view, at, field.size, little, x)) return null;
  if (intValue(value) !== undefined) return structError("int too large to convert");
  return overflowError(`float too large to pack with ${field.code} format`);
}

function packComplex(view: DataView, at: number, field: Field, little: boolean, native: boolean, value: Value): Status {
  const parts = value instanceof PyComplex ? [value.re, value.im] : complexParts(value);
  if (parts === EXC) {
    if (!catches(typeErrorType)) return EXC;
    clearException();
    return structError("required argument is not a complex");
  }
  const half = field.size / 2;
  for (const [i, part] of [...parts].entries()) {
    if (native && half === 4) view.setFloat32(at + i * 4, part, little);
    else if (!writeFloat(view, at + i * half, half, little, part))
      return overflowError("float too large to pack with f format");
  }
  return null;
}

function packText(view: DataView, at: number, field: Field, value: Value): Status {
  const isBytes = value instanceof PyBytes;
  if (!isBytes && !(value instanceof PyByteArray))
    return structError(`argument for '${field.code}' must be a bytes object`);
  const content = isBytes ? value.latin1 : value.toLatin1();
  let limit = field.size;
  if (field.kind === "pascal") {
    if (field.size === 0) return null;
    limit--;
    view.setUint8(at, Math.min(content.length, limit, 255));
    at++;
  }
  for (let i = 0; i < content.length && i < limit; i++) view.setUint8(at + i, content.charCodeAt(i));
  return null;
}

/** Packs `values`, as many as the layout says, into memory that is zero or to be overwritten. */
export function packAll(
  view: DataView,
  layout: Layout,
  native: boolean,
  values: readonly Value[],
  first: number,
): Status {
  const { fields, littleEndian } = layout;
  let next = first;
  for (let f = 0; f < fields.length; f++) {
    const field = fields[f];
    const { kind, size, count } = field;
    const isInteger = kind === "int" || kind === "uint";
    for (let i = 0, at = field.offset; i < count; i++, at += size) {
      const value = values[next++];
      const done =
        isInteger && typeof value === "number" && writeInteger(view, at, size, kind === "int", littleEndian, value);
      if (!done && packItem(view, at, field, littleEndian, native, value) === EXC) return EXC;
    }
  }
  return null;
}

/** Where floats are put together; nothing stays in it. */
const FLOAT = new DataView(new ArrayBuffer(8));

/** The number at `at` of a Latin-1 string. */
function integerAt(content: string, at: number, size: number, signed: boolean, little: boolean): Value {
  if (size === 1) {
    const byte = content.charCodeAt(at);
    return signed ? (byte << 24) >> 24 : byte;
  }
  if (size === 2) {
    const pair = little
      ? content.charCodeAt(at) | (content.charCodeAt(at + 1) << 8)
      : (content.charCodeAt(at) << 8) | content.charCodeAt(at + 1);
    return signed ? (pair << 16) >> 16 : pair;
  }
  if (size === 4) {
    const word = wordAt(content, at, little);
    return signed ? word : word >>> 0;
  }
  const first = wordAt(content, at, little) >>> 0;
  const second = wordAt(content, at + 4, little) >>> 0;
  return little ? fromHalves(second, first, signed) : fromHalves(first, second, signed);
}
function wordAt(content: string, at: number, little: boolean): number {
  const a = content.charCodeAt(at);
  const b = content.charCodeAt(at + 1);
  const c = content.charCodeAt(at + 2);
  const d = content.charCodeAt(at + 3);
  return little ? a | (b << 8) | (c << 16) | (d << 24) : (a << 24) | (b << 16) | (c << 8) | d;
}
function floatAt(content: string, at: number, size: number, little: boolean): number {
  for (let i = 0; i < size; i++) FLOAT.setUint8(i, content.charCodeAt(at + i));
  return readFloat(FLOAT, 0, size, little);
}

function unpackItem(content: string, at: number, field: Field, little: boolean): Value {
  const { size } = field;
  switch (field.kind) {
    case "int":
      return integerAt(content, at, size, true, little);
    case "uint":
    case "pointer":
      return integerAt(content, at, size, false, little);
    case "float":
      return newFloat(floatAt(content, at, size, little));
    case "bool":
      return content.charCodeAt(at) !== 0;
    case "complex": {
      const half = size / 2;
      return newComplex(floatAt(content, at, half, little), floatAt(content, at + half, half, little));
    }
    case "char":
      return newBytes(content[at]);
    case "pascal": {
      const length = size === 0 ? 0 : Math.min(content.charCodeAt(at), size - 1);
      return newBytes(content.slice(at + 1, at + 1 + length));
    }
    default:
      return newBytes(content.slice(at, at + size));
  }
}

/** The values in a Latin-1 string from `offset` on. */
export function unpackAll(content: string, offset: number, layout: Layout): Value[] {
  const { fields, littleEndian } = layout;
  const values: Value[] = [];
  for (let f = 0; f < fields.length; f++) {
    const field = fields[f];
    for (let i = 0, at = offset + field.offset; i < field.count; i++, at += field.size)
      values.push(unpackItem(content, at, field, littleEndian));
  }
  return values;
}
