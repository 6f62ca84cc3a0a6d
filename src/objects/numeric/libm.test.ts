import assert from "node:assert/strict";
import { test } from "node:test";
import * as m from "./libm-core.ts";

// Values where V8's own functions are off in the last place; the true results were computed with 70 digits.
test("elementary functions are correctly rounded", () => {
  assert.strictEqual(m.exp(1), 2.718281828459045);
  assert.strictEqual(m.exp(-745.1), 5e-324);
  assert.strictEqual(m.log(10), 2.302585092994046);
  assert.strictEqual(m.log10(1000), 3);
  assert.strictEqual(m.log2(2 ** -1074), -1074);
  assert.strictEqual(m.log1p(1e-10), 9.999999999500001e-11);
  assert.strictEqual(m.sin(1e22), -0.8522008497671888);
  assert.strictEqual(m.tan(Math.PI / 2), 1.633123935319537e16);
  assert.strictEqual(m.atan2(-0, -1), -Math.PI);
  assert.strictEqual(m.pow(2, 0.5), Math.SQRT2);
  assert.strictEqual(m.pow(10, -5), 1e-5);
  assert.strictEqual(m.pow(-8, 3), -512);
  assert.strictEqual(m.pow(2, -1074), 5e-324);
  assert.strictEqual(m.hypot(3 * 2 ** 600, 4 * 2 ** 600), 5 * 2 ** 600);
  assert.strictEqual(m.cbrt(27), 3);
  assert.strictEqual(m.tanh(0.5), 0.46211715726000973);
});

test("identities hold to the last place or nearly", () => {
  for (let i = 1; i < 200; i++) {
    const x = i * 0.37;
    assert.ok(Math.abs(m.log(m.exp(x)) - x) <= x * 2 ** -52, `log(exp(${x}))`);
    assert.ok(Math.abs(m.sin(x) ** 2 + m.cos(x) ** 2 - 1) <= 2 ** -51, `sin² + cos² of ${x}`);
    assert.ok(Math.abs(m.cbrt(x) ** 3 - x) <= x * 2 ** -50, `cbrt(${x})`);
  }
});
