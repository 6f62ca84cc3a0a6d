/** What a start tag says: its name and attributes with their defaults and namespaces. The scanner has found the places. */
import { ERROR, fail } from "./codes.ts";
import type { ElementDeclarations } from "./dtd.ts";
import type { Binding } from "./namespaces.ts";
import type { Reader, XmlParser } from "./parser.ts";

export interface StartTag {
  readonly name: string;
  /** Names and values in turn; null: none. */
  readonly attributes: string[] | null;
  /** How many of these strings come from the tag itself. */
  readonly specified: number;
  readonly bindings: Binding[] | null;
}

export class StartTags {
  constructor(private readonly parser: XmlParser) {}

  read(reader: Reader, rawName: string): StartTag {
    const { parser } = this;
    const declared = parser.dtd.elements.get(rawName);
    const places = parser.scanner.attributes;
    if (places.length === 0 && declared === undefined) return this.finish(rawName, null, 0);
    const attributes = this.given(reader, places, declared);
    const specified = attributes.length;
    if (declared !== undefined) addDefaults(attributes, declared);
    return this.finish(rawName, attributes, specified);
  }

  private given(reader: Reader, places: readonly number[], declared: ElementDeclarations | undefined): string[] {
    const { parser } = this;
    const { text } = reader;
    const { needsWork } = parser.scanner;
    const count = places.length >> 2;
    const attributes: string[] = [];
    // Values may start other scans: what this one found is used up first.
    const starts = count > 1 || needsWork[0] ? places.slice() : places;
    const work = needsWork.slice();
    for (let i = 0; i < count; i++) {
      const nameAt = starts[i * 4];
      const name = text.slice(nameAt, starts[i * 4 + 1]);
      for (let k = 0; k < attributes.length; k += 2)
        if (attributes[k] === name) parser.failAt(ERROR.DUPLICATE_ATTRIBUTE, reader, nameAt);
      const isToken = declared?.byName.get(name)?.isToken ?? false;
      const valueAt = starts[i * 4 + 2];
      const raw = text.slice(valueAt, starts[i * 4 + 3]);
      const offset = reader.entity === null ? valueAt : -1;
      attributes.push(name, work[i] || isToken ? parser.values.attribute(raw, offset, isToken, false) : raw);
    }
    return attributes;
  }

  private finish(rawName: string, attributes: string[] | null, specified: number): StartTag {
    const { namespaces } = this.parser;
    if (namespaces === null) return { name: rawName, attributes, specified, bindings: null };
    let bindings: Binding[] | null = null;
    let expanded = attributes;
    let left = specified;
    if (attributes !== null) {
      bindings = this.bind(attributes);
      if (bindings !== null) {
        left -= 2 * declarationsIn(attributes, specified);
        expanded = withoutDeclarations(attributes);
      }
      expandNames(expanded as string[], (name) => namespaces.expand(name, true));
    }
    return { name: namespaces.expand(rawName, false), attributes: expanded, specified: left, bindings };
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
