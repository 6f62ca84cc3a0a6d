/** Ctrl-C: Node runs no signal handler while JavaScript runs, but it can terminate a script, and Python goes on from there. */
import { Script } from "node:vm";
import type { Python } from "../../src/api/index.ts";

const KEY = "sidewinder.interruptible";
const script = new Script(`globalThis[Symbol.for("${KEY}")]()`, { filename: "interruptible" });

/** Runs `action`; after each Ctrl-C the program goes on with a KeyboardInterrupt. */
export function interruptible(python: Python, action: () => number): number {
  let next = action;
  for (;;) {
    (globalThis as Record<symbol, unknown>)[Symbol.for(KEY)] = next;
    try {
      return script.runInThisContext({ breakOnSigint: true, displayErrors: false }) as number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
      next = () => python.resumeInterrupted();
    }
  }
}
