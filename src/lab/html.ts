/** Small help for writing HTML: text is escaped unless it is HTML already. */

import { escapeHtml } from "../stats/html.ts";

/** HTML, and not text. */
export class Html {
  constructor(readonly text: string) {}
}
type Part = Html | string | number | null | readonly Html[];

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, piece, i) => text + textOf(parts[i - 1]) + piece));
}
function textOf(part: Part | undefined): string {
  if (part === null || part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(({ text }: Html) => text).join("");
  return escapeHtml(String(part));
}
