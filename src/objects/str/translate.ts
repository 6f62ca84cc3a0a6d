/** `str.maketrans` and `str.translate`. */
import { EXC, type Result, type Value } from "../core.ts";
import { PyDict, newDict } from "../dict.ts";
import { catches, clearException, typeError, valueError } from "../errors.ts";
import { lookupErrorType } from "../exceptions/types.ts";
import { method, staticMethod } from "../native.ts";
import { getItem } from "../protocol/sequence.ts";
import { dictType, typeOf } from "../types.ts";
import { intValue, strValue } from "../values.ts";
import { strArg, textOf } from "./args.ts";
import { StrBuilder, pointAt } from "./astral.ts";

function makeTrans(x: Value, y?: Value, z?: Value): Result {
  const table = newDict();
  return y === undefined ? fromMapping(table, x) : fromStrings(table, x, y, z);
}

function fromStrings(table: PyDict, x: Value, y: Value, z?: Value): Result {
  const to = strArg(y, "maketrans() argument 2");
  if (to === EXC) return EXC;
  const drop = z === undefined ? "" : strArg(z, "maketrans() argument 3");
  if (drop === EXC) return EXC;
  const from = strValue(x);
  if (from === undefined) return typeError("first maketrans argument must be a string if there is a second argument");
  if (from.length !== to.length) return valueError("the first two maketrans arguments must have equal length");
  for (let i = 0; i < from.length; i++) if (table.set(pointAt(from, i), pointAt(to, i)) === EXC) return EXC;
  for (let i = 0; i < drop.length; i++) if (table.set(pointAt(drop, i), null) === EXC) return EXC;
  return table;
}

function fromMapping(table: PyDict, x: Value): Result {
  if (!(x instanceof PyDict) || typeOf(x) !== dictType) {
    return typeError("if you give only one argument to maketrans it must be a dict");
  }
  for (const [key, value] of x.items()) {
    const text = strValue(key);
    const number = intValue(key);
    let at: Value;
    if (text !== undefined) {
      if (text.length !== 1) return valueError("string keys in translate table must be of length 1");
      at = pointAt(text, 0);
    } else if (number !== undefined) at = key;
    else return typeError("keys in translate table must be strings or integers");
    if (table.set(at, value) === EXC) return EXC;
  }
  return table;
}

/** What one character becomes: pushed on `out`. `memo` remembers the answers of the table. */
function translatePoint(out: StrBuilder, point: number, table: Value, memo: Map<number, Value | undefined>): boolean {
  let mapped: Value | undefined;
  if (memo.has(point)) mapped = memo.get(point);
  else {
    const found = getItem(table, point);
    if (found === EXC) {
      if (!catches(lookupErrorType)) return false;
      clearException();
    } else mapped = found;
    // Exact dicts answer the same again; others may not.
    if (typeOf(table) === dictType) memo.set(point, mapped);
  }
  if (mapped === undefined) out.pushPoint(point);
  else if (mapped !== null) {
    const number = intValue(mapped);
    if (number !== undefined) {
      if (number < 0 || number > 0x10ffff) {
        valueError("character mapping must be in range(0x110000)");
        return false;
      }
      out.pushPoint(number as number);
      return true;
    }
    const text = strValue(mapped);
    if (text === undefined) {
      typeError("character mapping must return integer, None or str");
      return false;
    }
    out.push(text);
  }
  return true;
}

/** The replacement that an exact dict has for `point`: undefined for none, NaN where it takes the general way. */
function plainReplacement(table: PyDict, point: number): string | undefined | number {
  const mapped = table.get(point);
  if (mapped === EXC) {
    clearException();
    return Number.NaN;
  }
  if (mapped === undefined || mapped === null) return mapped === null ? "" : undefined;
  if (typeof mapped === "string") return mapped;
  return typeof mapped === "number" && mapped >= 0 && mapped <= 0xffff ? String.fromCharCode(mapped) : Number.NaN;
}
/** Text of the BMP through an exact dict with plain answers: what stays is taken in runs. undefined: the general way. */
function translateRuns(text: string, table: PyDict): string | undefined {
  const known = new Map<number, string | undefined | number>();
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.charCodeAt(i);
    let replacement = known.get(point);
    if (replacement === undefined && !known.has(point)) {
      replacement = plainReplacement(table, point);
      known.set(point, replacement);
    }
    if (replacement === undefined) continue;
    if (typeof replacement === "number") return undefined;
    parts.push(text.slice(start, i), replacement);
    start = i + 1;
  }
  return start === 0 ? text : parts.join("") + text.slice(start);
}

function translate(self: Value, table: Value): Result {
  const text = textOf(self);
  if (typeof text === "string" && typeOf(table) === dictType) {
    const done = translateRuns(text, table as PyDict);
    if (done !== undefined) return done;
  }
  const out = new StrBuilder();
  const memo = new Map<number, Value | undefined>();
  for (let i = 0; i < text.length; i++) if (!translatePoint(out, pointAt(text, i), table, memo)) return EXC;
  return out.build();
}

export const translateMethods = () => ({
  maketrans: staticMethod(
    "(x, y=<unrepresentable>, z=<unrepresentable>, /)",
    makeTrans,
    "Return a translation table usable for str.translate().",
  ),
  translate: method("($self, table, /)", translate, "Replace each character using the given translation table."),
});
