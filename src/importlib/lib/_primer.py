"""What runs before V8 optimises the interpreter's loop, see `api/primer.ts`: each instruction, on each kind of operand."""
import sys
class C:
    k = 1
    def __init__(self, a, b):
        self.a = a
        self.b = b
    def m(self): return self.a
    def n(self, x, y=2): return self.b
    @property
    def p(self): return self.a
    def __getitem__(self, i): return i
class D(C):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.c = a; self.d = b; self.e = a; self.f = b; self.g = a; self.h = b; self.i = a
    def m(self): return super().m(), 1
class S:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x; self.y = x
class F:
    def __init__(self, a, b): self.a = a; self.b = b; self.c = a; self.d = b
class M:
    __slots__ = ("x", "y", "z", "w")
    def __init__(self, x): self.x = x; self.y = x; self.z = x; self.w = x
class W:
    def __enter__(self): return self
    def __exit__(self, *a): return True
def ints(a, b):
    c = a + b - a * b
    if a < b: c += 1
    if a <= b: c -= 1
    if a > b: c *= 2
    if a >= b: c //= 3
    if a == b: c %= 5
    if a != b: c &= 7
    return (c | 1) ^ (a << 2) >> 1, a // 3, a % 7, a / 3, -a, not a, ~a, a ** 2
def floats(x, y):
    z = x + y - x * y / 3.0
    if x < y: z += 1
    if x <= y: z -= 1
    if x > y: z *= 2
    if x >= y: z /= 3
    if x == y: z = 1 - z
    if x != y: z = 2 * z
    return -z, x * 2, 3 / x, x ** 2, x // 1.0, z if x else y
def texts(s, t):
    u = s + t
    u += s
    for c in u:
        if c == "a": pass
        if c != "b": pass
        if c in "abc": pass
    if not s: pass
    return u[0], u[-1], u[1:3], len(u), f"{u} {s!r} {1.5:.2f}", "%s %d" % (s, 1), u.upper(), u.split(","), ",".join([s, t]), str(1), u.startswith("a"), u.replace("a", "b")
def lists(n):
    l = [i * 2 for i in range(n)]
    l.append(1)
    l[0] = l[1] + l[-1]
    l[1], l[2] = l[2], l[1]
    m = l[1:] + [*l, 3]
    m.pop()
    m.sort()
    t = (1, n, l)
    a, b, c = t
    a, *d = m
    (x, y) = (a, b)
    for i, v in enumerate(m): x += i
    for i, v in zip(l, m): x += v
    for v in t: pass
    for v in m:
        if v is None: continue
        if v is not x and v in l: break
        if v not in t: pass
    while n > 0:
        n -= 1
    del l[0]
    return t[0], t[-1], len(m), sum(m), max(m), min(x, y), sorted(m), tuple(l), list(t), [], [1, 2], [*t], isinstance(m, list), l == m, t == (1, 2)
def tables(n):
    d = {"a": 1, "b": n}
    e = {i: i for i in range(n)}
    d["c"] = 3
    d["a"] += 1
    e[1] = d["a"]
    s = {1, 2, n}
    s.add(3)
    for k in d: pass
    for k, v in d.items():
        if k in e or v in s: pass
    for v in s: pass
    return d.get("a"), d.get("z", 0), "a" in d, 1 not in e, len(d), {**d}, {i for i in s}, e.keys(), d.values(), [d[k] for k in d], frozenset(s)
def objects(a, b):
    c = C(a, b); d = D(a, b); s = S(a)
    for o in (c, d):
        o.m(); o.n(1); o.n(1, y=3); o.a; o.b; o.p; o.k; o[0]
        o.a = b; o.b = a
        f = o.m
        f()
    d.c; d.d; d.e; d.f; d.g; d.h; d.i
    d.c = d.d = d.e = d.f = d.g = d.h = d.i = 1
    d.e += 1
    s.x; s.y
    s.x = s.y
    C.k; type(c); c is d; c == d; hasattr(c, "a"); getattr(c, "b")
    return isinstance(d, C), c and d, c or d, not c, None if c is None else d, issubclass(D, C)
def fields(a):
    class G(F): pass
    class N(M): __slots__ = ()
    for v in (0.5, 1.0, 1.5, 2.5, a, a, a):
        for o in G(v, v), F(0.5, v), F(v, 0.5):
            o.a = o.b; o.c = o.d
            o.a; o.b; o.d = v; o.e = v; o.f = 0.5; o.e; o.f; o.e = o.f
        for o in N(v), M(0.5):
            o.x = o.y; o.z = v; o.z; o.w = o.z; o.w = 0.5
def function(a, b=1, *args, c=2, **kwargs):
    return a
def calls(a):
    n = a
    function(1); function(1, 2); function(1, 2, 3); function(1, c=3); function(a=1, z=2)
    t = (1, 2); k = {"c": 3}
    function(*t); function(*t, **k); function(**k, a=1)
    c = C(1, 2); f = c.n
    f(*t); f(*(1,)); f(1, **{"y": 2}); f(1, y=2); f(1, 2); abs(*(1,)); C(*t); c.m(*())
    g = lambda x: x + n
    def h(x):
        nonlocal n
        n = n + 1
        return g(x)
    h(1)
    if a > 1: return calls(a - 1)
    abs(-n); int("1"); float(n); bool(n); bytes(2); divmod(n, 2); ord("a"); chr(65); range(n); print
    return h(2)
def generator(n):
    for i in range(n):
        x = yield i
        if x: pass
    return n
def delegating(n):
    r = yield from generator(n)
    yield r
async def coroutine(n):
    return n
async def awaiting(n):
    return await coroutine(n) + await coroutine(n)
def generators(n):
    for x in generator(n): pass
    for x in delegating(n): pass
    g = generator(n)
    next(g); g.send(1); g.close()
    try: awaiting(n).send(None)
    except StopIteration as e: x = e.value
    return sum(x for x in range(n)), any(x > 1 for x in range(n)), [*map(abs, (1, 2))]
def storages(n):
    # V8 keeps arrays in several ways, by what they hold and how they were made.
    mixed = [1, 2, 3]; mixed[1] = "x"
    for x in ([1, 2, 3], [0.5, 1.5], ["a", "b"], [None] * n, [0] * n, [0.5] * n, list(range(n)), sorted([3, 1, 2]),
              [i for i in range(n)], [*(1, 2)], list("abc"), [1, 2, 3][1:], [1] + [2.5], mixed, [[1], [2]]):
        for v in x: pass
        x[0] = x[-1]; v = x[1]; x.append(v); x[len(x) - 1]
        a, b = x[:2]
        c, *d = x
        for i, v in enumerate(x): pass
        tuple(x)[1]; a in x
        x[:1]; x[1:]; x[:]; x[0:1] = [v]; x[:] = x[::-1]
        x.pop()
        if x: pass
    for t in ((1, 2), ("a", 1.5), tuple([1, 2]), tuple(range(2)), (1, 2, 3)[1:], (1,) + (2,), tuple([None] * 2), tuple([n] * 2), (*mixed, n), (*[1, 2], 3), (0.5, 1.5), (2, 0.5),
              tuple([0.5, 1.5]), tuple([0.5] * 2), tuple(b"ab"), tuple(v for v in "ab"), divmod(7, 2), *zip([1], [2]), *{1: 2}.items()):
        for v in t: pass
        for v in t[:1]: pass
        t[0]; a, b = t[:2]
        t[:1]; t[1:]; "abc"[1:]; b"abc"[:2]
        if t: pass
        1 in t; t[n:]; t[:n]; t[0:n]
    for r in (range(3), bytearray(3), b"abc", memoryview(b"abc"), "\u20ac\U0001f40d"):
        r[1:]; r[:1]; r[0]; r[-1]; r[:n]; r[1:n]
        for v in r: pass
        if r: pass
def shapes(n):
    # Sites that see instances of several shapes, and attributes of all other kinds.
    mixed = [C(1, 2), D(1, 2), F(1, 2), H(1)]
    for i in range(n):
        for o in mixed:
            o.a; o.a = i
        for o in mixed[::-1]:
            o.a; o.a = i; o.b = i
        for o in mixed[:2]:
            o.m(); o.k; o.n(1)
    g = G(); h = H(1); b = B()
    h.late = 1
    for i in range(20):
        g.missing; h.late; h.late = i; h.f; h.f(); b.x; sys.path; A.c; A.c(); S.x; a = C; a.k; b.m(); b.y; b.y = i; del b.y; b.y = 1
        f = b.n; f(1); f(i, y=2)
        Z().__init__; T(1)[0]; T(1).first
    o = O(); p = O()
    for i in range(10):
        o + p; o + 1; 1 + o; o == p; o == 1; o < p; i in o; o[i] = i; q = o; q += i
        if o: pass
class O:
    def __add__(self, other): return other
    def __radd__(self, other): return other
    def __eq__(self, other): return NotImplemented
    def __lt__(self, other): return True
    def __bool__(self): return False
    def __contains__(self, item): return True
    def __setitem__(self, key, value): pass
class G:
    def __getattr__(self, name): return 1
class H:
    def __init__(self, a): self.a = a; self.f = int
    @staticmethod
    def c(): return 1
class B:
    x = 1
    y = 2
    def __getattribute__(self, name): return object.__getattribute__(self, name)
    def m(self): return 1
    def n(self, x, y=1, *z): return x
class Meta(type):
    def c(cls): return 1
class A(metaclass=Meta):
    k = 1
class Z(D):
    def __init__(self): super().__init__(1, 2); super().k; super().m
class T(tuple):
    def __new__(cls, *items): return tuple.__new__(cls, items)
    @property
    def first(self): return self[0]
def cuts(l, i, k):
    global kept
    kept = l[i:k]
    l[i:k] = kept
    for v in (l, kept, [], (), "", "a", 0, 1, 0.5, None, kept):
        if v: pass
        if not v: pass
        if v is None: continue
        while v is not None: v = None
    del l[i:k]
    l.sort(key=str, reverse=True)
    s = {1, *l}; s |= {2}
    d = {"a": 1}; d.update(b=2); d = {**d, **d}
    for v in range(2, 10, 3): pass
    for v in range(5, 0, -1): l.append(v)
    for v in s: pass
    for v in "ab": pass
    for v in {"a": 1}.values(): pass
    for v in reversed(l): pass
    for v in iter(l): pass
    return all(v is not None for v in l), any(l), l[::2], l[-3:], min(l, default=0), max(l, key=abs), "a{}".format(1), print
def unpacked(n):
    for t in ((1, 2), ("a", 2), (1, "b"), (None, 0.5), tuple([None] * 2), tuple([n] * 2), tuple(range(2)), (1, 2, "c")[:2], [1, 2], ["a", n], [0.5, 1.5], "ab", {1: 2, 3: 4}):
        a, b = t
        [c, d] = t
    for t in ((1, 2, 3), ("a", 2, n), tuple([None] * 3), tuple([n] * 3), tuple(range(3)), [1, 2, 3], ["a", n, 1], [0.5, 1.5, 2.5], "abc"):
        a, b, c = t
        (a, *b), c = t[:2], t
def matches(v):
    match v:
        case int(): return 1
        case [a, b]: return a
        case {"k": x}: return x
        case C(a=1): return 2
        case _: return 3
async def counting(n):
    for i in range(n): yield i
async def looping(n):
    async for x in counting(n): pass
    async with AW() as w: pass
    return [x async for x in counting(n)]
class AW:
    async def __aenter__(self): return self
    async def __aexit__(self, *a): return None
class I:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
def resumed(n):
    for x in I(n): pass
    g = (i for i in range(n))
    for x in g: pass
    for x in map(abs, g): pass
    g = generator(n)
    for x in g:
        if x: break
    list(g); sum(generator(n)); list(delegating(n)); "".join(str(x) for x in range(n)); [*generator(n)]; tuple(i for i in (1, 2)); sorted(I(n)); dict(zip("ab", I(2)))
    for c in (looping(n), awaiting(n)):
        try: c.send(None)
        except StopIteration as e: e.value
    try:
        for x in thrown(n): pass
    except ValueError as e:
        try: raise KeyError(1) from e
        except KeyError: pass
    for v in (1, [1, 2], {"k": 1}, C(1, 2), None): matches(v)
    assert n
def thrown(n):
    try: yield n
    finally: n = 0
    raise ValueError
def entered(): return 1
class L(list):
    first = property(lambda self: self[0])
    k = 1
    def m(self): return self.append(1)
class E(ValueError):
    k = 1
    def m(self): return self.args
class Table(dict):
    def m(self): return self.get("a")
class Text(str):
    k = 1
    def m(self): return self.upper()
class N(int):
    def m(self): return self + 1
class P:
    __slots__ = ()
    k = 1
class Q:
    def __init__(self, a): self.a = a
class Plain: pass
class Other: pass
def natives(n):
    # Instances of classes that inherit from native ones, and natives that may have attributes.
    for o in (L([1]), E(1), Table(a=1), Text("a"), N(1), T(1)):
        for i in range(3): o.m() if o is not None and hasattr(o, "m") else o.index(1)
    for i in range(3):
        for o in (L([1]), L([0.5])):
            if o: pass
            o.append(2); o.pop(); o.first; o.k; len(o); o[0]; o[0] = 1
        for e in (E(1), ValueError(2)): e.args; e.add_note("a"); e.with_traceback(None)
        function.__get__; function.__name__; function.late = 1; function.late
        for x in (function, e, o, Text("ab"), N(2)): x.__class__; x.__init__; x.__doc__
        P().k; A.k; type(n); A.c()
        q = Q(i); q.__dict__["b"] = 2; q.a; q.b; q.a = 2
    made = C(1, 2), F(1, 2), D(1, 2), Q(1), H(1)
    for o in made: o.__dict__["late"] = 1
    for i in range(3):
        for o in made: o.late; o.a; o.a = i
    for o in (Plain(), Other(), S(1), C(1, 2), F(1, 2), D(1, 2), M(1), B(), L([1]), E(1), None, Q(1), n, Plain(), Other(), *made):
        for i in range(2):
            if o: pass
            if not o: pass
    for i in range(3):
        x = Plain()
        while x: x = None
        y = Other() or x
        x = y and None
    for c in ({1, 2}, frozenset((1,)), {1: 2}, [1, 0.5], (1,), "a", range(3)):
        for i in range(2): n in c if type(c) is not str else "a" in c
def rare(n):
    def inner():
        nonlocal n
        n = 1
        class K:
            b = n
            c: int = 1
        del n
        return K
    for i in range(2):
        n = 1
        inner()
        t"{i} {i!r:>2}"
        try: raise ExceptionGroup("", [ValueError(), KeyError()])
        except* ValueError: pass
        except* KeyError: pass
        g = delegating(2)
        next(g)
        try: g.throw(KeyError)
        except KeyError: pass
        global kept
        kept = 1
        del kept
        x, *y = "ab"
        {**{"a": 1}, "b": 2}; [*"ab", *[1]]; {*"ab", 1}
        lambda: (yield)
        (lambda a, /, b=1, *, c=2: a)(1, c=3)
def often():
    # 500 times, after which its frame gets a new array.
    pass
def exceptions(n):
    try: [][n]
    except (KeyError, IndexError) as e: x = e
    try:
        raise ValueError(n)
    except KeyError: pass
    except ValueError: pass
    finally: n = 1
    try: {}[n]
    except KeyError: pass
    try: n.missing
    except AttributeError: pass
    with W(): 1 / 0
    with W() as w: pass
    for i in range(3):
        try:
            if i: continue
        finally: pass
    return x
def kept_objects():
    # Of each hidden class one: what V8 knows of a class goes with its last object. (In a function: a module that names
    # `super` itself has no LOAD_SUPER_ATTR.)
    async_generator = counting(1)
    suspended = generator(2), delegating(2)
    for g in suspended: next(g)
    return [
        suspended, coroutine(1), awaiting(1), looping(1), async_generator, async_generator.asend(None), generator(1), (i for i in "ab"),
        iter(range(3)), iter([1]), iter((1,)), iter("a"), iter({}), iter({}.keys()), iter({}.values()), iter({}.items()),
        iter({1}), iter(b"a"), enumerate("a"), zip("a"), map(abs, ()), filter(None, ()), reversed([1]), iter(int, 1),
        [1], [0.5], ["a"], (1,), {}, {1: 2}, {"a": 1}, {1}, frozenset((1,)), slice(1, 2), 0.5, 1j, 2 ** 70, range(3), b"a", bytearray(1),
        C(1, 2), D(1, 2), F(1, 2), S(1), M(1), Q(1), H(1), B(), Plain(), L([1]), E(1), Table(a=1), Text("a"), N(1), T(1), I(1), W(), O(),
        C(1, 2).m, ints, C.m, property(abs), staticmethod(abs), classmethod(abs), super(D, D(1, 2)), ValueError(1), KeyError(1), StopIteration(1),
        IndexError(), AttributeError(), TypeError(), {}.keys(), {}.values(), {}.items(), "".join, [].append, lambda x: g,
    ]

for i in range(3):
    for j in (7 + i, 10), (10, 7), (5, 5), (2 ** 40 + i, 3), (2 ** 60, 3): ints(*j)
    for j in (1.5, 2.5 + i), (2.5, 1.5), (1.0, 1.0): floats(*j)
    texts("ab,c", "d"); texts("x", "yz")
    lists(5 + i); tables(5); cuts([3, 1, 2], 0, 2); storages(3); unpacked(i)
    objects(1, 2); objects("a", "b"); objects(1.5, None); fields(i); fields(None); shapes(25); natives(1)
    calls(3); generators(4); resumed(3); exceptions(3); rare(i)
for i in range(501): often()
kept = kept_objects()
