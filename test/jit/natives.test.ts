/** Methods of native objects in compiled code: bound beforehand, loaded where an instance may have a dict; their truth. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  [
    "bound methods of an object of their own each time, and of another kind",
    `def fill(append, n):
  for i in range(n): append(i)
out = []
for i in range(60):
  x = [] if i % 9 else set()
  fill(x.append if i % 9 else x.add, i)
  y = x if i % 7 else x.copy()
  get = {i: 'a', 1: 'b'}.get
  out.append((len(y), get(i), get(2, i)))
print(out)`,
  ],
  [
    "a bound method that is replaced by a function, and one that raises",
    `def f(n):
  r = []
  for i in range(n):
    pop = [i].pop if i != 80 else (lambda *a: 'other')
    try: r.append((pop(), pop(0) if i % 3 == 0 else None))
    except IndexError as e: r.append(str(e))
  return r
print(f(100))`,
  ],
  [
    "methods and truth of instances of subclasses of builtin classes, with and without a dict",
    `import io
class B(io.BytesIO): pass
class L(list): pass
def f(n):
  r = []
  for i in range(n):
    b = io.BytesIO() if i % 3 else B()
    if i == 70: b.write = lambda data: r.append(data)
    b.write(b'x' * i)
    x = [(), (1,), {}, {1: 2}, b, L(), L([1]), [], None][i % 9]
    r.append((b.tell(), True if x else False))
  return r
print(f(150))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => assert.equal(run(source, HOT), run(source, {})));
}
