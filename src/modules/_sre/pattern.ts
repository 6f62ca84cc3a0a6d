/** Compiled patterns, `re.Pattern`: the object, and what all its methods share. The methods: `pattern-type.ts`. */
import { EXC, type Exc, PyObject, type PyType, type Value } from "../../objects/core.ts";
import type { PyDict } from "../../objects/dict.ts";
import { AstralStr } from "../../objects/str/astral.ts";
import type { PyTuple } from "../../objects/tuple.ts";
import { asSsize } from "../support/arguments.ts";
import type { Subject } from "./engine.ts";
import { type Found, type Matcher, type Mode, SEARCH } from "./matcher.ts";
import { type Content, contentFor, isBytesSubject, sliceOf } from "./subject.ts";

export class PyPattern extends PyObject {
  constructor(
    cls: PyType,
    readonly pattern: Value,
    readonly flags: number,
    readonly groups: number,
    readonly groupindex: PyDict,
    readonly indexgroup: PyTuple,
    /** 1: matches bytes-like objects; 0: str; -1: made without a pattern, matches both. */
    readonly kind: number,
    readonly matcher: Matcher,
  ) {
    super(cls.shapes);
  }
}

/** A pattern at work on a text: CPython's `SRE_STATE`. */
export class Search {
  private mustAdvance = false;
  private readonly subject: Subject;
  /** Where the search began, as match objects tell. */
  readonly pos: number;

  constructor(
    readonly pattern: PyPattern,
    readonly value: Value,
    readonly content: Content,
    readonly isBytes: boolean,
    public start: number,
    readonly end: number,
  ) {
    this.pos = start;
    this.subject = content instanceof AstralStr ? content.points : content;
  }

  /** The match from where the last one ended, null when there is none. */
  next(mode: Mode = SEARCH): Found | null {
    if (this.start > this.end) return null;
    const found = this.pattern.matcher.exec(this.subject, this.start, this.end, mode, this.mustAdvance);
    if (found !== null) {
      this.start = found.end;
      this.mustAdvance = found.end === found.start;
    }
    return found;
  }

  /** `use` of an expression that finds the same in the whole of a str; undefined where there is none. */
  withExpression<T>(use: (text: string, expression: RegExp) => T): T | undefined {
    const { content } = this;
    if (this.isBytes || typeof content !== "string" || this.start > 0 || this.end < content.length) return undefined;
    return this.pattern.matcher.withExpression(content, (expression) => use(content, expression));
  }

  slice(start: number, end: number): Value {
    return sliceOf(this.content, this.isBytes, start, end);
  }

  /** Group `index` of a match of this search; undefined when it did not match. */
  group(found: Found, index: number): Value | undefined {
    return groupOf(found, this.content, this.isBytes, index);
  }
}

/** Group `index` of a match in `content`; undefined when it did not take part. */
export function groupOf(found: Found, content: Content, isBytes: boolean, index: number): Value | undefined {
  if (index === 0) return sliceOf(content, isBytes, found.start, found.end);
  if (found.js !== null) {
    const text = found.js[index];
    return text === undefined || !isBytes ? text : sliceOf(text, true, 0, text.length);
  }
  const spans = found.spans();
  const start = spans[index * 2 - 2];
  const end = spans[index * 2 - 1];
  return start < 0 || end < 0 ? undefined : sliceOf(content, isBytes, start, end);
}

/** Begins a search in `value[pos:endpos]`; bounds are clipped to the text. */
export function openSearch(
  pattern: PyPattern,
  value: Value,
  pos: Value | undefined,
  endpos: Value | undefined,
): Search | Exc {
  let start = 0;
  let end = Number.MAX_SAFE_INTEGER;
  if (pos !== undefined) {
    const given = asSsize(pos);
    if (given === EXC) return EXC;
    start = given;
  }
  if (endpos !== undefined) {
    const given = asSsize(endpos);
    if (given === EXC) return EXC;
    end = given;
  }
  const content = contentFor(pattern.kind, value);
  if (content === EXC) return EXC;
  const { length } = content;
  start = Math.max(0, Math.min(start, length));
  end = Math.max(0, Math.min(end, length));
  return new Search(pattern, value, content, isBytesSubject(value), start, end);
}
