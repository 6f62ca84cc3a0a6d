/**
 * One interpreter as the API's objects know it: its runtime, and the way in. Everything that touches Python values runs
 * inside `enter`, which makes the runtime the running one and restores what was there.
 */
import { EXC, type Exc } from "../objects/core.ts";
import { exceptionFromThrow } from "../objects/errors.ts";
import { type Runtime, enter, rt, takeException } from "../objects/runtime.ts";
import { pythonError } from "./error.ts";

export class Session {
  constructor(readonly runtime: Runtime) {}

  /** Runs `action` in this interpreter; a pending exception of Python's is thrown as `PythonError`. */
  enter<T>(action: () => T | Exc): T {
    const before = enter(this.runtime);
    try {
      const result = this.attempt(action);
      if (result === EXC) throw pythonError(this, takeException());
      return result as T;
    } finally {
      enter(before);
    }
  }

  private attempt<T>(action: () => T | Exc): T | Exc {
    try {
      return action();
    } catch (error) {
      return exceptionFromThrow(error);
    }
  }

  get isRunning(): boolean {
    return rt === this.runtime;
  }
}
