/** Special methods written in Python that instructions run: followed in compiled code, and what is made of results. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const HOT = { jit: "on", "jit-threshold": "3", "jit-entry-threshold": "5", "jit-exit-threshold": "2" };

const HEAD = `
def tb(e):
  r, t = [], e.__traceback__
  while t is not None:
    r.append((t.tb_frame.f_code.co_name, t.tb_lineno))
    t = t.tb_next
  return r
class V:
    def __init__(self, x, y): self.x = x; self.y = y
    def __add__(self, o):
        if not isinstance(o, V): return NotImplemented
        return V(self.x + o.x, self.y + o.y)
    def __mul__(self, k):
        if isinstance(k, (int, float)): return V(self.x * k, self.y * k)
        return NotImplemented
    def __rmul__(self, k): return V(self.x * k, self.y * k)
    def __neg__(self): return V(-self.x, -self.y)
    def __eq__(self, o): return isinstance(o, V) and self.x == o.x and self.y == o.y
    def __lt__(self, o):
        if o.__class__ is not V: return NotImplemented
        return self.x < o.x
    def __bool__(self): return self.x > 3
    def __len__(self): return int(self.y)
    def __contains__(self, i): return i == self.x or i == self.y
    def __call__(self, a, b=2): return self.x * a + b
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __setitem__(self, i, v):
        if i == 0: self.x = v
        else: self.y = v
    def __radd__(self, o): return V(self.x + o, self.y)
    def __hash__(self): return hash((self.x, self.y))
`;

const PROGRAMS: [what: string, source: string][] = [
  [
    "operators, comparison, truth, length, membership, calls, items",
    `def f(n):
    a = V(0, 0); b = V(1, 2); s = 0; c = 0
    for i in range(n):
        a = a + b
        a = a * 2 if i % 5 else 3 * b
        a += b
        if a: s += 1
        if a == b: c += 1
        if b < a: c += 100
        if a != b: c += 10
        s += len(b) + b(i) + b(1, b=3) + b[0]
        if i in b: s += 1000
        if i not in b: s += 7
        b[0] = 1 + i % 2
        a = -a
        a = sum([b, b], a)
        if i > 50: a = 0.5 * a
    return a.x, a.y, s, c
print(f(100))
`,
  ],
  [
    "operands that a method refuses, and what is raised then",
    `def g(n):
    r = []
    b = V(1, 2)
    for i in range(n):
        o = i if i < n - 2 else "x" if i < n - 1 else [1]
        try:
            r.append((b * o).x)
        except TypeError as e:
            r.append((str(e), tb(e)))
        try:
            r.append(b < (b if i % 3 else 1))
        except TypeError as e:
            r.append((str(e), tb(e)))
        try: b + [i]
        except TypeError as e: r.append(str(e))
        try: b += i
        except TypeError as e: r.append(str(e))
    return r[-12:], len(r)
print(g(40))
`,
  ],
  [
    "results that are not what the instruction takes",
    `class B:
    def __init__(self, v): self.v = v
    def __bool__(self): return self.v
    def __len__(self): return self.v
    def __contains__(self, x): return self.v
class L:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v
def h(n):
    r = []
    for i in range(n):
        v = True if i < 60 else 1 if i < 70 else "y"
        b = B(v)
        try: r.append(1 if b else 2)
        except TypeError as e: r.append(str(e))
        try: r.append(len(b))
        except TypeError as e: r.append(str(e))
        r.append(3 in b)
        l = L(i % 3 if i < 80 else -1)
        try: r.append(1 if l else 2)
        except ValueError as e: r.append((str(e), tb(e)))
    return r[:9], r[-100:]
print(h(90))
`,
  ],
  [
    "exceptions that initialise themselves",
    `class E(Exception):
    def __init__(self, a, b=5): self.a = a; self.b = b
class E2(E):
    def __init__(self, a): super().__init__(a, 6); self.c = 7
def k(n):
    s = 0
    for i in range(n):
        try:
            if i % 2: raise E(i)
            raise E2(i)
        except E2 as e: s += e.a + e.b + e.c + len(e.args)
        except E as e: s += e.a * 2 + e.b
    return s
print(k(100))
`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(HEAD + source, {});
    assert.doesNotMatch(expected, /Traceback/);
    assert.equal(run(HEAD + source, HOT), expected);
  });
}
