/** Arithmetic, subscription, stores to subscripts. */
import type { PyFunction } from "../../../objects/function.ts";
import { delItem, getItem, setItem } from "../../../objects/protocol/sequence.ts";
import { lookup } from "../../../objects/type/lookup.ts";
import { getDictItem } from "../../../interp/dict-item.ts";
import type { PyDict } from "../../../objects/dict.ts";
import { PLAIN_ARITHMETIC, type PyType, Shape, type Value, isSubtype } from "../../../objects/core.ts";
import { PySlice } from "../../../objects/slice.ts";
import { bytearrayType, bytesType, dictType, listType, rangeType } from "../../../objects/types.ts";
import { listBetween, listSlice } from "../../../objects/list/slices.ts";
import { binaryOperators } from "../../../interp/binary-operators.ts";
import { type Kind, MAX_INT, type Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import { type BinarySeen, type OperandsSeen, type StoreItemSeen, kindOfSeen } from "../../record/seen.ts";
import { expectQuietKey, isQuietKey } from "../keys.ts";
import { classOf, expectSeen, guardClassVersion } from "../expect.ts";
import { isScalar } from "../quiet.ts";
import { storeTypedItem, typedItem } from "./bytes.ts";
import type { ListSeen } from "../../record/seen-list.ts";
import { loadItem, storeItem } from "./lists.ts";
import { widthOf } from "../instructions.ts";
import type { Rule } from "../rules.ts";
import { countedIndexOf, indexOf, isBound } from "./index-of.ts";
import { complexOperation } from "./complex.ts";
import { largeOperation } from "./large-ints.ts";
import { VirtualFrame } from "../state.ts";
import type { Translator } from "../translator.ts";
import { runInstruction } from "../fallback.ts";

/** CPython's numbers of binary operators; the in-place ones follow in the same order. */
const OPERATORS = ["+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"] as const;
type Operator = (typeof OPERATORS)[number];

const operands = (t: Translator): [Node, Node] => [t.top.peek(2), t.top.peek(1)];
function finish(t: Translator, result: Node): void {
  t.top.sp -= 2;
  t.top.push(result);
}
const isNumber = (kind: Kind): boolean => kind === "int" || kind === "float" || kind === "boxed" || kind === "bool";

// ── ints ───────────────────────────────────────────────────────────────────────────────────────────────────
const INT32 = 2 ** 31;
const isInt32 = (node: Node): boolean => node.low >= -INT32 && node.high < INT32;

function addInts(t: Translator, a: Node, b: Node): Node | null {
  return t.integer("INT_ADD", [a, b], a.low + b.low, a.high + b.high);
}
function subtractInts(t: Translator, a: Node, b: Node): Node | null {
  return t.integer("INT_SUBTRACT", [a, b], a.low - b.high, a.high - b.low);
}
function multiplyInts(t: Translator, a: Node, b: Node): Node | null {
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return t.integer("INT_MULTIPLY", [a, b], Math.min(...corners), Math.max(...corners));
}
function guardInt32(t: Translator, node: Node): void {
  if (isInt32(node)) return;
  t.guardOnce(`int32 ${node.id}`, "IS_INT32", [node], "not 32 bits");
}
const UINT32 = 2 ** 32;
const isUint32 = (node: Node): boolean => node.low >= 0 && node.high < UINT32;
/** Beyond 32 bits, where the recording has met that; masks are unsigned numbers of 32 bits. */
function bitwiseWide(t: Translator, op: string, a: Node, b: Node): Node | null {
  const masks = op === "INT_AND" ? isUint32(a) || isUint32(b) : isUint32(a) && isUint32(b);
  if (!masks) return t.integer(`${op}_WIDE`, [a, b], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const node = t.emit(`${op}_UNSIGNED`, [a, b], "int");
  node.low = 0;
  node.high = UINT32 - 1;
  if (op === "INT_AND") node.high = Math.min(isUint32(a) ? a.high : UINT32 - 1, isUint32(b) ? b.high : UINT32 - 1);
  return node;
}
function bitwise(t: Translator, op: string, a: Node, b: Node, isWide: boolean): Node | null {
  if (isWide || (a.isConstant && !isInt32(a)) || (b.isConstant && !isInt32(b))) return bitwiseWide(t, op, a, b);
  guardInt32(t, a);
  guardInt32(t, b);
  const node = t.emit(op, [a, b], "int");
  node.low = -INT32;
  node.high = INT32 - 1;
  if (op === "INT_AND" && (a.low >= 0 || b.low >= 0)) {
    node.low = 0;
    node.high = Math.min(a.low >= 0 ? a.high : INT32 - 1, b.low >= 0 ? b.high : INT32 - 1);
  }
  return node;
}
function guardNotZero(t: Translator, node: Node): void {
  if (node.low > 0 || node.high < 0) return;
  t.guard("NOT_ZERO", [node], "division by zero");
}
function floorDivideInts(t: Translator, a: Node, b: Node): Node {
  guardNotZero(t, b);
  const node = t.emit("INT_FLOOR_DIVIDE", [a, b], "int");
  if (b.low > 0) {
    node.low = Math.min(a.low, Math.floor(a.low / b.low));
    node.high = Math.max(a.high, 0);
  }
  return node;
}
function remainderInts(t: Translator, a: Node, b: Node): Node {
  guardNotZero(t, b);
  const positive = a.low >= 0 && b.low > 0;
  const node = t.emit(positive ? "INT_REMAINDER_POSITIVE" : "INT_REMAINDER", [a, b], "int");
  if (b.low > 0) {
    node.low = 0;
    node.high = b.high - 1;
  }
  return node;
}
/** Guards that an int is a distance to shift by. */
function guardDistance(t: Translator, node: Node, limit: number): void {
  if (node.low < 0) t.guardOnce(`natural ${node.id}`, "NOT_NEGATIVE", [node], "negative shift");
  if (node.high >= limit) t.guardOnce(`below ${node.id} ${limit}`, "LESS_THAN", [node], "long shift", limit);
}
function shiftLeft(t: Translator, a: Node, b: Node): Node | null {
  if (!b.isConstant) {
    guardDistance(t, b, 53);
    return t.integer("INT_SHIFT_LEFT", [a, b], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }
  if (b.low < 0 || b.low > 52) return null;
  const by = 2 ** b.low;
  return t.integer("INT_MULTIPLY", [a, t.constant(by)], a.low * by, a.high * by);
}
function shiftRight(t: Translator, a: Node, b: Node, isWide: boolean): Node | null {
  if (b.isConstant && (b.low < 0 || b.low > 52)) return null;
  if (isWide || b.low > 31) {
    guardDistance(t, b, 53);
    const node = t.emit("INT_SHIFT_RIGHT_WIDE", [a, b], "int");
    node.low = Math.min(a.low, 0);
    node.high = Math.max(a.high, 0);
    return node;
  }
  guardInt32(t, a);
  guardDistance(t, b, 32);
  const node = t.emit("INT_SHIFT_RIGHT", [a, b], "int");
  if (!b.isConstant) {
    node.low = Math.min(Math.max(a.low, -INT32), 0);
    node.high = Math.max(Math.min(a.high, INT32 - 1), 0);
    return node;
  }
  node.low = Math.max(a.low, -INT32) >> b.low;
  node.high = Math.min(a.high, INT32 - 1) >> b.low;
  return node;
}
function intOperation(t: Translator, operator: Operator, a: Node, b: Node, isWide: boolean): Node | null {
  switch (operator) {
    case "+":
      return addInts(t, a, b);
    case "-":
      return subtractInts(t, a, b);
    case "*":
      return multiplyInts(t, a, b);
    case "//":
      return floorDivideInts(t, a, b);
    case "%":
      return remainderInts(t, a, b);
    case "&":
      return bitwise(t, "INT_AND", a, b, isWide);
    case "|":
      return bitwise(t, "INT_OR", a, b, isWide);
    case "^":
      return bitwise(t, "INT_XOR", a, b, isWide);
    case "<<":
      return shiftLeft(t, a, b);
    case ">>":
      return shiftRight(t, a, b, isWide);
    case "**":
      return b.isConstant && b.data === 2 ? multiplyInts(t, a, a) : null;
    case "/":
      guardNotZero(t, b);
      return t.emit("FLOAT_DIVIDE", [a, b], "float");
    default:
      return null;
  }
}

// ── floats ─────────────────────────────────────────────────────────────────────────────────────────────────
const FLOAT_OPS: Partial<Record<Operator, string>> = {
  "+": "FLOAT_ADD",
  "-": "FLOAT_SUBTRACT",
  "*": "FLOAT_MULTIPLY",
  "/": "FLOAT_DIVIDE",
};
/** A number as a raw double. Ints are doubles already. */
const toDouble = (t: Translator, node: Node): Node =>
  t.kindOf(node) === "int" ? t.emit("INT_TO_FLOAT", [node], "float") : t.toFloat(node);

function floatOperation(t: Translator, operator: Operator, a: Node, b: Node): Node | null {
  const op = FLOAT_OPS[operator];
  if (op === undefined) return operator === "**" ? power(t, a, b) : null;
  const left = toDouble(t, a);
  const right = toDouble(t, b);
  if (operator === "/" && !(right.isConstant && right.data !== 0)) t.guard("NOT_ZERO", [right], "division by zero");
  return t.emit(op, [left, right], "float");
}
/** Squares are exact products. Errors, complex results and what is not finite are the operator's own work. */
function power(t: Translator, a: Node, b: Node): Node | null {
  const isSquare = b.isConstant && t.kindOf(b) === "int" && b.data === 2;
  const x = toDouble(t, a);
  const result = isSquare
    ? t.emit("FLOAT_MULTIPLY", [x, x], "float")
    : t.emit("FLOAT_POWER", [x, toDouble(t, b)], "float");
  // An overflow is an error, unlike that of a product.
  const isOrdinary = t.guardOr(`finite ${x.id} ${b.id}`, "IS_FINITE", [result], "no ordinary power");
  return isOrdinary ? result : null;
}

/** A bool as the int that it is. */
function asInt(t: Translator, node: Node): Node {
  if (t.kindOf(node) !== "bool") return node;
  if (node.isConstant) return t.constant(node.data === true ? 1 : 0);
  const int = t.emit("BOOL_TO_INT", [node], "int");
  int.low = 0;
  int.high = 1;
  return int;
}
/** The operands' kinds as the instruction has met them: what is unknown is guarded to be that. */
function expect(t: Translator, node: Node, kind: Kind): void {
  if (t.kindOf(node) === "any") t.guardKind(node, kind);
}
function arithmetic(left: Kind, right: Kind): Rule {
  return (t, step) => {
    const given = operands(t);
    expect(t, given[0], left);
    expect(t, given[1], right);
    const operator = OPERATORS[step.oparg % 13];
    // Of two bools some operations give bools.
    if (left === "bool" && right === "bool" && "&|^".includes(operator)) return runInstruction(t, step);
    const [a, b] = given.map((node) => asInt(t, node));
    const kinds = [t.kindOf(a), t.kindOf(b)];
    let result: Node | null = null;
    if (kinds[0] === "int" && kinds[1] === "int") {
      const { isWide, isLarge } = step.seen as BinarySeen;
      if (!isLarge) result = intOperation(t, operator, a, b, isWide);
    } else if (isNumber(kinds[0]) && isNumber(kinds[1])) result = floatOperation(t, operator, a, b);
    else if (kinds[0] === "str" && kinds[1] === "str" && operator === "+") {
      t.guard("JOINED_FITS", [a, b], "string too long");
      result = t.emit("STR_ADD", [a, b], "str");
    }
    if (result === null) operateQuietly(t, step);
    else finish(t, result);
  };
}
/** Operators between values of builtin types that run no Python code with each other. */
function operateQuietly(t: Translator, step: Step): void {
  const [a, b] = operands(t);
  const seen = step.seen as BinarySeen;
  const complex = complexOperation(t, OPERATORS[step.oparg % 13], a, b, seen);
  if (complex !== null) return finish(t, complex);
  const large = largeOperation(t, OPERATORS[step.oparg % 13], a, b);
  if (large !== null) return finish(t, large);
  expectSeen(t, a, seen.left);
  expectSeen(t, b, seen.right);
  const isRemainder = OPERATORS[step.oparg % 13] === "%";
  const isQuiet = isRemainder ? formatsQuietly(t, a, b) : isArithmetic(t, a) && isArithmetic(t, b);
  if (!isQuiet) return runInstruction(t, step);
  const kinds = [t.kindOf(a), t.kindOf(b)];
  const isConcatenation = kinds[0] === kinds[1] && (kinds[0] === "list" || kinds[0] === "tuple");
  finish(t, t.callQuiet(binaryOperators[step.oparg], [a, b], isConcatenation ? kinds[0] : "any"));
}
const isArithmetic = (t: Translator, node: Node): boolean => {
  const cls = classOf(t, node);
  return cls !== undefined && !cls.isHeap && (cls.flags & PLAIN_ARITHMETIC) !== 0;
};
/** `%`: of numbers, or of a str and what is shown without asking. */
function formatsQuietly(t: Translator, a: Node, b: Node): boolean {
  if (t.kindOf(a) === "str")
    return b.op === "NEW_TUPLE" ? b.args.every((arg) => isScalar(t.kindOf(arg))) : isScalar(t.kindOf(b));
  const cls = classOf(t, a);
  return cls !== bytesType && cls !== bytearrayType && isArithmetic(t, a) && isArithmetic(t, b);
}

// ── subscription ───────────────────────────────────────────────────────────────────────────────────────────
const subscriptions: Record<string, Rule> = {
  BINARY_OP_SUBSCR_LIST_INT(t, step) {
    const [list, index] = operands(t);
    t.guardKind(list, "list");
    t.guardKind(index, "int");
    const at = indexOf(t, list, index, "LIST_LENGTH", "INDEX_IN_LIST");
    finish(t, loadItem(t, list, at, step.seen as ListSeen));
  },
  BINARY_OP_SUBSCR_TUPLE_INT(t) {
    const [tuple, index] = operands(t);
    t.guardKind(tuple, "tuple");
    t.guardKind(index, "int");
    if (tuple.op === "NEW_TUPLE" && index.isConstant && index.low >= 0 && index.low < tuple.args.length) {
      return finish(t, tuple.args[index.low]);
    }
    const at = indexOf(t, tuple, index, "TUPLE_LENGTH", "INDEX_IN_TUPLE");
    finish(t, t.emit("TUPLE_ITEM", [tuple, at], "any"));
  },
  BINARY_OP_SUBSCR_STR_INT(t) {
    const [text, index] = operands(t);
    t.guardKind(text, "str");
    t.guardKind(index, "int");
    const at = indexOf(t, text, index, "STR_LENGTH", "INDEX_IN_STR");
    finish(t, t.emit("STR_ITEM", [text, at], "str"));
  },
  BINARY_OP_SUBSCR_DICT(t, step) {
    const [dict, key] = operands(t);
    t.guardKind(dict, "dict");
    const quiet = expectQuietKey(t, key, (step.seen as BinarySeen).right) && t.guardNoStrangers(dict);
    finish(t, quiet ? t.callQuiet(getDictItem, [dict, key]) : t.call(getDictItem, [dict, key]));
  },
  BINARY_OP_SUBSCR_LIST_SLICE(t) {
    const [list, slice] = operands(t);
    t.guardKind(list, "list");
    if (!isPlainSlice(t, slice)) return finish(t, t.call(getItem, [list, slice]));
    const isBetween = slice.op === "NEW_SLICE" && slice.args.length === 2;
    finish(
      t,
      isBetween
        ? t.callQuiet(listBetween, [list, ...slice.args], "list")
        : t.callQuiet(listSlice, [list, slice], "list"),
    );
  },
  BINARY_OP_SUBSCR_GETITEM(t, step) {
    const [container, key] = operands(t);
    const cache = t.cacheOf(step);
    guardClassVersion(t, container, cache.version);
    if (!t.isInlined(step)) {
      t.guardDepth();
      return finish(t, t.call(getItem, [container, key]));
    }
    const func = cache.value as PyFunction;
    t.guardVersion(func, (step.seen as { version: number }).version, "function changed");
    const frame = calleeFrame(t, func, t.constant(func), [container, key]);
    t.top.sp -= 2;
    t.enter(frame, step.pc + widthOf(step.op));
  },
};
/** A subscription that the interpreter has nothing special for. */
function subscript(t: Translator, step: Step): void {
  const [owner, index] = operands(t);
  const { left, right, items } = step.seen as BinarySeen;
  if (left instanceof Shape) {
    expectSeen(t, index, right);
    const item = typedItem(t, owner, index, left, items) ?? itemAtAny(t, owner, index, step.seen as BinarySeen);
    if (item !== null) return finish(t, item);
    if (getsAsDict(left.cls)) return subscriptDict(t, step, left.cls);
    if (left.cls === rangeType && (t.kindOf(index) === "int" || isPlainSlice(t, index))) {
      t.guardShape(owner, left, "no range");
      return finish(t, t.callQuiet(getItem, [owner, index]));
    }
  }
  if (left === "str" && right === "int") {
    t.guardKind(owner, "str");
    t.guardKind(index, "int");
    return finish(t, t.emit("STR_ITEM", [owner, countedIndexOf(t, owner, index, "STR_LENGTH", "INDEX_IN_STR")], "str"));
  }
  runInstruction(t, step);
}
/** The item of a list or tuple at an index of either sign; null: it is no such thing. */
function itemAtAny(t: Translator, owner: Node, index: Node, { left, isFloat }: BinarySeen): Node | null {
  const kind = kindOfSeen(left);
  if ((kind !== "list" && kind !== "tuple") || t.kindOf(index) !== "int") return null;
  t.guardKind(owner, kind);
  if (kind === "list") {
    const at = countedIndexOf(t, owner, index, "LIST_LENGTH", "INDEX_IN_LIST");
    return loadItem(t, owner, at, { isFloat, takes: false });
  }
  return t.emit("TUPLE_ITEM", [owner, countedIndexOf(t, owner, index, "TUPLE_LENGTH", "INDEX_IN_TUPLE")], "any");
}
/** Does the class give, or set, items as `dict` does, but for what it does about missing keys? */
const getsAsDict = (cls: PyType): boolean => cls.mp_subscript === dictType.mp_subscript;
const setsAsDict = (cls: PyType): boolean => lookup(cls, "__setitem__") === lookup(dictType, "__setitem__");
/** A key that is there needs no `__missing__`. */
function subscriptDict(t: Translator, step: Step, cls: PyType): void {
  const [dict, key] = operands(t);
  const found = `found ${dict.id} ${key.id}`;
  if (t.isRefuted(found)) return runInstruction(t, step);
  guardClassVersion(t, dict, cls.version);
  if (!isQuietKey(t, key) || !t.guardNoStrangers(dict)) return runInstruction(t, step);
  const value = t.callQuiet(itemOrMissing, [dict, key]);
  t.guardOr(found, "IS_BOUND", [value], "missing key");
  finish(t, value);
}
function itemOrMissing(dict: Value, key: Value): unknown {
  return (dict as PyDict).get(key);
}
/** Indices that are not asked for their `__index__`. */
function isPlainSlice(t: Translator, node: Node): boolean {
  if (node.op === "NEW_SLICE") return node.args.every((arg) => isBound(t, arg));
  if (!(node.isConstant && node.data instanceof PySlice)) return false;
  return [node.data.start, node.data.stop, node.data.step].every(
    (index) => index === null || typeof index === "number",
  );
}
/** A virtual frame with its first locals, and the rest unbound. */
export function calleeFrame(t: Translator, func: PyFunction, node: Node, args: readonly Node[]): VirtualFrame {
  const { code } = func;
  const frame = new VirtualFrame(code, node, func.globals);
  for (let i = 0; i < code.nlocalsplus; i++) frame.slots.push(args[i] ?? t.unbound);
  frame.sp = code.nlocalsplus;
  return frame;
}

const stores: Record<string, Rule> = {
  STORE_SUBSCR_LIST_INT(t, step) {
    const value = t.top.peek(3);
    const [list, index] = operands(t);
    t.guardKind(list, "list");
    t.guardKind(index, "int");
    const at = indexOf(t, list, index, "LIST_LENGTH", "INDEX_IN_LIST");
    storeItem(t, list, at, value, step.seen as ListSeen);
    t.top.sp -= 3;
  },
  STORE_SUBSCR_DICT(t, step) {
    const value = t.top.peek(3);
    const [dict, key] = operands(t);
    t.guardKind(dict, "dict");
    const isQuiet = expectQuietKey(t, key, (step.seen as StoreItemSeen).key) && t.guardNoStrangers(dict);
    if (isQuiet) storeQuietly(t, dict, key, value);
    else t.call(setItem, [dict, key, value], "none");
    t.top.sp -= 3;
  },
  STORE_SUBSCR(t, step) {
    const value = t.top.peek(3);
    const [owner, key] = operands(t);
    const seen = step.seen as StoreItemSeen;
    if (!(seen.owner instanceof Shape)) return runInstruction(t, step);
    expectSeen(t, key, seen.key);
    expectSeen(t, value, seen.value);
    if (storeTypedItem(t, owner, key, value, seen.owner, seen.items)) t.top.sp -= 3;
    else if (seen.owner.cls === listType && t.kindOf(key) === "int") {
      t.guardKind(owner, "list");
      storeItem(t, owner, countedIndexOf(t, owner, key, "LIST_LENGTH", "INDEX_IN_LIST"), value, seen.list);
      t.top.sp -= 3;
    } else if (setsAsDict(seen.owner.cls) && isSubtype(seen.owner.cls, dictType)) storeInDict(t, step, seen.owner.cls);
    else if (seen.owner.cls === listType && isPlainSlice(t, key) && isSequence(t, value)) {
      t.guardKind(owner, "list");
      t.callQuiet(setItem, [owner, key, value], "none");
      t.top.sp -= 3;
    } else runInstruction(t, step);
  },
  DELETE_SUBSCR(t, step) {
    const [dict, key] = operands(t);
    const { left, right } = step.seen as OperandsSeen;
    if (!(left instanceof Shape && left.cls === dictType)) return runInstruction(t, step);
    t.guardKind(dict, "dict");
    if (!expectQuietKey(t, key, right) || !t.guardNoStrangers(dict)) return runInstruction(t, step);
    t.callQuiet(delItem, [dict, key], "none");
    forgetGlobals(t);
    t.top.sp -= 2;
  },
};
const isSequence = (t: Translator, node: Node): boolean => t.kindOf(node) === "list" || t.kindOf(node) === "tuple";
function storeInDict(t: Translator, step: Step, cls: PyType): void {
  const [dict, key] = operands(t);
  guardClassVersion(t, dict, cls.version);
  if (!isQuietKey(t, key) || !t.guardNoStrangers(dict)) return runInstruction(t, step);
  storeQuietly(t, dict, key, t.top.peek(3));
  t.top.sp -= 3;
}
function storeQuietly(t: Translator, dict: Node, key: Node, value: Node): void {
  t.callQuiet(setDictItem, [dict, key, value], "none");
  forgetGlobals(t);
}
/** A dict may be the globals of something. */
function forgetGlobals(t: Translator): void {
  t.state.checked.clear();
  t.state.memory.clear();
}
function setDictItem(dict: Value, key: Value, value: Value): unknown {
  return (dict as PyDict).set(key, value);
}

function unaryInvert(t: Translator, step: Step): void {
  const a = t.top.peek(1);
  if (t.kindOf(a) === "any" && step.seen === "int") t.guardKind(a, "int");
  if (t.kindOf(a) !== "int") return runInstruction(t, step);
  const node = t.emit("INT_INVERT", [a], "int");
  node.low = -1 - a.high;
  node.high = -1 - a.low;
  if (node.low < -MAX_INT) t.guard("FITS", [node], "int overflow");
  t.top.pop();
  t.top.push(node);
}
function unaryNegative(t: Translator, step: Step): void {
  const a = t.top.peek(1);
  if (t.kindOf(a) === "any" && (step.seen === "int" || step.seen === "boxed")) t.guardKind(a, step.seen);
  const kind = t.kindOf(a);
  if (kind === "int") {
    const node = t.emit("INT_NEGATE", [a], "int");
    node.low = -a.high;
    node.high = -a.low;
    t.top.pop();
    t.top.push(node);
  } else if (kind === "float" || kind === "boxed") {
    const x = t.toFloat(a);
    t.top.pop();
    t.top.push(t.emit("FLOAT_NEGATE", [x], "float"));
  } else runInstruction(t, step);
}

export const binaryRules: Record<string, Rule> = {
  BINARY_OP_ADD_INT: arithmetic("int", "int"),
  BINARY_OP_SUBTRACT_INT: arithmetic("int", "int"),
  BINARY_OP_MULTIPLY_INT: arithmetic("int", "int"),
  BINARY_OP_ADD_FLOAT: arithmetic("boxed", "boxed"),
  BINARY_OP_SUBTRACT_FLOAT: arithmetic("boxed", "boxed"),
  BINARY_OP_MULTIPLY_FLOAT: arithmetic("boxed", "boxed"),
  BINARY_OP_ADD_UNICODE: arithmetic("str", "str"),
  BINARY_OP_INPLACE_ADD_UNICODE: arithmetic("str", "str"),
  BINARY_OP_EXTEND: (t, step) => extended(t, step),
  BINARY_OP: (t, step) => extended(t, step),
  ...subscriptions,
  ...stores,
  UNARY_NEGATIVE: unaryNegative,
  UNARY_INVERT: unaryInvert,
};
/** Other pairs: the recording has noted the operands' kinds. */
function extended(t: Translator, step: Step): void {
  if (step.oparg === SUBSCRIPTION) return subscript(t, step);
  const { left, right } = step.seen as BinarySeen;
  const kinds = [kindOfSeen(left), kindOfSeen(right)];
  if (isNumber(kinds[0]) && isNumber(kinds[1])) arithmetic(kinds[0], kinds[1])(t, step);
  else operateQuietly(t, step);
}
/** BINARY_OP's argument. */
const SUBSCRIPTION = 26;
