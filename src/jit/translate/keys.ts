/** Keys of dicts and sets that are hashed and compared natively, when no key that is there asks Python code. */
import { isNative, isStranger } from "../../objects/dict/strangers.ts";
import type { Node } from "../ir/node.ts";
import type { ShapeSeen } from "../record/seen.ts";
import { classOf, expectSeen } from "./expect.ts";
import { isPlain } from "./quiet.ts";
import type { Translator } from "./translator.ts";

/** Guards what the recording has met, and that a tuple has no other items; false: not known to be such a key. */
export function expectQuietKey(t: Translator, node: Node, seen: ShapeSeen = null): boolean {
  expectSeen(t, node, seen);
  return isQuietKey(t, node);
}
/** Is the value such a key? Of a tuple that is not known item by item, that is guarded. */
export function isQuietKey(t: Translator, node: Node): boolean {
  if (node.isConstant) return !isStranger(node.data as never);
  if (node.op === "NEW_TUPLE") return node.args.every((arg) => isQuietKey(t, arg));
  if (t.kindOf(node) === "tuple")
    return t.guardOr(`no strangers in ${node.id}`, "NOT_STRANGE", [node], "strangers in a tuple");
  const cls = classOf(t, node);
  return isPlain(t.kindOf(node)) || (cls !== undefined && isNative(cls));
}
