/** Slices on arbitrary ints: `slice.indices`, and slices of ranges. */
import { EXC, type Exc, type Int, type Value } from "../core.ts";
import { typeError, valueError } from "../errors.ts";
import { add, sub } from "../numeric/int-math.ts";
import { asIndex } from "../protocol/convert.ts";
import type { PySlice } from "../slice.ts";
import { typeOf } from "../types.ts";

export interface LongIndices {
  start: Int;
  stop: Int;
  step: Int;
}

/** As `sliceIndices`, for a length and bounds of any size. */
export function longSliceIndices(slice: PySlice, length: Int): LongIndices | Exc {
  const step = slice.step === null ? 1 : bound(slice.step);
  if (step === EXC) return EXC;
  if (step === 0) return valueError("slice step cannot be zero");
  const backward = step < 0;
  const low: Int = backward ? -1 : 0;
  const high = backward ? sub(length, 1) : length;
  const clip = (value: Value, missing: Int): Int | Exc => {
    if (value === null) return missing;
    const given = bound(value);
    if (given === EXC) return EXC;
    if (given < 0) {
      const shifted = add(given, length);
      return shifted < low ? low : shifted;
    }
    return given > high ? high : given;
  };
  const start = clip(slice.start, backward ? high : low);
  if (start === EXC) return EXC;
  const stop = clip(slice.stop, backward ? low : high);
  return stop === EXC ? EXC : { start, stop, step };
}

function bound(value: Value): Int | Exc {
  if (typeof value !== "number" && typeof value !== "bigint" && typeOf(value).nb_index === null) {
    return typeError("slice indices must be integers or None or have an __index__ method");
  }
  return asIndex(value);
}
