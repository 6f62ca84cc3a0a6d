/** Attributes that hold floats as raw doubles, in programs that get hot. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const HOT = { jit: "on", "jit-threshold": "3", "jit-entry-threshold": "5", "jit-exit-threshold": "2" };

const HEAD = `
class A:
  def __init__(self, x, y=2.5):
    self.x = x
    self.y = y
  def add(self, d):
    self.x += d
    return self.x
class P:
  __slots__ = ("x", "y")
  def __init__(self, x, y):
    self.x = x
    self.y = y
class Both(P):
  pass
`;
/** In a loop of 120 turns `x` is set to this at turn 60. */
const later = (value: string): string => `
def f():
  a, t, r = A(0.5), 0.0, []
  for i in range(120):
    if i == 60: a.x = ${value}
    try: a.add(1.0)
    except TypeError as e:
      r.append(str(e))
      a.x = 0.25
    b = A(i * 0.5 if i != 61 else ${value})
    c = P(i * 0.25, ${value} if i == 62 else 1.5)
    t += a.x * 2.0 + b.y
    if i > 58 and i < 65 or i == 119: r.append((a.x, b.x, c.x, c.y, vars(b)))
  return t, r
print(f())
print(f())`;

const PROGRAMS: [what: string, source: string][] = [
  ["a float attribute that becomes an int", later("3")],
  ["a float attribute that becomes a str", later("'text'")],
  ["a float attribute that becomes None", later("None")],
  ["a float attribute that becomes -0.0", later("-0.0")],
  ["a float attribute that becomes infinite", later("float('-inf')")],
  ["a float attribute that becomes NaN", later("float('nan')")],
  ["a float attribute that becomes a big int", later("10 ** 30")],
  ["a float attribute that becomes a float's subclass", `class F(float): pass\n${later("F(1.5)")}`],
  [
    "arithmetic in a field until it is infinite and NaN",
    "def f():\n  a = A(1e300)\n  r = []\n  for i in range(80):\n    a.x = a.x * 1.5 - a.x * 0.5 * (i > 40)\n    if i > 60: a.x = a.x - a.x\n    r.append(a.x)\n  return r\nprint(f())\nprint(f())",
  ],
  [
    "signs of zero",
    "def f():\n  a = A(0.0)\n  r = []\n  for i in range(60):\n    a.x = -a.x\n    a.y = a.x * 1.0\n    r.append((a.x, a.y, a.x is a.y, a.x is 0.0, a.x is -0.0))\n  return r[-3:]\nprint(f())",
  ],
  [
    "one site, objects with a float, generalised ones, slots and dictionaries",
    "def f():\n  objects = [A(1.5), A(2.5), A(3.5), P(1.5, 4.5), Both(5.5, 6.5)]\n  objects[1].x = 2\n  vars(objects[2])\n  objects[4].z = 7.5\n  t = 0\n  for i in range(150):\n    o = objects[i % 5]\n    t += o.x * 2 + o.y\n    o.x = o.x + 0.5 if i % 7 else i\n  return t, [(o.x, o.y) for o in objects]\nprint(f())",
  ],
  [
    "members that are deleted and set again",
    "def f():\n  p = P(1.5, 2.5)\n  r = []\n  for i in range(100):\n    p.x += 0.5\n    if i % 10 == 9:\n      del p.x\n      r.append(hasattr(p, 'x'))\n      p.x = i * 0.5 if i < 70 else i\n  return r, p.x, p.y\nprint(f())",
  ],
  [
    "members that another method sets first",
    "class Q:\n  __slots__ = ('a', 'b', 'c')\n  def first(self, v): self.a = v\n  def second(self, v): self.b = v\ndef f():\n  t = 0\n  for i in range(120):\n    q = Q()\n    if i % 3: q.first(i * 0.5); q.second(i * 1.5)\n    else: q.second(i * 0.25); q.first(1.5 if i < 60 else i)\n    q.first(q.b + 1.0)\n    t += q.a + q.b\n    try: q.c\n    except AttributeError: t += 1\n  return t\nprint(f())",
  ],
  [
    "a NaN is found by its identity, whatever carries it",
    `NAN = float('nan')
def holds(x, c): return x in c
def f():
  x, r = NAN, []
  for k in range(60):
    y = x
    if k % 3 == 0: r.append(y in {NAN})
    r.append((holds(y, [NAN]), holds(x, (1.0, NAN)), holds(k * 0.5, [0.5])))
    for z in (0.5, NAN, 1.5): r.append(z in (0.5, NAN) and holds(z, [z]))
    y = x + 0.0
    r.append(y in (NAN,))
  return r, x in [NAN]
print(f())`,
  ],
  [
    "members beyond the inline fields that are not set",
    `class Far:
  __slots__ = tuple('abcdefghij')
def f():
  r = []
  for k in range(100):
    o = Far()
    if k % 4 == 0: o.i = k
    try: r.append(o.i)
    except AttributeError as e: r.append(str(e))
    o = Far()
    o.j = k * 0.5
    r.append(o.j)
    if k % 5 == 0: del o.j
    try: r.append((o.j, o.i))
    except AttributeError as e: r.append(str(e))
  return r
print(f())`,
  ],
  [
    "many attributes, beyond the inline fields",
    "class M:\n  def __init__(self, v):\n    for i in range(14): setattr(self, 'a%d' % i, v + i)\ndef f():\n  m = M(0.5)\n  for i in range(100):\n    m.a12 = m.a11 + m.a13 * 0.5\n    m.a13 = m.a12 * 0.5 if i != 70 else 3\n    m.a1 += m.a12\n  return vars(m)\nprint(f())",
  ],
  [
    "two names for one object",
    "def f():\n  a = A(0.5)\n  b = a\n  r = []\n  for i in range(90):\n    a.x = i * 0.5\n    b.x = b.x + 1.0 if i != 50 else 'text'\n    r.append(a.x)\n  return r\nprint(f())",
  ],
  [
    "identity of floats",
    "def f(x, y):\n  r = [0, 0, 0, 0]\n  a = A(x)\n  for i in range(60):\n    r[0] += a.x is a.x\n    r[1] += a.x is not y\n    r[2] += x * 2.0 is y + y\n    r[3] += (a.x + 1.0) is (y + 1)\n  return r\nimport operator\nprint(f(1.5, 1.5), f(1.5, 2.5), f(-0.0, 0.0), f(1.5, 1), operator.is_(0.5, 1.5 - 1.0), operator.is_not(0.5, 0.5))",
  ],
  [
    "copies, pickles and other classes of the same layout",
    "import copy\nclass A2(A): pass\ndef f():\n  a = A(0.5)\n  for i in range(60):\n    a.x += 0.5\n    b = copy.copy(a)\n    b.x += 1.0\n    if i == 30: a.__class__ = A2\n    a.y = b.x\n  return type(a).__name__, vars(a), vars(b)\nprint(f())",
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const text = `${HEAD}\n${source}`;
    const expected = run(text, {});
    assert.doesNotMatch(expected, /Traceback/);
    assert.equal(run(text, HOT), expected);
  });
}
