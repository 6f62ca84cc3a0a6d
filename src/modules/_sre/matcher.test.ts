/** The engine and the translated expressions against results of CPython 3.14 (`matcher.cases.txt`). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Subject } from "./engine.ts";
import { translate } from "./jsregexp.ts";
import { type Found, FULLMATCH, MATCH, Matcher, type Mode, SEARCH } from "./matcher.ts";

type Expected = [[number, number], [number, number][], number | null] | null;
interface Case {
  pattern: string;
  flags: number;
  code: number[];
  groups: number;
  text: string;
  match: Expected;
  search: Expected;
  fullmatch: Expected;
  iter: Expected[];
}
/** One JSON object a line. */
const CASES = readFileSync(new URL("./matcher.cases.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

function describe(found: Found | null, groups: number): Expected {
  if (found === null) return null;
  const spans = found.spans();
  const result: [number, number][] = [];
  for (let i = 0; i < groups; i++) {
    const isSet = spans[i * 2] >= 0 && spans[i * 2 + 1] >= 0;
    result.push(isSet ? [spans[i * 2], spans[i * 2 + 1]] : [-1, -1]);
  }
  const last = found.lastindex();
  return [[found.start, found.end], result, last < 0 ? null : last];
}

for (const how of ["engine", "expressions"] as const) {
  test(`${how}: results are CPython's`, () => {
    for (const c of CASES) {
      const isAstral = /[\ud800-\udbff][\udc00-\udfff]/.test(c.text);
      const subject: Subject = isAstral ? Array.from(c.text, (ch) => ch.codePointAt(0) as number) : c.text;
      const matcher = new Matcher(Int32Array.from(c.code), c.groups);
      const run = (pos: number, mode: Mode, mustAdvance: boolean): Expected =>
        describe(
          how === "engine"
            ? matcher.execEngine(subject, pos, subject.length, mode, mustAdvance)
            : matcher.exec(subject, pos, subject.length, mode, mustAdvance),
          c.groups,
        );
      const label = `${c.pattern} on ${c.text}`;
      assert.deepEqual(run(0, MATCH, false), c.match, `match ${label}`);
      assert.deepEqual(run(0, SEARCH, false), c.search, `search ${label}`);
      assert.deepEqual(run(0, FULLMATCH, false), c.fullmatch, `fullmatch ${label}`);
      const all: Expected[] = [];
      let pos = 0;
      for (let mustAdvance = false; ; ) {
        const found = run(pos, SEARCH, mustAdvance);
        if (found === null) break;
        all.push(found);
        pos = found[0][1];
        mustAdvance = found[0][0] === pos;
      }
      assert.deepEqual(all, c.iter, `finditer ${label}`);
    }
  });
}

test("deep backtracking needs no JavaScript stack", () => {
  // (?:(a)|b)*c: REPEAT … BRANCH … MAX_UNTIL LITERAL c SUCCESS
  const c = CASES.find((one) => one.pattern === "(?:(a)|b)*") as Case;
  const matcher = new Matcher(Int32Array.from(c.code), c.groups);
  const found = matcher.execEngine("ab".repeat(200_000), 0, 400_000, MATCH, false);
  assert.equal(found?.end, 400_000);
});

test("patterns on which the two languages differ are left to the engine", () => {
  for (const pattern of ["(?:(a)|b)*", "(?:(a)|b)*+c", "(a)?(?(1)b|c)", "(a*)*"]) {
    const c = CASES.find((one) => one.pattern === pattern) as Case;
    assert.equal(translate(Int32Array.from(c.code), true), null, pattern);
  }
});
