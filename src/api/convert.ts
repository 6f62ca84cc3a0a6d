/**
 * Values across the border. To JavaScript: None → null, bool, int → number or bigint, float → number, complex →
 * `{re, im}`, str → string, bytes and bytearray → Uint8Array, list and tuple → array, dict → Map, set and frozenset →
 * Set, all copied; everything else → a `PythonObject` that stands for it. To Python the same way back, and: undefined →
 * None, numbers → int when integral and safe, else float, plain objects → dict, functions → callables.
 */
import { newBuiltin } from "../objects/builtin.ts";
import { PyByteArray, PyBytes, bytesFromArray } from "../objects/bytes.ts";
import { PyComplex } from "../objects/complex.ts";
import { EXC, type Exc, type Result, type Value } from "../objects/core.ts";
import { PyDict, newDict } from "../objects/dict.ts";
import { exceptionFromThrow, raise, throwPending } from "../objects/errors.ts";
import { runtimeErrorType } from "../objects/exceptions/types.ts";
import { PyFloat, newFloat } from "../objects/float.ts";
import { PyList, newList } from "../objects/list.ts";
import { rawFn } from "../objects/native.ts";
import { canonical } from "../objects/numeric/int-math.ts";
import { PySet, newSet } from "../objects/set.ts";
import { intValue, strValue } from "../objects/values.ts";
import { AstralStr, strFromJs, strToJs } from "../objects/str/astral.ts";
import { PyTuple } from "../objects/tuple.ts";
import { PythonError } from "./error.ts";
import { PythonObject } from "./python-object.ts";
import type { Session } from "./session.ts";

/** What a Python value is in JavaScript. */
export type JsValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { re: number; im: number }
  | JsValue[]
  | Map<JsValue, JsValue>
  | Set<JsValue>
  | PythonObject;

/** A copy of `value` for JavaScript. Objects that occur twice, or in themselves, stay one object. */
export function toJs(session: Session, value: Value, seen = new Map<object, JsValue>()): JsValue {
  switch (typeof value) {
    case "string":
      return strToJs(value);
    case "object":
      break;
    default:
      return value;
  }
  if (value === null) return null;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const remember = <T extends JsValue & object>(made: T): T => {
    seen.set(value, made);
    return made;
  };
  const inner = (item: Value): JsValue => toJs(session, item, seen);
  if (value instanceof AstralStr) return strToJs(value);
  if (value instanceof PyFloat) return value.value;
  if (value instanceof PyComplex) return { re: value.re, im: value.im };
  if (value instanceof PyBytes) return value.bytes().slice();
  if (value instanceof PyByteArray) return value.data.slice(0, value.length);
  const plain = intValue(value) ?? strValue(value);
  if (plain !== undefined) return toJs(session, plain, seen);
  if (value instanceof PyList || value instanceof PyTuple) {
    const items = remember<JsValue[]>([]);
    for (const item of value.items) items.push(inner(item));
    return items;
  }
  if (value instanceof PyDict) {
    const map = remember(new Map<JsValue, JsValue>());
    for (const [key, item] of value.items()) map.set(inner(key), inner(item));
    return map;
  }
  if (value instanceof PySet) {
    const set = remember(new Set<JsValue>());
    for (const item of value.values()) set.add(inner(item));
    return set;
  }
  return new PythonObject(session, value);
}

/** A Python value for a JavaScript one; throws a TypeError (JavaScript's) for what has no counterpart. */
export function fromJs(session: Session, value: unknown, seen = new Map<object, Value>()): Value {
  switch (typeof value) {
    case "undefined":
      return null;
    case "boolean":
      return value;
    case "number":
      // −0 is a float: Python's ints have only one zero.
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : newFloat(value);
    case "bigint":
      return canonical(value);
    case "string":
      return strFromJs(value);
    case "function":
      return callableFromJs(session, value as (...args: unknown[]) => unknown);
    case "object":
      return value === null ? null : objectFromJs(session, value, seen);
    default:
      throw new TypeError(`no Python value for a ${typeof value}`);
  }
}

function objectFromJs(session: Session, value: object, seen: Map<object, Value>): Value {
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (value instanceof PythonObject) return value.valueFor(session);
  if (value instanceof Uint8Array) return bytesFromArray(value.slice());
  const inner = (item: unknown): Value => fromJs(session, item, seen);
  if (Array.isArray(value)) {
    const list = newList([]);
    seen.set(value, list);
    for (const item of value) list.items.push(inner(item));
    return list;
  }
  if (value instanceof Set) {
    const set = newSet();
    seen.set(value, set);
    for (const item of value) if (set.add(inner(item)) === EXC) throwPending();
    return set;
  }
  const dict = newDict();
  seen.set(value, dict);
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
    if (dict.set(inner(key), inner(item)) === EXC) throwPending();
  }
  return dict;
}

/** A callable for Python that runs a JavaScript function with converted arguments; keywords come as a last object. */
function callableFromJs(session: Session, f: (...args: unknown[]) => unknown): Value {
  const run = (args: Value[], kwnames: readonly string[] | null): Result => {
    const count = args.length - (kwnames?.length ?? 0);
    const given: unknown[] = args.slice(0, count).map((value) => toJs(session, value));
    if (kwnames !== null && kwnames.length > 0) {
      given.push(Object.fromEntries(kwnames.map((name, i) => [name, toJs(session, args[count + i])])));
    }
    try {
      return fromJs(session, f(...given));
    } catch (error) {
      return exceptionFromJs(session, error);
    }
  };
  return newBuiltin(f.name === "" ? "<anonymous>" : f.name, rawFn(run), "javascript");
}

/** What JavaScript code threw, as Python's pending exception. */
function exceptionFromJs(session: Session, error: unknown): Exc {
  if (error instanceof PythonError) return error.raiseIn(session);
  if (error instanceof Error && !(error instanceof RangeError)) {
    return raise(runtimeErrorType, strFromJs(`${error.name}: ${error.message}`));
  }
  return exceptionFromThrow(error);
}
