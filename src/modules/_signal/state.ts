/** Signal handlers, and signals that have arrived and wait to be handled. */
import { EXC, type Status, type Value } from "../../objects/core.ts";
import { errnoOf } from "../../host/errno.ts";
import { notImplementedError, raiseArgs, valueError } from "../../objects/errors.ts";
import { keyboardInterruptType } from "../../objects/exceptions/types.ts";
import { call } from "../../objects/protocol/call.ts";
import { rt } from "../../objects/runtime.ts";
import { host, raiseErrno } from "../support/host.ts";

export const SIG_DFL = 0;
export const SIG_IGN = 1;
export const SIGINT = 2;
/** Signals are below it. */
export const NSIG = 65;

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

/** Undefined: KeyboardInterrupt, though nobody has imported the module `signal` yet. */
function handlerOf(signum: number): Value | undefined {
  const { handlers } = signalState();
  return handlers.get(signum) ?? (signum === SIGINT ? undefined : SIG_DFL);
}

/** The program sends itself a signal, and a handler in Python runs at once; the default action is the operating system's. */
export function sendToSelf(signum: number): Status {
  if (signum < 0 || signum >= NSIG) return raiseErrno(errnoOf("EINVAL"));
  const handler = handlerOf(signum);
  if (handler === SIG_IGN || signum === 0) return null;
  if (handler !== SIG_DFL) {
    signalArrived(signum);
    return handlePendingSignals();
  }
  const { process } = host();
  if (process.kill === undefined) return notImplementedError("this host cannot deliver signals");
  process.kill(process.pid, signum);
  return null;
}

/** As if the signal had come, for a program that handles it; nothing where it does not (`PyErr_SetInterruptEx`). */
export function interruptMain(signum: number): Status {
  if (signum < 1 || signum >= NSIG) return valueError("signal number out of range");
  const handler = handlerOf(signum);
  if (handler === SIG_IGN || handler === SIG_DFL) return null;
  signalArrived(signum);
  return handlePendingSignals();
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
