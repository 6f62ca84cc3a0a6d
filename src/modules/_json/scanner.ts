/** `_json.Scanner` (`make_scanner`): reads one JSON value from a str. */
import { EXC, type Exc, PyObject, type PyType, type Result, type Value } from "../../objects/core.ts";
import { newType, parseArgs, signature } from "../../objects/define.ts";
import { newDict } from "../../objects/dict.ts";
import { attempt, raiseArgs, typeError, valueError } from "../../objects/errors.ts";
import { stopIterationType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { newList } from "../../objects/list.ts";
import { parseInteger } from "../../objects/numeric/int-text.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { getAttr, isTrue } from "../../objects/protocol/object.ts";
import { enterRecursive, leaveRecursive } from "../../objects/recursion.ts";
import { rt } from "../../objects/runtime.ts";
import { type Str, strSlice, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { floatType, intType, typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import type { KwNames } from "../../objects/core.ts";
import { asSsize } from "../support/arguments.ts";
import { decodeError } from "./errors.ts";
import { scanString, StringFault } from "./strings.ts";

class PyScanner extends PyObject {
  constructor(
    cls: PyType,
    readonly strict: boolean,
    readonly objectHook: Value,
    readonly objectPairsHook: Value,
    readonly parseFloat: Value,
    readonly parseInt: Value,
    readonly parseConstant: Value,
  ) {
    super(cls.shapes);
  }
}

/** One reading of one text. `end` is the index after what was read last. */
class Reader {
  end = 0;
  /** Set when the text is a JavaScript string, which it nearly always is. */
  private readonly units: string;
  private readonly length: number;

  constructor(
    private readonly scanner: PyScanner,
    private readonly text: Str,
  ) {
    this.units = typeof text === "string" ? text : "";
    this.length = text.length;
  }

  private at(index: number): number {
    if (index >= this.length) return -1;
    return this.text === this.units ? this.units.charCodeAt(index) : (this.text as Exclude<Str, string>).points[index];
  }

  private skipSpace(index: number): number {
    for (;;) {
      const c = this.at(index);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return index;
      index++;
    }
  }

  private fail(message: string, at: number): Exc {
    return decodeError(message, this.text, at);
  }

  /** Reads the value that begins exactly at `index`. */
  value(index: number): Result {
    switch (this.at(index)) {
      case 34: // "
        return this.string(index + 1);
      case 123: // {
        if (enterRecursive(" while decoding a JSON object from a unicode string")) return EXC;
        try {
          return this.object(index + 1);
        } finally {
          leaveRecursive();
        }
      case 91: // [
        if (enterRecursive(" while decoding a JSON array from a unicode string")) return EXC;
        try {
          return this.array(index + 1);
        } finally {
          leaveRecursive();
        }
      case 110: // n
        if (this.startsWith("null", index)) return this.done(null, index + 4);
        break;
      case 116: // t
        if (this.startsWith("true", index)) return this.done(true, index + 4);
        break;
      case 102: // f
        if (this.startsWith("false", index)) return this.done(false, index + 5);
        break;
      case 78: // N
        if (this.startsWith("NaN", index)) return this.constant("NaN", index + 3);
        break;
      case 73: // I
        if (this.startsWith("Infinity", index)) return this.constant("Infinity", index + 8);
        break;
      case 45: // -
        if (this.startsWith("-Infinity", index)) return this.constant("-Infinity", index + 9);
        break;
    }
    return this.number(index);
  }

  private done(value: Value, end: number): Value {
    this.end = end;
    return value;
  }
  private startsWith(word: string, index: number): boolean {
    for (let i = 0; i < word.length; i++) if (this.at(index + i) !== word.charCodeAt(i)) return false;
    return true;
  }
  private constant(name: string, end: number): Result {
    this.end = end;
    return call1(this.scanner.parseConstant, name);
  }

  private string(start: number): Result {
    try {
      const { value, end } = scanString(this.text, start, this.scanner.strict);
      this.end = end;
      return value;
    } catch (fault) {
      if (fault instanceof StringFault) return this.fail(fault.message, fault.at);
      throw fault;
    }
  }

  private number(start: number): Result {
    let index = start;
    let c = this.at(index);
    const isNegative = c === 45;
    if (isNegative) c = this.at(++index);
    let small = 0;
    const digits = index;
    if (c === 48) c = this.at(++index);
    else if (c >= 49 && c <= 57) {
      for (; c >= 48 && c <= 57; c = this.at(++index)) small = small * 10 + c - 48;
    } else return raiseArgs(stopIterationType, start);
    const intEnd = index;
    let isFloat = false;
    if (c === 46 && isDigit(this.at(index + 1))) {
      isFloat = true;
      index += 2;
      while (isDigit((c = this.at(index)))) index++;
    }
    if (c === 101 || c === 69) {
      let e = index + 1;
      const sign = this.at(e);
      if (sign === 43 || sign === 45) e++;
      if (isDigit(this.at(e))) {
        isFloat = true;
        while (isDigit(this.at(e))) e++;
        index = e;
      }
    }
    this.end = index;
    const { scanner } = this;
    if (isFloat) {
      const text = this.slice(start, index);
      return scanner.parseFloat === floatType ? newFloat(Number(text)) : call1(scanner.parseFloat, text);
    }
    if (scanner.parseInt !== intType) return call1(scanner.parseInt, this.slice(start, intEnd));
    if (intEnd - digits <= 15) return isNegative && small !== 0 ? -small : small;
    return attempt(() => parseInteger(this.slice(start, intEnd), 10, rt.intMaxStrDigits)) as Result;
  }

  private slice(start: number, end: number): string {
    return strToJs(strSlice(this.text, start, end));
  }

  private array(index: number): Result {
    const items: Value[] = [];
    index = this.skipSpace(index);
    if (this.at(index) === 93) return this.done(newList(items), index + 1);
    for (;;) {
      const item = this.value(index);
      if (item === EXC) return EXC;
      items.push(item);
      index = this.skipSpace(this.end);
      const c = this.at(index);
      if (c === 93) return this.done(newList(items), index + 1);
      if (c !== 44) return this.fail("Expecting ',' delimiter", index);
      const comma = index;
      index = this.skipSpace(index + 1);
      if (this.at(index) === 93) return this.fail("Illegal trailing comma before end of array", comma);
    }
  }

  private object(index: number): Result {
    const { scanner } = this;
    const asPairs = scanner.objectPairsHook !== null;
    const pairs: Value[] = [];
    const dict = newDict();
    index = this.skipSpace(index);
    if (this.at(index) !== 125) {
      for (;;) {
        if (this.at(index) !== 34) return this.fail("Expecting property name enclosed in double quotes", index);
        const key = this.string(index + 1);
        if (key === EXC) return EXC;
        index = this.skipSpace(this.end);
        if (this.at(index) !== 58) return this.fail("Expecting ':' delimiter", index);
        const value = this.value(this.skipSpace(index + 1));
        if (value === EXC) return EXC;
        if (asPairs) pairs.push(newTuple([key, value]));
        else if (dict.set(key, value) === EXC) return EXC;
        index = this.skipSpace(this.end);
        const c = this.at(index);
        if (c === 125) break;
        if (c !== 44) return this.fail("Expecting ',' delimiter", index);
        const comma = index;
        index = this.skipSpace(index + 1);
        if (this.at(index) === 125) return this.fail("Illegal trailing comma before end of object", comma);
      }
    }
    const end = index + 1;
    let result: Result = dict;
    if (asPairs) result = call1(scanner.objectPairsHook, newList(pairs));
    else if (scanner.objectHook !== null) result = call1(scanner.objectHook, dict);
    this.end = end;
    return result;
  }
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

const NEW = signature("(context)");
const CALL = signature("(string, idx)");

function scannerNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "make_scanner", args, kwnames);
  if (bound === EXC) return EXC;
  const context = bound[0] as Value;
  const fields: Value[] = [];
  for (const name of ["strict", "object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant"]) {
    const field = getAttr(context, name);
    if (field === EXC) return EXC;
    fields.push(field);
  }
  const strict = isTrue(fields[0]);
  if (strict === EXC) return EXC;
  return new PyScanner(cls, strict, fields[1], fields[2], fields[3], fields[4], fields[5]);
}

function scannerCall(self: PyScanner, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(CALL, "scan_once", args, kwnames);
  if (bound === EXC) return EXC;
  const index = asSsize(bound[1] as Value);
  if (index === EXC) return EXC;
  const text = strValue(bound[0] as Value);
  if (text === undefined) return typeError(`first argument must be a string, not ${typeOf(bound[0] as Value).name}`);
  if (index < 0) return valueError("idx cannot be negative");
  if (index >= text.length) return raiseArgs(stopIterationType, index);
  const reader = new Reader(self, text);
  const value = reader.value(index);
  return value === EXC ? EXC : newTuple([value, reader.end]);
}

export const scannerType = newType("Scanner", {
  module: "_json",
  doc: "JSON scanner object",
  slots: { tp_new: scannerNew, tp_call: scannerCall },
  members: () => ({
    strict: (self: PyScanner) => self.strict,
    object_hook: (self: PyScanner) => self.objectHook,
    object_pairs_hook: (self: PyScanner) => self.objectPairsHook,
    parse_float: (self: PyScanner) => self.parseFloat,
    parse_int: (self: PyScanner) => self.parseInt,
    parse_constant: (self: PyScanner) => self.parseConstant,
  }),
});
