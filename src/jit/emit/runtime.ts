/** What emitted code calls by name. */
import { isSame } from "../../objects/identity.ts";
import { ListIterator, type RangeIterator, TupleIterator } from "../../interp/fast-iterators.ts";
import { PyBuiltin } from "../../objects/builtin.ts";
import { PyCell } from "../../objects/cell.ts";
import { END, EXC, type PyObject, type Value } from "../../objects/core.ts";
import { type PyDict, dictFromEntries } from "../../objects/dict.ts";
import { isStranger } from "../../objects/dict/strangers.ts";
import { newComplex } from "../../objects/complex.ts";
import { newFloat } from "../../objects/float.ts";
import { add, mod, mul, sub } from "../../objects/numeric/int-math.ts";
import { hypot } from "../../objects/numeric/libm-core.ts";
import { correctPow } from "../../objects/numeric/pow.ts";
import { PyFunction } from "../../objects/function.ts";
import { newInstance } from "../../objects/instance.ts";
import { type PyList, listOf, newEmptyList, newFloatList, newList } from "../../objects/list.ts";
import { boxDoubles } from "../../objects/list/doubles.ts";
import { PyMethod, newMethod } from "../../objects/method.ts";
import { newSlice } from "../../objects/slice.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { frameReturns, frameYields, keepFrame } from "../deopt/leave.ts";
import { takeHere, takePending, unwindTo } from "../deopt/unwind.ts";
import { raiseVarargs } from "../../interp/exceptions.ts";
import { baseExceptionNew } from "../../objects/exceptions/base-exception.ts";
import { handledException, raiseObject } from "../../objects/errors.ts";
import { POWERS, wideAnd, wideOr, wideXor } from "./wide-ints.ts";
import { finishGenerator, suspendGenerator } from "../../interp/leave.ts";
import { makeGenerator } from "../../interp/generators.ts";
import { framePlain } from "../../interp/push-frame.ts";
import { endGenerator, linkGenerator, unlinkGenerator } from "./generators.ts";
import { enterFrame, finishCall } from "./python-call.ts";
import { searchScalar } from "./search.ts";

/** Floor modulo, Python's `%`, of safe integers; `b` is not zero. */
function remainder(a: number, b: number): number {
  const r = a % b;
  return r !== 0 && r < 0 !== b < 0 ? r + b : r + 0;
}
function rangeNext(it: RangeIterator): number {
  it.remaining--;
  const value = it.current;
  it.current = value + it.step;
  return value;
}
/** `a ** b` where it is a finite float by the ordinary way; NaN where it is an error, complex or not finite. */
function powerOf(a: number, b: number): number {
  if (!(a > 0)) return Number.NaN;
  const result = correctPow(a, b);
  return result - result === 0 ? result : Number.NaN;
}
/** A function of the same code, globals and defaults, and without keyword-only ones. */
function isLike(f: Value, like: Pick<PyFunction, "code" | "globals" | "defaults">): boolean {
  if (!(f instanceof PyFunction) || f.code !== like.code || f.globals !== like.globals || f.kwdefaults !== null)
    return false;
  const { defaults } = f;
  if (defaults === like.defaults) return true;
  if (defaults === null || like.defaults === null || defaults.length !== like.defaults.length) return false;
  for (let i = 0; i < defaults.length; i++) if (defaults[i] !== like.defaults[i]) return false;
  return true;
}
function hasKeys(dict: PyDict, names: readonly string[]): boolean {
  if (dict.size !== names.length) return false;
  if (names.length === 0) return true;
  const keys = dict.strKeys();
  return keys.length === names.length && names.every((name, i) => keys[i] === name);
}
function ownAttribute(owner: PyObject, name: string): Value | undefined {
  const dict = owner.getDict(false);
  return dict === undefined || dict === null ? undefined : (dict as PyDict).getStr(name);
}
function keywordDict(names: readonly string[], values: Value[]): Value {
  return dictFromEntries(names, values);
}

/** NaN cannot be kept raw. */
function listOfDoubles(doubles: number[]): PyList {
  return doubles.some(Number.isNaN) ? newList(boxDoubles(doubles)) : newFloatList(doubles);
}
function listOfValues(values: Value[]): PyList {
  return listOf(values, 0, values.length);
}

export const RUNTIME: Readonly<Record<string, unknown>> = {
  END,
  EXC,
  POWERS,
  PyBuiltin,
  PyCell,
  PyFunction,
  PyMethod,
  addLarge: add,
  multiplyLarge: mul,
  remainderLarge: mod,
  subtractLarge: sub,
  ListIterator,
  TupleIterator,
  baseExceptionNew,
  enterFrame,
  finishCall,
  finishGenerator,
  suspendGenerator,
  framePlain,
  frameReturns,
  handledException,
  hasKeys,
  hypot,
  frameYields,
  endGenerator,
  linkGenerator,
  makeGenerator,
  unlinkGenerator,
  isLike,
  isSame,
  isStranger,
  keepFrame,
  keywordDict,
  listOfDoubles,
  listOfValues,
  newComplex,
  newEmptyList,
  newFloat,
  newInstance,
  newList,
  newMethod,
  newSlice,
  newTuple,
  ownAttribute,
  powerOf,
  raiseObject,
  raiseVarargs,
  rangeNext,
  remainder,
  searchScalar,
  takeHere,
  takePending,
  typeOf,
  unwindTo,
  wideAnd,
  wideOr,
  wideXor,
};
