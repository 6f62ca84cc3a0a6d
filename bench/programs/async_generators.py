"""Trees walked by async generators and async comprehensions, driven by hand."""

from measure import main


class Tree:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    async def walk(self):
        if self.left:
            async for value in self.left.walk():
                yield value
        yield self.value
        if self.right:
            async for value in self.right.walk():
                yield value


def tree(values):
    if not values:
        return None
    middle = len(values) // 2
    return Tree(tree(values[:middle]), values[middle], tree(values[middle + 1 :]))


async def squares(n):
    for i in range(n):
        yield i * i


async def program(size):
    root = tree(range(size))
    assert [value async for value in root.walk()] == list(range(size))
    total = 0
    async for value in squares(size * 10):
        total += value
    n = size * 10
    assert total == (n - 1) * n * (2 * n - 1) // 6


def run(size):
    try:
        program(size).send(None)
    except StopIteration:
        return
    raise AssertionError("suspended")


if __name__ == "__main__":
    main(run, 20000)
