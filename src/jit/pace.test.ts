import assert from "node:assert/strict";
import { test } from "node:test";
import type { PyCode } from "../objects/code.ts";
import { Pace } from "./pace.ts";

const code = {} as PyCode;

test("thresholds are as usual until much has been emitted, and grow from then on, but not for ever", () => {
  const emitted = { regions: 0, baselines: 0 };
  const pace = new Pace(emitted);
  const shiftAt = (regions: number, baselines: number): number => {
    Object.assign(emitted, { regions, baselines });
    return pace.shift;
  };
  assert.equal(shiftAt(199_000, 0), 0);
  assert.equal(shiftAt(150_000, 50_000), 1);
  assert.equal(shiftAt(230_000, 0), 2);
  assert.equal(shiftAt(50_000_000, 0), 6);
  assert.equal(pace.ofExit(31), 31 * 64);
});

test("a place that is hot waits for each growth of the thresholds once", () => {
  const emitted = { regions: 0, baselines: 0 };
  const pace = new Pace(emitted);
  assert.equal(pace.delay(code, 8), 0);
  emitted.regions = 200_000;
  assert.deepEqual([pace.delay(code, 8), pace.delay(code, 8), pace.delay(code, 4)], [1, 0, 1]);
  emitted.regions = 260_000;
  assert.deepEqual([pace.delay(code, 8), pace.delay(code, 8)], [3, 0]);
});
