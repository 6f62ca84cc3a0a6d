/** Order and equality of byte contents. */
import { type CompareOp, EQ, GE, GT, LE, LT, NE } from "../core.ts";

export function compareContents(a: string, b: string, op: CompareOp): boolean {
  switch (op) {
    case EQ:
      return a === b;
    case NE:
      return a !== b;
    case LT:
      return a < b;
    case LE:
      return a <= b;
    case GT:
      return a > b;
    case GE:
      return a >= b;
  }
}
