/** `functools.reduce`. */
import { END, EXC, type Result, type Value } from "../../objects/core.ts";
import { catches, clearException, typeError } from "../../objects/errors.ts";
import { typeErrorType } from "../../objects/exceptions/types.ts";
import { call2 } from "../../objects/protocol/call.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";

export function reduce(func: Value, iterable: Value, initial?: Value): Result {
  const iterator = getIter(iterable);
  if (iterator === EXC) {
    if (!catches(typeErrorType)) return EXC;
    clearException();
    return typeError("reduce() arg 2 must support iteration");
  }
  let result = initial;
  for (;;) {
    const value = iterNext(iterator);
    if (value === EXC) return EXC;
    if (value === END) break;
    if (result === undefined) {
      result = value;
      continue;
    }
    const combined = call2(func, result, value);
    if (combined === EXC) return EXC;
    result = combined;
  }
  return result ?? (result === null ? null : typeError("reduce() of empty iterable with no initial value"));
}
