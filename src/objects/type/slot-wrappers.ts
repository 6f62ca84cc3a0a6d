/** Shows a native type's slots as special methods in its dict, and calls those. */
import type { EXC, KwNames, Namespace, PyType, Result, Slots, Value } from "../core.ts";
import { WrapperDescriptor } from "../descriptors.ts";
import { typeError } from "../errors.ts";
import { newBuiltin, type PyBuiltin } from "../builtin.ts";
import { NativeDef } from "../native.ts";
import { hashNotImplemented } from "./hash-not-implemented.ts";
import { type SlotDef, slotDefs } from "./slotdefs.ts";
import { tpNewCall } from "./tp-new.ts";

/** Adds the wrapper of each slot that the type itself declares. */
export function addSlotWrappers(type: PyType, slots: Partial<Slots>, dict: Namespace): void {
  for (const def of slotDefs) {
    const f = slots[def.slot];
    if (f === undefined || f === null || def.text === null) continue;
    if (def.slot === "tp_getattro" && def.name !== "__getattribute__") continue;
    if (dict.getStr(def.name) !== undefined) continue;
    if (def.slot === "tp_hash" && f === (hashNotImplemented as unknown)) dict.setStr("__hash__", null);
    else dict.setStr(def.name, new WrapperDescriptor(type, def, f));
  }
  if (slots.tp_new !== undefined && slots.tp_new !== null) dict.setStr("__new__", newMethodOf(type));
}

/** `int.__new__`: a builtin bound to the type, which checks that the class asked for may be made so. */
function newMethodOf(type: PyType): PyBuiltin {
  const def = new NativeDef(
    "method",
    null,
    ((owner: PyType, args: Value[], kwnames: KwNames) => tpNewCall(owner, args, kwnames)) as never,
    "Create and return a new object.  See help(type) for accurate signature.",
  );
  def.signedAs("($type, *args, **kwargs)");
  const made = newBuiltin("__new__", def, "builtins", type);
  def.fullName = `${type.name}.__new__`;
  return made;
}

/** Calls a wrapper with `self`. */
export function callWrapper(descriptor: WrapperDescriptor, self: Value, args: Value[], kwnames: KwNames): Result {
  const { slotDef } = descriptor;
  const keywords = kwnames === null ? 0 : kwnames.length;
  if (slotDef.max >= 0) {
    if (keywords > 0) return typeError(`wrapper ${slotDef.name}() takes no keyword arguments`);
    const given = args.length;
    if (given < slotDef.min || given > slotDef.max) {
      if (slotDef.slot === "nb_power" && slotDef.max === 2) return typeError(`expected 1 or 2 arguments, got ${given}`);
      return wrongCount(slotDef, given);
    }
  }
  return slotDef.wrap(descriptor.slotFunction, self, args, keywords > 0 ? kwnames : null, slotDef);
}
/** CPython unpacks two arguments, and those of `__buffer__`, under the method's name, and counts one without. */
function wrongCount({ name, min, max }: SlotDef, given: number): typeof EXC {
  const who = max === 2 || name === "__buffer__" ? `${name} ` : "";
  const atLeast = given < min;
  const bound = min === max ? "" : atLeast ? "at least " : "at most ";
  const n = atLeast ? min : max;
  return typeError(`${who}expected ${bound}${n} argument${n === 1 ? "" : "s"}, got ${given}`);
}
