/** How V8 keeps arrays: code that it has optimised for arrays of several kinds makes some of them arrays of another kind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import type { Value } from "../core.ts";
import { listOf } from "../list.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { newRange } from "../range.ts";
import { plainItems } from "../sequence/plain-items.ts";
import "../../api/builtin-types.ts";
import { doublesOf } from "./doubles.ts";
import { sortedDoubles, sortedInts } from "./sort-numbers.ts";

setFlagsFromString("--allow-natives-syntax");
const mayHaveHoles = new Function("array", "return %HasHoleyElements(array)") as (array: unknown[]) => boolean;
const keepsDoubles = new Function("array", "return %HasDoubleElements(array)") as (array: unknown[]) => boolean;
const prepare = new Function("f", "%PrepareFunctionForOptimization(f)") as (f: unknown) => void;
const optimizeNext = new Function("f", "%OptimizeFunctionOnNextCall(f)") as (f: unknown) => void;

test("lists of a frame's values leave its array without holes, whatever other arrays lists are made of", () => {
  const frame: Value[] = ["a", null, "b"];
  const others: Value[][] = [new Array(3).fill("x"), [1, 2], [1.5 as never, 2.5 as never]];
  prepare(doublesOf);
  prepare(listOf);
  for (let i = 0; i < 30; i++) {
    listOf(frame, 0, 2);
    for (const values of others) doublesOf(values, 0, 2);
  }
  optimizeNext(doublesOf);
  optimizeNext(listOf);
  listOf(frame, 0, 2);
  assert.equal(mayHaveHoles(frame), false);
});

test("sorted lists of small ints are no arrays of doubles, whatever doubles are sorted", () => {
  for (const f of [sortedInts, sortedDoubles]) prepare(f);
  const sortAll = () => {
    sortedDoubles([2.5, 1.5], false);
    sortedInts([2 ** 40, 2 ** 33]);
    return [sortedInts([3, 1, 2]), sortedInts([1, 2, 3])];
  };
  for (let i = 0; i < 30; i++) sortAll();
  for (const f of [sortedInts, sortedDoubles]) optimizeNext(f);
  sortAll();
  assert.deepEqual(sortAll().map(keepsDoubles), [false, false]);
});

test("lists of small ints are no arrays of doubles, whatever large ints were collected before", () => {
  const range = (start: number) => newRange(start, start + 3, 1);
  for (const collect of [listFromIterable, plainItems]) {
    prepare(collect);
    for (let i = 0; i < 30; i++) collect(range(2 ** 40));
    optimizeNext(collect);
    collect(range(2 ** 40));
    assert.equal(keepsDoubles(collect(range(0)) as Value[]), false);
  }
});
