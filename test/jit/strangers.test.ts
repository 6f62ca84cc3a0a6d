/** Keys of dicts and sets that run Python code when a plain key is looked up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run, stress } from "./run.ts";

const PRELUDE = `
import sys
class Stranger:
  def __init__(self, value): self.value = value
  def __hash__(self): return hash(self.value)
  def __eq__(self, other):
    global seen
    frame = sys._getframe(1)
    seen = frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_locals.get('i')
    box.value += 1
    return other == self.value
class Box: value = 0
box = Box()
box.value = 0
seen = None
`;
const PROGRAMS: [what: string, body: string][] = [
  [
    "dict look-up, store, membership",
    `
def f(d, n):
  out = []
  for i in range(n):
    before = box.value
    x = d[i % 5]
    d[i % 5] = i
    found = i % 5 in d
    out.append((x, found, box.value - before, seen))
  return out
plain = dict.fromkeys(range(5), 0)
mixed = {Stranger(k): k for k in range(5)}
print(f(plain, 40)[-2:], f(mixed, 40)[-3:], f(plain, 9)[-2:], f(mixed, 40)[-3:])`,
  ],
  [
    "methods, bound ones too",
    `
def f(d, s, n):
  out = []
  get = d.get
  for i in range(n):
    before = box.value
    x = d.get(i % 5, -1), get(i % 5), d.setdefault(i % 5, 7)
    s.add(i % 5)
    s.discard(i % 3)
    out.append((x, len(s), i % 5 in s, box.value - before, seen))
  return out
plain = dict.fromkeys(range(5), 0)
mixed = {Stranger(k): k for k in range(5)}
for d, s in [(plain, set()), (mixed, {Stranger(1), Stranger(4)}), (plain, set()), (mixed, {Stranger(2)})]:
  print(f(d, s, 40)[-4:])`,
  ],
  [
    "a key of any class for a method that is bound",
    `
def f(keys, n):
  d = dict.fromkeys(range(5), 1)
  get = d.get
  total = 0
  for i in range(n):
    before = box.value
    total += get(keys[i % 5], 2) + box.value - before
  return total
print(f(list(range(5)), 40), f([Stranger(k) for k in range(5)], 40))`,
  ],
  [
    "tuples with a stranger in them",
    `
def f(d, n):
  return [(d.get((i % 3, 'x')), (i % 3, 'x') in d, box.value) for i in range(n)]
print(f({(k, 'x'): k for k in range(3)}, 30)[-1], f({(Stranger(k), 'x'): k for k in range(3)}, 30)[-1])`,
  ],
];

for (const [what, body] of PROGRAMS) {
  const source = PRELUDE + body;
  test(what, options, () => {
    const expected = run(source, {});
    assert.doesNotMatch(expected, /Traceback/);
    assert.equal(run(source, HOT), expected);
    for (const seed of [1, 2]) assert.equal(run(source, stress(seed)), expected);
  });
}
