/** `repr(bytes)`. */
import { escapeBytes } from "../codecs/unicode-escape.ts";

export function reprOfBytes(content: string): string {
  if (/^[ !#-&(-[\]-~]*$/.test(content)) return `b'${content}'`;
  const escaped = escapeBytes(content);
  if (!content.includes("'") || content.includes('"')) return `b'${escaped}'`;
  return `b"${escaped.replace(/\\'/g, "'")}"`;
}
