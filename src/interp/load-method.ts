/** The function behind `obj.name(…)`, without making a bound method. */
import { METHOD_DESCRIPTOR, type Value, objectType } from "../objects/core.ts";
import { PyFunction } from "../objects/function.ts";
import { ownAttribute } from "../objects/type/instance-attributes.ts";
import { lookup } from "../objects/type/lookup.ts";
import { typeOf } from "../objects/types.ts";

/** What can be called with `owner` as its first argument; undefined where the attribute is something else. */
export function unboundMethod(owner: Value, name: string): Value | undefined {
  const type = typeOf(owner);
  if (type.tp_getattro !== objectType.tp_getattro) return undefined;
  const found = lookup(type, name);
  if (found === undefined || !isMethod(found)) return undefined;
  return ownAttribute(owner, name) === undefined ? found : undefined;
}
/** Functions and method descriptors: calling them with the object first is what binding them would do. */
export function isMethod(value: Value): boolean {
  return value instanceof PyFunction || (typeOf(value).flags & METHOD_DESCRIPTOR) !== 0;
}
