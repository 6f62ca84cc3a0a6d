"""Pancake flips over all permutations (after the Fannkuch benchmark): list slices and swaps of small ints."""

from measure import main

EXPECTED = {5: (11, 7), 7: (228, 16), 8: (1616, 22), 9: (8629, 30)}


def fannkuch(n):
    permutation = list(range(n))
    count = [0] * n
    most = checksum = 0
    sign = 1
    while True:
        first = permutation[0]
        if first:
            flipped = permutation[:]
            flips = 0
            while first:
                flipped[: first + 1] = flipped[first::-1]
                flips += 1
                first = flipped[0]
            if flips > most:
                most = flips
            checksum += sign * flips
        if sign == 1:
            permutation[0], permutation[1] = permutation[1], permutation[0]
            sign = -1
            continue
        permutation[1], permutation[2] = permutation[2], permutation[1]
        sign = 1
        for i in range(2, n):
            if count[i] < i:
                count[i] += 1
                break
            if i == n - 1:
                return checksum, most
            count[i] = 0
            permutation.insert(i + 1, permutation.pop(0))


def run(size):
    result = fannkuch(size)
    assert result == EXPECTED.get(size, result), result


if __name__ == "__main__":
    main(run, 9)
