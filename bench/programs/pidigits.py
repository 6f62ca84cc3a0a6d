"""Digits of pi by a spigot on big ints (Gibbons)."""

from itertools import count, islice

from measure import main

DIGITS = "3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067"


def extract(z, j):
    q, r, s, t = z
    return (q * j + r) // (s * j + t)


def compose(a, b):
    aq, ar, as_, at = a
    bq, br, bs, bt = b
    return (aq * bq + ar * bs, aq * br + ar * bt, as_ * bq + at * bs, as_ * br + at * bt)


def pi_digits():
    z = (1, 0, 0, 1)
    terms = ((k, 4 * k + 2, 0, 2 * k + 1) for k in count(1))
    while True:
        y = extract(z, 3)
        while y != extract(z, 4):
            z = compose(z, next(terms))
            y = extract(z, 3)
        z = compose((10, -10 * y, 0, 1), z)
        yield y


def run(size):
    digits = "".join(map(str, islice(pi_digits(), size)))
    assert len(digits) == size and digits.startswith(DIGITS[: min(size, 100)])


if __name__ == "__main__":
    main(run, 1000)
