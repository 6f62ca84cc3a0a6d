/** Builtins that consume or make iterators. */
import { END, EXC, GT, LT, type KwNames, type Result, type Value } from "../objects/core.ts";
import { fn, rawFn } from "../objects/define.ts";
import { catches, clearException, raiseArgs, typeError, valueError } from "../objects/errors.ts";
import { stopIterationType } from "../objects/exceptions/types.ts";
import { newCallableIterator } from "../objects/iterators/sequence.ts";
import { newFloat } from "../objects/float.ts";
import { doublesIn, newFloatList, newList } from "../objects/list.ts";
import { call } from "../objects/protocol/call.ts";
import { getIter, iterNext, listFromIterable } from "../objects/protocol/iter.ts";
import { compareBool, isCallable, isTrue } from "../objects/protocol/object.ts";
import { typeOf } from "../objects/types.ts";
import { anextWithDefault } from "./anext.ts";
import { keywords, positionalCount, unpackArgs } from "./keywords.ts";
import { sum } from "./sum.ts";

/** all (`want` false stops it) and any (`want` true stops it). */
function search(iterable: Value, want: boolean): boolean | typeof EXC {
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  for (;;) {
    const item = iterNext(iterator);
    if (item === END) return !want;
    const truth = item === EXC ? EXC : isTrue(item);
    if (truth === EXC || truth === want) return truth;
  }
}

function iter(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("iter", args, kwnames, 1, 2) === EXC) return EXC;
  if (args.length === 1) return getIter(args[0]);
  if (!isCallable(args[0])) return typeError("iter(v, w): v must be callable");
  return newCallableIterator(args[0], args[1]);
}
function next(args: Value[], kwnames: KwNames): Result {
  if (unpackArgs("next", args, kwnames, 1, 2) === EXC) return EXC;
  const [iterator] = args;
  if (typeOf(iterator).tp_iternext === null) return typeError(`'${typeOf(iterator).name}' object is not an iterator`);
  const item = typeOf(iterator).tp_iternext!(iterator);
  if (item === END) return args.length === 2 ? args[1] : raiseArgs(stopIterationType);
  if (item === EXC && args.length === 2 && catches(stopIterationType)) {
    clearException();
    return args[1];
  }
  return item;
}

function extreme(name: "min" | "max") {
  const op = name === "min" ? LT : GT;
  return (args: Value[], kwnames: KwNames): Result => {
    const given = positionalCount(args, kwnames);
    if (given === 0) return typeError(`${name} expected at least 1 argument, got 0`);
    const options = kwnames === null ? [] : keywords(name, ["key", "default"], args, kwnames);
    if (options === EXC) return EXC;
    const [key = null, fallback] = options;
    if (given > 1 && fallback !== undefined) {
      return typeError(`Cannot specify a default for ${name}() with multiple positional arguments`);
    }
    if (given === 1 && key === null) {
      const doubles = doublesIn(args[0]);
      if (doubles !== null && doubles.length > 0) return newFloat(extremeDouble(doubles, op === LT));
    }
    const iterator = getIter(given > 1 ? newList(args.slice(0, given)) : args[0]);
    if (iterator === EXC) return EXC;
    return extremeOf(name, op, iterator, key, fallback);
  };
}
/** The first of the smallest, or of the greatest. */
function extremeDouble(doubles: readonly number[], least: boolean): number {
  let best = doubles[0];
  for (let i = 1; i < doubles.length; i++) if (least ? doubles[i] < best : doubles[i] > best) best = doubles[i];
  return best;
}
function extremeOf(
  name: string,
  op: typeof LT | typeof GT,
  iterator: Value,
  key: Value,
  fallback: Value | undefined,
): Result {
  let best: Value | undefined;
  let bestKey: Value = null;
  for (;;) {
    const item = iterNext(iterator);
    if (item === EXC) return EXC;
    if (item === END) break;
    const itemKey = key === null ? item : call(key, [item]);
    if (itemKey === EXC) return EXC;
    if (best !== undefined) {
      const better = compareBool(itemKey, bestKey, op);
      if (better === EXC) return EXC;
      if (!better) continue;
    }
    best = item;
    bestKey = itemKey;
  }
  if (best !== undefined) return best;
  return fallback === undefined ? valueError(`${name}() iterable argument is empty`) : fallback;
}

function sorted(args: Value[], kwnames: KwNames): Result {
  const given = positionalCount(args, kwnames);
  if (given !== 1) return typeError(`sorted expected 1 argument, got ${given}`);
  const doubles = doublesIn(args[0]);
  const items = doubles === null ? listFromIterable(args[0]) : null;
  if (items === EXC) return EXC;
  const list = doubles !== null ? newFloatList(doubles.slice()) : newList(items as Value[]);
  const options = keywords("sort", ["key", "reverse"], args, kwnames);
  if (options === EXC) return EXC;
  const names = kwnames ?? [];
  const sort = sortMethod(list, names, args.slice(1));
  return sort === EXC ? EXC : list;
}
function sortMethod(list: Value, names: readonly string[], values: Value[]): Result {
  const method = typeOf(list).tp_getattro!(list, "sort");
  return method === EXC ? EXC : call(method, values, names.length === 0 ? null : names);
}

function aiter(iterable: Value): Result {
  const { am_aiter } = typeOf(iterable);
  if (am_aiter === null) return typeError(`'${typeOf(iterable).name}' object is not an async iterable`);
  const iterator = am_aiter(iterable);
  if (iterator !== EXC && typeOf(iterator).am_anext === null) {
    return typeError(`aiter() returned not an async iterator of type '${typeOf(iterator).name}'`);
  }
  return iterator;
}
function anext(iterator: Value, fallback?: Value): Result {
  const { am_anext } = typeOf(iterator);
  if (am_anext === null) return typeError(`'${typeOf(iterator).name}' object is not an async iterator`);
  const awaitable = am_anext(iterator);
  return awaitable === EXC || fallback === undefined ? awaitable : anextWithDefault(awaitable, fallback);
}

export const iterationFunctions = () => ({
  all: fn(
    "($module, iterable, /)",
    (o: Value) => search(o, false),
    "Return True if bool(x) is True for all values x in the iterable.",
  ),
  any: fn(
    "($module, iterable, /)",
    (o: Value) => search(o, true),
    "Return True if bool(x) is True for any x in the iterable.",
  ),
  iter: rawFn(iter, "An iterator over an iterable, or one that calls until a sentinel is returned."),
  next: rawFn(next, "Return the next item from the iterator, or the default."),
  min: rawFn(
    extreme("min"),
    "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\n" +
      "The smallest item of an iterable, or of several arguments.",
  ),
  max: rawFn(
    extreme("max"),
    "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\n" +
      "The largest item of an iterable, or of several arguments.",
  ),
  sum: fn(
    "($module, iterable, /, start=0)",
    sum,
    "Return the sum of a 'start' value (default: 0) plus an iterable of numbers.",
  ),
  sorted: rawFn(sorted, "Return a new list containing all items from the iterable in ascending order.").signedAs(
    "($module, iterable, /, *, key=None, reverse=False)",
  ),
  aiter: fn("($module, async_iterable, /)", aiter, "Return an AsyncIterator for an AsyncIterable object."),
  anext: fn(
    "($module, aiterator, default=<unrepresentable>, /)",
    anext,
    "Return the next item from the async iterator.",
  ),
});
