"""Exceptions raised and caught: near and far, by class hierarchy, with finally, with context managers, chained."""

from measure import main


class Mine(ValueError):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Suppress:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, KeyError)


def deep(n, i):
    if n == 0:
        raise Mine(i)
    return deep(n - 1, i)


def chained(i):
    try:
        {}[i]
    except KeyError as error:
        raise Mine(i) from error


def run(size):
    near = far = finals = suppressed = causes = 0
    table = {0: 0}
    for i in range(size):
        try:
            table[i & 1]
        except KeyError:
            near += 1
        try:
            deep(5, i)
        except (TypeError, ValueError) as error:
            far += error.code == i
        finally:
            finals += 1
        with Suppress():
            raise KeyError
        suppressed += 1
        try:
            chained(i)
        except Mine as error:
            causes += isinstance(error.__cause__, KeyError)
    assert (near, far, finals, suppressed, causes) == (size // 2, size, size, size, size)


if __name__ == "__main__":
    main(run, 50000)
