/** The type `Element`, and `SubElement`. */
import {
  BASETYPE,
  EQ,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type KwNames,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { getset, method, newType } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { attributeError, catches, clearException, indexError, typeError, valueError } from "../../objects/errors.ts";
import { indexErrorType, typeErrorType, deprecationWarningType } from "../../objects/exceptions/types.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { type PyList, newList } from "../../objects/list.ts";
import { concat } from "../../objects/message.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { asSize, sliceIndices } from "../../objects/protocol/convert.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { compareBool, idText, repr } from "../../objects/protocol/object.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { PySlice } from "../../objects/slice.ts";
import { listType, typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { elementCopy, elementDeepCopy, elementState, setElementState } from "./copying.ts";
import { PyElement, PyElementSub, attributesFrom, checkElements, elementArg, newElement, typeName } from "./element.ts";
import { iterate, iterateText } from "./iterators.ts";

function elementInit(self: PyElement, args: Value[], kwnames: KwNames): Status {
  const count = args.length - (kwnames?.length ?? 0);
  if (count < 1) return typeError(`Element() takes at least 1 argument (${count} given)`);
  if (count > 2) return typeError(`Element() takes at most 2 arguments (${count} given)`);
  const attributes = attributesFrom("Element", 2, count > 1 ? args[1] : undefined, kwnames, args.slice(count));
  if (attributes === EXC) return EXC;
  self.tag = args[0];
  self.attributes = attributes;
  self.text = null;
  self.tail = null;
  return null;
}

/** `SubElement(parent, tag, attrib={}, **extra)`. */
export function subElement(args: Value[], kwnames: KwNames): Result {
  const count = args.length - (kwnames?.length ?? 0);
  if (count < 2) return typeError(`SubElement() takes at least 2 arguments (${count} given)`);
  if (count > 3) return typeError(`SubElement() takes at most 3 arguments (${count} given)`);
  const parent = elementArg(args[0], "SubElement() argument 1");
  if (parent === EXC) return EXC;
  const attributes = attributesFrom("SubElement", 3, count > 2 ? args[2] : undefined, kwnames, args.slice(count));
  if (attributes === EXC) return EXC;
  const element = newElement(args[1], attributes);
  parent.append(element);
  return element;
}

// ── children ─────────────────────────────────────────────────────────────────────────────────────────────────
function insert(self: PyElement, where: Value, child: Value): Result {
  const element = elementArg(child, "insert() argument 2");
  if (element === EXC) return EXC;
  const index = asSize(where);
  if (index === EXC) return EXC;
  const { length } = self.children;
  const at = index < 0 ? Math.max(index + length, 0) : Math.min(index, length);
  if (at === length) self.append(element);
  else self.children.splice(at, 0, element);
  return null;
}
function extend(self: PyElement, elements: Value): Result {
  const items = listFromIterable(elements);
  if (items === EXC) return notIterable(elements, "'elements' must be an iterable");
  for (const item of items) {
    if (checkElements([item]) === EXC) return EXC;
    self.append(item as PyElement);
  }
  return null;
}
function notIterable(value: Value, message: string): Exc {
  const type = typeOf(value);
  if (type.tp_iter !== null || type.sq_item !== null || !catches(typeErrorType)) return EXC;
  clearException();
  return typeError(message);
}
function remove(self: PyElement, child: Value): Result {
  const element = elementArg(child, "remove() argument");
  if (element === EXC) return EXC;
  let at = self.children.indexOf(element);
  for (let i = 0; at < 0 && i < self.children.length; i++) {
    const isEqual = compareBool(self.children[i], element, EQ);
    if (isEqual === EXC) return EXC;
    if (isEqual) at = i;
  }
  if (at < 0) return valueError("Element.remove(x): element not found");
  self.children.splice(at, 1);
  return null;
}

function subscript(self: PyElement, key: Value): Result {
  const { children } = self;
  if (key instanceof PySlice) {
    const range = sliceIndices(key, children.length);
    if (range === EXC) return EXC;
    const items: Value[] = [];
    for (let i = 0, at = range.start; i < range.count; i++, at += range.step) items.push(children[at]);
    return newList(items);
  }
  const index = indexOf(self, key);
  return index === EXC ? EXC : itemAt(self, index);
}
function itemAt({ children }: PyElement, index: number): Result {
  return index < 0 || index >= children.length ? indexError("child index out of range") : children[index];
}
function indexOf(self: PyElement, key: Value): number | Exc {
  if (typeof key !== "number" && typeOf(key).nb_index === null) return typeError("element indices must be integers");
  const index = asSize(key, indexErrorType);
  if (index === EXC) return EXC;
  return index < 0 ? index + self.children.length : index;
}
function assign(self: PyElement, key: Value, value: Value | undefined): Status {
  if (key instanceof PySlice) return assignSlice(self, key, value);
  const index = indexOf(self, key);
  return index === EXC ? EXC : assignItem(self, index, value);
}
function assignItem(self: PyElement, index: number, value: Value | undefined): Status {
  if (index < 0 || index >= self.children.length) return indexError("child assignment index out of range");
  if (value === undefined) {
    self.children.splice(index, 1);
    return null;
  }
  if (checkElements([value]) === EXC) return EXC;
  self.children[index] = value as PyElement;
  return null;
}
/** As lists do it. */
function assignSlice(self: PyElement, key: PySlice, value: Value | undefined): Status {
  let given: Value | undefined;
  if (value !== undefined) {
    const items = listFromIterable(value);
    if (items === EXC) return notIterable(value, "assignment expects an iterable");
    if (checkElements(items) === EXC) return EXC;
    given = newList(items);
  }
  const list = newList([...self.children]);
  const assignTo = listType.mp_ass_subscript as (list: PyList, key: Value, value: Value | undefined) => Status;
  if (assignTo(list, key, given) === EXC) return EXC;
  self.children = list.items as PyElement[];
  return null;
}

// ── searching ────────────────────────────────────────────────────────────────────────────────────────────────
/** Is `path` more than a tag? Then `xml.etree.ElementPath` knows what it means. */
function isPath(path: Value): boolean {
  const text = strValue(path);
  if (text === undefined) return true;
  const plain = text.toString();
  return /^\{\*?\}./.test(plain) || /[/*[@.]/.test(plain.replace(/\{[^}]*\}?/g, ""));
}
function throughPath(name: string, args: Value[]): Result {
  const find = importAttribute("xml.etree.ElementPath", name);
  return find === EXC ? EXC : call(find, args);
}
function findChild(self: PyElement, tag: Value): PyElement | undefined | Exc {
  for (let i = 0; i < self.children.length; i++) {
    const child = self.children[i];
    if (child.tag === tag) return child;
    if (typeof child.tag === "string" && typeof tag === "string") continue;
    const isEqual = compareBool(child.tag, tag, EQ);
    if (isEqual === EXC) return EXC;
    if (isEqual) return child;
  }
  return undefined;
}
function find(self: PyElement, path: Value, namespaces?: Value): Result {
  if (isPath(path) || (namespaces ?? null) !== null) return throughPath("find", [self, path, namespaces ?? null]);
  const child = findChild(self, path);
  return child === undefined ? null : child;
}
function findText(self: PyElement, path: Value, fallback?: Value, namespaces?: Value): Result {
  if (isPath(path) || (namespaces ?? null) !== null)
    return throughPath("findtext", [self, path, fallback ?? null, namespaces ?? null]);
  const child = findChild(self, path);
  if (child === EXC) return EXC;
  if (child === undefined) return fallback ?? null;
  return child.text ?? "";
}
function findAll(self: PyElement, path: Value, namespaces?: Value): Result {
  if (isPath(path) || (namespaces ?? null) !== null) return throughPath("findall", [self, path, namespaces ?? null]);
  const found: Value[] = [];
  for (let i = 0; i < self.children.length; i++) {
    const child = self.children[i];
    const isEqual = child.tag === path ? true : compareBool(child.tag, path, EQ);
    if (isEqual === EXC) return EXC;
    if (isEqual) found.push(child);
  }
  return newList(found);
}

// ── attributes ───────────────────────────────────────────────────────────────────────────────────────────────
function getAttribute(self: PyElement, key: Value, fallback?: Value): Result {
  const value = self.attributes?.get(key);
  return value === undefined ? (fallback ?? null) : value;
}
const viewOf =
  (name: string) =>
  (self: PyElement): Result => {
    if (self.attributes === null) return newList([]);
    const view = callMethod(self.attributes, name);
    if (view === EXC) return EXC;
    const items = listFromIterable(view);
    return items === EXC ? EXC : newList(items);
  };

type Part = "tag" | "text" | "tail";
function part(name: Part) {
  return getset(
    (self: PyElement) => self[name],
    (self: PyElement, value): Status => {
      if (value === undefined) return attributeError("can't delete element attribute", self, name);
      self[name] = value;
      return null;
    },
  );
}
function setAttributes(self: PyElement, value: Value | undefined): Status {
  if (value === undefined) return attributeError("can't delete element attribute", self, "attrib");
  if (!(value instanceof PyDict)) return typeError(`attrib must be dict, not ${typeName(value)}`);
  self.attributes = value;
  return null;
}

function truth(self: PyElement): boolean | Exc {
  const message =
    "Testing an element's truth value will always return True in future versions.  Use specific 'len(elem)' or 'elem is not None' test instead.";
  if (warn(deprecationWarningType, message) === EXC) return EXC;
  return self.children.length > 0;
}

function makeElement(_self: PyElement, tag: Value, attributes: Value): Result {
  if (!(attributes instanceof PyDict))
    return typeError(`makeelement() argument 2 must be dict, not ${typeName(attributes)}`);
  return newElement(tag, attributes.copy());
}

export const elementType: PyType = newType("Element", {
  module: "xml.etree.ElementTree",
  doc: null,
  flags: BASETYPE | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls) => (cls === elementType ? new PyElement(cls, null, null) : new PyElementSub(cls, null, null)),
    tp_init: elementInit,
    tp_repr: (self: PyElement) => {
      const tag = repr(self.tag);
      return tag === EXC ? EXC : concat("<Element ", tag, ` at 0x${idText(self)}>`);
    },
    nb_bool: truth,
    sq_length: (self: PyElement) => self.children.length,
    sq_item: itemAt,
    sq_ass_item: assignItem,
    mp_length: (self: PyElement) => self.children.length,
    mp_subscript: subscript,
    mp_ass_subscript: assign,
  },
  methods: () => ({
    clear: method("($self, /)", (self: PyElement) => {
      self.attributes = null;
      self.clearChildren();
      self.text = null;
      self.tail = null;
      return null;
    }),
    get: method("($self, /, key, default=None)", getAttribute),
    set: method("($self, key, value, /)", (self: PyElement, key: Value, value: Value) =>
      self.attributesToChange().set(key, value),
    ),
    find: method("($self, /, path, namespaces=None)", find),
    findtext: method("($self, /, path, default=None, namespaces=None)", findText),
    findall: method("($self, /, path, namespaces=None)", findAll),
    append: method("($self, subelement, /)", (self: PyElement, child: Value) => {
      const element = elementArg(child, "append() argument 1");
      if (element === EXC) return EXC;
      self.append(element);
      return null;
    }),
    extend: method("($self, elements, /)", extend),
    insert: method("($self, index, subelement, /)", insert),
    remove: method("($self, subelement, /)", remove),
    iter: method("($self, /, tag=None)", (self: PyElement, tag?: Value) =>
      iterate(self, tag === undefined || tag === "*" ? null : tag),
    ),
    itertext: method("($self, /)", iterateText),
    iterfind: method("($self, /, path, namespaces=None)", (self: PyElement, path: Value, namespaces?: Value) =>
      throughPath("iterfind", [self, path, namespaces ?? null]),
    ),
    items: method("($self, /)", viewOf("items")),
    keys: method("($self, /)", viewOf("keys")),
    makeelement: method("($self, tag, attrib, /)", makeElement),
    __copy__: method("($self, /)", elementCopy),
    __deepcopy__: method("($self, memo, /)", (self: PyElement, memo: Value): Result => {
      if (!(memo instanceof PyDict)) return typeError(`__deepcopy__() argument must be dict, not ${typeName(memo)}`);
      return elementDeepCopy(self, memo);
    }),
    __getstate__: method("($self, /)", elementState),
    __setstate__: method("($self, state, /)", setElementState),
    __sizeof__: method(
      "($self, /)",
      (self: PyElement) => 56 + (self.children.length > 0 ? 64 + 8 * self.children.length : 0),
    ),
  }),
  getset: () => ({
    tag: part("tag"),
    text: part("text"),
    tail: part("tail"),
    attrib: getset((self: PyElement) => self.attributesToChange(), setAttributes),
  }),
});
