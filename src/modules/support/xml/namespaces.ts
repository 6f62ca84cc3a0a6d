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

  constructor(
    /** Stands between the parts of names; "" is none. */
    private readonly separator: string,
    /** Names show their prefixes, too. */
    public withPrefixes: boolean,
  ) {}

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
    if (uri === "") this.uris.delete(prefix);
    else this.uris.set(prefix, uri);
    return binding;
  }
  restore({ prefix, before }: Binding): void {
    if (before === undefined) this.uris.delete(prefix);
    else this.uris.set(prefix, before);
  }

  /** An attribute's or element's name with its namespace. Attributes without a prefix are in none. */
  expand(name: string, isAttribute: boolean): string {
    const colon = name.indexOf(":");
    if (colon < 0) {
      const uri = isAttribute ? undefined : this.uris.get("");
      return uri === undefined ? name : uri + this.separator + name;
    }
    const prefix = name.slice(0, colon);
    const uri = this.uris.get(prefix);
    if (uri === undefined) fail(ERROR.UNBOUND_PREFIX);
    const expanded = uri + this.separator + name.slice(colon + 1);
    return this.withPrefixes && this.separator !== "" ? expanded + this.separator + prefix : expanded;
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
