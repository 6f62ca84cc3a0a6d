# Instructions are told of frames that asked for it before tracing began, as pdb.set_trace() does.
import sys

told = []


def trace(frame, event, arg):
    told.append((frame.f_code.co_name, event, frame.f_lineno, frame.f_lasti))
    return trace


def begin():
    frame = sys._getframe().f_back
    while frame:
        frame.f_trace = trace
        frame.f_trace_opcodes = True
        frame = frame.f_back
    sys.settrace(trace)


def inner():
    begin()


def outer():
    inner()
    return sum([1, 2])


def suspended():
    begin()
    yield 1
    yield 2


for function in outer, lambda: list(suspended()), outer:
    told.clear()
    function()
    sys.settrace(None)
    print([x for x in told if x[0] not in ("<module>", "begin")])
