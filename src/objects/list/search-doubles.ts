/** Search, order and text of lists of raw doubles. Nothing here runs Python code. */
import { type CompareOp, EQ, GE, GT, LE, LT, NE, type Value } from "../core.ts";
import { PyFloat } from "../float.ts";
import { floatRepr } from "../numeric/float-repr.ts";
import { floatType } from "../types.ts";

/** What a double must be to equal `value`; undefined: nothing does; null: only the value itself knows. */
function doubleOf(value: Value): number | undefined | null {
  if (value instanceof PyFloat && value.shape === floatType.shapes) return value.value;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  return value === null || typeof value === "string" ? undefined : null;
}

/** The first index whose double equals `value`; -1 when there is none; null when it must be compared as an object. */
export function findDouble(doubles: readonly number[], value: Value): number | null {
  const wanted = doubleOf(value);
  return wanted === null ? null : wanted === undefined ? -1 : doubles.indexOf(wanted);
}

export function countDouble(doubles: readonly number[], value: Value): number | null {
  const wanted = doubleOf(value);
  if (wanted === null) return null;
  let count = 0;
  for (let i = 0; i < doubles.length; i++) if (doubles[i] === wanted) count++;
  return count;
}

export function compareDoubles(a: readonly number[], b: readonly number[], op: CompareOp): boolean {
  if (a.length !== b.length && (op === EQ || op === NE)) return op === NE;
  const common = Math.min(a.length, b.length);
  let i = 0;
  while (i < common && a[i] === b[i]) i++;
  const x = i < common ? a[i] : a.length;
  const y = i < common ? b[i] : b.length;
  switch (op) {
    case EQ:
      return x === y;
    case NE:
      return x !== y;
    case LT:
      return x < y;
    case LE:
      return x <= y;
    case GT:
      return x > y;
    case GE:
      return x >= y;
    default:
      throw new Error(`no comparison: ${String(op)}`);
  }
}

export function reprDoubles(doubles: readonly number[]): string {
  return `[${doubles.map((x) => floatRepr(x)).join(", ")}]`;
}
