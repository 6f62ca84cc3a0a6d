import assert from "node:assert/strict";
import test from "node:test";
import { decodeLong, encodeLong } from "./long.ts";

const hex = (bytes: string): string => Buffer.from(bytes, "latin1").toString("hex");

test("ints are as short as two's complement allows", () => {
  const expected: [number | bigint, string][] = [
    [0, ""],
    [127, "7f"],
    [128, "8000"],
    [-128, "80"],
    [-129, "7fff"],
    [255, "ff00"],
    [-256, "00ff"],
    [-32768, "0080"],
    [2 ** 31, "0000008000"],
    [-(2 ** 31), "00000080"],
    [2n ** 64n, "000000000000000001"],
  ];
  for (const [value, bytes] of expected) assert.equal(hex(encodeLong(value)), bytes, String(value));
});

test("what was encoded is decoded, at the border of every byte", () => {
  for (let bits = 1n; bits < 200n; bits++) {
    for (const near of [-1n, 0n, 1n]) {
      for (const sign of [1n, -1n]) {
        const value = sign * (2n ** bits + near);
        const data = `xx${encodeLong(value)}x`;
        assert.equal(BigInt(decodeLong(data, 2, data.length - 1)), value);
      }
    }
  }
});
