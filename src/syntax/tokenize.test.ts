import assert from "node:assert/strict";
import { test } from "node:test";
import { PySyntaxError } from "./errors.ts";
import { tokenizeForPython } from "./tokenize.ts";

function tokens(source: string, extraTokens = true): string[] {
  return [...tokenizeForPython(source, { extraTokens })].map(
    ({ type, string, start, end }) => `${type} ${JSON.stringify(string)} ${start.join(":")}-${end.join(":")}`,
  );
}

test("with everything tokenize wants", () => {
  assert.deepEqual(tokens("if é: # c\r\n  x <> 1"), [
    '1 "if" 1:0-1:2',
    '1 "é" 1:3-1:4',
    '55 ":" 1:4-1:5',
    '65 "# c" 1:6-1:9',
    '4 "\\r\\n" 1:9-1:11',
    '5 "  " 2:0-2:2',
    '1 "x" 2:2-2:3',
    '55 "<" 2:4-2:5',
    '55 ">" 2:5-2:6',
    '2 "1" 2:7-2:8',
    '4 "" 2:8-2:9',
    '6 "" 3:0-3:0',
    '0 "" 3:0-3:0',
  ]);
});

test("as the parser sees them", () => {
  assert.deepEqual(tokens("x # c\n", false), ['1 "x" 1:0-1:1', '4 "# c" 1:2-1:5', '0 "" 1:-1-1:-1']);
  assert.deepEqual(
    tokens("f'a{x:b}'", false).map((row) => Number.parseInt(row, 10)),
    [59, 60, 25, 1, 11, 60, 26, 61, 4, 0],
  );
});

test("what does not end", () => {
  for (const [source, msg] of [
    ["(1", "unexpected EOF in multi-line statement"],
    ["'''x", "unterminated triple-quoted string literal (detected at line 1)"],
  ]) {
    assert.throws(
      () => tokens(source),
      (thrown) => thrown instanceof PySyntaxError && thrown.msg === msg,
    );
  }
});
