"""Points on a curve, normalised and maximised: float attributes of slots objects."""

from math import cos, sin, sqrt

from measure import main


class Point:
    __slots__ = ("x", "y", "z")

    def __init__(self, i):
        self.x = x = sin(i)
        self.y = cos(i) * 3
        self.z = (x * x) / 2

    def __repr__(self):
        return "<Point %s, %s, %s>" % (self.x, self.y, self.z)

    def normalize(self):
        norm = sqrt(self.x**2 + self.y**2 + self.z**2)
        self.x /= norm
        self.y /= norm
        self.z /= norm

    def maximize(self, other):
        self.x = self.x if self.x > other.x else other.x
        self.y = self.y if self.y > other.y else other.y
        self.z = self.z if self.z > other.z else other.z
        return self


def run(size):
    points = [Point(i) for i in range(size)]
    for point in points:
        point.normalize()
    best = points[0]
    for point in points[1:]:
        best = best.maximize(point)
    assert 0.89 < best.x <= 0.9 and 0.99 < best.y <= 1 and 0.43 < best.z < 0.45, best


if __name__ == "__main__":
    main(run, 100000)
