import assert from "node:assert/strict";
import { test } from "node:test";
import { complexRepr, parseComplexText } from "./complex-math.ts";
import { floatFromHex, floatToHex } from "./float-hex.ts";
import { roundToPlaces } from "./float-math.ts";
import { parseFloatText } from "./float-parse.ts";
import { floatRepr } from "./float-repr.ts";
import { formatComplexSpec, formatFloatSpec, formatInt, formatText } from "./format-spec.ts";
import { parseInteger, toDecimal } from "./int-text.ts";
import { NumericError } from "./numeric-error.ts";
import { formatPercentInt, PercentScanner } from "./percent-format.ts";

const message = (run: () => unknown): string => {
  try {
    return String(run());
  } catch (error) {
    if (error instanceof NumericError) return `${error.type}: ${error.message}`;
    throw error;
  }
};

test("floats print as Python prints them", () => {
  const cases: [number, string][] = [
    [1, "1.0"],
    [-0, "-0.0"],
    [1e16, "1e+16"],
    [123456789012345.6, "123456789012345.6"],
    [1e-5, "1e-05"],
    [0.0001, "0.0001"],
    [5e-324, "5e-324"],
    [Number.NaN, "nan"],
    [-Infinity, "-inf"],
    [1.5e300, "1.5e+300"],
  ];
  for (const [x, text] of cases) assert.strictEqual(floatRepr(x), text);
  assert.strictEqual(complexRepr(0, -1), "-1j");
  assert.strictEqual(complexRepr(-0, 1), "(-0+1j)");
});

test("text is read with underscores and any script's digits", () => {
  assert.strictEqual(parseFloatText(" 1_0.5e1_0\u2003"), 10.5e10);
  assert.strictEqual(parseFloatText("٣.٥"), 3.5);
  assert.strictEqual(parseFloatText("1__0"), null);
  assert.strictEqual(parseFloatText("infinity"), Infinity);
  assert.strictEqual(parseInteger("-0x_ff", 0, 0), -255);
  assert.strictEqual(parseInteger("012", 0, 0), null);
  assert.strictEqual(parseInteger("zz", 36, 0), 1295);
  assert.match(
    message(() => parseInteger("1".repeat(4301), 10, 4300)),
    /value has 4301 digits/,
  );
  assert.match(
    message(() => toDecimal(10n ** 4300n, 4300)),
    /^ValueError: Exceeds the limit \(4300 digits\)/,
  );
  assert.deepStrictEqual(parseComplexText("( -1.5e3-j )"), [-1500, -1]);
  assert.strictEqual(parseComplexText("1+"), null);
});

test("rounding is exact", () => {
  assert.strictEqual(roundToPlaces(2.675, 2), 2.67);
  assert.strictEqual(roundToPlaces(0.5, 0), 0);
  assert.strictEqual(roundToPlaces(1.5e15, -15), 2e15);
  assert.strictEqual(formatFloatSpec(2.5, ".0f"), "2");
  assert.strictEqual(formatFloatSpec(0.1, ".30f"), "0.100000000000000005551115123126");
});

test("hexadecimal floats", () => {
  assert.strictEqual(floatToHex(-0.1), "-0x1.999999999999ap-4");
  assert.strictEqual(floatToHex(5e-324), "0x0.0000000000001p-1022");
  assert.strictEqual(floatFromHex("0x1.00000000000008p0"), 1);
  assert.strictEqual(floatFromHex("0x1.000000000000080001p0"), 1 + 2 ** -52);
});

test("format specifications", () => {
  assert.strictEqual(formatInt(1234567, "010_x", 0), "0_0012_d687");
  assert.strictEqual(formatFloatSpec(1234567.891, "015,.2f"), "0,001,234,567.89".slice(-15 - 1));
  assert.strictEqual(formatFloatSpec(-0.04, "z.1f"), "0.0");
  assert.strictEqual(formatFloatSpec(1234.5, ".6_f"), "1234.500_000");
  assert.strictEqual(formatComplexSpec(1, -2, "+.1f"), "+1.0-2.0j");
  assert.strictEqual(formatText("a😀b", "*^6"), "*a😀b**");
  assert.strictEqual(
    message(() => formatInt(1, ",x", 0)),
    "ValueError: Cannot specify ',' with 'x'.",
  );
  assert.strictEqual(
    message(() => formatText("a", "d")),
    "ValueError: Unknown format code 'd' for object of type 'str'",
  );
});

test("printf directives", () => {
  const scanner = new PercentScanner("a%(k(x))-+8.3ld!");
  assert.strictEqual(scanner.literal(), "a");
  const key = scanner.key();
  assert.strictEqual(key, "k(x)");
  const directive = scanner.rest(key);
  assert.strictEqual(directive.type, "d");
  assert.strictEqual(formatPercentInt(7, directive, 8, 3, 0), "+007    ");
  assert.strictEqual(scanner.literal(), "!");
  assert.ok(scanner.done);
});
