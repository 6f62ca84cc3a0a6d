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
  [
    "natives that ask Python code: an index of one's own, handlers and codecs that are registered",
    `import codecs, random, sys
def look():
  frame = sys._getframe(2)
  seen.append((frame.f_code.co_name, frame.f_locals['i']))
class Index:
  def __index__(self):
    look()
    return 65
def handler(error):
  look()
  return '?', error.end
codecs.register_error('asks', handler)
codecs.register(lambda name: codecs.CodecInfo(lambda text, errors: (look(), (b'', len(text)))[1], None) if name == 'asking' else None)
def append(n):
  data = bytearray()
  for i in range(n): data.append(index)
def bits(n):
  for i in range(n): source.getrandbits(index)
def encode(n):
  for i in range(n): 'a\\xe9'.encode('ascii', 'asks')
def code(n):
  for i in range(n): 'a'.encode('asking')
index, source = Index(), random.Random(1)
for f in append, bits, encode, code:
  seen = []
  f(60)
  print(seen)`,
  ],
  [
    "type() of what is kept as a raw double",
    `def kind(x): return type(x) is float
def f(n):
  out = []
  for i in range(n):
    x = abs(-1e300) * 0.5 if i % 3 else i
    out.append(kind(abs(x)))
  return out
print(f(60))`,
  ],
  [
    "arguments of another kind, of which nothing but the kind matters",
    `def is_int(x): return isinstance(x, int)
def is_none(x): return x is None
def type_of(x): return type(x)
def count(n, x):
  c = 0
  for i in range(n): c += isinstance(x, float)
  return c
print([is_int(i) for i in range(30)], [is_int(i / 2) for i in range(30)])
print([is_none(i) for i in range(30)], [is_none(None) for i in range(30)])
print([type_of(i / 2) for i in range(30)], [type_of(i) for i in range(30)])
print(count(30, 1.5), count(30, 1), count(30, None))`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => assert.equal(run(source, HOT), run(source, {})));
}
