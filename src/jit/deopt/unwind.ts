/**
 * An exception is raised and handled within compiled code: its traceback as the interpreter makes it. The frames that
 * it leaves are gone, so traceback entries have what is needed to make them, should somebody look.
 */
import type { Value } from "../../objects/core.ts";
import type { PyBaseException } from "../../objects/exceptions/base.ts";
import type { PyFrame, Spill } from "../../objects/frame.ts";
import { rt } from "../../objects/runtime.ts";
import { type LostFrame, PyTraceback } from "../../objects/traceback.ts";
import { type Site, dropFrames } from "./leave.ts";

/** The frames of one raise; made together, so that `f_back` leads from one to the other. */
class LostFrames {
  private made: PyFrame[] | null = null;

  constructor(
    private readonly root: PyFrame,
    private readonly spill: Spill,
  ) {}
  at(depth: number): PyFrame {
    this.made ??= (this.spill[0] as Site).rebuild(this.root, this.spill);
    return this.made[depth];
  }
}
class LostFrameAt implements LostFrame {
  constructor(
    private readonly frames: LostFrames,
    private readonly depth: number,
  ) {}
  find(): PyFrame {
    return this.frames.at(this.depth);
  }
}

/** The pending exception is handled in this frame, where it stands. */
export function takeHere(frame: PyFrame, pc: number): PyBaseException {
  const exc = rt.exc as PyBaseException;
  rt.exc = null;
  frame.escaped = true;
  exc.traceback = new PyTraceback(exc.traceback, frame, pc, -1);
  return exc;
}
export function takePending(): Value {
  const { exc } = rt;
  rt.exc = null;
  return exc;
}

/**
 * `exc`, raised in the innermost frame at the spill's place, is handled in the frame at `depth`. `first`: the innermost
 * frame that gets an entry.
 */
export function unwindTo(root: PyFrame, spill: Spill, exc: Value, depth: number, first: number): Value {
  const site = spill[0] as Site;
  const error = exc as PyBaseException;
  root.escaped = true;
  let frames: PyFrame[] | null = null;
  // The handler's frame goes on, and must be one with what the traceback shows.
  if (depth > 0 || root.shown !== null) frames = site.show(root, spill);
  const lost = frames === null ? new LostFrames(root, spill) : null;
  for (let at = first; at >= depth; at--) {
    const place = lost === null ? (frames as PyFrame[])[at] : at === 0 ? root : new LostFrameAt(lost, at);
    error.traceback = new PyTraceback(error.traceback, place, site.pcAt(at), -1);
  }
  if (frames !== null) dropFrames(root, depth + 1);
  return error;
}
