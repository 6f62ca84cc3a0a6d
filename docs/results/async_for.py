"""The worked example of docs/lab.md: an asynchronous generator that a coroutine runs through."""

import pyperf


async def some(n):
    for i in range(n):
        yield i


async def total(n):
    t = 0
    for i in range(n):
        async for x in some(2):
            t += x
        t += 1
    return t


def work():
    try:
        total(2000).send(None)
    except StopIteration as end:
        assert end.value == 4000


if __name__ == "__main__":
    pyperf.Runner().bench_func("async_for", work)
