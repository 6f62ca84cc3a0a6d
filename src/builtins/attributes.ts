/** Builtins about attributes, names and classes of objects. */
import { EXC, type Exc, type KwNames, PyObject, type Result, type Value } from "../objects/core.ts";
import { fn, rawFn } from "../objects/define.ts";
import { typeError } from "../objects/errors.ts";
import { newList } from "../objects/list.ts";
import { callMethod } from "../objects/protocol/call.ts";
import * as object from "../objects/protocol/object.ts";
import { rt } from "../objects/runtime.ts";
import { strToJs } from "../objects/str/astral.ts";
import { typeOf } from "../objects/types.ts";
import { strValue } from "../objects/values.ts";
import { unpackArgs } from "./keywords.ts";
import { currentGlobals, currentLocals } from "./scope.ts";

/** An attribute name given as a value. */
function attributeName(name: Value): string | Exc {
  if (typeof name === "string") return name;
  const text = strValue(name);
  return text === undefined ? typeError(`attribute name must be string, not '${typeOf(name).name}'`) : strToJs(text);
}

function getattr(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("getattr", args, kwnames, 2, 3) === EXC) return EXC;
  const name = attributeName(args[1]);
  if (name === EXC) return EXC;
  if (args.length === 2) return object.getAttr(args[0], name);
  const value = object.lookupAttr(args[0], name);
  return value === undefined ? args[2] : value;
}

function dir(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("dir", args, kwnames, 0, 1) === EXC) return EXC;
  if (args.length === 1) return object.dir(args[0]);
  const locals = currentLocals();
  if (locals === EXC) return EXC;
  const names = callMethod(locals, "keys");
  if (names === EXC) return EXC;
  const list = newList([]);
  if (callMethod(list, "extend", [names]) === EXC || callMethod(list, "sort") === EXC) return EXC;
  return list;
}
function vars(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("vars", args, kwnames, 0, 1) === EXC) return EXC;
  if (args.length === 0) return currentLocals();
  const dict = object.lookupAttr(args[0], "__dict__");
  return dict === undefined ? typeError("vars() argument must have __dict__ attribute") : dict;
}

/** Identities of values that are JavaScript primitives, equal where `is` says they are the same. */
const PRIMITIVES = {};
interface PrimitiveIds {
  ids: Map<Value, number>;
  next: number;
}
const FIRST_PRIMITIVE = 0x560000000000;
const FIRST_INT = 0x600000000000;
const SPACE = 2 ** 40;

/** `id(o)`. */
export function idOf(o: Value): number {
  if (o instanceof PyObject) return rt.idOf(o);
  if (typeof o === "number" && Math.abs(o) < SPACE) return FIRST_INT + o * 32;
  const table = rt.state<PrimitiveIds>(PRIMITIVES, () => ({ ids: new Map(), next: FIRST_PRIMITIVE }));
  let id = table.ids.get(o);
  if (id === undefined) {
    id = table.next;
    table.next += 32;
    table.ids.set(o, id);
  }
  return id;
}

export const attributeFunctions = () => ({
  getattr: rawFn(getattr, "Get a named attribute from an object; with a default, no AttributeError."),
  setattr: fn(
    "($module, obj, name, value, /)",
    (o: Value, name: Value, value: Value) => {
      const text = attributeName(name);
      return text === EXC ? EXC : object.setAttr(o, text, value);
    },
    "Sets the named attribute on the given object.",
  ),
  delattr: fn(
    "($module, obj, name, /)",
    (o: Value, name: Value) => {
      const text = attributeName(name);
      return text === EXC ? EXC : object.delAttr(o, text);
    },
    "Deletes the named attribute from the given object.",
  ),
  hasattr: fn(
    "($module, obj, name, /)",
    (o: Value, name: Value) => {
      const text = attributeName(name);
      return text === EXC ? EXC : object.hasAttr(o, text);
    },
    "Return whether the object has an attribute with the given name.",
  ),
  dir: rawFn(dir, "Names in the current scope, or attributes of an object."),
  vars: rawFn(vars, "The __dict__ of an object, or the current locals."),
  globals: fn("($module, /)", currentGlobals, "Return the dictionary containing the current scope's global variables."),
  locals: fn("($module, /)", currentLocals, "Return a dictionary containing the current scope's local variables."),
  id: fn("($module, obj, /)", idOf, "Return the identity of an object."),
  hash: fn("($module, obj, /)", object.hash, "Return the hash value for the given object."),
  callable: fn("($module, obj, /)", object.isCallable, "Return whether the object is callable."),
  isinstance: fn(
    "($module, obj, class_or_tuple, /)",
    object.isInstance,
    "Return whether an object is an instance of a class.",
  ),
  issubclass: fn(
    "($module, cls, class_or_tuple, /)",
    object.isSubclass,
    "Return whether 'cls' is derived from another class.",
  ),
  repr: fn("($module, obj, /)", object.reprObject, "Return the canonical string representation of the object."),
  ascii: fn(
    "($module, obj, /)",
    object.asciiObject,
    "The representation of the object with non-ASCII characters escaped.",
  ),
  len: fn("($module, obj, /)", object.length, "Return the number of items in a container."),
  format: fn(
    "($module, value, format_spec='', /)",
    (value: Value, spec?: Value) => {
      const text = spec === undefined ? "" : strValue(spec);
      if (text === undefined) return typeError(`format() argument 2 must be str, not ${typeOf(spec as Value).name}`);
      return object.format(value, text);
    },
    "Return type(value).__format__(value, format_spec).",
  ),
});
