import assert from "node:assert/strict";
import { test } from "node:test";
import { type Str, strConcatAll, strFromJs, strToJs } from "./astral.ts";
import { countText, findLastText, findText, replaceText } from "./find.ts";
import {
  isAsciiSpace,
  isUnicodeLineBreak,
  isUnicodeSpace,
  splitLines,
  splitSpaces,
  splitSpacesRight,
  splitText,
  splitTextRight,
} from "./split.ts";

const show = (parts: readonly Str[]): string[] => parts.map(strToJs);

test("searching: ranges, empty needles, astral text by code points", () => {
  assert.equal(findText("abcabc", "c", 3), 5);
  assert.equal(findText("abcabc", "c", 3, 5), -1);
  assert.equal(findText("abc", "", 3), 3);
  assert.equal(findText("abc", "", 4, 3), -1);
  assert.equal(findLastText("abcabc", "ab", 0, 4), 0);
  const text = strFromJs("a😀b😀c");
  assert.equal(findText(text, strFromJs("😀"), 2), 3);
  assert.equal(findLastText(text, "c"), 4);
  // Half of a pair is no match within an astral character.
  assert.equal(findText(text, "\ude00"), -1);
  assert.equal(countText("aaaa", "aa"), 2);
  assert.equal(countText("abc", ""), 4);
});

test("searching stays linear where JavaScript's search would not", () => {
  const a = "a".repeat(20_000);
  const b = "b".repeat(20_000);
  const needle = a + b + b + a;
  assert.equal(findText(a + a + b + a + a, needle), -1);
  assert.equal(findText(a + a + b + a + a + needle, needle), 100_000);
});

test("replacing: limits, empty needles, kinds mixed", () => {
  const replace = (text: Str, old: Str, by: Str, max = -1) => strToJs(replaceText(text, old, by, max, strConcatAll));
  assert.equal(replace("abcabc", "b", "x", 1), "axcabc");
  assert.equal(replace("abc", "", "-"), "-a-b-c-");
  assert.equal(replace("abc", "", "-", 2), "-a-bc");
  assert.equal(replace("", "", "x"), "x");
  assert.equal(replace(strFromJs("a😀"), "a", strFromJs("😀")), "😀😀");
  assert.equal(replace("$&", "&", "$&"), "$$&");
});

test("splitting keeps what the limit leaves, and the right spaces", () => {
  assert.deepEqual(show(splitText("a,b,c", ",", 1)), ["a", "b,c"]);
  assert.deepEqual(show(splitTextRight("a,b,c", ",", 1)), ["a,b", "c"]);
  assert.deepEqual(show(splitSpaces(" a  b ", 1, isUnicodeSpace)), ["a", "b "]);
  assert.deepEqual(show(splitSpacesRight(" a  b ", 1, isUnicodeSpace)), [" a", "b"]);
  assert.deepEqual(show(splitSpaces("a\u2003b\x1cc", -1, isUnicodeSpace)), ["a", "b", "c"]);
  assert.deepEqual(show(splitSpaces("a\x1cb", -1, isAsciiSpace)), ["a\x1cb"]);
  assert.deepEqual(show(splitLines("a\r\nb\x85c\n", true, isUnicodeLineBreak)), ["a\r\n", "b\x85", "c\n"]);
});
