/** Python values to fields and back. */
import { bytesFromArray, newBytes, PyByteArray, PyBytes } from "../../objects/bytes.ts";
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
import { integerRange, readFloat, readInteger, writeFloat, writeInteger } from "../support/numbers.ts";

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
  memory: Uint8Array,
  layout: Layout,
  native: boolean,
  values: readonly Value[],
  first: number,
): Status {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  let next = first;
  for (const field of layout.fields) {
    for (let i = 0; i < field.count; i++) {
      if (packItem(view, field.offset + i * field.size, field, layout.littleEndian, native, values[next++]) === EXC)
        return EXC;
    }
  }
  return null;
}

function unpackItem(view: DataView, at: number, field: Field, little: boolean): Value {
  switch (field.kind) {
    case "int":
      return readInteger(view, at, field.size, true, little);
    case "uint":
    case "pointer":
      return readInteger(view, at, field.size, false, little);
    case "float":
      return newFloat(readFloat(view, at, field.size, little));
    case "bool":
      return view.getUint8(at) !== 0;
    case "complex": {
      const half = field.size / 2;
      return newComplex(readFloat(view, at, half, little), readFloat(view, at + half, half, little));
    }
    case "char":
      return newBytes(String.fromCharCode(view.getUint8(at)));
    default: {
      let start = at;
      let size = field.size;
      if (field.kind === "pascal") {
        if (size === 0) return newBytes("");
        size = Math.min(view.getUint8(at), size - 1);
        start++;
      }
      return bytesFromArray(new Uint8Array(view.buffer, view.byteOffset + start, size));
    }
  }
}

/** The values in `memory` from `offset` on. */
export function unpackAll(memory: Uint8Array, offset: number, layout: Layout): Value[] {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const values: Value[] = [];
  for (const field of layout.fields)
    for (let i = 0; i < field.count; i++)
      values.push(unpackItem(view, offset + field.offset + i * field.size, field, layout.littleEndian));
  return values;
}
