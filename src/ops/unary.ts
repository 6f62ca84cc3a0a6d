/** Unary operators and truth. */
import type { Result, Value } from "../objects/core.ts";
import { PyList } from "../objects/list.ts";
import { listType } from "../objects/types.ts";
import { invert, negative } from "../objects/protocol/number.ts";
import { isTrue } from "../objects/protocol/object.ts";
import { specializeToBool } from "../interp/specialize/to-bool.ts";
import { PyInstance } from "../objects/instance.ts";
import { frameForTruth, isNoted } from "../interp/operator-methods.ts";
import type { PyFunction } from "../objects/function.ts";
import { adapt, cache, code, enter, exitUnless, pc, s } from "./context.ts";
import { guard, instruction, operation, specialized, specializedControl } from "./language.ts";

export const UNARY_NEGATIVE = instruction(
  operation("calls", (value: Value): Result => {
    return typeof value === "number" && value !== 0 ? -value : negative(value);
  }),
);
export const UNARY_INVERT = instruction(operation("calls", (value: Value): Result => invert(value)));
export const UNARY_NOT = instruction(operation("pure", (value: boolean): Value => !value));

export const TO_BOOL = instruction(
  operation("calls", (value: Value): Result => {
    adapt(specializeToBool(code, pc, value));
    return isTrue(value);
  }),
);
export const GUARD_BOOL = guard((value: Value) => exitUnless(typeof value === "boolean", "not a bool"));
export const KEEP = operation("pure", (value: Value): Value => value);
export const TO_BOOL_BOOL = specialized("TO_BOOL", GUARD_BOOL, KEEP);
export const TO_BOOL_METHOD = specializedControl("TO_BOOL", () => {
  const value = s[sp - 1];
  exitUnless(isNoted(value, cache.version, cache.value, cache.extra), "other class");
  const callee = frameForTruth(cache.value as PyFunction, value, cache.index);
  sp -= 1;
  enter(callee);
});
export const GUARD_SMALL_INT = guard((value: Value) => exitUnless(typeof value === "number", "not a small int"));
export const INT_TO_BOOL = operation("pure", (value: number): Value => value !== 0);
export const TO_BOOL_INT = specialized("TO_BOOL", GUARD_SMALL_INT, INT_TO_BOOL);
export const GUARD_LIST = guard((value: Value) =>
  exitUnless(value instanceof PyList && value.shape.cls === listType, "not a list"),
);
export const LIST_TO_BOOL = operation("reads", (value: PyList): Value => value.length !== 0);
export const TO_BOOL_LIST = specialized("TO_BOOL", GUARD_LIST, LIST_TO_BOOL);
export const GUARD_NONE = guard((value: Value) => exitUnless(value === null, "not None"));
export const NONE_TO_BOOL = operation("pure", (value: null): Value => value !== null);
export const TO_BOOL_NONE = specialized("TO_BOOL", GUARD_NONE, NONE_TO_BOOL);
export const GUARD_STR = guard((value: Value) => exitUnless(typeof value === "string", "not a str"));
export const STR_TO_BOOL = operation("pure", (value: string): Value => value !== "");
export const TO_BOOL_STR = specialized("TO_BOOL", GUARD_STR, STR_TO_BOOL);
/** Instances of a class without `__bool__` and `__len__`, or None in their place, as in `if self.left:`. */
export const GUARD_TRUE_CLASS = guard((value: Value) => {
  exitUnless(
    value === null || (value instanceof PyInstance && value.shape.cls.version === cache.version),
    "other class",
  );
});
export const ALWAYS_TRUE = operation("pure", (value: Value): Value => value !== null);
export const TO_BOOL_ALWAYS_TRUE = specialized("TO_BOOL", GUARD_TRUE_CLASS, ALWAYS_TRUE);
