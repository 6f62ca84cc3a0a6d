/** The module `_bisect`: search in sorted sequences. */
import { EXC, type Exc, type Int, type Result, type Status, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { overflowError, valueError } from "../../objects/errors.ts";
import { PyList } from "../../objects/list.ts";
import { add, canonical } from "../../objects/numeric/int-math.ts";
import { call1, callMethod } from "../../objects/protocol/call.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { length } from "../../objects/protocol/object.ts";
import { getItem, sequenceItem } from "../../objects/protocol/sequence.ts";
import { listType, typeOf } from "../../objects/types.ts";
import { lessThan } from "../support/order.ts";

/** Where `x` belongs in `a[lo:hi]`: after its equals when `right`, before them otherwise. */
function bisect(
  a: Value,
  x: Value,
  lo: Value | undefined,
  hi: Value | undefined,
  key: Value | undefined,
  right: boolean,
): Int | Exc {
  let low: Int | Exc = lo === undefined ? 0 : position(lo, "Python int too large to convert to C ssize_t");
  if (low === EXC) return EXC;
  if (low < 0) return valueError("lo must be non-negative");
  let high: Int | Exc =
    hi === undefined || hi === null ? -1 : position(hi, "cannot fit 'int' into an index-sized integer");
  if (high === EXC) return EXC;
  if (high === -1) {
    high = length(a);
    if (high === EXC) return EXC;
  }
  while (low < high) {
    const middle: Int = between(low, high);
    let item: Result = itemAt(a, middle);
    if (item === EXC) return EXC;
    if (key !== undefined && key !== null) {
      item = call1(key, item);
      if (item === EXC) return EXC;
    }
    const less: boolean | Exc = right ? lessThan(x, item) : lessThan(item, x);
    if (less === EXC) return EXC;
    if (less === right) high = middle;
    else low = add(middle, 1);
  }
  return low;
}

/** A `Py_ssize_t`, whole: the positions in a range go up to 2**63. */
function position(value: Value, problem: string): Int | Exc {
  const index = asIndex(value);
  if (index === EXC || typeof index === "number" || BigInt.asIntN(64, index) === index) return index;
  return overflowError(problem);
}
function between(low: Int, high: Int): Int {
  if (typeof low === "number" && typeof high === "number" && high < 2 ** 52) return Math.floor((low + high) / 2);
  return canonical((BigInt(low) + BigInt(high)) >> 1n);
}
function itemAt(a: Value, index: Int): Result {
  if (typeof index === "bigint") return getItem(a, index);
  return a instanceof PyList && index < a.length ? a.at(index) : sequenceItem(a, index);
}

function insort(
  a: Value,
  x: Value,
  lo: Value | undefined,
  hi: Value | undefined,
  key: Value | undefined,
  right: boolean,
): Status {
  let sought: Result = x;
  if (key !== undefined && key !== null) {
    sought = call1(key, x);
    if (sought === EXC) return EXC;
  }
  const at = bisect(a, sought, lo, hi, key, right);
  if (at === EXC) return EXC;
  if (a instanceof PyList && typeOf(a) === listType) {
    a.insert(Number(at), x);
    return null;
  }
  return callMethod(a, "insert", [at, x]) === EXC ? EXC : null;
}

type Arguments = [a: Value, x: Value, lo?: Value, hi?: Value, key?: Value];
const TEXT = "($module, /, a, x, lo=0, hi=None, *, key=None)";

export const bisectModule = newModule("_bisect", {
  doc: "Bisection algorithms.",
  functions: () => ({
    bisect_right: fn(TEXT, (...[a, x, lo, hi, key]: Arguments) => bisect(a, x, lo, hi, key, true)),
    bisect_left: fn(TEXT, (...[a, x, lo, hi, key]: Arguments) => bisect(a, x, lo, hi, key, false)),
    insort_right: fn(TEXT, (...[a, x, lo, hi, key]: Arguments) => insort(a, x, lo, hi, key, true)),
    insort_left: fn(TEXT, (...[a, x, lo, hi, key]: Arguments) => insort(a, x, lo, hi, key, false)),
  }),
});
