/** Bytes and strings of one unit a byte, by Node's own conversions: a memory copy each. */
import type { Latin1 } from "../host.ts";

// They work on any array of bytes, and a buffer around it takes longer to make than a short text to convert.
const { latin1Slice, latin1Write } = Buffer.prototype as unknown as {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
  latin1Write(this: Uint8Array, text: string, offset: number, length: number): number;
};

export const latin1: Latin1 = {
  decode: (bytes, start, end) => latin1Slice.call(bytes, start, end),
  encode(text) {
    const bytes = new Uint8Array(text.length);
    latin1Write.call(bytes, text, 0, text.length);
    return bytes;
  },
};
