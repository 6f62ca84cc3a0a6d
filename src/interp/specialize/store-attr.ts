/** STORE_ATTR's specialisations. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import { type Shape, type Value, objectType } from "../../objects/core.ts";
import { MemberDescriptor } from "../../objects/descriptors.ts";
import { isPlainFloat } from "../../objects/float.ts";
import { PyInstance } from "../../objects/instance.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { typeOf } from "../../objects/types.ts";
import { failed, newCache, specialized } from "./counter.ts";

/** Instances with more fields than this go to dictionary mode (instance.ts). */
const MAX_FIELDS = 64;

export function specializeStoreAttr(code: PyCode, pc: number, owner: Value, name: string, value: Value): void {
  const opcode = choose(code, pc, owner, name, value);
  if (opcode === 0) failed(code, pc);
  else specialized(code, pc, opcode);
}
function choose(code: PyCode, pc: number, owner: Value, name: string, value: Value): number {
  if (!(owner instanceof PyInstance)) return 0;
  const type = typeOf(owner);
  if (type.tp_setattro !== objectType.tp_setattro) return 0;
  const found = lookup(type, name);
  const { shape } = owner;
  if (found instanceof MemberDescriptor && found.index >= 0) {
    const cache = newCache(code, pc);
    cache.version = type.version;
    cache.index = found.index;
    return OPCODE.STORE_ATTR_SLOT;
  }
  if (!type.hasDict || (found !== undefined && typeOf(found).tp_descr_set !== null)) return 0;
  const cache = newCache(code, pc);
  cache.guard = shape;
  cache.version = type.version;
  if (shape.isDictionary) return OPCODE.STORE_ATTR_WITH_HINT;
  const field = shape.fields.get(name);
  if (field === undefined && shape.used >= MAX_FIELDS) return 0;
  cache.index = field ?? shape.fieldNumber(shape.used);
  const after = shapeAfter(shape, name, field, isPlainFloat(value));
  // Other fields would have to be converted too.
  if ((shape.floats & ~after.floats & ~(1 << cache.index)) !== 0) return 0;
  cache.extra = after;
  cache.isFloat = after.holdsFloat(cache.index);
  return OPCODE.STORE_ATTR_INSTANCE_VALUE;
}
function shapeAfter(shape: Shape, name: string, field: number | undefined, isFloat: boolean): Shape {
  if (field === undefined) return shape.with(name, isFloat);
  return shape.holdsFloat(field) && !isFloat ? shape.generalised(field) : shape;
}
