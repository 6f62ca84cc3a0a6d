/** Regions that share a function: loops in loops, loops one behind the other, what is carried from one to the next, and ways out of each. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run, stress } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  [
    "loops in a loop, with ints and floats that go round",
    `def f(n):
  s = 0.0; k = 0; last = None
  for i in range(n):
    for x in (1.5, 2.5, 3.5): s += x * i
    for j in range(4):
      k += j
      if j == 2: s -= 0.25
    last = (i, s)
  return s, k, last
print(f(60), f(61))`,
  ],
  [
    "a slot that is a float in one loop and something else in the other",
    `def f(n):
  x = 0.5; r = []
  for i in range(n):
    for _ in range(5): x = x * 0.5 + i
    y = x
    x = [i]
    for _ in range(5): x.append(len(x))
    r.append(x[-1])
    x = y if i % 7 else float('nan')
  return r, x
def g(n):
  t = 0
  for i in range(n):
    t = 0
    for v in (0.5, 1.5): t += v
    for v in (1, 2): t = t + v if i != 40 else None
    if t is None: t = 'none'
  return t
print(f(70), g(60))`,
  ],
  [
    "errors, breaks, returns and locals that are looked at in either loop",
    `import sys
def look(): return sorted(sys._getframe(1).f_locals.items(), key=lambda p: p[0])[:3]
def f(n, stop):
  out = []; a = 0
  for i in range(n):
    j = -1
    while j < 3:
      j += 1
      if (i, j) == stop: return out, look(), a
      a += 1
    for k in range(3):
      if k == 1 and i % 11 == 0: break
      if i == 50 and k == 2: raise ValueError((i, j, k))
    else: out.append(i)
    if i == 30: out.append(look())
  return out
print(f(45, None))
print(f(49, (44, 2)))
for stop in (None, (51, 1)):
  try: print(f(55, stop))
  except ValueError as e: print(e, e.__traceback__.tb_next.tb_lineno)`,
  ],
  [
    "three loops that go over to each other, and one that grows while it is shared",
    `def f(n):
  odd = even = big = 0; seen = {}
  for i in range(n):
    m = i
    while m > 1: m = m // 2 if m % 2 == 0 else 3 * m + 1; odd += m & 1
    for d in (2, 3, 5):
      if i % d == 0: even += d
      elif i > 40: big += 2 ** 60 + d
    for c in str(i): seen[c] = seen.get(c, 0) + (1 if i < 50 else 0.5)
  return odd, even, big, sorted(seen.items())
print(f(90))`,
  ],
  [
    "generators and functions with loops of their own",
    `def gen(n):
  for i in range(n):
    for j in range(3):
      if j: yield i * j
    for j in range(2): pass
    yield -i
def total(n):
  s = 0
  for x in gen(n): s += x
  for x in gen(n):
    for y in range(3): s += x * y
  return s
print(total(40), sum(gen(50)))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, { jit: "off" });
    assert.equal(run(source, HOT), expected);
    assert.equal(run(source, { ...HOT, "jit-link-threshold": "1", "jit-small-region": "1500" }), expected);
    assert.equal(run(source, { ...HOT, "jit-without": "merging" }), expected);
    for (const seed of [1, 2, 3]) assert.equal(run(source, stress(seed)), expected, `seed ${seed}`);
  });
}

test("what links loops of one function is no way out of it", options, () => {
  const source = `
def f(n):
  s = 0
  for i in range(n):
    for j in range(3): s += j
    for j in range(3): s -= j
  return s
print(f(3000))`;
  const leaves = (more: Record<string, string>): number => {
    const text = run(source, { ...HOT, "jit-stats": true, ...more });
    return Number(/left (\d+) times/.exec(text)?.[1]);
  };
  const apart = leaves({ "jit-without": "merging" });
  const together = leaves({});
  assert.ok(together * 5 < apart, `${together} of ${apart}`);
});
