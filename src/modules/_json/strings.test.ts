/** JSON strings against CPython 3.14's answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { encodeAscii, encodeText, scanString, StringFault } from "./strings.ts";

test("literals in ASCII and as text", () => {
  const text = strFromJs('é\u2028\u{1f600}\x7f\0"\\/\b\f');
  assert.equal(encodeAscii(text), '"\\u00e9\\u2028\\ud83d\\ude00\\u007f\\u0000\\"\\\\/\\b\\f"');
  assert.equal(strToJs(encodeText(text)), '"é\u2028\u{1f600}\x7f\\u0000\\"\\\\/\\b\\f"');
  assert.equal(encodeAscii("\ud800"), '"\\ud800"');
});

test("escapes, pairs and faults", () => {
  const scan = (text: string, strict = true): string => {
    try {
      const { value, end } = scanString(text, 0, strict);
      return `${strToJs(value)} ${end}`;
    } catch (fault) {
      assert.ok(fault instanceof StringFault);
      return `${fault.message} ${fault.at}`;
    }
  };
  assert.equal(scan('abc"'), "abc 4");
  assert.equal(scan('a\\ud83d\\ude00"'), "a\u{1f600} 14");
  assert.equal(scan('a\\ud83d\\u0041"'), "a\ud83dA 14");
  assert.equal(scan('ab\nc"'), "Invalid control character at 2");
  assert.equal(scan('ab\nc"', false), "ab\nc 5");
  assert.equal(scan('a\\u12"'), "Invalid \\uXXXX escape 2");
  assert.equal(scan('a\\x"'), "Invalid \\escape 1");
  assert.equal(scan("a\\"), "Unterminated string starting at -1");
});
