/**
 * Frames: the state of a running piece of code. A frame is at once what the interpreter works on and what Python sees
 * (`sys._getframe()`, tracebacks): leaving and resuming at an instruction boundary is nothing but keeping it.
 *
 * Frames are pooled, one per code object: a frame that Python may have got hold of (`escaped`) is not reused.
 */
import type { PyCode } from "./code.ts";
import { type Namespace, PyObject, type Value } from "./core.ts";
import type { PyDict } from "./dict.ts";
import type { PyFunction } from "./function.ts";
import type { PyGenerator } from "./generator.ts";
import { frameType } from "./types.ts";
import { blankArray } from "./uniform-array.ts";

/** A place of compiled code, and the values that its frames have there: see `showFrames`. */
export type Spill = readonly [site: CompiledSite, ...values: unknown[]];
export interface CompiledSite {
  /** A Python function is called here, whose frame stands above these. */
  readonly isCall: boolean;
  /** Writes the frames that compiled code runs for `root`, as they are at this place, to `root.shown`. */
  show(root: PyFrame, values: Spill): PyFrame[];
  /** The same for good: compiled code does not go on. Gives the frames, the root's first. */
  settle(root: PyFrame, values: Spill): readonly PyFrame[];
}

/**
 * The innermost frame as Python sees it. Frames that exist only in compiled code are made real, and those that stand
 * above them linked to them.
 */
export function showFrames(innermost: PyFrame | null): PyFrame | null {
  let first = innermost;
  let above: PyFrame | null = null;
  for (let at = innermost; at !== null; at = at.back) {
    if (at.spill === null) {
      above = at;
      continue;
    }
    const shown = at.spill[0].show(at, at.spill);
    const inner = shown.at(-1) as PyFrame;
    if (above === null) first = inner;
    // Shown before, and linked since then.
    else if (!shown.includes(above)) above.back = inner;
    above = at;
  }
  return first;
}

/**
 * Before Python reads a frame that it holds: compiled code may have gone on since it was shown. Gives the frame for
 * which compiled code runs, if it is such a frame.
 */
export function syncFrame(frame: PyFrame): PyFrame | null {
  const root = frame.spill !== null ? frame : frame.shownBy;
  if (root === null || root.spill === null) return null;
  root.spill[0].show(root, root.spill);
  return root;
}
/** Before Python writes to a frame's locals: compiled code is left after its call, and what is written stays. */
export function forceFrame(frame: PyFrame): void {
  const root = syncFrame(frame);
  if (root !== null) root.isForced = true;
}

export class PyFrame extends PyObject {
  /** Locals, cells and free variables, then the operand stack. Re-read it after anything that may run this frame. */
  s: (Value | undefined)[];
  /** Index into `s` of the next free stack entry. */
  sp: number;
  /** Code unit of the instruction that is being executed, or was last. */
  pc = 0;
  /** The frame that called this one; null at the bottom and while suspended. */
  back: PyFrame | null = null;
  globals: PyDict = null as unknown as PyDict;
  builtins: PyDict = null as unknown as PyDict;
  /** The local namespace of module and class bodies, `exec`; null in functions. */
  locals: Namespace | Value | null = null;
  func: PyFunction | null = null;
  /** The generator-like object whose frame this is. */
  generator: PyGenerator | null = null;
  /** Native code waits for the result: return from the interpreter's loop. */
  isEntry = false;
  escaped = false;
  finished = false;
  /** How often it was taken from its code's pool. */
  uses = 0;
  /** What to do with the result beyond pushing it: see `Return…` in interp. */
  onReturn = 0;
  /** After the result, push NULL: the attribute that was computed is to be called. */
  pushNull = false;
  /** Where this frame goes on when the frame it has entered returns. */
  returnPc = 0;
  /** Tracebacks name this instruction instead of `pc`, after RERAISE; -1: none. */
  lasti = -1;
  /** Operand of `onReturn`. */
  returnData: Value | undefined = undefined;
  /** For tools that watch it, and `f_trace…` (`monitoring/frame-state.ts`); rare. */
  watched: object | null = null;
  /** Extra keys written through `f_locals` in a function. */
  extraLocals: PyDict | null = null;

  /** Compiled code has called it: the result goes back to it directly. */
  isDirect = false;
  /** While compiled code runs for this frame: where it has called something unknown, with its values there. */
  spill: Spill | null = null;
  /** The frames that compiled code runs for, this one first, once Python has looked at them. */
  shown: PyFrame[] | null = null;
  /** Python has written to the locals of frames that compiled code runs for this one. */
  isForced = false;
  /** The frame for which compiled code runs this one. */
  shownBy: PyFrame | null = null;
  /** While somebody counts: why the interpreter runs it (`jit/causes.ts`). */
  cause: unknown = null;

  constructor(readonly code: PyCode) {
    super(frameType.shapes);
    if (code.frameSize === 0) code.layOut();
    this.s = blankArray<Value>(code.frameSize);
    this.sp = code.nlocalsplus;
  }

  /** The local namespace of code that is not a function's. A function that was made of such code has its globals (`FunctionType`). */
  namespace(): Value {
    this.locals ??= this.globals;
    return this.locals as Value;
  }

  /**
   * Moves the values into a young array, while the frame runs. V8 notes each young object that is stored into an old
   * array, which takes longer than most instructions do: so a frame that runs for long has an array that is not old.
   */
  renewArray(): void {
    this.s = this.s.slice();
  }
}
