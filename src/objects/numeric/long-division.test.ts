import assert from "node:assert/strict";
import { test } from "node:test";
import { shortQuotient } from "./long-division.ts";

/** Numbers that are the same in every run. */
function numbers(): (bits: number) => bigint {
  let state = 1n;
  return (bits) => {
    let value = 1n;
    while (value >> BigInt(bits - 1) === 0n) {
      state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
      value = (value << 32n) | (state >> 32n);
    }
    return value;
  };
}

test("quotients of long numbers about as long as each other are BigInt's", () => {
  const next = numbers();
  let told = 0;
  for (const bits of [4097, 5000, 8192, 20000, 70000]) {
    for (const more of [-3000, -1, 0, 1, 60, 200]) {
      const b = next(bits);
      const a = next(bits + more);
      const short = shortQuotient(a, b);
      if (short === undefined) continue;
      told++;
      assert.equal(short, a / b, `${bits} ${more}`);
    }
  }
  assert.equal(told, 30);
});

test("where the leading bits do not tell, nothing is said", () => {
  const b = numbers()(6000);
  // Exact multiples, and one less: the quotient changes between them.
  for (const a of [7n * b, 7n * b - 1n, 7n * b + 1n]) {
    const short = shortQuotient(a, b);
    assert.ok(short === undefined || short === a / b);
  }
  assert.equal(shortQuotient(7n * b - 1n, b), undefined);
  assert.equal(shortQuotient(1n << 9000n, b), undefined, "a long quotient");
  assert.equal(shortQuotient(1n << 2000n, 1n << 1999n), undefined, "short numbers");
});
