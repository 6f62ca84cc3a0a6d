/** Copies of elements, and their state for pickling. */
import { EXC, type Exc, type Result, type Status, type Value } from "../../objects/core.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { typeError } from "../../objects/errors.ts";
import { callImported } from "../../objects/import-hook.ts";
import { PyList, newList } from "../../objects/list.ts";
import { concat } from "../../objects/message.ts";
import { repr } from "../../objects/protocol/object.ts";
import { enterRecursive, leaveRecursive } from "../../objects/recursion.ts";
import { rt } from "../../objects/runtime.ts";
import { dictType, strType, typeOf } from "../../objects/types.ts";
import { elementType } from "./element-type.ts";
import { type PyElement, checkElements, newElement, typeName } from "./element.ts";

/** `copy.copy(element)`: the same children. */
export function elementCopy(self: PyElement): Result {
  const copy = newElement(self.tag, self.attributes?.copy() ?? null);
  copy.text = self.text;
  copy.tail = self.tail;
  for (const child of self.children) copy.append(child);
  return copy;
}

export function elementDeepCopy(self: PyElement, memo: PyDict): PyElement | Exc {
  if (enterRecursive(" while copying an element")) return EXC;
  const copy = deepCopy(self, memo);
  leaveRecursive();
  return copy;
}
function deepCopy(self: PyElement, memo: PyDict): PyElement | Exc {
  const tag = copied(self.tag, memo);
  if (tag === EXC) return EXC;
  const attributes = self.attributes === null ? null : copied(self.attributes, memo);
  if (attributes === EXC) return EXC;
  const copy = newElement(tag, attributes as PyDict | null);
  const text = copied(self.text, memo);
  if (text === EXC) return EXC;
  const tail = copied(self.tail, memo);
  if (tail === EXC) return EXC;
  copy.text = text;
  copy.tail = tail;
  // Copying may call Python code that changes the children.
  for (let i = 0; i < self.children.length; i++) {
    const child = copied(self.children[i], memo);
    if (child === EXC || checkElements([child]) === EXC) return EXC;
    copy.append(child as PyElement);
  }
  return memo.set(rt.idOf(self), copy) === EXC ? EXC : copy;
}
/** `copy.deepcopy(value, memo)`, at once for what is common. */
function copied(value: Value, memo: PyDict): Result {
  if (value === null) return null;
  const type = typeOf(value);
  if (type === strType) return value;
  if (type === dictType && holdsTexts(value as PyDict)) return (value as PyDict).copy();
  if (type === elementType) return elementDeepCopy(value as PyElement, memo);
  return callImported("copy", "deepcopy", [value, memo]);
}
function holdsTexts(dict: PyDict): boolean {
  for (const [key, value] of dict.items()) if (typeof key !== "string" || typeof value !== "string") return false;
  return true;
}

export function elementState(self: PyElement): Result {
  const state = newDict();
  state.setStr("tag", self.tag);
  state.setStr("_children", newList([...self.children]));
  state.setStr("attrib", self.attributes ?? newDict());
  state.setStr("text", self.text);
  state.setStr("tail", self.tail);
  return state;
}
export function setElementState(self: PyElement, state: Value): Status {
  if (!(state instanceof PyDict)) {
    const text = repr(state);
    return text === EXC ? EXC : typeError(concat("Don't know how to unpickle \"", text, '" as an Element'));
  }
  const part = (name: string): Value => state.getStr(name) ?? null;
  const attributes = part("attrib");
  if (attributes !== null && !(attributes instanceof PyDict))
    return typeError(`attrib must be dict, not ${typeName(attributes)}`);
  const children = part("_children");
  if (children !== null && !(children instanceof PyList)) return typeError("'_children' is not a list");
  if (children !== null && checkElements(children.items) === EXC) return EXC;
  self.tag = part("tag");
  self.text = part("text");
  self.tail = part("tail");
  self.attributes = attributes;
  self.clearChildren();
  for (const child of children?.items ?? []) self.append(child as PyElement);
  return null;
}
