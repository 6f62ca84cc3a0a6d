/** `<?xml version="1.0" encoding="…" standalone="…"?>`, and the text declaration of external entities. */
import { APOSTROPHE, EQUALS, QUOTE, isSpace } from "./characters.ts";
import { skipSpace } from "./scanner.ts";

export interface Declaration {
  version: string | null;
  encoding: string | null;
  /** Where the encoding's name stands. */
  encodingAt: number;
  /** 1, 0 or -1 where it is not said. */
  standalone: number;
}

interface PseudoAttribute {
  name: string;
  nameAt: number;
  value: string;
  valueAt: number;
  end: number;
}

/** The next `name="value"`; null: there is none before `end`. */
function pseudoAttribute(text: string, at: number, end: number): PseudoAttribute | null {
  if (at === end) return null;
  if (!isSpace(text.charCodeAt(at))) throw new Misplaced(at);
  const nameAt = skipSpace(text, at);
  if (nameAt >= end) return null;
  let i = nameAt;
  // Whatever stands before the equals sign is taken as a name, until it turns out to be none that is known.
  for (let unit = text.charCodeAt(i); unit !== EQUALS && !isSpace(unit); unit = text.charCodeAt(++i))
    if (i >= end || unit > 127) throw new Misplaced(i);
  const name = text.slice(nameAt, i);
  i = skipSpace(text, i);
  if (name === "" || text.charCodeAt(i) !== EQUALS) throw new Misplaced(i);
  i = skipSpace(text, i + 1);
  const quote = text.charCodeAt(i);
  if (quote !== QUOTE && quote !== APOSTROPHE) throw new Misplaced(i);
  const valueAt = i + 1;
  for (i = valueAt; text.charCodeAt(i) !== quote; i++) if (!/[A-Za-z0-9._-]/.test(text[i])) throw new Misplaced(i);
  return { name, nameAt, value: text.slice(valueAt, i), valueAt, end: i + 1 };
}

export class Misplaced {
  constructor(readonly at: number) {}
}

/** Reads the declaration at `at`, whose `?>` ends at `end`; throws `Misplaced`. `isText`: an external entity's. */
export function parseDeclaration(text: string, at: number, end: number, isText: boolean): Declaration {
  const found: Declaration = { version: null, encoding: null, encodingAt: -1, standalone: -1 };
  const stop = end - 2;
  let next = pseudoAttribute(text, at + 5, stop);
  if (next === null) throw new Misplaced(at + 5);
  if (next.name === "version") {
    if (!/^1\.[0-9]+$/.test(next.value)) throw new Misplaced(next.valueAt);
    found.version = next.value;
    const versionEnd = next.end;
    next = pseudoAttribute(text, next.end, stop);
    if (next === null) {
      // A text declaration must name its encoding.
      if (isText) throw new Misplaced(versionEnd);
      return found;
    }
  } else if (!isText) throw new Misplaced(next.nameAt);
  if (next.name === "encoding") {
    if (!/^[A-Za-z]/.test(next.value)) throw new Misplaced(next.valueAt);
    found.encoding = next.value;
    found.encodingAt = next.valueAt;
    next = pseudoAttribute(text, next.end, stop);
    if (next === null) return found;
  }
  if (next.name !== "standalone" || isText) throw new Misplaced(next.nameAt);
  if (next.value !== "yes" && next.value !== "no") throw new Misplaced(next.valueAt);
  found.standalone = next.value === "yes" ? 1 : 0;
  const rest = skipSpace(text, next.end);
  if (rest !== stop) throw new Misplaced(rest);
  return found;
}
