/** Against CPython 3.14's numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MersenneTwister } from "./mt19937.ts";

test("a seed gives CPython's floats and bits", () => {
  const mt = new MersenneTwister();
  mt.seedInt(42);
  assert.deepEqual([mt.random(), mt.random()], [0.6394267984578837, 0.025010755222666936]);
  assert.deepEqual([mt.bits(1), mt.bits(32), mt.bits(40), mt.bits(53)], [0, 1051802512, 151282538206, 923193498493097]);
  assert.equal(mt.bits(100), 704511047883023533822611041645n);
  mt.seedInt(-(2n ** 100n) - 7n);
  assert.equal(mt.random(), 0.41604161323913513);
  mt.seedInt(0);
  assert.equal(mt.random(), 0.8444218515250481);
  for (let i = 0; i < 1000; i++) mt.next32();
  assert.equal(mt.next32(), 1494123482);
});
