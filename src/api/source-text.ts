/** Sources for the documents that show them beside what was counted. */
import { O_RDONLY } from "../host/host.ts";
import { host } from "../modules/support/host.ts";
import { decodeSource } from "../syntax/decode.ts";
import { textSource } from "./uncaught.ts";

/** The text of a Python file, or what was run under that name; null where there is none. */
export function readSource(name: string): string | null {
  const text = textSource(name);
  if (text !== null) return text;
  try {
    const file = host().files.open(name, O_RDONLY, 0);
    const bytes = new Uint8Array(Number(file.stat().size));
    let length = 0;
    for (let n = 1; n > 0 && length < bytes.length; length += n) n = file.read(bytes.subarray(length));
    file.close?.();
    return decodeSource(bytes.subarray(0, length), name);
  } catch {
    // Frozen modules, files that have gone, and what is no text: documents go without.
    return null;
  }
}
