"""Slices with every sort of bound, of builtin sequences and their subclasses, read and stored to; in loops, so that they get hot."""

BOUNDS = [None, 0, 1, 2, -1, -2, 4, 5, 7, -7, 10**20, -(10**20), True, False]


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class L(list):
    pass


class T(tuple):
    def __getitem__(self, key):
        return ("T", super().__getitem__(key))


class S(str):
    pass


def shown(value):
    return f"{type(value).__name__}:{value!r}"


def read(container):
    out = []
    for start in BOUNDS:
        for stop in BOUNDS:
            out.append(shown(container[start:stop]))
            for step in (None, 1, -1, 2, -2, -3, True):
                out.append(shown(container[start:stop:step]))
    return out


def digest(lines):
    total = 0
    for line in lines:
        for c in line:
            total = (total * 31 + ord(c)) % 1_000_000_007
    return total


for container in (
    [1, 2, 3, 4, 5],
    [1.5, 2.5, 3.5],
    [1.5, "x", None],
    [],
    (1, 2, 3, 4),
    (),
    "hello",
    "h\N{SNAKE}llo",
    "",
    b"bytes",
    bytearray(b"array"),
    range(9),
    memoryview(b"memory"),
    L([1, 2, 3]),
    T((1, 2)),
    S("sub"),
):
    if isinstance(container, memoryview):
        read_of = read([bytes(container[i : i + 1]) for i in range(len(container))])
    else:
        read_of = read(container)
    print(type(container).__name__, len(read_of), digest(read_of), read_of[3], read_of[-9])


def store(make, values):
    out = []
    for start in BOUNDS:
        for stop in BOUNDS:
            target = make()
            target[start:stop] = values
            out.append(repr(target))
            target = make()
            target[start:stop:1] = values
            out.append(repr(target))
            target = make()
            try:
                target[start:stop:-1] = values
            except ValueError as e:
                out.append(str(e))
            out.append(repr(target))
            target = make()
            del target[start:stop]
            out.append(repr(target))
    return out


for make in (lambda: [1, 2, 3, 4, 5], lambda: [1.5, 2.5, 3.5, 4.5], lambda: [], lambda: L("abc"), lambda: ["a", 1.5, None]):
    for values in ([], [7], [8, 9], (8.5, 9.5), [8.5], [8.5, 9.5], [float("nan")], "xyz", {5: 6}, range(3), [1.5, "mixed"], [0] * 1200, [0.5] * 1200):
        lines = store(make, values)
        print(make(), str(values)[:20], len(lines), digest(lines), lines[7][:60], lines[-2][:60])


def same_object():
    t = (1, 2, 3)
    b = b"abc"
    return [t[:] is t, t[0:9] is t, t[-3:] is t, b[:] is b, b[-5:] is b, t[1:] is t]


print(same_object())


def to_itself():
    out = []
    for i in range(-4, 5):
        for j in range(-4, 5):
            a = [1, 2, 3]
            a[i:j] = a
            out.append(a)
            f = [0.5, 1.5]
            f[i:j] = f
            out.append(f)
    return out


print(to_itself())


def flips(n):
    perm = list(range(n))
    for k in range(n * 50):
        k %= n
        perm[: k + 1] = perm[k::-1]
        perm[k:] = perm[k:][::-1]
        perm[1:2] = perm[1:2] + perm[:0]
    return perm


print(flips(9))


def kinds_change(values):
    out = []
    for container, start, stop in values:
        out.append(container[start:stop])
    return out


MIXED = [([1, 2, 3], 1, None), ("text", None, 2), ((1, 2), 0, -1), (b"xyz", 1, 2), ([1.5, 2.5], None, None), ("s\U0001f40d!", 1, 2)]
print(kinds_change([MIXED[0]] * 300)[-1], kinds_change(MIXED * 60)[-6:])
print(kinds_change([([1, 2, 3], Index(1), Index(2))] * 100)[-1])


def stores_change(values):
    out = []
    for value in values:
        a = [1, 2, 3]
        a[1:2] = value
        out.append(a)
    return out


print(stores_change([[7]] * 300)[-1], stores_change([[7], (8, 9), "ab", {1: 2}, [1.5]] * 60)[-5:])


class Shrinks:
    """Goes through its own target."""

    def __init__(self, target):
        self.target = target

    def __iter__(self):
        self.target.clear()
        yield 1
        yield 2


def shrinking():
    out = []
    for _ in range(100):
        a = [1, 2, 3, 4]
        a[1:3] = Shrinks(a)
        out.append(a)
    return out[-1]


print(shrinking())

for statement in (
    "[1][1.5:2]",
    "[1]['a':]",
    "(1,)[:None:0]",
    "'abc'[::0]",
    "a[0:1] = 5",
    "a[0:1] = None",
    "a[::2] = [1]",
    "a[1.5:] = []",
    "'abc'[0:1] = 'x'",
    "(1, 2)[0:1] = (1,)",
    "{}[1:2]",
    "del (1, 2)[0:1]",
):
    a = [1, 2, 3, 4]
    try:
        exec(statement)
        print(statement, a)
    except Exception as e:
        print(statement, type(e).__name__, e)
