/** Generators in a trace: resuming one whose frame the trace goes on in, suspending it, making one. */
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import { originalWord } from "../../interp/executors.ts";
import { GEN_CREATED, GEN_SUSPENDED } from "../../objects/generator.ts";
import type { Node } from "../ir/node.ts";
import type { GeneratorSeen } from "../record/seen.ts";
import { widthOf } from "./instructions.ts";
import { Resumed, VirtualFrame } from "./state.ts";
import type { Translator } from "./translator.ts";

/** What SUSPEND writes: `slots` are where the values go. */
export interface Suspension {
  readonly slots: readonly number[];
  readonly pc: number;
  readonly sp: number;
  readonly wasLinked: boolean;
  /** It stands elsewhere than when it was resumed. */
  readonly hasMoved: boolean;
  /** Its state says so already. */
  readonly wasSuspended: boolean;
}

/** The generator's frame becomes a frame of the trace, with `sent` on its stack; the caller's loses `pops` entries. */
export function resume(
  t: Translator,
  generator: Node,
  seen: GeneratorSeen,
  sent: Node,
  returnPc: number,
  pops = 0,
): void {
  const { code, pc, sp, state } = seen;
  const known = t.state.suspended.get(generator);
  const fits = known !== undefined && known.pc === pc && known.state === state;
  if (!fits) guardGenerator(t, generator, seen);
  const node = t.emit("FRAME_OF", [generator], "any");
  if (!fits) {
    t.guard("RUNS", [node], "other generator", code);
    if (code.names.length > 0) t.guard("HAS_GLOBALS", [node], "other globals", seen.globals);
  }
  const array = t.emit("ARRAY_OF", [node], "any");
  const slots = fits ? [...known.slots] : Array.from({ length: sp }, (_, i) => t.emit("LOAD_SLOT", [array], "any", i));
  const frame = new VirtualFrame(code, null, seen.globals);
  frame.builtins = seen.builtins;
  frame.resumed = new Resumed(generator, node, array, [...slots], pc, sp, state, false);
  frame.slots = slots;
  frame.sp = sp;
  frame.push(sent);
  frame.pc = pc + 1;
  t.top.sp -= pops;
  if (!fits) t.state.suspended.clear();
  t.state.suspended.delete(generator);
  t.enter(frame, returnPc);
  // Handlers in it look at the level of handled exceptions that is its own.
  if (handles(code)) linkGenerators(t);
}
function guardGenerator(t: Translator, generator: Node, { shape, state, pc }: GeneratorSeen): void {
  t.guardShape(generator, shape, "not a generator");
  // One that runs in this trace may not say so yet.
  for (const { resumed } of t.state.frames) {
    if (resumed !== null && !resumed.isLinked) t.guard("DIFFERS", [generator, resumed.generator], "already executing");
  }
  if (state === GEN_CREATED) t.guard("IS_CREATED", [generator], "resumes elsewhere");
  else t.guard("IS_SUSPENDED_AT", [generator], "resumes elsewhere", pc);
}
function handles(code: PyCode): boolean {
  const { ops } = code;
  for (let pc = 0; pc < ops.length; pc += widthOf(originalWord(code, pc) & 255)) {
    if ((ops[pc] & 255) === OPCODE.PUSH_EXC_INFO) return true;
  }
  return false;
}

/** The top frame, a generator's, yields: gives the value, and the frame below is the top. */
export function suspend(t: Translator): Node {
  const frame = t.top;
  const { generator, frame: node, array, heap, pc, sp, state, isLinked } = frame.resumed as Resumed;
  const value = t.boxed(frame.pop());
  const slots = frame.slots.slice(0, frame.sp).map((slot) => t.boxed(slot));
  const changed = slots.flatMap((slot, i) => (slot === heap[i] ? [] : [i]));
  const data: Suspension = {
    slots: changed,
    pc: frame.pc,
    sp: frame.sp,
    wasLinked: isLinked,
    // Showing a frame moves it.
    hasMoved: frame.isVisible || frame.pc !== pc || frame.sp !== sp,
    wasSuspended: state === GEN_SUSPENDED,
  };
  t.emit("SUSPEND", [generator, node, array, ...changed.map((i) => slots[i])], "none", data);
  t.state.frames.pop();
  if (frame.isVisible) t.emit("FRAME_YIELDS", [], "none", t.state.frames.length);
  t.state.suspended.set(generator, { state: GEN_SUSPENDED, pc: frame.pc, slots });
  return value;
}
/** The top frame, a generator's, returns: gives the value, and the frame below is the top. */
export function end(t: Translator): Node {
  const frame = t.top;
  const value = t.boxed(frame.peek(1));
  t.emit("END_GENERATOR", [(frame.resumed as Resumed).generator, value], "none");
  t.state.frames.pop();
  if (frame.isVisible) t.emit("FRAME_YIELDS", [], "none", t.state.frames.length);
  return value;
}
/** A generator of a function whose parameters, and other slots, are these, standing at RETURN_GENERATOR. */
export function make(t: Translator, func: Node, pc: number, slots: readonly Node[]): Node {
  const boxed = slots.map((slot) => t.boxed(slot));
  const node = t.emit("MAKE_GENERATOR", [func, ...boxed], "any", pc);
  t.state.suspended.set(node, { state: GEN_CREATED, pc, slots: boxed });
  return node;
}
/** Something that may look at generators is about to run: those of the trace say that they run. */
export function linkGenerators(t: Translator): void {
  for (const { resumed } of t.state.frames) {
    if (resumed === null || resumed.isLinked) continue;
    t.emit("LINK_GENERATOR", [resumed.generator], "none");
    resumed.isLinked = true;
  }
}
/** A call may have shown the frame: its array holds what the slots were then. */
export function forgetUnwritten(frame: VirtualFrame): void {
  const { resumed } = frame;
  if (resumed === null) return;
  resumed.heap = resumed.heap.map((node, i) => (node === frame.slots[i] ? node : null));
}
