"""Calls through `*args, **kwargs` wrappers: decorators, forwarding methods, partials."""

import functools

from measure import main


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@traced
@traced
def add(a, b=2, *, c=3):
    return a + b + c


class Proxy:
    def __init__(self, target):
        self._target = target

    def call(self, name, *args, **kwargs):
        return getattr(self._target, name)(*args, **kwargs)


class Target:
    def scale(self, x, factor=1, **rest):
        return x * factor + len(rest)


def run(size):
    add.calls = 0
    total = 0
    arguments, options = (1,), {"c": 1}
    proxy = Proxy(Target())
    double = functools.partial(proxy.call, "scale", factor=2)
    for i in range(size):
        total += add(i)
        total += add(i, c=4)
        total += add(*arguments, **options)
        total += proxy.call("scale", i, factor=3)
        total += double(i, more=1)
        total += max(*arguments, i)
    triangle = size * (size - 1) // 2
    assert total == triangle * 8 + size * (5 + 6 + 4 + 1) + 1
    assert add.calls == 3 * size


if __name__ == "__main__":
    main(run, 50000)
