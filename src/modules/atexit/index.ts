/** The module `atexit`. */
import { EXC, type KwNames, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { call } from "../../objects/protocol/call.ts";
import { equals, isCallable } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { reportUnraisable } from "../sys/hooks.ts";

interface Callback {
  func: Value;
  args: Value[];
  kwnames: KwNames;
}
const STATE = {};
const state = (): { callbacks: Callback[] } => rt.state(STATE, () => ({ callbacks: [] as Callback[] }));

function register(args: Value[], kwnames: KwNames): Result {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given < 1) return typeError("register() takes at least 1 argument (0 given)");
  if (!isCallable(args[0])) return typeError("the first argument must be callable");
  state().callbacks.push({ func: args[0], args: args.slice(1), kwnames });
  return args[0];
}
function unregister(func: Value): Result {
  const s = state();
  for (const callback of [...s.callbacks]) {
    const same = equals(callback.func, func);
    if (same === EXC) return EXC;
    if (same) s.callbacks = s.callbacks.filter((other) => other !== callback);
  }
  return null;
}

/** Runs the registered functions, last first; what they raise is reported and does not stop the others. */
export function runExitFunctions(): null {
  const s = state();
  for (let callback = s.callbacks.pop(); callback !== undefined; callback = s.callbacks.pop()) {
    if (call(callback.func, callback.args, callback.kwnames) === EXC) {
      reportUnraisable("Exception ignored in atexit callback", callback.func);
    }
  }
  return null;
}

export const atexitModule = newModule("atexit", {
  doc: "allow programmer to define multiple exit functions to be executed\nupon normal program termination.",
  functions: () => ({
    register: rawFn(register, "Register a function to be executed upon normal program termination.").signedAs(
      "($module, func, /, *args, **kwargs)",
    ),
    unregister: fn("($module, func, /)", unregister, "Unregister an exit function which was previously registered."),
    _run_exitfuncs: fn("($module, /)", runExitFunctions, "Run all registered exit functions."),
    _clear: fn("($module, /)", () => {
      state().callbacks = [];
      return null;
    }),
    _ncallbacks: fn("($module, /)", () => state().callbacks.length),
  }),
});
