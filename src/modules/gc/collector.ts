/** What the garbage collector of the host offers, if anything: set by the embedder. */
import { rt } from "../../objects/runtime.ts";

interface Collector {
  /** Collects now, so that weak references to what nobody holds are dead afterwards; null where that is impossible. */
  collect: (() => void) | null;
}
const STATE = {};
const state = (): Collector => rt.state<Collector>(STATE, () => ({ collect: null }));

export function setCollector(collect: () => void): void {
  state().collect = collect;
}
export function collectNow(): void {
  state().collect?.();
}
