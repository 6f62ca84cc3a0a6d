/**
 * How a baseline function returns to its driver, or to the baseline function that has called it. `rt.frame` is the frame
 * that is meant: where one function has called another directly, only LEAVE ends there. The frame's `pc` and `sp` are set, its stack is in its array.
 */

/** The interpreter runs the instruction where the frame stands. */
export const INTERPRET = 0;
/** The exception in `rt.exc` is raised where the frame stands. */
export const RAISE_HERE = 1;
/** `rt.entered` runs next. */
export const ENTER = 2;
/** The frame returns the value on its stack. */
export const LEAVE = 3;
/** The generator's frame yields the value on its stack. */
export const SUSPEND = 4;
/** As RAISE_HERE, for an exception that has this frame in its traceback already. */
export const RERAISE_HERE = 5;
/** Many turns of loops: to be entered again, so that V8 may replace the function by a better one. */
export const TIRED = 6;
/** `rt.frame` goes on where it stands; it need not be the frame that was run. */
export const LEFT = 8;
/** The same, and a recording has begun. */
export const RECORDING = 9;
/** As INTERPRET: the instruction had never run when the function was compiled. */
export const COLD = 7;
