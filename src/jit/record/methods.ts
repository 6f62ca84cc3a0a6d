/**
 * Special methods written in Python that an instruction would run by recursion: while a recording is under way they are
 * entered on a frame of their own instead, so that the trace can follow them. What the instruction makes of the result
 * is the interpreter's `RETURN_METHOD`.
 */
import { OPCODE } from "../../generated/metadata.ts";
import { RETURN_DISCARD, RETURN_INIT, RETURN_METHOD } from "../../interp/leave.ts";
import { binaryMethod, compareMethod, methodOf, truthMethod } from "../../interp/operator-methods.ts";
import {
  BINARY_METHOD,
  BOOL_METHOD,
  COMPARE_METHOD,
  CONTAINS_METHOD,
  LENGTH_AS_BOOL_METHOD,
  LENGTH_METHOD,
  type MethodKind,
} from "../../interp/method-result.ts";
import { EXC, PyType, type Value, typeType } from "../../objects/core.ts";
import { PyBaseException } from "../../objects/exceptions/base.ts";
import { baseExceptionNew } from "../../objects/exceptions/base-exception.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { PyFunction } from "../../objects/function.ts";
import { newTuple } from "../../objects/tuple.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { typeOf } from "../../objects/types.ts";
import { familyOf } from "../translate/instructions.ts";
import { type ShapeSeen, shapeOfValue } from "./seen.ts";

/** An instruction's special method. Arguments and data name stack entries by their depth; 1 is the top. */
export interface Method {
  readonly func: PyFunction;
  readonly version: number;
  /** Operands whose class decides that this method runs: depth, shape, version of the class. */
  readonly operands: readonly (readonly [depth: number, shape: ShapeSeen, version: number])[];
  /** Operands that are the callee itself, with its version. */
  readonly constants: readonly (readonly [depth: number, value: PyFunction | PyType, version: number])[];
  readonly args: readonly MethodArg[];
  readonly pops: number;
  readonly onReturn: number;
  /** With RETURN_METHOD: what is made of the result; further data by depth, or values. */
  readonly kind: MethodKind | null;
  readonly data: readonly MethodArg[];
  /** With RETURN_INIT: the class whose instance, an exception, is made first. */
  readonly cls: PyType | null;
}
export type MethodArg =
  | { readonly at: number }
  | { readonly value: Value }
  /** The class, the traceback of the exception at that depth. */
  | { readonly classAt: number }
  | { readonly tracebackAt: number }
  | "instance";

const BARE = { operands: [], constants: [], pops: 0, onReturn: 0, kind: null, data: [], cls: null } as const;
type Stack = readonly (Value | undefined)[];

/** The special method that the instruction before which `frame` stands runs, if it can be entered. */
export function methodAt(frame: PyFrame, op: number, oparg: number): Method | null {
  const { s, sp } = frame;
  switch (familyOf(op)) {
    case "BINARY_OP":
      return oparg === 26 ? null : binary(s, sp, oparg);
    case "COMPARE_OP":
      return comparison(s, sp, oparg);
    case "TO_BOOL":
      return truth(s, sp);
    case "CONTAINS_OP":
      return containsMethod(s, sp, oparg);
    case "STORE_SUBSCR":
      return plainMethod(s, sp, 2, "__setitem__", [2, 1, 3], 3, RETURN_DISCARD);
    case "DELETE_SUBSCR":
      return plainMethod(s, sp, 2, "__delitem__", [2, 1], 2, RETURN_DISCARD);
    case "UNARY_NEGATIVE":
      return plainMethod(s, sp, 1, "__neg__", [1], 1, 0);
    case "UNARY_INVERT":
      return plainMethod(s, sp, 1, "__invert__", [1], 1, 0);
    case "CALL":
      return op === OPCODE.CALL_LEN ? lengthMethod(s, sp) : callMethod(s, sp, oparg);
    case "WITH_EXCEPT_START":
      return exitMethod(s, sp);
    default:
      return null;
  }
}

function operand(s: Stack, sp: number, depth: number): readonly [number, ShapeSeen, number] {
  const value = s[sp - depth] as Value;
  return [depth, shapeOfValue(value), typeOf(value).version];
}
/** Does the function take that many positional arguments, and needs no others? */
function takes(func: PyFunction, count: number): boolean {
  const { argcount, kwonlyargcount } = func.code;
  return count <= argcount && count >= argcount - (func.defaults?.length ?? 0) && kwonlyargcount === 0;
}
interface Shared {
  operands: Method["operands"];
  args: readonly number[];
  pops: number;
}
function withResult(func: PyFunction, shared: Shared, kind: MethodKind, data: readonly MethodArg[]): Method | null {
  if (!takes(func, shared.args.length)) return null;
  const { operands, pops } = shared;
  const args = shared.args.map((at) => ({ at }));
  return { ...BARE, func, version: func.version, operands, args, pops, onReturn: RETURN_METHOD, kind, data };
}
function plainMethod(
  s: Stack,
  sp: number,
  owner: number,
  name: string,
  at: readonly number[],
  pops: number,
  onReturn: number,
): Method | null {
  const func = methodOf(s[sp - owner], name);
  if (func === null || !takes(func, at.length)) return null;
  const args = at.map((depth) => ({ at: depth }));
  const operands = [operand(s, sp, owner)];
  return { ...BARE, func, version: func.version, operands, args, pops, onReturn };
}

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────
function binary(s: Stack, sp: number, oparg: number): Method | null {
  const found = binaryMethod(s[sp - 2] as Value, s[sp - 1] as Value, oparg);
  if (found === null) return null;
  const { func, reflected } = found;
  const shared = { operands: [operand(s, sp, 2), operand(s, sp, 1)], args: reflected ? [1, 2] : [2, 1], pops: 2 };
  return withResult(func, shared, BINARY_METHOD, [{ at: 2 }, { at: 1 }, { value: oparg }, { value: reflected }]);
}
function comparison(s: Stack, sp: number, oparg: number): Method | null {
  const func = compareMethod(s[sp - 2] as Value, s[sp - 1] as Value, oparg);
  if (func === null) return null;
  const shared = { operands: [operand(s, sp, 2), operand(s, sp, 1)], args: [2, 1], pops: 2 };
  return withResult(func, shared, COMPARE_METHOD, [{ at: 2 }, { at: 1 }, { value: oparg }]);
}
function truth(s: Stack, sp: number): Method | null {
  const found = truthMethod(s[sp - 1] as Value);
  if (found === null) return null;
  const shared = { operands: [operand(s, sp, 1)], args: [1], pops: 1 };
  return withResult(found.func, shared, found.isLength ? LENGTH_AS_BOOL_METHOD : BOOL_METHOD, []);
}
function containsMethod(s: Stack, sp: number, oparg: number): Method | null {
  const func = methodOf(s[sp - 1], "__contains__");
  if (func === null) return null;
  const shared = { operands: [operand(s, sp, 1)], args: [1, 2], pops: 2 };
  return withResult(func, shared, CONTAINS_METHOD, [{ value: oparg !== 0 }]);
}

// ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────
function lengthMethod(s: Stack, sp: number): Method | null {
  const func = methodOf(s[sp - 1], "__len__");
  if (func === null) return null;
  return withResult(func, { operands: [operand(s, sp, 1)], args: [1], pops: 3 }, LENGTH_METHOD, []);
}
function callMethod(s: Stack, sp: number, count: number): Method | null {
  const callable = s[sp - count - 2];
  if (s[sp - count - 1] !== undefined) return null;
  const depths = Array.from({ length: count }, (_, i) => count - i);
  if (callable instanceof PyType) return exceptionMethod(callable, depths);
  return plainMethod(s, sp, count + 2, "__call__", [count + 2, ...depths], count + 2, 0);
}
/** Exceptions with an `__init__` written in Python. */
function exceptionMethod(cls: PyType, depths: readonly number[]): Method | null {
  const { tp_call } = cls.shape.cls;
  if (!cls.isHeap || cls.tp_new !== baseExceptionNew || tp_call !== typeType.tp_call) return null;
  const func = lookup(cls, "__init__");
  if (!(func instanceof PyFunction) || !takes(func, depths.length + 1)) return null;
  const args: MethodArg[] = ["instance", ...depths.map((at) => ({ at }))];
  const pops = depths.length + 2;
  const constants = [[pops, cls, cls.version]] as const;
  return { ...BARE, func, version: func.version, constants, args, pops, onReturn: RETURN_INIT, cls };
}
/** Stack: exit function, its self or NULL, lasti, previous exception, exception. */
function exitMethod(s: Stack, sp: number): Method | null {
  const func = s[sp - 5];
  if (!(func instanceof PyFunction) || s[sp - 4] === undefined || !takes(func, 4)) return null;
  if (!(s[sp - 1] instanceof PyBaseException)) return null;
  const args: MethodArg[] = [{ at: 4 }, { classAt: 1 }, { at: 1 }, { tracebackAt: 1 }];
  return { ...BARE, func, version: func.version, constants: [[5, func, func.version]], args };
}

// ── entering ───────────────────────────────────────────────────────────────────────────────────────────────
/** The arguments' values, and what the frame is to remember. */
export function methodValues(frame: PyFrame, method: Method): { args: Value[]; returnData: Value | undefined } | null {
  const { s, sp } = frame;
  let instance: Value | undefined;
  if (method.cls !== null) {
    const given = method.args.slice(1).map((arg) => s[sp - (arg as { at: number }).at] as Value);
    const made = baseExceptionNew(method.cls, given, null);
    if (made === EXC) return null;
    instance = made;
  }
  const read = (arg: MethodArg): Value => {
    if (arg === "instance") return instance as Value;
    if ("value" in arg) return arg.value;
    if ("at" in arg) return s[sp - arg.at] as Value;
    if ("classAt" in arg) return typeOf(s[sp - arg.classAt] as Value);
    return (s[sp - arg.tracebackAt] as PyBaseException).traceback;
  };
  const args = method.args.map(read);
  if (method.kind !== null) return { args, returnData: newTuple([method.kind, ...method.data.map(read)]) };
  return { args, returnData: instance };
}
