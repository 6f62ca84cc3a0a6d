/** Writes what `__reduce__` gives: how to call for the object, and what to do to it then. */
import { EXC, type Exc, PyType, type Status, type Value } from "../../objects/core.ts";
import { PyDict } from "../../objects/dict.ts";
import { concat } from "../../objects/message.ts";
import { call } from "../../objects/protocol/call.ts";
import { getAttr, isCallable, lookupAttr, repr } from "../../objects/protocol/object.ts";
import { emptyTuple, newTuple, PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { saveReducedItems, saveReducedPairs } from "./batches.ts";
import { noteObject, picklingError, typeText } from "./errors.ts";
import * as op from "./opcodes.ts";
import { imported } from "./registries.ts";
import type { Saver } from "./saver.ts";

/** `reduced`: the items of the tuple that reducing `obj` gave. */
export function saveReduce(saver: Saver, reduced: readonly Value[], obj: Value): Status {
  if (check(reduced) === EXC) return EXC;
  const [func, args, state = null, listItems = null, dictItems = null, stateSetter = null] = reduced;
  if (saveConstruction(saver, func, args as PyTuple, obj) === EXC) return EXC;
  const known = saver.memo.get(obj);
  if (known !== undefined) {
    // Its parts contained the object: it is there already, what was made now goes away.
    saver.out.op(op.POP);
    saver.get(known);
  } else saver.memoize(obj);
  if (listItems !== null && saveReducedItems(saver, listItems, obj) === EXC) return EXC;
  if (dictItems !== null && saveReducedPairs(saver, dictItems, obj) === EXC) return EXC;
  return state === null ? null : saveState(saver, state, stateSetter, obj);
}

const isIterator = (value: Value): boolean => typeOf(value).tp_iternext !== null;

function check(reduced: readonly Value[]): Status {
  const reject = (which: string, wanted: string, given: Value): Exc =>
    picklingError(`${which} item of the tuple returned by __reduce__ must be ${wanted}, not ${typeText(given)}`);
  if (reduced.length < 2 || reduced.length > 6)
    return picklingError("tuple returned by __reduce__ must contain 2 through 6 elements");
  const [func, args, , listItems = null, dictItems = null, stateSetter = null] = reduced;
  if (!isCallable(func)) return reject("first", "callable", func);
  if (!(args instanceof PyTuple)) return reject("second", "a tuple", args);
  if (listItems !== null && !isIterator(listItems)) return reject("fourth", "an iterator", listItems);
  if (dictItems !== null && !isIterator(dictItems)) return reject("fifth", "an iterator", dictItems);
  if (stateSetter !== null && !isCallable(stateSetter)) return reject("sixth", "callable", stateSetter);
  return null;
}

function saveConstruction(saver: Saver, func: Value, args: PyTuple, obj: Value): Status {
  if (saver.protocol >= 2) {
    const name = lookupAttr(func, "__name__");
    if (name === EXC) return EXC;
    const text = name === undefined ? undefined : strValue(name);
    if (text === "__newobj_ex__") return saveNewObjEx(saver, args.items, obj);
    if (text === "__newobj__") return saveNewObj(saver, args.items, obj);
  }
  return saveCall(saver, func, args, obj);
}

function saveCall(saver: Saver, func: Value, args: Value, obj: Value): Status {
  if (saver.save(func) === EXC) return noteObject(obj, "reconstructor");
  if (saver.save(args) === EXC) return noteObject(obj, "reconstructor arguments");
  saver.out.op(op.REDUCE);
  return null;
}

function saveNewObj(saver: Saver, args: readonly Value[], obj: Value): Status {
  if (args.length < 1) return picklingError(`__newobj__ expected at least 1 argument, got ${args.length}`);
  const cls = args[0];
  if (!(cls instanceof PyType))
    return picklingError(`first argument to __newobj__() must be a class, not ${typeText(cls)}`);
  const own = getAttr(obj, "__class__");
  if (own === EXC) return EXC;
  if (own !== cls) {
    const wanted = repr(own);
    const given = wanted === EXC ? EXC : repr(cls);
    if (wanted === EXC || given === EXC) return EXC;
    return picklingError(concat("first argument to __newobj__() must be ", wanted, ", not ", given));
  }
  if (saver.save(cls) === EXC) return noteObject(obj, "class");
  if (saver.save(args.length === 1 ? emptyTuple : newTuple(args.slice(1))) === EXC)
    return noteObject(obj, "__new__ arguments");
  saver.out.op(op.NEWOBJ);
  return null;
}

function saveNewObjEx(saver: Saver, items: readonly Value[], obj: Value): Status {
  if (items.length !== 3) return picklingError(`__newobj_ex__ expected 3 arguments, got ${items.length}`);
  const [cls, args, kwargs] = items;
  if (!(cls instanceof PyType))
    return picklingError(`first argument to __newobj_ex__() must be a class, not ${typeText(cls)}`);
  if (!(args instanceof PyTuple))
    return picklingError(`second argument to __newobj_ex__() must be a tuple, not ${typeText(args)}`);
  if (!(kwargs instanceof PyDict))
    return picklingError(`third argument to __newobj_ex__() must be a dict, not ${typeText(kwargs)}`);
  if (saver.protocol >= 4) {
    if (saver.save(cls) === EXC) return noteObject(obj, "class");
    if (saver.save(args) === EXC || saver.save(kwargs) === EXC) return noteObject(obj, "__new__ arguments");
    saver.out.op(op.NEWOBJ_EX);
    return null;
  }
  // Older protocols know no keyword arguments: a partial of __new__ holds them.
  const partial = imported("functools", "partial");
  const make = partial === EXC ? EXC : getAttr(cls, "__new__");
  if (partial === EXC || make === EXC) return EXC;
  const names = kwargs.keys();
  const bound = call(partial, [make, cls, ...args.items, ...kwargs.values()], names as string[]);
  if (bound === EXC) return EXC;
  return saveCall(saver, bound, emptyTuple, obj);
}

function saveState(saver: Saver, state: Value, setter: Value, obj: Value): Status {
  const { out } = saver;
  if (setter === null) {
    if (saver.save(state) === EXC) return noteObject(obj, "state");
    out.op(op.BUILD);
    return null;
  }
  if (saver.save(setter) === EXC) return noteObject(obj, "state setter");
  if (saver.save(obj) === EXC) return EXC;
  if (saver.save(state) === EXC) return noteObject(obj, "state");
  out.op(op.TUPLE2);
  out.op(op.REDUCE);
  out.op(op.POP);
  return null;
}
