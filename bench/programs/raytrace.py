"""A ray tracer: small immutable vectors, virtual calls, floats, recursion for reflections."""

import math

from measure import main


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    __rmul__ = __mul__

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self * (1.0 / math.sqrt(self.dot(self)))

    def reflect(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction.unit()

    def at(self, t):
        return self.origin + self.direction * t


class Sphere:
    def __init__(self, centre, radius, surface):
        self.centre = centre
        self.radius = radius
        self.surface = surface

    def hit(self, ray):
        to_centre = self.centre - ray.origin
        along = to_centre.dot(ray.direction)
        inside = self.radius * self.radius - (to_centre.dot(to_centre) - along * along)
        if inside < 0:
            return None
        t = along - math.sqrt(inside)
        return t if t > 1e-6 else None

    def normal(self, point):
        return (point - self.centre).unit()


class Floor:
    def __init__(self, height, surface):
        self.height = height
        self.surface = surface

    def hit(self, ray):
        if abs(ray.direction.y) < 1e-9:
            return None
        t = (self.height - ray.origin.y) / ray.direction.y
        return t if t > 1e-6 else None

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)


class Plain:
    reflection = 0.2

    def __init__(self, colour):
        self.colour = colour

    def colour_at(self, point):
        return self.colour


class Checked(Plain):
    reflection = 0.05

    def colour_at(self, point):
        odd = (math.floor(point.x) + math.floor(point.z)) % 2
        return self.colour * 0.3 if odd else self.colour


class Scene:
    def __init__(self, things, lights):
        self.things = things
        self.lights = lights

    def nearest(self, ray):
        best = None
        for thing in self.things:
            t = thing.hit(ray)
            if t is not None and (best is None or t < best[0]):
                best = (t, thing)
        return best

    def visible(self, point, light):
        ray = Ray(point, light - point)
        return all(thing.hit(ray) is None for thing in self.things if not isinstance(thing, Floor))

    def colour(self, ray, depth):
        found = self.nearest(ray)
        if found is None or depth > 3:
            return Vector(0.1, 0.1, 0.2)
        t, thing = found
        point = ray.at(t)
        normal = thing.normal(point)
        base = thing.surface.colour_at(point)
        result = base * 0.1
        for light in self.lights:
            if self.visible(point, light):
                result = result + base * max(0.0, (light - point).unit().dot(normal)) * 0.6
        mirrored = self.colour(Ray(point, ray.direction.reflect(normal)), depth + 1)
        return result + mirrored * thing.surface.reflection


def run(size):
    things = [
        Sphere(Vector(x * 2.0, 0.5 + (x % 2), 6.0 + x), 1.0, Plain(Vector(0.3 + x * 0.1, 0.9 - x * 0.1, 0.5)))
        for x in range(-2, 4)
    ]
    things.append(Floor(-1.0, Checked(Vector(1.0, 1.0, 1.0))))
    scene = Scene(things, [Vector(10.0, 10.0, -5.0), Vector(-10.0, 15.0, 0.0)])
    total = Vector(0.0, 0.0, 0.0)
    for y in range(size):
        for x in range(size):
            direction = Vector(x / size - 0.5, 0.5 - y / size, 1.0)
            total = total + scene.colour(Ray(Vector(0.0, 1.0, -3.0), direction), 0)
    mean = (total.x + total.y + total.z) / (3 * size * size)
    assert 0.2 < mean < 0.6, mean


if __name__ == "__main__":
    main(run, 80)
