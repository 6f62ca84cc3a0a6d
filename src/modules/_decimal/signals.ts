/** From an operation's status to the context's flags and, where trapped, to an exception. */
import { EXC, type Exc } from "../../objects/core.ts";
import { raise } from "../../objects/errors.ts";
import { newList } from "../../objects/list.ts";
import { conditionTypes, exceptionNamed, type PyDecimalContext, SIGNALS } from "./objects.ts";

/** Notes `status` in the context; EXC when a condition is trapped. */
export function addStatus(context: PyDecimalContext, status: number): null | Exc {
  if (status === 0) return null;
  context.flags |= status;
  const trapped = status & context.traps;
  return trapped === 0 ? null : raiseTrapped(trapped);
}

function raiseTrapped(trapped: number): Exc {
  const signal = SIGNALS.find(({ flag }) => (trapped & flag) !== 0);
  if (signal === undefined) return EXC;
  return raise(exceptionNamed(signal.name), newList(conditionTypes(trapped)));
}
