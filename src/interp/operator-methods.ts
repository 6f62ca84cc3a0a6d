/**
 * Operators whose special method is written in Python: the method is entered on a frame of its own, without recursion in
 * JavaScript. What the instruction makes of its result is in `method-result.ts`.
 */
import { GENERATOR_FLAGS } from "../compiler/code.ts";
import type { InlineCache, PyCode } from "../objects/code.ts";
import type { CompareOp, PyType, Value } from "../objects/core.ts";
import type { BinarySlot } from "../objects/protocol/number.ts";
import type { PyFrame } from "../objects/frame.ts";
import { PyFunction } from "../objects/function.ts";
import { PyInstance } from "../objects/instance.ts";
import { newTuple } from "../objects/tuple.ts";
import { lookup } from "../objects/type/lookup.ts";
import { slotFunctions } from "../objects/type/slot-functions.ts";
import { bytearrayType, bytesType, strType, typeOf } from "../objects/types.ts";
import { RETURN_DISCARD, RETURN_METHOD } from "./leave.ts";
import {
  BINARY_METHOD,
  BINARY_METHODS,
  BOOL_METHOD,
  COMPARE_METHOD,
  CONTAINS_METHOD,
  LENGTH_AS_BOOL_METHOD,
} from "./method-result.ts";
import { framePlain } from "./push-frame.ts";
import { newCache } from "./specialize/counter.ts";

// ── which method ───────────────────────────────────────────────────────────────────────────────────────────
/** The method that the class of a plain instance has under this name, if that is a Python function. */
export function methodOf(value: Value | undefined, name: string): PyFunction | null {
  if (!(value instanceof PyInstance)) return null;
  const found = lookup(value.shape.cls, name);
  return found instanceof PyFunction ? found : null;
}

/** Text is formatted with anything, before anything is asked. */
const isText = (type: PyType): boolean => type === strType || type === bytesType || type === bytearrayType;
/**
 * Does a builtin type do more with an instance of a class written in Python than to leave it to that? Sequences do, where
 * its method answers NotImplemented.
 */
function hasOwnWay(type: PyType, slot: BinarySlot, isLeft: boolean): boolean {
  if (slot === "nb_remainder") return isLeft && isText(type);
  return (slot === "nb_add" || slot === "nb_multiply") && (type.sq_concat !== null || type.sq_repeat !== null);
}
/**
 * The method that `a op b` asks first, BINARY_OP's argument given; `reflected`: it is the one of `b`. The classes of both
 * decide alone.
 */
export function binaryMethod(a: Value, b: Value, oparg: number): { func: PyFunction; reflected: boolean } | null {
  const [slot, name] = BINARY_METHODS[oparg % 13];
  const reflected = !(a instanceof PyInstance);
  const [owner, other] = reflected ? [b, a] : [a, b];
  if (hasOwnWay(typeOf(other), slot, reflected)) return null;
  // Two classes written in Python have to agree on who is asked first: the general case.
  if (!(owner instanceof PyInstance) || (typeOf(other).isHeap && typeOf(other) !== typeOf(owner))) return null;
  const type = typeOf(owner);
  if (type[slot] !== slotFunctions[slot] || type.sq_concat !== null || type.sq_repeat !== null) return null;
  if (oparg >= 13 && lookup(type, `__i${name}__`) !== undefined) return null;
  const func = methodOf(owner, reflected ? `__r${name}__` : `__${name}__`);
  return func === null ? null : { func, reflected };
}
const COMPARISONS = ["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];
/** The same for a comparison, COMPARE_OP's argument given. */
export function compareMethod(a: Value, b: Value, oparg: number): PyFunction | null {
  if (typeOf(b).isHeap && typeOf(b) !== typeOf(a)) return null;
  return methodOf(a, COMPARISONS[(oparg >> 5) as CompareOp]);
}
/** For a truth value; `isLength`: it is `__len__`. */
export function truthMethod(value: Value): { func: PyFunction; isLength: boolean } | null {
  const func = methodOf(value, "__bool__");
  if (func !== null) return { func, isLength: false };
  if (value instanceof PyInstance && lookup(value.shape.cls, "__bool__") !== undefined) return null;
  const size = methodOf(value, "__len__");
  return size === null ? null : { func: size, isLength: true };
}

// ── specialising ───────────────────────────────────────────────────────────────────────────────────────────
/** Values of `InlineCache.index`: it is the right operand's; it is `__len__`. */
const REFLECTED = 1;
const LENGTH = 1;

/** Notes the method in the cache of the instruction, where it can be entered as it is; gives whether it can. */
function note(
  code: PyCode,
  pc: number,
  func: PyFunction,
  operands: readonly Value[],
  count: number,
): InlineCache | null {
  if (!isPlain(func, count)) return null;
  const cache = newCache(code, pc);
  cache.version = typeOf(operands[0]).version;
  if (operands.length > 1) cache.version2 = typeOf(operands[1]).version;
  cache.value = func;
  cache.extra = func.code;
  return cache;
}
/**
 * Is it still what `note` noted, for an operand of the same class? The cache's fields are given one by one: the baseline
 * compiler knows each.
 */
export function isNoted(owner: Value, version: number, func: unknown, code: unknown): boolean {
  return typeOf(owner).version === version && (func as PyFunction).code === code;
}
export function noteBinary(code: PyCode, pc: number, a: Value, b: Value, oparg: number): boolean {
  const method = binaryMethod(a, b, oparg);
  const cache = method === null ? null : note(code, pc, method.func, [a, b], 2);
  if (cache !== null && method?.reflected) cache.index = REFLECTED;
  return cache !== null;
}
export function noteCompare(code: PyCode, pc: number, a: Value, b: Value, oparg: number): boolean {
  const func = compareMethod(a, b, oparg);
  return func !== null && note(code, pc, func, [a, b], 2) !== null;
}
export function noteTruth(code: PyCode, pc: number, value: Value): boolean {
  const method = truthMethod(value);
  const cache = method === null ? null : note(code, pc, method.func, [value], 1);
  if (cache !== null && method?.isLength) cache.index = LENGTH;
  return cache !== null;
}
/** For `__contains__`, `__setitem__`: the method of one operand, with so many arguments. */
export function noteMethod(code: PyCode, pc: number, owner: Value, name: string, count: number): boolean {
  const func = methodOf(owner, name);
  return func !== null && note(code, pc, func, [owner], count) !== null;
}

// ── its frame ──────────────────────────────────────────────────────────────────────────────────────────────
/** Can the interpreter enter it with so many arguments as they are? */
function isPlain({ code }: PyFunction, count: number): boolean {
  return code.isSimple && code.argcount === count && (code.flags & GENERATOR_FLAGS) === 0;
}

function frameFor(func: PyFunction, data: readonly Value[]): PyFrame {
  const frame = framePlain(func);
  frame.onReturn = RETURN_METHOD;
  frame.returnData = newTuple(data as Value[]);
  return frame;
}
export function frameForBinary(func: PyFunction, a: Value, b: Value, oparg: number, index: number): PyFrame {
  const reflected = index === REFLECTED;
  const frame = frameFor(func, [BINARY_METHOD, a, b, oparg, reflected]);
  frame.s[0] = reflected ? b : a;
  frame.s[1] = reflected ? a : b;
  return frame;
}
export function frameForCompare(func: PyFunction, a: Value, b: Value, oparg: number): PyFrame {
  const frame = frameFor(func, [COMPARE_METHOD, a, b, oparg]);
  frame.s[0] = a;
  frame.s[1] = b;
  return frame;
}
export function frameForTruth(func: PyFunction, value: Value, index: number): PyFrame {
  const frame = frameFor(func, [index === LENGTH ? LENGTH_AS_BOOL_METHOD : BOOL_METHOD]);
  frame.s[0] = value;
  return frame;
}
export function frameForContains(func: PyFunction, item: Value, container: Value, oparg: number): PyFrame {
  const frame = frameFor(func, [CONTAINS_METHOD, oparg !== 0]);
  frame.s[0] = container;
  frame.s[1] = item;
  return frame;
}
export function frameForStore(func: PyFunction, container: Value, key: Value, value: Value): PyFrame {
  const frame = framePlain(func);
  frame.onReturn = RETURN_DISCARD;
  frame.s[0] = container;
  frame.s[1] = key;
  frame.s[2] = value;
  return frame;
}
