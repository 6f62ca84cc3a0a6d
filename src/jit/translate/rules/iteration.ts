/** Loops over iterators. */
import { type End, type Exc, type PyType, Shape, type Value } from "../../../objects/core.ts";
import { dictItemIteratorType, dictKeyIteratorType, dictValueIteratorType } from "../../../objects/dict/iterators.ts";
import { dictItemsType, dictKeysType, dictValuesType } from "../../../objects/dict/view.ts";
import { listIteratorType, listReverseIteratorType, tupleIteratorType } from "../../../objects/iterators/list.ts";
import { strAsciiIteratorType, strIteratorType } from "../../../objects/iterators/str.ts";
import { setIteratorType } from "../../../objects/set/iterator.ts";
import { frozensetType, rangeType, setType } from "../../../objects/types.ts";
import type { Node } from "../../ir/node.ts";
import { getIter, iterNext } from "../../../objects/protocol/iter.ts";
import { rangeIteratorType } from "../../../objects/range/iterator.ts";
import type { Step } from "../../record/log.ts";
import type { ListSeen } from "../../record/seen-list.ts";
import { nextItem } from "./lists.ts";
import { widthOf } from "../instructions.ts";
import type { Rule } from "../rules.ts";
import { type Translator, kindOfShape } from "../translator.ts";

const ends = (t: Translator, step: Step): boolean => t.nextPc !== step.pc + widthOf(step.op);

export const iterationRules: Record<string, Rule> = {
  GET_ITER(t, step) {
    const iterable = t.top.peek(1);
    const { seen } = step;
    const kind = seen instanceof Shape ? kindOfShape(seen) : null;
    if (
      t.kindOf(iterable) === "any" &&
      !iterable.isConstant &&
      (kind === "list" || kind === "tuple" || kind === "dict")
    ) {
      t.guardKind(iterable, kind);
    }
    const iterator = iteratorOf(t, iterable, seen);
    t.top.pop();
    t.top.push(iterator);
  },
  FOR_ITER_RANGE(t, step) {
    const iterator = t.top.peek(1);
    t.guardShape(iterator, rangeIteratorType.shapes, "not a range iterator");
    if (ends(t, step)) {
      t.guard("RANGE_DONE", [iterator], "loop goes on");
      return;
    }
    t.guard("RANGE_MORE", [iterator], "loop ends");
    t.top.push(t.emit("RANGE_NEXT", [iterator], "int"));
  },
  FOR_ITER_LIST(t, step) {
    const iterator = t.top.peek(1);
    t.guardShape(iterator, listIteratorType.shapes, "not a list iterator");
    if (ends(t, step)) {
      t.guard("LIST_ITER_DONE", [iterator], "loop goes on");
      t.emit("LIST_ITER_END", [iterator], "none");
      return;
    }
    t.guard("LIST_ITER_MORE", [iterator], "loop ends");
    t.top.push(nextItem(t, iterator, step.seen as ListSeen));
  },
  FOR_ITER_TUPLE(t, step) {
    const iterator = t.top.peek(1);
    t.guardShape(iterator, tupleIteratorType.shapes, "not a tuple iterator");
    if (ends(t, step)) {
      t.guard("TUPLE_ITER_DONE", [iterator], "loop goes on");
      t.emit("TUPLE_ITER_END", [iterator], "none");
      return;
    }
    t.guard("TUPLE_ITER_MORE", [iterator], "loop ends");
    t.top.push(t.emit("TUPLE_ITER_NEXT", [iterator], "any"));
  },
  /** Any other iterator: its end is found out by asking, so both ways go on after the call. */
  FOR_ITER(t, step) {
    const iterator = t.top.peek(1);
    const { seen } = step;
    const isQuiet = seen instanceof Shape && QUIET_ITERATORS.has(seen.cls);
    if (isQuiet) t.guardShape(iterator, seen, "other iterator");
    else t.guardDepth();
    const value = isQuiet ? t.callQuiet(iterNextOf, [iterator]) : t.call(iterNextOf, [iterator]);
    const next = step.pc + widthOf(step.op);
    t.branchOnEnd(value, ends(t, step), next + step.oparg + 1, next);
  },
};
/** An iterator of builtin containers is made and goes on without running Python code. */
const QUIET_ITERATORS: ReadonlySet<PyType> = new Set([
  dictKeyIteratorType,
  dictValueIteratorType,
  dictItemIteratorType,
  setIteratorType,
  strIteratorType,
  strAsciiIteratorType,
  listReverseIteratorType,
]);
const QUIET_ITERABLES: ReadonlySet<PyType> = new Set([
  dictKeysType,
  dictValuesType,
  dictItemsType,
  setType,
  frozensetType,
  rangeType,
]);
function iteratorOf(t: Translator, iterable: Node, seen: unknown): Node {
  const kind = t.kindOf(iterable);
  if (kind === "list" || kind === "tuple") {
    const iterator = t.emit(kind === "list" ? "LIST_ITER" : "TUPLE_ITER", [iterable], "any");
    t.state.shapes.set(iterator, (kind === "list" ? listIteratorType : tupleIteratorType).shapes);
    return iterator;
  }
  if (kind === "dict" || kind === "str") return t.callQuiet(getIter, [iterable]);
  if (!(seen instanceof Shape) || !(QUIET_ITERABLES.has(seen.cls) || QUIET_ITERATORS.has(seen.cls))) {
    return t.call(getIter, [iterable]);
  }
  t.guardShape(iterable, seen, "other iterable");
  return t.callQuiet(getIter, [iterable]);
}
/** `iterNext`, as a function of its own for each use: V8 keeps feedback by function. */
function iterNextOf(iterator: Value): Value | End | Exc {
  return iterNext(iterator);
}
