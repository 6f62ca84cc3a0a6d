"""What programs usually do, so that what it needs lies together. Its results do not matter."""

import asyncio
import bisect
import collections
import copy
import dataclasses
import datetime
import enum
import functools
import heapq
import io
import itertools
import json
import math
import operator
import os
import random
import re
import string
import sys
import time
import traceback
import typing
from decimal import Decimal
from fractions import Fraction
from os import path as paths, sep


class Shape:
    sides = 0

    def __init__(self, name, *sizes, **options):
        self.name, self.sizes, self.options = name, sizes, options

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

    def __eq__(self, other):
        return isinstance(other, Shape) and self.name == other.name

    def __lt__(self, other):
        return self.name < other.name

    def __hash__(self):
        return hash(self.name)

    def __len__(self):
        return len(self.sizes)

    def __iter__(self):
        return iter(self.sizes)

    def __getitem__(self, index):
        return self.sizes[index]

    def __contains__(self, size):
        return size in self.sizes

    def __call__(self, factor=2):
        return [size * factor for size in self]

    def __add__(self, other):
        return type(self)(self.name + other.name, *self.sizes, *other.sizes)

    @property
    def area(self):
        return math.prod(self.sizes)

    @classmethod
    def square(cls, size):
        return cls("square", size, size)

    @staticmethod
    def unit():
        return 1

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return kind is ZeroDivisionError


class Box(Shape):
    __slots__ = ("depth",)

    def __init__(self, *sizes):
        super().__init__("box", *sizes)
        self.depth = sizes[-1]

    def __getattr__(self, name):
        raise AttributeError(name)


@dataclasses.dataclass(order=True)
class Point:
    x: float
    y: float = 0.0
    tags: list[str] = dataclasses.field(default_factory=list)


class Colour(enum.Enum):
    RED = 1
    GREEN = enum.auto()


class Row(typing.NamedTuple):
    key: str
    value: int = 0


Pair = collections.namedtuple("Pair", "left right")


def numbers():
    whole = [0, 1, -7, 255, 10**12, 2**70, -(3**50)]
    for a, b in itertools.product(whole, [3, -2, 10**13]):
        (a + b, a - b, a * b, a // b, a % b, a / b, divmod(a, b), a < b, a == b, a & b, a | b, a ^ b, -a, abs(a))
    (1 << 70 >> 3, ~5, 7 ** -1, pow(3, 100, 7), int("12"), int("ff", 16), hex(255), bin(5), oct(8), f"{10**20:,}")
    for x, y in itertools.product([0.5, -2.25, 1e300, 3], [0.25, -4.0, 7]):
        (x + y, x - y, x * y, x / y, x // y, x % y, x < y, -x, abs(x), round(x, 1), round(x), int(x), x == y)
    (math.sqrt(2), math.sin(1), math.cos(1), math.floor(1.5), math.ceil(1.5), math.log(10), math.exp(1), math.pi, 2.5**0.5)
    (math.gcd(12, 18), math.isqrt(17), math.factorial(20), math.hypot(3, 4), math.atan2(1, 2), math.isclose(1, 1))
    (float("1.5"), repr(0.1), f"{1.5:.3f} {1234.5:10.2e} {0.25:%} {255:08b} {42:>6}", complex(1, 2) * 2j, sum([0.1] * 3))
    (Decimal("1.1") + Decimal(2), Decimal(1) / 3, str(Decimal("2.50")), Fraction(1, 3) + 1, min(3, 1), max(3, 1, key=abs))
    random.seed(1)
    (random.random(), random.randint(1, 6), random.choice([1, 2]), random.shuffle([1, 2, 3]), random.sample(range(9), 3))


def texts():
    s = "The quick brown fox, über"
    (s.upper(), s.lower(), s.title(), s.split(), s.split(","), s.rsplit(" ", 1), s.splitlines(), " x ".strip(), s.find("q"))
    (s.replace("q", "k"), s.startswith("The"), s.endswith(("x", "r")), s.count("o"), s.index("b"), s[::-1], s[2:5], s * 2)
    ("a" in s, s.partition(","), s.encode(), s.encode("utf-8").decode(), s.center(40, "*"), s.ljust(30), s.zfill(30), len(s))
    ("%s is %d and %.2f %r" % ("x", 3, 1.5, "y"), "{0} {a!r:>5} {0}".format(1, a=2), f"{s!r:.5} {len(s)=}", repr(s), ascii(s))
    (s.isalpha(), "12".isdigit(), "ab".isidentifier(), " ".isspace(), "A".isupper(), s.casefold(), s.capitalize(), s.swapcase())
    (s.translate(str.maketrans("abc", "xyz")), ",".join(map(str, range(5))), ord("a"), chr(97), s.removeprefix("The"), s < "U")
    b = b"bytes\x00\xff"
    (b[0], b[1:3], b + b"x", b.hex(), bytes.fromhex("00ff"), bytearray(b), list(b), b.find(b"t"), b.split(b"t"), b.replace(b"b", b"c"))
    (memoryview(b)[1:3].tobytes(), int.from_bytes(b, "big"), (258).to_bytes(2, "little"), string.ascii_letters, bytes(3), repr(b))
    (re.match(r"(\w+) (?P<second>\w+)", s).groupdict(), re.findall(r"\w+", s), re.sub(r"o(.)", r"<\1>", s), re.split(r"\W+", s))
    (re.compile(r"^\s*(\d+)[.:]?(\d*)$", re.MULTILINE | re.IGNORECASE).search("12.5").group(1), [m.span() for m in re.finditer("o", s)])


def containers():
    items = [5, 3, 9, 1]
    items.append(4); items.extend((8, 7)); items.insert(0, 2); items.remove(9); items.pop(); items.reverse(); items.sort()
    (items + [1], items * 2, items[1:3], items[::-1], items.index(5), items.count(3), 3 in items, sorted(items, key=lambda i: -i, reverse=True))
    items[1:2] = [10, 11]; del items[0]; items[0] += 1; a, *b = items; (a, b, [*items, 1], items == b, items < b, copy.deepcopy(items))
    items.clear()
    words = {"one": 1, "two": 2}
    words["three"] = 3; words.update(four=4); words.setdefault("five", 5); words.pop("one"); words |= {"six": 6}
    (words.get("x"), list(words), sorted(words.items()), words.values(), {**words, "z": 0}, {k: v for k, v in words.items()}, "two" in words)
    (dict(zip("ab", range(2))), dict.fromkeys("ab"), words == {}, len(words), str(words), next(iter(words)), list(reversed(words)))
    del words["two"]
    s = {1, 2, 3}
    s.add(4); s.discard(1); (s | {9}, s & {2}, s - {2}, s ^ {2}, s <= {1, 2, 3, 4}, frozenset(s), 2 in s, {x % 2 for x in s}, repr(s), min(s))
    t = (1, "a", None)
    (t[0], t[1:], t + (2,), t.index("a"), hash(t), t == (1,), t < (2,), [*t], repr(t), tuple(range(3)), len(t))
    counter = collections.Counter("hello"); (counter.most_common(2), counter["l"], counter + counter)
    default = collections.defaultdict(list); default["x"].append(1)
    queue = collections.deque([1, 2], maxlen=5); queue.append(3); queue.appendleft(0); queue.popleft(); queue.rotate(1); list(queue)
    ordered = collections.OrderedDict(a=1); ordered.move_to_end("a"); collections.ChainMap({}, {"a": 1})["a"]
    heap = [3, 1, 2]; heapq.heapify(heap); heapq.heappush(heap, 0); heapq.heappop(heap); heapq.nsmallest(2, heap); bisect.bisect([1, 3], 2)
    (list(range(0, 10, 3)), slice(1, 2), list(enumerate("ab", 1)), list(zip("ab", [1, 2])), list(map(len, ["a"])), list(filter(None, [0, 1])))
    (any([0, 1]), all([1]), sum(range(5)), list(reversed([1, 2])), list(itertools.chain([1], [2])), list(itertools.islice(itertools.count(), 3)))
    (list(itertools.combinations("abc", 2)), list(itertools.permutations("ab")), list(itertools.accumulate([1, 2])), list(itertools.repeat(1, 2)))
    ([list(g) for _, g in itertools.groupby("aab")], functools.reduce(operator.add, [1, 2]), functools.partial(max, 1)(2), operator.itemgetter(0)([1]))


def objects():
    box, square = Box(1, 2, 3), Shape.square(2)
    (box == square, sorted([square, box]), hash(box), len(box), list(box), box[0], 2 in box, box(), square + square, box.area, Shape.unit())
    (isinstance(box, Shape), issubclass(Box, Shape), hasattr(box, "x"), getattr(box, "depth"), vars(square), dir(square)[:2], callable(box), type(box))
    setattr(square, "colour", Colour.RED); del square.colour; {square: 1}; id(box); repr(box); str(box); bool(box)
    (Point(1, 2) < Point(2), dataclasses.asdict(Point(1)), dataclasses.replace(Point(1), y=3), Colour["GREEN"].value, list(Colour), Row("a")._replace(value=2), Pair(1, 2)._asdict())
    with square:
        1 / 0
    match Point(0, 1):
        case Point(x=0, y=y) if y:
            pass
    match {"a": [1, 2]}:
        case {"a": [first, *_]}:
            pass
    Local = type("Local", (Shape,), {"sides": 4}); Local("x").sides


def squares(n):
    for i in range(n):
        got = yield i * i
    return n


def delegating(n):
    return (yield from squares(n))


def functions():
    total = 0

    def add(n, /, step=1, *rest, scale=1, **more):
        nonlocal total
        total += n * step * scale + len(rest) + len(more)
        return total

    add(1); add(1, 2, 3, scale=2, x=1); add(*[1, 2], **{"y": 2})
    (sum(squares(5)), list(delegating(3)), [x for x in range(5) if x % 2], {x: y for x in range(2) for y in range(2)}, (lambda x, y=2: x * y)(2))
    generator = squares(3); next(generator); generator.send(1); generator.close()

    @functools.lru_cache(maxsize=None)
    def fibonacci(n):
        return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

    fibonacci(30)
    exec("value = 1 + 1", {}); eval("1 + 2"); compile("x = 1", "x", "exec"); globals(); locals(); functools.wraps(add)(lambda: 0)


def failures():
    for wrong in ("[][1]", "{}['x']", "int('x')", "1/0", "None.x", "undefined", "'a' + 1", "next(iter([]))", "open('/none')", "(1,)[5]", "f(", "import x y", "max([])"):
        try:
            exec(wrong)
        except (IndexError, KeyError, ValueError) as e:
            str(e)
        except ArithmeticError:
            pass
        except Exception as e:
            traceback.format_exc()
        else:
            raise AssertionError
        finally:
            sys.exception()
    try:
        try:
            raise ValueError("first")
        except ValueError as e:
            raise RuntimeError("second") from e
    except RuntimeError as e:
        traceback.print_exc(file=io.StringIO()); e.__cause__, e.args, e.with_traceback(None)
    try:
        raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
    except* ValueError:
        pass
    except* TypeError:
        pass


def outside():
    text = json.dumps({"a": [1, 2.5, None, True, "x"]}, indent=2, sort_keys=True); json.loads(text)
    now = datetime.datetime(2024, 2, 29, 12, 30); (now + datetime.timedelta(days=1), now.isoformat(), now.strftime("%Y-%m-%d"), datetime.date.fromisoformat("2024-01-01") < now.date())
    (time.time(), time.perf_counter(), time.monotonic(), time.strftime("%H:%M"), os.path.join("a", "b"), os.path.exists("/"), os.getcwd(), os.environ.get("HOME"), sys.argv, sys.version_info)
    with open(__file__, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    with open(__file__, "rb") as file:
        file.read(10); file.seek(0); file.readline()
    with open(os.devnull, "w") as file:
        file.write("x"); print("a", 1, file=file, sep=",", end=""); file.writelines(["a"])
    buffer = io.StringIO(); buffer.write("x"); buffer.getvalue(); io.BytesIO(b"x").read(); sys.stdout.write(f"{len(lines)}\n"); sys.stdout.flush()


async def waiting(n):
    await asyncio.sleep(0)
    return n


async def main():
    async with asyncio.timeout(5):
        await asyncio.gather(waiting(1), asyncio.create_task(waiting(2)))


def hot(n):
    """Long enough to be compiled, where there is a compiler."""
    points = [Point(i, i / 2) for i in range(50)]
    table, total, name = {}, 0, ""
    for i in range(n):
        point = points[i % 50]
        total += point.x * 2 + i % 7
        point.y += 0.5
        table[i & 63] = table.get(i & 63, 0) + 1
        if i % 100 == 0:
            name += str(i)
        elif i % 3 == 0:
            total -= len(points)
        try:
            points[i % 60]
        except IndexError:
            total += 1
    return total, sum(x * x for x in range(n)), sum(squares(n)), sorted(table, key=lambda k: -k)


for part in numbers, texts, containers, objects, functions, failures, outside:
    part()
asyncio.run(main())
hot(3000)
