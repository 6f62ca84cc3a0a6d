/**
 * Arrays of raw doubles: what lists of floats keep instead of boxes. V8 stores such an array without a box for each
 * item as long as nothing else has ever been put into it, and that it remembers by the place in our text where the array
 * was made; so all of them are made here. And what reads or writes both arrays of doubles and of small ints makes each
 * array of ints that it meets one of doubles, in optimised code: so all loops over doubles are loops of their own.
 */
import type { Value } from "../core.ts";
import type { SliceIndices } from "../protocol/convert.ts";
import { PyFloat, newFloat } from "../float.ts";
import { floatType } from "../types.ts";

/** Is it a float that can be kept raw? NaN cannot: `in` and `==` ask whether it is the same object. */
export function isPlainFloat(value: Value): value is PyFloat {
  return value instanceof PyFloat && value.shape === floatType.shapes && !Number.isNaN(value.value);
}

/** A fresh array; not from an empty literal, and not of what V8 may take for an integer. */
export function oneDouble(first: number): number[] {
  const doubles = [0.5];
  doubles[0] = first;
  return doubles;
}

/** The values as raw doubles; null where one of them is something else, and where there are none. */
export function doublesOf(values: readonly Value[], start = 0, end = values.length): number[] | null {
  if (start >= end) return null;
  const first = values[start];
  if (!isPlainFloat(first)) return null;
  const doubles = oneDouble(first.value);
  for (let i = start + 1; i < end; i++) {
    const value = values[i];
    if (!isPlainFloat(value)) return null;
    doubles.push(value.value);
  }
  return doubles;
}

export function boxDoubles(doubles: readonly number[]): Value[] {
  const values: Value[] = [];
  for (let i = 0; i < doubles.length; i++) values.push(newFloat(doubles[i]));
  return values;
}

/** The doubles of a slice; a fresh array. */
export function sliceDoubles(doubles: readonly number[], { start, step, count }: SliceIndices): number[] {
  const result = step === 1 ? doubles.slice(start, start + count) : doubles.slice(0, count);
  if (step !== 1) for (let i = 0, at = start; i < count; i++, at += step) result[i] = doubles[at];
  return result;
}

/** `doubles * count`, of at least one item. */
export function repeatDoubles(doubles: readonly number[], count: number): number[] {
  const length = doubles.length * count;
  // Copies of arrays stay arrays of doubles without holes; one made by its length has holes for ever.
  let result = doubles.slice();
  while (result.length * 2 <= length) result = result.concat(result);
  return result.concat(result.slice(0, length - result.length));
}
