/** Loops over iterators. */
import { type End, type Exc, type PyType, Shape, type Value } from "../../../objects/core.ts";
import { dictItemIteratorType, dictKeyIteratorType, dictValueIteratorType } from "../../../objects/dict/iterators.ts";
import { dictItemsType, dictKeysType, dictValuesType } from "../../../objects/dict/view.ts";
import { enumerateType } from "../../../objects/iterators/enumerate.ts";
import { listIteratorType, listReverseIteratorType, tupleIteratorType } from "../../../objects/iterators/list.ts";
import { strAsciiIteratorType, strIteratorType } from "../../../objects/iterators/str.ts";
import { zipType } from "../../../objects/iterators/zip.ts";
import { setIteratorType } from "../../../objects/set/iterator.ts";
import { frozensetType, rangeType, setType } from "../../../objects/types.ts";
import { MAX_INT, type Node } from "../../ir/node.ts";
import { getIter, iterNext } from "../../../objects/protocol/iter.ts";
import { rangeIteratorType } from "../../../objects/range/iterator.ts";
import type { Step } from "../../record/log.ts";
import { kindOfShape } from "../../record/seen.ts";
import type { IteratorSeen, ListSeen } from "../../record/seen-list.ts";
import { keepsDoubles, nextItem } from "./lists.ts";
import { widthOf } from "../instructions.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";

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
    // FOR_ITER_GEN has noted the generator, or nothing.
    const { shape, parts = null } = (step.seen ?? {}) as Partial<IteratorSeen>;
    if (parts !== null && !ends(t, step)) {
      const values = nextOfParts(t, iterator, shape as Shape, parts);
      if (values !== null) return t.top.push(values);
    }
    const isQuiet = shape instanceof Shape && QUIET_ITERATORS.has(shape.cls);
    if (isQuiet) t.guardShape(iterator, shape, "other iterator");
    else t.guardDepth();
    if (isQuiet && shape.cls === strAsciiIteratorType) return nextCharacter(t, step, iterator);
    const value = isQuiet ? t.runQuiet("NEXT_ITEM", [iterator]) : t.call(iterNextOf, [iterator]);
    const next = step.pc + widthOf(step.op);
    t.branchOnEnd(value, ends(t, step), next + step.oparg + 1, next);
  },
};
/** Of an ASCII text: there are others that are no JavaScript strings. */
function nextCharacter(t: Translator, step: Step, iterator: Node): void {
  if (!ends(t, step)) {
    t.guard("STR_ITER_MORE", [iterator], "loop ends");
    return t.top.push(t.emit("STR_ITER_NEXT", [iterator], "str"));
  }
  t.guard("STR_ITER_DONE", [iterator], "loop goes on");
  t.emit("STR_ITER_END", [iterator], "none");
}
/**
 * The next tuple of an enumeration or a zip whose own iterators are simple ones that all go on; null: they are others.
 * The tuple is made only where it is used as one.
 */
function nextOfParts(t: Translator, iterator: Node, shape: Shape, parts: readonly IteratorSeen[]): Node | null {
  if (parts.length === 0 || !parts.every((part) => part.shape instanceof Shape && STEPS.has(part.shape.cls)))
    return null;
  t.guardShape(iterator, shape, "other iterator");
  const isEnumeration = shape.cls === enumerateType;
  const inner = parts.map((_, i) =>
    isEnumeration ? t.emit("INNER_ITER", [iterator], "any") : t.emit("ZIPPED_ITER", [iterator], "any", i),
  );
  if (!areApart(t, iterator, inner)) return null;
  const steps = parts.map((part) => STEPS.get((part.shape as Shape).cls) as IteratorSteps);
  inner.forEach((node, i) => t.guardShape(node, parts[i].shape as Shape, "other inner iterator"));
  inner.forEach((node, i) => t.guard(steps[i].more, [node], "loop ends"));
  // What a list iterator gives is guarded before any of them moves.
  inner.forEach((node, i) => steps[i].prepare?.(t, node, parts[i].list));
  if (!isEnumeration)
    return pair(
      t,
      inner.map((node, i) => steps[i].next(t, node, parts[i].list)),
    );
  const count = t.emit("ENUMERATE_COUNT", [iterator], "any");
  t.guardKind(count, "int");
  t.guard("LESS_THAN", [count], "count too large", MAX_INT);
  t.emit("ENUMERATE_STEP", [iterator, count], "none");
  return pair(t, [count, steps[0].next(t, inner[0], parts[0].list)]);
}
/** One iterator may stand in two places. */
function areApart(t: Translator, iterator: Node, inner: readonly Node[]): boolean {
  for (let i = 1; i < inner.length; i++) {
    for (let j = 0; j < i; j++) {
      const name = `apart ${iterator.id} ${j} ${i}`;
      if (!t.guardOr(name, "DIFFERS", [inner[j], inner[i]], "the same iterator twice")) return false;
    }
  }
  return true;
}
function pair(t: Translator, values: readonly Node[]): Node {
  return t.emit(
    "NEW_TUPLE",
    values.map((value) => t.boxed(value)),
    "tuple",
  );
}
interface IteratorSteps {
  /** The guard that there is a next item. */
  readonly more: string;
  readonly prepare?: (t: Translator, iterator: Node, seen: ListSeen) => void;
  readonly next: (t: Translator, iterator: Node, seen: ListSeen) => Node;
}
const STEPS: ReadonlyMap<PyType, IteratorSteps> = new Map<PyType, IteratorSteps>([
  [rangeIteratorType, { more: "RANGE_MORE", next: (t, iterator) => t.emit("RANGE_NEXT", [iterator], "int") }],
  [
    listIteratorType,
    {
      more: "LIST_ITER_MORE",
      prepare: (t, iterator, seen) => void keepsDoubles(t, iterator, seen.isFloat, true),
      next: nextItem,
    },
  ],
  [tupleIteratorType, { more: "TUPLE_ITER_MORE", next: (t, iterator) => t.emit("TUPLE_ITER_NEXT", [iterator], "any") }],
  [strAsciiIteratorType, { more: "STR_ITER_MORE", next: (t, iterator) => t.emit("STR_ITER_NEXT", [iterator], "str") }],
]);
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
/** Iterators that are their own. */
const OWN_ITERATORS: ReadonlySet<PyType> = new Set([enumerateType, zipType]);
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
  const own = t.shapeOf(iterable)?.cls;
  if (own !== undefined && OWN_ITERATORS.has(own)) return iterable;
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
