/** Lists that keep raw doubles, in programs that get hot: compiled code must print what the interpreter prints. */
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
    "a list of floats that becomes mixed while hot",
    `
def f(a):
    t = 0
    for i in range(len(a)):
        t += a[i]
        if i == 70: a[90] = 'x' if t < 0 else 7
        if i == 95: a.append(True)
    return t, a[88:], [type(x).__name__ for x in a[88:]]
for k in range(4): print(f([i * 0.5 for i in range(100)]))
`,
  ],
  [
    "NaN goes into a list of floats",
    `
nan = float('nan')
def f(n):
    a = [0.5] * n
    b = []
    for i in range(n):
        x = float(i) if i % 17 != 16 else nan
        a[i] = x
        b.append(x)
    return a[10:20], b[10:20], nan in a, nan in b, a == a, a == b, [nan] == [nan]
for k in range(5): print(f(40))
print(all(nan in [x] and [x, 1.0] == [x, 1.0] for x in [nan] * 50))
`,
  ],
  [
    "zeros keep their signs",
    `
def f(n):
    a = [0.0] * n
    for i in range(n):
        a[i] = -0.0 if i % 3 else 0.0
    a.sort()
    s = []
    for x in a: s.append(str(x))
    return s, a, min(a), max(a), [x for x in a], sum(a)
for k in range(5): print(f(30))
`,
  ],
  [
    "two names for one list",
    `
def f(n, what):
    a = [1.5] * n
    b = a
    t = 0.0
    for i in range(n):
        x = a[i]
        if i == n - 20: b[i] = what
        y = a[i]
        t += x
        t += len(str(y))
        b[n - 1] = t
    return t, a[-1], a is b
for what in (2.5, 3, 'abc', None, float('nan'), 1 << 70): print(f(80, what))
`,
  ],
  [
    "items are appended while a loop goes over the list",
    `
def f(end):
    a = [1.0, 2.0]
    n = 0
    for x in a:
        n += 1
        if n < 60: a.append(x + 0.25)
        elif n == 60: a.append(end)
    return n, a[-3:], len(a)
for end in (1.5, 2, 'x', None): print(f(end))
`,
  ],
  [
    "a list becomes an ordinary one by a native function while a loop goes over it",
    `
from heapq import heapify
def f(n):
    a = [float(n - i) for i in range(n)]
    t = 0.0
    for i, x in enumerate(a):
        t += x * 2 + a[i]
        if i == 50: heapify(a)
    for x in a: t += x
    return t, a[:5]
for k in range(4): print(f(80))
`,
  ],
  [
    "slices, copies, repetition, sorting, reversal, deletion",
    `
def f(n):
    a = [(i * 37 % n) / 4 for i in range(n)]
    b = a[::-2]
    c = a.copy()
    c.sort(reverse=True)
    d = sorted(a) + b + a[3:9] * 2
    a[2:5] = b[:7]
    a[::3] = [0.5] * len(a[::3])
    del a[1], a[5:9]
    a.reverse()
    a.insert(3, -1.25)
    a += c[:2]
    a.remove(-1.25)
    return a, b, c, d, a.pop(), a.pop(0), a.pop(4), a.index(0.5), a.count(0.5), a < c, a == a[:]
for k in range(12): print(f(20 + k))
`,
  ],
  [
    "a list of ints beside a list of floats, at one place of the program",
    `
def total(a):
    t = 0
    for i in range(len(a)): t += a[i]
    for x in a: t += x
    return t
def fill(n, x):
    r = []
    for i in range(n): r.append(i * x)
    return r
for k in range(30):
    print(total(fill(20, 2)), total(fill(20, 0.5)), total([1, 2.5, True]), total([]))
`,
  ],
  [
    "unpacking and display of lists of floats",
    `
def f(n):
    p = [[1.0, 2.0, 3.0], [0.5, 0.25, 0.125]]
    for i in range(n):
        x, y, z = v = p[i % 2]
        v[0] += y * 0.5
        v[1], v[2] = z, x
        p.append([x, y - z, z])
        if i == n - 9: p[0] = [1, 2.0, 'zz' * 3][:2] + [3.5]
        p[i % 2] = [x + 0.5, y, float('nan') if i == n - 3 else z]
    return p[-3:], p[:2]
for k in range(4): print(f(60))
`,
  ],
  [
    "exits in the middle of a step",
    `
def f(a, i, x):
    a[i] = x * 2
    a.append(a[i] + x)
    return a[i] + len(a)
def g(n):
    a = [0.0]
    r = 0
    for i in range(n):
        try: r += f(a, i % 60, i / 2 if i < 50 else i)
        except IndexError as e: r += 1; a.extend([0.5] * 3)
        if i == 75:
            try: f(a, 10 ** 6, 0.5)
            except IndexError as e: print(e)
    return r, a[-2:], len(a)
print(g(100)); print(g(100))
`,
  ],
  [
    "a list that is cleared and filled anew",
    `
def f(n):
    a = []
    out = []
    for i in range(n):
        for j in range(5): a.append(j if i % 7 == 3 else j * 0.5)
        out.append(sum(a))
        a.clear()
    return out
print(f(40))
`,
  ],
  [
    "a computed NaN is one object wherever it has been put",
    `def f(n, big):
  out = []
  for i in range(n):
    x = big * big - big * big * i
    t = (x, i)
    if i % 5 == 3: out.append((x in t, t.index(x), {x: 1}.get(t[0])))
  return out
print(f(60, 1e200))
def g(n, big):
  out = []
  for i in range(n):
    x = big * big - big * big * (i + 1)
    l = [None]
    l.append(x)
    if i % 4 == 1: out.append((x in l, l.count(x), [x] == l[1:]))
  return out
print(g(60, 1e200))
def ends(n, x, y):
  return [([max(x, y)] == [x], [min(x, y)] == [x], min(y, x) in (x, y)) for i in range(n)][-1]
print(ends(60, float('nan'), float('nan')), ends(60, 1e200, float('nan')), ends(60, float('nan'), 0.5))
class C: pass
def h(n, big):
  out = []
  for i in range(n):
    c = C()
    x = big * big - big * big * (i + 1)
    c.x = x
    y = c.x
    d = {x: i}
    if i % 4 == 1: out.append((y in [x], d.get(y), x in d, y is x))
  return out
print(h(60, 1e200))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, {});
    assert.doesNotMatch(expected, /Error/);
    assert.equal(run(source, HOT), expected);
  });
}
