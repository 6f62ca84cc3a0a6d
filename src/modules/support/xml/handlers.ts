/** What a parser tells: one function for each kind of event, null where nobody listens. Texts are JavaScript strings. */

/** The content that an element may have: Expat's XML_Content. */
export interface Model {
  readonly type: number;
  quantifier: number;
  readonly name: string | null;
  readonly children: Model[];
}

type Text = string | null;

export class Handlers {
  /** Attributes are names and values in turn; the first `specified` strings come from the tag, the rest are defaults. */
  startElement: ((name: string, attributes: string[], specified: number) => void) | null = null;
  endElement: ((name: string) => void) | null = null;
  characterData: ((text: string) => void) | null = null;
  processingInstruction: ((target: string, data: string) => void) | null = null;
  comment: ((text: string) => void) | null = null;
  startCdata: (() => void) | null = null;
  endCdata: (() => void) | null = null;
  /** Markup that nothing else was told of, as it stands in the document. */
  default: ((text: string) => void) | null = null;
  startNamespace: ((prefix: Text, uri: Text) => void) | null = null;
  endNamespace: ((prefix: Text) => void) | null = null;
  /** `standalone`: 1, 0 or -1 where it is not said. */
  xmlDeclaration: ((version: Text, encoding: Text, standalone: number) => void) | null = null;
  startDoctype: ((name: string, systemId: Text, publicId: Text, hasSubset: boolean) => void) | null = null;
  endDoctype: (() => void) | null = null;
  elementDeclaration: ((name: string, model: Model) => void) | null = null;
  attributeDeclaration:
    | ((element: string, name: string, type: string, value: Text, isRequired: boolean) => void)
    | null = null;
  entityDeclaration:
    | ((
        name: string,
        isParameter: boolean,
        value: Text,
        base: Text,
        systemId: Text,
        publicId: Text,
        notation: Text,
      ) => void)
    | null = null;
  unparsedEntity: ((name: string, base: Text, systemId: string, publicId: Text, notation: string) => void) | null =
    null;
  notation: ((name: string, base: Text, systemId: Text, publicId: Text) => void) | null = null;
  skippedEntity: ((name: string, isParameter: boolean) => void) | null = null;
  /** False: the document must not go on. */
  notStandalone: (() => boolean) | null = null;
  /** Reads an external entity with a parser of its own; false: it failed. A null context is a parameter entity's. */
  externalEntity: ((context: Text, base: Text, systemId: Text, publicId: Text) => boolean) | null = null;
  /** The characters of an encoding with one byte each (U+FFFF: none), or undefined where it is not known. */
  unknownEncoding: ((name: string) => string | undefined) | null = null;
}
