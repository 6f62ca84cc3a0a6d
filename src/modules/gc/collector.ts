/** Garbage collection by the host, where it offers it. */
import { host } from "../support/host.ts";

/** Collects now, so that weak references to what nobody holds are dead afterwards; nothing where that is impossible. */
export function collectNow(): void {
  host().collectGarbage?.();
}
