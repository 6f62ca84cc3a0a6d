/** The CSV state machine against CPython 3.14's readings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Format } from "./dialect.ts";
import { NULL, NUMBER, ParseError, Parser } from "./parser.ts";

const EXCEL: Format = {
  delimiter: 44,
  doublequote: true,
  escapechar: -1,
  lineterminator: "\r\n",
  quotechar: 34,
  quoting: 0,
  skipinitialspace: false,
  strict: false,
};

function rows(lines: string[], change: Partial<Format> = {}): string {
  const parser = new Parser({ ...EXCEL, ...change }, () => 100);
  const result: string[] = [];
  const show = (): void => {
    const marks = ["", "#", "~"];
    result.push(
      parser.fields.map((field) => marks[[0, NUMBER, NULL].indexOf(field.kind)] + String(field.text)).join("|"),
    );
  };
  parser.reset();
  try {
    for (const line of lines) {
      parser.line(line);
      if (!parser.isComplete) continue;
      show();
      parser.reset();
    }
    if (!parser.isComplete && parser.finish()) show();
  } catch (error) {
    assert.ok(error instanceof ParseError);
    return error.message;
  }
  return result.join(" / ");
}

test("fields, quotes, lines", () => {
  assert.equal(rows(["a,b", "c\r\n", "", "a,"]), "a|b / c /  / a|");
  assert.equal(rows(['a,"b', 'c"']), "a|bc");
  assert.equal(rows(['a,"b""c"']), 'a|b"c');
  assert.equal(rows(['a,"b"c']), "a|bc");
  assert.equal(rows(['a,"b"c'], { strict: true }), "',' expected after '\"'");
  assert.equal(rows(['a,"b'], { strict: true }), "unexpected end of data");
  assert.equal(
    rows(["a\rb"]),
    "new-line character seen in unquoted field - do you need to open the file with newline=''?",
  );
  assert.equal(rows(['a, "c"'], { skipinitialspace: true }), "a|c");
  assert.equal(rows(["a\\,b,c"], { escapechar: 92 }), "a,b|c");
  assert.equal(rows(["x".repeat(101)]), "field larger than field limit (100)");
});

test("quoting says what is a number and what is nothing", () => {
  assert.equal(rows(['1,"a",'], { quoting: 2 }), "#1|a|");
  assert.equal(rows(['1,"a",,""'], { quoting: 4 }), "#1|a|~|");
  assert.equal(rows(['a,,""'], { quoting: 5 }), "a|~|");
});
