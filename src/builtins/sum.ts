/**
 * `sum`: exact for ints, compensated for floats and complex numbers.
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
 */
import { forBlocks, searchBlocks } from "../objects/blocks.ts";
import { END, EXC, type Result, type Value } from "../objects/core.ts";

import { PyByteArray, PyBytes } from "../objects/bytes.ts";
import { newComplex, type PyComplex } from "../objects/complex.ts";
import { typeError } from "../objects/errors.ts";
import { newFloat, type PyFloat } from "../objects/float.ts";
import { PyListIterator as ListIterator, PyTupleIterator as TupleIterator } from "../objects/iterators/list.ts";
import { type PyList, doublesIn } from "../objects/list.ts";
import { asDouble } from "../objects/protocol/convert.ts";
import { getIter, iterNext } from "../objects/protocol/iter.ts";
import { add } from "../objects/protocol/number.ts";
import { strValue } from "../objects/values.ts";
import { bytearrayType, bytesType, complexType, floatType, typeOf } from "../objects/types.ts";

/** A running sum with the low-order part that rounding lost. */
class Compensated {
  private lost = 0;
  constructor(private high: number) {}

  add(x: number): void {
    const { high } = this;
    const sum = high + x;
    this.lost += Math.abs(high) >= Math.abs(x) ? high - sum + x : x - sum + high;
    this.high = sum;
  }
  get value(): number {
    // An infinite or undefined correction must not spoil an overflow.
    return this.lost !== 0 && Number.isFinite(this.lost) ? this.high + this.lost : this.high;
  }
}

/** `sum(iterable, start)`. */
export function sum(iterable: Value, start: Value = 0): Result {
  const refused = refusedStart(start);
  if (refused !== null) return typeError(refused);
  const doubles = doublesIn(iterable);
  if (doubles !== null && doubles.length > 0 && typeof start === "number") return sumDoubles(doubles, start);
  if (typeof start === "number") {
    const bytes = bytesIn(iterable);
    if (bytes !== null && Number.isSafeInteger(start + 255 * bytes.length)) return sumBytes(bytes, start);
  }
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  const summation = new Summation(iterator, start);
  if (iterator instanceof ListIterator || iterator instanceof TupleIterator) summation.takeInts(iterator);
  return summation.run();
}
const valuesIn = (list: PyList | null): readonly Value[] | null =>
  list === null || list.isFloat ? null : (list.storage as readonly Value[]);
const bytesIn = (iterable: Value): Uint8Array | null => {
  const type = typeOf(iterable);
  if (type === bytearrayType) return (iterable as PyByteArray).bytes();
  return type === bytesType ? (iterable as PyBytes).bytes() : null;
};
function sumBytes(bytes: Uint8Array, start: number): number {
  let total = start;
  forBlocks(0, bytes.length, (from, to) => {
    let part = 0;
    for (let i = from; i < to; i++) part += bytes[i];
    total += part;
  });
  return total;
}
function sumDoubles(doubles: readonly number[], start: number): Result {
  const total = new Compensated(start + doubles[0]);
  forBlocks(1, doubles.length, (from, to) => {
    for (let i = from; i < to; i++) total.add(doubles[i]);
  });
  return newFloat(total.value);
}
function refusedStart(start: Value): string | null {
  if (strValue(start) !== undefined) return "sum() can't sum strings [use ''.join(seq) instead]";
  if (start instanceof PyBytes) return "sum() can't sum bytes [use b''.join(seq) instead]";
  return start instanceof PyByteArray ? "sum() can't sum bytearray [use b''.join(seq) instead]" : null;
}

const isFloat = (v: Value): v is PyFloat => typeOf(v) === floatType;
const isComplex = (v: Value): v is PyComplex => typeOf(v) === complexType;

class Summation {
  private exhausted = false;

  constructor(
    private readonly iterator: Value,
    private total: Value,
  ) {}

  /** Ints, then floats, then complex numbers, then anything: each phase ends at the first item it cannot take. */
  run(): Result {
    if (typeof this.total === "number" && this.ints() === EXC) return EXC;
    if (!this.exhausted && isFloat(this.total) && this.floats() === EXC) return EXC;
    if (!this.exhausted && isComplex(this.total) && this.complexes() === EXC) return EXC;
    return this.exhausted ? this.total : this.others();
  }

  /** The small ints that come first, from where they lie. */
  takeInts(iterator: ListIterator | TupleIterator): void {
    const items = iterator instanceof ListIterator ? valuesIn(iterator.list) : iterator.tuple?.items;
    if (items == null || iterator.index >= items.length || typeof this.total !== "number") return;
    let { total } = this;
    const end = searchBlocks(iterator.index, items.length, (from, to) => {
      for (let i = from; i < to; i++) {
        const item = items[i];
        const next = typeof item === "number" ? total + item : Number.NaN;
        if (!Number.isSafeInteger(next)) return i;
        total = next;
      }
      return to;
    });
    iterator.index = end;
    this.total = total;
  }

  private next(): Value | undefined | typeof EXC {
    const item = iterNext(this.iterator);
    if (item !== END) return item;
    this.exhausted = true;
    return undefined;
  }
  /** Adds an item of another kind to the total and goes on to the next phase. */
  private addOther(item: Value): null | typeof EXC {
    const total = add(this.total, item);
    if (total === EXC) return EXC;
    this.total = total;
    return null;
  }

  private ints(): null | typeof EXC {
    let total = this.total as number;
    for (;;) {
      const item = this.next();
      if (item === EXC) return EXC;
      if (item === undefined) {
        this.total = total;
        return null;
      }
      const n = typeof item === "number" ? item : typeof item === "boolean" ? Number(item) : undefined;
      const next = n === undefined ? Number.NaN : total + n;
      if (!Number.isSafeInteger(next)) {
        this.total = total;
        return this.addOther(item);
      }
      total = next;
    }
  }

  private floats(): null | typeof EXC {
    const total = new Compensated((this.total as PyFloat).value);
    for (;;) {
      const item = this.next();
      if (item === EXC) return EXC;
      const x = item === undefined ? undefined : realPart(item);
      if (x === EXC) return EXC;
      if (x === undefined) {
        this.total = newFloat(total.value);
        return item === undefined ? null : this.addOther(item);
      }
      total.add(x);
    }
  }

  private complexes(): null | typeof EXC {
    const start = this.total as PyComplex;
    const re = new Compensated(start.re);
    const im = new Compensated(start.im);
    for (;;) {
      const item = this.next();
      if (item === EXC) return EXC;
      if (item !== undefined && isComplex(item)) {
        re.add(item.re);
        im.add(item.im);
        continue;
      }
      const x = item === undefined ? undefined : realPart(item);
      if (x === EXC) return EXC;
      if (x === undefined) {
        this.total = newComplex(re.value, im.value);
        return item === undefined ? null : this.addOther(item);
      }
      re.add(x);
    }
  }

  private others(): Result {
    for (;;) {
      const item = this.next();
      if (item === EXC) return EXC;
      if (item === undefined) return this.total;
      if (this.addOther(item) === EXC) return EXC;
    }
  }
}
/** A float, or an int as one (OverflowError when none is so large); undefined for all else. */
function realPart(v: Value): number | undefined | typeof EXC {
  if (isFloat(v)) return v.value;
  if (typeof v === "bigint") return asDouble(v);
  if (typeof v === "number") return v;
  return typeof v === "boolean" ? Number(v) : undefined;
}
