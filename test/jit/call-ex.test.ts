/** `f(*args, **kwargs)` in programs that get hot. */
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
    "wrappers that pass on what they got, and change it",
    `def wrap(f):
  def inner(*args, **kwargs):
    if "c" in kwargs: kwargs["c"] += 1
    return f(*args, **kwargs)
  return inner
@wrap
def g(a, b=2, *rest, c=3, **more): return a, b, rest, c, sorted(more.items())
class A:
  @wrap
  def m(self, a, b=5): return a * b
def f(n):
  r = []; o = A()
  for i in range(n):
    r += [g(i), g(i, 1), g(i, 1, 2, 3), g(i, c=i), g(i, b=7, d=8), o.m(i), o.m(i, b=2)]
    t = (i, i + 1) if i < 40 else (i,)
    r.append(g(*t))
    k = {"c": 1} if i < 50 else {"c": 2, "z": i}
    r.append(g(0, *t, **k))
    r.append(o.m(*[i][:1]))
  return r
x = f(60)
print(len(x), x[:20], x[-25:])`,
  ],
  [
    "arguments that do not fit",
    `def g(a, b): return a + b
def h(*args, **kwargs): return g(*args, **kwargs)
def f(n):
  r = []
  for i in range(n):
    try: r.append(h(*range(2 if i % 3 else 1)))
    except TypeError as e: r.append(str(e))
    try: r.append(h(1, **({"b": i} if i % 4 else {"a": i})))
    except TypeError as e: r.append(str(e))
    try: r.append(h(**{"a": 1, "b": i}))
    except TypeError as e: r.append(str(e))
  return r
print(f(60))`,
  ],
  [
    "builtin exceptions made with arguments",
    `def f(n):
  r = []
  for i in range(n):
    try: raise ValueError("x", i) if i % 2 else KeyError(i) if i % 3 else StopIteration(i)
    except (ValueError, LookupError) as e: r.append((e.args, str(e), repr(e)))
    except StopIteration as e: r.append(e.value)
    try: raise OSError(2, "no", "file")
    except OSError as e: r.append((e.errno, e.filename, type(e).__name__))
  return r
print(f(40))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, {});
    assert.doesNotMatch(expected, /Traceback/);
    assert.equal(run(source, HOT), expected);
  });
}
