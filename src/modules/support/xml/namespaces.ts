/** Prefixes and what they are bound to (Namespaces in XML 1.0). */
import { ERROR, fail } from "./codes.ts";

const XML = "http://www.w3.org/XML/1998/namespace";
const XMLNS = "http://www.w3.org/2000/xmlns/";

/** One declaration, in force until its element ends. */
export interface Binding {
  readonly prefix: string;
  /** What the prefix meant before; undefined: nothing. */
  readonly before: string | undefined;
}

export class Namespaces {
  /** "" is the default namespace. */
  private readonly uris = new Map<string, string>([["xml", XML]]);
  /** Expanded names of elements and attributes, as long as the bindings stay as they are. */
  private readonly elements = new Map<string, string>();
  private readonly attributes = new Map<string, string>();

  constructor(
    /** Stands between the parts of names; "" is none. */
    private readonly separator: string,
    /** Names show their prefixes, too. */
    private withPrefixes: boolean,
  ) {}

  get showsPrefixes(): boolean {
    return this.withPrefixes;
  }
  set showsPrefixes(value: boolean) {
    this.withPrefixes = value;
    this.elements.clear();
    this.attributes.clear();
  }

  /** Declares `prefix`; an empty `uri` takes the default namespace away. */
  bind(prefix: string, uri: string): Binding {
    if (prefix === "xmlns") fail(ERROR.RESERVED_PREFIX_XMLNS);
    if (uri === "" && prefix !== "") fail(prefix === "xml" ? ERROR.RESERVED_PREFIX_XML : ERROR.UNDECLARING_PREFIX);
    if (prefix === "xml" && uri !== XML) fail(ERROR.RESERVED_PREFIX_XML);
    if (uri === XMLNS || (uri === XML && prefix !== "xml")) fail(ERROR.RESERVED_NAMESPACE_URI);
    // Whoever splits names at the separator must not be misled. Characters that URIs may hold are the caller's choice.
    const { separator } = this;
    if (separator !== "" && !/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/.test(separator) && uri.includes(separator))
      fail(ERROR.SYNTAX);
    const binding = { prefix, before: this.uris.get(prefix) };
    this.set(prefix, uri === "" ? undefined : uri);
    return binding;
  }
  restore({ prefix, before }: Binding): void {
    this.set(prefix, before);
  }
  private set(prefix: string, uri: string | undefined): void {
    if (uri === undefined) this.uris.delete(prefix);
    else this.uris.set(prefix, uri);
    this.elements.clear();
    this.attributes.clear();
  }

  /** An element's name with its namespace. */
  element(name: string): string {
    return this.elements.get(name) ?? this.remember(this.elements, name, this.uris.get(""));
  }
  /** An attribute's. Without a prefix, it is in no namespace. */
  attribute(name: string): string {
    return this.attributes.get(name) ?? this.remember(this.attributes, name, undefined);
  }
  /** `uri`: of names without a prefix. */
  private remember(expanded: Map<string, string>, name: string, uri: string | undefined): string {
    const full = this.expand(name, uri);
    expanded.set(name, full);
    return full;
  }
  private expand(name: string, own: string | undefined): string {
    const colon = name.indexOf(":");
    if (colon < 0) return own === undefined ? name : own + this.separator + name;
    const prefix = name.slice(0, colon);
    const uri = this.uris.get(prefix);
    if (uri === undefined) fail(ERROR.UNBOUND_PREFIX);
    const full = uri + this.separator + name.slice(colon + 1);
    return this.withPrefixes && this.separator !== "" ? full + this.separator + prefix : full;
  }

  /** The bindings as text, for the parser of an external entity. */
  save(): string[] {
    const parts = [...this.uris].map(([prefix, uri]) => `${prefix}=${uri}`);
    return parts.sort((a, b) => Number(b.startsWith("=")) - Number(a.startsWith("=")));
  }
  load(parts: readonly string[]): void {
    for (const part of parts) {
      const at = part.indexOf("=");
      if (at >= 0) this.uris.set(part.slice(0, at), part.slice(at + 1));
    }
  }
}
