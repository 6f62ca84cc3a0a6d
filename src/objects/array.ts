/** Array objects (module `array`): the memory and the operations on it. */
import { bufferError } from "./buffer.ts";
import { EXC, PyObject, type PyType, type Status, type Value } from "./core.ts";
import { PyFloat } from "./float.ts";

/** A view of an array's memory in units of its items; 64-bit integers as pairs of halves. */
export type View =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** How an item of a type code is read and written. */
export interface Kind {
  readonly code: string;
  readonly size: number;
  /** The number of the machine format, as pickles have it. */
  readonly machine: number;
  /** In memoryviews. */
  readonly format: string;
  view(buffer: ArrayBufferLike): View;
  get(view: View, index: number): Value;
  /** Converts and stores; EXC when `value` will not do. */
  set(view: View, index: number, value: Value): Status;
}

/** No Python code runs when it is converted. */
const isPlain = (value: Value): boolean => typeof value === "number" || value instanceof PyFloat;

export class PyArray extends PyObject {
  /** Capacity in `view.buffer`; the content is its first `length` items. Both are replaced when the array grows. */
  view: View;
  length = 0;
  /** Buffers given out: while there are any, the size must not change. */
  exports = 0;

  constructor(
    cls: PyType,
    readonly kind: Kind,
    length = 0,
  ) {
    super(cls.shapes);
    this.view = kind.view(new ArrayBuffer(length * kind.size));
    this.length = length;
  }

  get(index: number): Value {
    return this.kind.get(this.view, index);
  }
  /** The content's bytes, sharing memory. */
  memory(): Uint8Array {
    return new Uint8Array(this.view.buffer, 0, this.length * this.kind.size);
  }

  /** Changes the length; new items are zero. BufferError while the memory is exported. */
  resize(length: number): Status {
    if (length === this.length) return null;
    if (this.exports > 0) return bufferError("cannot resize an array that is exporting buffers");
    const { size } = this.kind;
    const capacity = this.view.byteLength / size;
    if (length > capacity || length < capacity >> 2) {
      const room = length > capacity ? Math.max(length, this.length + (this.length >> 3) + 8) : length;
      const grown = new Uint8Array(room * size);
      grown.set(new Uint8Array(this.view.buffer, 0, Math.min(length, this.length) * size));
      this.view = this.kind.view(grown.buffer);
    } else if (length > this.length) {
      new Uint8Array(this.view.buffer, this.length * size, (length - this.length) * size).fill(0);
    }
    this.length = length;
    return null;
  }

  append(value: Value): Status {
    const { kind, length } = this;
    const hasRoom = length * kind.size < this.view.byteLength && this.exports === 0;
    if (!hasRoom || !isPlain(value)) return this.insert(length, value);
    if (kind.set(this.view, length, value) === EXC) return EXC;
    this.length++;
    return null;
  }
  /** Stores at `index`, which is within the array; undefined where converting may run Python code, which comes first. */
  storePlain(index: number, value: Value): Status | undefined {
    return isPlain(value) ? this.kind.set(this.view, index, value) : undefined;
  }

  /** Inserts before `index`, which is within 0 … length. */
  insert(index: number, value: Value): Status {
    // Converting may call Python code that changes the array, so it comes first.
    const one = this.kind.view(new ArrayBuffer(this.kind.size));
    if (this.kind.set(one, 0, value) === EXC) return EXC;
    const { length } = this;
    const at = Math.min(index, length);
    if (this.resize(length + 1) === EXC) return EXC;
    const { size } = this.kind;
    const memory = this.memory();
    if (at < length) memory.copyWithin((at + 1) * size, at * size, length * size);
    memory.set(new Uint8Array(one.buffer), at * size);
    return null;
  }

  /** `self[start:stop] = bytes`, all in items. */
  replace(start: number, stop: number, bytes: Uint8Array): Status {
    const { size } = this.kind;
    const { length } = this;
    const added = bytes.length / size;
    // The source may be this array's own memory.
    const source = bytes.buffer === this.view.buffer ? bytes.slice() : bytes;
    const tail = this.memory().slice(stop * size, length * size);
    if (this.resize(length - (stop - start) + added) === EXC) return EXC;
    const memory = this.memory();
    memory.set(source, start * size);
    memory.set(tail, start * size + source.length);
    return null;
  }
}
