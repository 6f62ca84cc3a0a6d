/**
 * A collection of garbage that was asked for. Nobody sees it happen but by looking whether something is still there, so
 * it waits until then: `gc.collect()` costs a full collection of V8's heap only where its effect is wanted.
 */
import { rt } from "./runtime.ts";

/** `run` is to be done before anybody looks. */
export function owe(run: () => void): void {
  rt.owedCollection = run;
}
/** To be called before it is seen whether an object is alive. */
export function collectOwed(): void {
  const run = rt.owedCollection;
  if (run === null) return;
  rt.owedCollection = null;
  run();
}
