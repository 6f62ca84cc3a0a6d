"""The spectral norm of an infinite matrix by the power method: float arithmetic through small functions."""

from math import sqrt

from measure import main

EXPECTED = {100: 1.274219991}


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    return [sum(element(i, j) * x for j, x in enumerate(vector)) for i in range(len(vector))]


def transposed_times(vector):
    result = []
    for i in range(len(vector)):
        total = 0.0
        for j, x in enumerate(vector):
            total += element(j, i) * x
        result.append(total)
    return result


def run(size):
    u = [1.0] * size
    for _ in range(10):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    uv = vv = 0.0
    for a, b in zip(u, v):
        uv += a * b
        vv += b * b
    norm = sqrt(uv / vv)
    assert abs(norm - EXPECTED.get(size, norm)) < 1e-9, norm


if __name__ == "__main__":
    main(run, 100)
