/** Slot inheritance of native types (CPython's `inherit_slots`), simplified to single inheritance. */
import { type PyType, SLOT_NAMES, type SlotName, type Slots, nextVersion } from "../core.ts";
import { hashNotImplemented } from "./hash-not-implemented.ts";

/** The slots that a native type has: a memo, since most types inherit from the same few, all of them at start-up. */
const slotsOf = new Map<PyType, readonly SlotName[]>();

function slotNames(base: PyType): readonly SlotName[] {
  let names = slotsOf.get(base);
  if (names === undefined) {
    names = SLOT_NAMES.filter((name) => base[name] !== null);
    slotsOf.set(base, names);
  }
  return names;
}

/** Copies from `base` each slot that `own` does not mention; comparison and hash go together. */
export function inheritSlots(type: PyType, base: PyType, own: Partial<Slots>): void {
  type.version = nextVersion();
  const to = type as unknown as Record<string, unknown>;
  const from = base as unknown as Record<string, unknown>;
  for (const name of slotNames(base)) {
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
