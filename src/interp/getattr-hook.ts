/** Attributes of classes with `__getattr__`. */
import type { Result, Value } from "../objects/core.ts";
import { instanceLookupAttr } from "../objects/type/instance-attributes.ts";
import { typeOf } from "../objects/types.ts";

/** The attribute as found without the hook, or undefined: then the hook decides. */
export function instanceOrGetattr(owner: Value, name: string): Result | undefined {
  return instanceLookupAttr(owner, typeOf(owner), name);
}
