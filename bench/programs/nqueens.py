"""Queens on a board by filtering permutations that a generator makes."""

from measure import main

SOLUTIONS = {4: 2, 5: 10, 6: 4, 7: 40, 8: 92, 9: 352}


def permutations(items):
    n = len(items)
    indices = list(range(n))
    cycles = list(range(n, 0, -1))
    yield tuple(items)
    while n:
        for i in reversed(range(n)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1 :] + indices[i : i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple(items[k] for k in indices)
                break
        else:
            return


def queens(n):
    columns = range(n)
    for rows in permutations(columns):
        if n == len(set(rows[i] + i for i in columns)) == len(set(rows[i] - i for i in columns)):
            yield rows


def run(size):
    assert sum(1 for _ in queens(size)) == SOLUTIONS[size]


if __name__ == "__main__":
    main(run, 8)
