import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AstralStr,
  StrBuilder,
  strCompare,
  strConcat,
  strEquals,
  strFromJs,
  strFromPoints,
  strSlice,
  strToJs,
} from "./astral.ts";
import { hashOfStr } from "./hash.ts";

test("text from outside: pairs become one code point, lone surrogates stay", () => {
  assert.equal(strFromJs("héllo"), "héllo");
  assert.equal(strFromJs("\ud800x"), "\ud800x");
  const s = strFromJs("a😀\ud800") as AstralStr;
  assert.ok(s instanceof AstralStr);
  assert.deepEqual([...s.points], [0x61, 0x1f600, 0xd800]);
  assert.equal(strToJs(s), "a😀\ud800");
});

test("canonical form: a slice without astral code points is primitive", () => {
  const s = strFromJs("ab😀c");
  assert.equal(strSlice(s, 0, 2), "ab");
  assert.equal(strSlice(s, 3), "c");
  assert.equal(strSlice(s, 2, 3).length, 1);
  assert.equal(strFromPoints([0xd83d, 0xde00]).length, 2);
});

test("equality, order and hash go by code points", () => {
  const a = strFromJs("😀");
  assert.ok(strEquals(a, strConcat("", strFromJs("😀"))));
  assert.ok(!strEquals(a, "\ud83d\ude00"));
  assert.ok(strCompare(a, "\uffff") > 0);
  assert.equal(hashOfStr(a), hashOfStr(strFromPoints([0x1f600])));
  assert.ok(strCompare("a", "b") < 0);
});

test("builder keeps order across kinds", () => {
  const b = new StrBuilder();
  b.push("x");
  b.pushPoint(0x1f600);
  b.push("y");
  b.push(strFromJs("😀z"));
  assert.equal(strToJs(b.build()), "x😀y😀z");
});
