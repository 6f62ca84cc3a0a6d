"""Dicts and sets: counting, grouping, merging, tuple keys, set algebra, deletion, iteration."""

from collections import Counter, defaultdict

from measure import main


def words(n):
    state = 42
    result = []
    for _ in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        result.append("w%d" % (state % 997))
    return result


def run(size):
    text = words(size)
    counts = {}
    for word in text:
        counts[word] = counts.get(word, 0) + 1
    assert counts == Counter(text) and sum(counts.values()) == size
    groups = defaultdict(list)
    for position, word in enumerate(text):
        groups[len(word), word[-1]].append(position)
    assert sum(map(len, groups.values())) == size
    grid = {(x, y): x * y for x in range(60) for y in range(60)}
    assert sum(grid[x, x] for x in range(60)) == sum(x * x for x in range(60))
    small, large = set(range(0, size, 3)), set(range(0, size, 5))
    assert len(small & large) == len(range(0, size, 15))
    assert small | large == large | small and (small ^ large) == (small | large) - (small & large)
    merged = {**counts, **{word: 0 for word in text[:100]}} | {"x": 1}
    for word in list(merged):
        if merged[word] == 0:
            del merged[word]
    assert len(merged) == len(counts) - len(set(text[:100])) + 1
    queue = dict.fromkeys(range(1000))
    for _ in range(size):
        first = next(iter(queue))
        del queue[first]
        queue[first + 1000] = None
    assert next(iter(queue)) == size


if __name__ == "__main__":
    main(run, 50000)
