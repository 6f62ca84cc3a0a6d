import sys
here = sys._getframe().f_code.co_filename
def show(name, fn, opcodes=False, *a):
    ev=[]
    def tr(frame, event, arg):
        if frame.f_code.co_filename != here: return None
        if opcodes: frame.f_trace_opcodes=True
        if isinstance(arg, tuple): arg=(arg[0].__name__, type(arg[1]).__name__, arg[2] is not None)
        elif not isinstance(arg, (int, list, str, type(None))): arg = type(arg).__name__
        ev.append((frame.f_code.co_name, frame.f_lineno-frame.f_code.co_firstlineno, event, arg) + ((frame.f_lasti,) if opcodes else ()))
        return tr
    sys.settrace(tr)
    try:
        try: fn(*a)
        finally: sys.settrace(None)
    except BaseException as e: ev.append(('raised', repr(e)))
    print('==', name)
    for e in ev:
        if e[0]!='show': print('  ',*e)
def one(): return 1
def oneline(x): return [i for i in x]
lam = lambda: 5
def loop1():
    while True: break
    for i in range(3): pass
    i=0
    while i<3: i+=1
    return i
def loop():
    for i in range(3):
        if i == 1:
            continue
        x = i
    else:
        y = 1
    return x
def exc():
    try:
        1/0
    except ZeroDivisionError as e:
        pass
    try: raise KeyError('k')
    except: z = 1
    finally:
        w = 2
def inner():
    raise ValueError('v')
def outer():
    try:
        inner()
    except ValueError:
        return 'caught'
def gen():
    yield 1
    x = yield 2
    return 7
def usegen():
    for v in gen():
        pass
    g = gen()
    next(g)
    g.send(None)
    try: g.send(3)
    except StopIteration as e: pass
    g = gen()
    next(g)
    try: g.throw(KeyError('t'))
    except KeyError: pass
    g = gen(); next(g); g.close()
    g = gen()
    try: g.throw(KeyError('fresh'))
    except KeyError: pass
    return list(gen())
def deleg():
    r = yield from gen()
    return r
def usedeleg():
    for a in deleg():
        pass
class It:
    def __iter__(self): return self
    def __next__(self): raise StopIteration('a')
def iters():
    for a in It(): pass
    for i in iter([1,2]):
        pass
    list(It())
async def co():
    await aw()
    async with cm() as c:
        async for z in ag():
            pass
    return 3
async def aw():
    return 1
async def ag():
    yield 1
    yield 2
class cm:
    async def __aenter__(self): return self
    async def __aexit__(self,*a): pass
def useco():
    c = co()
    try: c.send(None)
    except StopIteration: pass
class W:
    def __enter__(self): return 1
    def __exit__(self,*a): return True
def withs():
    with W() as w:
        x = 1
        raise KeyError
    with W() as a, \
         W() as b:
        pass
def cls():
    class A:
        x = 1
        def f(self):
            pass
    @property
    def deco():
        pass
    return A
def comp():
    a = [i*2
         for i in range(3)
         if i]
    b = {x:y for x,y in [(1,2)]}
    c = list(q for q in a)
    return a
def fin():
    try:
        return 1
    finally:
        pass
def multi():
    x = (1,
         one(),
         3)
    assert (x[0]
            == 1)
    return one(
        ) + one()
def nest():
    def k():
        nonlocal v
        v = 1
    v = 0
    k()
    return v
def match(x):
    match x:
        case 1: pass
        case [a, b] if a == 2:
            return b
        case {'k': v}:
            pass
        case _:
            return 0
class Init:
    def __init__(self, a):
        self.a = a
    @property
    def p(self):
        return self.a
    def __add__(self, o):
        return NotImplemented
    def __radd__(self, o):
        return 5
    def __getattr__(self, n):
        return n
def inits():
    for i in range(6):
        c = Init(i)
        c.p
        c + c if 0 else None
        c.foo
        5 + c
def eg():
    try:
        raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    except* ValueError:
        pass
    except* KeyError as e:
        x = 2
def unw():
    def a(): b()
    def b(): c()
    def c(): 1/0
    a()
def ex_in_fin():
    try:
        try:
            1/0
        finally:
            x = 1
    except ZeroDivisionError:
        pass
def whiletrue():
    n = 3
    while True:
        n -= 1
        if not n:
            return
def ifs(a):
    if a: x = 1
    else: x = 2
    y = 1 if a else 2
    if a and \
       y:
        pass
    elif a:
        pass
    return (a
            or y)
for f in [one, lam, loop1, loop, exc, outer, usegen, usedeleg, iters, useco, withs, cls, comp, fin, multi, nest, inits, eg, unw, ex_in_fin, whiletrue]:
    show(f.__name__, f)
show('oneline', oneline, False, [1,2])
for v in (1,[2,3],{'k':1},4): show('match', match, False, v)
for v in (1,0): show('ifs', ifs, False, v)
show('exec', lambda: exec(compile("x=1\ny=2\nfor i in range(2): pass\ndef f():\n  return 1\nf()\n", here, "exec"), {}))
for f in [one, loop, comp, nest, whiletrue]: show('op '+f.__name__, f, True)
