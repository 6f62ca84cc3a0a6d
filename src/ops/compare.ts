/** Comparison, identity, membership. */
import type { CompareOp, Result, Value } from "../objects/core.ts";
import { EXC } from "../objects/core.ts";
import { PyDict } from "../objects/dict.ts";
import type { PyFloat } from "../objects/float.ts";
import { isTrue, richCompare } from "../objects/protocol/object.ts";
import { contains } from "../objects/protocol/sequence.ts";
import { PySet } from "../objects/set.ts";
import { dictType, frozensetType, setType, typeOf } from "../objects/types.ts";
import { isSame } from "../objects/identity.ts";
import { specializeCompareOp } from "../interp/specialize/compare-op.ts";
import { specializeContainsOp } from "../interp/specialize/contains-op.ts";
import { frameForCompare, frameForContains, isNoted } from "../interp/operator-methods.ts";
import type { PyFunction } from "../objects/function.ts";
import { adapt, cache, code, enter, exitUnless, oparg, pc, s } from "./context.ts";
import { guard, instruction, operation, specialized, specializedControl } from "./language.ts";
import { GUARD_BOTH_FLOAT, GUARD_BOTH_INT, GUARD_BOTH_STR } from "./binary.ts";

/** The argument: operator << 5, bit 4: the result is wanted as a bool. */
export const COMPARE_OP = instruction(
  operation("calls", (left: Value, right: Value): Result => {
    adapt(specializeCompareOp(code, pc, left, right));
    const result = richCompare(left, right, (oparg >> 5) as CompareOp);
    return (oparg & 16) !== 0 && typeof result !== "boolean" && result !== EXC ? isTrue(result) : result;
  }),
);
export const COMPARE_INT = operation("pure", (left: number, right: number): Value => {
  switch (oparg >> 5) {
    case 0:
      return left < right;
    case 1:
      return left <= right;
    case 2:
      return left === right;
    case 3:
      return left !== right;
    case 4:
      return left > right;
    default:
      return left >= right;
  }
});
export const COMPARE_OP_INT = specialized("COMPARE_OP", GUARD_BOTH_INT, COMPARE_INT);
export const COMPARE_FLOAT = operation("pure", (left: PyFloat, right: PyFloat): Value => {
  switch (oparg >> 5) {
    case 0:
      return left.value < right.value;
    case 1:
      return left.value <= right.value;
    case 2:
      return left.value === right.value;
    case 3:
      return left.value !== right.value;
    case 4:
      return left.value > right.value;
    default:
      return left.value >= right.value;
  }
});
export const COMPARE_OP_FLOAT = specialized("COMPARE_OP", GUARD_BOTH_FLOAT, COMPARE_FLOAT);
export const COMPARE_STR = operation(
  "pure",
  (left: string, right: string): Value => (left === right) === (oparg >> 5 === 2),
);
/** Equality and inequality only. */
export const COMPARE_OP_STR = specialized("COMPARE_OP", GUARD_BOTH_STR, COMPARE_STR);

export const IS_OP = instruction(
  operation("pure", (left: Value, right: Value): Value => {
    return oparg === 1 ? !isSame(left, right) : isSame(left, right);
  }),
);
export const COMPARE_OP_METHOD = specializedControl("COMPARE_OP", () => {
  const left = s[sp - 2];
  const right = s[sp - 1];
  exitUnless(
    isNoted(left, cache.version, cache.value, cache.extra) && typeOf(right).version === cache.version2,
    "other classes",
  );
  const callee = frameForCompare(cache.value as PyFunction, left, right, oparg);
  sp -= 2;
  enter(callee);
});

export const CONTAINS_OP = instruction(
  operation("calls", (left: Value, right: Value): Result => {
    adapt(specializeContainsOp(code, pc, right));
    const found = contains(right, left);
    return found === EXC || oparg === 0 ? found : !found;
  }),
);
export const CONTAINS_OP_METHOD = specializedControl("CONTAINS_OP", () => {
  const container = s[sp - 1];
  exitUnless(isNoted(container, cache.version, cache.value, cache.extra), "other class");
  const callee = frameForContains(cache.value as PyFunction, s[sp - 2], container, oparg);
  sp -= 2;
  enter(callee);
});
export const GUARD_SET = guard((right: Value) =>
  exitUnless(right instanceof PySet && (right.shape.cls === setType || right.shape.cls === frozensetType), "not a set"),
);
export const SET_CONTAINS = operation("calls", (left: Value, right: PySet): Result => {
  const found = right.has(left);
  return found === EXC || oparg === 0 ? found : !found;
});
export const CONTAINS_OP_SET = specialized("CONTAINS_OP", GUARD_SET, SET_CONTAINS);
export const GUARD_RIGHT_DICT = guard((right: Value) =>
  exitUnless(right instanceof PyDict && right.shape.cls === dictType, "not a dict"),
);
export const DICT_CONTAINS = operation("calls", (left: Value, right: PyDict): Result => {
  const found = right.has(left);
  return found === EXC || oparg === 0 ? found : !found;
});
export const CONTAINS_OP_DICT = specialized("CONTAINS_OP", GUARD_RIGHT_DICT, DICT_CONTAINS);
