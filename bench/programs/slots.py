"""Classes with `__slots__`, with and without defaults, inherited, with properties: allocation and access."""

from measure import main


class Pair:
    __slots__ = ("a", "b")

    def __init__(self, a, b=1):
        self.a = a
        self.b = b

    @property
    def total(self):
        return self.a + self.b


class Triple(Pair):
    __slots__ = ("c",)

    def __init__(self, a, b, c):
        super().__init__(a, b)
        self.c = c

    @property
    def total(self):
        return self.a + self.b + self.c


class Cons:
    __slots__ = ("head", "tail")

    def __init__(self, head, tail):
        self.head = head
        self.tail = tail


def run(size):
    total = 0
    for i in range(size):
        total += Pair(i).total + Triple(i, 1, 2).total
    assert total == size * (size - 1) + 4 * size
    chain = None
    for i in range(size):
        chain = Cons(i, chain)
    count = 0
    while chain is not None:
        count += chain.head
        chain = chain.tail
    assert count == size * (size - 1) // 2
    try:
        Pair(1).z = 2
    except AttributeError:
        return
    raise AssertionError


if __name__ == "__main__":
    main(run, 50000)
