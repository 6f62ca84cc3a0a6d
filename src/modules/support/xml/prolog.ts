/**
 * What stands before the document's element: the loop over tokens, of the document and of parameter entities, and what
 * their handlers are told. Which tokens may follow which is the grammar's business (`declarations.ts`), a generator that
 * is given one token after the other.
 */
import { ERROR, fail } from "./codes.ts";
import { Declarations } from "./declarations.ts";
import type { Entity } from "./dtd.ts";
import type { Reader, XmlParser } from "./parser.ts";
import { PrologScanner, type TokenKind } from "./prolog-tokens.ts";
import { INVALID } from "./scanner.ts";

/** A token as the grammar sees it. */
export interface Token {
  readonly kind: TokenKind;
  readonly word: string;
  readonly quantifier: string;
  readonly start: number;
  readonly end: number;
  readonly reader: Reader;
}

export class Prolog {
  private readonly tokens: PrologScanner;
  private readonly declarations: Declarations;
  private readonly grammar: Generator<undefined, void, Token>;
  /** Parameter entities that are being read, inside of the document's text. */
  private readonly inside: Reader[] = [];
  /** Depth of `<![IGNORE[` inside of an ignored section; 0: none. */
  ignoring = 0;
  /** Between declarations: where an entity may end. */
  isBetween = true;
  isOver = false;

  constructor(
    private readonly parser: XmlParser,
    /** An external parameter entity or the external subset. */
    isExternal: boolean,
  ) {
    this.tokens = new PrologScanner(parser.scanner);
    this.declarations = new Declarations(parser, this);
    this.grammar = isExternal ? this.declarations.externalSubset() : this.declarations.document();
    this.grammar.next();
  }
  get isInEntity(): boolean {
    return this.inside.length > 0;
  }

  /** Goes on until the text ends or the first tag begins; true in the latter case. */
  run(isFinal: boolean): boolean {
    const { parser } = this;
    if (parser.parent !== null && parser.hasStarted) parser.dtd.parameterEntityRead = true;
    if (parser.parent !== null && parser.parent.valueRead !== null) return this.readValue(isFinal);
    for (;;) {
      const reader = this.inside[this.inside.length - 1] ?? parser.content.reader;
      const { at, text } = reader;
      if (at === text.length) {
        if (reader.entity !== null) {
          this.closeEntity(reader);
          continue;
        }
        parser.event(reader, at);
        if (isFinal) this.finish();
        return false;
      }
      if (!this.step(reader, reader.entity === null && !isFinal)) return false;
      if (this.isOver) return true;
    }
  }

  /** Handles one token; false: it is not all there. */
  private step(reader: Reader, more: boolean): boolean {
    const { parser, tokens } = this;
    const { at, text } = reader;
    parser.event(reader, at);
    if (this.ignoring > 0) return this.ignore(reader, more);
    const end = tokens.scan(text, at);
    if (end === INVALID) parser.failScan(reader);
    if (end < 0 || tokens.mayGoOn) {
      if (more) return false;
      if (end < 0) parser.failUnclosed();
    }
    const { kind, word, quantifier } = tokens;
    reader.at = end;
    this.isMuted = false;
    this.grammar.next({ kind, word, quantifier, start: at, end, reader });
    if (!this.isMuted && kind !== "<") parser.handlers.default?.(text.slice(at, end));
    parser.endToken(reader, end);
    return true;
  }
  /** Some handler was told of the token, so the default handler is not. */
  isMuted = false;

  private finish(): void {
    const { parser } = this;
    if (parser.input.cutOff !== 0) fail(parser.input.cutOff);
    if (parser.parent === null) fail(ERROR.NO_ELEMENTS);
    if (!this.isBetween || this.declarations.includes > 0) fail(ERROR.INCOMPLETE_PE);
  }

  /** `text` of the entity comes before what follows the reference. */
  openEntity(entity: Entity, text: string): void {
    this.parser.limits.expand(text, this.parser);
    entity.isOpen = true;
    this.startedBetween.push(this.isBetween);
    this.inside.push({ text, at: 0, entity, depth: 0 });
  }
  private readonly startedBetween: boolean[] = [];
  private closeEntity({ entity }: Reader): void {
    // Whole declarations begin and end in the same entity.
    if ((this.startedBetween.pop() as boolean) && !this.isBetween) fail(ERROR.INCOMPLETE_PE);
    (entity as Entity).isOpen = false;
    this.inside.pop();
  }

  /** Skips an ignored section. */
  private ignore(reader: Reader, more: boolean): boolean {
    const pattern = /<!\[|\]\]>/g;
    pattern.lastIndex = reader.at;
    const found = pattern.exec(reader.text);
    if (found === null) {
      if (more) return false;
      fail(ERROR.SYNTAX);
    }
    this.ignoring += found[0] === "]]>" ? -1 : 1;
    reader.at = found.index + 3;
    return true;
  }

  /** The whole text of an external entity that an entity's value refers to. */
  private readValue(isFinal: boolean): boolean {
    const { parser } = this;
    const { reader } = parser.content;
    if (!isFinal) return false;
    parser.dtd.parameterEntityRead = true;
    let start = 0;
    if (/^<\?xml[ \t\r\n]/.test(reader.text)) {
      start = parser.scanner.instruction(reader.text, 0);
      if (start < 0) parser.failScan(reader);
      parser.declare(reader, 0, start, true);
    }
    parser.values.entity(reader.text.slice(start), start);
    (parser.parent as XmlParser).valueRead = parser.values.entityText;
    reader.at = reader.text.length;
    return false;
  }

  /** What follows the document's element. */
  runEpilog(isFinal: boolean): void {
    const { parser, tokens } = this;
    const { reader } = parser.content;
    for (;;) {
      const { at, text } = reader;
      parser.event(reader, at);
      if (at === text.length) {
        if (isFinal && parser.input.cutOff !== 0) fail(parser.input.cutOff);
        return;
      }
      const end = tokens.scan(text, at);
      if (end === INVALID) parser.failScan(reader);
      if (end < 0) {
        if (!isFinal) return;
        parser.failUnclosed();
      }
      if (tokens.kind === "space") parser.handlers.default?.(text.slice(at, end));
      else if (tokens.kind === "instruction") parser.reportInstruction(reader, at, end);
      else if (tokens.kind === "comment") parser.reportComment(reader, at, end);
      else fail(ERROR.JUNK_AFTER_DOC_ELEMENT);
      parser.endToken(reader, end);
    }
  }
}
