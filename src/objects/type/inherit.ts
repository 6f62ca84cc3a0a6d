/** Slot inheritance of native types (CPython's `inherit_slots`), simplified to single inheritance. */
import { type PyType, SLOT_NAMES, type Slots, nextVersion } from "../core.ts";
import { hashNotImplemented } from "./hash-not-implemented.ts";

/** Copies from `base` each slot that `own` does not mention; comparison and hash go together. */
export function inheritSlots(type: PyType, base: PyType, own: Partial<Slots>): void {
  type.version = nextVersion();
  const to = type as unknown as Record<string, unknown>;
  const from = base as unknown as Record<string, unknown>;
  for (const name of SLOT_NAMES) {
    if (own[name] !== undefined) continue;
    if (name === "tp_richcompare" && own.tp_hash !== undefined && own.tp_hash !== null) {
      to[name] = from[name];
    } else if (name === "tp_hash" && own.tp_richcompare != null) {
      type.tp_hash = hashNotImplemented as unknown as PyType["tp_hash"];
    } else {
      to[name] = from[name];
    }
  }
}
