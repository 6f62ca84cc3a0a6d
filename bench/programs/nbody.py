"""The planets' motion by a symplectic integrator: float arithmetic on lists."""

from math import pi, sqrt

from measure import main

YEAR = 365.24
SOLAR_MASS = 4 * pi * pi
PLANETS = [
    ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], SOLAR_MASS),
    (
        [4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
        [0.00166007664274403694 * YEAR, 0.00769901118419740425 * YEAR, -0.0000690460016972063023 * YEAR],
        0.000954791938424326609 * SOLAR_MASS,
    ),
    (
        [8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
        [-0.00276742510726411160 * YEAR, 0.00499852801234917238 * YEAR, 0.0000230417297573763929 * YEAR],
        0.000285885980666130812 * SOLAR_MASS,
    ),
    (
        [12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
        [0.00296460137564761618 * YEAR, 0.00237847173959480950 * YEAR, -0.0000296589568540237556 * YEAR],
        0.0000436624404335156298 * SOLAR_MASS,
    ),
    (
        [15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
        [0.00268067772490389322 * YEAR, 0.00162824170038242295 * YEAR, -0.0000951592254519715870 * YEAR],
        0.0000515138902046611451 * SOLAR_MASS,
    ),
]


def advance(pairs, bodies, steps, dt):
    for _ in range(steps):
        for (p1, v1, m1), (p2, v2, m2) in pairs:
            dx = p1[0] - p2[0]
            dy = p1[1] - p2[1]
            dz = p1[2] - p2[2]
            mag = dt / (dx * dx + dy * dy + dz * dz) ** 1.5
            b1 = m1 * mag
            b2 = m2 * mag
            v1[0] -= dx * b2
            v1[1] -= dy * b2
            v1[2] -= dz * b2
            v2[0] += dx * b1
            v2[1] += dy * b1
            v2[2] += dz * b1
        for p, v, _mass in bodies:
            p[0] += dt * v[0]
            p[1] += dt * v[1]
            p[2] += dt * v[2]


def energy(pairs, bodies):
    total = 0.0
    for (p1, _, m1), (p2, _, m2) in pairs:
        total -= m1 * m2 / sqrt(sum((a - b) ** 2 for a, b in zip(p1, p2)))
    for _, v, m in bodies:
        total += m * sum(c * c for c in v) / 2
    return total


def run(size):
    bodies = [(list(p), list(v), m) for p, v, m in PLANETS]
    pairs = [(bodies[i], bodies[j]) for i in range(5) for j in range(i + 1, 5)]
    momentum = [sum(v[axis] * m for _, v, m in bodies) for axis in range(3)]
    bodies[0][1][:] = [-p / SOLAR_MASS for p in momentum]
    before = energy(pairs, bodies)
    assert abs(before - -0.169075164) < 1e-9, before
    advance(pairs, bodies, size, 0.01)
    assert abs(energy(pairs, bodies) - before) < 1e-4


if __name__ == "__main__":
    main(run, 20000)
