/** Ranges: the class and its makers; the type's behaviour is in `range/type.ts`. */
import { type Int, PyObject } from "./core.ts";
import { add, floordiv, mul, sub } from "./numeric/int-math.ts";
import { rangeType } from "./types.ts";

export class PyRange extends PyObject {
  /** How many numbers there are. */
  readonly length: Int;
  constructor(
    readonly start: Int,
    readonly stop: Int,
    readonly step: Int,
  ) {
    super(rangeType.shapes);
    this.length = countOf(start, stop, step);
  }

  /** The number at an index in range. */
  at(index: Int): Int {
    return add(this.start, mul(index, this.step));
  }

  /** Is the int one of the numbers? */
  includes(value: Int): boolean {
    const { start, stop, step } = this;
    const inside = step > 0 ? value >= start && value < stop : value <= start && value > stop;
    if (!inside) return false;
    if (step === 1 || step === -1) return true;
    return typeof value === "number" && typeof start === "number" && typeof step === "number"
      ? Math.abs(value - start) <= Number.MAX_SAFE_INTEGER
        ? (value - start) % step === 0
        : (BigInt(value) - BigInt(start)) % BigInt(step) === 0n
      : (BigInt(value) - BigInt(start)) % BigInt(step) === 0n;
  }
}

function countOf(start: Int, stop: Int, step: Int): Int {
  if (step > 0) return start >= stop ? 0 : add(floordiv(sub(sub(stop, start), 1), step), 1);
  return start <= stop ? 0 : add(floordiv(sub(sub(start, stop), 1), sub(0, step)), 1);
}

/** `range(start, stop, step)` of ints; step is not 0. */
export function newRange(start: Int, stop: Int, step: Int = 1): PyRange {
  return new PyRange(start, stop, step);
}
