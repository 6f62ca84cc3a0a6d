/**
 * Garbage collection on demand. V8 keeps what a WeakRef gave alive to the end of the running job, which for a Python
 * program is its whole run; a context with a microtask queue of its own ends such a job when its script ends.
 */
import { lazy } from "./lazy.ts";

const v8 = lazy<typeof import("node:v8")>("node:v8");
const vm = lazy<typeof import("node:vm")>("node:vm");

let collector: (() => void) | null = null;
let ender: (() => void) | null = null;

/** Collects all garbage now; afterwards WeakRefs to it are empty. Costs as much as a full collection of V8's heap. */
export function collectGarbage(): void {
  collector ??= makeCollector();
  endJob();
  collector();
}
/** V8 may collect the targets of all WeakRefs from now on. Takes some microseconds. */
export function endJob(): void {
  ender ??= makeEnder();
  ender();
}
function makeCollector(): () => void {
  v8().setFlagsFromString("--expose-gc");
  return vm().runInNewContext("gc") as () => void;
}
function makeEnder(): () => void {
  const { Script, createContext } = vm();
  const context = createContext({}, { microtaskMode: "afterEvaluate" });
  const nothing = new Script("0");
  return () => nothing.runInContext(context);
}
