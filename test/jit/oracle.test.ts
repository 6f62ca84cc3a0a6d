/** Programs that get hot: compiled code must print what the interpreter prints. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  ["ints that outgrow JavaScript's numbers", "x = 1\nfor i in range(200):\n  x = x * 3 + i\nprint(x)"],
  [
    "a local that is an int at first and a float later",
    "def f(n):\n  t = 0\n  for i in range(n):\n    if i > 50: t += 0.5\n    else: t += 1\n  return t\nprint(f(100), f(40), f(100))",
  ],
  [
    "a method that is replaced while hot",
    "class A:\n  def m(self): return 1\na = A()\nt = 0\nfor i in range(100):\n  t += a.m()\n  if i == 60: A.m = lambda self: 100\nprint(t)",
  ],
  [
    "a global function that is replaced while hot",
    "def g(): return 1\ndef f():\n  global g\n  t = 0\n  for i in range(100):\n    t += g()\n    if i == 60:\n      g = lambda: 100\n  return t\nprint(f())",
  ],
  [
    "a field that is None or an instance, as a condition",
    "class T:\n  def __init__(self, l): self.l = l\nclass U:\n  def __bool__(self): return False\nts = [T(T(None)), T(None), T(U()), T(0)]\ndef f(n):\n  r = []\n  for i in range(n):\n    if ts[i % 2 if i < 90 else i % 4].l: r.append(i)\n  return sum(r), len(r)\nprint(f(60), f(120))",
  ],
  ["recursion through the entry", "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(15))"],
  [
    "a region that is emitted anew while its older function runs",
    "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint([fib(i % 12) for i in range(60)])",
  ],
  [
    "exceptions from compiled code have their line",
    "import traceback\ndef g(x):\n  y = x - 70\n  return 1 / y\ndef f():\n  for i in range(100):\n    g(i)\ntry: f()\nexcept ZeroDivisionError as e: print([(t.name, t.lineno) for t in traceback.extract_tb(e.__traceback__)])",
  ],
  [
    "frames that Python looks at while their code is compiled",
    "import sys\ndef look():\n  f = sys._getframe(1)\n  return f.f_code.co_name, f.f_lineno, dict(f.f_locals)\ndef g(a):\n  b = a * 2\n  return look()\nr = []\nfor i in range(50):\n  r.append(g(i))\nprint(r[10], r[49], len(r))",
  ],
  [
    "-0.0, nan and infinity",
    "def f(n):\n  x = 0.0\n  r = []\n  for i in range(n):\n    x = x * -1.0\n    r.append(x)\n    if i == n - 1: r.append(x * float('inf'))\n  return r[-3:]\nprint(f(60))",
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => assert.equal(run(source, HOT), run(source, {})));
}
