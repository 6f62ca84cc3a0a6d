/** Bytes and strings of one unit a byte, by Node's own conversions: a memory copy each. */
import type { Latin1 } from "../host.ts";

export const latin1: Latin1 = {
  decode: (bytes, start, end) => Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1"),
  encode(text) {
    const bytes = new Uint8Array(text.length);
    Buffer.from(bytes.buffer).write(text, "latin1");
    return bytes;
  },
};
