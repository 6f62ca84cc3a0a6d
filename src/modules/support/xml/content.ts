/** Elements and their content: the stage between prolog and epilog, and external entities that hold text. */
import {
  AMPERSAND,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  BYTE_ORDER_MARK,
  CR,
  EXCLAMATION,
  FORBIDDEN,
  GREATER,
  LESS,
  LF,
  MINUS,
  QUESTION,
  SLASH,
  characterOf,
  predefined,
} from "./characters.ts";
import { ERROR, fail } from "./codes.ts";
import type { Entity } from "./dtd.ts";
import type { Binding } from "./namespaces.ts";
import type { Reader, XmlParser } from "./parser.ts";
import { INVALID, PARTIAL } from "./scanner.ts";
import { StartTags } from "./start-tags.ts";

/** Bytes that an open element is taken to cost, beside its name. */
const ELEMENT_COST = 64;
/** Data of documents that are not UTF-8 comes in pieces of at most so many bytes. */
const CONVERTED = 1024;

export class Content {
  /** The document's text. */
  readonly reader: Reader;
  /** That one, and the entities that are being read inside of it. */
  private readonly readers: Reader[];
  /** Of the elements that are open: their names as tags have them, and as they are told; what they have declared. */
  private readonly rawNames: string[] = [];
  private readonly names: string[] = [];
  private readonly bindings: (readonly Binding[] | null)[] = [];
  private readonly tags: StartTags;
  private isInCdata = false;
  private isAtStart = true;

  private readonly plain = new RegExp(`[^<&\\]\\n\\r${FORBIDDEN}]*`, "y");
  private readonly plainCdata = new RegExp(`[^\\]\\n\\r${FORBIDDEN}]*`, "y");

  constructor(
    private readonly parser: XmlParser,
    /** Levels that an external entity is inside of. */
    private readonly outerDepth: number,
  ) {
    this.reader = { text: "", at: 0, entity: null, depth: outerDepth };
    this.readers = [this.reader];
    this.tags = new StartTags(parser);
  }
  private get depth(): number {
    return this.rawNames.length + this.outerDepth;
  }

  /** Goes on until the text or the document's element ends; true in the latter case. */
  run(isFinal: boolean): boolean {
    for (;;) {
      const reader = this.readers[this.readers.length - 1];
      const { text } = reader;
      if (reader.at === text.length) {
        if (reader.entity === null) {
          this.parser.event(reader, reader.at);
          if (isFinal) this.finish();
          return false;
        }
        this.closeEntity(reader);
        continue;
      }
      const more = reader.entity === null && !isFinal;
      this.parser.event(reader, reader.at);
      const end = this.isInCdata ? this.cdata(reader, more) : this.token(reader, more);
      if (end < 0) {
        if (end === INVALID) this.parser.failScan(reader);
        if (more) return false;
        if (this.isInCdata) fail(ERROR.UNCLOSED_CDATA_SECTION);
        this.parser.failUnclosed();
      }
      this.parser.endToken(reader, end);
      if (this.depth === 0) return true;
    }
  }

  /** The document ends here: may it? */
  private finish(): void {
    const { cutOff } = this.parser.input;
    if (cutOff !== 0) fail(cutOff);
    if (this.isInCdata) fail(ERROR.UNCLOSED_CDATA_SECTION);
    if (this.outerDepth === 0) fail(ERROR.NO_ELEMENTS);
    if (this.rawNames.length > 0) fail(ERROR.ASYNC_ENTITY);
  }

  /** Handles the token at the reader's place; gives its end, PARTIAL or INVALID. */
  private token(reader: Reader, more: boolean): number {
    const { at, text } = reader;
    const unit = text.charCodeAt(at);
    if (unit === LESS) return this.markup(reader);
    if (unit === BYTE_ORDER_MARK && this.isAtStart && reader.entity === null && this.outerDepth > 0) return at + 1;
    this.isAtStart = false;
    if (unit === AMPERSAND) return this.reference(reader);
    if (unit === LF || unit === CR) return this.newline(reader, more);
    return this.data(reader, more);
  }

  // ── character data ─────────────────────────────────────────────────────────────────────────────────────────
  private report(reader: Reader, start: number, end: number): void {
    const { handlers, input } = this.parser;
    const piece = reader.text.slice(start, end);
    if (handlers.characterData === null) handlers.default?.(piece);
    else if (reader.entity !== null || input.decoder?.name === "UTF-8" || piece.length <= CONVERTED / 3)
      handlers.characterData(piece);
    else this.reportConverted(piece);
  }
  private reportConverted(text: string): void {
    let start = 0;
    let bytes = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const isHigh = unit >= 0xd800 && unit < 0xdc00;
      const size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : isHigh ? 4 : 3;
      if (bytes + size > CONVERTED) {
        this.parser.handlers.characterData?.(text.slice(start, i));
        start = i;
        bytes = 0;
      }
      bytes += size;
      if (isHigh) i++;
    }
    this.parser.handlers.characterData?.(text.slice(start));
  }

  private newline(reader: Reader, more: boolean): number {
    const { at, text } = reader;
    let end = at + 1;
    if (text.charCodeAt(at) === CR) {
      // A line feed may follow in the next piece.
      if (end === text.length && more) return PARTIAL;
      if (text.charCodeAt(end) === LF) end++;
    }
    const { handlers } = this.parser;
    if (handlers.characterData !== null) handlers.characterData("\n");
    else handlers.default?.(text.slice(at, end));
    return end;
  }

  private data(reader: Reader, more: boolean): number {
    const { at, text } = reader;
    let end = at;
    for (;;) {
      this.plain.lastIndex = end;
      this.plain.test(text);
      end = this.plain.lastIndex;
      if (text.charCodeAt(end) !== BRACKET_CLOSE) break;
      if (text.charCodeAt(end + 1) === BRACKET_CLOSE) {
        // `]]>` must not stand in text.
        if (text.charCodeAt(end + 2) === GREATER) return this.parser.scanner.bad(end + 2);
        if (end + 2 >= text.length) return this.bracketsAtEnd(reader, at, end, more);
      } else if (end + 1 >= text.length) return this.bracketsAtEnd(reader, at, end, more);
      end++;
    }
    if (end === at) return this.parser.scanner.bad(at);
    this.report(reader, at, end);
    return end;
  }
  /** The text ends with what may be the beginning of `]]>`. */
  private bracketsAtEnd(reader: Reader, at: number, brackets: number, more: boolean): number {
    const end = brackets > at ? brackets : reader.text.length;
    if (brackets === at && more) return PARTIAL;
    this.report(reader, at, end);
    return end;
  }

  private cdata(reader: Reader, more: boolean): number {
    const { at, text } = reader;
    const unit = text.charCodeAt(at);
    if (unit === LF || unit === CR) return this.newline(reader, more);
    let start = at;
    if (unit === BRACKET_CLOSE) {
      if (text.charCodeAt(at + 1) === BRACKET_CLOSE) {
        if (text.charCodeAt(at + 2) === GREATER) return this.endCdata(reader);
        if (at + 2 >= text.length) return PARTIAL;
      } else if (at + 1 >= text.length) return PARTIAL;
      start++;
    }
    this.plainCdata.lastIndex = start;
    this.plainCdata.test(text);
    const end = this.plainCdata.lastIndex;
    if (end === at) return this.parser.scanner.bad(at);
    this.report(reader, at, end);
    return end;
  }
  private endCdata({ at, text }: Reader): number {
    const { handlers } = this.parser;
    this.isInCdata = false;
    if (handlers.endCdata !== null) handlers.endCdata();
    else handlers.default?.(text.slice(at, at + 3));
    return at + 3;
  }

  // ── markup ─────────────────────────────────────────────────────────────────────────────────────────────────
  private markup(reader: Reader): number {
    const { at, text } = reader;
    const isAtStart = this.isAtStart && reader.entity === null;
    this.isAtStart = false;
    switch (text.charCodeAt(at + 1)) {
      case SLASH:
        return this.endTag(reader);
      case EXCLAMATION:
        return this.exclamation(reader);
      case QUESTION:
        return this.instruction(reader, isAtStart && this.outerDepth > 0);
      default:
        return this.startTag(reader);
    }
  }

  private exclamation(reader: Reader): number {
    const { at, text } = reader;
    const { handlers, scanner } = this.parser;
    const unit = text.charCodeAt(at + 2);
    if (unit === MINUS) {
      const end = scanner.comment(text, at);
      if (end >= 0) this.parser.reportComment(reader, at, end);
      return end;
    }
    if (unit !== BRACKET_OPEN) return at + 2 < text.length ? scanner.bad(at + 2) : PARTIAL;
    const opening = "<![CDATA[";
    for (let i = 3; i < opening.length; i++) {
      if (at + i >= text.length) return PARTIAL;
      if (text[at + i] !== opening[i]) return scanner.bad(at + i);
    }
    this.isInCdata = true;
    if (handlers.startCdata !== null) handlers.startCdata();
    else handlers.default?.(opening);
    return at + opening.length;
  }

  private instruction(reader: Reader, mayDeclare: boolean): number {
    const { at, text } = reader;
    const { parser } = this;
    const end = parser.scanner.instruction(text, at);
    if (end < 0) {
      if (end === PARTIAL && mayDeclare) this.isAtStart = true;
      return end;
    }
    if (text.slice(at + 2, parser.scanner.nameEnd) !== "xml") parser.reportInstruction(reader, at, end);
    else if (mayDeclare) parser.declare(reader, at, end, true);
    else fail(ERROR.MISPLACED_XML_PI);
    return end;
  }

  private startTag(reader: Reader): number {
    const { at, text } = reader;
    const { parser } = this;
    const end = parser.scanner.startTag(text, at);
    if (end < 0) return end;
    const { scanner, handlers } = parser;
    const { tags } = this;
    const { isEmpty } = scanner;
    const rawName = tags.rawName(text, at + 1, scanner.nameEnd);
    tags.read(reader, rawName);
    const { name, bindings } = tags;
    if (handlers.startElement !== null) handlers.startElement(name, tags.attributes, tags.specified);
    else if (!isEmpty || handlers.endElement === null) handlers.default?.(text.slice(at, end));
    if (isEmpty) {
      if (handlers.endElement !== null) {
        // The end is its own event, where nothing stands.
        if (handlers.startElement !== null) parser.event(reader, end);
        handlers.endElement(name);
      }
      this.endBindings(bindings);
    } else {
      parser.limits.store(ELEMENT_COST + rawName.length, parser);
      this.rawNames.push(rawName);
      this.names.push(name);
      this.bindings.push(bindings);
    }
    return end;
  }

  private endTag(reader: Reader): number {
    const { at, text } = reader;
    const { parser, rawNames } = this;
    const rawName = rawNames.length > 0 ? rawNames[rawNames.length - 1] : "";
    const end = parser.scanner.endTag(text, at, rawName);
    if (end < 0) return end;
    if (this.depth === reader.depth) fail(ERROR.ASYNC_ENTITY);
    const { nameEnd } = parser.scanner;
    if (nameEnd - at - 2 !== rawName.length || !text.startsWith(rawName, at + 2))
      parser.failAt(ERROR.TAG_MISMATCH, reader, at + 2);
    rawNames.pop();
    const name = this.names.pop() as string;
    const bindings = this.bindings.pop() as readonly Binding[] | null;
    parser.limits.store(-ELEMENT_COST - rawName.length, parser);
    const { handlers } = parser;
    if (handlers.endElement !== null) handlers.endElement(name);
    else handlers.default?.(text.slice(at, end));
    this.endBindings(bindings);
    return end;
  }

  private endBindings(bindings: readonly Binding[] | null): void {
    if (bindings === null) return;
    for (let i = bindings.length - 1; i >= 0; i--) {
      this.parser.handlers.endNamespace?.(bindings[i].prefix || null);
      this.parser.namespaces?.restore(bindings[i]);
    }
  }

  // ── references ─────────────────────────────────────────────────────────────────────────────────────────────
  private reference(reader: Reader): number {
    const { at, text } = reader;
    const { parser } = this;
    const end = parser.scanner.reference(text, at);
    if (end < 0) return end;
    const name = text.slice(at + 1, end - 1);
    const character = this.characterText(name);
    if (character === undefined) {
      reader.at = end;
      this.entityReference(reader, name, at, end);
    } else if (parser.handlers.characterData !== null) parser.handlers.characterData(character);
    else parser.handlers.default?.(text.slice(at, end));
    return end;
  }
  private characterText(name: string): string | undefined {
    if (!name.startsWith("#")) return predefined(name);
    const point = characterOf(name);
    if (point < 0) fail(ERROR.BAD_CHAR_REF);
    if (point > 0xffff) this.parser.input.hasAstral = true;
    return String.fromCodePoint(point);
  }

  private entityReference(reader: Reader, name: string, at: number, end: number): void {
    const { parser } = this;
    const { handlers, dtd } = parser;
    const entity = dtd.entities.get(name);
    if (parser.mustBeDeclared()) {
      if (entity === undefined) fail(ERROR.UNDEFINED_ENTITY);
      if (!entity.isInternal) fail(ERROR.ENTITY_DECLARED_IN_PE);
    }
    const skip = (): void => {
      if (handlers.skippedEntity !== null) handlers.skippedEntity(name, false);
      else handlers.default?.(reader.text.slice(at, end));
    };
    if (entity === undefined) return skip();
    if (entity.isOpen) fail(ERROR.RECURSIVE_ENTITY_REF);
    if (entity.notation !== null) fail(ERROR.BINARY_ENTITY_REF);
    if (entity.text !== null) {
      if (parser.expandsEntities) this.openEntity(entity, entity.text);
      else skip();
    } else if (handlers.externalEntity !== null) {
      const context = parser.context(entity);
      const isRead = handlers.externalEntity(context, entity.base, entity.systemId, entity.publicId);
      entity.isOpen = false;
      if (!isRead) fail(ERROR.EXTERNAL_ENTITY_HANDLING);
    } else handlers.default?.(reader.text.slice(at, end));
  }
  private openEntity(entity: Entity, text: string): void {
    this.parser.limits.expand(text, this.parser);
    entity.isOpen = true;
    this.readers.push({ text, at: 0, entity, depth: this.depth });
  }
  private closeEntity({ entity, depth }: Reader): void {
    if (this.depth !== depth) fail(ERROR.ASYNC_ENTITY);
    (entity as Entity).isOpen = false;
    this.readers.pop();
  }
}
