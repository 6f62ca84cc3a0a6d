/** Items of bytes, bytearrays and arrays: bytes and numbers in typed memory. */
import type { Kind as ItemKind } from "../../../objects/array.ts";
import { bytearrayType, bytesType } from "../../../objects/types.ts";
import { Shape } from "../../../objects/core.ts";
import type { Node } from "../../ir/node.ts";
import type { ShapeSeen } from "../../record/seen.ts";
import type { Translator } from "../translator.ts";
import { indexOf } from "./index-of.ts";

/** What an item may be, for the kinds of arrays whose items are read and written as they are. */
interface Items {
  readonly isFloat: boolean;
  readonly low: number;
  readonly high: number;
}
const ints = (bits: number): Items => ({ isFloat: false, low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 });
const naturals = (bits: number): Items => ({ isFloat: false, low: 0, high: 2 ** bits - 1 });
const BYTES = naturals(8);
/** By type code; those of 64 bits are pairs of halves, characters are strings, and `f` rounds. */
const BY_CODE: Readonly<Record<string, Items | undefined>> = {
  b: ints(8),
  B: BYTES,
  h: ints(16),
  H: naturals(16),
  i: ints(32),
  I: naturals(32),
  d: { isFloat: true, low: 0, high: 0 },
};

/** `owner[index]` where it is such a container and an int, as recorded; null: it is not. */
export function typedItem(
  t: Translator,
  owner: Node,
  index: Node,
  seen: ShapeSeen,
  kind: ItemKind | null,
): Node | null {
  if (t.kindOf(index) !== "int" || !(seen instanceof Shape)) return null;
  if (seen.cls === bytesType) {
    t.guardShape(owner, seen, "no bytes");
    const at = indexOf(t, owner, index, "BYTES_LENGTH", "INDEX_IN_BYTES");
    return bounded(t.emit("BYTES_ITEM", [owner, at], "int"), BYTES);
  }
  if (seen.cls === bytearrayType) {
    t.guardShape(owner, seen, "no bytearray");
    const at = indexOf(t, owner, index, "ARRAY_LENGTH", "INDEX_IN_ARRAY");
    return bounded(t.emit("BYTEARRAY_ITEM", [owner, at], "int"), BYTES);
  }
  const items = guardArray(t, owner, seen, kind);
  if (items === null) return null;
  const at = indexOf(t, owner, index, "ARRAY_LENGTH", "INDEX_IN_ARRAY");
  const item = t.emit("ARRAY_ITEM", [owner, at], items.isFloat ? "float" : "int");
  return items.isFloat ? item : bounded(item, items);
}
/** `owner[index] = value`; false: nothing has been done. */
export function storeTypedItem(
  t: Translator,
  owner: Node,
  index: Node,
  value: Node,
  seen: ShapeSeen,
  kind: ItemKind | null,
): boolean {
  if (t.kindOf(index) !== "int" || !(seen instanceof Shape)) return false;
  const isBytes = seen.cls === bytearrayType;
  const items = isBytes ? BYTES : seen.cls.isHeap ? undefined : BY_CODE[kind?.code ?? ""];
  if (items === undefined) return false;
  const stored = storable(t, value, items);
  if (stored === null) return false;
  if (isBytes) t.guardShape(owner, seen, "no bytearray");
  else guardArray(t, owner, seen, kind);
  const at = indexOf(t, owner, index, "ARRAY_LENGTH", "INDEX_IN_ARRAY");
  t.emit(isBytes ? "STORE_BYTEARRAY_ITEM" : "STORE_ARRAY_ITEM", [owner, at, stored], "none");
  return true;
}
function guardArray(t: Translator, owner: Node, seen: Shape, kind: ItemKind | null): Items | null {
  const items = kind === null || seen.cls.isHeap ? undefined : BY_CODE[kind.code];
  if (items === undefined) return null;
  t.guardShape(owner, seen, "no array");
  t.guardOnce(`items ${owner.id} ${kind?.code}`, "HAS_ITEM_KIND", [owner], "array of other items", kind);
  return items;
}
function storable(t: Translator, value: Node, { isFloat, low, high }: Items): Node | null {
  const kind = t.kindOf(value);
  if (isFloat) {
    if (kind === "int") return t.emit("INT_TO_FLOAT", [value], "float");
    return kind === "float" || kind === "boxed" ? t.toFloat(value) : null;
  }
  if (kind !== "int") return null;
  if (value.low < low) t.guardOnce(`from ${value.id} ${low}`, "AT_LEAST", [value], "below an array's items", low);
  if (value.high > high)
    t.guardOnce(`to ${value.id} ${high}`, "LESS_THAN", [value], "beyond an array's items", high + 1);
  return value;
}
function bounded(node: Node, { low, high }: Items): Node {
  node.low = low;
  node.high = high;
  return node;
}
