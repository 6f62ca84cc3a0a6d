/** Builtins about numbers and characters. */
import { EXC, type Int, type Result, type Value } from "../objects/core.ts";
import { fn } from "../objects/define.ts";

import { PyByteArray, PyBytes } from "../objects/bytes.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { asIndex } from "../objects/protocol/convert.ts";
import { absolute, divmod, power } from "../objects/protocol/number.ts";
import { callSpecial } from "../objects/protocol/object.ts";
import { pointAt, strFromPoint } from "../objects/str/astral.ts";
import { typeOf } from "../objects/types.ts";
import { strValue } from "../objects/values.ts";

/** bin, oct, hex. */
const inBase =
  (base: number, prefix: string) =>
  (o: Value): Result => {
    const n = asIndex(o);
    if (n === EXC) return EXC;
    return n < 0 ? `-${prefix}${negate(n).toString(base)}` : prefix + n.toString(base);
  };
const negate = (n: Int): Int => (typeof n === "number" ? -n : -n);

function round(number: Value, ndigits: Value = null): Result {
  const result = callSpecial(number, "__round__", ndigits === null ? [] : [ndigits]);
  return result === undefined ? typeError(`type ${typeOf(number).name} doesn't define __round__ method`) : result;
}
function chr(i: Value): Result {
  const n = asIndex(i);
  if (n === EXC) return EXC;
  return n < 0 || n > 0x10ffff ? valueError("chr() arg not in range(0x110000)") : strFromPoint(Number(n));
}
function ord(c: Value): Result {
  const text = strValue(c);
  let size: number;
  if (text !== undefined) {
    size = text.length;
    if (size === 1) return pointAt(text, 0);
  } else if (c instanceof PyBytes) {
    size = c.latin1.length;
    if (size === 1) return c.latin1.charCodeAt(0);
  } else if (c instanceof PyByteArray) {
    size = c.length;
    if (size === 1) return c.data[0];
  } else return typeError(`ord() expected string of length 1, but ${typeOf(c).name} found`);
  return typeError(`ord() expected a character, but string of length ${size} found`);
}

export const numberFunctions = () => ({
  abs: fn("($module, x, /)", absolute, "Return the absolute value of the argument."),
  bin: fn("($module, number, /)", inBase(2, "0b"), "Return the binary representation of an integer."),
  oct: fn("($module, number, /)", inBase(8, "0o"), "Return the octal representation of an integer."),
  hex: fn("($module, number, /)", inBase(16, "0x"), "Return the hexadecimal representation of an integer."),
  chr: fn("($module, i, /)", chr, "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."),
  ord: fn("($module, character, /)", ord, "Return the ordinal value of a character."),
  divmod: fn("($module, x, y, /)", divmod, "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x."),
  pow: fn(
    "($module, /, base, exp, mod=None)",
    (base: Value, exp: Value, mod?: Value) => power(base, exp, mod ?? null),
    "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.",
  ),
  round: fn("($module, /, number, ndigits=None)", round, "Round a number to a given precision in decimal digits."),
});
