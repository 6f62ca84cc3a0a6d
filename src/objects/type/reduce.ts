/**
 * `object.__reduce_ex__` and `__getstate__`: how objects are copied and pickled.
 * Source: PEP 307, https://docs.python.org/3.14/library/pickle.html#object.__reduce__
 */
import { EXC, type Exc, PyObject, type PyType, type Result, type Value, objectType } from "../core.ts";
import { PyDict, newDict } from "../dict.ts";
import { typeError } from "../errors.ts";
import { call } from "../protocol/call.ts";
import { asSize } from "../protocol/convert.ts";
import { getAttr, lookupAttr, lookupSpecial } from "../protocol/object.ts";
import { getIter } from "../protocol/iter.ts";
import { importAttribute } from "../import-hook.ts";
import { PyTuple, newTuple } from "../tuple.ts";
import { dictType, listType, typeOf } from "../types.ts";
import { PyList } from "../list.ts";
import { isSubtype } from "../core.ts";
import { strValue } from "../values.ts";
import { lookup } from "./lookup.ts";

export function objectReduceEx(self: Value, protocol: Value): Result {
  const version = asSize(protocol);
  if (version === EXC) return EXC;
  const own = lookup(typeOf(self), "__reduce__");
  if (own !== undefined && own !== lookup(objectType, "__reduce__")) {
    const reduce = getAttr(self, "__reduce__");
    return reduce === EXC ? EXC : call(reduce, []);
  }
  return reduceByProtocol(self, version);
}
export function reduceByProtocol(self: Value, version: number): Result {
  if (version < 2) {
    const reduce = importAttribute("copyreg", "_reduce_ex");
    return reduce === EXC ? EXC : call(reduce, [self, version]);
  }
  return reduceNew(self);
}
/** Protocol 2: `copyreg.__newobj__(cls, *args)`, state, list items, dict items. */
function reduceNew(self: Value): Result {
  const type = typeOf(self);
  if (type.tp_new === null) return typeError(`cannot pickle '${type.name}' object`);
  const args = newArguments(self);
  if (args === EXC) return EXC;
  const required = args.positional === null && !isSubtype(type, listType) && !isSubtype(type, dictType);
  const state = getState(self, required);
  if (state === EXC) return EXC;
  let maker: Result;
  let makerArgs: Value;
  if (args.keywords === null || args.keywords.size === 0) {
    maker = importAttribute("copyreg", "__newobj__");
    makerArgs = newTuple([type, ...(args.positional ?? [])]);
  } else {
    maker = importAttribute("copyreg", "__newobj_ex__");
    makerArgs = newTuple([type, newTuple(args.positional ?? []), args.keywords]);
  }
  if (maker === EXC) return EXC;
  const listItems = isSubtype(type, listType) ? getIter(self) : null;
  if (listItems === EXC) return EXC;
  const dictItems = isSubtype(type, dictType) ? itemsIterator(self) : null;
  if (dictItems === EXC) return EXC;
  return newTuple([maker, makerArgs, state, listItems, dictItems]);
}
function itemsIterator(self: Value): Result {
  const items = getAttr(self, "items");
  const view = items === EXC ? EXC : call(items, []);
  return view === EXC ? EXC : getIter(view);
}
interface NewArguments {
  positional: Value[] | null;
  keywords: PyDict | null;
}
function newArguments(self: Value): NewArguments | Exc {
  const ex = lookupSpecial(self, "__getnewargs_ex__");
  if (ex === EXC) return EXC;
  if (ex !== undefined) {
    const pair = call(ex, []);
    if (pair === EXC) return EXC;
    if (!(pair instanceof PyTuple)) {
      return typeError(`__getnewargs_ex__ should return a tuple, not '${typeOf(pair).name}'`);
    }
    const [positional, keywords] = pair.items;
    if (!(positional instanceof PyTuple)) {
      return typeError(
        `first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${typeOf(positional).name}'`,
      );
    }
    if (!(keywords instanceof PyDict)) {
      return typeError(
        `second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${typeOf(keywords).name}'`,
      );
    }
    return { positional: positional.items, keywords };
  }
  const plain = lookupSpecial(self, "__getnewargs__");
  if (plain === EXC) return EXC;
  if (plain === undefined) return { positional: null, keywords: null };
  const args = call(plain, []);
  if (args === EXC) return EXC;
  if (!(args instanceof PyTuple)) return typeError(`__getnewargs__ should return a tuple, not '${typeOf(args).name}'`);
  return { positional: args.items, keywords: null };
}

function getState(self: Value, required: boolean): Result {
  const getstate = getAttr(self, "__getstate__");
  if (getstate === EXC) return EXC;
  const own = lookup(typeOf(self), "__getstate__");
  if (own === lookup(objectType, "__getstate__")) return defaultState(self, required);
  return call(getstate, []);
}
export function objectGetState(self: Value): Result {
  return defaultState(self, false);
}
function defaultState(self: Value, required: boolean): Result {
  const type = typeOf(self);
  if (required && !type.isHeap && type.solidBase !== objectType)
    return typeError(`cannot pickle '${type.name}' object`);
  const dict = self instanceof PyObject ? (self.getDict(false) as PyDict | undefined) : undefined;
  const slots = slotState(self, type);
  if (slots === EXC) return EXC;
  const plain: Value = dict === undefined || (dict.size === 0 && !type.hasDict) ? null : dict;
  if (slots === null) return plain instanceof PyDict && plain.size === 0 ? null : plain;
  return newTuple([plain, slots]);
}
/** Values of `__slots__` members, by name; null when there are none. */
function slotState(self: Value, type: PyType): PyDict | null | Exc {
  const names = importAttribute("copyreg", "_slotnames");
  const list = names === EXC ? EXC : call(names, [type]);
  if (list === EXC) return EXC;
  const state = newDict();
  if (list instanceof PyList) {
    for (const name of list.items) {
      const text = String(strValue(name) ?? name);
      const value = lookupAttr(self, text);
      if (value === EXC) return EXC;
      if (value !== undefined) state.setStr(text, value);
    }
  }
  return state.size === 0 ? null : state;
}
