/** Formats and number encodings against CPython 3.14's answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FormatError, parseFormat } from "./format.ts";
import { floatToHalf, halfToFloat, writeInteger } from "../support/numbers.ts";

test("sizes follow the native and the standard rules", () => {
  const sizes: [string, number][] = [
    ["ci0l", 8],
    ["@cicqch", 28],
    ["<cicqch", 17],
    ["cF", 12],
    ["cD", 24],
    ["c0F", 4],
    ["xhxl?", 17],
    ["9223372036854775807s", 2 ** 63],
    ["!3h 2x", 8],
    ["=lL", 8],
    ["lL", 16],
    ["P", 8],
  ];
  for (const [format, size] of sizes) assert.equal(parseFormat(format).size, size, format);
});

test("bad formats say what is wrong with CPython's words", () => {
  const messages: [string, string][] = [
    ["z", "bad char in struct format"],
    ["3", "repeat count given without format specifier"],
    ["2 i", "bad char in struct format"],
    ["<n", "bad char in struct format"],
    ["99999999999999999999s", "total struct size too long"],
    ["4611686018427387904q", "total struct size too long"],
    ["i\0", "embedded null character"],
  ];
  for (const [format, message] of messages)
    assert.throws(
      () => parseFormat(format),
      (error) => error instanceof FormatError && error.message === message,
      format,
    );
});

test("half floats round to even and keep every value", () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = halfToFloat(bits);
    if (!Number.isNaN(value)) assert.equal(floatToHalf(value), bits);
  }
  assert.equal(floatToHalf(65519.9), 0x7bff);
  assert.equal(floatToHalf(65520), -1);
  assert.equal(floatToHalf(2 ** -25), 0);
  assert.equal(floatToHalf(3 * 2 ** -25), 2);
  assert.equal(floatToHalf(1 + 2 ** -11), 0x3c00);
  assert.equal(floatToHalf(1 + 3 * 2 ** -11), 0x3c02);
});

test("integers that do not fit are refused", () => {
  const view = new DataView(new ArrayBuffer(8));
  assert.equal(writeInteger(view, 0, 8, false, true, 2n ** 64n), false);
  assert.equal(writeInteger(view, 0, 8, false, true, -1), false);
  assert.equal(writeInteger(view, 0, 8, true, true, 2n ** 63n), false);
  assert.equal(writeInteger(view, 0, 4, true, false, -2147483648), true);
  assert.equal(view.getUint8(0), 0x80);
});
