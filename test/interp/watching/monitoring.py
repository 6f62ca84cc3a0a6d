import sys
m = sys.monitoring
E = m.events
NAMES = {getattr(E, name): name for name in dir(E) if name.isupper()}
def show(value):
    if isinstance(value, BaseException): return type(value).__name__
    if value is m.MISSING: return "MISSING"
    if hasattr(value, "__name__"): return value.__name__
    return value if isinstance(value, (int, str, type(None))) else type(value).__name__
log = []
def callback(name):
    def told(code, *args):
        log.append((code.co_name, name, *map(show, args)))
    return told
m.use_tool_id(3, "test")
for event, name in NAMES.items():
    if name not in ("NO_EVENTS", "BRANCH"): m.register_callback(3, event, callback(name))
def watch(events, f, *args):
    log.clear()
    m.set_events(3, events)
    try:
        try: f(*args)
        except Exception as e: pass
    finally:
        m.set_events(3, 0)
    print("==", f.__name__)
    for entry in log:
        if entry[0] != "watch": print("  ", *entry)

def gen(n):
    for i in range(n):
        yield i
    return "end"
def calls(a):
    b = len(a) + abs(-1)
    b += max(gen(2))
    print(*a, end="\n")
    return a.index(1)
def branches(n):
    while n:
        if n == 2: x = 1
        else: x = 2
        n -= 1
    return x and n or None
def raises():
    try:
        1 / 0
    except ZeroDivisionError:
        pass
    try:
        raise KeyError
    finally:
        x = 1
def delegates():
    def inner():
        return (yield from gen(2))
    return [*inner()]
def thrown():
    g = gen(3)
    next(g)
    g.throw(ValueError)
class A:
    def m(self): return 1
    def n(self): raise IndexError
class B(A):
    def m(self): return super().m() + len([])
def supers():
    B().m()
    try: B().n()
    except IndexError: return 5
LOCAL = E.PY_START | E.PY_RESUME | E.PY_RETURN | E.PY_YIELD
RAISING = E.RAISE | E.RERAISE | E.EXCEPTION_HANDLED | E.PY_UNWIND | E.PY_THROW | E.STOP_ITERATION
for f, args in (calls, ([1],)), (calls, ([],)), (raises, ()), (delegates, ()), (thrown, ()), (supers, ()), (branches, (3,)):
    watch(LOCAL | RAISING | E.CALL | E.LINE, f, *args)
watch(E.BRANCH_LEFT | E.BRANCH_RIGHT | E.JUMP, branches, 3)
watch(E.BRANCH_LEFT | E.BRANCH_RIGHT, delegates)
watch(E.INSTRUCTION | E.LINE, branches, 1)
print(list(branches.__code__.co_branches()), list(gen.__code__.co_branches()))

# Local events; places that are disabled; all of them again.
m.set_local_events(3, branches.__code__, E.LINE)
log.clear(); branches(2); calls([1]); print(log)
m.register_callback(3, E.LINE, lambda code, line: log.append(line - code.co_firstlineno) or m.DISABLE)
log.clear(); branches(3); branches(3); print(log)
m.restart_events(); branches(1); print(log)
print(m.get_local_events(3, branches.__code__) == E.LINE, m.get_events(3))
m.set_local_events(3, branches.__code__, 0)
m.register_callback(3, E.RAISE, lambda code, offset, exc: m.DISABLE)
m.set_events(3, E.RAISE)
try: raises()
except ValueError as e: print(e)
except KeyError as e: print("KeyError", e)
m.set_events(3, 0)
# A tool that raises.
def bad(code, offset, *rest): raise MemoryError(code.co_name)
m.register_callback(3, E.PY_RETURN, bad)
m.set_local_events(3, branches.__code__, E.PY_RETURN)
try: branches(1)
except MemoryError as e: print("raised", e)
m.set_local_events(3, branches.__code__, 0)
# What is refused.
for what in (lambda: m.set_events(3, E.C_RETURN), lambda: m.set_local_events(3, branches.__code__, E.RAISE),
             lambda: m.set_events(9, 0), lambda: m.set_events(4, 1), lambda: m.register_callback(3, 3, None),
             lambda: m.use_tool_id(3, "again"), lambda: m.use_tool_id(2, 5), lambda: m.set_local_events(3, 1, 1)):
    try: what()
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
print(m.register_callback(3, E.PY_RETURN, None) is bad, m.get_tool(3))
m.free_tool_id(3)
print(m.get_tool(3), m._all_events())
