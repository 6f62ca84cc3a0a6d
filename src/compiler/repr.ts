/** Python's `repr` of a constant, for messages, for annotations as strings and for the disassembler. */
import type { CodeConst } from "./code.ts";

/** `repr(float)`: the shortest digits that read back, with an exponent from 1e16 on and below 1e-4. */
export function floatRepr(v: number): string {
  if (Number.isNaN(v)) return "nan";
  if (!Number.isFinite(v)) return v > 0 ? "inf" : "-inf";
  if (Object.is(v, -0)) return "-0.0";
  const abs = Math.abs(v);
  if (abs !== 0 && (abs >= 1e16 || abs < 1e-4)) {
    const [digits, exponent] = v.toExponential().split("e");
    const n = exponent.slice(1);
    return `${digits}e${exponent[0]}${n.length < 2 ? `0${n}` : n}`;
  }
  const text = String(v);
  return text.includes(".") ? text : `${text}.0`;
}

function complexPart(v: number): string {
  const text = floatRepr(v);
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}

export function complexRepr(re: number, im: number): string {
  if (re === 0 && !Object.is(re, -0)) return `${complexPart(im)}j`;
  const sign = im < 0 || Object.is(im, -0) || Number.isNaN(im) ? "" : "+";
  return `(${complexPart(re)}${Number.isNaN(im) ? "+" : sign}${complexPart(im)}j)`;
}

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

function escape(point: number, quote: number): string {
  switch (point) {
    case 10:
      return "\\n";
    case 13:
      return "\\r";
    case 9:
      return "\\t";
    case 92:
      return "\\\\";
  }
  if (point === quote) return `\\${String.fromCharCode(quote)}`;
  if (point >= 32 && point < 127) return String.fromCharCode(point);
  const text = String.fromCodePoint(point);
  if (point >= 127 && !UNPRINTABLE.test(text)) return text;
  const hex = point.toString(16);
  if (point < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return point < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

export function strRepr(points: Iterable<number>): string {
  const all = [...points];
  const quote = all.includes(39) && !all.includes(34) ? 34 : 39;
  const q = String.fromCharCode(quote);
  return q + all.map((p) => escape(p, quote)).join("") + q;
}

function* units(s: string): Iterable<number> {
  for (let i = 0; i < s.length; i++) yield s.charCodeAt(i);
}

function bytesRepr(s: string): string {
  const quote = s.includes("'") && !s.includes('"') ? 34 : 39;
  let out = `b${String.fromCharCode(quote)}`;
  for (const b of units(s)) out += b >= 127 ? `\\x${b.toString(16)}` : escape(b, quote);
  return out + String.fromCharCode(quote);
}

export function constRepr(c: CodeConst): string {
  switch (c.t) {
    case "none":
      return "None";
    case "ellipsis":
      return "Ellipsis";
    case "bool":
      return c.v ? "True" : "False";
    case "int":
      return String(c.v);
    case "float":
      return floatRepr(c.v);
    case "complex":
      return complexRepr(c.re, c.im);
    case "str":
      return strRepr(units(c.v));
    case "astral":
      return strRepr(c.v);
    case "bytes":
      return bytesRepr(c.v);
    case "tuple":
      return c.v.length === 1 ? `(${constRepr(c.v[0])},)` : `(${c.v.map(constRepr).join(", ")})`;
    case "frozenset":
      return `frozenset({${c.v.map(constRepr).join(", ")}})`;
    case "slice":
      return `slice(${c.v.map(constRepr).join(", ")})`;
    case "code":
      return `<code object ${c.v.name}>`;
  }
}
