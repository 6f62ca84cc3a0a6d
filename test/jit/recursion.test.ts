/**
 * Recursion in compiled code on Node's ordinary stack: what the interpreter runs on frames of its own goes as deep as
 * `sys.setrecursionlimit` allows, and what has no end raises RecursionError where handlers and `finally` find it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "./run.ts";

const DEEP: [what: string, define: string, call: string][] = [
  ["a function", "def f(n): return 1 + f(n - 1) if n else 0", "f(DEPTH)"],
  ["within try", "def f(n):\n  try: return 1 + f(n - 1) if n else 0\n  finally: pass", "f(DEPTH)"],
  [
    "many locals",
    `def f(n):
  ${Array.from({ length: 40 }, (_, i) => `v${i} = n + ${i}`).join("; ")}
  if n == 0: return 0
  r = 1 + f(n - 1)
  return r + (${Array.from({ length: 40 }, (_, i) => `v${i}`).join(" + ")}) * 0`,
    "f(DEPTH)",
  ],
  ["stars", "def f(n, *a, **k): return 1 + f(n - 1, *a, **k) if n else 0", "f(DEPTH, 1, x=2)"],
  ["keywords", "def f(*, n): return 1 + f(n=n - 1) if n else 0", "f(n=DEPTH)"],
  [
    "a property",
    "class P:\n  def __init__(s, n): s.n = n\n  @property\n  def p(s): return 1 + P(s.n - 1).p if s.n else 0",
    "P(DEPTH).p",
  ],
  ["an item", "class P:\n  def __getitem__(s, n): return 1 + s[n - 1] if n else 0", "P()[DEPTH]"],
  ["a constructor", "class P:\n  def __init__(s, n): s.n = P(n - 1).n + 1 if n else 0", "P(DEPTH).n"],
  [
    "coroutines",
    "async def f(n): return 1 + await f(n - 1) if n else 0\ndef drive(c):\n  try: c.send(None)\n  except StopIteration as e: return e.value",
    "drive(f(DEPTH))",
  ],
];
for (const [what, define, call] of DEEP) {
  test(`deep: ${what}`, options, () => {
    const times = (depth: number): string => call.replace("DEPTH", String(depth));
    const source = `import sys\nsys.setrecursionlimit(100000)\n${define}\nfor i in range(40): ${times(5)}\nprint(${times(9000)})`;
    assert.equal(run(source, HOT), "9000\n");
  });
}
test("deep: generators", options, () => {
  const source = `import sys
sys.setrecursionlimit(100000)
def gen(n):
  if n: yield from gen(n - 1)
  yield n
def loop(n):
  if n:
    for x in loop(n - 1): yield x
  yield n
for i in range(40): sum(gen(5)), sum(loop(5))
print(next(gen(3000)), sum(gen(300)), next(loop(3000)))`;
  assert.equal(run(source, HOT), "0 45150 0\n");
});

const ENDLESS: [what: string, define: string, hot: string, endless: string][] = [
  ["a function", "def f(n, end): return f(n + 1, end) if n != end else n", "f(0, 5)", "f(0, -1)"],
  [
    "__getattr__",
    "class A:\n  def __getattr__(s, name): return getattr(s, 'a' + name) if len(name) != end else 1",
    "end = 5; A().a",
    "end = -1; A().a",
  ],
  [
    "__repr__",
    "class A:\n  def __init__(s, k): s.k = k\n  def __repr__(s): return 'A(%r)' % s.k\ndef chain(n):\n  a = 1\n  for i in range(n): a = A(a)\n  return a",
    "repr(chain(3))",
    "repr(chain(20000))",
  ],
  [
    "comparisons",
    "class A:\n  def __init__(s, k): s.k = k\n  def __eq__(s, o): return s.k == o.k\n  def __lt__(s, o): return s.k < o.k\ndef chain(n):\n  a = 1\n  for i in range(n): a = A(a)\n  return a",
    "chain(3) == chain(3); chain(3) < chain(3)",
    "chain(20000) == chain(20000)",
  ],
  ["sorted's keys", "def f(n): return sorted([1, 2], key=lambda k: f(n - 1) and k) if n else [1]", "f(3)", "f(-1)"],
  ["map", "def f(n): return list(map(f, [n - 1])) if n else 1", "f(3)", "f(-1)"],
  [
    "json",
    "import json\ndef nest(n):\n  r = []\n  for i in range(n): r = [r]\n  return r",
    "json.dumps(nest(3))",
    "json.dumps(nest(100000))",
  ],
  ["generators", "def f(n):\n  if n: yield from f(n - 1)\n  yield n", "sum(f(3))", "sum(f(-1))"],
  ["__call__", "class A:\n  def __call__(s, n): return s(n - 1) if n else 0", "A()(3)", "A()(-1)"],
];
for (const [what, define, hot, endless] of ENDLESS) {
  test(`without end: ${what}`, options, () => {
    const source = `${define}
done = caught = 0
def guarded():
  global done
  try:
    ${endless}
  finally:
    done += 1
for i in range(40): ${hot}
for i in range(3):
  try: guarded()
  except RecursionError: caught += 1
print(done, caught)`.replace("    end = -1;", "    global end\n    end = -1;");
    assert.equal(run(source, HOT), "3 3\n");
  });
}
test("every `finally` on the way runs", options, () => {
  const source = `
entered = left = 0
def f(n):
  global entered, left
  entered += 1
  try: return f(n - 1) if n else 0
  finally: left += 1
for i in range(40): f(4)
for i in range(3):
  try: f(-1)
  except RecursionError: print(entered == left)`;
  assert.equal(run(source, HOT), "True\n".repeat(3));
});
test("the limit is the interpreter's, frames that are inlined count", options, () => {
  const source = `
import sys
def deepest(n):
  global most
  most = n
  return inner(n + 1) if n else 0
def inner(n): return outer(n) + 1
def outer(n, *, end=-1): return deepest(n) if n != end else n
def both():
  global calls
  calls += 1
  try: both()
  except RecursionError:
    if calls < 5000: both()
for i in range(40): outer(0), inner(0)
for limit in (60, 100, 101, 102, 103, 104, 150):
  sys.setrecursionlimit(limit)
  for i in range(3):
    try: deepest(1)
    except RecursionError: print(limit, most)
sys.setrecursionlimit(12)
calls = 0
try: both()
except RecursionError: pass
print(calls)`;
  const expected = run(source, { jit: "off" });
  assert.equal(run(source, HOT), expected);
});
