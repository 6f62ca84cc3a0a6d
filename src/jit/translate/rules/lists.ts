/**
 * Items of lists. A list keeps raw doubles or values; which of them is a fact of the heap that anything may change that
 * knows the list: what is unknown is guarded to be as the recording met it. Storing what a list of doubles cannot keep
 * makes it an ordinary one.
 */
import type { Node } from "../../ir/node.ts";
import type { ListSeen } from "../../record/seen-list.ts";
import type { Translator } from "../translator.ts";

/** Guards how `list`, or the list of an iterator, keeps its items; true: as raw doubles. */
export function keepsDoubles(t: Translator, owner: Node, seen: boolean, ofIterator = false): boolean {
  const known = t.state.storages.get(owner);
  if (known !== undefined) return known;
  const what = ofIterator ? "ITER_KEEPS" : "KEEPS";
  if (seen) t.guard(`${what}_DOUBLES`, [owner], "list of values");
  else t.guard(`${what}_VALUES`, [owner], "list of floats");
  t.state.storages.set(owner, seen);
  return seen;
}

/** The item at an index within the list. */
export function loadItem(t: Translator, list: Node, index: Node, seen: ListSeen): Node {
  return keepsDoubles(t, list, seen.isFloat)
    ? t.emit("LIST_DOUBLE", [list, index], "float")
    : t.emit("LIST_ITEM", [list, index], "any");
}
/** The next item of an iterator that has one. */
export function nextItem(t: Translator, iterator: Node, seen: ListSeen): Node {
  return keepsDoubles(t, iterator, seen.isFloat, true)
    ? t.emit("LIST_ITER_NEXT_DOUBLE", [iterator], "float")
    : t.emit("LIST_ITER_NEXT", [iterator], "any");
}

/** The raw double to put into a list of doubles; null where the value may be something else. */
function storable(t: Translator, value: Node, seen: ListSeen): Node | null {
  if (!seen.takes) return null;
  if (t.kindOf(value) === "any") t.guardKind(value, "boxed");
  const raw = t.rawFloat(value);
  if (raw === null || raw.isConstant) return raw;
  t.guardOnce(`number ${raw.id}`, "NOT_NAN", [raw], "NaN into a list");
  return raw;
}
/** What is known of lists, after a store that may have made a list of doubles an ordinary one. */
function forgetStorages(t: Translator): void {
  for (const [owner, isFloat] of t.state.storages) if (isFloat) t.state.storages.delete(owner);
}
export function storeItem(t: Translator, list: Node, index: Node, value: Node, seen: ListSeen): void {
  if (keepsDoubles(t, list, seen.isFloat)) {
    const raw = storable(t, value, seen);
    if (raw !== null) {
      t.emit("STORE_LIST_DOUBLE", [list, index, raw], "none");
      return;
    }
    t.emit("LIST_SET", [list, index, t.boxed(value)], "none");
    forgetStorages(t);
    return;
  }
  t.emit("STORE_LIST_ITEM", [list, index, t.boxed(value)], "none");
}
export function appendItem(t: Translator, list: Node, value: Node, seen: ListSeen): void {
  const kind = t.kindOf(value);
  // Ints and the like go into any list: a guard would fail at the first item of each fresh list.
  const mayBeFloat = kind === "any" || kind === "float" || kind === "boxed";
  const known = t.state.storages.get(list) ?? (mayBeFloat ? keepsDoubles(t, list, seen.isFloat) : undefined);
  if (known === false) {
    t.emit("LIST_APPEND", [list, t.boxed(value)], "none");
    return;
  }
  const raw = mayBeFloat ? storable(t, value, seen) : null;
  if (raw !== null) {
    t.emit("LIST_APPEND_DOUBLE", [list, raw], "none");
    return;
  }
  t.emit("LIST_PUSH", [list, t.boxed(value)], "none");
  forgetStorages(t);
}

/** A fresh list. */
export function newListOf(t: Translator, items: readonly Node[]): Node {
  if (items.length === 0) return t.emit("NEW_EMPTY_LIST", [], "list");
  const kinds = items.map((item) => t.kindOf(item));
  const areFloats = kinds.every((kind) => kind === "float" || kind === "boxed");
  const mayBeFloats = kinds.every((kind) => kind === "float" || kind === "boxed" || kind === "any");
  // A float that is an object already stays that object, should it be a NaN.
  const isComputed = (item: Node): boolean => item.op !== "HEADER" && !t.state.boxed.has(item);
  if (areFloats && items.every((item) => item.kind === "float" && isComputed(item))) {
    const doubles = items.map((item) => t.rawFloat(item) as Node);
    return t.emit("NEW_FLOAT_LIST", doubles, "list");
  }
  const values = items.map((item) => t.boxed(item));
  return t.emit(mayBeFloats ? "NEW_LIST_OF" : "NEW_LIST", values, "list");
}
