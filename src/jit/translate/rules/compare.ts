/** Comparison, identity, truth. */
import { type CompareOp, type PyType, Shape, type Value, objectType } from "../../../objects/core.ts";
import { richCompare } from "../../../objects/protocol/object.ts";
import { bytesType } from "../../../objects/types.ts";
import { AstralStr } from "../../../objects/str/astral.ts";
import { lookup } from "../../../objects/type/lookup.ts";
import type { Kind, Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import { type OperandsSeen, type ShapeSeen, kindOfSeen, kindOfShape } from "../../record/seen.ts";
import { isQuietKey } from "../keys.ts";
import { classOf, expectSeen, guardClassVersion } from "../expect.ts";
import { isScalar } from "../quiet.ts";
import { runInstruction } from "../fallback.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";

/** By CPython's number of the comparison. */
const COMPARISONS = ["LESS", "LESS_EQUAL", "EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL"];

function push(t: Translator, count: number, node: Node): void {
  t.top.sp -= count;
  t.top.push(node);
}
function folded(op: string, a: Node, b: Node): boolean | null {
  if (op === "LESS") return a.high < b.low ? true : a.low >= b.high ? false : null;
  if (op === "GREATER") return a.low > b.high ? true : a.high <= b.low ? false : null;
  return null;
}
/** Numbers of either kind compare as JavaScript numbers do: every int here is exact. */
function compareNumbers(t: Translator, step: Step, left: Kind, right: Kind): void {
  const a = t.top.peek(2);
  const b = t.top.peek(1);
  const op = COMPARISONS[step.oparg >> 5];
  const x = number(t, a, left);
  const y = number(t, b, right);
  const known = x.kind === "int" && y.kind === "int" ? folded(op, x, y) : null;
  push(t, 2, known === null ? t.emit(op, [x, y], "bool") : t.constant(known));
}
function number(t: Translator, node: Node, expected: Kind): Node {
  const kind = t.kindOf(node);
  if (kind === "int") return node;
  if (kind === "any" && expected === "int") {
    t.guardKind(node, "int");
    return node;
  }
  return t.toFloat(node);
}
function compareStrings(t: Translator, step: Step): void {
  const a = t.top.peek(2);
  const b = t.top.peek(1);
  t.guardKind(a, "str");
  t.guardKind(b, "str");
  push(t, 2, t.emit(COMPARISONS[step.oparg >> 5], [a, b], "bool"));
}
/** What is compared without Python code; null: not so. */
function compareOthers(t: Translator, step: Step, left: ShapeSeen, right: ShapeSeen): Node | null {
  const [a, b] = [t.top.peek(2), t.top.peek(1)];
  expectSeen(t, a, left);
  expectSeen(t, b, right);
  const op = COMPARISONS[step.oparg >> 5];
  if (op === "EQUAL" || op === "NOT_EQUAL") {
    const result = compareIdentities(t, op, [a, left], [b, right]) ?? compareTuples(t, op, a, b);
    if (result !== null) return result;
  }
  const isPlain = [a, b].every((node) => isScalar(t.kindOf(node)) || classOf(t, node) === bytesType);
  if (!isPlain) return null;
  return t.callQuiet(COMPARERS[step.oparg >> 5], [a, b], "bool");
}
/** By CPython's number of the comparison: functions of two values. */
const COMPARERS = COMPARISONS.map((_, op) => (a: Value, b: Value) => richCompare(a, b, op as CompareOp));

/** Instances of classes that have no equality of their own are equal to themselves. */
function compareIdentities(
  t: Translator,
  op: string,
  [a, left]: readonly [Node, ShapeSeen],
  [b, right]: readonly [Node, ShapeSeen],
): Node | null {
  const cls = instanceClass(left) ?? instanceClass(right);
  if (cls === null) return null;
  for (const [node, seen] of [
    [a, left],
    [b, right],
  ] as const) {
    const own = instanceClass(seen);
    if (own === null && !isScalar(t.kindOf(node))) return null;
    if (own === null) continue;
    if (own.tp_richcompare !== objectType.tp_richcompare) return null;
    if (own.isHeap) guardClassVersion(t, node, own.version);
  }
  return t.emit(op, [t.boxed(a), t.boxed(b)], "bool");
}
function instanceClass(seen: ShapeSeen): PyType | null {
  return seen instanceof Shape && kindOfShape(seen) === null ? seen.cls : null;
}
/** Tuples of items that compare natively. */
function compareTuples(t: Translator, op: string, a: Node, b: Node): Node | null {
  if (t.kindOf(a) !== "tuple" || t.kindOf(b) !== "tuple") return null;
  if (!isQuietKey(t, a) || !isQuietKey(t, b)) return null;
  return t.callQuiet(COMPARERS[COMPARISONS.indexOf(op)], [a, b], "bool");
}
/** Is `is` plain `===` for this value? Floats and astral strings are compared by content. */
function hasIdentity(t: Translator, node: Node): boolean {
  const kind = t.kindOf(node);
  if (kind === "boxed" || kind === "float") return false;
  if (node.isConstant) return !(node.data instanceof AstralStr);
  return kind !== "any" || t.shapeOf(node) !== undefined || node.op === "NEW_INSTANCE";
}
function same(t: Translator, a: Node, b: Node): Node {
  if (a === b) return t.constant(true);
  if (a.isConstant && b.isConstant && hasIdentity(t, a)) return t.constant(a.data === b.data);
  const kinds = [t.kindOf(a), t.kindOf(b)];
  const doubles = [t.rawFloat(a), t.rawFloat(b)];
  if (doubles[0] !== null && doubles[1] !== null) return t.emit("SAME_DOUBLE", doubles as Node[], "bool");
  const [x, y] = [t.boxed(a), t.boxed(b)];
  if (
    kinds[0] !== "any" &&
    kinds[1] !== "any" &&
    kinds[0] !== kinds[1] &&
    (kinds[0] === "none" || kinds[1] === "none")
  ) {
    return t.constant(false);
  }
  return t.emit(hasIdentity(t, a) || hasIdentity(t, b) ? "EQUAL" : "SAME", [x, y], "bool");
}
/** Not of a value that is known; of a comparison the opposite is emitted when the branch is. */
function not(t: Translator, node: Node): Node {
  if (node.isConstant) return t.constant(!node.data);
  return t.emit("NOT", [node], "bool");
}
/** Truth of a value whose kind decides how it is found; null where it does not. */
export function truth(t: Translator, node: Node): Node | null {
  switch (t.kindOf(node)) {
    case "bool":
      return node;
    case "none":
      return t.constant(false);
    case "int":
      return node.isConstant ? t.constant(node.data !== 0) : t.emit("NOT_EQUAL", [node, t.constant(0)], "bool");
    case "float":
      return t.emit("NOT_EQUAL", [node, t.constant(0)], "bool");
    case "boxed":
      return t.emit("NOT_EQUAL", [t.toFloat(node), t.constant(0)], "bool");
    case "str":
      return t.emit("STR_IS_TRUE", [node], "bool");
    case "list":
      return t.emit("LIST_IS_TRUE", [node], "bool");
    case "tuple":
      return t.emit("NOT_EQUAL", [t.emit("TUPLE_LENGTH", [node], "int"), t.constant(0)], "bool");
    case "dict":
      return t.emit("NOT_EQUAL", [t.emit("DICT_LENGTH", [node], "int"), t.constant(0)], "bool");
    default:
      return null;
  }
}
/** Instances of a builtin type, which does not change, without a truth or a length. */
function isAlwaysTrue(cls: PyType): boolean {
  return !cls.isHeap && lookup(cls, "__bool__") === undefined && lookup(cls, "__len__") === undefined;
}
const truthAfter =
  (kind: Kind): Rule =>
  (t, step) => {
    const node = t.top.peek(1);
    if (t.kindOf(node) === "any") t.guardKind(node, kind);
    const result = truth(t, node);
    if (result === null) runInstruction(t, step);
    else push(t, 1, result);
  };

export const compareRules: Record<string, Rule> = {
  COMPARE_OP_INT: (t, step) => compareNumbers(t, step, "int", "int"),
  COMPARE_OP_FLOAT: (t, step) => compareNumbers(t, step, "boxed", "boxed"),
  COMPARE_OP_STR: compareStrings,
  COMPARE_OP(t, step) {
    const { left, right } = step.seen as OperandsSeen;
    const kinds = [kindOfSeen(left), kindOfSeen(right)];
    const numeric = (kind: Kind): boolean => kind === "int" || kind === "boxed";
    if (numeric(kinds[0]) && numeric(kinds[1])) return compareNumbers(t, step, kinds[0], kinds[1]);
    const result = compareOthers(t, step, left, right);
    if (result === null) runInstruction(t, step);
    else push(t, 2, result);
  },
  IS_OP(t, { oparg }) {
    const result = same(t, t.top.peek(2), t.top.peek(1));
    push(t, 2, oparg === 1 ? not(t, result) : result);
  },
  UNARY_NOT: (t) => push(t, 1, not(t, t.top.peek(1))),
  TO_BOOL_BOOL: truthAfter("bool"),
  TO_BOOL_INT: truthAfter("int"),
  TO_BOOL_NONE: truthAfter("none"),
  TO_BOOL_STR: truthAfter("str"),
  TO_BOOL_LIST: truthAfter("list"),
  TO_BOOL_ALWAYS_TRUE(t, step) {
    if (step.seen === "none") return truthAfter("none")(t, step);
    const node = t.top.peek(1);
    const { version } = t.cacheOf(step);
    const cls = t.shapeOf(node)?.cls;
    if (cls?.version === version) {
      if (cls.isHeap) t.guardVersion(cls, version, "class changed");
    } else guardClassVersion(t, node, version);
    push(t, 1, t.constant(true));
  },
  TO_BOOL(t, step) {
    const node = t.top.peek(1);
    const { seen } = step;
    const kind = seen instanceof Shape ? kindOfShape(seen) : null;
    if (kind !== null && t.kindOf(node) === "any") t.guardKind(node, kind);
    else if (seen instanceof Shape && isAlwaysTrue(seen.cls)) {
      t.guardShape(node, seen, "other type");
      return push(t, 1, t.constant(true));
    }
    const result = truth(t, node);
    if (result === null) runInstruction(t, step);
    else push(t, 1, result);
  },
};
