/**
 * Node's own modules, loaded when first used: loading `crypto`, `child_process` and the like costs a program that does
 * not use them tens of milliseconds at its start.
 */
import { createRequire } from "node:module";

// Built-in modules are found from anywhere, so the path does not matter.
const load = createRequire("/");

/** `const crypto = lazy<typeof import("node:crypto")>("node:crypto")`; `crypto()` is the module. */
/* @__NO_SIDE_EFFECTS__ */
export function lazy<T>(name: string): () => T {
  let module: T | undefined;
  return () => {
    module ??= load(name) as T;
    return module;
  };
}
