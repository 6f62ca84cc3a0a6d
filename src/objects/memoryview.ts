/** Memoryviews: the class and its makers; the type's behaviour is in `bytes/memoryview-type.ts`. */
import { type PyBuffer, PyBUF_FULL_RO, getBuffer } from "./buffer.ts";
import { EXC, type Exc, PyObject, type Value } from "./core.ts";
import { typeError, valueError } from "./errors.ts";
import { memoryviewType, typeOf } from "./types.ts";

/** What counts the buffers it has given out, and refuses to be resized while there are any. */
interface Exporter {
  exports: number;
}
function exporterOf(owner: Value): Exporter | null {
  return typeof (owner as { exports?: unknown } | null)?.exports === "number" ? (owner as unknown as Exporter) : null;
}

/**
 * A buffer asked for once and shared by the views made of one another; given back when the last is released.
 *
 * CPython's views die when nobody refers to them, and library code relies on that: `os.readinto(fd, memoryview(b)[n:])`
 * and then `b.resize(m)`. Nobody tells us when a view is dropped, so views do not forbid resizing, unless they are used
 * in a `with` statement: those are sure to be released. A view of an owner that was resized shows the old memory.
 */
export class ManagedBuffer {
  views = 0;
  private held: Exporter | null = null;
  constructor(readonly buffer: PyBuffer) {
    if (buffer.countsOnly) buffer.release();
  }
  /** From now on until it is given back the owner must not be resized. */
  hold(): void {
    if (this.held !== null || !this.buffer.countsOnly) return;
    this.held = exporterOf(this.buffer.owner);
    if (this.held !== null) this.held.exports++;
  }
  release(): void {
    if (--this.views > 0) return;
    if (this.held !== null) this.held.exports--;
    this.held = null;
    this.buffer.release();
  }
}

export class PyMemoryView extends PyObject {
  released = false;
  /** Buffers made of this view and not yet given back. */
  exports = 0;
  hash: number | undefined = undefined;

  constructor(
    readonly managed: ManagedBuffer,
    readonly offset: number,
    readonly format: string,
    readonly itemsize: number,
    readonly dims: readonly number[],
    readonly strides: readonly number[],
    public readonly: boolean,
    /** Shown as `__buffer__`'s own view: who asked may not write. */
    readonly restricted = false,
  ) {
    super(memoryviewType.shapes);
    managed.views++;
  }

  get memory(): Uint8Array {
    return this.managed.buffer.data;
  }
  /** Bytes in all. */
  get nbytes(): number {
    return this.dims.reduce((product, n) => product * n, this.itemsize);
  }
  release(): void {
    if (this.released) return;
    this.released = true;
    this.managed.release();
  }
}

/** A memoryview of a whole buffer, which it owns from now on. */
export function viewOfBuffer(buffer: PyBuffer): PyMemoryView {
  return new PyMemoryView(
    new ManagedBuffer(buffer),
    buffer.offset,
    buffer.format,
    buffer.itemsize,
    buffer.shapeOf,
    buffer.strides,
    buffer.readonly,
  );
}

/** `memoryview(o)`. */
export function newMemoryView(o: Value): PyMemoryView | Exc {
  if (typeOf(o).bf_getbuffer === null) {
    return typeError(`memoryview: a bytes-like object is required, not '${typeOf(o).name}'`);
  }
  if (o instanceof PyMemoryView) {
    if (o.released) return valueError("operation forbidden on released memoryview object");
    return new PyMemoryView(o.managed, o.offset, o.format, o.itemsize, o.dims, o.strides, o.readonly);
  }
  const buffer = getBuffer(o, PyBUF_FULL_RO);
  return buffer === EXC ? EXC : viewOfBuffer(buffer);
}
