/**
 * Type variables among the arguments of generic aliases and unions: finding and replacing them.
 * Variables are known by their `__typing_subst__`; nothing here knows TypeVar itself. Source: PEP 585, PEP 612, PEP 646.
 */
import { EXC, type Exc, PyType, type Value } from "./core.ts";
import { raise, typeError } from "./errors.ts";
import { typeErrorType } from "./exceptions/types.ts";
import { PyList, newList } from "./list.ts";
import { concat } from "./message.ts";
import { call } from "./protocol/call.ts";
import { isTrue, lookupAttr, repr } from "./protocol/object.ts";
import { getItem } from "./protocol/sequence.ts";
import { Ellipsis } from "./singletons.ts";
import { PyTuple, newTuple } from "./tuple.ts";
import { typeOf } from "./types.ts";

/** The type variables in `args`, each once, in order of appearance: `__parameters__`. */
export function parametersOf(args: PyTuple | PyList): PyTuple | Exc {
  const found: Value[] = [];
  return collect(args.items, found) === EXC ? EXC : newTuple(found);
}
function collect(items: readonly Value[], found: Value[]): null | Exc {
  const add = (parameter: Value): void => {
    if (!found.includes(parameter)) found.push(parameter);
  };
  for (const item of items) {
    // A class may have `__parameters__` as a generic class does; as an argument it stands for itself.
    if (item instanceof PyType) continue;
    const subst = lookupAttr(item, "__typing_subst__");
    if (subst === EXC) return EXC;
    if (subst !== undefined) {
      add(item);
    } else if (item instanceof PyTuple || item instanceof PyList) {
      if (collect(item.items, found) === EXC) return EXC;
    } else {
      const inner = lookupAttr(item, "__parameters__");
      if (inner === EXC) return EXC;
      if (inner instanceof PyTuple) inner.items.forEach(add);
    }
  }
  return null;
}

/** Writes out `*tuple[…]` among arguments, unless its length is open. */
function unpackArguments(item: Value): Value[] | Exc {
  const given = item instanceof PyTuple ? item.items : [item];
  const result: Value[] = [];
  for (const arg of given) {
    const unpacked = arg instanceof PyType ? null : lookupAttr(arg, "__typing_unpacked_tuple_args__");
    if (unpacked === EXC) return EXC;
    const inner = unpacked instanceof PyTuple ? unpacked.items : null;
    if (inner !== null && inner[inner.length - 1] !== Ellipsis) result.push(...inner);
    else result.push(arg);
  }
  return result;
}

/** `args` with `parameters` replaced by `item` (a tuple, or a single argument): what subscribing an alias does. */
export function substitute(self: Value, args: PyTuple, parameters: PyTuple, item: Value): PyTuple | Exc {
  const { items: params } = parameters;
  if (params.length === 0) return notGeneric(self);
  const unpacked = unpackArguments(item);
  if (unpacked === EXC) return EXC;
  let given: Value = newTuple(unpacked);
  for (const parameter of params) {
    const prepare = lookupAttr(parameter, "__typing_prepare_subst__");
    if (prepare === EXC) return EXC;
    if (prepare === undefined || prepare === null) continue;
    const prepared = call(prepare, [self, given instanceof PyTuple ? given : newTuple([given])]);
    if (prepared === EXC) return EXC;
    given = prepared;
  }
  const values = given instanceof PyTuple ? given.items : [given];
  if (values.length !== params.length) return wrongCount(self, values.length, params.length);
  const result = replaceIn(args.items, params, values);
  return result === EXC ? EXC : newTuple(result);
}
function notGeneric(self: Value): Exc {
  const text = repr(self);
  return text === EXC ? EXC : raise(typeErrorType, concat(text, " is not a generic class"));
}
function wrongCount(self: Value, given: number, expected: number): Exc {
  const text = repr(self);
  if (text === EXC) return EXC;
  const word = given > expected ? "many" : "few";
  return raise(typeErrorType, concat(`Too ${word} arguments for `, text, `; actual ${given}, expected ${expected}`));
}

function replaceIn(items: readonly Value[], params: Value[], values: Value[]): Value[] | Exc {
  const result: Value[] = [];
  for (const item of items) {
    if (item instanceof PyType) {
      result.push(item);
    } else if (item instanceof PyTuple || item instanceof PyList) {
      const inner = replaceIn(item.items, params, values);
      if (inner === EXC) return EXC;
      result.push(item instanceof PyTuple ? newTuple(inner) : newList(inner));
    } else if (replaceOne(item, params, values, result) === EXC) {
      return EXC;
    }
  }
  return result;
}

/** Appends what `item` becomes: one value, or several for an unpacked TypeVarTuple. */
function replaceOne(item: Value, params: Value[], values: Value[], result: Value[]): null | Exc {
  const unpack = isUnpackedTypeVarTuple(item);
  const subst = lookupAttr(item, "__typing_subst__");
  if (unpack === EXC || subst === EXC) return EXC;
  const replaced = subst === undefined ? replaceWithin(item, params, values) : substituted(subst, item, params, values);
  if (replaced === EXC) return EXC;
  if (!unpack) {
    result.push(replaced);
  } else if (replaced instanceof PyTuple) {
    result.push(...replaced.items);
  } else {
    const what = "expected __typing_subst__ of";
    return typeError(`${what} ${typeOf(item).name} objects to return a tuple, not ${typeOf(replaced).name}`);
  }
  return null;
}
function substituted(subst: Value, item: Value, params: Value[], values: Value[]): Value | Exc {
  const at = params.indexOf(item);
  if (at >= 0) return call(subst, [values[at]]);
  // The parameters were noted before the item became one.
  const text = repr(item);
  return text === EXC ? EXC : raise(typeErrorType, concat("type parameter ", text, " not found in __parameters__"));
}
function isUnpackedTypeVarTuple(item: Value): boolean | Exc {
  const flag = lookupAttr(item, "__typing_is_unpacked_typevartuple__");
  return flag === undefined ? false : flag === EXC ? EXC : isTrue(flag);
}

/** Replaces the parameters that `item` has itself, by subscribing it. */
function replaceWithin(item: Value, params: Value[], values: Value[]): Value | Exc {
  const inner = lookupAttr(item, "__parameters__");
  if (inner === EXC) return EXC;
  if (!(inner instanceof PyTuple) || inner.items.length === 0) return item;
  const args: Value[] = [];
  for (const parameter of inner.items) {
    const at = params.indexOf(parameter);
    const value = at < 0 ? parameter : values[at];
    // A TypeVarTuple (the iterable one) takes all of a tuple.
    if (at >= 0 && value instanceof PyTuple && typeOf(parameter).tp_iter !== null) args.push(...value.items);
    else args.push(value);
  }
  return getItem(item, newTuple(args));
}
