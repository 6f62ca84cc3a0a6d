/** Format strings of the struct module: parsed to a list of fields with their places. */

/** The text is no format; the message is CPython's. */
export class FormatError {
  constructor(readonly message: string) {}
}

export type Kind = "pad" | "int" | "uint" | "float" | "complex" | "bool" | "char" | "string" | "pascal" | "pointer";

export interface Field {
  readonly code: string;
  readonly kind: Kind;
  /** Bytes of one item; for strings, of the whole field. */
  readonly size: number;
  /** From the beginning of the struct. */
  readonly offset: number;
  /** How many items; 1 for strings. */
  readonly count: number;
}

export interface Layout {
  readonly fields: readonly Field[];
  /** Bytes in all. A number: formats beyond 2**53 bytes are refused by whoever allocates. */
  readonly size: number;
  /** Values packed or unpacked. */
  readonly values: number;
  readonly littleEndian: boolean;
}

const SSIZE_MAX = 2n ** 63n - 1n;

interface Code {
  readonly kind: Kind;
  readonly size: number;
  readonly align: number;
}
const code = (kind: Kind, size: number, align = size): Code => ({ kind, size, align });

/** Sizes and alignments of a 64-bit Unix machine, which is what we are to programs. */
const NATIVE: Readonly<Record<string, Code>> = {
  x: code("pad", 1),
  b: code("int", 1),
  B: code("uint", 1),
  c: code("char", 1),
  s: code("string", 1),
  p: code("pascal", 1),
  h: code("int", 2),
  H: code("uint", 2),
  i: code("int", 4),
  I: code("uint", 4),
  l: code("int", 8),
  L: code("uint", 8),
  n: code("int", 8),
  N: code("uint", 8),
  q: code("int", 8),
  Q: code("uint", 8),
  "?": code("bool", 1),
  e: code("float", 2),
  f: code("float", 4),
  d: code("float", 8),
  F: code("complex", 8, 4),
  D: code("complex", 16, 8),
  P: code("pointer", 8),
};

const STANDARD: Readonly<Record<string, Code>> = {
  ...Object.fromEntries(Object.entries(NATIVE).filter(([name]) => !"nNP".includes(name))),
  l: code("int", 4),
  L: code("uint", 4),
};

const SPACE = /[ \t\n\r\f\v]/;

/** Parses a format; throws `FormatError`. */
export function parseFormat(text: string): Layout {
  if (text.includes("\0")) throw new FormatError("embedded null character");
  let i = 0;
  let table = NATIVE;
  let aligned = true;
  let littleEndian = true;
  switch (text[0]) {
    case ">":
    case "!":
      littleEndian = false;
      table = STANDARD;
      aligned = false;
      i = 1;
      break;
    case "<":
    case "=":
      table = STANDARD;
      aligned = false;
      i = 1;
      break;
    case "@":
      i = 1;
      break;
  }
  const fields: Field[] = [];
  let size = 0n;
  let values = 0;
  while (i < text.length) {
    if (SPACE.test(text[i])) {
      i++;
      continue;
    }
    let count = 1n;
    const digits = /^[0-9]+/.exec(text.slice(i));
    if (digits !== null) {
      count = BigInt(digits[0]);
      i += digits[0].length;
      // A count too large for its type is noticed before what it counts.
      if (count > SSIZE_MAX) throw new FormatError("total struct size too long");
      if (i >= text.length) throw new FormatError("repeat count given without format specifier");
    }
    const name = text[i++];
    const entry = Object.hasOwn(table, name) ? table[name] : undefined;
    if (entry === undefined) throw new FormatError("bad char in struct format");
    if (aligned && entry.align > 1) size += (BigInt(entry.align) - (size % BigInt(entry.align))) % BigInt(entry.align);
    const offset = Number(size);
    size += count * BigInt(entry.size);
    if (size > SSIZE_MAX) throw new FormatError("total struct size too long");
    if (entry.kind === "string" || entry.kind === "pascal") {
      fields.push({ code: name, kind: entry.kind, size: Number(count), offset, count: 1 });
      values++;
    } else if (entry.kind !== "pad" && count > 0n) {
      fields.push({ code: name, kind: entry.kind, size: entry.size, offset, count: Number(count) });
      values += Number(count);
    }
  }
  return { fields, size: Number(size), values, littleEndian };
}
