/** Reads JSON values out of a text: the work of `_json.Scanner`. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { dictFromEntries, newDict, type PyDict } from "../../objects/dict.ts";
import { attempt, raiseArgs } from "../../objects/errors.ts";
import { stopIterationType } from "../../objects/exceptions/types.ts";
import { newFloat } from "../../objects/float.ts";
import { newList } from "../../objects/list.ts";
import { parseInteger } from "../../objects/numeric/int-text.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { enterRecursive, leaveRecursive } from "../../objects/recursion.ts";
import { rt } from "../../objects/runtime.ts";
import { type Str, strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { floatType, intType } from "../../objects/types.ts";
import { decodeError } from "./errors.ts";
import { type KeyNode, KeyTrie } from "./key-trie.ts";
import { scanString, StringFault } from "./strings.ts";

/** What the decoder object asks for. */
export interface Hooks {
  readonly strict: boolean;
  readonly objectHook: Value;
  readonly objectPairsHook: Value;
  readonly parseFloat: Value;
  readonly parseInt: Value;
  readonly parseConstant: Value;
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** One reading of one text. Positions inside are those of JavaScript's text; `end` and errors are translated. */
export class Reader {
  private stop = 0;
  private readonly units: string;
  private readonly isAstral: boolean;
  private readonly trie = new KeyTrie();

  constructor(
    private readonly hooks: Hooks,
    private readonly text: Str,
  ) {
    this.units = strToJs(text);
    this.isAstral = typeof text !== "string";
  }

  /** The index after what was read last. */
  get end(): number {
    return this.pointIndex(this.stop);
  }

  /** Reads the value that begins exactly at `index`. */
  read(index: number): Result {
    if (!this.isAstral) return this.value(index);
    let unit = 0;
    for (let i = 0; i < index; i++) unit += (this.units.codePointAt(unit) as number) > 0xffff ? 2 : 1;
    return this.value(unit);
  }

  private pointIndex(unit: number): number {
    if (!this.isAstral) return unit;
    let points = 0;
    for (let i = 0; i < unit; points++) i += (this.units.codePointAt(i) as number) > 0xffff ? 2 : 1;
    return points;
  }

  private fail(message: string, at: number): Exc {
    return decodeError(message, this.text, this.pointIndex(at));
  }

  private skipSpace(index: number): number {
    const { units } = this;
    for (;;) {
      const c = units.charCodeAt(index);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return index;
      index++;
    }
  }

  private value(index: number): Result {
    const { units } = this;
    switch (units.charCodeAt(index)) {
      case 34: // "
        return this.string(index + 1);
      case 123: {
        // {
        if (enterRecursive(" while decoding a JSON object from a unicode string")) return EXC;
        const result = this.object(index + 1);
        leaveRecursive();
        return result;
      }
      case 91: {
        // [
        if (enterRecursive(" while decoding a JSON array from a unicode string")) return EXC;
        const result = this.array(index + 1);
        leaveRecursive();
        return result;
      }
      case 110: // n
        if (units.startsWith("null", index)) return this.done(null, index + 4);
        break;
      case 116: // t
        if (units.startsWith("true", index)) return this.done(true, index + 4);
        break;
      case 102: // f
        if (units.startsWith("false", index)) return this.done(false, index + 5);
        break;
      case 78: // N
        if (units.startsWith("NaN", index)) return this.constant("NaN", index);
        break;
      case 73: // I
        if (units.startsWith("Infinity", index)) return this.constant("Infinity", index);
        break;
      case 45: // -
        if (units.startsWith("-Infinity", index)) return this.constant("-Infinity", index);
        break;
    }
    return this.number(index);
  }

  private done(value: Value, stop: number): Value {
    this.stop = stop;
    return value;
  }
  private constant(name: string, index: number): Result {
    const stop = index + name.length;
    const result = call1(this.hooks.parseConstant, name);
    this.stop = stop;
    return result;
  }

  private string(start: number): Result {
    const { units } = this;
    for (let i = start; ; i++) {
      const c = units.charCodeAt(i);
      if (c === 34) {
        this.stop = i + 1;
        const text = units.substring(start, i);
        return this.isAstral ? strFromJs(text) : text;
      }
      // A backslash, a control character, or the end of the text.
      if (c === 92 || c < 32 || c !== c) return this.oddString(start);
    }
  }

  private oddString(start: number): Result {
    try {
      const { value, end } = scanString(this.units, start, this.hooks.strict);
      this.stop = end;
      return this.isAstral ? strFromJs(strToJs(value)) : value;
    } catch (fault) {
      if (fault instanceof StringFault) return this.fail(fault.message, fault.at);
      throw fault;
    }
  }

  private number(start: number): Result {
    const { units, hooks } = this;
    let index = start;
    let c = units.charCodeAt(index);
    const isNegative = c === 45;
    if (isNegative) c = units.charCodeAt(++index);
    const digits = index;
    let small = 0;
    if (c === 48) c = units.charCodeAt(++index);
    else if (c >= 49 && c <= 57) {
      do {
        small = small * 10 + c - 48;
        c = units.charCodeAt(++index);
      } while (c >= 48 && c <= 57);
    } else return raiseArgs(stopIterationType, this.pointIndex(start));
    const intEnd = index;
    if (c === 46 && isDigit(units.charCodeAt(index + 1))) {
      index += 2;
      while (isDigit(units.charCodeAt(index))) index++;
      c = units.charCodeAt(index);
    }
    if (c === 101 || c === 69) {
      let e = index + 1;
      const sign = units.charCodeAt(e);
      if (sign === 43 || sign === 45) e++;
      if (isDigit(units.charCodeAt(e))) {
        while (isDigit(units.charCodeAt(e))) e++;
        index = e;
      }
    }
    this.stop = index;
    if (index > intEnd) {
      const text = units.substring(start, index);
      return hooks.parseFloat === floatType ? newFloat(Number(text)) : this.keepStop(call1(hooks.parseFloat, text));
    }
    if (hooks.parseInt !== intType) return this.keepStop(call1(hooks.parseInt, units.substring(start, intEnd)), intEnd);
    if (intEnd - digits <= 15) return isNegative && small !== 0 ? -small : small;
    return attempt(() => parseInteger(units.substring(start, intEnd), 10, rt.intMaxStrDigits)) as Result;
  }
  /** A hook has run, which may have read with this scanner: not with this reader, so nothing is lost. */
  private keepStop(result: Result, stop = this.stop): Result {
    this.stop = stop;
    return result;
  }

  private array(index: number): Result {
    const { units } = this;
    const items: Value[] = [];
    index = this.skipSpace(index);
    if (units.charCodeAt(index) === 93) return this.done(newList(items), index + 1);
    for (;;) {
      const item = this.value(index);
      if (item === EXC) return EXC;
      items.push(item);
      index = this.skipSpace(this.stop);
      const c = units.charCodeAt(index);
      if (c === 93) return this.done(newList(items), index + 1);
      if (c !== 44) return this.fail("Expecting ',' delimiter", index);
      const comma = index;
      index = this.skipSpace(index + 1);
      if (units.charCodeAt(index) === 93) return this.fail("Illegal trailing comma before end of array", comma);
    }
  }

  private object(index: number): Result {
    const { units } = this;
    const values: Value[] = [];
    let node: KeyNode | null = this.trie.root;
    /** The keys, once they are not in the trie; then `pairs` in order. */
    let keys: Value[] | null = null;
    index = this.skipSpace(index);
    if (units.charCodeAt(index) !== 125) {
      for (;;) {
        if (units.charCodeAt(index) !== 34)
          return this.fail("Expecting property name enclosed in double quotes", index);
        const likely: KeyNode | null = node === null ? null : node.likely;
        if (likely !== null && this.isKeyAt(likely.key, index + 1)) {
          node = likely;
          this.stop = index + likely.key.length + 2;
        } else {
          const key = this.string(index + 1);
          if (key === EXC) return EXC;
          const next: KeyNode | null = node === null || typeof key !== "string" ? null : node.follow(key);
          if (next === null || next.names === null) {
            keys ??= [...((node as KeyNode).names as readonly string[])];
            keys.push(key);
            node = null;
          } else node = next;
        }
        index = this.skipSpace(this.stop);
        if (units.charCodeAt(index) !== 58) return this.fail("Expecting ':' delimiter", index);
        const value = this.value(this.skipSpace(index + 1));
        if (value === EXC) return EXC;
        values.push(value);
        index = this.skipSpace(this.stop);
        const c = units.charCodeAt(index);
        if (c === 125) break;
        if (c !== 44) return this.fail("Expecting ',' delimiter", index);
        const comma = index;
        index = this.skipSpace(index + 1);
        if (units.charCodeAt(index) === 125) return this.fail("Illegal trailing comma before end of object", comma);
      }
    }
    return this.finishObject(keys ?? ((node as KeyNode).names as readonly string[]), values, keys === null, index + 1);
  }

  private isKeyAt(key: string, at: number): boolean {
    return !this.isAstral && this.units.startsWith(key, at) && this.units.charCodeAt(at + key.length) === 34;
  }

  private finishObject(keys: readonly Value[], values: Value[], isShared: boolean, stop: number): Result {
    const { hooks } = this;
    let result: Result;
    if (hooks.objectPairsHook !== null)
      result = call1(hooks.objectPairsHook, newList(keys.map((key, i) => newTuple([key, values[i]]))));
    else {
      const dict = isShared ? dictFromEntries(keys as readonly string[], values) : dictOf(keys, values);
      if (dict === EXC) return EXC;
      result = hooks.objectHook === null ? dict : call1(hooks.objectHook, dict);
    }
    this.stop = stop;
    return result;
  }
}

function dictOf(keys: readonly Value[], values: readonly Value[]): PyDict | Exc {
  const dict = newDict();
  for (let i = 0; i < keys.length; i++) if (dict.set(keys[i], values[i]) === EXC) return EXC;
  return dict;
}
