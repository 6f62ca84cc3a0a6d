/** Reading the arguments of bytes' and bytearray's methods. Contents are Latin-1 strings throughout. */
import { EXC, type Exc, type Value } from "../core.ts";
import { bytesLike, hasBuffer } from "../buffer.ts";
import { PyByteArray, PyBytes, arrayFromLatin1, latin1FromUnits, newByteArray, newBytes } from "../bytes.ts";
import { catches, clearException, typeError, valueError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { asSize } from "../protocol/convert.ts";
import { bytesType, typeOf } from "../types.ts";
import { intValue } from "../values.ts";

/** What the shared methods are called on. */
export type Bytes = PyBytes | PyByteArray;

/** The receiver's content. */
export function contentOf(self: Bytes): string {
  return self instanceof PyBytes ? self.latin1 : self.toLatin1();
}

/** A result of the receiver's kind; bytes that did not change come back as they are. */
export function resultFor(self: Bytes, content: string): Bytes {
  if (self instanceof PyByteArray) return newByteArray(arrayFromLatin1(content));
  return content === self.latin1 && typeOf(self) === bytesType ? self : newBytes(content);
}

/** The byte that an int stands for: ValueError outside range(256). */
export function byteArg(value: Value, message = "byte must be in range(0, 256)"): number | Exc {
  const number = typeof value === "number" ? value : asSize(value, null);
  if (number === EXC) return EXC;
  return number < 0 || number > 255 ? valueError(message) : number;
}

/** What to look for: a bytes-like object or one byte as an int. */
export function needleArg(value: Value): string | Exc {
  if (value instanceof PyBytes) return value.latin1;
  if (hasBuffer(value)) return bytesLike(value);
  if (intValue(value) === undefined && typeOf(value).nb_index === null) {
    return typeError(`argument should be integer or bytes-like object, not '${typeOf(value).name}'`);
  }
  const byte = byteArg(value);
  return byte === EXC ? EXC : String.fromCharCode(byte);
}

/** The bytes that an iterable of ints gives; `message` for values outside range(256). */
export function bytesFromItems(items: readonly Value[], message: string): string | Exc {
  const units: number[] = [];
  for (let i = 0; i < items.length; i++) {
    const byte = byteArg(items[i], message);
    if (byte === EXC) return EXC;
    units.push(byte);
  }
  return latin1FromUnits(units);
}

/** Runs `use` while the receiver's size may not change: it may call Python code and looks at the content. */
export function holding<T>(self: Value, use: () => T): T {
  if (!(self instanceof PyByteArray)) return use();
  self.exports++;
  const result = use();
  self.exports--;
  return result;
}

/** Swallows a pending TypeError. False when something else is pending. */
export function swallowTypeError(): boolean {
  if (!catches(typeErrorType)) return false;
  clearException();
  return true;
}
