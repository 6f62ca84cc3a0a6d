/**
 * The buffer protocol (PEP 3118): how objects show their memory. A type's `bf_getbuffer` slot makes a `PyBuffer`;
 * whoever asked for it calls `release()` when done. Python code sees buffers as memoryviews.
 */
import { EXC, type Exc, PyObject, objectType, type Value } from "./core.ts";
import { PyByteArray, PyBytes, arrayFromLatin1, latin1FromArray } from "./bytes.ts";
import { raise, typeError } from "./errors.ts";
import { bufferErrorType } from "./exceptions/types.ts";
import { rt } from "./runtime.ts";
import { typeOf } from "./types.ts";

/** Request flags, as `inspect.BufferFlags`. */
export const PyBUF_SIMPLE = 0;
export const PyBUF_WRITABLE = 1;
export const PyBUF_FORMAT = 4;
export const PyBUF_ND = 8;
export const PyBUF_STRIDES = 0x10 | PyBUF_ND;
export const PyBUF_C_CONTIGUOUS = 0x20 | PyBUF_STRIDES;
export const PyBUF_F_CONTIGUOUS = 0x40 | PyBUF_STRIDES;
export const PyBUF_ANY_CONTIGUOUS = 0x80 | PyBUF_STRIDES;
export const PyBUF_INDIRECT = 0x100 | PyBUF_STRIDES;
export const PyBUF_CONTIG_RO = PyBUF_ND;
export const PyBUF_FULL_RO = PyBUF_INDIRECT | PyBUF_FORMAT;
export const PyBUF_FULL = PyBUF_FULL_RO | PyBUF_WRITABLE;

export interface BufferLayout {
  /** Of one item, in `struct` notation; "B" when not given. */
  format?: string;
  itemsize?: number;
  shape?: readonly number[];
  /** In bytes; C order when not given. */
  strides?: readonly number[];
}

/** A view of an object's memory, CPython's `Py_buffer`. Internal: never seen by Python code. */
export class PyBuffer extends PyObject {
  readonly format: string;
  readonly itemsize: number;
  readonly shapeOf: readonly number[];
  readonly strides: readonly number[];
  private onRelease: (() => void) | null;
  /** Giving it back only counts an exporter's `exports` down: no Python code is told. */
  countsOnly = true;

  constructor(
    /** The object that was asked: memoryview's `obj`. */
    readonly owner: Value,
    /** The memory that `offset`, `shapeOf` and `strides` index. */
    readonly data: Uint8Array,
    /** Where item (0, …, 0) starts. */
    readonly offset: number,
    /** Bytes in all: the product of the shape times `itemsize`. */
    readonly length: number,
    readonly readonly: boolean,
    layout: BufferLayout = {},
    /** Called once, by the first `release()`. */
    onRelease: (() => void) | null = null,
  ) {
    super(objectType.shapes);
    this.format = layout.format ?? "B";
    this.itemsize = layout.itemsize ?? 1;
    this.shapeOf = layout.shape ?? [length / this.itemsize];
    this.strides = layout.strides ?? stridesOf(this.shapeOf, this.itemsize);
    this.onRelease = onRelease;
  }

  release(): void {
    const { onRelease } = this;
    this.onRelease = null;
    onRelease?.();
  }
  get isContiguous(): boolean {
    return isContiguous(this.shapeOf, this.strides, this.itemsize);
  }
  /** The content in C order: shared memory where it is contiguous, a copy otherwise. */
  toArray(): Uint8Array {
    if (this.isContiguous) return this.data.subarray(this.offset, this.offset + this.length);
    const out = new Uint8Array(this.length);
    let at = 0;
    forEachItem(this.shapeOf, this.strides, this.offset, (from) => {
      for (let i = 0; i < this.itemsize; i++) out[at++] = this.data[from + i];
    });
    return out;
  }
}

/** C-order strides. */
export function stridesOf(shape: readonly number[], itemsize: number): number[] {
  const strides = new Array<number>(shape.length);
  let step = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i];
  }
  return strides;
}
/** C-contiguous? Dimensions of length 1 do not count, nor does anything when some dimension is 0. */
export function isContiguous(shape: readonly number[], strides: readonly number[], itemsize: number): boolean {
  let step = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] === 0) return true;
  }
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] > 1 && strides[i] !== step) return false;
    step *= shape[i];
  }
  return true;
}
/** Visits the byte offset of each item in C order. */
export function forEachItem(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  visit: (offset: number) => void,
  dimension = 0,
): void {
  if (dimension === shape.length) {
    visit(offset);
    return;
  }
  for (let i = 0; i < shape[dimension]; i++) {
    forEachItem(shape, strides, offset + i * strides[dimension], visit, dimension + 1);
  }
}

export const bufferError = (message: string): Exc => raise(bufferErrorType, message);

/** Can `o` be asked for a buffer? (`PyObject_CheckBuffer`) */
export function hasBuffer(o: Value): boolean {
  return typeOf(o).bf_getbuffer !== null;
}

/** The buffer of `o` (`PyObject_GetBuffer`); TypeError when it has none. Release it. */
export function getBuffer(o: Value, flags: number = PyBUF_SIMPLE): PyBuffer | Exc {
  const { bf_getbuffer } = typeOf(o);
  if (bf_getbuffer === null) return typeError(`a bytes-like object is required, not '${typeOf(o).name}'`);
  return bf_getbuffer(o, flags) as PyBuffer | Exc;
}

/** The present content of a bytes-like object, as a Latin-1 string. */
export function bytesLike(o: Value): string | Exc {
  if (o instanceof PyBytes) return o.latin1;
  if (o instanceof PyByteArray) return o.toLatin1();
  const array = bytesLikeArray(o);
  return array === EXC ? EXC : latin1FromArray(array);
}
/** The same as an array; not to be written to, nor kept: it may be the object's own memory. */
export function bytesLikeArray(o: Value): Uint8Array | Exc {
  if (o instanceof PyBytes) return o.bytes();
  if (o instanceof PyByteArray) return o.bytes();
  const buffer = getBuffer(o);
  if (buffer === EXC) return EXC;
  const array = buffer.toArray();
  buffer.release();
  return array;
}
/** Runs `use` with the writable contiguous memory of `o`, an argument of a function that calls it `argument`. */
export function withWritable<T>(o: Value, use: (memory: Uint8Array) => T, argument = "readinto() argument"): T | Exc {
  const buffer = hasBuffer(o) ? getBuffer(o, PyBUF_WRITABLE) : EXC;
  if (buffer === EXC) {
    rt.exc = null;
    return typeError(`${argument} must be read-write bytes-like object, not ${o === null ? "None" : typeOf(o).name}`);
  }
  const result = use(buffer.data.subarray(buffer.offset, buffer.offset + buffer.length));
  buffer.release();
  return result;
}
export { arrayFromLatin1 };
