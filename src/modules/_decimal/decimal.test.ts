import assert from "node:assert/strict";
import { test } from "node:test";
import * as arithmetic from "./arithmetic.ts";
import {
  CLAMPED,
  Ctx,
  INEXACT,
  maxContext,
  OVERFLOW,
  ROUND_DOWN,
  ROUND_HALF_EVEN,
  ROUNDED,
  SUBNORMAL,
  UNDERFLOW,
} from "./context-data.ts";
import { formatDecimal } from "./format.ts";
import { power } from "./power.ts";
import { parse, toText } from "./text.ts";
import { exp, ln, log10 } from "./transcendental.ts";

const D = (text: string) => parse(text, maxContext());
const context = (prec = 28, round = ROUND_HALF_EVEN) => new Ctx(prec, round, -999999, 999999, 0);
const show = (dec: Parameters<typeof toText>[0]) => toText(dec, true);

test("arithmetic keeps exponents and rounds once", () => {
  const c = context();
  assert.strictEqual(show(arithmetic.add(D("1.10"), D("2.2"), c)), "3.30");
  assert.strictEqual(show(arithmetic.divide(D("1"), D("3"), c)), "0.3333333333333333333333333333");
  assert.strictEqual(show(arithmetic.divide(D("2.400"), D("2"), c)), "1.200");
  assert.strictEqual(show(arithmetic.sqrt(D("2"), c)), "1.414213562373095048801688724");
  assert.strictEqual(show(arithmetic.sqrt(D("100"), c)), "10");
  assert.strictEqual(show(arithmetic.quantize(D("2.675"), D("1.00"), c)), "2.68");
  assert.strictEqual(show(arithmetic.add(D("1E+1000"), D("1"), c)), "1.000000000000000000000000000E+1000");
  assert.strictEqual(show(arithmetic.remainderNear(D("10"), D("6"), c)), "-2");
});

test("conditions", () => {
  const small = new Ctx(3, ROUND_DOWN, -5, 5, 0);
  assert.strictEqual(show(arithmetic.multiply(D("999"), D("999E+3"), small)), "9.99E+5");
  assert.strictEqual(small.status, OVERFLOW | INEXACT | ROUNDED);
  small.status = 0;
  assert.strictEqual(show(arithmetic.plus(D("1E-9"), small)), "0E-7");
  assert.strictEqual(small.status, UNDERFLOW | SUBNORMAL | INEXACT | ROUNDED | CLAMPED);
});

test("elementary functions are correctly rounded", () => {
  const c = context(30);
  assert.strictEqual(show(exp(D("1"), c)), "2.71828182845904523536028747135");
  assert.strictEqual(show(ln(D("10"), c)), "2.30258509299404568401799145468");
  assert.strictEqual(show(log10(D("2"), c)), "0.301029995663981195213738894724");
  assert.strictEqual(show(log10(D("1E+7"), c)), "7");
  assert.strictEqual(show(ln(D("1.0000000000000000001"), context(10))), "1.000000000E-19");
  assert.strictEqual(show(power(D("2"), D("0.5"), context(10))), "1.414213562");
  assert.strictEqual(show(power(D("1.1"), D("-3"), context(10))), "0.7513148009");
});

test("texts", () => {
  assert.strictEqual(show(D("-1.50e+10")), "-1.50E+10");
  assert.strictEqual(show(D("0.0000001")), "1E-7");
  assert.strictEqual(toText(D("1E+10"), true, true), "10E+9");
  assert.strictEqual(show(D("sNaN12")), "sNaN12");
  assert.strictEqual(formatDecimal(D("1234567.891"), "015,.2f", context(), true), "0,001,234,567.89");
  assert.strictEqual(formatDecimal(D("0E-7"), "%", context(), true), "0.00000%");
});
