/**
 * Watching begins while Python code runs, by loops and compiled code that ask nobody. They are made to leave: nothing
 * has to be looked at while nobody watches.
 *
 * A loop runs the array of instructions that its frame's code had when the frame was entered. The code gets a copy, and
 * what is left in the loop's hands says at every place that the loop ends there. Compiled code asks after each call
 * whether its frames have been written to. Both then stand at an instruction boundary, where another loop goes on.
 */
import { INSTRUMENTED_OP } from "../../compiler/opcodes.ts";
import type { PyCode } from "../code.ts";
import { showFrames } from "../frame.ts";
import { rt } from "../runtime.ts";
import { stateOf } from "./frame-state.ts";

export function leaveLoops(): void {
  rt.jit?.abandon();
  const codes = new Set<PyCode>();
  for (let at = showFrames(rt.frame); at !== null; at = at.back) {
    // Each waits for what it has called, so this is the instruction before those that are told of.
    const state = stateOf(at);
    state.before = at.pc;
    state.call = null;
    if (at.spill !== null) at.isForced = true;
    codes.add(at.code);
  }
  for (const code of codes) code.takeFromLoops(INSTRUMENTED_OP.INSTRUMENTED_INSTRUCTION);
}
