/**
 * Calls of native classes and functions whose work is known: conversions and mathematics on known numbers are inline
 * operations, what runs no Python code leaves what is known as it is.
 */
import type { PyBuiltin } from "../../../objects/builtin.ts";
import { PyType, type Value, isSubtype, typeType } from "../../../objects/core.ts";
import { baseExceptionInit, baseExceptionNew } from "../../../objects/exceptions/base-exception.ts";
import { enumerateType } from "../../../objects/iterators/enumerate.ts";
import { zipType } from "../../../objects/iterators/zip.ts";
import { call } from "../../../objects/protocol/call.ts";
import { PyTuple } from "../../../objects/tuple.ts";
import {
  boolType,
  bytesType,
  complexType,
  dictType,
  floatType,
  frozensetType,
  intType,
  listType,
  rangeType,
  setType,
  sliceType,
  strType,
  tupleType,
} from "../../../objects/types.ts";
import type { Kind, Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import type { CallSeen } from "../../record/seen.ts";
import { classOf, expectSeen, typeOfKind } from "../expect.ts";
import { isScalar } from "../quiet.ts";
import type { Translator } from "../translator.ts";
import { plainDouble } from "./attributes.ts";
import { magnitude, newComplex, realOf } from "./complex.ts";
import { truth } from "./compare.ts";

// ── classes ────────────────────────────────────────────────────────────────────────────────────────────────
/** `Class(arg)`; null: nothing better than the call is known. */
export function convert(t: Translator, step: Step, cls: PyType, args: readonly Node[]): Node | null {
  if (args.length > 0) expectSeen(t, args[0], (step.seen as CallSeen).argShape);
  if (args.length === 1) {
    const inline = inlineConversion(t, cls, args[0]);
    if (inline !== null) return inline;
  }
  if (cls === complexType && args.length === 2) {
    const [re, im] = args.map((arg) => realOf(t, arg));
    if (re !== null && im !== null) return newComplex(t, re, im);
  }
  if (cls.tp_new === baseExceptionNew && !cls.isHeap && QUIET_INITS.has(cls.tp_init)) {
    const made = t.emit(
      "NEW_EXCEPTION",
      args.map((arg) => t.boxed(arg)),
      "any",
      cls,
    );
    t.state.shapes.set(made, cls.shapes);
    return made;
  }
  if (!isQuietClass(t, cls, args)) return null;
  const result = t.callQuiet(constructorOf(cls), args, RESULTS.get(cls) ?? "any");
  if (SHAPED.has(cls)) t.state.shapes.set(result, cls.shapes);
  return result;
}
/** What does nothing but keep the arguments, as making the exception does. */
const QUIET_INITS: ReadonlySet<unknown> = new Set([baseExceptionInit]);
/** Types whose instances have no kind of their own. */
const SHAPED: ReadonlySet<PyType> = new Set([setType, frozensetType, enumerateType, zipType, rangeType]);
const RESULTS: ReadonlyMap<PyType, Kind> = new Map<PyType, Kind>([
  [listType, "list"],
  [tupleType, "tuple"],
  [dictType, "dict"],
  [floatType, "boxed"],
]);
/** A function of its own for each use: V8 keeps feedback by function. */
function constructorOf(cls: PyType): (...args: Value[]) => unknown {
  return (...args) => call(cls, args);
}
function inlineConversion(t: Translator, cls: PyType, arg: Node): Node | null {
  const kind = t.kindOf(arg);
  if (cls === intType) {
    if (kind === "int") return arg;
    if (kind === "float" || kind === "boxed") return truncated(t, "FLOAT_TRUNCATE", arg);
  }
  if (cls === floatType) {
    if (kind === "float" || kind === "boxed") return arg;
    if (kind === "int") return t.emit("INT_TO_FLOAT", [arg], "float");
  }
  if (cls === boolType) return truth(t, arg);
  if ((cls === strType && kind === "str") || (cls === tupleType && kind === "tuple")) return arg;
  return null;
}
function truncated(t: Translator, op: string, arg: Node): Node | null {
  return t.integer(op, [t.toFloat(arg)], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}
/** Is it gone through without Python code? */
function isIterable(t: Translator, node: Node): boolean {
  const cls = classOf(t, node);
  return cls !== undefined && PLAIN_ITERABLES.has(cls);
}
const PLAIN_ITERABLES: ReadonlySet<PyType> = new Set([
  listType,
  tupleType,
  strType,
  dictType,
  rangeType,
  bytesType,
  setType,
  frozensetType,
]);
function isQuietClass(t: Translator, cls: PyType, args: readonly Node[]): boolean {
  const kinds = args.map((arg) => t.kindOf(arg));
  if (cls === intType || cls === floatType || cls === strType || cls === boolType) return kinds.every(isScalar);
  if (cls === rangeType) return kinds.every((kind) => kind === "int");
  if (cls === enumerateType) return kinds.length === 1 && isIterable(t, args[0]);
  if (cls === zipType) return args.every((arg) => isIterable(t, arg));
  if (cls === sliceType) return true;
  if (cls === listType || cls === tupleType) return args.length === 0 || isIterable(t, args[0]);
  if (cls === setType || cls === frozensetType) return args.length === 0 || kinds[0] === "str";
  return cls === dictType && (args.length === 0 || (args.length === 1 && kinds[0] === "dict"));
}

// ── functions ──────────────────────────────────────────────────────────────────────────────────────────────
/** A function of `builtins` or `math` by its full name on numbers; null: it is called. */
export function inlineFunction(t: Translator, step: Step, f: PyBuiltin, args: readonly Node[]): Node | null {
  const { fullName } = f.def;
  const { argShape } = step.seen as CallSeen;
  switch (fullName) {
    case "abs":
    case "math.sqrt":
    case "math.floor":
    case "math.ceil":
    case "math.trunc":
    case "math.fabs":
      expectSeen(t, args[0], argShape);
      if (args.length !== 1) return null;
      return (fullName === "abs" ? magnitude(t, args[0], argShape) : null) ?? unary(t, fullName, args[0]);
    case "min":
    case "max":
      expectSeen(t, args[0], argShape);
      return args.length >= 2 ? extremeOf(t, fullName, args) : null;
    case "ord":
    case "chr":
      expectSeen(t, args[0], argShape);
      return args.length === 1 ? character(t, fullName, args[0]) : null;
    default:
      return null;
  }
}
function unary(t: Translator, name: string, arg: Node): Node | null {
  const kind = t.kindOf(arg);
  if (kind === "int") {
    if (name === "abs") return absolute(t, arg);
    if (name === "math.fabs") return t.emit("FLOAT_ABSOLUTE", [t.emit("INT_TO_FLOAT", [arg], "float")], "float");
    if (name !== "math.sqrt") return arg;
  } else if (kind !== "float" && kind !== "boxed") return null;
  if (name === "math.floor") return truncated(t, "FLOAT_FLOOR", arg);
  if (name === "math.ceil") return truncated(t, "FLOAT_CEIL", arg);
  if (name === "math.trunc") return truncated(t, "FLOAT_TRUNCATE", arg);
  const x = kind === "int" ? t.emit("INT_TO_FLOAT", [arg], "float") : t.toFloat(arg);
  if (name !== "math.sqrt") return t.emit("FLOAT_ABSOLUTE", [x], "float");
  // Not so for negative numbers, which raise, and for nan.
  t.guard("NOT_NEGATIVE", [x], "square root of a negative number");
  return t.emit("FLOAT_SQRT", [x], "float");
}
function absolute(t: Translator, arg: Node): Node {
  if (arg.low >= 0) return arg;
  const node = t.emit("INT_ABSOLUTE", [arg], "int");
  node.low = 0;
  node.high = Math.max(-arg.low, arg.high);
  return node;
}
/** A character's code, or the character; what is none is the function's own work. */
function character(t: Translator, name: "ord" | "chr", arg: Node): Node | null {
  const kind = t.kindOf(arg);
  if (name === "ord") {
    if (kind !== "str" || !t.guardOr(`character ${arg.id}`, "IS_CHARACTER", [arg], "no single character")) return null;
    return inRange(t.emit("CHARACTER_CODE", [arg], "int"), 0, BMP - 1);
  }
  if (kind !== "int") return null;
  if (arg.low < 0 && !t.guardOr(`natural ${arg.id}`, "NOT_NEGATIVE", [arg], "no character")) return null;
  if (arg.high >= BMP && !t.guardOr(`below ${arg.id} ${BMP}`, "LESS_THAN", [arg], "no character of the BMP", BMP))
    return null;
  return t.emit("CHARACTER", [arg], "str");
}
const BMP = 0x10000;
function inRange(node: Node, low: number, high: number): Node {
  node.low = low;
  node.high = high;
  return node;
}
/** From left to right, as long as all are ints or all are floats. */
function extremeOf(t: Translator, name: "min" | "max", args: readonly Node[]): Node | null {
  const isInt = t.kindOf(args[0]) === "int";
  if (args.length > 2 && !isInt) return null;
  // What is known to be something else is no place for guards.
  if (isInt && !args.every((arg) => ["int", "any"].includes(t.kindOf(arg)))) return null;
  return args.reduce((best: Node | null, arg) => {
    return best === null || best === arg ? best : extreme(t, name, best, arg);
  }, args[0]);
}
/** The first of two equal ones, as Python compares them: `b` is taken only if it is less, or greater. */
function extreme(t: Translator, name: "min" | "max", a: Node, b: Node): Node | null {
  const isFloat = (node: Node): boolean => t.kindOf(node) === "float" || t.kindOf(node) === "boxed";
  if (t.kindOf(a) === "int") {
    if (t.kindOf(b) === "any") t.guardKind(b, "int");
    if (t.kindOf(b) !== "int") return null;
    const node = t.emit(name === "min" ? "LESSER" : "GREATER_OF", [a, b], "int");
    node.low = name === "min" ? Math.min(a.low, b.low) : Math.max(a.low, b.low);
    node.high = name === "min" ? Math.min(a.high, b.high) : Math.max(a.high, b.high);
    return node;
  }
  if (!isFloat(a)) return null;
  if (t.kindOf(b) === "any") t.guardKind(b, "boxed");
  if (!isFloat(b)) return null;
  // The result is one of the two, which matters of a NaN; it is one only where the first is.
  return t.emit(name === "min" ? "LESSER" : "GREATER_OF", [plainDouble(t, a), t.toFloat(b)], "float");
}

// ── isinstance ─────────────────────────────────────────────────────────────────────────────────────────────
/** `isinstance` and classes with an ordinary metaclass, of a value whose type its kind decides; null: not so. */
export function isInstanceByKind(t: Translator, step: Step, subject: Node, classes: Node): boolean | null {
  const types = ordinaryClasses(classes);
  if (types === null) return null;
  expectSeen(t, subject, (step.seen as CallSeen).argShape);
  const type = typeOfKind(t, subject);
  return type === undefined ? null : types.some((cls) => isSubtype(type, cls));
}
/** The classes that are asked for, where all are known and leave the answer to the hierarchy. */
export function ordinaryClasses(node: Node): readonly PyType[] | null {
  let items: readonly unknown[];
  if (node.op === "NEW_TUPLE") {
    if (!node.args.every((arg) => arg.isConstant)) return null;
    items = node.args.map((arg) => arg.data);
  } else if (node.isConstant) items = node.data instanceof PyTuple ? node.data.items : [node.data];
  else return null;
  return items.every((item) => item instanceof PyType && item.shape.cls === typeType) ? (items as PyType[]) : null;
}
