/**
 * A streaming XML parser with Expat's interface: bytes come in pieces of any size, handlers are told what they hold, and
 * a mistake has Expat's number at Expat's place. The stages of a document are in `prolog.ts` and `content.ts`.
 */
import { BYTE_ORDER_MARK } from "./characters.ts";
import { ERROR, XmlError, fail } from "./codes.ts";
import { Content } from "./content.ts";
import { type Declaration, Misplaced, parseDeclaration } from "./declaration.ts";
import { type Decoder, charmapDecoder, knownDecoder } from "./decoders.ts";
import { Dtd, type Entity } from "./dtd.ts";
import { Handlers } from "./handlers.ts";
import { Input } from "./input.ts";
import { Limits } from "./limits.ts";
import { Namespaces } from "./namespaces.ts";
import { Prolog } from "./prolog.ts";
import { Scanner } from "./scanner.ts";
import { Values } from "./values.ts";

/** When external parameter entities are read, the external subset among them. */
export const PARAMETERS_NEVER = 0;
export const PARAMETERS_UNLESS_STANDALONE = 1;
export const PARAMETERS_ALWAYS = 2;

/** Text under way: the document's own, or an entity's. */
export interface Reader {
  text: string;
  at: number;
  /** null: the document. */
  readonly entity: Entity | null;
  /** Elements that were open where it began: it must not end them. */
  readonly depth: number;
}

/** Separates the parts of a context. */
const CONTEXT_SEPARATOR = "\f";

export class XmlParser {
  readonly handlers = new Handlers();
  readonly input = new Input();
  readonly scanner: Scanner;
  readonly namespaces: Namespaces | null;
  readonly values = new Values(this);
  readonly content: Content;
  readonly prolog: Prolog;
  base: string | null = null;
  parameterParsing = PARAMETERS_NEVER;
  useForeignDtd = false;
  defersReparsing = true;
  /** References to internal entities are replaced; otherwise they go to the default handler. */
  expandsEntities = true;

  /** Where the event that is being told begins in the input's text. */
  eventAt = 0;
  /** While nothing is being parsed: where the last event was. */
  private frozen: { byte: number; line: number; column: number } | null = { byte: -1, line: 0, column: 0 };
  errorCode = 0;
  hasStarted = false;
  private isFinished = false;
  private stage: "prolog" | "content" | "epilog";
  /** Bytes that were there when parsing last came to no end of a token. */
  private fruitless = 0;
  bytesRead = 0;

  constructor(
    /** The encoding that the caller named, whatever the document says. */
    public encoding: string | null,
    /** null: names are taken as they are. */
    readonly separator: string | null,
    /** The parser that met this entity, and the entities open there; null: a document's. */
    readonly parent: XmlParser | null = null,
    /** Of an external entity: null for parameter entities. */
    context: string | null = null,
    readonly dtd: Dtd = new Dtd(),
    readonly limits: Limits = new Limits(),
  ) {
    this.scanner = new Scanner(separator !== null);
    this.namespaces = separator === null ? null : new Namespaces(separator, false);
    this.content = new Content(this, parent === null ? 0 : 1);
    this.prolog = new Prolog(this, parent !== null);
    this.stage = parent !== null && context !== null ? "content" : "prolog";
    if (context !== null) this.openContext(context.split(CONTEXT_SEPARATOR));
  }
  private openContext(parts: readonly string[]): void {
    this.namespaces?.load(parts);
    for (const name of parts) {
      const entity = this.dtd.entities.get(name);
      if (entity !== undefined) entity.isOpen = true;
    }
  }

  get root(): XmlParser {
    return this.parent === null ? this : this.parent.root;
  }
  get isParameterEntity(): boolean {
    return this.parent !== null && this.stage === "prolog";
  }

  /** A parser for an external entity, in the context that its reference's handler was given. */
  externalParser(context: string | null, encoding: string | null): XmlParser {
    const child = new XmlParser(encoding, this.separator, this, context, this.dtd, this.limits);
    Object.assign(child.handlers, this.handlers);
    if (child.namespaces !== null && this.namespaces !== null)
      child.namespaces.showsPrefixes = this.namespaces.showsPrefixes;
    child.base = this.base;
    child.parameterParsing = this.parameterParsing;
    child.defersReparsing = this.defersReparsing;
    child.expandsEntities = this.expandsEntities;
    return child;
  }
  /** What `externalParser` needs to know of this place, for a reference to `entity`. */
  context(entity: Entity): string {
    const open = [...this.dtd.entities.values()].filter((e) => e.isOpen || e === entity);
    return [...(this.namespaces?.save() ?? []), ...open.map((e) => e.name)].join(CONTEXT_SEPARATOR);
  }

  // ── parsing ────────────────────────────────────────────────────────────────────────────────────────────────
  /** Takes the next bytes; the error's number, 0: all is well so far. */
  parse(bytes: string, isFinal: boolean): number {
    if (this.isFinished || this.isAborted) this.errorCode = ERROR.FINISHED;
    if (this.errorCode !== 0) return this.errorCode;
    try {
      if (!this.hasStarted) this.begin();
      this.bytesRead += bytes.length;
      this.input.append(bytes, isFinal);
      if (isFinal || this.isWorthwhile()) this.run(isFinal);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.freeze();
      this.errorCode = error.code;
      return error.code;
    }
    this.isFinished = isFinal;
    return 0;
  }

  private begin(): void {
    this.hasStarted = true;
    const { encoding } = this;
    if (encoding !== null)
      this.input.given = knownDecoder(encoding) ?? this.unknown(encoding) ?? fail(ERROR.UNKNOWN_ENCODING);
  }
  /** Stops behind the token under way; there is no going on. */
  abort(): void {
    this.isAborted = true;
  }
  private isAborted = false;
  /** Has parsing begun, and not come to an end? */
  get isBusy(): boolean {
    return this.hasStarted && !this.isFinished && !this.isAborted;
  }
  /** The token under way ends at `end` of `reader`. */
  endToken(reader: Reader, end: number): void {
    reader.at = end;
    if (!this.isAborted) return;
    this.event(reader, end);
    fail(ERROR.ABORTED);
  }

  /** A token that did not end is not tried again before the input has doubled: that would take quadratic time. */
  private isWorthwhile(): boolean {
    return !this.defersReparsing || this.fruitless === 0 || this.input.pending(0) >= 2 * this.fruitless;
  }

  private run(isFinal: boolean): void {
    this.frozen = null;
    const { reader } = this.content;
    reader.text = this.input.text;
    reader.at = 0;
    this.eventAt = 0;
    while (this.runStage(isFinal));
    const { at } = reader;
    this.fruitless = at === 0 ? this.input.pending(0) : 0;
    // A byte order mark may still be followed by a declaration.
    if (at > 1 || (at === 1 && reader.text.charCodeAt(0) !== BYTE_ORDER_MARK)) this.input.settle();
    const byte = this.input.byteIndex(this.eventAt);
    this.input.discard(at);
    // The last event may lie behind what has been parsed, where a token is not complete; never before it.
    this.frozen = { byte, ...this.input.place(Math.max(this.eventAt - at, 0)) };
  }
  /** True when the stage has changed. */
  private runStage(isFinal: boolean): boolean {
    const { stage } = this;
    if (stage === "prolog") {
      if (this.prolog.run(isFinal)) this.stage = "content";
    } else if (stage === "content") {
      if (this.content.run(isFinal)) this.stage = "epilog";
    } else this.prolog.runEpilog(isFinal);
    return this.stage !== stage;
  }
  private freeze(): void {
    this.frozen = { byte: this.input.byteIndex(this.eventAt), ...this.input.place(this.eventAt) };
  }

  get byteIndex(): number {
    return this.frozen?.byte ?? this.input.byteIndex(this.eventAt);
  }
  get line(): number {
    return (this.frozen ?? this.input.place(this.eventAt)).line + 1;
  }
  get column(): number {
    return (this.frozen ?? this.input.place(this.eventAt)).column;
  }

  /** The event begins at `at` of `reader`; in entities, it stays where the entity was referred to. */
  event(reader: Reader, at: number): void {
    if (reader.entity === null) this.eventAt = at;
  }
  failAt(code: number, reader: Reader, at: number): never {
    this.event(reader, at);
    return fail(code);
  }
  /** What a scan's result below zero means. */
  failScan(reader: Reader): never {
    return this.failAt(ERROR.INVALID_TOKEN, reader, this.scanner.badAt);
  }
  /** The text ended in the middle. */
  failUnclosed(): never {
    return fail(this.input.cutOff || ERROR.UNCLOSED_TOKEN);
  }

  // ── what stages share ──────────────────────────────────────────────────────────────────────────────────────
  /** Must entities that text refers to be declared? Not where a declaration may have been missed. */
  mustBeDeclared(): boolean {
    return !this.dtd.hasParameterReferences || this.dtd.isStandalone;
  }
  /** The same for values in declarations. */
  mustBeDeclaredInProlog(): boolean {
    if (this.parent !== null) return false;
    return this.dtd.isStandalone ? !this.prolog.isInEntity : !this.dtd.hasParameterReferences;
  }

  /** The declaration at `at`. `isText`: an external entity's. */
  declare(reader: Reader, at: number, end: number, isText: boolean): void {
    const declaration = this.readDeclaration(reader, at, end, isText);
    const { handlers } = this;
    if (!isText && declaration.standalone === 1) {
      this.dtd.isStandalone = true;
      if (this.parameterParsing === PARAMETERS_UNLESS_STANDALONE) this.parameterParsing = PARAMETERS_NEVER;
    }
    if (handlers.xmlDeclaration !== null)
      handlers.xmlDeclaration(declaration.version, declaration.encoding, declaration.standalone);
    else handlers.default?.(reader.text.slice(at, end));
    if (declaration.encoding !== null && this.input.given === null) {
      this.changeEncoding(declaration.encoding, reader, declaration.encodingAt, end);
      reader.text = this.input.text;
    }
  }
  private readDeclaration(reader: Reader, at: number, end: number, isText: boolean): Declaration {
    try {
      return parseDeclaration(reader.text, at, end, isText);
    } catch (error) {
      if (!(error instanceof Misplaced)) throw error;
      return this.failAt(isText ? ERROR.TEXT_DECL : ERROR.XML_DECL, reader, error.at);
    }
  }
  private changeEncoding(name: string, reader: Reader, nameAt: number, end: number): void {
    const present = this.input.decoder as Decoder;
    let next = knownDecoder(name);
    if (next !== undefined && name.toUpperCase() === "UTF-16" && present.unit === 2) next = present;
    next ??= this.unknown(name) ?? this.failAt(ERROR.UNKNOWN_ENCODING, reader, nameAt);
    if (next.unit !== present.unit || (next.unit === 2 && next !== present))
      this.failAt(ERROR.INCORRECT_ENCODING, reader, nameAt);
    if (next !== present) this.input.switchTo(next, end);
  }
  /** The decoder of an encoding that the caller has to know. */
  unknown(name: string): Decoder | undefined {
    const characters = this.handlers.unknownEncoding?.(name);
    if (characters === undefined) return undefined;
    // What markup is made of must be where ASCII has it.
    for (let i = 0; i < 128; i++) {
      const isMarkup = /[\t\n\r !"%&'()*+,\-./0-9:;<=>?A-Z[\]_a-z|#]/.test(String.fromCharCode(i));
      const unit = characters.charCodeAt(i);
      if (unit !== i && (isMarkup || unit < 128)) return undefined;
    }
    return charmapDecoder(name, characters);
  }

  reportInstruction(reader: Reader, at: number, end: number): void {
    const { handlers, scanner } = this;
    const { text } = reader;
    if (handlers.processingInstruction === null) {
      handlers.default?.(text.slice(at, end));
      return;
    }
    const data = text.slice(scanner.nameEnd, end - 2).replace(/^[ \t\r\n]+/, "");
    handlers.processingInstruction(text.slice(at + 2, scanner.nameEnd), data.replace(/\r\n?/g, "\n"));
  }
  reportComment({ text }: Reader, at: number, end: number): void {
    const { handlers } = this;
    if (handlers.comment !== null) handlers.comment(text.slice(at + 4, end - 3).replace(/\r\n?/g, "\n"));
    else handlers.default?.(text.slice(at, end));
  }

  /** The text of an external parameter entity inside of an entity's value. */
  externalEntityValue(entity: Entity): string {
    const { dtd, handlers } = this;
    if (handlers.externalEntity === null) {
      dtd.keepProcessing = dtd.isStandalone;
      return "";
    }
    dtd.parameterEntityRead = false;
    entity.isOpen = true;
    this.valueRead = "";
    if (!handlers.externalEntity(null, entity.base, entity.systemId, entity.publicId))
      fail(ERROR.EXTERNAL_ENTITY_HANDLING);
    entity.isOpen = false;
    const value = this.valueRead;
    this.valueRead = null;
    if (!dtd.parameterEntityRead) dtd.keepProcessing = dtd.isStandalone;
    return value;
  }
  /** Not null while an entity's value waits for the text of an external entity. */
  valueRead: string | null = null;
}
