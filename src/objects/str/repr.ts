/** `repr(str)`. */
import { isPrintable } from "../unicode/ctype.ts";
import { type Str, StrBuilder, pointAt } from "./astral.ts";
import { escapePoint } from "./ascii.ts";

const PLAIN = /^[ !#-&(-[\]-~]*$/;

export function reprOfStr(text: Str): Str {
  // Printable ASCII without quotes and backslashes: by far the commonest.
  if (typeof text === "string" && PLAIN.test(text)) return `'${text}'`;
  const quote = quoteFor(text);
  const out = new StrBuilder();
  out.push(quote);
  for (let i = 0; i < text.length; i++) pushEscaped(out, pointAt(text, i), quote);
  out.push(quote);
  return out.build();
}

/** Double quotes where the text holds single ones only. */
function quoteFor(text: Str): string {
  let single = false;
  for (let i = 0; i < text.length; i++) {
    const c = pointAt(text, i);
    if (c === 0x22) return "'";
    single ||= c === 0x27;
  }
  return single ? '"' : "'";
}

function pushEscaped(out: StrBuilder, c: number, quote: string): void {
  if (c === 0x5c || c === quote.charCodeAt(0)) {
    out.push("\\");
    out.pushPoint(c);
  } else if (c === 10) out.push("\\n");
  else if (c === 13) out.push("\\r");
  else if (c === 9) out.push("\\t");
  else if (c >= 0x20 && c < 0x7f) out.pushPoint(c);
  else if (c >= 0x7f && isPrintable(c)) out.pushPoint(c);
  else out.push(escapePoint(c));
}
