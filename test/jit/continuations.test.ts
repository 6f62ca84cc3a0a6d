/** Regions that are full and go on in others: compiled code must print what the interpreter prints. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "./run.ts";

const SMALL = { ...HOT, "jit-small-region": "200", "jit-warm-threshold": "1000000" } as const;

const PROGRAMS: [what: string, source: string][] = [
  [
    "branches that lead back into the loop",
    `def f(n):
  out = []
  for i in range(n):
    x = i * 7 % 12
    if x == 0: out.append('zero'); x += 1
    elif x < 3: out.append(x * 2.5); x += 2
    elif x < 6: out.append((x, i)); x += 3
    elif x % 2: out.append(str(x)); x += 4
    else: out.append(-x); x += 5
    if x > 9: out.append([x]); x -= 1
    out.append(x)
  return out
print(f(300))`,
  ],
  [
    "left in a function that was inlined, which returns to its caller and that to another",
    `def kind(x):
  if x % 3 == 0:
    y = x + 1
    y *= 2
    z = [y, y + 1, y + 2]
    return len(z) + z[0] - z[1] + y
  if x % 5 == 0:
    y = x - 1
    y *= 3
    z = (y, y + 1)
    return z[0] + z[1] * 2 - y
  return x
def two(x):
  a = kind(x)
  b = kind(x + 1)
  return a - b if a > b else b - a
class Box:
  def __init__(self, x):
    self.x = x if x % 4 else kind(x)
def f(n):
  t = 0
  for i in range(n): t += two(i) + two(i * 2) + Box(i).x
  return t
print(f(400))`,
  ],
  [
    "handlers of exceptions, in inlined functions too",
    `def risky(x):
  try:
    if x % 3 == 0: raise ValueError(x)
    if x % 4 == 0: raise KeyError(x)
    return [1, 2][x % 5]
  except KeyError as e:
    a = e.args[0]
    b = a + 1
    c = b * 2
    return a + b + c
def f(n):
  out = []
  for i in range(n):
    try: out.append(risky(i))
    except ValueError as e:
      t = e.args[0] * 2
      t += 1
      out.append(('value', t, e.__traceback__.tb_lineno, e.__traceback__.tb_next.tb_lineno))
    except IndexError:
      out.append(None)
      out.append(i)
      out.append(i + 1)
  return out
print(f(200))`,
  ],
  [
    "generators that loops follow, and generators that natives resume",
    `def items(n):
  for i in range(n):
    if i % 3 == 0:
      a = i + 1
      b = a * 2
      yield a + b
    elif i % 4 == 0:
      a = yield i
      yield -i
    else: yield str(i)
def f(n):
  out = []
  for x in items(n):
    if isinstance(x, str):
      y = x + '!'
      out.append(y)
    elif x < 0: out.append(x * x)
    else: out.append(x)
  return out, sum(x for x in items(n) if type(x) is int and x % 5), max(len(str(x)) for x in items(n))
print(f(300))`,
  ],
  [
    "recursion, and values that change their kind",
    `def walk(t, d):
  if t is None: return d
  if isinstance(t, tuple):
    a = walk(t[0], d + 1)
    b = walk(t[1], d + 2)
    if a == b: return a + 0.5
    return a + b
  if t % 2:
    d += t
    d *= 2
    d -= 1
    return d
  return t
def tree(n):
  if n == 0: return None
  if n % 5 == 0: return n
  return (tree(n - 1), tree(n // 2))
print([walk(tree(n), 0) for n in range(14)], [walk(tree(9), i) for i in range(60)])`,
  ],
  [
    "left before a coroutine is made",
    `class Managed:
  async def __aenter__(self): return 1
  async def __aexit__(self, kind, value, tb): return False
async def work(n):
  t = 0
  for i in range(n):
    async with Managed() as x: t += x + i
  return t
def drive(c):
  try:
    while True: c.send(None)
  except StopIteration as e: return e.value
print([drive(work(i % 7 + 3)) for i in range(60)])`,
  ],
];
for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, { jit: "off" });
    assert.equal(run(source, SMALL), expected);
    assert.equal(run(source, { ...SMALL, "jit-without": "baseline" }), expected);
    for (let seed = 1; seed < 7; seed++) {
      const size = seed % 2 === 0 ? { "jit-small-region": "100" } : {};
      assert.equal(run(source, { ...SMALL, ...size, "jit-stress": String(seed) }), expected);
    }
  });
}

test("a full region goes on in another, which is one for all exits to the same place", options, () => {
  const stats = run(PROGRAMS[0][1], { ...SMALL, "jit-stats": true });
  const found = new Map([...stats.matchAll(/at (\S+) \(\S+\).* goes on in (\S+)/g)].map(([, at, name]) => [at, name]));
  assert.ok(found.size >= 2, stats);
  const without = run(PROGRAMS[0][1], { ...SMALL, "jit-stats": true, "jit-without": "continuations" });
  assert.doesNotMatch(without, /goes on in/);
});

test("a region that is nearly full takes values of other kinds nevertheless", options, () => {
  const source = `def f(a, b, c, d):
  z = 0
  for i in range(20):
    a = a + b; b = b + c; c = c + d; d = d + i
    a = a - b; b = b - c; c = c - d
    if i % 3 == 0: z = z + a
    if i % 5 == 0: z = z - b
  return z
t = 0
for i in range(200): t += f(i, 3, 1, 2)
for i in range(300): t += f(i + 0.5, 3.5, 1.0, 2.0) + f(i + 0.5, 3, 1, 2) + f(i, 3.5, 1, 2.0)
print(t)`;
  const expected = run(source, { jit: "off" });
  for (const size of ["1500", "1800", "2700", "3000"]) {
    const small = { ...SMALL, "jit-small-region": size };
    assert.equal(run(source, small), expected);
    const misses = [...run(source, { ...small, "jit-stats": true }).matchAll(/(\d+) misses/g)].map(([, n]) =>
      Number(n),
    );
    assert.ok(misses.length > 0 && Math.max(...misses) < 300, String(misses));
  }
});

test("a straight line that is too long for a trace is compiled in pieces", options, () => {
  const lines = Array.from(
    { length: 300 },
    (_, i) => `    a, b = b + ${i % 7}, a\n    if a > 1000: a -= 1000 + (b & 1)\n`,
  );
  const source = `def f(n):\n  a = b = 1\n  for i in range(n):\n${lines.join("")}  return a, b\nprint(f(300))`;
  const expected = run(source, { jit: "off" });
  for (const segment of ["150", "400", "1500"]) {
    assert.equal(run(source, { ...HOT, "jit-segment-limit": segment }), expected);
    const stats = run(source, { ...HOT, "jit-stats": true, "jit-segment-limit": segment });
    const [, compiled, interpreted] = /bytecodes: (\d+) compiled, (\d+) interpreted/.exec(stats) ?? [];
    assert.ok(Number(compiled) > Number(interpreted), `${segment}: ${stats.slice(0, 300)}`);
  }
});
