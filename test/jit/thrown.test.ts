/** What native code throws through compiled code, as errors of numbers and of sizes are: it has its place and its handler. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run, stress } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  [
    "division of a large int by zero, within the loop's `try`",
    `
def f(n):
  out = []
  for i in range(n):
    try:
      out.append((1 << 70 + i) // (i % 7))
    except ZeroDivisionError as error:
      out.append((i, error.__traceback__.tb_lineno))
  return out
print(f(60)[:20])`,
  ],
  [
    "a negative shift in an inlined function",
    `
def shift(a, b):
  try:
    return a << b
  except ValueError as error:
    return str(error), a, b
def f(n):
  return [shift(3, 40 - i) for i in range(n)]
print(f(60)[-20:])`,
  ],
  [
    "a function called by compiled code handles it",
    `
def fact(n, i):
  try:
    if n == 0: return (1 << 80) // i
    return fact(n - 1, i)
  except ZeroDivisionError:
    return n
print([fact(9, i % 5) for i in range(60)])`,
  ],
  [
    "in a generator that a native function goes through",
    `
def items(n):
  for i in range(n):
    try:
      yield (1 << 70) % (i % 3)
    except ZeroDivisionError:
      yield -1
print([sum(items(k)) for k in range(40)])`,
  ],
  [
    "a string that is too long",
    `
def grow(text):
  n = 0
  try:
    while True:
      n += 1
      text = text + text
  except MemoryError:
    return n
print([grow('x' * (1 << k)) for k in range(0, 20, 3)])`,
  ],
  [
    "a result that is too long",
    `
def pad(k):
  done = 0
  try:
    done = 1
    'x'.ljust(1 << k)
    done = 2
  except (MemoryError, OverflowError) as error:
    return k, done, error.__traceback__.tb_lineno
  return done
print([pad(8 if i < 16 else 30) for i in range(20)])`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, {});
    assert.doesNotMatch(expected, /Traceback|fault/);
    assert.equal(run(source, HOT), expected);
    for (const seed of [1, 2]) assert.equal(run(source, stress(seed)), expected);
  });
}
