/** The exception table. Source: CPython's InternalDocs/exception_handling.md. */
import type { Block } from "../flow/block.ts";
import type { Instr } from "../instruction.ts";
import { ByteBuffer } from "./buffer.ts";

export function encodeExceptionTable(instrs: readonly Instr[], offsets: Int32Array): Uint8Array {
  const out = new ByteBuffer();
  let handler: Block | null = null;
  let start = 0;
  for (let i = 0; i <= instrs.length; i++) {
    const here = i < instrs.length ? instrs[i].except : null;
    if (here === handler) continue;
    if (handler !== null) entry(out, offsets[start], offsets[i], offsets[handler.start], handler);
    handler = here;
    start = i;
  }
  return out.finish();
}

function entry(out: ByteBuffer, start: number, end: number, target: number, handler: Block): void {
  // The handler finds the exception pushed, and maybe the position.
  const depth = handler.startDepth - 1 - (handler.preserveLasti ? 1 : 0);
  item(out, start, 0x80);
  item(out, end - start, 0);
  item(out, target, 0);
  item(out, (depth << 1) | (handler.preserveLasti ? 1 : 0), 0);
}

/** Six bits a byte, the highest first; bit 6 says that more follow, bit 7 that an entry begins. */
function item(out: ByteBuffer, value: number, mark: number): void {
  let shift = 0;
  while (shift < 24 && value >> (shift + 6) !== 0) shift += 6;
  for (; shift > 0; shift -= 6) {
    out.push(((value >> shift) & 0x3f) | 0x40 | mark);
    mark = 0;
  }
  out.push((value & 0x3f) | mark);
}
