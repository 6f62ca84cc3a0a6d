/**
 * A NaN is its object: containers find it by its identity, and its hash is its identity's (decision 0040). So it is never
 * carried as a raw double where its box would be forgotten.
 */
import type { Node } from "../ir/node.ts";

/** Operations whose doubles are never NaN. */
const PLAIN: ReadonlySet<string> = new Set(["LOAD_FIELD", "LOAD_FAR_FIELD", "LOAD_FAR_MEMBER", "INT_TO_FLOAT"]);

/** Is the raw double known to be no NaN? */
export function isPlain(raw: Node): boolean {
  return raw.isConstant ? !Number.isNaN(raw.data) : PLAIN.has(raw.op);
}
