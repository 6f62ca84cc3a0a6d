/** Ways through a trace that part and meet again: compiled code must print what the interpreter prints. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  [
    "branches one after the other, with values of several kinds",
    `def f(n):
  r = []
  for i in range(n):
    a = 1 if i % 2 else 2
    b = 0.5 if i % 3 else 1.5
    c = 'x' if i % 5 else None
    d = i if i % 7 else 0.25
    if i % 11 == 0: d = c
    r.append((a, b, c, d, a + b))
  return r
print(f(200))`,
  ],
  [
    "an inlined function that returns early, in a loop that is unrolled",
    `def first(xs, y):
  for x in xs:
    if x == y: return x
    if x > 90:
      if y > 50: return -x
      y += 1
  return None
def f(n):
  t = []
  for i in range(n):
    t.append(first((i, i // 2, 95, 3), i * 7 % 13))
  return t
print(f(300))`,
  ],
  [
    "a variable that only one of the ways sets",
    `def f(n):
  out = []
  for i in range(n):
    if i % 3 == 0: x = i
    elif i % 3 == 1: x = str(i)
    if i % 4: y = x
    out.append((x, y if i % 4 else None))
  return out
print(f(100))`,
  ],
  [
    "classes that come together behind their methods",
    `class A:
  def __init__(self): self.x = 1
  def m(self): return self.x
class B:
  def __init__(self): self.y, self.x = 2, 3
  def m(self):
    self.x += 1
    return self.y + self.x
class C(A):
  def m(self): return super().m() * 2.5
def f(n):
  objects = [A(), B(), C(), A(), B()]
  t = 0
  for i in range(n):
    o = objects[i * i % 5]
    if o.x > 100: o.x = 0
    t += o.m() + o.x
  return t
print(f(400))`,
  ],
  [
    "an exception that is handled on one of the ways",
    `def g(i):
  if i % 5 == 0: raise ValueError(i)
  return i
def f(n):
  t = []
  for i in range(n):
    try:
      if i % 3: v = g(i)
      else: v = -i
    except ValueError as e:
      v = e.args
    t.append(v)
  return t
print(f(150))`,
  ],
  [
    "recursion with branches, and what is seen from outside",
    `import sys
def look(): return sorted(sys._getframe(1).f_locals.items(), key=str)
def g(n, k):
  a = n % 3
  if a == 0: b = k
  elif a == 1: b = k + 0.5
  else: b = None
  if n > 0 and n % 4: g(n - 1, k + a)
  if n % 6 == 0: seen.append(look())
  return b
seen = []
for i in range(150): g(i % 9, i)
print(len(seen), seen[-3:])`,
  ],
  [
    "generators that are resumed on several ways",
    `def gen(n):
  for i in range(n):
    if i % 2: yield i
    elif i % 3: yield -i
    else: yield i * 0.5
def f(n):
  t = 0
  for i in range(n):
    for x in gen(i % 6):
      if x > 2: t += 1
      elif x < 0: t -= x
      t += x
  return t
print(f(200))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => assert.equal(run(source, HOT), run(source, {})));
  test(`${what}, with guards that fail`, options, () => {
    for (const seed of ["1", "2", "3"]) {
      assert.equal(run(source, { jit: "on", "jit-stress": seed }), run(source, {}));
    }
  });
}
