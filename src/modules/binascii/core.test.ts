/** Against CPython 3.14's answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHexDigits, hexDigits } from "../../objects/bytes/hex.ts";
import { a2bBase64, a2bUu, b2aBase64, b2aUu, BinasciiError } from "./core.ts";
import { adler32, crc32, crcHqx } from "../support/checksums.ts";
import { a2bQp, b2aQp } from "./quopri.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const text = (data: ArrayLike<number>): string => String.fromCharCode(...Array.from(data));
function outcome(run: () => Uint8Array): string {
  try {
    return text(run());
  } catch (error) {
    if (error instanceof BinasciiError) return `Error: ${error.message}`;
    throw error;
  }
}

test("hexadecimal", () => {
  assert.equal(hexDigits("abcde", ":", 2), "61:6263:6465");
  assert.equal(hexDigits("abcde", ":", -2), "6162:6364:65");
  assert.equal(hexDigits("abc", ":", 100), "616263");
  assert.equal(hexDigits("\0\xff"), "00ff");
  assert.equal(fromHexDigits("6aFF00"), "j\xff\0");
  for (const wrong of ["zz", "0g", "g0", "0\xff", "\xff0", "0\u0130", "\u01300"])
    assert.equal(fromHexDigits(wrong), undefined);
});

const ONE_MORE =
  "Error: Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4";
test("base64, lax and strict", () => {
  const cases: [string, string, string][] = [
    ["YQ==", "a", "a"],
    ["YQ", "Error: Incorrect padding", "Error: Incorrect padding"],
    ["YQ==YQ==", "a\x06\x10", "Error: Excess data after padding"],
    ["=YQ==", "a", "Error: Leading padding not allowed"],
    ["YWJj=", "abc", "Error: Excess padding not allowed"],
    ["Y Q = =", "a", "Error: Only base64 data is allowed"],
    ["ab=c=", "i\xb7", "Error: Discontinuous padding not allowed"],
    ["YWI==", "ab", "Error: Excess padding not allowed"],
    ["YQ===", "a", "Error: Excess padding not allowed"],
    ["", "", ""],
    ["YWJjYWJj", "abcabc", "abcabc"],
    ["YWJj\nYWJj", "abcabc", "Error: Only base64 data is allowed"],
    ["YWJjY", ONE_MORE, ONE_MORE],
  ];
  for (const [input, lax, strict] of cases) {
    assert.equal(
      outcome(() => a2bBase64(bytes(input), false)),
      lax,
      input,
    );
    assert.equal(
      outcome(() => a2bBase64(bytes(input), true)),
      strict,
      input,
    );
  }
  assert.equal(
    outcome(() => a2bBase64(bytes("Y=Q="), true)),
    "Error: Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple of 4",
  );
  assert.equal(text(b2aBase64(bytes("ab"), true)), "YWI=\n");
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.deepEqual(a2bBase64(b2aBase64(all, true), false), all);
});

test("uuencode", () => {
  assert.equal(text(b2aUu(bytes("abc"), false)), "#86)C\n");
  assert.equal(text(b2aUu(new Uint8Array(5), true)), "%````````\n");
  assert.equal(
    outcome(() => a2bUu(bytes("#86"))),
    "a`\0",
  );
  assert.equal(
    outcome(() => a2bUu(bytes("#86)Cx\n"))),
    "Error: Trailing garbage",
  );
  assert.equal(
    outcome(() => a2bUu(bytes("#8\x7f)C"))),
    "Error: Illegal char",
  );
});

test("quoted-printable", () => {
  assert.equal(text(a2bQp(bytes("a=3Db=\nc="), false)), "a=bc");
  assert.equal(text(a2bQp(bytes("a=\r\nb==x"), false)), "ab=x");
  const encode = (s: string, tabs = false, isText = true, header = false): string =>
    text(b2aQp(bytes(s), tabs, isText, header));
  assert.equal(encode("a=b c\t \n x"), "a=3Db c\t=20\n x");
  assert.equal(encode("a b_\n", false, true, true), "a_b=5F\n");
  assert.equal(encode("a\r\nb", false, false), "a=0D=0Ab");
  assert.equal(encode("x".repeat(100)), `${"x".repeat(75)}=\n${"x".repeat(25)}`);
  assert.equal(encode("\xff".repeat(40)), `${"=FF".repeat(25)}=\n${"=FF".repeat(15)}`);
  assert.equal(encode("a \r\nb\nc \n"), "a=20\r\nb\r\nc=20\r\n");
  assert.equal(encode(".\n..\n"), "=2E\n..\n");
});

test("checksums", () => {
  assert.equal(crc32(bytes("hello")), 907060870);
  assert.equal(crc32(bytes("hello"), 5), 4277152246);
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.equal(crc32(all), 688229491);
  assert.equal(crc32(all.subarray(0, 251), 7), 1719953434);
  assert.equal(crcHqx(bytes("hello"), 70000), 12060);
  assert.equal(adler32(bytes("Wikipedia")), 0x11e60398);
  assert.equal(adler32(new Uint8Array(100000).fill(255)), 345649196);
});
