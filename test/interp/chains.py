"""Generators that delegate to each other, seen from all sides."""
import asyncio
import inspect
import sys
import traceback
import types


def leaf(n, log):
    try:
        for i in range(n):
            got = yield i
            if got is not None:
                log.append(("got", got))
    except GeneratorExit:
        log.append("closed")
        raise
    except KeyError as error:
        log.append(("caught", str(error)))
        yield "after KeyError"
    return "leaf's"


def deep(depth, n, log):
    if depth == 0:
        result = yield from leaf(n, log)
    else:
        result = yield from deep(depth - 1, n, log)
    log.append(depth)
    return result


def whole():
    log = []
    out = list(deep(5, 4, log))
    print(out, log)


def sending():
    log = []
    gen = deep(4, 5, log)
    print(next(gen), next(gen), gen.send("x"), gen.send("y"), next(gen), log)
    try:
        next(gen)
    except StopIteration as stop:
        print("value", stop.value, log)


def throwing():
    log = []
    gen = deep(4, 5, log)
    print(next(gen), next(gen), next(gen))
    print(gen.throw(KeyError("k")), log)
    try:
        next(gen)
    except StopIteration as stop:
        print("value", stop.value, log)
    gen = deep(3, 5, log)
    next(gen), next(gen), next(gen)
    try:
        gen.throw(ValueError("v"))
    except ValueError as error:
        print([f.name for f in traceback.extract_tb(error.__traceback__)])


def closing():
    log = []
    gen = deep(4, 5, log)
    next(gen), next(gen), next(gen)
    print(gen.close(), log, gen.gi_frame, inspect.getgeneratorstate(gen))


def names(gen):
    out = []
    while gen is not None:
        out.append((gen.__name__, gen.gi_running, gen.gi_suspended, inspect.getgeneratorstate(gen),
                    gen.gi_frame.f_lineno - gen.gi_code.co_firstlineno, gen.gi_frame.f_back is None))
        gen = gen.gi_yieldfrom if isinstance(gen.gi_yieldfrom, types.GeneratorType) else None
    return out


def looking():
    gen = deep(3, 5, [])
    for _ in range(3):
        next(gen)
        print(names(gen))


seen = []


def watcher(gens):
    while True:
        frame = sys._getframe()
        callers = []
        while frame and len(callers) < 5:
            callers.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
            frame = frame.f_back
        states = [(g.gi_running, g.gi_suspended, g.gi_yieldfrom, g.gi_frame.f_back is None) for g in gens]
        yield callers, states


def outer(gens, inner):
    yield from inner


def watching():
    gens = []
    gen = watcher(gens)
    for _ in range(3):
        gen = outer(gens, gen)
        gens.append(gen)
    for _ in range(4):
        print(next(gen))
    print([(g.gi_running, g.gi_suspended, g.gi_yieldfrom is not None, g.gi_frame.f_back) for g in gens])


def reenter(gens):
    while True:
        out = []
        for gen in gens:
            try:
                next(gen)
            except ValueError as error:
                out.append(str(error))
            try:
                gen.throw(KeyError)
            except ValueError as error:
                out.append(str(error))
            try:
                gen.close()
            except ValueError as error:
                out.append(str(error))
            try:
                gen.gi_frame.clear()
            except RuntimeError as error:
                out.append(str(error))
        yield out


def reentering():
    gens = []
    gen = reenter(gens)
    for _ in range(3):
        gen = outer(gens, gen)
        gens.append(gen)
    for _ in range(4):
        print(next(gen))
    try:
        gens[0].gi_frame.clear()
    except RuntimeError as error:
        print(error)


def independently():
    """The inner ones are resumed by themselves, and by two at once."""
    base = iter_numbers()
    a = outer(None, base)
    b = outer(None, a)
    c = outer(None, base)
    print(next(b), next(b), next(base), next(a), next(b), next(c), next(a), next(c), next(b), next(base))
    base.close()
    print(list(b), list(c), list(a))


def iter_numbers():
    n = 0
    while True:
        yield n
        n += 1


def failing(n):
    for i in range(n):
        yield i
    raise LookupError("end")


def handling(depth):
    if depth == 0:
        yield from failing(3)
        return
    try:
        yield from handling(depth - 1)
    except LookupError as error:
        yield "handled at %d" % depth
        if depth < 3:
            raise
    finally:
        yield "finally %d" % depth


def exceptions():
    print(list(handling(4)))
    try:
        for _ in plain(5):
            pass
    except LookupError as error:
        tb, lasti = error.__traceback__, []
        while tb:
            lasti.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno, tb.tb_lasti >= 0))
            tb = tb.tb_next
        print(lasti)


def plain(depth):
    if depth:
        yield from plain(depth - 1)
    else:
        yield from failing(3)


def context(depth):
    if depth == 0:
        while True:
            yield sys.exc_info()[0]
    else:
        try:
            raise [KeyError, IndexError][depth % 2](depth)
        except LookupError:
            yield from context(depth - 1)


def contexts():
    gen = context(4)
    print(next(gen), next(gen))
    try:
        raise OSError
    except OSError:
        print(next(gen), sys.exc_info()[0])
    print(next(gen), sys.exc_info()[0])
    none = outer(None, outer(None, context(0)))
    print(next(none), next(none))
    try:
        raise OSError
    except OSError:
        print(next(none), next(none), sys.exc_info()[0])
    print(next(none), sys.exc_info()[0])
    try:
        none.throw(RuntimeError("thrown"))
    except RuntimeError as error:
        print(repr(error), repr(error.__context__))


def limit():
    def down(n):
        yield n
        yield from down(n + 1)

    old = sys.getrecursionlimit()
    n = -1
    try:
        for n in down(0):
            pass
    except RecursionError as error:
        print(error, 200 < n < 2 * old)
    gen = down(0)
    for n in range(100):
        next(gen)

    def within(k):
        if k:
            return within(k - 1)
        return next(gen)

    try:
        within(old - 150)
        print("no error")
    except RecursionError as error:
        print("RecursionError")


def wide():
    def tree(lo, hi):
        if lo < hi:
            mid = (lo + hi) // 2
            yield from tree(lo, mid)
            yield mid
            yield from tree(mid + 1, hi)

    print(sum(tree(0, 3000)), list(tree(0, 20)), max(tree(0, 100)), dict(zip(tree(0, 3), tree(5, 9))))
    a, b, *rest = tree(0, 6)
    print(a, b, rest, [x for x in tree(0, 9) if x % 2], 7 in tree(0, 9))


async def number(n):
    await asyncio.sleep(0)
    return n


async def nested(n, log):
    if n == 0:
        total = 0
        for i in range(3):
            total += await number(i)
        return total
    try:
        return await nested(n - 1, log) + 1
    except asyncio.CancelledError:
        log.append(n)
        raise
    finally:
        if n == 2:
            await asyncio.sleep(0)


async def agen(n):
    for i in range(n):
        await nested(2, [])
        yield i


async def main():
    log = []
    print(await asyncio.gather(*(nested(n, log) for n in range(6))))
    task = asyncio.create_task(nested(5, log))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    coro = task.get_coro()
    print(coro.cr_await.__name__, coro.cr_running, coro.cr_suspended, inspect.getcoroutinestate(coro))
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", log)
    print([x async for x in agen(4)])


def tracing():
    """A trace function sees every generator on the way, also of a chain that was there before."""
    events = []

    def trace(frame, event, arg):
        events.append((frame.f_code.co_name, event, arg if isinstance(arg, int) else None))
        return trace

    for first, watched in (1, 9), (0, 1):
        gen = outer(None, outer(None, leaf(3, [])))
        before = [next(gen) for _ in range(first)]
        sys.settrace(trace)
        within = [x for x, _ in zip(gen, range(watched))]
        sys.settrace(None)
        print(before, within, list(gen), len(events), events[:20])
        events.clear()


@types.coroutine
def switch(value):
    return (yield value)


async def chained(depth):
    if depth:
        return await chained(depth - 1) * 2
    return [await switch(i) for i in range(4)]


def coroutines():
    coro = chained(3)
    out = [coro.send(None)]
    for i in "abc":
        out.append(coro.send(i))
    try:
        coro.send("d")
    except StopIteration as stop:
        print(out, stop.value)
    coro = chained(3)
    coro.send(None)
    coro.send(1)
    try:
        coro.throw(KeyError("k"))
    except KeyError as error:
        print([f.name for f in traceback.extract_tb(error.__traceback__)])


def rounds():
    for test in (whole, sending, throwing, closing, looking, watching, reentering, independently, exceptions,
                 contexts, limit, wide, tracing, coroutines):
        print(test.__name__)
        test()
    asyncio.run(main())


for turn in range(2):
    print("turn", turn)
    rounds()
