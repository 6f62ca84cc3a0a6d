/** What a value is known to be an instance of, and guards that it is of what the recording has met. */
import { type PyType, Shape, type Value } from "../../objects/core.ts";
import {
  boolType,
  dictType,
  floatType,
  intType,
  listType,
  noneType,
  strType,
  tupleType,
  typeOf,
} from "../../objects/types.ts";
import type { Kind, Node } from "../ir/node.ts";
import { type ShapeSeen, kindOfShape } from "../record/seen.ts";
import type { Translator } from "./translator.ts";

const GUARDED: ReadonlySet<ShapeSeen> = new Set<ShapeSeen>(["int", "bigint", "str", "bool", "none"]);

/**
 * What is unknown is guarded to be of the primitive kind or the builtin type that the recording has met; nothing is
 * asked of instances of classes written in Python.
 */
export function expectSeen(t: Translator, node: Node, seen: ShapeSeen): void {
  if (t.kindOf(node) !== "any" || node.isConstant) return;
  if (seen instanceof Shape ? !seen.cls.isHeap : seen !== null && seen !== "any" && seen !== "unbound") {
    guardSeen(t, node, seen, 0);
  }
}
const TYPES: Partial<Record<Kind, PyType>> = {
  int: intType,
  bigint: intType,
  bool: boolType,
  none: noneType,
  str: strType,
  list: listType,
  tuple: tupleType,
  dict: dictType,
  float: floatType,
  boxed: floatType,
};
/** The type of a value whose kind says it. */
export function typeOfKind(t: Translator, node: Node): PyType | undefined {
  return TYPES[t.kindOf(node)];
}
/** The builtin type, or class, that a value is known to be an instance of. */
export function classOf(t: Translator, node: Node): PyType | undefined {
  return typeOfKind(t, node) ?? t.shapeOf(node)?.cls ?? (node.isConstant ? typeOf(node.data as Value) : undefined);
}

/** Guards that a value is of the class, or of the kind, that the recording has met. */
export function guardSeen(t: Translator, node: Node, seen: ShapeSeen, version: number): boolean {
  if (seen instanceof Shape) {
    const kind = kindOfShape(seen);
    if (kind !== null) t.guardKind(node, kind);
    else {
      if (t.shapeOf(node)?.cls !== seen.cls) t.guardShape(node, seen, "other class");
      if (seen.cls.isHeap) t.guardVersion(seen.cls, version, "class changed");
    }
    return true;
  }
  if (GUARDED.has(seen)) t.guardKind(node, seen as Kind);
  else return false;
  return true;
}
/** Guards the value's class, and that it is as it was. */
export function guardClassVersion(t: Translator, node: Node, version: number): void {
  t.guardOnce(`class ${node.id} ${version}`, "HAS_CLASS_VERSION", [node], "other class", version);
}
/** Guards that a class is as it was. Builtin ones do not change. */
export function guardUnchanged(t: Translator, cls: PyType, version = cls.version): void {
  if (cls.isHeap) t.guardVersion(cls, version, "class changed");
}
