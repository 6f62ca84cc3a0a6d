/**
 * Bytes: the class and its makers; the type's behaviour is in `bytes/type.ts`.
 *
 * The content is a Latin-1 string, one unit a byte: slices, concatenation and hashing are several times faster than on
 * a Uint8Array, and decoding ASCII costs nothing (docs/objects.md). An array is made when somebody needs one.
 */
import { PyObject, type PyType } from "./core.ts";
import { bytesType } from "./types.ts";

export class PyBytes extends PyObject {
  private array: Uint8Array | null = null;

  constructor(
    cls: PyType,
    readonly latin1: string,
  ) {
    super(cls.shapes);
  }

  /** The content as an array, which must not be written to. */
  bytes(): Uint8Array {
    this.array ??= arrayFromLatin1(this.latin1);
    return this.array;
  }
}

/** Bytes of a Latin-1 string (every unit below 256). */
export function newBytes(latin1: string): PyBytes {
  return new PyBytes(bytesType, latin1);
}
/** Bytes of an array's present content. */
export function bytesFromArray(array: Uint8Array): PyBytes {
  return new PyBytes(bytesType, latin1FromArray(array));
}
export const emptyBytes: PyBytes = new PyBytes(bytesType, "");

/** The Latin-1 string of `array[start, end)`. */
export function latin1FromArray(array: Uint8Array, start = 0, end = array.length): string {
  let text = "";
  for (let i = start; i < end; i += 8192) {
    const part = array.subarray(i, Math.min(i + 8192, end));
    text += String.fromCharCode.apply(null, part as unknown as number[]);
  }
  return text;
}
/** A fresh array with the string's units. */
export function arrayFromLatin1(text: string): Uint8Array {
  const array = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) array[i] = text.charCodeAt(i);
  return array;
}
