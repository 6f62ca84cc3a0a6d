/** Generators, coroutines and asynchronous generators that get hot: compiled code must print what the interpreter prints. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../src/api/index.ts";
import { libraryFiles } from "../../src/host/node/library.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

function run(source: string, xOptions: Record<string, string | true>): string {
  let out = "";
  const write = (text: string): void => {
    out += text;
  };
  const settings = { noSite: true, xOptions: new Map(Object.entries(xOptions)) };
  const python = new Python({ library: libraryFiles(dist), settings, stdout: write, stderr: write });
  try {
    python.run(source);
  } catch (error) {
    out += String(error);
  }
  python.finish?.(0);
  return out;
}
/** Thresholds at which different parts of a program are compiled: first the generator, first its consumer, all at once. */
const HOT: Record<string, string>[] = [
  { "jit-threshold": "3", "jit-entry-threshold": "5", "jit-exit-threshold": "2", "jit-inline-limit": "1" },
  { "jit-threshold": "3", "jit-entry-threshold": "5", "jit-exit-threshold": "2" },
  { "jit-threshold": "40", "jit-entry-threshold": "4", "jit-exit-threshold": "3" },
  { "jit-threshold": "4", "jit-entry-threshold": "60", "jit-exit-threshold": "2" },
  { "jit-threshold": "3", "jit-entry-threshold": "5", "jit-exit-threshold": "2", "jit-without": "send" },
];

const TREE = `
class Tree:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right
    def __iter__(self):
        if self.left: yield from self.left
        yield self.value
        if self.right: yield from self.right
    async def walk(self):
        if self.left:
            async for v in self.left.walk(): yield v
        yield self.value
        if self.right:
            async for v in self.right.walk(): yield v
def tree(values):
    if not values: return None
    m = len(values) // 2
    return Tree(tree(values[:m]), values[m], tree(values[m + 1:]))
def drive(coroutine, value=None):
    got = []
    try:
        got.append(coroutine.send(None))
        while True: got.append(coroutine.send(value))
    except StopIteration as e: return got, e.value
`;

const PROGRAMS: [what: string, source: string][] = [
  [
    "a generator that is not followed ends in a function that is: its loop leaves the locals alone",
    `
def slow(n):
    for i in range(n): yield i
def f(n):
    if n < 0: x = 0
    total, kept = 0, n
    for x in slow(n % 3): total += x
    return total, kept
def g(n):
    return [f(i) for i in range(n)]
print([g(30) for _ in range(5)][-1])
`,
  ],
  [
    "a pipeline of generators",
    `
def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1
def evens(source):
    for value in source:
        if value % 3 == 0: yield value
def f(n):
    t = 0
    for x in evens(numbers(n)): t += x
    return t
print([f(n) for n in range(60)], f(500))
print(sum(x * x for x in numbers(300)), [x + 0.5 for x in evens(numbers(90))], any(x > 70 for x in numbers(100)))
print(",".join(str(x) for x in evens(numbers(200))), sorted(-x for x in numbers(50)), {x: 1 for x in numbers(20)})
`,
  ],
  [
    "locals of generators change their kinds",
    `
def g(n):
    x = 1
    y = None
    for i in range(n):
        yield x, y
        if i == 50: x = x + 0.5
        elif i == 70: x = str(x)
        elif i > 70: y = x + "a"
        else: x = x * 3
def f(n):
    r = []
    for pair in g(n): r.append(pair)
    return r
print(f(100)[-30:], f(60)[-2:])
`,
  ],
  [
    "trees walked by recursive generators",
    `${TREE}\nfor n in (1, 7, 40, 300): print([x for x in tree(range(n))][-9:], sum(tree(range(n))))`,
  ],
  [
    "async for ends by its exception, of a class of its own too, and lets others through",
    `${TREE}
class Over(StopAsyncIteration): pass
class Steps:
    def __init__(self, n, how): self.n, self.how = n, how
    def __aiter__(self): return self
    async def __anext__(self):
        self.n -= 1
        if self.n < 0: raise self.how
        return self.n
async def total(source):
    t = 0
    async for v in source: t += v
    else: t += 0.5
    return t
async def f(n):
    out = []
    for i in range(n):
        how = Over if i % 5 == 3 else ValueError(i) if i % 7 == 6 else StopAsyncIteration
        try: out.append(await total(Steps(i % 4, how)))
        except ValueError as e: out.append(str(e))
    return out, await total(tree(range(n)).walk())
for n in (5, 60, 200): print(drive(f(n)))
`,
  ],
  [
    "values sent, returned, thrown and caught",
    `
def leaf(n):
    received = 0
    for i in range(n):
        try: got = yield i
        except KeyError as e: got = 1000
        received += got or 0
    return received
def chain(depth, n):
    if depth == 0: return (yield from leaf(n))
    return (yield from chain(depth - 1, n)) + 1
def drain(g, sent):
    total = next(g)
    try:
        i = 0
        while True:
            i += 1
            if i % 37 == 0: total += g.throw(KeyError)
            else: total += g.send(sent)
    except StopIteration as stop: return total, stop.value
print([drain(chain(d, 150), 2) for d in (0, 1, 2, 5)])
`,
  ],
  [
    "generators dropped and closed half-way, with finally",
    `
log = []
def g(n, tag):
    try:
        for i in range(n): yield i
    finally: log.append((tag, i))
def f(k):
    for x in g(10, k):
        if x == k % 11: break
    else: return -1
    return x
print([f(k) for k in range(80)])
def h(k):
    it = g(10, "h")
    for x in it:
        if x == 3:
            it.close()
    return x, list(it)
print([h(k) for k in range(40)][-1], len(log), log[-3:])
def ignores():
    while True:
        try: yield 1
        except GeneratorExit: yield 2
def c():
    it = ignores()
    for x in it:
        try: it.close()
        except RuntimeError as e: return str(e)
print({c() for _ in range(40)})
`,
  ],
  [
    "exceptions inside, with their tracebacks and contexts",
    `
def entries(tb):
    r = []
    while tb:
        r.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return r
def g(n):
    for i in range(n):
        yield 10 // (n - 1 - i)
def f(n):
    t = 0
    for x in g(n): t += x
    return t
def show(n):
    try: return f(n)
    except ZeroDivisionError as e:
        return entries(e.__traceback__), type(e.__context__)
for n in range(1, 40): r = show(n)
print(r)
def stops(n):
    for i in range(n): yield i
    raise StopIteration(n)
def s(n):
    try:
        for x in stops(n): pass
    except RuntimeError as e: return str(e), repr(e.__cause__)
print([s(n) for n in range(30)][-1])
def outer(n):
    try: raise KeyError(n)
    except KeyError:
        for x in g(n): yield x
def o(n):
    try:
        for x in outer(n): pass
    except ZeroDivisionError as e: return repr(e.__context__)
print([o(n) for n in range(1, 30)][-1])
import sys
def handling(n):
    for i in range(n):
        try: raise KeyError(i)
        except KeyError: yield sys.exception()
        yield sys.exception()
def hh(n):
    r = []
    for x in handling(n): r.append((repr(x), repr(sys.exception())))
    return r
try: raise ValueError("outer")
except ValueError: print(hh(60)[-4:], repr(sys.exception()))
`,
  ],
  [
    "what is seen of a generator from inside",
    `
import sys
def look(): return [sys._getframe(k).f_code.co_name for k in range(1, 4)], sys._getframe(1).f_lineno
def g(n):
    x = 0
    for i in range(n):
        x += i
        yield it.gi_running, it.gi_suspended, it.gi_frame.f_lineno, dict(it.gi_frame.f_locals), look()
def f(n):
    global it
    it = g(n)
    r = None
    for r in it: seen = it.gi_running, it.gi_frame.f_locals["x"], it.gi_suspended, it.gi_frame.f_back
    return r, seen, it.gi_frame, it.gi_suspended
for k in range(30): r = f(k + 2)
print(r)
def inner(n):
    for i in range(n): yield i
def outer(n):
    yield from inner(n)
def d(n):
    o = outer(n)
    names = []
    for x in o: names.append((o.gi_yieldfrom.gi_code.co_name, o.gi_yieldfrom.gi_frame.f_locals["i"]))
    return names[-1], o.gi_yieldfrom
print([d(n) for n in range(1, 50)][-1])
`,
  ],
  [
    "re-entrance",
    `
def g(n):
    for i in range(n):
        if i % 7 == 6:
            try:
                for x in it: yield "no"
            except ValueError as e: yield str(e)
        else: yield i
def f(n):
    global it
    it = g(n)
    r = []
    for x in it: r.append(x)
    return r
print([f(n) for n in range(40)][-1])
def d(n):
    global it
    def g():
        for i in range(n):
            if i % 7 == 6:
                try: yield from it
                except ValueError as e: yield str(e)
            else: yield i
    it = g()
    return [x for x in it]
print([d(n) for n in range(40)][-1])
`,
  ],
  [
    "a generator advanced by others while a loop runs over it",
    `
def g(n):
    for i in range(n): yield i
def f(n):
    it = g(n)
    r = []
    for x in it:
        r.append(x)
        if x % 5 == 0: r.append(next(it, None))
        if x % 17 == 0: r.extend(y for y in it if y % 9 == 0)
    return r
print([f(n) for n in range(90)][-1])
def two(n):
    a = g(n)
    b = g(n)
    r = []
    for x in a:
        for y in b:
            r.append((x, y))
            if y > x: break
    return r
print(two(50)[-5:], [len(two(n)) for n in range(30)])
def same(n):
    a = g(n)
    b = a
    r = []
    for x in a:
        for y in b:
            r.append((x, y))
            break
    return r
print(same(100)[-3:])
`,
  ],
  [
    "locals of a running generator are written through its frame",
    `
import sys
def poke(k):
    if k % 23 == 22: sys._getframe(1).f_locals["x"] = 1000
def g(n):
    x = 0
    for i in range(n):
        poke(i)
        x += 1
        yield x
def f(n):
    t = []
    for v in g(n): t.append(v)
    return t[-1]
print(f(100), [f(n) for n in range(20, 60)])
def h(n):
    it = g(n)
    r = []
    for v in it:
        r.append(v)
        if v == 12: it.gi_frame.f_locals["x"] = 50
    return r[-1]
print([h(n) for n in range(10, 50)])
`,
  ],
  [
    "a local that is changed and put back around a call keeps its value",
    `
import sys
def look(): return sys._getframe(1).f_locals["x"]
def f(n, x):
    r = []
    for i in range(n):
        tmp = x
        x = i
        r.append(look())
        x = tmp
        if i == n - 1: r.append(x)
    return r[-2:], x
print([f(n, "kept") for n in range(1, 40)][-1])
def g(n, x):
    for i in range(n):
        tmp = x
        x = i
        look()
        x = tmp
        if i % 11 == 10: yield x, [].pop
        yield x
print(list(v if v == "kept" else v[0] for v in g(60, "kept"))[-3:])
`,
  ],
  [
    "coroutines that await each other",
    `${TREE}
class Suspend:
    def __await__(self): return (yield self)
async def fib(n): return n if n <= 1 else await fib(n - 1) + await fib(n - 2)
async def suspending(n):
    t = 0
    for i in range(n): t += await Suspend()
    return t
class Context:
    async def __aenter__(self): return 3
    async def __aexit__(self, *exc): return False
async def both(n):
    async with Context() as k: return k * await suspending(n)
print(drive(fib(13)), drive(both(60), 2)[1], len(drive(both(90), 2)[0]))
async def fails(n):
    if n == 0: raise KeyError("deep")
    return await fails(n - 1)
async def catches(n):
    try: return await fails(n)
    except KeyError as e:
        tb, k = e.__traceback__, 0
        while tb: tb, k = tb.tb_next, k + 1
        return k
print([drive(catches(n % 9)) for n in range(60)][-3:])
async def again(c): return await c
def reuse():
    c = fib(2)
    drive(again(c))
    try: drive(again(c))
    except RuntimeError as e: return str(e)
print({reuse() for _ in range(50)})
import sys
sys.set_coroutine_origin_tracking_depth(3)
async def o(): return 1
def made():
    c = o()
    n = c.cr_origin and [x[2] for x in c.cr_origin]
    c.close()
    return n
print([made() for _ in range(30)][-1])
`,
  ],
  [
    "asynchronous generators",
    `${TREE}
async def squares(n):
    for i in range(n): yield i * i
async def program(n):
    root = tree(range(n))
    got = [v async for v in root.walk()]
    t = 0
    async for v in squares(n * 3): t += v
    r = {v: None async for v in squares(4)}
    ag = squares(100)
    s = [await ag.__anext__(), await ag.asend(None)]
    await ag.aclose()
    async for v in ag: s.append(v)
    try: await ag.__anext__()
    except StopAsyncIteration as e: s.append("stopped")
    return got[-3:], t, r, s
for n in (3, 30, 120): print(drive(program(n)))
async def sends(n):
    got = None
    for i in range(n):
        try: got = yield (i, got)
        except KeyError: got = "caught"
async def user(n):
    ag = sends(n)
    r = [await ag.asend(None)]
    for i in range(n - 1):
        r.append(await (ag.athrow(KeyError) if i % 13 == 12 else ag.asend(i)))
    return r[-14:]
print(drive(user(80)))
`,
  ],
  [
    "a program on asyncio's loop",
    `
import asyncio
async def leaf(d):
    await asyncio.sleep(0)
    return d
async def node(depth):
    if depth == 0: return await leaf(1)
    return sum(await asyncio.gather(*[node(depth - 1) for _ in range(4)]))
async def produce(q, n):
    for i in range(n): await q.put(i)
    await q.put(None)
async def consume(q):
    t = 0
    while (item := await q.get()) is not None: t += item
    return t
async def main():
    q = asyncio.Queue(3)
    return await node(3), (await asyncio.gather(produce(q, 120), consume(q)))[1]
print(asyncio.run(main()))
`,
  ],
  [
    "generator methods, closures and properties",
    `
class A:
    def __init__(self, n): self.n = n
    def items(self):
        for i in range(self.n): yield i
    @property
    def doubled(self):
        for i in self.items(): yield 2 * i
    def __iter__(self): return self.items()
def closure(k):
    def g(n):
        nonlocal k
        for i in range(n):
            k += 1
            yield k
    return g
def f(n):
    t = 0
    for x in A(n): t += x
    for x in A(n).doubled: t += x
    for x in closure(5)(n): t += x
    for a, *b in ((x, x, x) for x in A(n).items()): t += len(b)
    return t
print([f(n) for n in range(50)])
class B(A):
    def items(self):
        yield from super().items()
        yield -1
print([f(3), list(B(5)), [list(B(n).doubled)[-1] for n in range(40)][-1]])
A.items = lambda self: iter("abc")
print(list(A(3)), "".join(A(2)))
`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, {});
    assert.ok(!expected.includes("Traceback") && !expected.includes("Error:"), expected);
    for (const hot of HOT)
      assert.equal(run(source, { jit: "on", "jit-strict": true, ...hot }), expected, JSON.stringify(hot));
  });
}
