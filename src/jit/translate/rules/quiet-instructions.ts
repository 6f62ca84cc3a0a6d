/**
 * Instructions that run as functions (`fallback.ts`), but run no Python code with the operands that they have here:
 * what the trace knows stays known, and its frames need not be shown.
 */
import { contains } from "../../../objects/protocol/sequence.ts";
import type { Value } from "../../../objects/core.ts";
import type { DictEntry, PyDict } from "../../../objects/dict.ts";
import { assignBetween, listBetween } from "../../../objects/list/slices.ts";
import { PyTuple } from "../../../objects/tuple.ts";
import { frozensetType, setType } from "../../../objects/types.ts";
import { OPCODE } from "../../../generated/metadata.ts";
import { textBetween, tupleBetween } from "../../../interp/slices.ts";
import type { Kind, Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import type { ContainsSeen, ShapeSeen, SliceSeen } from "../../record/seen.ts";
import { runInstruction } from "../fallback.ts";
import { expectSeen } from "../expect.ts";
import { isScalar } from "../quiet.ts";
import { isQuietKey } from "../keys.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";
import { isBound } from "./index-of.ts";

const isSet = (t: Translator, node: Node): boolean => {
  const cls = t.shapeOf(node)?.cls;
  return cls === setType || cls === frozensetType;
};

function containsOp(t: Translator, step: Step): void {
  const { top } = t;
  const [item, container] = [top.peek(2), top.peek(1)];
  const seen = step.seen as ContainsSeen;
  expectSeen(t, container, seen.container);
  if (seen.item !== "none") expectSeen(t, item, seen.item);
  const found = isQuietContains(t, item, container)
    ? t.callQuiet(containsQuietly, [item, container], "bool")
    : searchScalar(t, item, container);
  if (found === null) return runInstruction(t, step);
  top.sp -= 2;
  top.push(step.oparg === 0 ? found : t.emit("NOT", [found], "bool"));
}
/** A scalar in a list or a tuple; null: what is there may ask Python code. */
function searchScalar(t: Translator, item: Node, container: Node): Node | null {
  const kind = t.kindOf(container);
  if ((kind !== "list" && kind !== "tuple") || !isScalar(t.kindOf(item))) return null;
  const name = `scalars ${container.id} ${item.id}`;
  if (t.isRefuted(name)) return null;
  const found = t.emit("SEARCH_SCALAR", [t.boxed(item), container], "any");
  t.guardOr(name, "IS_BOUND", [found], "objects in a list");
  return t.emit("HOLDS_TRUE", [found], "bool");
}
function isQuietContains(t: Translator, item: Node, container: Node): boolean {
  const kind = t.kindOf(container);
  if (kind === "dict" || isSet(t, container)) return isQuietKey(t, item) && t.guardNoStrangers(container);
  if (kind === "str") return t.kindOf(item) === "str";
  if (container.op === "NEW_TUPLE")
    return isScalar(t.kindOf(item)) && container.args.every((a) => isScalar(t.kindOf(a)));
  if (!(container.isConstant && container.data instanceof PyTuple)) return false;
  return isScalar(t.kindOf(item)) && container.data.items.every((value) => value === null || typeof value !== "object");
}
function containsQuietly(item: Value, container: Value): unknown {
  return contains(container, item);
}

/** By the kinds of the operands. */
const quietly =
  (count: number, isQuiet: (kinds: readonly Kind[], step: Step) => boolean, result: Kind = "any"): Rule =>
  (t, step) => {
    const { top } = t;
    if (count > 0 && step.seen !== null) expectSeen(t, top.peek(count), step.seen as ShapeSeen);
    const kinds: Kind[] = [];
    for (let i = count; i > 0; i--) kinds.push(t.kindOf(top.peek(i)));
    runInstruction(t, step, isQuiet(kinds, step), result);
  };
const always = (): boolean => true;

/** `{k: v, …}` and `{k, …}` of keys that are compared natively. */
function buildMap(t: Translator, step: Step): void {
  let isQuiet = true;
  for (let i = 0; i < step.oparg; i++) isQuiet &&= isQuietKey(t, t.top.peek(2 * step.oparg - 2 * i));
  runInstruction(t, step, isQuiet, "dict");
}
function buildSet(t: Translator, step: Step): void {
  let isQuiet = true;
  for (let i = 1; i <= step.oparg; i++) isQuiet &&= isQuietKey(t, t.top.peek(i));
  runInstruction(t, step, isQuiet);
  t.state.shapes.set(t.top.peek(1), setType.shapes);
}
/** A global that is there already is a cell that gets a value. */
function storeGlobal(t: Translator, step: Step): void {
  const { top } = t;
  const entry = (top.globals as PyDict).cell(step.code.names[step.oparg]) as DictEntry | undefined;
  if (entry === undefined || entry.value === undefined) return runInstruction(t, step);
  const cell = t.constant(entry);
  t.guard("IS_BOUND", [t.emit("CELL_VALUE", [cell], "any")], "a global was deleted");
  const value = t.boxed(top.peek(1));
  t.emit("SET_CELL_VALUE", [cell, value], "none");
  top.pop();
  t.state.checked.delete(`entry ${cell.id}`);
  t.state.memory.set(`entry ${cell.id}`, value);
}

export const quietRules: Record<string, Rule> = {
  CONTAINS_OP: containsOp,
  CONTAINS_OP_SET: containsOp,
  CONTAINS_OP_DICT: containsOp,
  BUILD_MAP: buildMap,
  BUILD_SET: buildSet,
  STORE_GLOBAL: storeGlobal,
  MAKE_FUNCTION: quietly(0, always),
  SET_FUNCTION_ATTRIBUTE: quietly(0, always),
  LOAD_COMMON_CONSTANT: quietly(0, always),
  LIST_EXTEND: extendList,
  CALL_INTRINSIC_1(t, step) {
    const list = t.top.peek(1);
    // `f(*args)` builds a list of a tuple, and a tuple of the list.
    if (step.oparg !== LIST_TO_TUPLE || list.op !== "LIST_OF_TUPLE")
      return runInstruction(t, step, step.oparg === LIST_TO_TUPLE);
    t.top.pop();
    t.top.push(list.args[0]);
  },
  BINARY_SLICE(t, step) {
    const operands = sliceOperands(t, step);
    const kind = t.kindOf(operands[0]);
    const between = BETWEEN[kind];
    if (between === undefined || !areBounds(t, operands)) return runInstruction(t, step);
    const slice = t.callQuiet(between, operands, kind);
    t.top.sp -= 3;
    t.top.push(slice);
  },
  /** `container[start:stop] = values` */
  STORE_SLICE(t, step) {
    const operands = sliceOperands(t, step);
    const values = t.top.peek(4);
    expectSeen(t, values, (step.seen as SliceSeen).value);
    const kind = t.kindOf(values);
    const isPlain = t.kindOf(operands[0]) === "list" && (kind === "list" || kind === "tuple");
    if (!isPlain || !areBounds(t, operands)) return runInstruction(t, step);
    t.callQuiet(assignBetween, [...operands, values], "none");
    t.top.sp -= 4;
  },
};
/** `container[start:stop]` of what is known to be such a one, with bounds that ask nobody. */
const BETWEEN: Partial<Record<Kind, unknown>> = { list: listBetween, tuple: tupleBetween, str: textBetween };
/** Container, start and stop at the top of the stack, as they were seen. */
function sliceOperands(t: Translator, step: Step): Node[] {
  const seen = step.seen as SliceSeen;
  const operands = [3, 2, 1].map((depth) => t.top.peek(depth));
  [seen.container, seen.start, seen.stop].forEach((expected, i) => {
    expectSeen(t, operands[i], expected);
  });
  return operands;
}
const areBounds = (t: Translator, [, start, stop]: Node[]): boolean => isBound(t, start) && isBound(t, stop);
const LIST_TO_TUPLE = 6;
function extendList(t: Translator, step: Step): void {
  const { top } = t;
  const values = top.peek(1);
  expectSeen(t, values, step.seen as ShapeSeen);
  const kind = t.kindOf(values);
  const depth = step.oparg + 1;
  if (kind === "tuple" && top.peek(depth).op === "NEW_EMPTY_LIST" && t.nextStep?.op === OPCODE.CALL_INTRINSIC_1) {
    const list = t.emit("LIST_OF_TUPLE", [values], "list");
    top.sp -= 2;
    return top.push(list);
  }
  runInstruction(t, step, kind === "list" || kind === "tuple");
  t.state.storages.clear();
}
