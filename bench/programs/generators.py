"""Trees walked by recursive generators, and pipelines of generators."""

from measure import main


class Tree:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def tree(values):
    n = len(values)
    if n == 0:
        return None
    middle = n // 2
    return Tree(tree(values[:middle]), values[middle], tree(values[middle + 1 :]))


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def evens(source):
    for value in source:
        if value & 1 == 0:
            yield value


def running_sum(source):
    total = 0
    for value in source:
        total += value
        yield total


def run(size):
    root = tree(range(size))
    assert sum(1 for a, b in zip(root, range(size)) if a == b) == size
    last = 0
    for last in running_sum(evens(numbers(size * 10))):
        pass
    half = size * 10 // 2
    assert last == half * (half - 1)
    assert sum(x * x for x in numbers(size)) == (size - 1) * size * (2 * size - 1) // 6


if __name__ == "__main__":
    main(run, 50000)
