"""Values through deep chains of `yield from`, with send, throw and return values."""

from measure import main


def leaf(n):
    received = 0
    for i in range(n):
        got = yield i
        received += got or 0
    return received


def chain(depth, n):
    if depth == 0:
        return (yield from leaf(n))
    return (yield from chain(depth - 1, n)) + 1


def guarded(n):
    caught = 0
    while True:
        try:
            return caught + (yield from leaf(n))
        except KeyError:
            caught += 1


def drain(generator, sent):
    total = next(generator)
    try:
        while True:
            total += generator.send(sent)
    except StopIteration as stop:
        return total, stop.value


def run(size):
    for depth in (0, 1, 5, 20):
        total, value = drain(chain(depth, size), 2)
        assert total == size * (size - 1) // 2
        assert value == 2 * size + depth
    generator = guarded(10)
    for _ in range(size // 100):
        next(generator) if generator.gi_frame.f_lasti < 4 else generator.throw(KeyError)
    assert drain(guarded(size), 1) == (size * (size - 1) // 2, size)


if __name__ == "__main__":
    main(run, 50000)
