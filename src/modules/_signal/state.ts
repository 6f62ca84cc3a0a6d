/** Signal handlers, and signals that have arrived and wait to be handled. */
import { EXC, type Status, type Value } from "../../objects/core.ts";
import { raiseArgs } from "../../objects/errors.ts";
import { keyboardInterruptType } from "../../objects/exceptions/types.ts";
import { call } from "../../objects/protocol/call.ts";
import { rt } from "../../objects/runtime.ts";

export const SIG_DFL = 0;
export const SIG_IGN = 1;
export const SIGINT = 2;

interface SignalState {
  /** By number; absent: the default action. */
  handlers: Map<number, Value>;
  pending: Set<number>;
}
const STATE = {};
export const signalState = (): SignalState =>
  rt.state<SignalState>(STATE, () => ({
    handlers: new Map<number, Value>([
      [13, SIG_IGN],
      [25, SIG_IGN],
    ]),
    pending: new Set(),
  }));

/** A signal has arrived: its handler runs before the next turn of a loop. For hosts. */
export function signalArrived(signum: number): void {
  signalState().pending.add(signum);
  rt.interrupt = true;
}

/** Runs the handlers of the signals that wait (`PyErr_CheckSignals`). */
export function handlePendingSignals(): Status {
  const { pending, handlers } = signalState();
  for (const signum of [...pending].sort((a, b) => a - b)) {
    pending.delete(signum);
    if (deliver(signum, handlers.get(signum)) === EXC) return EXC;
  }
  return null;
}
function deliver(signum: number, handler: Value | undefined): Status {
  if (handler === undefined) return signum === SIGINT ? raiseArgs(keyboardInterruptType) : null;
  if (handler === SIG_DFL || handler === SIG_IGN || handler === null) return null;
  const frame = rt.evaluator.currentFrame();
  if (frame !== null) frame.escaped = true;
  return call(handler, [signum, frame]) === EXC ? EXC : null;
}
