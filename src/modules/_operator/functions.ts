/** The functions of `operator` that are more than one of the protocols' operations. */
import { EXC, type KwNames, type Result, type Value, END } from "../../objects/core.ts";
import { bytesLike, hasBuffer } from "../../objects/buffer.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { call } from "../../objects/protocol/call.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { add, inplaceAdd } from "../../objects/protocol/number.ts";
import { equals, lengthHint } from "../../objects/protocol/object.ts";
import { isAscii } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";

/** `a + b` for sequences (`PySequence_Concat`). */
function checkSequence(a: Value, b: Value): boolean {
  const type = typeOf(a);
  // Classes written in Python have only number slots: they must at least look like sequences.
  return type.sq_concat !== null || typeof a === "string" || (type.sq_item !== null && typeOf(b).sq_item !== null);
}
export function concat(a: Value, b: Value): Result {
  return checkSequence(a, b) ? add(a, b) : typeError(`'${typeOf(a).name}' object can't be concatenated`);
}
export function inplaceConcat(a: Value, b: Value): Result {
  return checkSequence(a, b) ? inplaceAdd(a, b) : typeError(`'${typeOf(a).name}' object can't be concatenated`);
}

function search(a: Value, b: Value, firstOnly: boolean): number | typeof EXC {
  const type = typeOf(a);
  if (type.tp_iter === null && type.sq_item === null) {
    return typeError(`argument of type '${type.name}' is not iterable`);
  }
  const iterator = getIter(a);
  if (iterator === EXC) return EXC;
  let count = 0;
  for (let i = 0; ; i++) {
    const value = iterNext(iterator);
    if (value === EXC) return EXC;
    if (value === END) return firstOnly ? valueError("sequence.index(x): x not in sequence") : count;
    const same = equals(value, b);
    if (same === EXC) return EXC;
    if (!same) continue;
    if (firstOnly) return i;
    count++;
  }
}
export const countOf = (a: Value, b: Value): Result => search(a, b, false);
export const indexOf = (a: Value, b: Value): Result => search(a, b, true);

export function hintOfLength(obj: Value, fallback: Value = 0): Result {
  const n = asSize(fallback);
  return n === EXC ? EXC : lengthHint(obj, n);
}

export function callObject(args: Value[], kwnames: KwNames): Result {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given === 0) return typeError("call expected at least 1 argument, got 0");
  return call(args[0], args.slice(1), kwnames);
}

/** Equality in a time that does not tell where the difference is. */
export function compareDigest(a: Value, b: Value): Result {
  const s = strValue(a);
  const t = strValue(b);
  if (s !== undefined && t !== undefined) {
    if (!isAscii(s) || !isAscii(t)) return typeError("comparing strings with non-ASCII characters is not supported");
    return sameText(s as string, t as string);
  }
  for (const value of [a, b]) {
    if (!hasBuffer(value)) return typeError(`a bytes-like object is required, not '${typeOf(value).name}'`);
  }
  const x = bytesLike(a);
  if (x === EXC) return EXC;
  const y = bytesLike(b);
  return y === EXC ? EXC : sameText(x, y);
}
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i % Math.max(1, a.length)) ^ b.charCodeAt(i);
  return difference === 0;
}
