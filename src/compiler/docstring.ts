/** Docstrings: which statement is one, and the cleaning of its text that the compiler does. */
import type { Const, Stmt } from "../syntax/ast.ts";

/** The docstring of a body: its first statement, when that is a plain string. */
export function docString(body: readonly Stmt[]): Const | null {
  const first = body[0];
  if (first === undefined || first.kind !== "Expr" || first.value.kind !== "Constant") return null;
  const value = first.value.value;
  return value.t === "str" || value.t === "astral" ? value : null;
}

/** As `inspect.cleandoc`, but trailing blank lines stay: tabs expanded, common indentation and leading space removed. */
export function cleanDoc(doc: Const): Const {
  if (doc.t === "astral") return fromText(cleanText(toText(doc.v)));
  if (doc.t !== "str") return doc;
  const text = cleanText(doc.v);
  return text === doc.v ? doc : { t: "str", v: text };
}

function toText(points: number[]): string {
  let out = "";
  for (const p of points) out += String.fromCodePoint(p);
  return out;
}

function fromText(text: string): Const {
  return { t: "astral", v: Array.from(text, (c) => c.codePointAt(0) as number) };
}

function expandTabs(text: string): string {
  if (!text.includes("\t")) return text;
  let out = "";
  let column = 0;
  for (const c of text) {
    if (c === "\t") {
      const n = 8 - (column % 8);
      out += " ".repeat(n);
      column += n;
    } else {
      out += c;
      column = c === "\n" || c === "\r" ? 0 : column + 1;
    }
  }
  return out;
}

function indentOf(line: string): number {
  let i = 0;
  while (i < line.length && line.charCodeAt(i) === 32) i++;
  return i;
}

function cleanText(text: string): string {
  const lines = expandTabs(text).split("\n");
  let margin = Number.POSITIVE_INFINITY;
  for (let i = 1; i < lines.length; i++) {
    const indent = indentOf(lines[i]);
    if (indent < lines[i].length) margin = Math.min(margin, indent);
  }
  if (margin === Number.POSITIVE_INFINITY) margin = 0;
  let out = lines[0].slice(indentOf(lines[0]));
  for (let i = 1; i < lines.length; i++) out += `\n${lines[i].slice(Math.min(margin, indentOf(lines[i])))}`;
  return out;
}
