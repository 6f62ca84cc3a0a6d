/** Calls: of Python functions, followed or not; of classes; of native functions. */
import { GENERATOR_FLAGS } from "../../../compiler/code.ts";
import { RETURN_DISCARD, RETURN_INIT, RETURN_METHOD } from "../../../interp/leave.ts";
import type { PyBuiltin } from "../../../objects/builtin.ts";
import {
  IS_ABSTRACT,
  PLAIN_LAYOUT,
  type PyType,
  Shape,
  type Value,
  isSubtype,
  objectType,
} from "../../../objects/core.ts";
import type { MethodDescriptor } from "../../../objects/descriptors.ts";
import { PyFunction } from "../../../objects/function.ts";
import { PyMethod } from "../../../objects/method.ts";
import type { NativeDef } from "../../../objects/native.ts";
import { call } from "../../../objects/protocol/call.ts";
import { length } from "../../../objects/protocol/object.ts";
import { lookup } from "../../../objects/type/lookup.ts";
import type { PyTuple } from "../../../objects/tuple.ts";
import type { Kind, Node } from "../../ir/node.ts";
import { typeOfKind } from "../expect.ts";
import { finishMethod, resultOf } from "../methods.ts";
import { type CallExSeen, type CallSeen, kindOfShape, shapeOfValue } from "../../record/seen.ts";
import type { AppendSeen } from "../../record/seen-list.ts";
import { appendItem } from "./lists.ts";
import type { Step } from "../../record/log.ts";
import { placeNodes } from "../arguments.ts";
import { runInstruction } from "../fallback.ts";
import { widthOf } from "../instructions.ts";
import { isQuiet, looksUp } from "../quiet.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";
import { calleeFrame } from "./binary.ts";
import { convert, inlineFunction, isInstanceByKind, ordinaryClasses } from "./native-calls.ts";

interface Operands {
  callable: Node;
  /** The NULL or the object that a method is called with. */
  self: Node;
  /** Positional arguments, the object included. */
  args: Node[];
}
/** `above`: entries on top of the arguments. */
function operands(t: Translator, step: Step, above = 0): Operands {
  const { top } = t;
  const count = step.oparg;
  const callable = top.peek(count + 2 + above);
  const self = top.peek(count + 1 + above);
  const hasSelf = (step.seen as CallSeen).hasSelf;
  if (t.kindOf(self) === "any" && !self.isConstant && t.shapeOf(self) === undefined) {
    t.guard(hasSelf ? "IS_BOUND" : "IS_UNBOUND", [self], "other kind of call");
  }
  const args: Node[] = hasSelf ? [self] : [];
  for (let i = count; i > 0; i--) args.push(top.peek(i + above));
  return { callable, self, args };
}
function finish(t: Translator, step: Step, result: Node, above = 0): void {
  t.top.sp -= step.oparg + 2 + above;
  t.top.push(result);
}

// ── Python functions ───────────────────────────────────────────────────────────────────────────────────────
/**
 * Guards that the callable is this function, or one of the same code, where `exact` arguments are given: else of the same
 * defaults too, as functions have that the same `def` makes. Gives the function.
 */
function guardFunction(t: Translator, step: Step, callable: Node, exact: boolean): Node {
  const { func, version, code } = step.seen as CallSeen & { func: PyFunction };
  if (func.code !== code) t.give("function changed");
  if (callable.isConstant || (!exact && func.kwdefaults !== null)) {
    t.guardIs(callable, func, "other function");
    t.guardVersion(func, version, "function changed");
    return t.constant(func);
  }
  const { globals, defaults } = func;
  if (exact) t.guardOnce(`code ${callable.id}`, "RUNS_CODE", [callable], "other function", { code, globals });
  else t.guardOnce(`function ${callable.id}`, "IS_LIKE", [callable], "other function", { code, globals, defaults });
  return callable;
}
function callee(step: Step): PyFunction {
  return (step.seen as CallSeen).func as PyFunction;
}
/** A call that is not followed, of whatever takes these arguments. */
function callAnything(callable: Value, ...args: Value[]): unknown {
  return call(callable, args);
}
/** A call that is not followed: through the function's own entry, where its code is that of a plain function. */
function callFunction(t: Translator, func: PyFunction, node: Node, places: readonly Node[] | null): Node | null {
  if (places === null || (func.code.flags & GENERATOR_FLAGS) !== 0) return null;
  return t.callPython(func, node, places);
}
function enterFunction(
  t: Translator,
  step: Step,
  func: PyFunction,
  node: Node,
  args: readonly Node[],
  above = 0,
): void {
  t.top.sp -= step.oparg + 2 + above;
  t.enter(calleeFrame(t, func, node, args), step.pc + widthOf(step.op));
}
const pythonCalls: Record<string, Rule> = {
  CALL_PY_EXACT_ARGS(t, step) {
    const { callable, args } = operands(t, step);
    const func = callee(step);
    guardFunction(t, step, callable, true);
    if (!t.isInlined(step)) {
      return finish(t, step, callFunction(t, func, callable, args) ?? t.call(callAnything, [callable, ...args]));
    }
    enterFunction(t, step, func, callable.isConstant ? t.constant(func) : callable, args);
  },
  CALL_BOUND_METHOD_EXACT_ARGS(t, step) {
    const { callable, args } = operands(t, step);
    const func = callee(step);
    const { bound, self } = boundMethod(t, callable, step);
    guardFunction(t, step, bound, true);
    if (!t.isInlined(step)) {
      return finish(
        t,
        step,
        callFunction(t, func, bound, [self, ...args]) ?? t.call(callAnything, [callable, ...args]),
      );
    }
    enterFunction(t, step, func, bound, [self, ...args]);
  },
  CALL_PY_GENERAL(t, step) {
    const { callable, args } = operands(t, step);
    const func = callee(step);
    const node = guardFunction(t, step, callable, false);
    if (!t.isInlined(step)) {
      const called = callFunction(t, func, node, placeNodes(t, func, args, [], []));
      return finish(t, step, called ?? t.call(callAnything, [callable, ...args]));
    }
    followWith(t, step, func, node, args, [], []);
  },
  CALL_BOUND_METHOD_GENERAL(t, step) {
    const { callable, args } = operands(t, step);
    const func = callee(step);
    const { bound, self } = boundMethod(t, callable, step);
    const node = guardFunction(t, step, bound, false);
    if (!t.isInlined(step)) {
      const called = callFunction(t, func, node, placeNodes(t, func, [self, ...args], [], []));
      return finish(t, step, called ?? t.call(callAnything, [callable, ...args]));
    }
    followWith(t, step, func, node, [self, ...args], [], []);
  },
  CALL_KW_PY: (t, step) => keywordCall(t, step, false),
  CALL_KW_BOUND_METHOD: (t, step) => keywordCall(t, step, true),
  CALL_FUNCTION_EX: callEx,
  CALL_FUNCTION_EX_PY: callEx,
};
/** The function and the object of a bound method. */
function boundMethod(t: Translator, callable: Node, step: Step): { bound: Node; self: Node } {
  if (callable.op === "NEW_METHOD") return { bound: callable.args[0], self: callable.args[1] };
  if (callable.isConstant) {
    const { func, self } = callable.data as PyMethod;
    return { bound: t.constant(func), self: t.constant(self) };
  }
  t.guardOnce(`method ${callable.id}`, "IS_METHOD", [callable], "not a bound method");
  const bound = t.emit("LOAD_FUNC", [callable], "any");
  t.guardIs(bound, callee(step), "other function");
  return { bound: t.constant(callee(step)), self: t.emit("LOAD_SELF", [callable], "any") };
}
function keywordCall(t: Translator, step: Step, isMethod: boolean): void {
  const names = t.top.peek(1);
  const func = (step.seen as CallSeen).func;
  if (!names.isConstant || func === null || func.code !== (step.seen as CallSeen).code) return runInstruction(t, step);
  const { callable, args } = operands(t, step, 1);
  let receiver: Node[] = [];
  let called = callable;
  if (isMethod) {
    const { bound, self } = boundMethod(t, callable, step);
    receiver = [self];
    called = bound;
  }
  const node = guardFunction(t, step, called, false);
  const keywords = (names.data as PyTuple).items as string[];
  const all = [...receiver, ...args];
  const count = all.length - keywords.length;
  if (t.isInlined(step)) return followWith(t, step, func, node, all.slice(0, count), keywords, all.slice(count), 1);
  const places = placeNodes(t, func, all.slice(0, count), keywords, all.slice(count));
  const result = callFunction(t, func, node, places);
  if (result === null) runInstruction(t, step);
  else finish(t, step, result, 1);
}
/** `f(*args, **kwargs)`, followed: the tuple's items and the dict's values are the arguments. */
function callEx(t: Translator, step: Step): void {
  const { top } = t;
  const seen = step.seen as CallExSeen | null;
  if (seen === null || !t.isInlined(step)) return runInstruction(t, step);
  const { func, version, isMethod, count, names } = seen;
  let callable = top.peek(4);
  const receiver: Node[] = [];
  if (isMethod) {
    const { bound, self } = boundMethod(t, callable, step);
    callable = bound;
    receiver.push(self);
  }
  t.guardIs(callable, func, "other function");
  t.guardVersion(func, version, "function changed");
  const items = itemsOf(t, top.peek(2), count);
  const keywords = valuesOf(t, top.peek(1), names);
  const places = placeNodes(t, func, [...receiver, ...items], names ?? [], keywords);
  if (places === null) return t.give("arguments do not fit");
  top.sp -= 4;
  t.enter(calleeFrame(t, func, t.constant(func), places), step.pc + widthOf(step.op));
}
function itemsOf(t: Translator, tuple: Node, count: number): readonly Node[] {
  t.guardKind(tuple, "tuple");
  if (tuple.op === "NEW_TUPLE") return tuple.args.length === count ? tuple.args : t.give("other number of arguments");
  if (tuple.isConstant) {
    const { items } = tuple.data as PyTuple;
    return items.length === count ? items.map((item) => t.constant(item)) : t.give("other number of arguments");
  }
  t.guard("LENGTH_IS", [tuple], "other number of arguments", count);
  return Array.from({ length: count }, (_, i) => t.emit("TUPLE_ITEM", [tuple, t.constant(i)], "any"));
}
function valuesOf(t: Translator, dict: Node, names: readonly string[] | null): Node[] {
  if (names === null) {
    t.guardKind(dict, "unbound");
    return [];
  }
  t.guardKind(dict, "dict");
  t.guard("HAS_KEYS", [dict], "other keywords", names);
  return names.map((name) => t.emit("DICT_VALUE", [dict, t.constant(name)], "any"));
}
function followWith(
  t: Translator,
  step: Step,
  func: PyFunction,
  node: Node,
  positional: readonly Node[],
  names: readonly string[],
  keywords: readonly Node[],
  above = 0,
): void {
  const places = placeNodes(t, func, positional, names, keywords);
  if (places === null) t.give("arguments do not fit");
  enterFunction(t, step, func, node, places as Node[], above);
}

// ── classes ────────────────────────────────────────────────────────────────────────────────────────────────
function allocateAndInit(t: Translator, step: Step): void {
  const { cls, func, version, classVersion } = step.seen as CallSeen;
  const type = cls as PyType;
  const plain = (type.flags & PLAIN_LAYOUT) !== 0 && (type.flags & IS_ABSTRACT) === 0;
  if (!t.isInlined(step) || !plain) return runInstruction(t, step);
  const { callable, args } = operands(t, step);
  t.guardIs(callable, type, "other class");
  t.guardVersion(type, classVersion, "class changed");
  const init = func as PyFunction;
  t.guardVersion(init, version, "function changed");
  const instance = t.emit("NEW_INSTANCE", [], "any", type);
  t.state.shapes.set(instance, type.shapes);
  const places = placeNodes(t, init, [instance, ...args], [], []);
  if (places === null) t.give("arguments do not fit");
  enterFunction(t, step, init, t.constant(init), places as Node[]);
  t.top.onReturn = RETURN_INIT;
  t.top.returnData = instance;
}

/** The frame's result goes to its caller, in the way that the call asked for. */
function returnValue(t: Translator, step: Step): void {
  const { frames } = t.state;
  const result = t.top.peek(1);
  const frame = t.top;
  if (frame.onReturn === RETURN_INIT) t.guardKind(result, "none");
  const made =
    frame.onReturn === RETURN_METHOD ? resultOf(t, frame.returnData as Node, result, step.seen as Kind) : result;
  const snapshot = t.beforeStep();
  frames.pop();
  if (frame.isVisible) {
    const node = t.emit("FRAME_RETURNS", [], "none", frames.length);
    node.site = t.makeExit("returns", "forced", "frame returns", snapshot);
  }
  const { top } = t;
  if (frame.onReturn === RETURN_INIT) top.push(frame.returnData as Node);
  else if (frame.onReturn !== RETURN_DISCARD) top.push(made ?? finishMethod(t, frame.returnData as Node, result));
  if (frame.pushNull) top.push(t.unbound);
}

// ── native functions ───────────────────────────────────────────────────────────────────────────────────────
/** Calls an implementation directly; `quiet` ones are known to run no Python code and to look at no frame. */
function callNative(t: Translator, step: Step, def: NativeDef, args: readonly Node[]): void {
  const quiet = isQuietCall(t, def, args);
  const result = quiet ? t.callQuiet(def.impl, args) : t.call(def.impl, args);
  if (!quiet) return finish(t, step, result);
  t.state.memory.clear();
  // A dict may be the globals of something.
  if (def.fullName.startsWith("dict.")) t.state.checked.clear();
  finish(t, step, result);
}
/** `args`: the object first, for methods. */
function isQuietCall(t: Translator, def: NativeDef, args: readonly Node[]): boolean {
  const kinds = args.map((arg) => t.kindOf(arg));
  return isQuiet(def, kinds) && (!looksUp(def) || t.guardNoStrangers(args[0]));
}
function builtin(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  const f = t.cacheOf(step).guard as PyBuiltin;
  t.guardIs(callable, f, "other function");
  const inline = inlineFunction(t, step, f, args);
  if (inline !== null) finish(t, step, inline);
  else callNative(t, step, f.def, args);
}
function descriptor(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  const d = t.cacheOf(step).guard as MethodDescriptor;
  t.guardIs(callable, d, "other method");
  if (!guardSelf(t, step, args[0])) return runInstruction(t, step);
  callNative(t, step, d.def, args);
}
function guardSelf(t: Translator, step: Step, self: Node): boolean {
  const { selfShape } = step.seen as CallSeen;
  if (t.kindOf(self) !== "any" || self.isConstant) return true;
  if (selfShape === "str" || selfShape === "int") t.guardKind(self, selfShape);
  else if (selfShape instanceof Shape) {
    const kind = kindOfShape(selfShape);
    if (kind === null) t.guardShape(self, selfShape, "other type");
    else t.guardKind(self, kind);
  } else return false;
  return true;
}
function lengthOf(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  t.guardIs(callable, t.cacheOf(step).guard, "not len");
  const [subject] = args;
  const { argShape } = step.seen as CallSeen;
  if (t.kindOf(subject) === "any" && argShape instanceof Shape) {
    const kind = kindOfShape(argShape);
    if (kind === "list" || kind === "tuple" || kind === "dict") t.guardKind(subject, kind);
  } else if (argShape === "str") t.guardKind(subject, "str");
  const op = { list: "LIST_LENGTH", tuple: "TUPLE_LENGTH", str: "STR_LENGTH", dict: "DICT_LENGTH" }[
    t.kindOf(subject) as string
  ];
  if (op === undefined && argShape instanceof Shape && !argShape.cls.isHeap && t.kindOf(subject) === "any") {
    t.guardShape(subject, argShape, "other type");
    return finish(t, step, t.callQuiet(length, [subject]));
  }
  if (op === undefined) return finish(t, step, t.call(length, [subject]));
  const node = t.emit(op, [subject], "int");
  node.low = 0;
  node.high = 2 ** 32;
  finish(t, step, node);
}
/** A native function that parses its arguments itself. */
function builtinWithKeywords(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  const f = t.cacheOf(step).guard as PyBuiltin;
  if (f.def.kind !== "function") return boundNative(t, step, callable, f, args);
  t.guardIs(callable, f, "other function");
  const inline = inlineFunction(t, step, f, args);
  if (inline !== null) return finish(t, step, inline);
  if (!isQuietCall(t, f.def, args)) return runInstruction(t, step);
  const invoke = (...values: Value[]): unknown => f.def.call(f.self, values, null);
  const result = t.callQuiet(invoke, args);
  t.state.memory.clear();
  finish(t, step, result);
}
/** A method that is bound already: what to does not matter, as long as it is of the same kind. */
function boundNative(t: Translator, step: Step, callable: Node, { def, self }: PyBuiltin, args: readonly Node[]): void {
  t.guardOnce(`native ${callable.id}`, "IS_NATIVE", [callable], "other function", def);
  const receiver = t.emit("LOAD_SELF", [callable], "any");
  const shape = shapeOfValue(self);
  const kind = shape instanceof Shape ? kindOfShape(shape) : null;
  if (kind !== null) t.guardKind(receiver, kind);
  else if (shape === "str") t.guardKind(receiver, shape);
  const all = [receiver, ...args];
  const invoke = (object: Value, ...values: Value[]): unknown => def.call(object, values, null);
  if (!isQuietCall(t, def, all)) return finish(t, step, t.call(invoke, all));
  const result = t.callQuiet(invoke, all);
  t.state.memory.clear();
  finish(t, step, result);
}
/** Of whatever is no Python function, and is not followed. */
function callGeneral(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  const isKnown = callable.isConstant && !(callable.data instanceof PyFunction || callable.data instanceof PyMethod);
  if (!isKnown && !t.guardOr(`no function ${callable.id}`, "IS_NOT_PYTHON", [callable], "a Python function"))
    return runInstruction(t, step);
  t.guardDepth();
  finish(t, step, t.call(callAnything, [callable, ...args]));
}
function builtinClass(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  const cls = (step.seen as CallSeen).callable as PyType;
  t.guardIs(callable, cls, "other class");
  const made = convert(t, step, cls, args);
  if (made === null) runInstruction(t, step);
  else finish(t, step, made);
}
function typeOfValue(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  t.guardIs(callable, t.cacheOf(step).guard, "not type");
  const cls = typeOfKind(t, args[0]) ?? t.shapeOf(args[0])?.cls;
  finish(t, step, cls === undefined ? t.emit("TYPE_OF", [args[0]], "any") : t.constant(cls));
}
/** `isinstance` of a class with an ordinary metaclass is decided by the object's class. */
function isInstanceOf(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  const [subject, classes] = args;
  const { argShape } = step.seen as CallSeen;
  const types = ordinaryClasses(classes);
  if (types === null) return runInstruction(t, step);
  t.guardIs(callable, t.cacheOf(step).guard, "not isinstance");
  const known = isInstanceByKind(t, step, subject, classes);
  if (known !== null) return finish(t, step, t.constant(known));
  if (!(argShape instanceof Shape)) return runInstruction(t, step);
  const isOne = types.some((type) => isSubtype(argShape.cls, type));
  const kind = kindOfShape(argShape);
  if (kind !== null) t.guardKind(subject, kind);
  else {
    // An object may say what it claims to be: by a property `__class__`, a `__getattribute__`, as a proxy.
    if (argShape.cls.isHeap) {
      t.guardShape(subject, argShape, "other class");
      t.guardVersion(argShape.cls, argShape.cls.version, "class changed");
    } else t.guardShape(subject, argShape, "other type");
    const claimsNothing =
      lookup(argShape.cls, "__class__") === lookup(objectType, "__class__") &&
      argShape.cls.tp_getattro === objectType.tp_getattro;
    if (!isOne && !claimsNothing) return runInstruction(t, step);
  }
  finish(t, step, t.constant(isOne));
}
function listAppend(t: Translator, step: Step): void {
  const { callable, args } = operands(t, step);
  t.guardIs(callable, t.cacheOf(step).guard, "not list.append");
  t.guardKind(args[0], "list");
  appendItem(t, args[0], args[1], (step.seen as AppendSeen).list);
  finish(t, step, t.constant(null));
}

export const callRules: Record<string, Rule> = {
  ...pythonCalls,
  CALL_ALLOC_AND_ENTER_INIT: allocateAndInit,
  RETURN_VALUE: returnValue,
  CALL_BUILTIN_O: builtin,
  CALL_BUILTIN_FAST: builtin,
  CALL_BUILTIN_FAST_WITH_KEYWORDS: builtinWithKeywords,
  CALL_BUILTIN_CLASS: builtinClass,
  CALL_NON_PY_GENERAL: callGeneral,
  CALL_STR_1: builtinClass,
  CALL_TUPLE_1: builtinClass,
  CALL_TYPE_1: typeOfValue,
  CALL_METHOD_DESCRIPTOR_NOARGS: descriptor,
  CALL_METHOD_DESCRIPTOR_O: descriptor,
  CALL_METHOD_DESCRIPTOR_FAST: descriptor,
  CALL_LEN: lengthOf,
  CALL_ISINSTANCE: isInstanceOf,
  CALL_LIST_APPEND: listAppend,
};
