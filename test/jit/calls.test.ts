/** Calls that the trace does not follow, and results that the interpreter's own frames wait for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  [
    "keywords and defaults in recursion",
    `def tree(n, *, step=1, tag='t', **more):
  if n <= 0: return (tag, sorted(more))
  return tree(n - step, step=step, tag=tag + 'x', depth=n, **({} if n % 2 else {'even': n}))
def find(node, update=False):
  if node[0] is None: return node
  found = find(node[0], update=True)
  if update: node[0] = found
  return found
for i in range(60):
  a = [None]
  b = [[[a]]]
  print(tree(i % 7), find(b, update=i % 2 == 0) is a, b[0] is a)`,
  ],
  [
    "the interpreter calls functions that are compiled",
    `class P:
  def __init__(self, x): self.x = x
  @property
  def double(self): return self.x * 2
  def __add__(self, other): return P(self.x + other.x)
  def __eq__(self, other): return self.x == other.x if type(other) is P else NotImplemented
  def __len__(self): return self.x - 95
  def __contains__(self, y): return y == self.x
def check(n):
  out = []
  exec('for i in range(n):\\n  p = P(i) + P(1)\\n  try: r = bool(p)\\n  except ValueError as e: r = str(e)\\n  out.append((p.double, p == P(i), p == i, i in p, r))', {'P': P, 'n': n, 'out': out})
  return out
print(check(120))`,
  ],
  [
    "functions that a def makes anew for each call, with defaults, keywords, closures, and one with others",
    `def f(i, log):
  base = i * 2
  def g(x, y=3, z=(1, 2)): return x + y + base + len(z)
  def h(x, y=i): return x * y
  def k(x, *, scale=2): return x * scale + base
  if i % 13 == 5: g.__defaults__ = (100, ())
  if i == 70: k.__kwdefaults__ = {'scale': 50}
  if i == 80: h.__code__ = g.__code__.replace(co_freevars=(), co_cellvars=()) if False else (lambda x, y=1: x - y).__code__
  if i == 90: g = lambda x, y=7, z='': ('lambda', x, y, base)
  try: log.append((g(i), g(i, z='abc'), g(y=1, x=2), h(i), h(2, y=5), k(i), k(i, scale=3), call(g, i)))
  except TypeError as e: log.append(str(e))
  return g
def call(fn, x): return fn(x)
log = []
kept = [f(i, log) for i in range(110)]
print(log)
print([call(g, 1) for g in kept], [call(kept[3], i) for i in range(30)])`,
  ],
  [
    "an __init__ that returns something",
    `class A:
  def __init__(self, x):
    if x > 30: return x
def f(n):
  made = 0
  for i in range(n):
    try:
      A(i)
      made += 1
    except TypeError as e:
      text = str(e)
  return made, text
print(f(50))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => assert.equal(run(source, HOT), run(source, {})));
  // With one of the two alone, the other side of a call is the interpreter's.
  test(`${what}, loops alone`, options, () => {
    assert.equal(run(source, { ...HOT, "jit-without": "function-entries" }), run(source, {}));
  });
  test(`${what}, entries alone`, options, () => {
    assert.equal(run(source, { ...HOT, "jit-threshold": "1000000" }), run(source, {}));
  });
}
