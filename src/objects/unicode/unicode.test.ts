import assert from "node:assert/strict";
import { test } from "node:test";
import { capitalize, casefold, lowerPoints, toLower, toTitle, toUpper } from "./case.ts";
import * as ctype from "./ctype.ts";
import { lookupName, nameOf } from "./names.ts";
import { normalize } from "./normalize.ts";
import { digitValue, numericValue } from "./numeric-value.ts";

const cp = (text: string): number => text.codePointAt(0) as number;

test("classes", () => {
  assert.ok(ctype.isAlpha(cp("é")) && ctype.isAlpha(0x20000) && !ctype.isAlpha(cp("²")));
  assert.ok(ctype.isDigit(cp("²")) && !ctype.isDecimal(cp("²")) && ctype.isDecimal(cp("٣")));
  assert.ok(ctype.isNumeric(cp("½")) && ctype.isSpace(0x2003) && ctype.isSpace(0x1c));
  assert.ok(!ctype.isPrintable(0xad) && !ctype.isPrintable(0x3000) && ctype.isPrintable(0x20));
  assert.ok(ctype.isIdentifier("été_1") && !ctype.isIdentifier("1a") && !ctype.isIdentifier(""));
  assert.strictEqual(ctype.CATEGORIES[ctype.categoryOf(0x378)], "Cn");
  assert.strictEqual(digitValue(cp("๕")), 5);
  assert.strictEqual(numericValue(cp("⅔")), 2 / 3);
});

test("case, with special mappings and the final sigma", () => {
  assert.strictEqual(toUpper("straße ŉ"), "STRASSE ʼN");
  assert.strictEqual(toLower("ΑΣ ΑΣΑ İ"), "ας ασα i̇");
  assert.strictEqual(toTitle("ǆ they're ﬁne"), "ǅ They'Re Fine");
  assert.strictEqual(capitalize("ǆABC"), "ǅabc");
  assert.strictEqual(casefold("Straße ς"), "strasse σ");
  assert.deepStrictEqual(lowerPoints([0x10400]), [0x10428]);
});

test("normal forms", () => {
  assert.strictEqual(normalize("e\u0301", "NFC"), "é");
  assert.strictEqual(normalize("한", "NFD"), "\u1112\u1161\u11ab");
  assert.strictEqual(normalize("\u1112\u1161\u11ab", "NFC"), "한");
  assert.strictEqual(normalize("ﬁ①", "NFKC"), "fi1");
  assert.strictEqual(normalize("a\u0315\u0300", "NFD"), "a\u0300\u0315");
  // Composition exclusions stay apart.
  assert.strictEqual(normalize("\u0958", "NFC"), "\u0915\u093c");
});

test("names both ways", () => {
  for (const point of [0x41, 0xac01, 0x4e00, 0x1f600, 0xf900, 0xfb01]) {
    assert.strictEqual(lookupName(nameOf(point) as string, false), String.fromCodePoint(point));
  }
  assert.strictEqual(nameOf(0), undefined);
  assert.strictEqual(lookupName("alert", false), "\x07");
  assert.strictEqual(lookupName("KEYCAP DIGIT ONE", true), "1\ufe0f\u20e3");
  assert.strictEqual(lookupName("NO SUCH NAME", true), undefined);
});
