import assert from "node:assert/strict";
import { test } from "node:test";
import { hashFloat } from "./numeric-hash.ts";

test("hashes of floats are those of the fractions that they are", () => {
  const expected: [number, string][] = [
    [0.5, "1152921504606846976"],
    [-0.5, "-1152921504606846976"],
    [2 ** -8, "9007199254740992"],
    [2 ** -9, "4503599627370496"],
    [2 ** 52 - 0.5, "1157425104234217471"],
    [1 - 2 ** -53, "2305843009213693696"],
    [-1.5, "-1152921504606846977"],
    [2 - 2 ** -52, "2305843009213693441"],
    [2 ** -53 - 1, "-2305843009213693696"],
    [1e6 + 1 / 3, "768614336495043136"],
    [2 ** 53 + 2, "9007199254740994"],
    [1e300, "1224995262755759164"],
  ];
  for (const [x, hash] of expected) assert.equal(String(hashFloat(x, () => 0)), hash, String(x));
});
