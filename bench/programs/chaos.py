"""The chaos game on a spline: vector objects with operators, floats, a grid of ints."""

import math
import random

from measure import main


class Point:
    def __init__(self, x=0.0, y=0.0):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Point(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        return Point(self.x * factor, self.y * factor)

    def length(self):
        return math.sqrt(self.x**2 + self.y**2)

    def mix(self, other, share):
        return Point(self.x * (1 - share) + other.x * share, self.y * (1 - share) + other.y * share)


class Spline:
    """A B-spline by de Boor's algorithm."""

    def __init__(self, points, degree):
        self.points = points
        self.degree = degree
        inner = len(points) - degree
        self.knots = [0] * degree + list(range(inner + 1)) + [inner] * degree

    def domain(self):
        return self.knots[self.degree], self.knots[-self.degree - 1]

    def segment(self, u):
        low, high = self.degree, len(self.knots) - self.degree - 2
        while low < high:
            middle = (low + high + 1) // 2
            if self.knots[middle] <= u:
                low = middle
            else:
                high = middle - 1
        return low

    def __call__(self, u):
        k = self.segment(u)
        degree, knots = self.degree, self.knots
        d = [self.points[j + k - degree] for j in range(degree + 1)]
        for r in range(1, degree + 1):
            for j in range(degree, r - 1, -1):
                left = knots[j + k - degree]
                right = knots[j + 1 + k - r]
                d[j] = d[j - 1].mix(d[j], (u - left) / (right - left) if right != left else 0.0)
        return d[degree]


class Game:
    def __init__(self, splines, size):
        self.splines = splines
        self.grid = [[0] * size for _ in range(size)]
        self.size = size
        self.random = random.Random(1234)

    def step(self, point):
        spline = self.splines[self.random.randrange(len(self.splines))]
        low, high = spline.domain()
        u = low + (high - low) * (point.x % 1.0)
        base = spline(u)
        ahead = spline(min(u + 1e-3, high))
        direction = ahead - base
        length = direction.length() or 1.0
        normal = Point(-direction.y / length, direction.x / length)
        return base + normal * (0.3 * (point.y % 1.0 - 0.5))

    def play(self, steps):
        point = Point(0.5, 0.5)
        for _ in range(steps):
            point = self.step(point)
            x = min(self.size - 1, max(0, int(point.x * self.size)))
            y = min(self.size - 1, max(0, int(point.y * self.size)))
            self.grid[y][x] += 1
        return point


def run(size):
    splines = [
        Spline([Point(0.1, 0.2), Point(0.3, 0.9), Point(0.5, 0.1), Point(0.8, 0.8), Point(0.9, 0.3)], 3),
        Spline([Point(0.9, 0.9), Point(0.2, 0.7), Point(0.4, 0.4), Point(0.6, 0.2)], 2),
        Spline([Point(0.0, 0.5), Point(0.5, 1.0), Point(1.0, 0.5), Point(0.5, 0.0), Point(0.1, 0.4)], 3),
    ]
    game = Game(splines, 64)
    game.play(size)
    assert sum(map(sum, game.grid)) == size
    assert sum(1 for row in game.grid for cell in row if cell) > min(size // 10, 300)


if __name__ == "__main__":
    main(run, 10000)
