# Loops over generators end as those over other iterators do; a line that a function begins with is told to settrace.
import sys

monitoring = sys.monitoring
events = monitoring.events
TOOL = 2


def gen(n):
    for i in range(n):
        yield 1


def over_generator():
    for _ in gen(3):
        pass


def over_list():
    for _ in [1, 2]:
        pass


def inlined():
    return [x for x in gen(2)]


def delegating():
    yield from gen(2)


def nested():
    for a in delegating():
        if a:
            continue
        print(1)


def one_line(): return [x for x in range(2)]
def one_loop(n): return n and one_loop(n - 1)


FUNCTIONS = over_generator, over_list, inlined, nested, one_line, lambda: one_loop(2)
told = []


def callback(code, *args):
    told.append((code.co_name, *args[:2]))


monitoring.use_tool_id(TOOL, "test")
for name in "BRANCH", "BRANCH_RIGHT", "BRANCH_LEFT", "JUMP", "STOP_ITERATION", "PY_RESUME", "INSTRUCTION", "LINE":
    event = getattr(events, name)
    monitoring.register_callback(TOOL, event, callback)
    for function in FUNCTIONS:
        told.clear()
        monitoring.set_events(TOOL, event)
        function()
        monitoring.set_events(TOOL, 0)
        print(name, function.__name__, [x[:2] if name == "STOP_ITERATION" else x for x in told if x[0] != "<module>"])
    monitoring.register_callback(TOOL, event, None)
monitoring.free_tool_id(TOOL)


def trace(frame, event, arg):
    told.append((frame.f_code.co_name, event, frame.f_lineno))
    return trace


for function in FUNCTIONS:
    told.clear()
    sys.settrace(trace)
    function()
    sys.settrace(None)
    print(told)
