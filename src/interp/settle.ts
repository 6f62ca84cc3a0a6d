/**
 * Compiled code has been left without a word: native code threw, JavaScript's stack was full, or the host has ended the
 * JavaScript. What it noted at its last call says where its frames stand; as the interpreter's frames they can go on.
 */
import { numPopped } from "../compiler/opcodes.ts";
import { OPCODE } from "../generated/metadata.ts";
import type { PyFrame } from "../objects/frame.ts";

/** CALL with its inline cache, in code units. */
const CALL_WIDTH = 4;

/** Settles the frames from `innermost` to `last`, or to the bottom; gives the innermost one then. */
export function settleFrames(innermost: PyFrame, last: PyFrame | null): PyFrame {
  let first = innermost;
  let above: PyFrame | null = null;
  const passed: PyFrame[] = [];
  for (let at: PyFrame | null = innermost; at !== null; at = at.back) {
    at.isDirect = false;
    passed.push(at);
    if (at.spill !== null) {
      const [site] = at.spill;
      const frames = site.settle(at, at.spill);
      const inner = frames[frames.length - 1];
      if (above === null) first = inner;
      // A frame that has been shown is linked already.
      else if (!frames.includes(above)) above.back = inner;
      if (site.isCall)
        returnTo(
          inner,
          passed.find(({ back }) => back === inner),
        );
    }
    above = at;
    if (at === last) break;
  }
  return first;
}
/** Compiled code has called `callee`, and does not wait for its result any more: its caller's frame does. */
function returnTo(caller: PyFrame, callee: PyFrame | undefined): void {
  if (callee?.isEntry !== true) return;
  const { pc, code } = caller;
  callee.isEntry = false;
  caller.sp -= numPopped(OPCODE.CALL, code.ops[pc] >>> 8);
  caller.returnPc = pc + CALL_WIDTH;
}
