/** The hash that tables use, with the commonest kind of key decided on the spot. */
import type { Exc, Value } from "../core.ts";
import { tableHash } from "../protocol/object.ts";

/** As `tableHash`; hash(-1) is -2 in Python, and stays so for numbers equal to -1 of other types. */
export function hashOfKeyRaw(key: Value): number | Exc {
  if (typeof key === "number" && (key | 0) === key) return key === -1 ? -2 : key;
  return tableHash(key);
}
