/** What an element holds. Its type is in `element-type.ts`. */
import { type Exc, PyObject, type PyType, type Status, type Value } from "../../objects/core.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { typeError } from "../../objects/errors.ts";
import { rt } from "../../objects/runtime.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { elementType } from "./element-type.ts";

const NO_CHILDREN: PyElement[] = [];

export class PyElement extends PyObject {
  text: Value = null;
  tail: Value = null;
  /** Replaced by an array of its own when the first child comes. */
  children: PyElement[] = NO_CHILDREN;

  constructor(
    cls: PyType,
    public tag: Value,
    /** null: there are none so far. */
    public attributes: PyDict | null,
  ) {
    super(cls.shapes);
  }
  attributesToChange(): PyDict {
    this.attributes ??= newDict();
    return this.attributes;
  }
  append(child: PyElement): void {
    if (this.children === NO_CHILDREN) this.children = [child];
    else this.children.push(child);
  }
  clearChildren(): void {
    this.children = NO_CHILDREN;
  }
}
export class PyElementSub extends withAttributes(PyElement) {}

export function newElement(tag: Value, attributes: PyDict | null): PyElement {
  return new PyElement(elementType, tag, attributes);
}

/** `element`, which must be one; `argument` says how it is called in the message. */
export function elementArg(element: Value, argument: string): PyElement | Exc {
  if (element instanceof PyElement) return element;
  return typeError(`${argument} must be ${elementType.name}, not ${typeName(element)}`);
}
export const typeName = (o: Value): string => (o === null ? "None" : typeOf(o).name);

/** Each of `elements` must be one. */
export function checkElements(elements: readonly Value[]): Status {
  for (const element of elements)
    if (!(element instanceof PyElement)) return typeError(`expected an Element, not "${typeOf(element).name}"`);
  return null;
}

/** The attributes of `Element(tag, attrib, **extra)`: always a fresh dict, null when there are none. */
export function attributesFrom(
  name: string,
  position: number,
  given: Value | undefined,
  names: readonly string[] | null,
  values: readonly Value[],
): PyDict | null | Exc {
  if (given !== undefined && !(given instanceof PyDict))
    return typeError(`${name}() argument ${position} must be dict, not ${typeName(given)}`);
  let base: PyDict | undefined = given;
  const at = names?.indexOf("attrib") ?? -1;
  if (given === undefined && at >= 0) {
    const attrib = values[at];
    if (!(attrib instanceof PyDict)) return typeError(`attrib must be dict, not ${typeName(attrib)}`);
    base = attrib;
  }
  if (names === null || names.length === 0) return base === undefined || base.size === 0 ? null : base.copy();
  const attributes = base === undefined ? newDict() : base.copy();
  for (let i = 0; i < names.length; i++) if (i !== at || given !== undefined) attributes.setStr(names[i], values[i]);
  return attributes;
}

interface Factories {
  comment: Value;
  instruction: Value;
}
const FACTORIES = { name: "factories of comments and processing instructions" };
/** What makes elements of comments and instructions where a builder has nothing of its own. */
export const factories = (): Factories => rt.state<Factories>(FACTORIES, () => ({ comment: null, instruction: null }));
