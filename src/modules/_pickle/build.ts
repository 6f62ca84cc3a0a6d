/** What loading does with classes, callables and states. */
import { EXC, isSubtype, PyType, type Result, type Status, type Value } from "../../objects/core.ts";
import { PyDict } from "../../objects/dict.ts";
import { typeError } from "../../objects/errors.ts";
import { PyList } from "../../objects/list.ts";
import { call, call1, callMethod } from "../../objects/protocol/call.ts";
import { getAttr, lookupAttr, setAttr } from "../../objects/protocol/object.ts";
import { setItem } from "../../objects/protocol/sequence.ts";
import { PySet } from "../../objects/set.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { dictType, listType, setType, typeOf, typeTypeOf } from "../../objects/types.ts";
import { newList } from "../../objects/list.ts";
import { strValue } from "../../objects/values.ts";
import { unpicklingError } from "./errors.ts";

/** INST and OBJ: an instance of an old-style class, or a call. */
export function instantiate(cls: Value, args: Value[]): Result {
  if (args.length === 0 && cls instanceof PyType) {
    const initArgs = lookupAttr(cls, "__getinitargs__");
    if (initArgs === EXC) return EXC;
    if (initArgs === undefined) return callMethod(cls, "__new__", [cls]);
  }
  return call(cls, args);
}

export function reduce(func: Value, args: Value): Result {
  if (!(args instanceof PyTuple)) return typeError("argument list must be a tuple");
  return call(func, args.items);
}

/** NEWOBJ (`kwargs` undefined) and NEWOBJ_EX. */
export function newObject(cls: Value, args: Value, kwargs: Value | undefined): Result {
  const opcode = kwargs === undefined ? "NEWOBJ" : "NEWOBJ_EX";
  if (!(cls instanceof PyType) || !isSubtype(typeOf(cls), typeTypeOf()))
    return unpicklingError(`${opcode} class argument must be a type, not ${typeOf(cls).name}`);
  if (cls.tp_new === null) return unpicklingError(`${opcode} class argument '${cls.name}' doesn't have __new__`);
  if (!(args instanceof PyTuple))
    return unpicklingError(`${opcode} args argument must be a tuple, not ${typeOf(args).name}`);
  if (kwargs === undefined) return cls.tp_new(cls, args.items, null);
  if (!(kwargs instanceof PyDict))
    return unpicklingError(`${opcode} kwargs argument must be a dict, not ${typeOf(kwargs).name}`);
  const names: string[] = [];
  for (const key of kwargs.keys()) {
    const name = strValue(key);
    if (name === undefined) return typeError("keywords must be strings");
    names.push(strToJs(name));
  }
  if (names.length === 0) return cls.tp_new(cls, args.items, null);
  return cls.tp_new(cls, [...args.items, ...kwargs.values()], names);
}

/** BUILD: gives `inst` its state. */
export function build(inst: Value, state: Value): Status {
  const setState = lookupAttr(inst, "__setstate__");
  if (setState === EXC) return EXC;
  if (setState !== undefined) return call1(setState, state) === EXC ? EXC : null;
  let attributes = state;
  let slots: Value | undefined;
  if (state instanceof PyTuple && state.items.length === 2) [attributes, slots] = state.items;
  if (attributes !== null) {
    if (!(attributes instanceof PyDict)) return unpicklingError("state is not a dictionary");
    if (updateDict(inst, attributes) === EXC) return EXC;
  }
  if (slots === undefined || slots === null) return null;
  if (!(slots instanceof PyDict)) return unpicklingError("slot state is not a dictionary");
  for (const [key, value] of slots.items()) {
    const name = strValue(key);
    if (name === undefined) return typeError(`attribute name must be string, not '${typeOf(key).name}'`);
    if (setAttr(inst, strToJs(name), value) === EXC) return EXC;
  }
  return null;
}

function updateDict(inst: Value, attributes: PyDict): Status {
  const dict = getAttr(inst, "__dict__");
  if (dict === EXC) return EXC;
  for (let i = attributes.next(-1); i >= 0; i = attributes.next(i)) {
    const key = attributes.keyAt(i);
    const value = attributes.valueAt(i);
    if ((dict instanceof PyDict ? dict.set(key, value) : setItem(dict, key, value)) === EXC) return EXC;
  }
  return null;
}

/** APPEND and APPENDS. */
export function extend(list: Value, items: Value[]): Status {
  if (list instanceof PyList && typeOf(list) === listType) {
    for (let i = 0; i < items.length; i++) list.items.push(items[i]);
    return null;
  }
  const extendMethod = lookupAttr(list, "extend");
  if (extendMethod === EXC) return EXC;
  if (extendMethod !== undefined) return call1(extendMethod, newList(items)) === EXC ? EXC : null;
  const append = getAttr(list, "append");
  return append === EXC ? EXC : callEach(append, items);
}
function callEach(f: Value, items: readonly Value[]): Status {
  for (const item of items) if (call1(f, item) === EXC) return EXC;
  return null;
}

/** SETITEM and SETITEMS: `pairs` is keys and values in turn. */
export function setItems(dict: Value, pairs: readonly Value[]): Status {
  if (pairs.length % 2 !== 0) return unpicklingError("odd number of items for SETITEMS");
  const isExact = typeOf(dict) === dictType;
  for (let i = 0; i < pairs.length; i += 2) {
    const status = isExact ? (dict as PyDict).set(pairs[i], pairs[i + 1]) : setItem(dict, pairs[i], pairs[i + 1]);
    if (status === EXC) return EXC;
  }
  return null;
}

export function addItems(set: Value, items: readonly Value[]): Status {
  if (set instanceof PySet && isSubtype(typeOf(set), setType)) {
    for (const item of items) if (set.add(item) === EXC) return EXC;
    return null;
  }
  const add = getAttr(set, "add");
  return add === EXC ? EXC : callEach(add, items);
}
