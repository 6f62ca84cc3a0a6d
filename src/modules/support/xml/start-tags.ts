/** What a start tag says: its name and attributes with their defaults and namespaces. The scanner has found the places. */
import { ERROR, fail } from "./codes.ts";
import type { ElementDeclarations } from "./dtd.ts";
import { Names } from "./names.ts";
import type { Binding, Namespaces } from "./namespaces.ts";
import type { Reader, XmlParser } from "./parser.ts";

const NO_ATTRIBUTES: string[] = [];

/** The tag that was read last, in fields: there are many tags. */
export class StartTags {
  name = "";
  /** Names and values in turn. */
  attributes: string[] = NO_ATTRIBUTES;
  /** How many of these strings come from the tag itself. */
  specified = 0;
  bindings: Binding[] | null = null;
  private readonly names = new Names();

  constructor(private readonly parser: XmlParser) {}

  /** A name in the document's text. */
  rawName(text: string, start: number, end: number): string {
    return this.names.get(text, start, end);
  }

  read(reader: Reader, rawName: string): void {
    const { dtd, scanner, namespaces } = this.parser;
    const declared = dtd.elements.get(rawName);
    const count = scanner.attributeCount;
    this.bindings = null;
    this.attributes = NO_ATTRIBUTES;
    this.specified = count * 2;
    if (count > 0 || declared !== undefined) {
      const attributes = this.given(reader, count, declared);
      if (declared !== undefined) addDefaults(attributes, declared);
      this.attributes = namespaces === null ? attributes : this.resolve(attributes, namespaces);
    }
    this.name = namespaces === null ? rawName : namespaces.element(rawName);
  }

  private given(reader: Reader, count: number, declared: ElementDeclarations | undefined): string[] {
    const { parser } = this;
    const { text } = reader;
    const { attributes: places, needsWork } = parser.scanner;
    const attributes: string[] = [];
    for (let i = 0; i < count; i++) {
      const nameAt = places[i * 4];
      const name = this.names.get(text, nameAt, places[i * 4 + 1]);
      for (let k = 0; k < attributes.length; k += 2)
        if (attributes[k] === name) parser.failAt(ERROR.DUPLICATE_ATTRIBUTE, reader, nameAt);
      const isToken = declared?.byName.get(name)?.isToken ?? false;
      const valueAt = places[i * 4 + 2];
      const raw = text.slice(valueAt, places[i * 4 + 3]);
      const offset = reader.entity === null ? valueAt : -1;
      attributes.push(name, needsWork[i] || isToken ? parser.values.attribute(raw, offset, isToken, false) : raw);
    }
    return attributes;
  }

  /** Declares what attributes declare, and gives the others their full names. */
  private resolve(attributes: string[], namespaces: Namespaces): string[] {
    this.bindings = this.bind(attributes);
    let left = attributes;
    if (this.bindings !== null) {
      this.specified -= 2 * declarationsIn(attributes, this.specified);
      left = withoutDeclarations(attributes);
    }
    expandNames(left, (name) => namespaces.attribute(name));
    return left;
  }
  private bind(attributes: readonly string[]): Binding[] | null {
    let bindings: Binding[] | null = null;
    const { handlers, namespaces } = this.parser;
    for (let i = 0; i < attributes.length; i += 2) {
      const prefix = declaredPrefix(attributes[i]);
      if (prefix === undefined || namespaces === null) continue;
      const uri = attributes[i + 1];
      bindings ??= [];
      bindings.push(namespaces.bind(prefix, uri));
      handlers.startNamespace?.(prefix || null, uri || null);
    }
    return bindings;
  }
}

function addDefaults(attributes: string[], { defaults }: ElementDeclarations): void {
  const { length } = attributes;
  next: for (const { name, value } of defaults) {
    for (let k = 0; k < length; k += 2) if (attributes[k] === name) continue next;
    attributes.push(name, value as string);
  }
}

/** The prefix that an attribute declares, "" for the default namespace. */
function declaredPrefix(name: string): string | undefined {
  if (!name.startsWith("xmlns")) return undefined;
  if (name.length === 5) return "";
  return name.charCodeAt(5) === 58 ? name.slice(6) : undefined;
}
function declarationsIn(attributes: readonly string[], end: number): number {
  let count = 0;
  for (let i = 0; i < end; i += 2) if (declaredPrefix(attributes[i]) !== undefined) count++;
  return count;
}
function withoutDeclarations(attributes: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < attributes.length; i += 2)
    if (declaredPrefix(attributes[i]) === undefined) kept.push(attributes[i], attributes[i + 1]);
  return kept;
}
/** Two prefixes may mean one namespace: names that become the same are a mistake. */
function expandNames(attributes: string[], expand: (name: string) => string): void {
  let seen: Set<string> | null = null;
  for (let i = 0; i < attributes.length; i += 2) {
    if (!attributes[i].includes(":")) continue;
    const name = expand(attributes[i]);
    seen ??= new Set();
    if (seen.has(name)) fail(ERROR.DUPLICATE_ATTRIBUTE);
    seen.add(name);
    attributes[i] = name;
  }
}
