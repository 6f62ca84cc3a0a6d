import assert from "node:assert/strict";
import { test } from "node:test";
import { gcd, isqrt } from "./int-gcd.ts";
import * as math from "./int-math.ts";
import { asIntegerRatio, compareIntFloat, ratioToFloat, trueDivide } from "./int-float.ts";
import { fromBytes, toBytes } from "./int-bytes.ts";
import { NumericError } from "./numeric-error.ts";
import { hashFloat, hashInt } from "./numeric-hash.ts";

const { canonical } = math;
const fails = (type: string, message?: string) => (error: unknown) =>
  error instanceof NumericError && error.type === type && (message === undefined || error.message === message);

/** Values around every border of the two representations. */
const SAMPLES = [
  0n,
  1n,
  7n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 64n,
  3n ** 80n,
].flatMap((n) => [n, -n]);

test("operations agree with BigInt and give canonical results", () => {
  const check = (result: math.Int, expected: bigint, what: string): void => {
    assert.strictEqual(result, canonical(expected), what);
    assert.ok(!Object.is(result, -0), what);
  };
  for (const a of SAMPLES) {
    const x = canonical(a);
    check(math.neg(x), -a, `-${a}`);
    check(math.invert(x), ~a, `~${a}`);
    check(math.rshift(x, 5), a >> 5n, `${a} >> 5`);
    check(math.lshift(x, 40), a << 40n, `${a} << 40`);
    for (const b of SAMPLES) {
      const y = canonical(b);
      check(math.add(x, y), a + b, `${a} + ${b}`);
      check(math.sub(x, y), a - b, `${a} - ${b}`);
      check(math.mul(x, y), a * b, `${a} * ${b}`);
      check(math.and(x, y), a & b, `${a} & ${b}`);
      check(math.or(x, y), a | b, `${a} | ${b}`);
      check(math.xor(x, y), a ^ b, `${a} ^ ${b}`);
      if (b === 0n) continue;
      const [q, r] = math.divmod(x, y);
      assert.strictEqual(BigInt(q) * b + BigInt(r), a, `divmod(${a}, ${b})`);
      assert.ok(r === 0 || (r < 0 === b < 0n && math.compare(math.abs(r), math.abs(y)) < 0), `${a} % ${b} = ${r}`);
      assert.strictEqual(math.floordiv(x, y), q);
      assert.strictEqual(math.mod(x, y), r);
    }
  }
});

test("powers: sizes that cannot be are refused, inverses are found", () => {
  assert.strictEqual(math.pow(3, 100), 3n ** 100n);
  assert.strictEqual(math.pow(-2, 3), -8);
  assert.throws(() => math.pow(10, 10 ** 10), fails("MemoryError"));
  assert.throws(() => math.lshift(1, 2n ** 64n), fails("OverflowError", "too many digits in integer"));
  assert.strictEqual(math.powMod(3, -1, 7), 5);
  assert.strictEqual(math.powMod(-2, 3, -5), -3);
  const [base, exponent, modulus] = [7n ** 50n, 3n ** 60n, 10n ** 30n + 57n];
  assert.strictEqual(math.powMod(base, exponent, modulus), powModReference(base, exponent, modulus));
  assert.throws(() => math.powMod(2, -1, 4), fails("ValueError", "base is not invertible for the given modulus"));
});

function powModReference(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

test("gcd and isqrt of long numbers", () => {
  const g = 3n ** 300n * 7n;
  assert.strictEqual(gcd(g * (2n ** 500n - 1n), g * (2n ** 499n - 1n)), canonical(g * 1n));
  const n = 12345678901234567890123456789n;
  assert.strictEqual(isqrt(n * n), n);
  assert.strictEqual(isqrt(n * n - 1n), n - 1n);
});

test("quotients are rounded once", () => {
  assert.strictEqual(trueDivide(2n ** 53n + 1n, 1), 2 ** 53);
  assert.strictEqual(trueDivide(2n ** 1200n, 2n ** 200n + 1n), 2 ** 1000);
  assert.strictEqual(ratioToFloat(1n, 2n ** 1075n), 0);
  assert.strictEqual(ratioToFloat(3n, 2n ** 1075n), 2 * Number.MIN_VALUE);
  assert.throws(
    () => trueDivide(2n ** 1024n, 1),
    fails("OverflowError", "integer division result too large for a float"),
  );
  assert.strictEqual(compareIntFloat(2n ** 53n + 1n, 2 ** 53), 1);
  assert.deepStrictEqual(asIntegerRatio(-0.1), [-3602879701896397, 36028797018963968n]);
});

test("hashes are CPython's", () => {
  assert.strictEqual(hashInt(-1), -2);
  assert.strictEqual(hashInt(2n ** 61n - 1n), 0);
  assert.strictEqual(
    hashFloat(0.5, () => 0),
    1152921504606846976n,
  );
  assert.strictEqual(
    hashFloat(1e300, () => 0),
    hashInt(BigInt(1e300)),
  );
});

test("bytes round-trip", () => {
  for (const n of [-1, 255, -129, 2n ** 70n, -(2n ** 70n)]) {
    assert.strictEqual(fromBytes(toBytes(n, 10, false, true), false, true), n);
    assert.strictEqual(fromBytes(toBytes(n, 10, true, true), true, true), n);
  }
  for (const n of [0, 1, 2 ** 53 - 1, 1 - 2 ** 53, -256, 2n ** 63n])
    for (const little of [true, false]) assert.strictEqual(fromBytes(toBytes(n, 9, little, true), little, true), n);
  assert.strictEqual(toBytes(-2, 9, false, true), "\xff\xff\xff\xff\xff\xff\xff\xff\xfe");
  assert.strictEqual(toBytes(0x1ff, 4, true, false), "\xff\x01\0\0");
  assert.throws(() => toBytes(300, 1, true, false), fails("OverflowError", "int too big to convert"));
});
