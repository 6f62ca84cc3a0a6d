/** `mappingproxy`: the class and its maker; the type is defined in `dict/mapping-proxy-type.ts`. */
import { PyObject, type Value } from "./core.ts";
import { mappingProxyType } from "./types.ts";

export class PyMappingProxy extends PyObject {
  constructor(readonly mapping: Value) {
    super(mappingProxyType.shapes);
  }
}

/** A read-only view of a mapping. */
export function newMappingProxy(mapping: Value): PyMappingProxy {
  return new PyMappingProxy(mapping);
}
