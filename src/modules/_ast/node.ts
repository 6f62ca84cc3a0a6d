/** What every node can do: its constructor, repr, copying. */
import {
  EXC,
  type Exc,
  type KwNames,
  type PyObject,
  type Result,
  type Status,
  type Value,
  isSubtype,
} from "../../objects/core.ts";
import { method, rawMethod } from "../../objects/define.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { raise, typeError } from "../../objects/errors.ts";
import { deprecationWarningType, typeErrorType } from "../../objects/exceptions/types.ts";
import { PyGenericAlias } from "../../objects/generic-alias.ts";
import { PyList, newList } from "../../objects/list.ts";
import { concat } from "../../objects/message.ts";
import { call } from "../../objects/protocol/call.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { getAttr, lookupAttr, repr, setAttr } from "../../objects/protocol/object.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { reprEnter, reprLeave } from "../../objects/recursion.ts";
import { shortName } from "../../objects/type/short-name.ts";
import { type Str, strToJs } from "../../objects/str/astral.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { listType, noneType, typeOf } from "../../objects/types.ts";
import { PyUnion } from "../../objects/union.ts";
import { strValue } from "../../objects/values.ts";
import { astType, nodeClasses } from "./classes.ts";

/** How a class calls itself: `ast.AST` is native and says its module. */
const nameOf = (o: Value): string => typeOf(o).name;
/** Names in an attribute of the class such as `_fields`. */
export function namesIn(o: Value, attribute: string): string[] | Exc {
  const value = lookupAttr(typeOf(o), attribute);
  if (value === EXC) return EXC;
  const items = value === undefined ? [] : listFromIterable(value);
  return items === EXC ? EXC : items.map((item) => strToJs(strValue(item) ?? ""));
}

export function astInit(self: PyObject, args: Value[], kwnames: KwNames): Status {
  const fields = namesIn(self, "_fields");
  if (fields === EXC) return EXC;
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given > fields.length) {
    const plural = fields.length === 1 ? "" : "s";
    return typeError(
      `${shortName(typeOf(self))} constructor takes at most ${fields.length} positional argument${plural}`,
    );
  }
  const remaining = new Set(fields);
  for (let i = 0; i < given; i++) {
    if (setAttr(self, fields[i], args[i]) === EXC) return EXC;
    remaining.delete(fields[i]);
  }
  for (let i = 0; kwnames !== null && i < kwnames.length; i++) {
    if (setKeyword(self, kwnames[i], args[given + i], fields, remaining) === EXC) return EXC;
  }
  return fillMissing(self, [...remaining]);
}
function setKeyword(self: PyObject, name: string, value: Value, fields: string[], remaining: Set<string>): Status {
  if (fields.includes(name)) {
    if (!remaining.delete(name)) return typeError(`${typeOf(self).name} got multiple values for argument '${name}'`);
  } else {
    const attributes = namesIn(self, "_attributes");
    if (attributes === EXC) return EXC;
    if (!attributes.includes(name)) {
      const message =
        `${nameOf(self)}.__init__ got an unexpected keyword argument '${name}'. ` +
        "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.";
      if (warn(deprecationWarningType, message) === EXC) return EXC;
    }
  }
  return setAttr(self, name, value);
}
/** Fields that were not given: lists are empty, contexts Load, optional ones None by the class; others are missed. */
function fillMissing(self: PyObject, missing: string[]): Status {
  if (missing.length === 0) return null;
  const types = lookupAttr(typeOf(self), "_field_types");
  if (types === EXC) return EXC;
  if (!(types instanceof PyDict)) return null;
  for (const name of missing) {
    const type = types.getStr(name);
    if (type === undefined) {
      const message = `Field '${name}' is missing from ${nameOf(self)}._field_types. This will become an error in Python 3.15.`;
      if (warn(deprecationWarningType, message) === EXC) return EXC;
    } else if (fillOne(self, name, type) === EXC) {
      return EXC;
    }
  }
  return null;
}
function fillOne(self: PyObject, name: string, type: Value): Status {
  if (type instanceof PyUnion && type.args.items.includes(noneType)) return null;
  if (type instanceof PyGenericAlias && type.origin === listType) return setAttr(self, name, newList([]));
  const { byName, singletons } = nodeClasses();
  if (type === byName.get("expr_context")) return setAttr(self, name, singletons.get("Load") as Value);
  const message =
    `${nameOf(self)}.__init__ missing 1 required positional argument: '${name}'. ` +
    "This will become an error in Python 3.15.";
  return warn(deprecationWarningType, message);
}

// ── repr ───────────────────────────────────────────────────────────────────────────────────────────────────
const REPR_DEPTH = 3;
export function astRepr(self: PyObject): Str | Exc {
  return reprAt(self, REPR_DEPTH);
}
function reprAt(self: PyObject, depth: number): Str | Exc {
  const name = nameOf(self);
  if (depth <= 0) return `${name}(...)`;
  if (reprEnter(self)) return `${name}(...)`;
  const text = reprFields(self, name, depth);
  reprLeave(self);
  return text;
}
function reprFields(self: PyObject, name: string, depth: number): Str | Exc {
  const fields = namesIn(self, "_fields");
  if (fields === EXC) return EXC;
  const parts: Str[] = [];
  for (const field of fields) {
    const value = getAttr(self, field);
    if (value === EXC) return EXC;
    const text = reprValue(value, depth - 1);
    if (text === EXC) return EXC;
    parts.push(parts.length > 0 ? ", " : "", `${field}=`, text);
  }
  return concat(name, "(", ...parts, ")");
}
function reprValue(value: Value, depth: number): Str | Exc {
  if (isSubtype(typeOf(value), astType)) return reprAt(value as PyObject, depth);
  if (value instanceof PyList) return reprItems(value.items, "[", "]", depth);
  if (value instanceof PyTuple) return reprItems(value.items, "(", ")", depth);
  return repr(value);
}
/** Of more than two items only the first and the last are shown. */
function reprItems(items: Value[], open: string, close: string, depth: number): Str | Exc {
  const parts: Str[] = [open];
  for (let i = 0; i < items.length; i++) {
    if (i > 0) parts.push(", ");
    if (i > 0 && i < items.length - 1) {
      if (i === 1) parts.push("...");
      else parts.pop();
      continue;
    }
    const text = reprValue(items[i], depth);
    if (text === EXC) return EXC;
    parts.push(text);
  }
  return concat(...parts, close);
}

// ── copying ────────────────────────────────────────────────────────────────────────────────────────────────
/** Positional arguments that pickling passes so that the constructor misses nothing: None for each required field. */
function astReduce(self: PyObject): Result {
  const dict = lookupAttr(self, "__dict__");
  if (dict === EXC) return EXC;
  if (!(dict instanceof PyDict)) return newTuple([typeOf(self), newTuple([])]);
  const fields = namesIn(self, "_fields");
  if (fields === EXC) return EXC;
  const args: Value[] = [];
  for (const field of fields) {
    if (dict.getStr(field) === undefined) break;
    args.push(null);
  }
  return newTuple([typeOf(self), newTuple(args), dict]);
}

function astReplace(self: PyObject, args: Value[], kwnames: KwNames): Result {
  if (args.length > (kwnames === null ? 0 : kwnames.length)) {
    return typeError(
      "__replace__() takes exactly 0 positional arguments (" + `${args.length - (kwnames?.length ?? 0)} given)`,
    );
  }
  const fields = namesIn(self, "_fields");
  const attributes = fields === EXC ? EXC : namesIn(self, "_attributes");
  const dict = lookupAttr(self, "__dict__");
  if (fields === EXC || attributes === EXC || dict === EXC) return EXC;
  const known = [...fields, ...attributes];
  const values = newDict();
  for (const name of known) {
    const value = dict instanceof PyDict ? dict.getStr(name) : undefined;
    if (value !== undefined) values.setStr(name, value);
  }
  for (let i = 0; kwnames !== null && i < kwnames.length; i++) {
    if (!known.includes(kwnames[i]) && !(dict instanceof PyDict && dict.getStr(kwnames[i]) !== undefined)) {
      return typeError(`${nameOf(self)}.__replace__ got an unexpected keyword argument '${kwnames[i]}'.`);
    }
    values.setStr(kwnames[i], args[i]);
  }
  const missing = missingFields(self, fields, values);
  if (missing === EXC) return EXC;
  if (missing.length > 0) return missingError(self, missing);
  const names = values.strKeys();
  return call(
    typeOf(self),
    names.map((name) => values.getStr(name) as Value),
    names,
  );
}
function missingFields(self: PyObject, fields: string[], values: PyDict): string[] | Exc {
  const missing: string[] = [];
  for (const field of fields) {
    if (values.getStr(field) !== undefined) continue;
    const fallback = lookupAttr(typeOf(self), field);
    if (fallback === EXC) return EXC;
    if (fallback === undefined) missing.push(field);
  }
  return missing;
}
function missingError(self: PyObject, missing: string[]): Exc {
  const plural = missing.length === 1 ? "" : "s";
  const names = missing
    .sort()
    .map((name) => `'${name}'`)
    .join(", ");
  return raise(
    typeErrorType,
    `${nameOf(self)}.__replace__ missing ${missing.length} keyword argument${plural}: ${names}.`,
  );
}

export const astMethods = () => ({
  __reduce__: method("($self, /)", astReduce),
  __replace__: rawMethod(astReplace, "Return a copy of the AST node with new values for the specified fields."),
});
