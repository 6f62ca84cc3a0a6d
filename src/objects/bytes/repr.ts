/** `repr(bytes)`, and the inside of a bytearray's, where single quotes are always escaped. */
import { escapeBytes } from "../codecs/unicode-escape.ts";

export function reprOfBytes(content: string, escapeQuotes = false): string {
  if (/^[ !#-&(-[\]-~]*$/.test(content)) return `b'${content}'`;
  const escaped = escapeBytes(content);
  if (!content.includes("'") || content.includes('"')) return `b'${escaped}'`;
  return `b"${escapeQuotes ? escaped : escaped.replace(/\\'/g, "'")}"`;
}
