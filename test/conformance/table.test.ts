import assert from "node:assert/strict";
import { test } from "node:test";
import { type ModuleResult, parseReasons, regressions, table } from "./table.ts";

const result = (over: Partial<ModuleResult>): ModuleResult => ({
  passed: 10,
  failed: 0,
  errors: 0,
  skipped: 0,
  bad: [],
  ...over,
});

test("a test that passed before and fails now is a regression; a known failure and a new module are none", () => {
  const before = { a: result({ bad: ["a.X.old"] }), b: result({}) };
  const now = {
    a: result({ passed: 9, bad: ["a.X.old", "a.X.new"] }),
    b: result({ passed: 0, crash: "rc 1" }),
    c: result({ bad: ["c.X"] }),
  };
  assert.deepEqual(regressions(before, now), ["a.X.new passed before", "b: 10 tests passed before, now 0 (rc 1)"]);
  assert.deepEqual(regressions(before, { a: result({ passed: 11 }) }), []);
});

test("the total counts no module above CPython's number", () => {
  const text = table({ a: result({ passed: 12 }), b: result({ passed: 5 }) }, { a: [10, 0], b: [10, 0] });
  assert.match(text, /total\s+15\s+20\s+75\.0 %/);
});

test("reasons go by name or pattern, the first that fits", () => {
  const reason = parseReasons("# head\ntest.test_gc.*: no reference counts\ntest.a.b.c: why: so\n");
  assert.equal(reason("test.test_gc.X.y"), "no reference counts");
  assert.equal(reason("test.a.b.c"), "why: so");
  assert.equal(reason("test.a.bxc"), undefined);
});
