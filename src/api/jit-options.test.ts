import assert from "node:assert/strict";
import { test } from "node:test";
import { IDEAS } from "../jit/settings.ts";
import { JitOptionError, jitSettings, wantsJit } from "./jit-options.ts";

const options = (given: Record<string, string | true>) => jitSettings(new Map(Object.entries(given)));
const wants = (jit: boolean, option?: string | true) =>
  wantsJit({ jit, xOptions: new Map(option === undefined ? [] : [["jit", option]]) });

test("-X jit has the last word", () => {
  assert.equal(wants(true), true);
  assert.equal(wants(true, "off"), false);
  assert.equal(wants(false, "on"), true);
  assert.equal(wants(false, "0"), false);
  assert.throws(() => wants(true, "perhaps"), JitOptionError);
});

test("numbers, ideas and options that do not exist are refused", () => {
  assert.equal(options({ "jit-threshold": "7" }).loopThreshold, 7);
  assert.deepEqual([...options({ "jit-without": "send,ranges" }).without], ["send", "ranges"]);
  const wrong: Record<string, string | true>[] = [
    { "jit-threshold": "many" },
    { "jit-threshold": true },
    { "jit-stress": "-1" },
    { "jit-without": "sending" },
    { "jit-without": true },
    { "jit-fast": "1" },
  ];
  for (const given of wrong) assert.throws(() => options(given), JitOptionError);
});

test("the compilers are waited for unless something is asked of them", () => {
  assert.ok(options({ jit: "on" }).loadThreshold > 1);
  assert.equal(options({ jit: "on", "jit-strict": true }).loadThreshold, 1);
  assert.equal(options({ "jit-threshold": "3", "jit-load-threshold": "20" }).loadThreshold, 20);
});

test("every idea can be named", () => {
  assert.equal(options({ "jit-without": IDEAS.join(",") }).without.size, IDEAS.length);
});

test("a seed decides how hot is hot under stress; what is given as well wins", () => {
  const { loopThreshold, stress } = options({ "jit-stress": "5" });
  assert.equal(stress, 5);
  assert.ok(loopThreshold <= 3);
  assert.equal(options({ "jit-stress": "5", "jit-threshold": "50" }).loopThreshold, 50);
});
