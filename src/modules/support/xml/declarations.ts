/**
 * The grammar of the prolog and of declarations: generators that are resumed with one token after the other, so a
 * document may come in pieces. What a declaration says goes to the DTD and to its handler at once.
 */
import { ERROR, fail } from "./codes.ts";
import { type Dtd, type Entity, newEntity } from "./dtd.ts";
import { predefined } from "./characters.ts";
import { contentModel } from "./content-model.ts";
import type { XmlParser } from "./parser.ts";
import type { Prolog, Token } from "./prolog.ts";

/** Gives `T` when the tokens of its part have come. */
export type Steps<T> = Generator<undefined, T, Token>;

interface ExternalId {
  systemId: string;
  publicId: string | null;
}

const TYPES = ["CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"];
/** Bytes that a declaration is taken to cost, beside its texts. */
const DECLARATION_COST = 128;

export class Declarations {
  /** Open `<![INCLUDE[` sections. */
  includes = 0;
  private readonly dtd: Dtd;
  /** Is there a handler for the declaration under way? Then its tokens do not go to the default handler. */
  private isHeard: () => boolean = () => false;

  constructor(
    readonly parser: XmlParser,
    private readonly prolog: Prolog,
  ) {
    this.dtd = parser.dtd;
  }
  private get isExternal(): boolean {
    return this.parser.parent !== null;
  }

  unexpected({ kind }: Token): never {
    if (kind === "%name;") fail(ERROR.PARAM_ENTITY_REF);
    return fail(kind === "xml declaration" ? ERROR.MISPLACED_XML_PI : ERROR.SYNTAX);
  }
  private mute(): void {
    this.prolog.isMuted = true;
  }
  muteIfHeard(): void {
    if (this.isHeard()) this.mute();
  }

  // ── tokens ─────────────────────────────────────────────────────────────────────────────────────────────────
  /** The next token that is no blank. Parameter entities of external ones may hold parts of declarations. */
  *next(): Steps<Token> {
    for (;;) {
      const token = yield;
      this.muteIfHeard();
      if (token.kind === "%name;" && this.isExternal) this.parameterReference(token);
      else if (token.kind !== "space") return token;
    }
  }
  /** The next token, which must be of that kind. */
  *expect(kind: Token["kind"]): Steps<Token> {
    const token = yield* this.next();
    return token.kind === kind ? token : this.unexpected(token);
  }
  /** A name; without a prefix when `isSimple`, where namespaces count. */
  private *name(isSimple: boolean): Steps<string> {
    return this.nameOf(yield* this.next(), isSimple);
  }
  nameOf(token: Token, isSimple: boolean): string {
    if (token.kind !== "name" || token.quantifier !== "") this.unexpected(token);
    if (isSimple && this.parser.separator !== null && token.word.includes(":")) this.unexpected(token);
    return token.word;
  }
  private literal({ reader, start, end }: Token): string {
    return reader.text.slice(start + 1, end - 1);
  }
  private offset({ reader, start }: Token): number {
    return reader.entity === null ? start + 1 : -1;
  }

  /** What stands between and around declarations; false: something else. */
  private common(token: Token): boolean {
    const { reader, start, end } = token;
    if (token.kind === "instruction") this.parser.reportInstruction(reader, start, end);
    else if (token.kind === "comment") this.parser.reportComment(reader, start, end);
    else return token.kind === "space";
    this.mute();
    return true;
  }

  // ── prolog ─────────────────────────────────────────────────────────────────────────────────────────────────
  *document(): Steps<void> {
    let token = yield;
    if (token.kind === "byte order mark") {
      this.mute();
      token = yield;
    }
    if (token.kind === "xml declaration") {
      this.parser.declare(token.reader, token.start, token.end, false);
      this.mute();
      token = yield;
    }
    for (let hadDoctype = false; token.kind !== "<"; token = yield) {
      if (this.common(token)) continue;
      if (token.kind === "byte order mark") this.parser.failAt(ERROR.INVALID_TOKEN, token.reader, token.start);
      if (token.kind !== "<!" || token.word !== "DOCTYPE" || hadDoctype) this.unexpected(token);
      hadDoctype = true;
      yield* this.doctype();
    }
    if (this.parser.useForeignDtd) this.readExternalSubset(null);
    this.prolog.isOver = true;
  }

  private *doctype(): Steps<void> {
    const { handlers } = this.parser;
    this.isHeard = () => handlers.startDoctype !== null;
    this.muteIfHeard();
    const name = yield* this.name(false);
    let token = yield* this.next();
    let external: ExternalId | null = null;
    if (token.kind === "name") {
      external = yield* this.doctypeId(token);
      token = yield* this.next();
    }
    const { systemId = null, publicId = null } = external ?? {};
    if (token.kind === "[") {
      handlers.startDoctype?.(name, systemId, publicId, true);
      yield* this.subset();
      this.isHeard = () => handlers.startDoctype !== null;
      this.muteIfHeard();
      token = yield* this.expect(">");
      this.prolog.isMuted = false;
    } else if (token.kind === ">") handlers.startDoctype?.(name, systemId, publicId, false);
    else this.unexpected(token);
    if (external !== null || this.parser.useForeignDtd) this.readExternalSubset(external);
    if (handlers.endDoctype !== null) {
      handlers.endDoctype();
      this.mute();
    }
  }
  private *doctypeId(keyword: Token): Steps<ExternalId> {
    const { dtd, parser } = this;
    const external = (yield* this.externalId(keyword)) as ExternalId;
    parser.useForeignDtd = false;
    dtd.hasParameterReferences = true;
    if (!dtd.isStandalone && parser.parameterParsing === 0) this.askNotStandalone();
    const subset = newEntity("", true, true);
    dtd.externalSubset = Object.assign(subset, external, { base: parser.base });
    return external;
  }
  private askNotStandalone(): void {
    const { notStandalone } = this.parser.handlers;
    if (notStandalone !== null && !notStandalone()) fail(ERROR.NOT_STANDALONE);
  }
  private readExternalSubset(external: ExternalId | null): void {
    const { dtd, parser } = this;
    const { externalEntity } = parser.handlers;
    const before = dtd.hasParameterReferences;
    dtd.hasParameterReferences = true;
    if (parser.parameterParsing !== 0 && externalEntity !== null) {
      dtd.parameterEntityRead = false;
      const { base, systemId, publicId } = dtd.externalSubset ?? { base: parser.base, systemId: null, publicId: null };
      if (!externalEntity(null, base, systemId, publicId)) fail(ERROR.EXTERNAL_ENTITY_HANDLING);
      if (dtd.parameterEntityRead) {
        if (!dtd.isStandalone) this.askNotStandalone();
      } else if (external === null) dtd.hasParameterReferences = before;
    }
    parser.useForeignDtd = false;
  }

  /** `SYSTEM "…"` or `PUBLIC "…" "…"`, of which `keyword` is the first token. Only notations have a public name alone. */
  private *externalId(keyword: Token, isNotation = false): Steps<ExternalId | Token> {
    let publicId: string | null = null;
    if (keyword.kind !== "name" || (keyword.word !== "SYSTEM" && keyword.word !== "PUBLIC")) this.unexpected(keyword);
    if (keyword.word === "PUBLIC") {
      publicId = this.publicId(yield* this.expect("literal"));
      if (isNotation) this.lastPublicId = publicId;
    }
    const token = yield* this.next();
    if (token.kind === "literal") return { systemId: this.literal(token), publicId };
    return isNotation && publicId !== null ? token : this.unexpected(token);
  }
  private lastPublicId: string | null = null;
  private publicId(token: Token): string {
    const text = this.literal(token);
    const bad = text.search(/[^ \r\n\w\-'()+,./:=?;!*#@$%]/);
    if (bad >= 0) this.parser.failAt(ERROR.PUBLICID, token.reader, token.start + 1 + bad);
    return text.replace(/[ \r\n]+/g, " ").replace(/^ | $/g, "");
  }

  /** Declarations up to the bracket that ends the internal subset. */
  private *subset(): Steps<void> {
    for (;;) {
      this.prolog.isBetween = true;
      const token = yield;
      if (token.kind === "]") break;
      if (token.kind === "%name;") this.parameterReference(token);
      else if (token.kind === "<!") yield* this.declaration(token);
      else if (!this.common(token)) this.unexpected(token);
    }
  }

  /** An external parameter entity, the external subset being one. */
  *externalSubset(): Steps<void> {
    let token = yield;
    if (token.kind === "byte order mark") {
      this.mute();
      token = yield;
    }
    if (token.kind === "xml declaration") {
      this.parser.declare(token.reader, token.start, token.end, true);
      this.mute();
      token = yield;
    }
    for (;;) {
      if (token.kind === "%name;") this.parameterReference(token);
      else if (token.kind === "<!") yield* this.declaration(token);
      else if (token.kind === "<![") yield* this.section();
      else if (token.kind === "]]>" && this.includes > 0) this.includes--;
      else if (!this.common(token)) this.unexpected(token);
      this.prolog.isBetween = true;
      token = yield;
    }
  }
  private *section(): Steps<void> {
    this.prolog.isBetween = false;
    this.isHeard = () => false;
    const keyword = yield* this.expect("name");
    if (keyword.word !== "INCLUDE" && keyword.word !== "IGNORE") this.unexpected(keyword);
    yield* this.expect("[");
    if (keyword.word === "INCLUDE") this.includes++;
    else this.prolog.ignoring = 1;
  }

  private *declaration(open: Token): Steps<void> {
    this.prolog.isBetween = false;
    switch (open.word) {
      case "ENTITY":
        return yield* this.entity();
      case "ATTLIST":
        return yield* this.attributeList();
      case "ELEMENT":
        return yield* this.element();
      case "NOTATION":
        return yield* this.notation();
      default:
        this.unexpected(open);
    }
  }

  private parameterReference({ word: name }: Token): void {
    const { dtd, parser, prolog } = this;
    dtd.hasParameterReferences ||= parser.parameterParsing === 0;
    if (parser.parameterParsing === 0) {
      dtd.keepProcessing = dtd.isStandalone;
      this.mustNotStandAlone();
      return;
    }
    const entity = dtd.parameters.get(name);
    const mustExist = !this.isExternal && (dtd.isStandalone ? !prolog.isInEntity : !dtd.hasParameterReferences);
    dtd.hasParameterReferences = true;
    if (mustExist) {
      if (entity === undefined) fail(ERROR.UNDEFINED_ENTITY);
      if (!entity.isInternal) fail(ERROR.ENTITY_DECLARED_IN_PE);
    } else if (entity === undefined) {
      dtd.keepProcessing = dtd.isStandalone;
      if (prolog.isBetween && parser.handlers.skippedEntity !== null) {
        parser.handlers.skippedEntity(name, true);
        this.mute();
      }
      return;
    }
    this.readParameterEntity(entity);
  }
  private readParameterEntity(entity: Entity): void {
    const { dtd, parser } = this;
    if (entity.isOpen) fail(ERROR.RECURSIVE_ENTITY_REF);
    if (entity.text !== null) {
      this.prolog.openEntity(entity, entity.text);
      this.mute();
      return;
    }
    const { externalEntity } = parser.handlers;
    if (externalEntity === null) {
      dtd.keepProcessing = dtd.isStandalone;
      return;
    }
    dtd.parameterEntityRead = false;
    entity.isOpen = true;
    if (!externalEntity(null, entity.base, entity.systemId, entity.publicId)) fail(ERROR.EXTERNAL_ENTITY_HANDLING);
    entity.isOpen = false;
    this.mute();
    if (!dtd.parameterEntityRead) dtd.keepProcessing = dtd.isStandalone;
    else this.mustNotStandAlone();
  }
  private mustNotStandAlone(): void {
    if (!this.dtd.isStandalone) this.askNotStandalone();
  }

  // ── declarations ───────────────────────────────────────────────────────────────────────────────────────────
  private *entity(): Steps<void> {
    const { dtd, parser } = this;
    const { handlers } = parser;
    this.isHeard = () => dtd.keepProcessing && handlers.entityDeclaration !== null;
    this.muteIfHeard();
    let token = yield* this.next();
    const isParameter = token.kind === "%";
    if (isParameter) token = yield* this.next();
    const name = this.nameOf(token, true);
    const entity = this.declareEntity(name, isParameter);
    token = yield* this.next();
    if (token.kind === "literal") {
      if (dtd.keepProcessing) this.defineEntity(entity, token);
      yield* this.expect(">");
      return;
    }
    const external = (yield* this.externalId(token)) as ExternalId;
    if (entity !== null) Object.assign(entity, external, { base: parser.base });
    token = yield* this.next();
    if (token.kind === "name" && token.word === "NDATA" && !isParameter) {
      this.defineUnparsed(entity, yield* this.name(true));
      yield* this.expect(">");
    } else if (token.kind !== ">") this.unexpected(token);
    else if (entity !== null)
      handlers.entityDeclaration?.(name, isParameter, null, entity.base, entity.systemId, entity.publicId, null);
  }
  /** A new entity; null where the declaration does not count, since the first one does. */
  private declareEntity(name: string, isParameter: boolean): Entity | null {
    const { dtd, parser, prolog } = this;
    const table = isParameter ? dtd.parameters : dtd.entities;
    if (!dtd.keepProcessing || table.has(name)) return null;
    if (!isParameter && predefined(name) !== undefined) return null;
    parser.limits.store(DECLARATION_COST + name.length, parser);
    const entity = newEntity(name, isParameter, !this.isExternal && !prolog.isInEntity);
    table.set(name, entity);
    return entity;
  }
  private defineEntity(entity: Entity | null, token: Token): void {
    const { parser } = this;
    const { values } = parser;
    try {
      values.entity(this.literal(token), this.offset(token));
    } finally {
      // What comes before a mistake is told, too.
      if (entity !== null) {
        const text = values.entityText;
        parser.limits.store(text.length, parser);
        entity.text = text;
        parser.handlers.entityDeclaration?.(entity.name, entity.isParameter, text, parser.base, null, null, null);
      }
    }
  }
  private defineUnparsed(entity: Entity | null, notation: string): void {
    if (entity === null) return;
    const { handlers } = this.parser;
    const { name, base, systemId, publicId } = entity;
    entity.notation = notation;
    if (handlers.unparsedEntity !== null) {
      handlers.unparsedEntity(name, base, systemId as string, publicId, notation);
      this.mute();
    } else handlers.entityDeclaration?.(name, false, null, base, systemId, publicId, notation);
  }

  private *notation(): Steps<void> {
    const { handlers, base } = this.parser;
    this.isHeard = () => handlers.notation !== null;
    this.muteIfHeard();
    const name = yield* this.name(true);
    const found = yield* this.externalId(yield* this.next(), true);
    if ("systemId" in found) {
      handlers.notation?.(name, base, found.systemId, found.publicId);
      yield* this.expect(">");
    } else if (found.kind === ">") handlers.notation?.(name, base, null, this.lastPublicId);
    else this.unexpected(found);
  }

  private *attributeList(): Steps<void> {
    const { dtd, parser } = this;
    this.isHeard = () => dtd.keepProcessing && parser.handlers.attributeDeclaration !== null;
    this.muteIfHeard();
    const element = yield* this.name(false);
    for (let token = yield* this.next(); token.kind !== ">"; token = yield* this.next()) {
      const name = this.nameOf(token, false);
      const type = yield* this.attributeType();
      yield* this.attributeDefault(element, name, type);
    }
  }
  private *attributeType(): Steps<string> {
    const token = yield* this.next();
    if (token.kind === "(") return `(${yield* this.choices(false)})`;
    const word = this.nameOf(token, true);
    if (TYPES.includes(word)) return word;
    if (word !== "NOTATION") this.unexpected(token);
    yield* this.expect("(");
    return `NOTATION(${yield* this.choices(true)})`;
  }
  private *choices(areNames: boolean): Steps<string> {
    const words: string[] = [];
    for (;;) {
      let token = yield* this.next();
      if (token.kind !== "name" && (areNames || token.kind !== "nmtoken")) this.unexpected(token);
      words.push(token.word);
      token = yield* this.next();
      if (token.kind === ")" && token.quantifier === "") return words.join("|");
      if (token.kind !== "|") this.unexpected(token);
    }
  }
  private *attributeDefault(element: string, name: string, type: string): Steps<void> {
    const { dtd, parser } = this;
    let token = yield* this.next();
    const keyword = token.kind === "#name" ? token.word : null;
    if (keyword === "FIXED") token = yield* this.expect("literal");
    else if (keyword !== null && keyword !== "IMPLIED" && keyword !== "REQUIRED") this.unexpected(token);
    if (keyword === null && token.kind !== "literal") this.unexpected(token);
    if (!dtd.keepProcessing) return;
    const isToken = type !== "CDATA";
    const isGiven = token.kind === "literal";
    const value = isGiven ? parser.values.attribute(this.literal(token), this.offset(token), isToken, true) : null;
    parser.limits.store(DECLARATION_COST + name.length + (value?.length ?? 0), parser);
    dtd.declareAttribute(element, { name, isToken, value });
    const isRequired = keyword === "REQUIRED" || keyword === "FIXED";
    parser.handlers.attributeDeclaration?.(element, name, type, value, isRequired);
  }

  private *element(): Steps<void> {
    const { handlers } = this.parser;
    this.isHeard = () => handlers.elementDeclaration !== null;
    this.muteIfHeard();
    const name = yield* this.name(false);
    const model = yield* contentModel(this);
    handlers.elementDeclaration?.(name, model);
    yield* this.expect(">");
  }
}
