/**
 * Exceptions within a trace. An instruction that may raise has an exit; where the recording has raised there, or a side
 * log begins at the handler, the exit leads on in the trace: frames are popped, the handler's frame gets its stack.
 */
import { findHandler } from "../../interp/unwind.ts";
import type { FrameSnapshot, Snapshot } from "../ir/exit.ts";
import type { Node } from "../ir/node.ts";
import type { Raised } from "../record/log.ts";
import type { State } from "./state.ts";
import type { Translator } from "./translator.ts";

/** The innermost handler of an exception raised at the snapshot; null: it leaves the root's frame. */
export function handlerAt(snapshot: Snapshot): Raised | null {
  for (let depth = snapshot.length - 1; depth >= 0; depth--) {
    const { code, pc, generator } = snapshot[depth];
    const at = findHandler(code.handlers, pc);
    if (at >= 0) return { depth, pc: code.handlers[at + 2] };
    // Leaving a generator's frame finishes the generator: the interpreter's work.
    if (generator !== null) return null;
  }
  return null;
}

/** The frames of `state` as they were at the snapshot. */
export function rewind(state: State, snapshot: Snapshot): void {
  if (state.frames.length < snapshot.length) throw new Error("frames have gone");
  state.frames.length = snapshot.length;
  state.frames.forEach((frame, depth) => {
    const { slots, pc } = snapshot[depth];
    frame.slots = slots.map((node) => (node.op === "BOX" ? node.args[0] : node));
    frame.sp = slots.length;
    frame.pc = pc;
  });
}

/** What is known of the exception. */
interface Known {
  exc: Node;
  /** Raised anew; else it is in the innermost frame's traceback already. */
  isPending: boolean;
  /** The instruction to name instead of the innermost frame's. */
  lasti: Node | null;
}
/** To the handler, with the exception pending or raised again. */
export function unwind(t: Translator, handler: Raised, known: Known | null = null): void {
  const { frames } = t.state;
  const innermost = frames.length - 1;
  const lasti = known?.lasti ?? null;
  for (let depth = innermost; depth > handler.depth; depth--) {
    if (frames[depth].generator !== null) t.give("an exception leaves a generator");
  }
  if (lasti !== null && innermost > handler.depth) {
    if (!lasti.isConstant) t.give("raised again from somewhere");
    t.top.pc = lasti.data as number;
  }
  const snapshot = t.snapshot();
  const isPending = known === null || known.isPending;
  const taken = isPending ? takePending(t, snapshot, handler.depth) : null;
  const exc = known?.exc ?? (taken as Node);
  const first = isPending ? innermost : innermost - 1;
  if (innermost > 0 && first >= handler.depth) {
    const node = t.emit("UNWIND", [exc], "any", { depth: handler.depth, first });
    node.site = t.makeExit("unwind", "forced", "frames seen", snapshot);
  }
  frames.length = handler.depth + 1;
  // All that are still open are shown then, not the handler's alone.
  for (const frame of frames.slice(1)) frame.isVisible = true;
  enterHandler(t, snapshot[handler.depth], handler, exc, handler.depth === innermost ? lasti : null);
}
/** With a single frame, the traceback is made at once. */
function takePending(t: Translator, snapshot: readonly FrameSnapshot[], depth: number): Node {
  const isAlone = snapshot.length === 1 && depth === 0;
  return isAlone ? t.emit("TAKE_HERE", [], "any", snapshot[0].pc) : t.emit("TAKE_PENDING", [], "any");
}
function enterHandler(t: Translator, frame: FrameSnapshot, handler: Raised, exc: Node, lasti: Node | null): void {
  const { handlers, nlocalsplus } = frame.code;
  const at = findHandler(handlers, frame.pc);
  if (at < 0 || handlers[at + 2] !== handler.pc) t.give("another handler");
  const depthAndLasti = handlers[at + 3];
  const { top } = t;
  top.sp = nlocalsplus + (depthAndLasti >> 1);
  if ((depthAndLasti & 1) !== 0) top.push(lasti ?? t.constant(frame.pc));
  top.push(exc);
  top.pc = handler.pc;
}
