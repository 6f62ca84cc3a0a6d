"""A tree of tasks on asyncio's loop: gather, locks, queues, memoised leaves."""

import asyncio
import random

from measure import main


class Tree:
    def __init__(self, branches):
        self.branches = branches
        self.cache = {}
        self.random = random.Random(0)
        self.leaves = 0

    async def leaf(self):
        self.leaves += 1
        key = self.random.randint(1, 20)
        if self.cache.get(key) is None:
            await asyncio.sleep(0)
            self.cache[key] = key * key
        return self.cache[key]

    async def node(self, depth):
        if depth == 0:
            return await self.leaf()
        return sum(await asyncio.gather(*[self.node(depth - 1) for _ in range(self.branches)]))


async def produce(queue, n):
    for i in range(n):
        await queue.put(i)
    await queue.put(None)


async def consume(queue):
    total = 0
    while (item := await queue.get()) is not None:
        total += item
    return total


async def program(branches):
    tree = Tree(branches)
    total = await tree.node(4)
    assert tree.leaves == branches**4 and total > tree.leaves
    queue = asyncio.Queue(8)
    n = branches * 200
    _, total = await asyncio.gather(produce(queue, n), consume(queue))
    assert total == n * (n - 1) // 2


def run(size):
    asyncio.run(program(size))


if __name__ == "__main__":
    main(run, 7)
