/** Building and unpacking of containers. */
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";
import type { Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import type { ListSeen } from "../../record/seen-list.ts";
import { appendItem, loadItem, newListOf } from "./lists.ts";
import { runInstruction } from "../fallback.ts";
import { emptyTuple } from "../../../objects/tuple.ts";

function take(t: Translator, count: number): Node[] {
  const nodes: Node[] = [];
  for (let i = count; i > 0; i--) nodes.push(t.boxed(t.top.peek(i)));
  t.top.sp -= count;
  return nodes;
}
function unpackTuple(t: Translator, step: Step): void {
  const tuple = t.top.peek(1);
  t.guardKind(tuple, "tuple");
  const count = step.oparg;
  if (tuple.op === "NEW_TUPLE") {
    if (tuple.args.length !== count) return runInstruction(t, step);
    t.top.pop();
    for (let i = count - 1; i >= 0; i--) t.top.push(tuple.args[i]);
    return;
  }
  if (tuple.isConstant && (tuple.data as { items: unknown[] }).items.length !== count) return runInstruction(t, step);
  if (!tuple.isConstant) t.guard("LENGTH_IS", [tuple], "other length", count);
  t.top.pop();
  for (let i = count - 1; i >= 0; i--) t.top.push(t.emit("TUPLE_ITEM", [tuple, t.constant(i)], "any"));
}

export const containerRules: Record<string, Rule> = {
  BUILD_TUPLE(t, { oparg }) {
    if (oparg === 0) return t.top.push(t.constant(emptyTuple));
    t.top.push(t.emit("NEW_TUPLE", take(t, oparg), "tuple"));
  },
  BUILD_LIST(t, { oparg }) {
    const { top } = t;
    const items = top.slots.slice(top.sp - oparg, top.sp);
    const list = newListOf(t, items);
    top.sp -= oparg;
    top.push(list);
  },
  BUILD_SLICE: (t, { oparg }) => t.top.push(t.emit("NEW_SLICE", take(t, oparg), "any")),
  LIST_APPEND(t, { oparg, seen }) {
    appendItem(t, t.top.peek(oparg + 1), t.top.peek(1), seen as ListSeen);
    t.top.pop();
  },
  UNPACK_SEQUENCE_TWO_TUPLE: unpackTuple,
  UNPACK_SEQUENCE_TUPLE: unpackTuple,
  UNPACK_SEQUENCE_LIST(t, { oparg: count, seen }) {
    const list = t.top.peek(1);
    t.guardKind(list, "list");
    t.guard("LIST_LENGTH_IS", [list], "other length", count);
    const items: Node[] = [];
    for (let i = 0; i < count; i++) items.push(loadItem(t, list, t.constant(i), seen as ListSeen));
    t.top.pop();
    for (let i = count - 1; i >= 0; i--) t.top.push(items[i]);
  },
};
