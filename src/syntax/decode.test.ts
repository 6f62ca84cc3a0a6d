import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeSource } from "./decode.ts";
import { PySyntaxError } from "./errors.ts";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function errorOf(text: string, isFile = false): [string, number, number] {
  try {
    decodeSource(bytes(text), "f.py", { isFile });
  } catch (thrown) {
    assert.ok(thrown instanceof PySyntaxError);
    return [thrown.msg, thrown.lineno, thrown.offset];
  }
  return assert.fail(`accepted: ${text}`);
}

test("encodings", () => {
  assert.equal(decodeSource(bytes("\xef\xbb\xbfx = '\xc3\xa9\xf0\x9f\x98\x80'"), "f"), "x = 'é😀'");
  assert.equal(decodeSource(bytes("# coding: latin-1\n\xe9"), "f"), "# coding: latin-1\né");
  assert.equal(decodeSource(bytes("#!x\n# vim: set fileencoding=cp1252 :\n\x80"), "f").at(-1), "€");
  assert.equal(decodeSource(bytes("x = 1\n# coding: nonsense\n"), "f"), "x = 1\n# coding: nonsense\n");
  assert.equal(decodeSource(bytes("# coding: rot13\nk"), "f", { decoder: () => "x" }), "x");
});

test("errors", () => {
  const advice = "but no encoding declared; see https://peps.python.org/pep-0263/ for details";
  assert.deepEqual(errorOf("\nx='\xe9'"), [`Non-UTF-8 code starting with '\\xe9' on line 2, ${advice}`, 2, 4]);
  assert.deepEqual(errorOf("'\xed\xa0\x80'", true), [
    `Non-UTF-8 code starting with '\\xed' in file f.py on line 1, ${advice}`,
    1,
    2,
  ]);
  assert.deepEqual(errorOf("# coding: foo"), ["unknown encoding: foo", 0, -1]);
  assert.deepEqual(errorOf("\xef\xbb\xbf# coding: latin-1"), ["encoding problem: iso-8859-1 with BOM", 1, 0]);
  assert.deepEqual(errorOf("# coding: ascii\n\xe9"), [
    "'ascii' codec can't decode byte 0xe9 in position 16: ordinal not in range(128)",
    0,
    -1,
  ]);
  assert.equal(errorOf("x\0")[0], "source code string cannot contain null bytes");
  assert.equal(errorOf("x\0", true)[0], "source code cannot contain null bytes");
});
