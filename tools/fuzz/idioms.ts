/**
 * Shapes that programs are made of and that single random statements seldom add up to, as text with gaps: `$int` is an
 * expression of the type, `#f` a name of the program's own.
 */
import type { Expressions, Scope } from "./expressions.ts";
import { type Line, line } from "./lines.ts";

const STEPS = [
  "+= 2**31 - 1",
  "-= 2**52",
  "= #n * 3 % (2**61 - 1)",
  "= (#n << 3 ^ #n >> 5) & 0xffffffff",
  "= ~#n * 5",
  "= #n * #n & (2**63 - 1)",
  "= -#n // 3 + 2**53",
];

const IDIOMS: readonly string[] = [
  // Cells that several functions share.
  `
def #f(n):
  t = 0
  def outer(m):
    nonlocal t
    def inner():
      nonlocal t, m
      m += 1
      t += n
      return t + m
    return inner
  return outer, lambda: t
#g, #h = #f($int)
note([tame(#g(e)()) for e in range(3)], tame(#h()))`,
  // A wrapper that passes on what it was given.
  `
def #f(g):
  def wrapper(*args, **kwargs):
    burn()
    return g(*args, **kwargs)
  return wrapper
@#f
def #g(a, b=2, *c, d=4, **e): return tame($any), show(a), b, c, d, e
for #i in range(4): note(#g(#i, *(1, 2, 3)[#i:]), #g(*$tuple, d=#i, x=$int))`,
  `
class #C:
  def __init__(self, v): self._v = v
  @property
  def v(self): return self._v
  @v.setter
  def v(self, v):
    if v == 3: raise Problem(v)
    self._v = tame(v)
  @v.deleter
  def v(self): self._v = None
#o = #C($int)
for #i in range(5):
  try:
    #o.v = #i
    #o.v += $int
    if #i == 4: del #o.v
  except Problem as problem: note(problem, lines(problem))
note(#o.v)`,
  // Generators that are sent to and thrown into, alone and through `yield from`.
  `
def #f(n):
  got = i = 0
  try:
    for i in range(n):
      try: got = yield i, got
      except Problem as problem:
        note('caught', problem)
        got = yield $any
      finally: note('turn', i)
    return got
  finally: note('end', i)
#o = #f(5)
note(next(#o))
for #i in range(4):
  try: note(#o.send(#i) if #i % 2 else #o.throw(Problem(#i)))
  except StopIteration as problem: note(problem.value)
#o.close()`,
  `
def #f(n):
  while n:
    try:
      got = yield n
      if got: return got
    except ValueError: note('value')
    n -= 1
  return tame($any)
def #g():
  while True:
    result = yield from #f(3)
    note(result)
    if result: break
  yield 'last'
#o = #g()
for #i in range(9):
  try: note(#o.throw(ValueError(#i)) if #i == 3 else #o.send(#i if #i > 4 else None))
  except (StopIteration, ValueError) as problem: note(problem, lines(problem))`,
  `
def #f(tree):
  if isinstance(tree, list):
    for e in tree: yield from #f(e)
  else: yield tree
note(*#f([1, [2, [3, tame($list)], $int], []]))`,
  `
async def #f(n):
  try:
    while n > 0:
      n -= 1
      try: got = yield n
      except Problem: got = 5
      if got: await Waits(got)
  finally: note('closed', n)
async def #g():
  stream, out = #f($int % 7), []
  try:
    out.append(await anext(stream))
    out.append(await stream.asend(3))
    out.append(await stream.athrow(Problem(1)))
    async for e in stream:
      if e == 1: break
      out.append(e)
  except StopAsyncIteration: out.append('stop')
  finally: await stream.aclose()
  return out
note(drive(#g()))`,
  `
import contextlib
@contextlib.contextmanager
def #f(value, swallow):
  note('enter', value)
  try: yield value
  except ArithmeticError:
    if not swallow: raise
  finally: note('leave', value)
for #i in range(3):
  try:
    with #f(#i, #i == 1) as #v, #f($int, False): note(#v, 1 // (#i - 1), 1 // #i)
  except ZeroDivisionError as problem: note(problem, lines(problem)[:1])`,
  // Recursion.
  `
def #f(n, a):
  if n == 0: return tame($any)
  try: r = #f(n - 1, a + n)
  finally: a -= 1
  return r if n % 7 else (show(r), a)
note(#f($int % 40, 0))`,
  `
def #f(n): return True if n == 0 else #g(n - 1)
def #g(n): return False if n == 0 else #f(n - 1)
note(#f($int % 300), #g(300))`,
  `
def #f(items):
  if not items: return [[]]
  return [[e, *rest] for i, e in enumerate(items) for rest in #f(items[:i] + items[i + 1:])]
note(#f(list(range($int % 4))))`,
  // Ints across the borders of their representations.
  ...STEPS.map(
    (step) => `
#n = $int
for #i in range(70): #n ${step}
note(#n & (2**64 - 1), #n >> 40, #n % 1000, -#n // 3 % 97)`,
  ),
  `
#n = 14695981039346656037
for #i in $str * 3: #n = ((#n ^ ord(#i)) * 1099511628211) & 0xffffffffffffffff
note(#n)`,
  `
#a, #b = 0, 1
while #b < $int % 2**62: #a, #b = #b, #a + #b
note(#a, #b)`,
  // Items and slices of what is mutable.
  `
#l = list($list) * 2
#l[$int % 3:$int % 5] = $tuple
#l[::2] = [0] * true_len(#l[::2])
del #l[1::3]
#l[:0] = [$any]
note(#l)`,
  `
#b = bytearray(6)
for #i in range(20): #b[#i % 6] = (#b[#i % 6 - 1] + #i * 7 + $int) & 255
note(list(#b), bytes(#b).hex(), memoryview(#b)[1:4].tolist())`,
  `
#m = [[(i * j + $int) % 7 for j in range(4)] for i in range(4)]
for #i in range(4):
  for #j in range(#i):
    #m[#i][#j], #m[#j][#i] = #m[#j][#i] + 1, #m[#i][#j] - 1
    #m[#i][#j] *= 0.5 if #m[#j][#i] > 3 else 2
note(*#m)`,
  `
#l = [$int, 3, $float, 1, -2]
for #i in range(true_len(#l)):
  for #j in range(true_len(#l) - 1):
    if #l[#j] > #l[#j + 1]: #l[#j], #l[#j + 1] = #l[#j + 1], #l[#j]
note(#l)`,
  `
#d = {}
for #i in 'abcab': #d.setdefault(#i, []).append($int)
while #d:
  #k, #v = #d.popitem()
  note(#k, #v)`,
  `
#s = ''
for #i in range(9):
  #s += chr(97 + #i) if #i % 3 else f'{#i}{$str}'
  #s = #s[-6:]
note(#s, #s[::-1])`,
  // Classes.
  `
class #A:
  def f(self, n): return [tame(n)]
class #B(#A):
  def f(self, n): return super().f(n) + ['B']
class #C(#A):
  def f(self, n): return super().f(n) + ['C']
class #D(#B, #C): pass
for #i in range(8):
  note(#D().f($any))
  if #i == 3: del #C.f
  if #i == 5: #D.__bases__ = (#C, #A)`,
  `
class #A:
  __slots__ = ('left', 'right', 'key')
  def __init__(self, key):
    self.left = self.right = None
    self.key = key
  def insert(self, key):
    side = 'left' if key < self.key else 'right'
    node = getattr(self, side)
    if node is None: setattr(self, side, #A(key))
    else: node.insert(key)
  def __iter__(self):
    if self.left is not None: yield from self.left
    yield self.key
    if self.right is not None: yield from self.right
#o = #A(0)
for #i in (3, -2, $int, 2.5, $float, 7): #o.insert(#i)
note(list(#o))`,
  `
class #A:
  def __init__(self, n): self.n = n
  def __iter__(self): return self
  def __next__(self):
    self.n -= 1
    if self.n < 0: raise StopIteration(self.n)
    return self.n
#o, #p = #A($int % 7), #A(5)
note(next(#o, None), [e for e in zip(#o, #o)], next(#o, 'end'), list(iter(lambda: next(#p), 1)))`,
  `
def #f(k): return type('T', (Base,), {'k': k, 'm': lambda self: (self.k, k)})
for #i in range(6): note(#f(#i % 3)().m(), #f($int).k)`,
  `
from dataclasses import dataclass, field
@dataclass(order=True)
class #C:
  x: int
  y: float = 1.5
  z: list = field(default_factory=list, compare=False)
#l = [#C(e % 3, $float) for e in range(6)]
for #i in #l:
  #i.x += $int % 3
  #i.z.append(#i.y)
note([(e.x, e.y, e.z) for e in sorted(#l)], #l[0] == #C(0), #l[1] < #l[2])`,
  `
#P = collections.namedtuple('P', 'x y')
#l = [#P(e, $int) for e in range(4)]
note([p.x * 2 + p.y for p in #l], [list(p._replace(x=5)) for p in #l[:2]], *[x for x, y in #l if y])`,
  `
class #C:
  @functools.cached_property
  def slow(self): return note('slow') or tame($any)
  @functools.lru_cache(4)
  def kept(self, n): return note('kept') or n
  __index__ = lambda self: 2
  __format__ = lambda self, spec: spec + '!'
  __class_getitem__ = classmethod(lambda cls, k: show(k))
#o = #C()
for #i in range(4): note(#o.slow, #o.kept(#i % 2), [1, 2, 3][#o], f'{#o:>{#i}}', #C[#i])`,
  // Exceptions.
  `
def #f(n):
  try:
    try: return 10 // n
    except ZeroDivisionError as e: raise Problem(n) from e
    finally:
      if n == 2: raise KeyError(n)
  except KeyError as e:
    e.add_note('noted')
    raise ValueError(str(e)) from None
for #i in range(4):
  try: note(#f(#i))
  except Exception as e: note(e, e.__cause__, e.__context__, e.__suppress_context__, lines(e))
note(sys.exception())`,
  `
def #f(a, b):
  if a == 2: raise Problem(b)
  return (show(a) > show(b)) - (show(a) < show(b))
try: note(sorted($list, key=functools.cmp_to_key(#f)))
except Problem as problem: note(problem, lines(problem))`,
  `
#seen = []
note(any(#seen.append(e) or e > 2 for e in range(9)), all(e < $int for e in (1, 2, #seen.append(7) or 3)), #seen)`,
  `
#z = complex($float, $int)
for #i in range(9):
  if abs(#z) > 4: break
  #z = #z * #z + complex(0.25, 0.5)
note(#i, #z.real, #z == #z.conjugate())`,
];

export function idiom(expressions: Expressions, scope: Scope, fresh: (prefix: string) => string): Line[] {
  const names = new Map<string, string>();
  const name = (prefix: string): string => {
    const known = names.get(prefix) ?? fresh(`${prefix}_`);
    names.set(prefix, known);
    return known;
  };
  const named = expressions.random.pick(IDIOMS).replace(/#(\w+)/g, (_, prefix: string) => name(prefix));
  const text = expressions.fill(named, scope, 1).trim();
  return [line("burn()"), ...parse(text.split("\n"), 0)];
}

/** The lines from the first on that stand `depth` steps in. */
function parse(texts: readonly string[], depth: number): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < texts.length; ) {
    let end = at + 1;
    while (end < texts.length && texts[end].startsWith(" ".repeat(2 * depth + 2))) end++;
    lines.push(line(texts[at].slice(2 * depth), parse(texts.slice(at + 1, end), depth + 1)));
    at = end;
  }
  return lines;
}
