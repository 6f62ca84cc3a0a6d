/**
 * Calls. Stack: callable, self or NULL, arguments. A specialised call of a Python function pushes a frame; one of a
 * native function calls its implementation directly.
 */
import type { Result, Value } from "../objects/core.ts";
import { EXC, PyType } from "../objects/core.ts";
import type { PyBuiltin } from "../objects/builtin.ts";
import type { MethodDescriptor } from "../objects/descriptors.ts";
import { PyFunction } from "../objects/function.ts";
import { PyList } from "../objects/list.ts";
import { PyMethod } from "../objects/method.ts";
import { isInstance, length, str } from "../objects/protocol/object.ts";
import { listFromIterable } from "../objects/protocol/iter.ts";
import { PyTuple, newTuple } from "../objects/tuple.ts";
import { listType, strType, tupleType, typeOf } from "../objects/types.ts";
import { callIntrinsic1, callIntrinsic2 } from "../interp/intrinsics.ts";
import { callEx, callVector, pythonCallee, pythonCalleeEx } from "../interp/calls.ts";
import { frameForInit } from "../interp/init-frame.ts";
import { makeFunction, setFunctionAttribute } from "../interp/make-function.ts";
import { framePlain } from "../interp/push-frame.ts";
import { adaptCallEx } from "../interp/specialize/call-ex.ts";
import { frameForEx } from "../interp/call-ex-frame.ts";
import { type ArgumentPlan, specializeCallKw } from "../interp/specialize/call-kw.ts";
import { placeArguments } from "../interp/place-arguments.ts";
import { specializeCall } from "../interp/specialize/call.ts";
import { adapt, cache, code, enter, error, exitUnless, frame, next, oparg, pc, s } from "./context.ts";
import { control, instruction, operation, specializedControl } from "./language.ts";

export const CALL = control(() => {
  adapt(specializeCall(code, pc, s, sp, oparg));
  frame.pc = pc;
  const callee = pythonCallee(s, sp, oparg, null);
  if (callee === EXC) error();
  if (callee !== undefined) {
    sp -= oparg + 2;
    enter(callee);
  }
  const result = callVector(s, sp, oparg, null);
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});
/** The names of the last arguments lie on top, as a tuple. */
export const CALL_KW = control(() => {
  adapt(specializeCallKw(code, pc, s, sp, oparg));
  frame.pc = pc;
  const kwnames = (s[--sp] as PyTuple).items as string[];
  const callee = pythonCallee(s, sp, oparg, kwnames);
  if (callee === EXC) error();
  if (callee !== undefined) {
    sp -= oparg + 2;
    enter(callee);
  }
  const result = callVector(s, sp, oparg, kwnames);
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});
export const CALL_KW_PY = specializedControl("CALL_KW", () => {
  const callable = s[sp - oparg - 3];
  exitUnless(callable instanceof PyFunction && callable.version === cache.version, "other function");
  const first = s[sp - oparg - 2] === undefined ? sp - 1 - oparg : sp - 2 - oparg;
  exitUnless(sp - 1 - first === cache.index, "other number of arguments");
  const callee = framePlain(callable as PyFunction);
  placeArguments(callee, s, first, cache.value as ArgumentPlan);
  sp -= oparg + 3;
  enter(callee);
});
export const CALL_KW_BOUND_METHOD = specializedControl("CALL_KW", () => {
  const callable = s[sp - oparg - 3];
  exitUnless(callable instanceof PyMethod && s[sp - oparg - 2] === undefined, "not a bound method");
  const { func, self } = callable as PyMethod;
  exitUnless(func instanceof PyFunction && func.version === cache.version, "other function");
  const callee = framePlain(func as PyFunction);
  s[sp - oparg - 2] = self;
  placeArguments(callee, s, sp - oparg - 2, cache.value as ArgumentPlan);
  sp -= oparg + 3;
  enter(callee);
});
export const CALL_KW_NON_PY = specializedControl("CALL_KW", () => {
  const callable = s[sp - oparg - 3];
  exitUnless(!(callable instanceof PyFunction) && !(callable instanceof PyMethod), "a Python function");
  frame.pc = pc;
  const result = callVector(s, sp - 1, oparg, (s[sp - 1] as PyTuple).items as string[]);
  if (result === EXC) error();
  sp -= oparg + 2;
  s[sp - 1] = result;
  next();
});
/** Stack: callable, NULL, tuple or iterable of arguments, dict of keywords or NULL. */
export const CALL_FUNCTION_EX = control(() => {
  frame.pc = pc;
  adaptCallEx(code, pc, s[sp - 4]);
  const callee = pythonCalleeEx(s[sp - 4], s[sp - 2], s[sp - 1]);
  if (callee === EXC) error();
  if (callee !== undefined) {
    sp -= 4;
    enter(callee);
  }
  const result = callEx(s[sp - 4], s[sp - 2], s[sp - 1]);
  if (result === EXC) error();
  sp -= 3;
  s[sp - 1] = result;
  next();
});

/** A Python function with a tuple, and a dict or nothing: what wrappers do. */
export const CALL_FUNCTION_EX_PY = specializedControl("CALL_FUNCTION_EX", () => {
  const callable = s[sp - 4];
  const func = callable instanceof PyMethod ? callable.func : callable;
  exitUnless(func instanceof PyFunction && func.version === cache.version, "other function");
  exitUnless(s[sp - 2] instanceof PyTuple, "arguments not in a tuple");
  frame.pc = pc;
  const callee = frameForEx(callable, func as PyFunction, s[sp - 2] as PyTuple, s[sp - 1]);
  if (callee === EXC) error();
  sp -= 4;
  enter(callee!);
});
export const CALL_FUNCTION_EX_NON_PY = specializedControl("CALL_FUNCTION_EX", () => {
  const callable = s[sp - 4];
  exitUnless(!(callable instanceof PyFunction) && !(callable instanceof PyMethod), "a Python function");
  frame.pc = pc;
  const result = callEx(callable, s[sp - 2], s[sp - 1]);
  if (result === EXC) error();
  sp -= 3;
  s[sp - 1] = result;
  next();
});

// ── Python callees ─────────────────────────────────────────────────────────────────────────────────────────
export const CALL_PY_EXACT_ARGS = specializedControl("CALL", () => {
  const callable = s[sp - oparg - 2];
  exitUnless(callable instanceof PyFunction && callable.version === cache.version, "other function");
  const first = s[sp - oparg - 1] === undefined ? sp - oparg : sp - oparg - 1;
  exitUnless(sp - first === cache.index, "other number of arguments");
  const callee = framePlain(callable as PyFunction);
  const to = callee.s;
  for (let i = first; i < sp; i++) to[i - first] = s[i];
  sp -= oparg + 2;
  enter(callee);
});
export const CALL_BOUND_METHOD_EXACT_ARGS = specializedControl("CALL", () => {
  const callable = s[sp - oparg - 2];
  exitUnless(callable instanceof PyMethod && s[sp - oparg - 1] === undefined, "not a bound method");
  const { func, self } = callable as PyMethod;
  exitUnless(func instanceof PyFunction && func.version === cache.version, "other function");
  const callee = framePlain(func as PyFunction);
  const to = callee.s;
  to[0] = self;
  for (let i = 0; i < oparg; i++) to[i + 1] = s[sp - oparg + i];
  sp -= oparg + 2;
  enter(callee);
});
export const CALL_PY_GENERAL = specializedControl("CALL", () => {
  const callable = s[sp - oparg - 2];
  exitUnless(callable instanceof PyFunction && callable.version === cache.version, "other function");
  frame.pc = pc;
  const callee = pythonCallee(s, sp, oparg, null);
  if (callee === EXC) error();
  sp -= oparg + 2;
  enter(callee!);
});
export const CALL_BOUND_METHOD_GENERAL = specializedControl("CALL", () => {
  const callable = s[sp - oparg - 2];
  exitUnless(callable instanceof PyMethod && s[sp - oparg - 1] === undefined, "not a bound method");
  exitUnless((callable as PyMethod).func instanceof PyFunction, "not a Python method");
  frame.pc = pc;
  const callee = pythonCallee(s, sp, oparg, null);
  if (callee === EXC) error();
  sp -= oparg + 2;
  enter(callee!);
});
/** A class with `__init__` written in Python: the instance is made here, the frame runs `__init__`. */
export const CALL_ALLOC_AND_ENTER_INIT = specializedControl("CALL", () => {
  const callable = s[sp - oparg - 2];
  exitUnless(callable instanceof PyType && callable.version === cache.version, "other class");
  exitUnless(s[sp - oparg - 1] === undefined, "has a self");
  frame.pc = pc;
  const callee = frameForInit(callable as PyType, cache.value as PyFunction, s, sp, oparg);
  if (callee === EXC) error();
  sp -= oparg + 2;
  enter(callee);
});

// ── native callees ─────────────────────────────────────────────────────────────────────────────────────────
export const CALL_TYPE_1 = specializedControl("CALL", () => {
  exitUnless(s[sp - 3] === cache.guard && s[sp - 2] === undefined, "not type");
  s[sp - 3] = typeOf(s[sp - 1]);
  sp -= 2;
  next();
});
export const CALL_STR_1 = specializedControl("CALL", () => {
  exitUnless(s[sp - 3] === strType && s[sp - 2] === undefined, "not str");
  frame.pc = pc;
  const text = str(s[sp - 1]);
  if (text === EXC) error();
  s[sp - 3] = text;
  sp -= 2;
  next();
});
export const CALL_TUPLE_1 = specializedControl("CALL", () => {
  exitUnless(s[sp - 3] === tupleType && s[sp - 2] === undefined, "not tuple");
  frame.pc = pc;
  const source = s[sp - 1];
  const items = typeOf(source) === tupleType ? source : listFromIterable(source);
  if (items === EXC) error();
  s[sp - 3] = Array.isArray(items) ? newTuple(items) : (items as Value);
  sp -= 2;
  next();
});
/** Any other native class. */
export const CALL_BUILTIN_CLASS = specializedControl("CALL", () => {
  exitUnless(s[sp - oparg - 2] === cache.guard, "other class");
  frame.pc = pc;
  const result = callVector(s, sp, oparg, null);
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});
export const CALL_BUILTIN_O = specializedControl("CALL", () => {
  exitUnless(s[sp - 3] === cache.guard && s[sp - 2] === undefined, "other function");
  frame.pc = pc;
  const result = (cache.value as (a: Value) => Result)(s[sp - 1]);
  if (result === EXC) error();
  s[sp - 3] = result;
  sp -= 2;
  next();
});
export const CALL_BUILTIN_FAST = specializedControl("CALL", () => {
  exitUnless(s[sp - oparg - 2] === cache.guard && s[sp - oparg - 1] === undefined, "other function");
  frame.pc = pc;
  const result =
    oparg === 2
      ? (cache.value as (a: Value, b: Value) => Result)(s[sp - 2], s[sp - 1])
      : (cache.value as (...args: Value[]) => Result)(...s.slice(sp - oparg, sp));
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});
export const CALL_BUILTIN_FAST_WITH_KEYWORDS = specializedControl("CALL", () => {
  const callable = s[sp - oparg - 2];
  exitUnless(callable === cache.guard && s[sp - oparg - 1] === undefined, "other function");
  frame.pc = pc;
  const f = callable as PyBuiltin;
  const result = f.def.call(f.self, s.slice(sp - oparg, sp), null);
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});
export const CALL_LEN = specializedControl("CALL", () => {
  exitUnless(s[sp - 3] === cache.guard && s[sp - 2] === undefined, "not len");
  frame.pc = pc;
  const n = length(s[sp - 1]);
  if (n === EXC) error();
  s[sp - 3] = n;
  sp -= 2;
  next();
});
export const CALL_ISINSTANCE = specializedControl("CALL", () => {
  exitUnless(s[sp - 4] === cache.guard && s[sp - 3] === undefined, "not isinstance");
  frame.pc = pc;
  const result = isInstance(s[sp - 2], s[sp - 1]);
  if (result === EXC) error();
  s[sp - 4] = result;
  sp -= 3;
  next();
});
export const CALL_LIST_APPEND = specializedControl("CALL", () => {
  const self = s[sp - 2];
  exitUnless(s[sp - 3] === cache.guard && self instanceof PyList && self.shape.cls === listType, "not list.append");
  (self as PyList).push(s[sp - 1]);
  s[sp - 3] = null;
  sp -= 2;
  next();
});
export const CALL_METHOD_DESCRIPTOR_NOARGS = specializedControl("CALL", () => {
  const self = s[sp - 1];
  exitUnless(s[sp - 2] === cache.guard && self !== undefined && typeOf(self) === cache.extra, "other method");
  frame.pc = pc;
  const result = (cache.value as (self: Value) => Result)(self);
  if (result === EXC) error();
  s[sp - 2] = result;
  sp--;
  next();
});
export const CALL_METHOD_DESCRIPTOR_O = specializedControl("CALL", () => {
  const self = s[sp - 2];
  exitUnless(s[sp - 3] === cache.guard && self !== undefined && typeOf(self) === cache.extra, "other method");
  frame.pc = pc;
  const result = (cache.value as (self: Value, a: Value) => Result)(self, s[sp - 1]);
  if (result === EXC) error();
  s[sp - 3] = result;
  sp -= 2;
  next();
});
export const CALL_METHOD_DESCRIPTOR_FAST = specializedControl("CALL", () => {
  const self = s[sp - oparg - 1];
  exitUnless(s[sp - oparg - 2] === cache.guard && self !== undefined && typeOf(self) === cache.extra, "other method");
  frame.pc = pc;
  const result =
    oparg === 2
      ? (cache.value as (self: Value, a: Value, b: Value) => Result)(self, s[sp - 2], s[sp - 1])
      : (cache.value as (...args: Value[]) => Result)(...s.slice(sp - oparg - 1, sp));
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});
export const CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS = specializedControl("CALL", () => {
  const self = s[sp - oparg - 1];
  exitUnless(s[sp - oparg - 2] === cache.guard && self !== undefined && typeOf(self) === cache.extra, "other method");
  frame.pc = pc;
  const result = (s[sp - oparg - 2] as MethodDescriptor).def.call(self, s.slice(sp - oparg, sp), null);
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});
export const CALL_NON_PY_GENERAL = specializedControl("CALL", () => {
  const callable = s[sp - oparg - 2];
  exitUnless(!(callable instanceof PyFunction) && !(callable instanceof PyMethod), "a Python function");
  frame.pc = pc;
  const result = callVector(s, sp, oparg, null);
  if (result === EXC) error();
  sp -= oparg + 1;
  s[sp - 1] = result;
  next();
});

// ── intrinsics, functions ──────────────────────────────────────────────────────────────────────────────────
export const CALL_INTRINSIC_1 = instruction(
  operation("calls", (value: Value): Result => callIntrinsic1(oparg, value, frame)),
);
export const CALL_INTRINSIC_2 = instruction(
  operation("calls", (first: Value, second: Value): Result => {
    return callIntrinsic2(oparg, first, second);
  }),
);
export const MAKE_FUNCTION = instruction(
  operation("reads", (codeObject: Value): Value => makeFunction(frame, codeObject)),
);
export const SET_FUNCTION_ATTRIBUTE = instruction(
  operation("writes", (attribute: Value, func: Value): Value => {
    return setFunctionAttribute(func as PyFunction, oparg, attribute);
  }),
);
