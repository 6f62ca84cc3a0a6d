"""Coroutines that await each other, driven by hand: no event loop."""

from measure import main


class Suspend:
    def __await__(self):
        return (yield self)


async def fibonacci(n):
    if n <= 1:
        return n
    return await fibonacci(n - 1) + await fibonacci(n - 2)


async def suspending(n):
    total = 0
    for _ in range(n):
        total += await Suspend()
    return total


async def both(n):
    async with Context() as factor:
        return factor * await suspending(n)


class Context:
    async def __aenter__(self):
        return 3

    async def __aexit__(self, *exc):
        return False


def drive(coroutine, value):
    try:
        coroutine.send(None)
        while True:
            coroutine.send(value)
    except StopIteration as stop:
        return stop.value


def run(size):
    assert drive(fibonacci(size), None) == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946, 17711, 28657, 46368, 75025][size]
    assert drive(both(size * 500), 2) == size * 3000


if __name__ == "__main__":
    main(run, 24)
