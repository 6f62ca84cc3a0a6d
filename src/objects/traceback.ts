/** Tracebacks. Behaviour: `traceback-type.ts`. */
import { PyObject } from "./core.ts";
import type { PyFrame } from "./frame.ts";
import { tracebackType } from "./types.ts";

/** A frame of compiled code that an exception has left: it is made when somebody looks. */
export interface LostFrame {
  find(): PyFrame;
}

export class PyTraceback extends PyObject {
  constructor(
    /** The entry nearer to where the exception was raised. */
    public next: PyTraceback | null,
    private place: PyFrame | LostFrame,
    /** Code unit of the instruction. */
    readonly pc: number,
    /** Line, or -1: to be computed from `pc`. */
    public lineno: number,
  ) {
    super(tracebackType.shapes);
  }
  get frame(): PyFrame {
    const { place } = this;
    if (!("find" in place)) return place;
    const frame = place.find();
    this.place = frame;
    return frame;
  }
}
