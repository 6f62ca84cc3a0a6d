import assert from "node:assert/strict";
import { test } from "node:test";
import { type Str, strFromJs, strFromPoints, strToJs } from "../str/astral.ts";
import { Decoding, Encoding } from "./coding.ts";
import { decodeUtf16, decodeUtf32, encodeUtf16 } from "./utf16.ts";
import { decodeUtf7, encodeUtf7 } from "./utf7.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";
import { decodeUnicodeEscape, encodeUnicodeEscape } from "./unicode-escape.ts";

/** A handler that replaces and records what was reported. */
function decoding(data: string, log: string[] = [], final = true): Decoding {
  return new Decoding(
    data,
    "x",
    (_encoding, d, start, end, reason) => {
      log.push(`${start}-${end} ${reason}`);
      return { text: "?", position: end, data: d };
    },
    final,
  );
}
function encoding(text: Str): Encoding {
  return new Encoding(text, "x", (_e, _t, _s, end) => ({ bytes: "!", position: end, fail: () => {} }));
}

test("utf-8 round trip and the extent of invalid sequences", () => {
  const text = strFromJs("aé€😀z");
  const e = encoding(text);
  assert.ok(encodeUtf8(e));
  assert.equal(Buffer.from(e.out, "latin1").toString("utf8"), "aé€😀z");
  const d = decoding(e.out);
  assert.ok(decodeUtf8(d));
  assert.equal(strToJs(d.out.build()), "aé€😀z");

  const log: string[] = [];
  const bad = decoding("a\xff\xe2\x82b\xed\xa0\x80\xf0\x9f", log);
  decodeUtf8(bad);
  assert.deepEqual(log, [
    "1-2 invalid start byte",
    "2-4 invalid continuation byte",
    "5-6 invalid continuation byte",
    "6-7 invalid start byte",
    "7-8 invalid start byte",
    "8-10 unexpected end of data",
  ]);
  assert.equal(bad.out.build(), "a??b????");
});

test("utf-8 keeps an incomplete tail when more may come", () => {
  const d = decoding("ab\xe2\x82", [], false);
  decodeUtf8(d);
  assert.equal(d.position, 2);
});

test("utf-8 encoder reports surrogates in runs", () => {
  const e = encoding("a\ud800\udc00b");
  encodeUtf8(e);
  assert.equal(e.out, "a!b");
});

test("utf-16 and utf-32", () => {
  const e = encoding(strFromJs("a😀"));
  encodeUtf16(e, 0);
  assert.equal(e.out, "\xff\xfea\0\x3d\xd8\x00\xde");
  const d = decoding(e.out);
  assert.equal(decodeUtf16(d, 0), -1);
  assert.equal(strToJs(d.out.build()), "a😀");
  const log: string[] = [];
  const bad = decoding("\x00\x00\xd8\x00\x00\x11\x00\x00\x00", log);
  decodeUtf32(bad, 1);
  assert.equal(log.length, 3);
});

test("utf-7", () => {
  const e = encoding(strFromJs("a+b \xe9😀-"));
  encodeUtf7(e);
  assert.equal(e.out, "a+-b +AOnYPd4A--");
  const d = decoding(e.out);
  assert.ok(decodeUtf7(d));
  assert.equal(strToJs(d.out.build()), "a+b \xe9😀-");
});

test("unicode_escape", () => {
  assert.equal(encodeUnicodeEscape(strFromPoints([0x5c, 10, 0xe9, 0x20ac, 0x1f600])), "\\\\\\n\\xe9\\u20ac\\U0001f600");
  const d = decoding("\\x41\\N{A}\\101\\q");
  const invalid = decodeUnicodeEscape(d, (name) => (name === "A" ? 0x42 : -1));
  assert.equal(d.out.build(), "ABA\\q");
  assert.deepEqual(invalid, { text: "q", octal: false });
});
