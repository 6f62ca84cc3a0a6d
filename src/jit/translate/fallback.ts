/**
 * Instructions without a rule of their own: the trace calls the instruction's own function (`generated/instructions.ts`)
 * on a stack made for it. So nothing that the interpreter can run ends a trace.
 */
import { numPopped, numPushed } from "../../compiler/opcodes.ts";
import { INSTRUCTIONS, type RunInstruction } from "../../generated/instructions.ts";
import { OPCODE } from "../../generated/metadata.ts";
import { generalOpcode } from "../../interp/specialize/counter.ts";
import { type InlineCache, NO_CACHE } from "../../objects/code.ts";
import { PyFrame } from "../../objects/frame.ts";
import type { PyFunction } from "../../objects/function.ts";
import { rt } from "../../objects/runtime.ts";
import type { Kind, Node } from "../ir/node.ts";
import type { Step } from "../record/log.ts";
import { factsOf, familyOf, nameOf } from "./instructions.ts";
import type { VirtualFrame } from "./state.ts";
import type { Translator } from "./translator.ts";

/** An instruction to run on a stack. */
export interface Instruction {
  readonly run: RunInstruction;
  /** For the statistics. */
  readonly name: string;
  readonly pc: number;
  readonly oparg: number;
  readonly cache: InlineCache;
  /** null: the root's own frame. */
  readonly frame: PyFrame | null;
}
/** The interpreter enters the frame of a Python function that these run. */
const ENTERS: ReadonlySet<string> = new Set(["CALL", "CALL_KW", "CALL_FUNCTION_EX", "LOAD_ATTR"]);

/** Locals and cells that turn out to be unbound. */
const OF_SLOTS: ReadonlySet<string> = new Set(["LOAD_DEREF", "DELETE_DEREF", "LOAD_FAST_CHECK", "DELETE_FAST"]);

/** `isQuiet`: it runs no Python code and looks at no frame, with the operands that it has here. */
export function runInstruction(t: Translator, step: Step, isQuiet = false, result: Kind = "any"): void {
  const { op, oparg, pc, cache } = step;
  const run = (cache !== null && INSTRUCTIONS[nameOf(op)]) || INSTRUCTIONS[familyOf(op)] || INSTRUCTIONS[nameOf(op)];
  if (run === undefined) t.give(`${nameOf(op)} cannot be run in a trace`);
  const general = generalOpcode(op);
  const pops = numPopped(general, oparg);
  const pushes = numPushed(general, oparg);
  if (!isQuiet && ENTERS.has(familyOf(op))) t.guardDepth();
  const { top } = t;
  const inputs: Node[] = [];
  // Below the stack lies the slot that the argument names.
  const slots = OF_SLOTS.has(nameOf(op)) ? oparg + 1 : 0;
  for (let i = 0; i < slots; i++) inputs.push(i === oparg ? t.boxed(top.slots[i]) : t.unbound);
  for (let i = pops; i > 0; i--) inputs.push(t.boxed(top.peek(i)));
  const frame = t.state.frames.length === 1 ? null : stubOf(top);
  const data: Instruction = {
    run: run as RunInstruction,
    name: nameOf(op),
    pc,
    oparg,
    cache: cache ?? NO_CACHE,
    frame,
  };
  const node = t.instruction(inputs, data, isQuiet || factsOf(op).effect === "pure");
  top.sp -= pops;
  if (op === OPCODE.DELETE_FAST) top.slots[oparg] = t.unbound;
  for (let i = 0; i < pushes; i++) top.push(t.emit("OUTPUT", [node], result, slots + i));
  // It may have stored to something.
  if (isQuiet && factsOf(op).effect !== "pure") t.state.memory.clear();
}

/** What instructions ask a virtual frame for: its names, constants, globals. */
function stubOf(frame: VirtualFrame): PyFrame {
  const stub = new PyFrame(frame.code);
  stub.globals = frame.globals;
  const func = frame.func?.isConstant ? (frame.func.data as PyFunction) : null;
  stub.builtins = func?.builtins ?? frame.builtins ?? rt.builtins;
  stub.func = func;
  return stub;
}
