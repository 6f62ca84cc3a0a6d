/** Conversions of arguments to JavaScript numbers and canonical ints (`PyNumber_Index` and its relatives). */
import { EXC, type Exc, type Int, type PyType, type Value } from "../core.ts";
import { attempt, overflowError, raise, typeError, valueError } from "../errors.ts";
import { overflowErrorType } from "../exceptions/types.ts";
import { PyFloat } from "../float.ts";
import { toFloat as intToFloat } from "../numeric/int-float.ts";
import type { PySlice } from "../slice.ts";
import { typeOf } from "../types.ts";
import { floatValue, intValue } from "../values.ts";
import { issueDeprecation } from "./warn.ts";

/** `operator.index(o)`: an int, exactly. */
export function asIndex(o: Value): Int | Exc {
  const known = intValue(o);
  if (known !== undefined) return known;
  const type = typeOf(o);
  if (type.nb_index === null) {
    return typeError(`'${type.name}' object cannot be interpreted as an integer`);
  }
  const result = type.nb_index(o);
  if (result === EXC) return EXC;
  const value = intValue(result);
  if (value === undefined) return typeError(`__index__ returned non-int (type ${typeOf(result).name})`);
  if (typeof result !== "number" && typeof result !== "bigint") {
    if (issueDeprecation(nonIntWarning("__index__", typeOf(result).name)) === EXC) return EXC;
  }
  return value;
}
/** The warning for a special method that gave an instance of a strict subclass of int. */
export function nonIntWarning(method: string, typeName: string): string {
  return (
    `${method} returned non-int (type ${typeName}).  The ability to return an instance of a strict subclass of int ` +
    "is deprecated, and may not be supported in a future version of Python."
  );
}

/**
 * A `Py_ssize_t`: a safe integer here. Beyond that: `overflow` (OverflowError when not given) is raised; with null
 * the value is clipped, as slices do.
 */
export function asSize(o: Value, overflow: PyType | null = overflowErrorType): number | Exc {
  if (typeof o === "number") return o;
  const value = asIndex(o);
  if (value === EXC) return EXC;
  if (typeof value === "number") return value;
  if (BigInt.asIntN(64, value) === value && overflow !== null) {
    return value < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
  }
  if (overflow === null) return value < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
  return raise(overflow, `cannot fit '${typeOf(o).name}' into an index-sized integer`);
}

/** A C `int`. */
export function asInt32(o: Value): number | Exc {
  const value = asIndex(o);
  if (value === EXC) return EXC;
  if (typeof value === "number" && (value | 0) === value) return value;
  if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value) {
    return overflowError("Python int too large to convert to C int");
  }
  return value > 0
    ? overflowError("signed integer is greater than maximum")
    : overflowError("signed integer is less than minimum");
}

/** A C `double`: floats, `__float__`, `__index__`. */
export function asDouble(o: Value): number | Exc {
  if (typeof o === "number") return o;
  if (o instanceof PyFloat) return o.value;
  const type = typeOf(o);
  if (type.nb_float !== null && intValue(o) === undefined) {
    const result = type.nb_float(o);
    if (result === EXC) return EXC;
    const value = floatValue(result);
    if (value === undefined)
      return typeError(`${type.name}.__float__ returned non-float (type ${typeOf(result).name})`);
    if (typeOf(result) !== (floatType as PyType)) {
      const status = issueDeprecation(
        `${type.name}.__float__ returned non-float (type ${typeOf(result).name}).  The ability to return an instance ` +
          "of a strict subclass of float is deprecated, and may not be supported in a future version of Python.",
      );
      if (status === EXC) return EXC;
    }
    return value;
  }
  if (intValue(o) === undefined && type.nb_index === null) {
    return typeError(`must be real number, not ${type.name}`);
  }
  const index = asIndex(o);
  if (index === EXC) return EXC;
  return typeof index === "number" ? index : attempt(() => intToFloat(index));
}

export interface SliceIndices {
  start: number;
  stop: number;
  step: number;
  /** How many items the slice has. */
  count: number;
}
/** `slice.indices` for a sequence of `length` items (`PySlice_Unpack` and `PySlice_AdjustIndices`). */
export function sliceIndices(slice: PySlice, length: number): SliceIndices | Exc {
  const step = slice.step === null ? 1 : sliceIndex(slice.step);
  if (step === EXC) return EXC;
  if (step === 0) return valueError("slice step cannot be zero");
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? length - 1 : length;
  const start = slice.start === null ? (step < 0 ? high : low) : sliceIndex(slice.start);
  if (start === EXC) return EXC;
  const stop = slice.stop === null ? (step < 0 ? low : high) : sliceIndex(slice.stop);
  if (stop === EXC) return EXC;
  const first = slice.start === null ? start : clipped(start, length, low, high);
  const end = slice.stop === null ? stop : clipped(stop, length, low, high);
  const span = step < 0 ? first - end : end - first;
  return { start: first, stop: end, step, count: span <= 0 ? 0 : Math.floor((span - 1) / Math.abs(step)) + 1 };
}
/** A bound of a slice within a sequence of `length` items; negative ones count from its end. */
export function clipped(bound: number, length: number, low: number, high: number): number {
  if (bound < 0) return Math.max(low, bound + length);
  return Math.min(bound, high);
}
/** A bound of a slice: an index, clipped instead of overflowing. */
function sliceIndex(value: Value): number | Exc {
  if (typeof value === "number") return value;
  if (intValue(value) === undefined && typeOf(value).nb_index === null) {
    return typeError("slice indices must be integers or None or have an __index__ method");
  }
  return asSize(value, null);
}
export { floatFromObject as toFloat } from "../float/from-object.ts";
export { intFromObject as toInt } from "../int/from-object.ts";
import { floatType } from "../types.ts";
