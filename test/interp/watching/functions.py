import sys, warnings
here = sys._getframe().f_code.co_filename
log = []
def note(*what): print(*what)

def f(x):
    y = x + 1
    return y
def g(n):
    for i in range(n):
        f(i)
    return n

# A local trace function that gives another one, None, or nothing at all.
def first(frame, event, arg):
    note("first", frame.f_code.co_name, event)
    return second
def second(frame, event, arg):
    note("second", event, frame.f_lineno - frame.f_code.co_firstlineno)
    return third
def third(frame, event, arg):
    note("third", event, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_trace is third)
sys.settrace(first); f(1); sys.settrace(None)
def refuses(frame, event, arg):
    note("refuses", frame.f_code.co_name, event)
sys.settrace(refuses); g(2); sys.settrace(None)
note(sys.gettrace(), sys.getprofile())

# Exceptions in the trace function.
def failing(where):
    def trace(frame, event, arg):
        note("failing", event)
        if event == where: raise KeyError(where)
        return trace
    return trace
def h():
    try:
        f(1)
    except KeyError as e:
        note("caught within", e.args)
    try:
        [].nothing
    except AttributeError:
        pass
for where in "call", "line", "return", "exception":
    sys.settrace(failing(where))
    try: h()
    except KeyError as e: note("caught outside", e.args, e.__context__)
    note(where, sys.gettrace())
    sys.settrace(None)

# Nothing is traced while the trace function runs; call_tracing makes an exception.
tracing_more = False
def more():
    global tracing_more
    tracing_more = True
    f(5)
    tracing_more = False
def nosy(frame, event, arg):
    f(0)
    if event == "line" and frame.f_code is f.__code__ and not tracing_more: sys.call_tracing(more, ())
    if len(log) < 20: log.append((frame.f_code.co_name, event))
    return nosy
sys.settrace(nosy); f(1); sys.settrace(None)
note(log)

# Lines off, opcodes on.
def opcodes(frame, event, arg):
    frame.f_trace_lines = event == "call"
    frame.f_trace_opcodes = True
    note(frame.f_code.co_name, event, frame.f_lasti)
    return opcodes
sys.settrace(opcodes); f(1); sys.settrace(None)

# A frame that runs already.
def late():
    def local(frame, event, arg):
        note("late", event, frame.f_lineno - frame.f_code.co_firstlineno)
        return local
    sys._getframe().f_trace = local
    sys.settrace(lambda *a: None); x = 1
    y = 2
    for i in range(2): f(i)
    sys.settrace(None)
    z = 3
late()
def outer_late():
    inner_late()
    a = 1
    return [i for i in range(2)]
def inner_late():
    def local(frame, event, arg):
        note("from below", event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
        return local
    sys._getframe(1).f_trace = local
    sys.settrace(local)
outer_late(); sys.settrace(None)
# Through native code, out of which an exception comes.
def boom(x):
    inner_late()
    raise IndexError
def through_native():
    try:
        list(map(boom, [1]))
    except IndexError:
        b = 1
    return 2
def top():
    through_native()
    return 3
def watch_all():
    frame = sys._getframe(1)
    while frame is not None:
        frame.f_trace = every
        frame = frame.f_back
    sys.settrace(every)
def every(frame, event, arg):
    note("every", event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
    return every
def boom(x):
    watch_all()
    raise IndexError
top(); sys.settrace(None)

# Profiles.
class C:
    def __init__(self, x): self.x = x
    def m(self): return len([self.x])
    @staticmethod
    def s(): return sorted([2, 1], key=abs)
def gen():
    yield 1
    yield 2
def profiled():
    c = C(1)
    c.m(); c.s()
    "a b".split(" ", maxsplit=1)
    [*gen()]
    try: int("x")
    except ValueError: pass
    try: {}.popitem()
    except KeyError: pass
    try: getattr(c, "nothing")
    except AttributeError: pass
    print(*[], end="")
    max(*[1, 2])
    return isinstance(c, C)
def profile(frame, event, arg):
    if event.startswith("c_"): arg = arg.__name__
    elif not isinstance(arg, (int, list, type(None))): arg = type(arg).__name__
    log.append((frame.f_code.co_name, event, arg))
log.clear()
sys.setprofile(profile); profiled(); sys.setprofile(None)
for entry in log: note(*entry)
def bad_profile(frame, event, arg):
    raise ZeroDivisionError(event)
sys.setprofile(bad_profile)
try: f(1)
except ZeroDivisionError as e: print(e, sys.getprofile())

# Both at once.
log.clear()
sys.setprofile(lambda fr, ev, arg: log.append(("p", ev)))
sys.settrace(lambda fr, ev, arg: log.append(("t", ev)))
f(1)
sys.settrace(None); sys.setprofile(None)
note(log)

# Jumps.
def jumping(at, to, event="line"):
    def trace(frame, what, arg):
        line = frame.f_lineno - frame.f_code.co_firstlineno
        if what == event and line == at and not trace.done:
            trace.done = True
            try: frame.f_lineno = frame.f_code.co_firstlineno + to
            except ValueError as e: note("refused:", e)
        elif what == "line": note("at", line)
        return trace
    trace.done = False
    return trace
class Manager:
    def __enter__(self): sys.settrace(sys.gettrace())
    def __exit__(self, *args): pass
warnings.showwarning = lambda message, *rest: note("warning:", message)
def j():
    x = 1
    for i in range(2):
        x += 1
    try:
        x = 10
    except KeyError:
        x = 20
    finally:
        x += 1
    with Manager() as file:
        x += 100
    return x
for at, to in (1, 4), (4, 1), (3, 5), (1, 3), (1, 7), (5, 11), (11, 1), (3, 12), (1, 99), (1, -1):
    sys.settrace(jumping(at, to))
    try: result = j()
    except UnboundLocalError as e: result = e
    sys.settrace(None)
    note(at, "to", to, result)
for event, to in ("call", 4), ("return", 1), ("exception", 1):
    sys.settrace(jumping({"call": 0, "return": 12, "exception": 1}[event], to, event)); j(); sys.settrace(None)
try: sys._getframe().f_lineno = 1
except ValueError as e: note(e)
try: sys._getframe().f_lineno = "x"
except ValueError as e: note(e)
