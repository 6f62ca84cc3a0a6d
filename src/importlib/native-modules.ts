/** Makes native modules when they are first imported. */
import { EXC, type Exc } from "../objects/core.ts";
import { instantiateModule } from "../objects/define.ts";
import type { PyModule } from "../objects/module.ts";
import { importState } from "./state.ts";

/** A fresh module object for native module `name`; undefined when there is none. Not entered in `sys.modules`. */
export function createNative(name: string): PyModule | Exc | undefined {
  const spec = importState().natives.get(name);
  if (spec === undefined) return undefined;
  const { module, status } = instantiateModule(spec());
  return status === EXC ? EXC : module;
}
