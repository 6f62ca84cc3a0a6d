/**
 * Bytes and bytearrays: the classes and their makers; the types' behaviour is in `bytes/`.
 *
 * The content of bytes is a Latin-1 string, one unit a byte: slices, concatenation and hashing are several times faster
 * than on a Uint8Array, and decoding ASCII costs nothing (docs/objects.md). An array is made when somebody needs one.
 */
import { PyObject, type PyType } from "./core.ts";
import { rt } from "./runtime.ts";
import { bytearrayType, bytesType } from "./types.ts";

export class PyBytes extends PyObject {
  private array: Uint8Array | null = null;

  constructor(
    cls: PyType,
    readonly latin1: string,
  ) {
    super(cls.shapes);
  }

  get length(): number {
    return this.latin1.length;
  }
  /** The content as an array, which must not be written to. */
  bytes(): Uint8Array {
    this.array ??= arrayFromLatin1(this.latin1);
    return this.array;
  }
  toLatin1(): string {
    return this.latin1;
  }
}

/** Bytes of a Latin-1 string (every unit below 256). */
export function newBytes(latin1: string): PyBytes {
  return latin1 === "" ? emptyBytes : new PyBytes(bytesType, latin1);
}
/** Bytes of an array's present content. */
export function bytesFromArray(array: Uint8Array): PyBytes {
  return newBytes(latin1FromArray(array));
}
export const emptyBytes: PyBytes = new PyBytes(bytesType, "");

export class PyByteArray extends PyObject {
  /** Capacity; the content is its first `length` bytes. Replaced when it grows. */
  data: Uint8Array;
  length: number;
  /** Buffers given out: while there are any, the size must not change. */
  exports = 0;

  constructor(cls: PyType, data: Uint8Array = new Uint8Array(0)) {
    super(cls.shapes);
    this.data = data;
    this.length = data.length;
  }

  /** The content, sharing memory. */
  bytes(): Uint8Array {
    return this.data.subarray(0, this.length);
  }
  toLatin1(): string {
    return latin1FromArray(this.data, 0, this.length);
  }
  /** Changes the length; new bytes are zero. The caller has made sure that nothing is exported. */
  resize(length: number): void {
    if (length > this.data.length) {
      const grown = new Uint8Array(Math.max(length, this.length + (this.length >> 3) + 16));
      grown.set(this.bytes());
      this.data = grown;
    } else if (length > this.length) {
      this.data.fill(0, this.length, length);
    } else if (length < this.data.length >> 1) {
      this.data = this.data.slice(0, length);
    }
    this.length = length;
  }
}

/** A bytearray of `data`; the array is kept, not copied. */
export function newByteArray(data: Uint8Array): PyByteArray {
  return new PyByteArray(bytearrayType, data);
}

/** Below this many bytes, asking the host costs more than the language's own way. */
const FEW = 48;
/** As many arguments as a call takes without trouble. */
const CHUNK = 8192;

/** The Latin-1 string of `array[start, end)`. */
export function latin1FromArray(array: Uint8Array, start = 0, end = array.length): string {
  if (end - start > FEW && rt?.latin1 != null) return rt.latin1.decode(array, start, end);
  if (end - start <= CHUNK) return latin1FromChunk(array, start, end);
  let text = "";
  for (let i = start; i < end; i += CHUNK) text += latin1FromChunk(array, i, Math.min(i + CHUNK, end));
  return text;
}
/** Through an ordinary array, whose elements V8 passes on three times as fast as those of a typed one. */
function latin1FromChunk(array: Uint8Array, start: number, end: number): string {
  const units: number[] = [];
  for (let i = start; i < end; i++) units.push(array[i]);
  return String.fromCharCode.apply(null, units);
}
/** The Latin-1 string of numbers below 256. */
export function latin1FromUnits(units: readonly number[]): string {
  if (units.length <= CHUNK) return String.fromCharCode.apply(null, units as number[]);
  return latin1FromArray(Uint8Array.from(units));
}
/** A fresh array with the string's units. */
export function arrayFromLatin1(text: string): Uint8Array {
  if (text.length > FEW && rt?.latin1 != null) return rt.latin1.encode(text);
  const array = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) array[i] = text.charCodeAt(i);
  return array;
}
