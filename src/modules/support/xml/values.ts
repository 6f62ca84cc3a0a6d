/** Values of attributes and entities: references are replaced, white space is made regular. */
import { AMPERSAND, CR, LESS, LF, PERCENT, characterOf, isSpace, predefined } from "./characters.ts";
import { ERROR, fail } from "./codes.ts";
import type { Entity } from "./dtd.ts";
import type { XmlParser } from "./parser.ts";
import { INVALID } from "./scanner.ts";

export class Values {
  constructor(private readonly parser: XmlParser) {}

  /**
   * An attribute's value. `offset` is where `raw` stands in the document, -1 inside of entities. `isDefault`: it is
   * declared and not given in a tag.
   */
  attribute(raw: string, offset: number, isToken: boolean, isDefault: boolean): string {
    const value = this.appendAttribute("", raw, offset, isToken, isDefault);
    return isToken && value.endsWith(" ") ? value.slice(0, -1) : value;
  }

  private appendAttribute(before: string, raw: string, offset: number, isToken: boolean, isDefault: boolean): string {
    let out = before;
    for (let i = 0; i < raw.length; ) {
      const unit = raw.charCodeAt(i);
      if (unit === AMPERSAND) {
        const end = this.reference(raw, i, offset);
        const name = raw.slice(i + 1, end - 1);
        const text = this.characterText(name, i, offset);
        if (text === undefined) out = this.appendEntity(out, name, i, offset, isToken, isDefault);
        else if (text !== " " || !isToken || !endsInBlank(out)) out += text;
        i = end;
      } else if (isSpace(unit)) {
        if (!isToken || !endsInBlank(out)) out += " ";
        i += unit === CR && raw.charCodeAt(i + 1) === LF ? 2 : 1;
      } else {
        const start = i;
        for (let c = unit; i < raw.length && c !== AMPERSAND && !isSpace(c); c = raw.charCodeAt(++i))
          if (c === LESS || isForbidden(c)) this.failAt(ERROR.INVALID_TOKEN, i, offset);
        out += raw.slice(start, i);
      }
    }
    return out;
  }

  private appendEntity(
    out: string,
    name: string,
    at: number,
    offset: number,
    isToken: boolean,
    isDefault: boolean,
  ): string {
    const { parser } = this;
    const entity = parser.dtd.entities.get(name);
    if (isDefault ? parser.mustBeDeclaredInProlog() : parser.mustBeDeclared()) {
      if (entity === undefined) fail(ERROR.UNDEFINED_ENTITY);
      if (!entity.isInternal) fail(ERROR.ENTITY_DECLARED_IN_PE);
    }
    // What a parameter entity that is not read may declare is skipped.
    if (entity === undefined) return out;
    if (entity.isOpen) this.failAt(ERROR.RECURSIVE_ENTITY_REF, at, offset);
    if (entity.notation !== null) this.failAt(ERROR.BINARY_ENTITY_REF, at, offset);
    if (entity.text === null) this.failAt(ERROR.ATTRIBUTE_EXTERNAL_ENTITY_REF, at, offset);
    const { text } = entity as { text: string };
    return this.inside(entity, text, () => this.appendAttribute(out, text, -1, isToken, isDefault));
  }
  private inside<T>(entity: Entity, text: string, expand: () => T): T {
    this.parser.limits.expand(text, this.parser);
    entity.isOpen = true;
    const out = expand();
    entity.isOpen = false;
    return out;
  }

  /** The replacement text of the entity whose literal was read last, as far as it is right. */
  entityText = "";

  /** Reads the replacement text of an entity declared with the literal `raw`. */
  entity(raw: string, offset: number): void {
    this.entityText = "";
    this.appendEntityText(raw, offset);
  }
  private appendEntityText(raw: string, offset: number): void {
    for (let i = 0; i < raw.length; ) {
      const unit = raw.charCodeAt(i);
      if (unit === AMPERSAND) {
        const end = this.reference(raw, i, offset);
        const name = raw.slice(i + 1, end - 1);
        // References to entities stay: they are replaced where this one is used.
        this.entityText += name.startsWith("#") ? this.characterText(name, i, offset) : raw.slice(i, end);
        i = end;
      } else if (unit === PERCENT) {
        const end = this.parameterReference(raw, i, offset);
        this.appendParameter(raw.slice(i + 1, end - 1), i, offset);
        i = end;
      } else if (unit === CR) {
        this.entityText += "\n";
        i += raw.charCodeAt(i + 1) === LF ? 2 : 1;
      } else {
        const start = i;
        for (let c = unit; i < raw.length && c !== AMPERSAND && c !== PERCENT && c !== CR; c = raw.charCodeAt(++i))
          if (isForbidden(c)) this.failAt(ERROR.INVALID_TOKEN, i, offset);
        this.entityText += raw.slice(start, i);
      }
    }
  }

  private appendParameter(name: string, at: number, offset: number): void {
    const { parser } = this;
    // Inside declarations of the document itself, parameter entities may not be used.
    if (!parser.isParameterEntity && offset >= 0) this.failAt(ERROR.PARAM_ENTITY_REF, at, offset);
    const entity = parser.dtd.parameters.get(name);
    if (entity === undefined) {
      parser.dtd.keepProcessing = parser.dtd.isStandalone;
      return;
    }
    if (entity.isOpen) this.failAt(ERROR.RECURSIVE_ENTITY_REF, at, offset);
    const { text } = entity;
    if (text === null) this.entityText += parser.externalEntityValue(entity);
    else this.inside(entity, text, () => this.appendEntityText(text, -1));
  }

  /** A character reference's or predefined entity's text; undefined for other entities. */
  private characterText(name: string, at: number, offset: number): string | undefined {
    if (!name.startsWith("#")) return predefined(name);
    const point = characterOf(name);
    if (point < 0) this.failAt(ERROR.BAD_CHAR_REF, at, offset);
    if (point > 0xffff) this.parser.input.hasAstral = true;
    return String.fromCodePoint(point);
  }

  private reference(raw: string, at: number, offset: number): number {
    return this.checked(this.parser.scanner.reference(raw, at), at, offset);
  }
  private parameterReference(raw: string, at: number, offset: number): number {
    const { scanner } = this.parser;
    return this.checked(scanner.semicolon(raw, scanner.simpleName(raw, at + 1)), at, offset);
  }
  private checked(end: number, at: number, offset: number): number {
    if (end < 0) this.failAt(ERROR.INVALID_TOKEN, end === INVALID ? this.parser.scanner.badAt : at, offset);
    return end;
  }

  private failAt(code: number, at: number, offset: number): never {
    if (offset >= 0) this.parser.eventAt = offset + at;
    fail(code);
  }
}

const endsInBlank = (text: string): boolean => text === "" || text.endsWith(" ");
const isForbidden = (unit: number): boolean => (unit < 32 && !isSpace(unit)) || unit === 0xfffe || unit === 0xffff;
