/** The type codes of arrays: how an item of each is read and written. */
import type { Kind } from "../../objects/array.ts";
import { EXC, type Exc, type Int, type Value } from "../../objects/core.ts";
import { overflowError, throwPending, typeError, valueError } from "../../objects/errors.ts";
import { newFloat, PyFloat } from "../../objects/float.ts";
import { asDouble, asIndex } from "../../objects/protocol/convert.ts";
import { pointAt, strFromPoint } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";

function intOf(value: Value): Int | Exc {
  return typeof value === "number" ? value : asIndex(value);
}

/** What is said of values out of range. */
interface Range {
  low: number;
  high: number;
  belowMessage: string;
  aboveMessage: string;
}

/* @__NO_SIDE_EFFECTS__ */
function smallKind(code: string, size: number, machine: number, range: Range, view: Kind["view"]): Kind {
  return {
    code,
    size,
    machine,
    format: code,
    view,
    get: (items, index) => items[index],
    set(items, index, value) {
      const int = intOf(value);
      if (int === EXC) return EXC;
      if (typeof int === "bigint" && BigInt.asIntN(64, int) !== int)
        return overflowError(`Python int too large to convert to C ${code === "I" ? "unsigned long" : "long"}`);
      if (int < range.low) return overflowError(range.belowMessage);
      if (int > range.high) return overflowError(range.aboveMessage);
      items[index] = int as number;
      return null;
    },
  };
}

const range = (low: number, high: number, name: string): Range => ({
  low,
  high,
  belowMessage: `${name} is less than minimum`,
  aboveMessage: `${name} is greater than maximum`,
});

const TWO_32 = 2 ** 32;

function wideKind(code: string, signed: boolean, machine: number, messages: { below: string; above: string }): Kind {
  return {
    code,
    size: 8,
    machine,
    format: code,
    view: (buffer) => new Uint32Array(buffer),
    get(items, index) {
      const low = items[index * 2];
      const high = signed ? items[index * 2 + 1] | 0 : items[index * 2 + 1];
      // Within ±2**53 the halves make an exact number.
      if (high >= -0x200000 && high < 0x200000 && !(high === -0x200000 && low === 0)) return high * TWO_32 + low;
      return BigInt(high) * 4294967296n + BigInt(low);
    },
    set(items, index, value) {
      const int = intOf(value);
      if (int === EXC) return EXC;
      if (!signed && int < 0) return overflowError(messages.below);
      if (typeof int === "number") {
        items[index * 2] = int % TWO_32;
        items[index * 2 + 1] = Math.floor(int / TWO_32);
        return null;
      }
      if ((signed ? BigInt.asIntN(64, int) : BigInt.asUintN(64, int)) !== int) return overflowError(messages.above);
      const bits = BigInt.asUintN(64, int);
      items[index * 2] = Number(bits & 0xffffffffn);
      items[index * 2 + 1] = Number(bits >> 32n);
      return null;
    },
  };
}

function floatKind(code: string, size: number, machine: number, view: Kind["view"]): Kind {
  return {
    code,
    size,
    machine,
    format: code,
    view,
    get: (items, index) => newFloat(items[index]),
    set(items, index, value) {
      const x = value instanceof PyFloat ? value.value : asDouble(value);
      if (x === EXC) return EXC;
      items[index] = x;
      return null;
    },
  };
}

/** Memory can hold numbers that are no characters. Throws, since nobody expects reading to fail. */
export function checkPoint(point: number): void {
  if (point <= 0x10ffff) return;
  valueError(`character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`);
  throwPending();
}

function charKind(code: string): Kind {
  return {
    code,
    size: 4,
    machine: 20,
    format: "w",
    view: (buffer) => new Uint32Array(buffer),
    get(items, index) {
      checkPoint(items[index]);
      return strFromPoint(items[index]);
    },
    set(items, index, value) {
      const text = strValue(value);
      if (text === undefined) return typeError(`array item must be a unicode character, not ${typeOf(value).name}`);
      if (text.length !== 1)
        return typeError(`array item must be a unicode character, not a string of length ${text.length}`);
      items[index] = pointAt(text, 0);
      return null;
    },
  };
}

const UNSIGNED_BELOW = "can't convert negative value to unsigned int";
const LONG = { below: UNSIGNED_BELOW, above: "Python int too large to convert to C long" };
const ULONG = { below: UNSIGNED_BELOW, above: "Python int too large to convert to C unsigned long" };
const LONGLONG = { below: "can't convert negative int to unsigned", above: "int too big to convert" };

export const TYPE_CODES = "bBuwhHiIlLqQfd";

/** In the order of `array.typecodes`. */
export const KINDS: readonly Kind[] = [
  smallKind("b", 1, 1, range(-128, 127, "signed char"), (b) => new Int8Array(b)),
  smallKind("B", 1, 0, range(0, 255, "unsigned byte integer"), (b) => new Uint8Array(b)),
  charKind("u"),
  charKind("w"),
  smallKind("h", 2, 4, range(-32768, 32767, "signed short integer"), (b) => new Int16Array(b)),
  smallKind("H", 2, 2, range(0, 65535, "unsigned short"), (b) => new Uint16Array(b)),
  smallKind("i", 4, 8, range(-(2 ** 31), 2 ** 31 - 1, "signed integer"), (b) => new Int32Array(b)),
  smallKind(
    "I",
    4,
    6,
    { ...range(0, TWO_32 - 1, "unsigned int"), belowMessage: UNSIGNED_BELOW },
    (b) => new Uint32Array(b),
  ),
  wideKind("l", true, 12, LONG),
  wideKind("L", false, 10, ULONG),
  wideKind("q", true, 12, LONGLONG),
  wideKind("Q", false, 10, LONGLONG),
  floatKind("f", 4, 14, (b) => new Float32Array(b)),
  floatKind("d", 8, 16, (b) => new Float64Array(b)),
];

export const kindOf = (code: string): Kind | undefined => KINDS[code.length === 1 ? TYPE_CODES.indexOf(code) : -1];
export const isCharKind = (kind: Kind): boolean => kind.machine === 20;
