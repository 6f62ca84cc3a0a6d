/** From `bf_getbuffer` to `__buffer__`: the view that Python code gets of a native object's memory. */
import type { PyBuffer } from "../buffer.ts";
import { EXC, type PyObject, type Result, type Value } from "../core.ts";
import { viewOfBuffer } from "../memoryview.ts";

/** A memoryview of the buffer that a slot gave. */
export function newBytesView(buffer: Value | typeof EXC, _owner: Value): Result {
  return buffer === EXC ? EXC : viewOfBuffer(buffer as PyObject as PyBuffer);
}
