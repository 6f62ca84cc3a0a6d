/** The text that int(), float() read from a str, bytes, or whatever shows its memory as a buffer. */
import { EXC, type Exc, type Value } from "../core.ts";
import { getBuffer, PyBUF_SIMPLE } from "../buffer.ts";
import { latin1FromArray, PyByteArray, PyBytes } from "../bytes.ts";
import { strToJs } from "../str/astral.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";

/** What stands for a byte beyond ASCII: it is no digit and no space, unlike the Latin-1 character. */
const NO_ASCII = /[^\0-\x7f]/g;

/** JavaScript text to parse; undefined when `o` is no text at all. */
export function numberText(o: Value): string | undefined | Exc {
  const text = strValue(o);
  if (text !== undefined) return strToJs(text);
  if (o instanceof PyBytes) return o.latin1.replace(NO_ASCII, "?");
  if (o instanceof PyByteArray) return o.toLatin1().replace(NO_ASCII, "?");
  if (typeOf(o).bf_getbuffer === null) return undefined;
  const buffer = getBuffer(o, PyBUF_SIMPLE);
  if (buffer === EXC) return EXC;
  const bytes = latin1FromArray(buffer.toArray());
  buffer.release();
  return bytes.replace(NO_ASCII, "?");
}
