/** Fills the slots of classes written in Python from what their MRO defines (`fixup_slot_dispatchers`). */
import { type PyType, SLOT_NAMES, type SlotName, type Value, isSubtype, objectType } from "../core.ts";
import { PyBuiltin } from "../builtin.ts";
import { WrapperDescriptor } from "../descriptors.ts";
import { PyStaticMethod } from "../static-method.ts";
import { hashNotImplemented } from "./hash-not-implemented.ts";
import { lookup, subclassesOf } from "./lookup.ts";
import { instanceGetAttr } from "./instance-attributes.ts";
import { slotFunctions } from "./slot-functions.ts";
import { type SlotDef, slotDefs, slotDefsNamed } from "./slotdefs.ts";

const defsOfSlot = new Map<SlotName, SlotDef[]>();
for (const def of slotDefs) {
  // These have no slot function: `__add__` of a Python class is nb_add alone.
  if (slotFunctions[def.slot] === undefined) continue;
  const list = defsOfSlot.get(def.slot);
  if (list === undefined) defsOfSlot.set(def.slot, [def]);
  else list.push(def);
}

/** Fills all slots of a new class. */
export function fillSlots(type: PyType): void {
  const slots = type as unknown as Record<string, unknown>;
  const base = type.base as PyType;
  for (const name of SLOT_NAMES) slots[name] = (base as unknown as Record<string, unknown>)[name];
  const names = new Set<string>();
  // The slots copied know what the base inherits; with other classes in between, another may come first.
  for (const cls of isContinued(type.mro, base.mro) ? [type] : type.mro) {
    if (!cls.isHeap && cls !== objectType) continueNative(cls, type, names);
    else if (cls.isHeap) for (const key of cls.dict!.strKeys()) if (key.startsWith("__")) names.add(key);
  }
  updateNamed(type, names);
}
/** Is `mro` that of the base with one class before it? */
function isContinued(mro: readonly PyType[], baseMro: readonly PyType[]): boolean {
  return mro.length === baseMro.length + 1 && baseMro.every((cls, i) => mro[i + 1] === cls);
}
/** Native bases other than the one whose slots were copied contribute their special methods too. */
function continueNative(cls: PyType, type: PyType, names: Set<string>): void {
  if (isSubtype(type.base as PyType, cls)) return;
  for (const def of slotDefs) {
    if ((cls as unknown as Record<string, unknown>)[def.slot] !== null) names.add(def.name);
  }
}
function updateNamed(type: PyType, names: Iterable<string>): void {
  const done = new Set<SlotName>();
  for (const name of names) {
    if (name === "__new__") updateNew(type);
    for (const def of slotDefsNamed(name) ?? []) {
      if (done.has(def.slot) || !defsOfSlot.has(def.slot)) continue;
      done.add(def.slot);
      updateSlot(type, def.slot);
    }
  }
}
/** After an assignment to a special method: this class and the subclasses that inherit it. */
export function updateSlotsNamed(type: PyType, name: string): void {
  if (name !== "__new__" && slotDefsNamed(name) === undefined) return;
  updateNamed(type, [name]);
  for (const sub of subclassesOf(type)) if (sub.isHeap) updateSlotsNamed(sub, name);
}

function updateNew(type: PyType): void {
  const found = lookup(type, "__new__");
  const plain = found instanceof PyStaticMethod ? found.callable : found;
  if (plain instanceof PyBuiltin && plain.def.name === "__new__") {
    type.tp_new = (plain.self as PyType).tp_new;
  } else {
    type.tp_new = slotFunctions.tp_new as PyType["tp_new"];
  }
}

function updateSlot(type: PyType, slot: SlotName): void {
  const slots = type as unknown as Record<string, unknown>;
  let specific: unknown = null;
  let generic = false;
  let found = false;
  for (const def of defsOfSlot.get(slot) as SlotDef[]) {
    const descriptor: Value | undefined = lookup(type, def.name);
    if (descriptor === undefined) continue;
    found = true;
    if (descriptor instanceof WrapperDescriptor && descriptor.slotDef.name === def.name) {
      if (isSubtype(type, descriptor.owner)) {
        const native = (descriptor.owner as unknown as Record<string, unknown>)[slot];
        if (specific === null || specific === native) specific = native;
        else generic = true;
      } else {
        generic = true;
      }
    } else if (descriptor === null && slot === "tp_hash") {
      specific = hashNotImplemented;
    } else {
      generic = true;
    }
  }
  if (!found) slots[slot] = null;
  else if (generic) slots[slot] = slotFunctions[slot];
  else slots[slot] = slot === "tp_getattro" && specific === null ? instanceGetAttr : specific;
}
