/** Binary operators, subscription included (BINARY_OP with NB_SUBSCR), and stores to subscripts. */
import type { Result, Status, Value } from "../objects/core.ts";
import { PyDict } from "../objects/dict.ts";
import { PyFloat, newFloat } from "../objects/float.ts";
import { PyList } from "../objects/list.ts";
import { listSlice } from "../objects/list/slices.ts";
import { add as addInts, mul as multiplyInts, sub as subtractInts } from "../objects/numeric/int-math.ts";
import { delItem, setItem } from "../objects/protocol/sequence.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import { dictType, floatType, listType, tupleType, typeOf } from "../objects/types.ts";
import { binaryOperators } from "../interp/binary-operators.ts";
import { getDictItem } from "../interp/dict-item.ts";
import { frameForBinary, frameForStore, isNoted } from "../interp/operator-methods.ts";
import { framePlain } from "../interp/push-frame.ts";
import { specializeBinaryOp } from "../interp/specialize/binary-op.ts";
import { specializeStoreSubscr } from "../interp/specialize/store-subscr.ts";
import type { PyFunction } from "../objects/function.ts";
import { sliceBetween, storeBetween } from "../interp/slices.ts";
import { adapt, cache, code, enter, exitUnless, oparg, pc, s } from "./context.ts";
import { guard, instruction, operation, specialized, specializedControl } from "./language.ts";

export const BINARY_OP = instruction(
  operation("calls", (left: Value, right: Value): Result => {
    adapt(specializeBinaryOp(code, pc, left, right, oparg));
    return binaryOperators[oparg](left, right);
  }),
);

// ── ints, floats, strings ──────────────────────────────────────────────────────────────────────────────────
export const GUARD_BOTH_INT = guard((left: Value, right: Value) => {
  exitUnless(typeof left === "number" && typeof right === "number", "not two small ints");
});
export const ADD_INT = operation("pure", (left: number, right: number): Value => {
  const sum = left + right;
  return sum <= 9007199254740991 && sum >= -9007199254740991 ? sum : addInts(left, right);
});
export const SUBTRACT_INT = operation("pure", (left: number, right: number): Value => {
  const difference = left - right;
  return difference <= 9007199254740991 && difference >= -9007199254740991 ? difference : subtractInts(left, right);
});
export const MULTIPLY_INT = operation("pure", (left: number, right: number): Value => {
  const product = left * right;
  // `+ 0` makes 0 of -0.
  return product <= 9007199254740991 && product >= -9007199254740991 ? product + 0 : multiplyInts(left, right);
});
export const BINARY_OP_ADD_INT = specialized("BINARY_OP", GUARD_BOTH_INT, ADD_INT);
export const BINARY_OP_SUBTRACT_INT = specialized("BINARY_OP", GUARD_BOTH_INT, SUBTRACT_INT);
export const BINARY_OP_MULTIPLY_INT = specialized("BINARY_OP", GUARD_BOTH_INT, MULTIPLY_INT);

export const GUARD_BOTH_FLOAT = guard((left: Value, right: Value) => {
  exitUnless(left instanceof PyFloat && right instanceof PyFloat, "not two floats");
  exitUnless(
    (left as PyFloat).shape === floatType.shapes && (right as PyFloat).shape === floatType.shapes,
    "a subclass",
  );
});
export const ADD_FLOAT = operation(
  "pure",
  (left: PyFloat, right: PyFloat): Value => newFloat(left.value + right.value),
);
export const SUBTRACT_FLOAT = operation(
  "pure",
  (left: PyFloat, right: PyFloat): Value => newFloat(left.value - right.value),
);
export const MULTIPLY_FLOAT = operation(
  "pure",
  (left: PyFloat, right: PyFloat): Value => newFloat(left.value * right.value),
);
export const BINARY_OP_ADD_FLOAT = specialized("BINARY_OP", GUARD_BOTH_FLOAT, ADD_FLOAT);
export const BINARY_OP_SUBTRACT_FLOAT = specialized("BINARY_OP", GUARD_BOTH_FLOAT, SUBTRACT_FLOAT);
export const BINARY_OP_MULTIPLY_FLOAT = specialized("BINARY_OP", GUARD_BOTH_FLOAT, MULTIPLY_FLOAT);

export const GUARD_BOTH_STR = guard((left: Value, right: Value) => {
  exitUnless(typeof left === "string" && typeof right === "string", "not two str");
});
export const ADD_STR = operation("calls", (left: string, right: string): Value => left + right);
export const BINARY_OP_ADD_UNICODE = specialized("BINARY_OP", GUARD_BOTH_STR, ADD_STR);
/** Strings are immutable here too: nothing to do in place. */
export const BINARY_OP_INPLACE_ADD_UNICODE = specialized("BINARY_OP", GUARD_BOTH_STR, ADD_STR);

/** Operand types of some other pair that has an operation of its own: `cache.value` is that operation. */
export const GUARD_BOTH_TYPES = guard((left: Value, right: Value) => {
  exitUnless((cache.guard as (a: Value, b: Value) => boolean)(left, right), "other operand types");
});
export const EXTENDED_OPERATION = operation("calls", (left: Value, right: Value): Result => {
  return (cache.value as (a: Value, b: Value) => Result)(left, right);
});
export const BINARY_OP_EXTEND = specialized("BINARY_OP", GUARD_BOTH_TYPES, EXTENDED_OPERATION);

// ── subscription ───────────────────────────────────────────────────────────────────────────────────────────
export const GUARD_LIST_INDEX = guard((left: Value, right: Value) => {
  exitUnless(
    left instanceof PyList && typeof right === "number" && left.shape.cls === listType,
    "not list and small int",
  );
  const list = left as PyList;
  exitUnless(
    (right as number) >= 0 && (right as number) < (list.isFloat ? list.doubles.length : list.storage.length),
    "index out of range",
  );
});
export const LIST_ITEM = operation(
  "reads",
  (left: PyList, right: number): Value =>
    left.isFloat ? newFloat(left.doubles[right]) : (left.storage[right] as Value),
);
export const BINARY_OP_SUBSCR_LIST_INT = specialized("BINARY_OP", GUARD_LIST_INDEX, LIST_ITEM);

export const GUARD_LIST_SLICE = guard((left: Value, right: Value) => {
  exitUnless(left instanceof PyList && right instanceof PySlice && left.shape.cls === listType, "not list and slice");
});
export const LIST_SLICE = operation("calls", (left: PyList, right: PySlice): Result => listSlice(left, right));
export const BINARY_OP_SUBSCR_LIST_SLICE = specialized("BINARY_OP", GUARD_LIST_SLICE, LIST_SLICE);

export const GUARD_TUPLE_INDEX = guard((left: Value, right: Value) => {
  exitUnless(
    left instanceof PyTuple && typeof right === "number" && left.shape.cls === tupleType,
    "not tuple and small int",
  );
  exitUnless((right as number) >= 0 && (right as number) < (left as PyTuple).items.length, "index out of range");
});
export const TUPLE_ITEM = operation("pure", (left: PyTuple, right: number): Value => left.items[right]);
export const BINARY_OP_SUBSCR_TUPLE_INT = specialized("BINARY_OP", GUARD_TUPLE_INDEX, TUPLE_ITEM);

export const GUARD_STR_INDEX = guard((left: Value, right: Value) => {
  exitUnless(typeof left === "string" && typeof right === "number", "not str and small int");
  exitUnless((right as number) >= 0 && (right as number) < (left as string).length, "index out of range");
});
export const STR_ITEM = operation("pure", (left: string, right: number): Value => left[right]);
export const BINARY_OP_SUBSCR_STR_INT = specialized("BINARY_OP", GUARD_STR_INDEX, STR_ITEM);

export const GUARD_DICT = guard((left: Value) => {
  exitUnless(left instanceof PyDict && left.shape.cls === dictType, "not a dict");
});
export const DICT_ITEM = operation("calls", (left: PyDict, right: Value): Result => getDictItem(left, right));
export const BINARY_OP_SUBSCR_DICT = specialized("BINARY_OP", GUARD_DICT, DICT_ITEM);

/** `__getitem__` written in Python runs on a frame of its own. */
/** The class of an operand has the operator as a method written in Python: `cache.value`, with the code `extra`. */
export const BINARY_OP_METHOD = specializedControl("BINARY_OP", () => {
  const left = s[sp - 2];
  const right = s[sp - 1];
  exitUnless(
    isNoted(left, cache.version, cache.value, cache.extra) && typeOf(right).version === cache.version2,
    "other classes",
  );
  const callee = frameForBinary(cache.value as PyFunction, left, right, oparg, cache.index);
  sp -= 2;
  enter(callee);
});
export const BINARY_OP_SUBSCR_GETITEM = specializedControl("BINARY_OP", () => {
  const container = s[sp - 2];
  exitUnless(
    typeof container === "object" && container !== null && container.shape.cls.version === cache.version,
    "other class",
  );
  const callee = framePlain(cache.value as PyFunction);
  callee.s[0] = container;
  callee.s[1] = s[sp - 1];
  sp -= 2;
  enter(callee);
});

export const STORE_SUBSCR = instruction(
  operation("calls", (value: Value, container: Value, key: Value): Status => {
    adapt(specializeStoreSubscr(code, pc, container, key));
    return setItem(container, key, value);
  }),
);
export const GUARD_STORE_LIST = guard((container: Value, key: Value) => {
  exitUnless(
    container instanceof PyList && typeof key === "number" && container.shape.cls === listType,
    "not list and small int",
  );
  const list = container as PyList;
  exitUnless(
    (key as number) >= 0 && (key as number) < (list.isFloat ? list.doubles.length : list.storage.length),
    "index out of range",
  );
});
export const STORE_LIST_ITEM = operation("writes", (value: Value, container: PyList, key: number): void => {
  if (container.isFloat) container.set(key, value);
  else container.storage[key] = value;
});
export const STORE_SUBSCR_LIST_INT = specialized("STORE_SUBSCR", GUARD_STORE_LIST, STORE_LIST_ITEM);
export const STORE_SUBSCR_METHOD = specializedControl("STORE_SUBSCR", () => {
  const container = s[sp - 2];
  exitUnless(isNoted(container, cache.version, cache.value, cache.extra), "other class");
  const callee = frameForStore(cache.value as PyFunction, container, s[sp - 1], s[sp - 3]);
  sp -= 3;
  enter(callee);
});
export const GUARD_STORE_DICT = guard((container: Value) => {
  exitUnless(container instanceof PyDict && container.shape.cls === dictType, "not a dict");
});
export const STORE_DICT_ITEM = operation(
  "calls",
  (value: Value, container: PyDict, key: Value): Status => container.set(key, value),
);
export const STORE_SUBSCR_DICT = specialized("STORE_SUBSCR", GUARD_STORE_DICT, STORE_DICT_ITEM);
export const DELETE_SUBSCR = instruction(
  operation("calls", (container: Value, key: Value): Status => delItem(container, key)),
);
export const BINARY_SLICE = instruction(
  operation("calls", (container: Value, start: Value, stop: Value): Result => sliceBetween(container, start, stop)),
);
export const STORE_SLICE = instruction(
  operation("calls", (value: Value, container: Value, start: Value, stop: Value): Status => {
    return storeBetween(container, start, stop, value);
  }),
);
