"""Tuples and lists unpacked into locals, swapped, starred."""

from measure import main


def tuples(n):
    pair, five = (1, 2), (1, 2, 3, 4, 5)
    total = 0
    for _ in range(n):
        a, b = pair
        c, d, e, f, g = five
        a, b = b, a
        first, *middle, last = five
        total += a + b + c + d + e + f + g + first + last + len(middle)
    return total


def lists(n):
    pair, ten = [1, 2], list(range(10))
    total = 0
    for _ in range(n):
        a, b = pair
        c, d, e, f, g, h, i, j, k, l = ten
        (m, o), p = pair, a
        total += a + b + c + d + e + f + g + h + i + j + k + l + m + o + p
    return total


def run(size):
    assert tuples(size) == size * 27
    assert lists(size) == size * 52


if __name__ == "__main__":
    main(run, 200000)
