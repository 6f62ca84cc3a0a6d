/** Two things that must both happen, such as flushing and closing: a second failure keeps the first as its context. */
import { EXC, type Result } from "../../objects/core.ts";
import type { PyBaseException } from "../../objects/exceptions/base.ts";
import { rt } from "../../objects/runtime.ts";

/** Takes the pending exception out; null when `result` is no failure. */
export function setAside(result: Result): PyBaseException | null {
  if (result !== EXC) return null;
  const { exc } = rt;
  rt.exc = null;
  return exc;
}
/** The second step's result, or the first's failure, chained. */
export function chained(first: PyBaseException | null, second: Result): Result {
  if (first === null) return second;
  if (second === EXC && rt.exc !== null && rt.exc !== first) {
    if (rt.exc.context === null) rt.exc.context = first;
  } else rt.exc = first;
  return EXC;
}
