/** The clock of the running interpreter. */
import type { Clock } from "../../host/host.ts";
import { host } from "../support/host.ts";

export function clockNow(): Clock {
  return host().clock;
}
