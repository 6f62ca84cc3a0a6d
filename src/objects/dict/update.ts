/** Filling a dict from mappings and iterables of pairs: `dict.update`, `dict(…)`, `|=`, `{**m}`. */
import { END, EXC, type KwNames, type Status, type Value } from "../core.ts";
import { catches, clearException, runtimeError, typeError, valueError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { PyDict } from "../dict.ts";
import { callMethod } from "../protocol/call.ts";
import { getIter, iterNext, listFromIterable } from "../protocol/iter.ts";
import { lookupAttr } from "../protocol/object.ts";
import { getItem } from "../protocol/sequence.ts";
import { rt } from "../runtime.ts";
import { dictType, typeOf } from "../types.ts";
import { PyList, newList } from "../list.ts";

/** `self.update(*args, **kwargs)`, at most one positional argument; `name` is what the caller calls itself. */
export function updateFromArgs(self: PyDict, name: string, args: Value[], kwnames: KwNames): Status {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length);
  if (positional > 1) return typeError(`${name} expected at most 1 argument, got ${positional}`);
  if (positional === 1 && updateFrom(self, args[0]) === EXC) return EXC;
  if (kwnames !== null) for (let i = 0; i < kwnames.length; i++) self.setStr(kwnames[i], args[positional + i]);
  return null;
}

/** Adds what a mapping or an iterable of pairs holds. */
export function updateFrom(self: PyDict, source: Value): Status {
  if (source instanceof PyDict && typeOf(source) === dictType) return mergeDict(self, source);
  const keys = lookupAttr(source, "keys");
  if (keys === EXC) return EXC;
  return keys === undefined ? updateFromPairs(self, source) : mergeMapping(self, source);
}

/** Adds the entries of a mapping (something with `keys`), replacing values. */
export function mergeMapping(self: PyDict, source: Value): Status {
  if (source instanceof PyDict && source.shape.cls.tp_iter === dictType.tp_iter) return mergeDict(self, source);
  const keys = callMethod(source, "keys");
  if (keys === EXC) return EXC;
  const iterator = getIter(keys);
  if (iterator === EXC) return EXC;
  for (;;) {
    const key = iterNext(iterator);
    if (key === END) return null;
    if (key === EXC) return EXC;
    const value = getItem(source, key);
    if (value === EXC || self.set(key, value) === EXC) return EXC;
  }
}

/** Adds the entries of a dict, whatever `keys` and `__getitem__` its class has. */
export function mergeDict(self: PyDict, source: PyDict): Status {
  if (source === self || source.size === 0) return null;
  if (self.size === 0) {
    self.copyFrom(source);
    return null;
  }
  const { keysVersion } = source;
  for (let i = source.next(-1); i >= 0; i = source.next(i)) {
    if (self.set(source.keyAt(i), source.valueAt(i)) === EXC) return EXC;
    if (source.keysVersion !== keysVersion) return runtimeError("dict mutated during update");
  }
  return null;
}

/** Adds pairs; with `override` false a key that is there keeps its value. */
export function updateFromPairs(self: PyDict, pairs: Value, override = true): Status {
  const iterator = getIter(pairs);
  if (iterator === EXC) return EXC;
  for (let n = 0; ; n++) {
    const item = iterNext(iterator);
    if (item === END) return null;
    if (item === EXC) return EXC;
    const pair = pairOf(item);
    if (pair === EXC) return describeElement(n);
    if (pair.length !== 2) {
      return valueError(`dictionary update sequence element #${n} has length ${pair.length}; 2 is required`);
    }
    if (!override) {
      const present = self.has(pair[0]);
      if (present === EXC) return EXC;
      if (present) continue;
    }
    if (self.set(pair[0], pair[1]) === EXC) return EXC;
  }
}

function pairOf(item: Value): Value[] | typeof EXC {
  const iterator = getIter(item);
  if (iterator !== EXC) return listFromIterable(iterator);
  if (!catches(typeErrorType)) return EXC;
  clearException();
  return typeError("object is not iterable");
}

/** The TypeError of an element that is no sequence gets a note saying which element it was. */
function describeElement(index: number): typeof EXC {
  if (!catches(typeErrorType)) return EXC;
  const exc = rt.exc as NonNullable<typeof rt.exc>;
  clearException();
  const note = `Cannot convert dictionary update sequence element #${index} to a sequence`;
  const dict = exc.getDict(true);
  const notes = dict?.getStr("__notes__");
  if (notes instanceof PyList) notes.items.push(note);
  else dict?.setStr("__notes__", newList([note]));
  rt.exc = exc;
  return EXC;
}
