/** The clock of the running interpreter: the host's, or ECMAScript's when none was granted. */
import type { Clock } from "../../host/host.ts";
import { rt } from "../../objects/runtime.ts";

/** Millisecond time in UTC: all that the language itself offers. */
function plainClock(): Clock {
  const start = Date.now();
  let last = 0n;
  const now = (): bigint => BigInt(Date.now()) * 1_000_000n;
  const monotonic = (): bigint => {
    const t = BigInt(Date.now() - start) * 1_000_000n;
    if (t > last) last = t;
    return last;
  };
  return { now, monotonic, processTime: monotonic, zone: () => ({ offset: 0, name: "UTC", isDst: false }) };
}

const STATE = {};
const state = (): { clock: Clock } => rt.state(STATE, () => ({ clock: plainClock() }));

export function setClock(clock: Clock): void {
  state().clock = clock;
}
export function clockNow(): Clock {
  return state().clock;
}
