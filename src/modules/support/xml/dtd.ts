/** What declarations said: entities, and the attributes of elements. A parser shares them with those of its external entities. */

export interface Entity {
  readonly name: string;
  /** The replacement text; null for external ones. */
  text: string | null;
  base: string | null;
  systemId: string | null;
  publicId: string | null;
  /** Not null: the entity is not XML and cannot be referred to in text. */
  notation: string | null;
  isParameter: boolean;
  /** Declared in the document's own text, not in an entity of it. */
  isInternal: boolean;
  /** Being expanded: a reference to it from inside would never end. */
  isOpen: boolean;
}

export function newEntity(name: string, isParameter: boolean, isInternal: boolean): Entity {
  return {
    name,
    text: null,
    base: null,
    systemId: null,
    publicId: null,
    notation: null,
    isParameter,
    isInternal,
    isOpen: false,
  };
}

export interface AttributeDeclaration {
  readonly name: string;
  /** All but CDATA: blanks at the ends go, runs of them become one. */
  readonly isToken: boolean;
  /** The default; null: there is none. */
  readonly value: string | null;
}

/** Declared attributes of one kind of elements. */
export interface ElementDeclarations {
  readonly byName: Map<string, AttributeDeclaration>;
  /** Those with defaults, in order. */
  readonly defaults: AttributeDeclaration[];
}

export class Dtd {
  readonly entities = new Map<string, Entity>();
  readonly parameters = new Map<string, Entity>();
  readonly elements = new Map<string, ElementDeclarations>();
  /** The external subset, an entity without a name. */
  externalSubset: Entity | null = null;
  isStandalone = false;
  /** Declarations count; not after a parameter entity that was not read. */
  keepProcessing = true;
  hasParameterReferences = false;
  /** An external parameter entity has been read by a parser of its own. */
  parameterEntityRead = false;

  declareAttribute(element: string, declaration: AttributeDeclaration): void {
    let declared = this.elements.get(element);
    if (declared === undefined) {
      declared = { byName: new Map(), defaults: [] };
      this.elements.set(element, declared);
    }
    // The first declaration counts.
    if (declared.byName.has(declaration.name)) return;
    declared.byName.set(declaration.name, declaration);
    if (declaration.value !== null) declared.defaults.push(declaration);
  }
}
