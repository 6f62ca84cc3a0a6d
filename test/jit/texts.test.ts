/** Texts in compiled code: f-strings, characters, indices of either sign, and the smallest of several. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, options, run } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  [
    "f-strings of values of all builtin kinds",
    `
class Shown:
  def __format__(self, spec): return f"<{spec}>"
  def __str__(self): return "shown"
  def __repr__(self): return "Shown\\U0001f600"
values = [0, -5, 2**70, 1.5, -0.0, 1e300, float("nan"), True, None, "text", "é", "\\U0001f600", (1, "a"), Shown()]
def show(v, i): return f"{v}|{v!r}|{v!s}|{v!a}|{i}{v}"
def spec(v, w, c): return f"{v:>8}|{v:{w}}|{c:c}|{c:*^7c}"
out = []
for i in range(120):
  out.append(show(values[i % len(values)], i))
  try: out.append(spec(values[i % 3], [5, 12, ",", "x"][i % 4], [65, 0x1f600, 233, -1][i % 4]))
  except (ValueError, OverflowError) as e: out.append(str(e))
print(out[::7], len("".join(out)), hash("".join(out)) == hash("".join(out)))
for x in (0.5, 1.5, 2.5, 0.125, 2.675, 1e22, 123456789.125, -0.0005): print(f"{x:.0f} {x:.1f} {x:.2f} {x:12.3f} {x:e} {x:.1e} {x:.2g} {x:g} {x:,.2f} {x:.1%}")
`,
  ],
  [
    "characters and their codes",
    `
def codes(text): return [ord(c) for c in text]
def texts(numbers): return "".join(chr(n) for n in numbers)
for i in range(40):
  for text in ("plain", "caf\\xe9", "\\u4e2d\\u6587", "a\\U0001f600b", ""):
    assert texts(codes(text)) == text
def tried(f, x):
  try: return f(x)
  except (TypeError, ValueError, OverflowError) as e: return str(e)
for i in range(60): last = [tried(ord, x) for x in ("a", "ab", "", b"b", 3)], [tried(chr, x) for x in (65, -1, 0x110000, 0x10ffff, True)]
print(last)
def each(text):
  seen = {}
  for i, c in enumerate(text): seen[c] = seen.get(c, 0) + i
  for c in text:
    if c == "x": break
  return sorted(seen.items()), c
print([each(t) for t in ["abcabx", "\\xe9t\\xe9", "q\\U0001f600"] * 20][-3:])
`,
  ],
  [
    "indices of either sign, that change their sign or leave the sequence",
    `
def at(s, i): return s[i]
def put(l, i, v): l[i] = v
def tried(f, *a):
  try: return f(*a)
  except IndexError as e: return str(e)
floats, mixed = [0.5, 1.5, 2.5], [1, "b", None]
for i in range(100):
  k = i % 9 - 4
  out = [tried(at, s, k) for s in (floats, mixed, (1, 2, 3), "abc", "a\\U0001f600c")]
  tried(put, floats, k, i + 0.5); tried(put, mixed, k, i)
  if i % 13 == 0: put(floats, -1, "no float"); put(floats, -1, 1.0)
print(out, floats, mixed)
`,
  ],
  [
    "the smallest and the largest of several",
    `
def of(a, b, c): return min(a, b, c), max(a, b, c), min(a, b), max(c, b)
class Low:
  def __lt__(self, other): return True
  def __gt__(self, other): return False
  def __repr__(self): return "Low"
rows = [(1, 2, 3), (3, 2, 1), (2, 2, 2), (1, True, 0), (2**60, 1, -2**70), (1.5, 2, 0.5), ("b", "a", "c"), (Low(), 1, 2), (1, Low(), 2)]
for i in range(90):
  r = rows[i % len(rows)]
  out = of(*r)
  for j in range(12): kept = of(j, 5, 12 - j)
print([of(*r) for r in rows], kept)
`,
  ],
];
for (const [what, source] of PROGRAMS) {
  const expected = run(source, {});
  for (const [how, xOptions] of WAYS)
    test(`${what}: ${how}`, options, () => assert.equal(run(source, xOptions), expected));
}
