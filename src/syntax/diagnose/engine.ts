/**
 * The machine under the diagnosing grammar: a packrat parser over the token table.
 *
 * CPython's messages depend on which alternatives its PEG parser tried in which order, on which results it had
 * memoised, and on the furthest token it had read. So when the fast parser refuses a source, this slow one parses it
 * again the way CPython does: once without and once with the rules for invalid syntax. It makes no syntax tree, only
 * what messages need: kinds of expressions and their places.
 * Source: PEP 617.
 */
import * as T from "../tokens.ts";
import type { Parser } from "../parser.ts";
import type { PySyntaxError } from "../errors.ts";
import { failAtToken, failGeneric, failToHere, failTokenizer, failTokens } from "./report.ts";

/** What a rule matched: the tokens from `start` up to but without `end`. */
export interface Tree {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** What the parts of the rule matched; an optional part that is absent is `NOTHING`. */
  readonly parts: readonly Tree[];
}

export type Rule = (d: Diagnoser) => Tree | null;
/** A token kind, the text of a soft keyword, or a rule. */
export type Part = number | string | Rule;

/** The result of an optional part that is absent. */
export const NOTHING: Tree = { kind: "nothing", start: -1, end: -1, parts: [] };

/** Levels of rules before the source counts as too complex. */
const MAX_LEVEL = 6000;

/** Thrown when the rules nest too deeply. */
export const OVERFLOW: unique symbol = Symbol("diagnosis too deep");

interface Memo {
  tree: Tree | null;
  end: number;
}

export class Diagnoser {
  readonly p: Parser;
  readonly kinds: Uint8Array;
  /** Index of the next token to match. */
  mark = 0;
  /** Number of tokens read so far; CPython reports generic errors at the last of them. */
  fill = 0;
  /** Second pass: the rules for invalid syntax take part. */
  invalid = false;
  level = 0;
  /** The last `<>` met where an operator may stand. */
  diamond = -1;
  readonly featureVersion: number;
  /** By rule, then by place counted from `first`. */
  private memos = new Map<Rule, (Memo | undefined)[]>();
  private bracketLevels: Int16Array | null = null;

  /** Token at which to begin. */
  readonly first: number;

  constructor(p: Parser, featureVersion: number, first: number) {
    this.p = p;
    this.first = this.mark = this.fill = first;
    this.kinds = p.kinds;
    this.featureVersion = featureVersion;
  }

  /** Back to the start for the second pass; what has been read stays read. */
  restart(): void {
    this.mark = this.first;
    this.memos = new Map();
    this.invalid = true;
  }

  /** Kind of the next token. Reading a token the tokenizer failed at raises its error. */
  kind(): number {
    if (this.mark >= this.fill) this.read();
    return this.kinds[this.mark];
  }

  private read(): void {
    this.fill = this.mark + 1;
    if (this.kinds[this.mark] === T.ERRORTOKEN) failTokenizer(this);
  }

  token(kind: number): Tree | null {
    if (this.kind() !== kind) return null;
    const start = this.mark++;
    return { kind: "token", start, end: start + 1, parts: [] };
  }

  /** A NAME with the given text. */
  soft(text: string): Tree | null {
    if (this.kind() !== T.NAME || this.p.text(this.mark) !== text) return null;
    const start = this.mark++;
    return { kind: "Name", start, end: start + 1, parts: [] };
  }

  part(part: Part): Tree | null {
    if (typeof part === "number") return this.token(part);
    if (typeof part === "string") return this.soft(part);
    return part(this);
  }

  /** All parts one behind the other, or nothing. */
  all(kind: string, ...parts: Part[]): Tree | null {
    const start = this.mark;
    const first = parts[0];
    if (typeof first === "number" && this.kind() !== first) return null;
    if (++this.level > MAX_LEVEL) throw OVERFLOW;
    const trees: Tree[] = [];
    for (const part of parts) {
      const tree = this.part(part);
      if (tree === null) {
        this.mark = start;
        this.level--;
        return null;
      }
      trees.push(tree);
    }
    this.level--;
    return { kind, start, end: this.mark, parts: trees };
  }

  /** As `all`, but the result is that of one part: for parts that only surround it. */
  pick(index: number, ...parts: Part[]): Tree | null {
    const tree = this.all("", ...parts);
    return tree === null ? null : tree.parts[index];
  }

  /** Remembers a rule's result for each place. */
  memo(rule: Rule): Tree | null {
    const start = this.mark;
    let places = this.memos.get(rule);
    if (places === undefined) this.memos.set(rule, (places = []));
    const known = places[start - this.first];
    if (known !== undefined) {
      this.mark = known.end;
      return known.tree;
    }
    if (++this.level > MAX_LEVEL) throw OVERFLOW;
    const tree = rule(this);
    this.level--;
    if (tree === null) this.mark = start;
    places[start - this.first] = { tree, end: this.mark };
    return tree;
  }

  /** Tries a rule for invalid syntax: it raises, or says nothing. */
  diagnose(rule: Rule): null {
    if (!this.invalid) return null;
    const start = this.mark;
    rule(this);
    this.mark = start;
    return null;
  }

  /** As `diagnose`, for the few such rules whose match counts. */
  tryInvalid(rule: Rule): Tree | null {
    if (!this.invalid) return null;
    const start = this.mark;
    const tree = rule(this);
    if (tree === null) this.mark = start;
    return tree;
  }

  /** A token that must stand here. */
  force(kind: number, text: string): Tree {
    const tree = this.token(kind);
    return tree ?? failGeneric(this, this.mark, `expected '${text}'`);
  }

  /** Number of brackets open behind the token at `index`. */
  bracketLevel(index: number): number {
    if (this.bracketLevels === null) this.bracketLevels = countBrackets(this.kinds, this.p.tokens.count);
    return this.bracketLevels[index];
  }

  // ── raising ────────────────────────────────────────────────────────────────────────────────────────────

  /** At the place of a tree. */
  fail(at: Tree, msg: string): never {
    return failTokens(this, "SyntaxError", msg, at.start, at.end - 1);
  }

  /** From the start of one tree to the end of another. */
  failRange(from: Tree, to: Tree, msg: string): never {
    return failTokens(this, "SyntaxError", msg, from.start, to.end - 1);
  }

  /** From a tree to the last token read. */
  failFrom(from: Tree, msg: string): never {
    return failToHere(this, msg, from.start);
  }

  /** At the last token read. */
  failHere(msg: string, type: PySyntaxError["type"] = "SyntaxError"): never {
    return failAtToken(this, type, msg, this.fill - 1);
  }

  /** At the next token. */
  failNext(msg: string): never {
    this.kind();
    return failAtToken(this, "SyntaxError", msg, this.mark);
  }

  /** `text` is what needs the version. */
  requireVersion(minor: number, text: string): void {
    if (this.featureVersion < minor) this.failHere(`${text} only supported in Python 3.${minor} and greater`);
  }
}

function countBrackets(kinds: Uint8Array, count: number): Int16Array {
  const levels = new Int16Array(count);
  let level = 0;
  for (let index = 0; index < count; index++) {
    const kind = kinds[index];
    if (kind === T.LPAR || kind === T.LSQB || kind === T.LBRACE) level++;
    else if (kind === T.RPAR || kind === T.RSQB || kind === T.RBRACE) level--;
    levels[index] = level;
  }
  return levels;
}

// ── combinators ────────────────────────────────────────────────────────────────────────────────────────────

/** Never fails. */
/* @__NO_SIDE_EFFECTS__ */
export function opt(...parts: Part[]): Rule {
  return (d) => (parts.length === 1 ? d.part(parts[0]) : d.all("group", ...parts)) ?? NOTHING;
}

/** First of several that matches. */
/* @__NO_SIDE_EFFECTS__ */
export function any(...parts: Part[]): Rule {
  return (d) => {
    for (const part of parts) {
      const tree = d.part(part);
      if (tree !== null) return tree;
    }
    return null;
  };
}

/* @__NO_SIDE_EFFECTS__ */
export function group(...parts: Part[]): Rule {
  return (d) => d.all("group", ...parts);
}

/** Zero or more. */
/* @__NO_SIDE_EFFECTS__ */
export function many(part: Part): Rule {
  return (d) => {
    const start = d.mark;
    const trees: Tree[] = [];
    for (;;) {
      const before = d.mark;
      const tree = d.part(part);
      if (tree === null) {
        d.mark = before;
        return { kind: "many", start, end: d.mark, parts: trees };
      }
      trees.push(tree);
    }
  };
}

/** One or more. */
/* @__NO_SIDE_EFFECTS__ */
export function some(part: Part): Rule {
  const rest = many(part);
  return (d) => {
    const tree = rest(d);
    return tree === null || tree.parts.length === 0 ? null : tree;
  };
}

/** One or more with commas between; `parts` are the elements alone. */
/* @__NO_SIDE_EFFECTS__ */
export function commas(part: Part, separator: number = T.COMMA): Rule {
  return (d) => {
    const start = d.mark;
    const first = d.part(part);
    if (first === null) return null;
    const trees = [first];
    for (;;) {
      const before = d.mark;
      const tree = d.token(separator) === null ? null : d.part(part);
      if (tree === null) {
        d.mark = before;
        return { kind: "list", start, end: before, parts: trees };
      }
      trees.push(tree);
    }
  };
}

/** Succeeds where `part` matches, and takes nothing. */
/* @__NO_SIDE_EFFECTS__ */
export function ahead(...parts: Part[]): Rule {
  const rule = any(...parts);
  return (d) => {
    const start = d.mark;
    const tree = rule(d);
    d.mark = start;
    return tree === null ? null : NOTHING;
  };
}

/** Succeeds where none of `parts` matches, and takes nothing. */
/* @__NO_SIDE_EFFECTS__ */
export function not(...parts: Part[]): Rule {
  const rule = any(...parts);
  return (d) => {
    const start = d.mark;
    const tree = rule(d);
    d.mark = start;
    return tree === null ? NOTHING : null;
  };
}

export function last(tree: Tree): Tree {
  return tree.parts[tree.parts.length - 1];
}
