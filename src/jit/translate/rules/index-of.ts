/** Indices of sequences. */
import { MAX_INT, type Node } from "../../ir/node.ts";
import type { Translator } from "../translator.ts";

/** Is it, as the bound of a slice, not asked for its `__index__`? */
export const isBound = (t: Translator, node: Node): boolean => t.kindOf(node) === "int" || t.kindOf(node) === "none";

/** The index as it is when it is not negative; a constant negative one is counted from the end. */
export function indexOf(t: Translator, sequence: Node, index: Node, length: string, within: string): Node {
  if (index.high < 0 && index.isConstant) {
    const size = t.emit(length, [sequence], "int");
    size.low = 0;
    size.high = 2 ** 32;
    const at = t.emit("INT_ADD", [size, index], "int");
    at.low = -MAX_INT;
    t.guard("NOT_NEGATIVE", [at], "index out of range");
    at.low = 0;
    return at;
  }
  if (index.low < 0) {
    const name = `natural ${index.id}`;
    t.guardOnce(name, "NOT_NEGATIVE", [index], "negative index");
  }
  t.guard(within, [sequence, index], "index out of range");
  return index;
}
/** An index of either sign, as the interpreter has nothing special for: counted from the end where it is negative. */
export function countedIndexOf(t: Translator, sequence: Node, index: Node, length: string, within: string): Node {
  if (index.low >= 0 || index.isConstant) return indexOf(t, sequence, index, length, within);
  const size = t.emit(length, [sequence], "int");
  const at = t.emit("COUNTED_INDEX", [size, index], "int");
  t.guard("NOT_NEGATIVE", [at], "index out of range");
  at.low = 0;
  t.guard(within, [sequence, at], "index out of range");
  return at;
}
