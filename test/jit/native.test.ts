/** Native functions, conversions and containers in compiled code: inline, or known to run no Python code. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const HOT = { jit: "on", "jit-threshold": "3", "jit-entry-threshold": "5", "jit-exit-threshold": "2" };

const PROGRAMS: [what: string, source: string][] = [
  [
    "methods that natives call return from compiled code, and frames of theirs that somebody holds",
    `import sys
class P:
  def __init__(self, d): self.d = d
  def __getitem__(self, i):
    if i > 2: return self.d[i] + 0
    return self.d[i]
  def __len__(self): return len(self.d)
  def __eq__(self, o): return self.d == o.d
  def __hash__(self): return hash(len(self.d))
  def __repr__(self):
    if len(held) % 3 == 0:
      f = sys._getframe(); held.append(f); x = len(self.d)
      return f"P({x})"
    held.append(None)
    return "P"
held = []
def f(n):
  t = 0
  for i in range(n):
    p = P([1, 2, 3, i])
    for x in p: t += x
    t += len(p) + (p == P([1])) + len({p: 1, P([2]): 2}) + len(repr(p))
  return t
print(f(300), held[6].f_lineno, held[6].f_locals["x"], held[-3].f_lineno, held[-3].f_back.f_lineno)
def key(v):
  if v % 5 == 0: raise KeyError(v) if v > 900 else StopIteration
  return -v % 7
print(sorted((v for v in range(300) if v % 5), key=key)[:5], sum(map(lambda v: v * 2, range(300))))
for a, b in ((1, 890), (901, 1000)):
  try: print(max(map(key, range(a, b))))
  except (KeyError, RuntimeError) as e: print(type(e), e.args)`,
  ],
  [
    "shifts and masks of small and large ints, of either sign",
    `def f(values, shifts):
  r = []
  for a in values:
    for b in shifts:
      r += [a << b, a >> b, a & b, a | b, a ^ b, a & 0xFFFFFFFF, a & 0xFF, ~a, a ^ 0xFFFFFFFF, a | 1 << 40, a & -2 ** 40]
  return r
v = [0, 1, -1, 5, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**32 - 1, 2**32, 2**45 + 3, -2**45 - 3, 2**53 - 1, -2**53 + 1, 2**53, 7, 9, 11]
for k in range(4): r = f(v, [0, 1, 5, 31, 32, 33, 40, 52])
print(r)
for k in range(3): r = f([x & 1023 for x in v] * 5, [1, 3, 7])
print(r)
try: f([1] * 30 + [2], [3, -1])
except ValueError as e: print(e)`,
  ],
  [
    "bools as numbers",
    `def f(n):
  t = 0; u = 0.5; r = []
  for i in range(n):
    b = i % 3 == 0
    t += b
    u = u * 0.5 + b
    r.append((b & (i > 5), b | (i > 5), b ^ True, b + b, -b, b << 2, b / 2, b // 2))
  return t, u, r[-3:]
print(f(50))`,
  ],
  [
    "min, max, abs, int, float, math",
    `import math
def f(values):
  r = []
  for x in values:
    r += [abs(x), min(x, 3), max(x, 3), min(x, 0.5), max(x, -0.0), float(x), bool(x), str(x), type(x), repr(x)]
    try: r += [int(x), math.floor(x), math.ceil(x), math.trunc(x), round(x), math.sqrt(x)]
    except (ValueError, OverflowError) as e: r.append(str(e))
    r += [math.fabs(x), isinstance(x, int), isinstance(x, (float, str)), isinstance(x, (int, float))]
  return r
ints = [3, 0, -5, True, 2**53, -2**60, 7, 100]
floats = [0.0, -0.0, 2.5, -2.5, 1e20, float("inf"), float("-inf"), float("nan"), 3.0, 0.1]
for v in (ints * 3, floats * 3, ints + floats, [1] * 30 + [0.5], [0.5] * 30 + [1]): print(f(v))
def g(values):
  r = []
  for s in values: r += [int(s), float(s), str(s), list(s), tuple(s), len(set(s)), isinstance(s, str), bool(s)]
  return r
print(g(["12", "7"] * 20)[-8:])
def h(values):
  r = []
  for s in values: r += [list(s), tuple(s), sorted(s), sum(s), bool(s), isinstance(s, list), dict(), list(), tuple(range(len(s)))]
  return r
print(h([[3, 1], [], [2]] * 10)[-30:], h([(3, 1), ()] * 10)[-20:])`,
  ],
  [
    "membership",
    `class K:
  def __init__(self, v): self.v = v
  def __eq__(self, o): return self.v == (o.v if isinstance(o, K) else o)
  def __hash__(self): return hash(self.v)
def f(items):
  d = {1: 2, "a": 3, (1, 2): 4, None: 5}; s = {1, "a", (1, 2), 2.5}; fs = frozenset(s); l = [1, "a", None, 2.5]
  r = 0
  for i, x in enumerate(items):
    r = r * 2 + (x in d) + (x not in s) + (x in fs) + (x in l) + (x in (1, "a", None)) + ((x, 2) in d) + ((1, i) in s)
    r %= 1000003
  return r
for items in ([1, 2, 3] * 20, ["a", "b"] * 20, [None, 2.5, 1.0, True] * 10, [K(1), 1, K("a"), "a", K(9)] * 8, [1] * 30 + [K(1)] * 5):
  print(f(items))
def g(n):
  r = 0
  for i in range(n):
    try: r += i in (i, {}) and {} in [i] or [] in {i}
    except TypeError as e: r += len(str(e))
    r += "b" in "abc" and "x" not in "abc"
  return r
print(g(50))`,
  ],
  [
    "iterators of containers, and containers that change while they are iterated over",
    `def f(n):
  r = []
  for i in range(n):
    d = {"a": 1, "b": i}; s = {i}; t = (1, i)
    for k in d: r.append(k)
    for k, v in d.items(): r.append((k, v))
    for v in d.values(): r.append(v)
    for x in s: r.append(x)
    for x in t: r.append(x)
    for x in "xy": r.append(x)
    for x in reversed([1, i]): r.append(x)
    for x in range(2): r.append(x)
    try:
      for k in d:
        if i > 20: d[i] = 1
    except RuntimeError as e: r.append(str(e))
  return r
x = f(30)
print(len(x), x[-40:])`,
  ],
  [
    "globals that are assigned in loops, and deleted",
    `count = 0
def inc(i):
  global count
  count += i
  return count
def f(n):
  global count, other
  for i in range(n):
    count = inc(i) + 1
    other = count
    if i == 40: del other
  return count, other
print(f(60), count)
def other(): return 5
def g(n):
  global other
  r = 0
  for i in range(n):
    r += other()
    if i == 30: other = lambda: 7
  return r
print(g(60))`,
  ],
  [
    "strings that are formatted, slices, dicts and sets that are built",
    `class F:
  def __format__(self, spec): return "F" + spec
  def __str__(self): return "S"
  def __repr__(self): return "R"
def f(items):
  r = []
  for i, x in enumerate(items):
    l = [i, x, 3]; s = "abcdef"
    r.append((f"{x}-{i:03d}-{x!r}-{x!s}", l[1:], l[:i % 4], l[-2:], s[1:3], (1, 2, x)[1:], s[::-1], l[::2]))
    r.append(({i: x, "k": 1}, {i, 2}, {**{"a": i}}, [*l, 4], (*l, 5), "".join(["a", s[i % 6]])))
  return r[-4:]
print(f([1, 2.5, "x", None, True] * 8))
print(f([F(), 1] * 15))`,
  ],
  [
    "super(), and a method that a class in between gets later",
    `class A:
  def m(self, x): return x + 1
class B(A):
  def m(self, x): return super().m(x) * 2
class C(B):
  def m(self, x): return super().m(x) + 100
def f(n):
  o = [C(), B()]; r = []
  for i in range(n):
    r.append(o[i % 2].m(i))
    if i == 50: A.m = lambda self, x: -x
    if i == 70: B.m = lambda self, x: 1
  return r[40:60] + r[-15:]
print(f(90))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, {});
    assert.doesNotMatch(expected, /Traceback/);
    assert.equal(run(source, HOT), expected);
  });
}
