/** A class's MRO: by C3, or by the metaclass's own `mro()`. */
import { EXC, type Exc, PyType, typeType } from "../core.ts";
import { typeError } from "../errors.ts";
import { call } from "../protocol/call.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { lookupSpecial } from "../protocol/object.ts";
import { typeOf } from "../types.ts";
import { lookup } from "./lookup.ts";
import { linearize } from "./mro.ts";

/** By C3; TypeError where that is impossible. */
export function standardMro(type: PyType): PyType[] | Exc {
  const seen = new Set<PyType>();
  for (const base of type.bases) {
    if (seen.has(base)) return typeError(`duplicate base class ${base.name}`);
    seen.add(base);
  }
  const mro = linearize(type, type.bases);
  if (Array.isArray(mro)) return mro;
  const names = mro.conflict.map((cls) => cls.name).join(", ");
  return typeError(`Cannot create a consistent method resolution order (MRO) for bases ${names}`);
}

export function computeMro(type: PyType): PyType[] | Exc {
  const metatype = type.shape.cls;
  if (metatype === typeType || lookup(metatype, "mro") === lookup(typeType, "mro")) return standardMro(type);
  const hook = lookupSpecial(type, "mro");
  if (hook === EXC || hook === undefined) return EXC;
  const result = call(hook, []);
  const items = result === EXC ? EXC : listFromIterable(result);
  if (items === EXC) return EXC;
  for (const item of items) {
    if (!(item instanceof PyType)) return typeError(`mro() returned a non-class ('${typeOf(item).name}')`);
    if (item.solidBase !== type.solidBase && !type.solidBase.mro.includes(item.solidBase)) {
      return typeError(`mro() returned base with unsuitable layout ('${item.name}')`);
    }
  }
  return items as PyType[];
}
