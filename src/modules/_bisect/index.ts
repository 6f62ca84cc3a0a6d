/** The module `_bisect`: search in sorted sequences. */
import { EXC, type Exc, type Result, type Status, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { valueError } from "../../objects/errors.ts";
import { PyList } from "../../objects/list.ts";
import { call1, callMethod } from "../../objects/protocol/call.ts";
import { length } from "../../objects/protocol/object.ts";
import { sequenceItem } from "../../objects/protocol/sequence.ts";
import { listType, typeOf } from "../../objects/types.ts";
import { asSsize } from "../support/arguments.ts";
import { lessThan } from "../support/order.ts";

/** Where `x` belongs in `a[lo:hi]`: after its equals when `right`, before them otherwise. */
function bisect(
  a: Value,
  x: Value,
  lo: Value | undefined,
  hi: Value | undefined,
  key: Value | undefined,
  right: boolean,
): number | Exc {
  let low: number | Exc = lo === undefined ? 0 : asSsize(lo);
  if (low === EXC) return EXC;
  if (low < 0) return valueError("lo must be non-negative");
  let high: number | Exc = hi === undefined || hi === null ? -1 : asSsize(hi);
  if (high === EXC) return EXC;
  if (high === -1) {
    high = length(a);
    if (high === EXC) return EXC;
  }
  while (low < high) {
    const middle: number = Math.floor((low + high) / 2);
    let item: Result = a instanceof PyList && middle < a.length ? a.at(middle) : sequenceItem(a, middle);
    if (item === EXC) return EXC;
    if (key !== undefined && key !== null) {
      item = call1(key, item);
      if (item === EXC) return EXC;
    }
    const less: boolean | Exc = right ? lessThan(x, item) : lessThan(item, x);
    if (less === EXC) return EXC;
    if (less === right) high = middle;
    else low = middle + 1;
  }
  return low;
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
    a.insert(at, x);
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
