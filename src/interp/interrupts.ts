/** What is done when something waits for the next loop turn: signals, pending calls, budgets. */
import type { Status } from "../objects/core.ts";
import type { PyFrame } from "../objects/frame.ts";
import { rt } from "../objects/runtime.ts";

export function checkInterrupts(_frame: PyFrame): Status {
  rt.interrupt = false;
  return rt.onInterrupt === null ? null : rt.onInterrupt();
}
