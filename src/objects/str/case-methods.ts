/** str's methods on letters: upper, lower, title …, and the tests isalpha, isupper … */
import { searchBlocks } from "../blocks.ts";
import type { Value } from "../core.ts";
import { type NativeDef, method } from "../native.ts";
import {
  capitalizePoints,
  foldPoints,
  isLowerPoints,
  isTitlePoints,
  isUpperPoints,
  lowerPoints,
  swapcasePoints,
  titlePoints,
  upperPoints,
} from "../unicode/case.ts";
import {
  isAlnum,
  isAlpha,
  isDecimal,
  isDigit,
  isIdentifierContinue,
  isIdentifierStart,
  isNumeric,
  isPrintable,
} from "../unicode/ctype.ts";
import { textOf } from "./args.ts";
import { type Str, codePoints, isAscii, pointAt, strFromPoints } from "./astral.ts";
import { isUnicodeSpace } from "./split.ts";

type Points = ArrayLike<number>;

/** A conversion: JavaScript's own where the text is ASCII, the Unicode tables else. */
const convert = (ascii: ((text: string) => string) | null, map: (points: Points) => number[], doc: string): NativeDef =>
  method(
    "($self, /)",
    (self: Value) => {
      const text = textOf(self);
      return ascii !== null && isAscii(text) ? ascii(text as string) : strFromPoints(map(codePoints(text)));
    },
    doc,
  );

const capitalizeAscii = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

/** True when the text is not empty and `test` holds for every character. */
const every = (test: (point: number) => boolean, doc: string): NativeDef =>
  method("($self, /)", (self: Value) => textOf(self).length > 0 && all(textOf(self), test), doc);
function all(text: Str, test: (point: number) => boolean): boolean {
  const firstOther = (from: number, to: number): number => {
    for (let i = from; i < to; i++) if (!test(pointAt(text, i))) return i;
    return to;
  };
  return searchBlocks(0, text.length, firstOther) === text.length;
}
const whole = (test: (points: Points) => boolean, doc: string): NativeDef =>
  method("($self, /)", (self: Value) => test(codePoints(textOf(self))), doc);

/** `str.isidentifier`: also for strings with astral letters. */
export function isIdentifierText(text: Str): boolean {
  if (text.length === 0 || !isIdentifierStart(pointAt(text, 0))) return false;
  for (let i = 1; i < text.length; i++) if (!isIdentifierContinue(pointAt(text, i))) return false;
  return true;
}

export const caseMethods = () => ({
  upper: convert((t) => t.toUpperCase(), upperPoints, "Return a copy converted to uppercase."),
  lower: convert((t) => t.toLowerCase(), lowerPoints, "Return a copy converted to lowercase."),
  casefold: convert((t) => t.toLowerCase(), foldPoints, "Return a version suitable for caseless comparisons."),
  title: convert(null, titlePoints, "Return a version where each word starts with an uppercase letter."),
  capitalize: convert(
    capitalizeAscii,
    capitalizePoints,
    "Return a version with the first character capitalized and the rest lowercase.",
  ),
  swapcase: convert(null, swapcasePoints, "Convert uppercase characters to lowercase and vice versa."),
  islower: whole(isLowerPoints, "True if there is a cased character and all cased characters are lowercase."),
  isupper: whole(isUpperPoints, "True if there is a cased character and all cased characters are uppercase."),
  istitle: whole(isTitlePoints, "True if the string is title-cased."),
  isspace: every(isUnicodeSpace, "True if all characters are whitespace and there is one."),
  isalpha: every(isAlpha, "True if all characters are alphabetic and there is one."),
  isalnum: every(isAlnum, "True if all characters are alphanumeric and there is one."),
  isdecimal: every(isDecimal, "True if all characters are decimals and there is one."),
  isdigit: every(isDigit, "True if all characters are digits and there is one."),
  isnumeric: every(isNumeric, "True if all characters are numeric and there is one."),
  isprintable: method(
    "($self, /)",
    (self: Value) => all(textOf(self), isPrintable),
    "True if all characters are printable.",
  ),
  isascii: method("($self, /)", (self: Value) => isAscii(textOf(self)), "True if all characters are ASCII."),
  isidentifier: method(
    "($self, /)",
    (self: Value) => isIdentifierText(textOf(self)),
    "True if the string is a valid identifier.",
  ),
});
