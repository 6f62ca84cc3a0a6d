/** Tracebacks. Behaviour: `traceback-type.ts`. */
import { PyObject } from "./core.ts";
import type { PyFrame } from "./frame.ts";
import { tracebackType } from "./types.ts";

export class PyTraceback extends PyObject {
  constructor(
    /** The entry nearer to where the exception was raised. */
    public next: PyTraceback | null,
    readonly frame: PyFrame,
    /** Code unit of the instruction. */
    readonly pc: number,
    /** Line, or -1: to be computed from `pc`. */
    public lineno: number,
  ) {
    super(tracebackType.shapes);
  }
}
