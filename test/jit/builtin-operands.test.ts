/** Operations on builtin objects that compiled code does without Python code: their results, their errors, and what makes them run some. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOT, options, run, stress } from "./run.ts";

const PROGRAMS: [what: string, source: string][] = [
  [
    "powers of floats: ordinary, of zero, of negative numbers, too large",
    `def f(x, y):
  try: return x ** y
  except Exception as e: return repr(e)
inf, nan = float('inf'), float('nan')
bases = [2.0, 0.5, 1e300, 0.0, -0.0, -2.0, -8.0, inf, -inf, nan, 3, 0, 1e-300]
powers = [1.5, -1.5, 0.5, 2, 3.0, -2, 0.0, 1000.5, inf, nan, 1 / 3]
print([f(x, y) for _ in range(4) for x in bases for y in powers])
print([f(1.0 + i, -1.5) for i in range(40)] + [f(-1.0, 0.5), f(0.0, -1.0)])`,
  ],
  [
    "items of bytes, bytearrays and arrays: read, stored, out of range",
    `from array import array
def read(x, i):
  try: return x[i]
  except Exception as e: return repr(e)
def store(x, i, v):
  try: x[i] = v
  except Exception as e: return repr(e)
  return x[i]
objects = [b'abc\\xff', bytearray(b'xyz'), array('d', [1.5, float('nan')]), array('i', [1, -2, 3]), array('B', b'ab'),
  array('q', [2**40, 1]), array('f', [0.1]), array('u', 'hé'), array('H', [7])]
for _ in range(3):
  for x in objects: print([read(x, i) for i in (0, 1, 2, 9, -1, -2, -9, True) for _ in range(7)])
values = [0, 255, 256, -1, 1.5, 2**31, 2**70, True, 'é', None, float('inf')]
for x in objects[1:]: print([store(x, i, v) for _ in range(3) for v in values for i in (0, -1, 5)])
class A(array):
  def __getitem__(self, i): return ('mine', i)
xs = [array('i', range(9))] * 30 + [A('i', range(9))] + [bytearray(9)] * 20
print([x[3] for x in xs])
b = bytearray(4)
for i in range(60): b[i & 3] = i; b.append(i) if i == 40 else None
print(b, [c for c in (b[i] for i in range(5))])`,
  ],
  [
    "enumerate and zip: over lists, tuples and ranges, one iterator twice, of unequal length, over what changes",
    `def e(x, start=0):
  r = []
  for i, v in enumerate(x, start): r.append((i, v))
  return r
def z(*xs):
  r = []
  for t in zip(*xs): r.append(t)
  return r
def sums(a, b):
  s = 0
  for i, (x, y) in enumerate(zip(a, b)): s += i * x * y
  return s
floats = [0.5, 1.5, float('nan'), 2.5] * 5
print(e(floats) == e(floats), e([1, 2] * 20), e((1, 'a') * 9), e(range(30)), e('xyz' * 5), e({1: 2, 3: 4}), e([]))
print(e(range(30), 2**53 - 10), e([7] * 30, -5))
print(z([1, 2, 3] * 9, range(40)), z((1, 2) * 9, floats), z(range(20)), z(), z([1], [2, 3]), z(floats, floats)[1])
it = iter(range(60))
print(z(it, it), list(it))
it = iter([1, 2, 3] * 12)
print(z(it, it, it), z(it))
print(sums(list(range(40)), tuple(range(40))), sums(floats[:2] * 9, [1] * 30))
grows = [1] * 30
for i, v in enumerate(grows):
  if i == 25: grows.append('last')
print(i, v)
try: list(zip(range(3), range(4), strict=True))
except ValueError as err: print(err)
kept = []
for pair in zip([1, 2] * 20, [3, 4] * 20): kept.append(pair)
print(kept[0] is not kept[2], kept[:3])`,
  ],
  [
    "operators between lists, tuples, strings, large ints, and subclasses that have their own",
    `class L(list):
  def __add__(self, other): return 'L'
  def __radd__(self, other): return 'R'
class S(str):
  def __mod__(self, other): return 'S'
def add(a, b):
  try: return a + b
  except Exception as e: return repr(e)
def mul(a, b):
  try: return a * b
  except Exception as e: return repr(e)
def mod(a, b):
  try: return a % b
  except Exception as e: return repr(e)
def xor(a, b): return a ^ b
big = 2**70
for _ in range(12):
  r = [add([1], [2.5]), add([1.5], [2.5]), add((1,), (2,)), add('a', 'b'), add(b'a', b'b'), add([1], (2,)), add(big, 1), add(big, -big), add(1, big), add(big, 1.5)]
  r += [mul([1], 2), mul(2, [1.5]), mul('ab', 3), mul((1,), -1), mul(big, big), mul([1], 'x'), mul(big, 0)]
  r += [mod('%d-%s', (1, 'x')), mod('%s', 'y'), mod('%5.2f', 2.5), mod('%d', 'x'), mod(big, 7), mod(b'%d', 5), mod('%s', [1]), mod('a', ())]
  r += [xor(big, big - 1), xor(big, big), xor(5, big)]
print(r)
print([add(x, [1]) for x in [[0]] * 20 + [L([1]), [2]]], [add([1], x) for x in [[0]] * 20 + [L([1])]], [mod(x, 1) for x in ['%d'] * 20 + [S('%d')]])
def total(n):
  r = []
  for i in range(n): r += [i]; r += (i, 0.5)
  return len(r), r[:6]
print(total(60))`,
  ],
  [
    "comparisons: by identity, of tuples, of classes that get an __eq__ while hot",
    `class A: pass
class B: pass
class C:
  def __eq__(self, other): return 'eq'
  __hash__ = None
def eq(a, b): return a == b
def ne(a, b):
  if a != b: return 1
  return 0
a, b = A(), A()
pairs = [(a, a), (a, b), (a, B()), (a, None), (None, a), (a, 1), ('x', a), (b'x', 'x'), (b'x', b'x'), (2**70, 2**70), (1, 1.0)]
for _ in range(12): r = [(eq(x, y), ne(x, y)) for x, y in pairs]
print(r, [eq(C(), 1) for _ in range(20)], [eq(1, C()) for _ in range(20)])
tuples = [(1, 2), (1, 2.0), ('a', None), (1, (2, 3)), (float('nan'),), (a, 1), ()]
print([[eq(x, y) for x in tuples for y in tuples] for _ in range(3)][2])
print([eq((1, c), (1, 2)) for c in [2] * 20 + [C()] * 3])
def hot(n):
  r = []
  for i in range(n):
    if i == 40: A.__eq__ = lambda self, other: 'new'
    r.append(eq(a, b))
  return r
print(hot(60))`,
  ],
  [
    "membership: scalars in lists, types in sets, tuples in dicts, strangers among them",
    `class E:
  def __init__(self, v): self.v = v
  def __eq__(self, other): return other == self.v
  def __hash__(self): return hash(self.v)
def isin(x, c): return x in c
lists = [[1, 2, 3], [1.0, 2.5], ['a', 'b'], [True, None], [2**70], (1, 'a', None), [], [1, E(5)], [E(1), 9]]
for _ in range(8): r = [isin(x, c) for x in (1, 2, 2.5, 'a', None, True, 2**70, 5, 0, float('nan')) for c in lists]
print(r)
nan = float('nan')
print([isin(nan, [nan]) for _ in range(9)], [isin(nan, [float('nan')]) for _ in range(9)])
types = {int, str, type(None)}
print([isin(t, types) for t in [int, float, E, str, type] * 9], [isin(t, frozenset(types)) for t in [int, float] * 9])
d = {(1, 2): 'a', ('x', (3,)): 'b', (E(7), 1): 'c'}
def get(k):
  try: return d[k]
  except KeyError as e: return repr(e)
print([get(k) for k in [(1, 2), ('x', (3,)), (7, 1), (9, 9)] * 12])
seen = []
class K:
  def __hash__(self): seen.append('hash'); return 5
  def __eq__(self, other): seen.append('eq'); return True
def put(k, i): d[k] = i
for i, k in enumerate([(1, 2), (2, 3), (1, K())] * 10): put(k, i)
print(len(d), len(seen) > 0, d[(1, 2)], d[(2, 3)])`,
  ],
  [
    "dicts of other classes: counters and defaults, missing keys, an override that comes while hot",
    `from collections import Counter, defaultdict
class D(dict):
  def __missing__(self, key): return ('missing', key)
def count(words):
  c = Counter(); d = defaultdict(list); m = D()
  r = []
  for i, w in enumerate(words):
    c[w] += 1; d[w].append(i); r.append(m[w])
    if i % 3 == 0: m[w] = i
  return sorted(c.items(), key=repr), sorted(d.items(), key=repr), r
print(count(['a', 'b', (1, 2), 'a', (1, 2), 5] * 9))
class E(dict):
  def __delitem__(self, k): super().__delitem__(k)
class F(E):
  def __setitem__(self, k, v): super().__setitem__(k, v * 2)
def store(make, k, v, n=30):
  for i in range(n):
    o = make()
    try: o[k] = v
    except TypeError as e: o = str(e)
  return o
class G: __setitem__ = dict.__setitem__
print(store(E, 1, 2), store(F, 1, 2), store(G, 1, 2), store(E, [], 1))
def late(n):
  m = D(); r = []
  for i in range(n):
    if i == 40: D.__setitem__ = lambda self, k, v: dict.__setitem__(self, k, 'set')
    if i == 60: D.__getitem__ = lambda self, k: 'got'
    m[i & 7] = i
    r.append(m[i & 7])
  return r
print(late(80))
def remove(n):
  d = {i: i for i in range(n)}
  for i in range(0, n, 2): del d[i]
  try: del d[0]
  except KeyError as e: print(repr(e))
  return list(d)
print(remove(60))`,
  ],
  [
    "slices: read, stored, of lists of floats, with indices of their own",
    `class I:
  def __index__(self): return 2
def get(x, a, b): return x[a:b]
def step(x, a, b, c): return x[a:b:c]
def put(x, a, b, v):
  try: x[a:b] = v
  except Exception as e: return repr(e)
  return x
xs = [[1, 2, 3, 4], [0.5, 1.5, 2.5], (1, 2, 3), 'abcd', b'abcd', range(9)]
for _ in range(7): r = [(get(x, a, b), step(x, a, b, 2)) for x in xs for a, b in [(1, 3), (None, 2), (-2, None), (0, I())]]
print(r)
for v in [[9], (8, 7), [0.25], [], 'xy', 5] * 6: print(put([1, 2, 3, 4], 1, 3, v), put([0.5, 1.5], 0, 1, v), put([0.5], 5, None, v))
def rotate(n):
  x = [0.5, 1.5, 2.5, 3.5]; s = 0.0
  for i in range(n):
    x[:2] = x[1::-1]; s += x[0] if i < 50 else 0
    if i == 50: x[1:2] = ['odd']
    if i < 40: s += x[1]
  return s, x
print(rotate(70))
def same(n):
  x = [1, 2, 3]
  for i in range(n): x[:] = x; x[1:] = x[1:]
  return x
print(same(50))`,
  ],
  [
    "attributes: of classes, of native objects, of classes derived from builtin ones, methods as values",
    `class M(type):
  flag = 'meta'
class Base:
  limit = 5
  def plain(self): return 'plain'
  @classmethod
  def made(cls, x=0): return (cls.__name__, x)
  @staticmethod
  def static(x): return x * 2
class Sub(Base, metaclass=M): pass
class L(list):
  def size(self): return len(self)
  def __init__(self, *a): super().__init__(*a); self.note = 'n'
def use(cls, i): return cls.limit, cls.made(i), cls.static(i), cls.plain(None), cls.__name__, cls.made
def bound(x): a = x.append; a(1); return x.count
def of(x):
  f = x.size
  return x.size(), f(), x.note
def method(x): m = x.plain; return m()
r = []
for i in range(60):
  if i == 30: Base.limit = 6
  if i == 40: Base.made = classmethod(lambda cls, x=0: 'other')
  if i == 50: M.static = property(lambda cls: (lambda x: 'from meta'))
  r.append((use(Base, i)[:5], use(Sub, i)[:5]))
print(r)
x = L([1]); y = L()
for i in range(60):
  if i == 40: y.size = lambda: 'own'
  if i == 50: L.size = lambda self: 'new'
  r = (of(x), of(y), bound([1])(1), bound(L([1, 1]))(1))
  if i % 9 == 0: print(r)
b = Base()
for i in range(60):
  if i == 40: b.plain = lambda: 'own'
  r = method(b), method(Sub())
  if i % 9 == 0: print(r)
class N(Exception): pass
def exc(cls):
  e = cls('x'); e.extra = 1
  try: return e.extra, e.args, e.nothing
  except AttributeError as err: return str(err)
print([exc(c) for c in [ValueError, N, ValueError, OSError] * 9])
import random
g = random.Random(5)
print([g.randrange(10) for _ in range(60)], [g.choice('abc') for _ in range(20)])`,
  ],
  [
    "calls with a tuple of arguments, lengths and conversions of builtin objects",
    `def f(*a, **k): return a
def pass_on(*a): return f(*a)
def both(a, b): return f(*a, *b, 3)
class T(tuple): pass
def n(x): return len(x)
print([pass_on(1, i) for i in range(30)][-1], [both((1, i), [2]) for i in range(30)][-1], [f(*T((1, 2))) for _ in range(30)][-1])
t = (1, 2)
print([f(*t) is t for _ in range(20)][-1] in (True, False), [f(*x) for x in [(1,), [1], 'ab', {3: 4}] * 9])
print([n(x) for x in [b'ab', bytearray(3), range(7), {1, 2}, frozenset(), T((1,)), 'é', {1: 2}.items()] * 9])
print([list(range(i)) for i in range(20)], [tuple(b'ab') for _ in range(20)][-1], [list({3: 1, 4: 2}) for _ in range(20)][-1])
try: print([n(x) for x in [range(3)] * 20 + [range(2**70)]])
except OverflowError as e: print(e)`,
  ],
];

for (const [what, source] of PROGRAMS) {
  test(what, options, () => {
    const expected = run(source, { jit: "off" });
    assert.equal(run(source, HOT), expected);
    for (const seed of [1, 2]) assert.equal(run(source, stress(seed)), expected, `seed ${seed}`);
  });
}
