/** Programs that run in baseline functions: they must print what the interpreter prints, and count what it counts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { options, run } from "./run.ts";

const NEVER = "999999999";
/** Baseline functions after three turns, and no traces. */
const BASELINE = { jit: "on", "jit-warm-threshold": "3", "jit-threshold": NEVER, "jit-entry-threshold": NEVER };

const PROGRAMS: [name: string, source: string][] = [
  [
    "arithmetic, branches and loops",
    `
def f(n):
    t = 0
    for i in range(n):
        if i % 3 == 0: t += i
        elif i & 1: t -= 2
        else: t ^= i
        while t > 1000: t //= 2
    return t
print([f(n) for n in range(0, 300, 7)], f(2**53 and 500))
def big(x):
    for _ in range(80): x = x * 3 + 1
    return x
print(big(1), big(1.5), big(-7))
`,
  ],
  [
    "an exception finds its handler, its line and what lay on the stack",
    `
import sys
def risky(i):
    if i % 4 == 1: raise KeyError(i)
    if i % 4 == 2: return [][i]
    return i
def f(n):
    out = []
    for i in range(n):
        try:
            with open(__file__) if False else Guard(i % 8 == 5) as g:
                out.append((i, (1, risky(i), g)))
        except KeyError as e:
            try:
                out.append([i, missing])
            except NameError as inner:
                out.append((str(inner), inner.__context__ is e, inner.__traceback__.tb_lineno))
        except IndexError as e:
            out.append((e.__traceback__.tb_lineno, e.__traceback__.tb_next.tb_lineno, sys.exception() is e))
        finally:
            out.append("f")
    return out
class Guard:
    def __init__(self, swallows): self.swallows = swallows
    def __enter__(self): return self.swallows
    def __exit__(self, *a): return self.swallows
print(f(40))
def unbound(n):
    for i in range(n):
        try:
            if i > 4: del x
            x = i
            if i > 6: del x
            x
        except UnboundLocalError as e: print(e, e.__traceback__.tb_lineno)
unbound(12)
`,
  ],
  [
    "sites that see many things",
    `
class A:
    def __init__(self, v): self.v = v
    def m(self): return self.v
class B(A):
    def m(self): return -self.v
class C:
    __slots__ = ("v", "w")
    def __init__(self, v): self.v = v
    m = lambda self: self.v * 2
class D:
    def __getattr__(self, name): return lambda: name
    v = property(lambda self: 7)
class E:
    v = 3
    m = staticmethod(lambda: "static")
def f(xs):
    out = []
    for x in xs:
        out.append((x.v, x.m()))
        if hasattr(x, "__dict__") and type(x) in (A, B): x.v = x.v + 1; x.extra = out[-1]
    return out
xs = [A(1), B(2.5), C("s"), D(), E(), A(2.5)]
for n in range(60): r = f(xs)
print(r)
def add(a, b): return a + b, a < b, a == b
for n in range(50):
    r = [add(*p) for p in [(1, 2), (1.5, 2), ("a", "b"), ([1], [2]), (2**60, 2**60), (True, 2)]]
print(r)
A.m = lambda self: "changed"
print(f(xs))
`,
  ],
  [
    "calls of all kinds",
    `
import functools
def plain(a, b=2, *c, d=4, **e): return a, b, c, d, e
@functools.lru_cache
def cached(n): return n if n < 2 else cached(n - 1) + cached(n - 2)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
class Made:
    def __new__(cls, *a): return super().__new__(cls)
    def __init__(self, *a): self.a = a
    def __call__(self, x): return x, len(self.a)
    def __getitem__(self, i): return i * 2
    def __len__(self): return 3
    def __bool__(self): return False
def f(n):
    out = []
    for i in range(n):
        m = Made(i, i)
        out = [plain(i), plain(1, i, 3, d=i), plain(*[1, 2, 3], **{"z": i}), m(i), m[i], len(m), not m, max([i, 3], key=lambda x: -x)]
    return out
print(f(40), fib(15), cached(40))
import sys
sys.setrecursionlimit(30000)
print(deep(20000))
def forever(n): return forever(n + 1)
try: forever(0)
except RecursionError as e: print(e)
`,
  ],
  [
    "generators, coroutines, comprehensions",
    `
def count(n):
    for i in range(n):
        got = yield i
        if got: yield got * 10
def chain(n):
    r = yield from count(n)
    yield r
async def leaf(x): return x + 1
async def branch(n):
    t = 0
    for i in range(n): t += await leaf(i)
    return t
def f(n):
    t = 0
    for x in count(n): t += x
    for x in chain(n): t += x or 0
    g = count(n)
    try:
        next(g)
        for i in range(n): t += g.send(i)
    except StopIteration as e: t += 1
    t += sum(x * y for x in range(4) for y in range(x)) + len({x: [y for y in range(x)] for x in range(5)})
    try: branch(n).send(None)
    except StopIteration as e: t += e.value
    return t
print([f(n) for n in range(30)])
def broken():
    yield 1
    raise ValueError("in a generator")
for n in range(12):
    try: print(list(broken()))
    except ValueError as e: print(e, e.__traceback__.tb_next.tb_lineno)
`,
  ],
  [
    "frames and locals are what others see",
    `
import sys
def inner():
    f = sys._getframe(1)
    f.f_locals["x"] = f.f_locals["x"] + 100
    return f.f_lineno
def outer(n):
    x = 0
    for i in range(n):
        x += 1
        line = inner()
        x += 1
    return x, line, sorted(locals())
print(outer(10))
def cells():
    fs = []
    for i in range(12):
        def g(k=i): return i, k, x
        x = i * 2
        fs.append(g)
    return [g() for g in fs]
print(cells(), cells())
match_me = [(1, 2), {"a": 3}, "text", [4, 5, 6], None]
def m(v):
    match v:
        case (a, b): return a + b
        case {"a": a}: return a
        case [a, *rest]: return rest
        case str() as t if t: return t.upper()
        case _: return "none"
for n in range(20): r = [m(v) for v in match_me]
print(r)
`,
  ],
];

for (const [name, source] of PROGRAMS) {
  test(name, options, () => {
    assert.equal(run(source, BASELINE), run(source, { jit: "off" }));
  });
}

test("instructions are counted where they run, and all of them", options, () => {
  const source = PROGRAMS.map(([, text]) => text)
    .join("\n")
    .replaceAll("30000", "1000")
    .replaceAll("20000", "500");
  const figures = (warm: string): number[] => {
    const out = run(source, { ...BASELINE, "jit-warm-threshold": warm, "jit-stats": true });
    const match = /bytecodes: (\d+) compiled, (\d+) interpreted/.exec(out);
    assert.ok(match, out.slice(-500));
    return [Number(match[1]), Number(match[2])];
  };
  const [none, alone] = figures(NEVER);
  const [compiled, interpreted] = figures("3");
  assert.equal(none, 0);
  assert.equal(compiled + interpreted, alone);
  assert.ok(compiled > 5 * interpreted, `${compiled} of ${alone}`);
});
