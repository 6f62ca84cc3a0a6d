/** Loops over iterators. */
import type { End, Exc, Value } from "../../../objects/core.ts";
import { listIteratorType, tupleIteratorType } from "../../../objects/iterators/list.ts";
import { getIter, iterNext } from "../../../objects/protocol/iter.ts";
import { rangeIteratorType } from "../../../objects/range/iterator.ts";
import type { Step } from "../../record/log.ts";
import { widthOf } from "../instructions.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";

const ends = (t: Translator, step: Step): boolean => t.nextPc !== step.pc + widthOf(step.op);

export const iterationRules: Record<string, Rule> = {
  GET_ITER(t) {
    const iterable = t.top.peek(1);
    const known = t.kindOf(iterable) === "list";
    const iterator = known ? t.emit("LIST_ITER", [iterable], "any") : t.call(getIter, [iterable]);
    if (known) t.state.shapes.set(iterator, listIteratorType.shapes);
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
    t.top.push(t.emit("LIST_ITER_NEXT", [iterator], "any"));
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
  /** A generator that is not followed. */
  FOR_ITER_GEN: (t, step) => iterationRules.FOR_ITER(t, step),
  /** Any other iterator: its end is found out by asking, so both ways go on after the call. */
  FOR_ITER(t, step) {
    const iterator = t.top.peek(1);
    const value = t.call(iterNextOf, [iterator]);
    const next = step.pc + widthOf(step.op);
    t.branchOnEnd(value, ends(t, step), next + step.oparg + 1, next);
  },
};
/** `iterNext`, as a function of its own for each use: V8 keeps feedback by function. */
function iterNextOf(iterator: Value): Value | End | Exc {
  return iterNext(iterator);
}
