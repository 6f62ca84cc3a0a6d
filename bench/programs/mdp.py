"""Value iteration on a Markov decision process over fractions and tuples: a small dice game."""

from collections import defaultdict
from fractions import Fraction

from measure import main

SIDES = 6


def outcomes(dice):
    """Sum → probability."""
    result = {0: Fraction(1)}
    for _ in range(dice):
        following = defaultdict(Fraction)
        for total, p in result.items():
            for side in range(1, SIDES + 1):
                following[total + side] += p / SIDES
        result = dict(following)
    return result


class Game:
    """States are (points to go, dice left); actions take 1 or 2 dice; overshooting loses."""

    def __init__(self, points, dice):
        self.rolls = {n: outcomes(n) for n in (1, 2)}
        self.states = [(p, d) for d in range(dice + 1) for p in range(points + 1)]

    def actions(self, state):
        _, dice = state
        return [n for n in (1, 2) if n <= dice]

    def successors(self, state, action):
        points, dice = state
        for total, p in self.rolls[action].items():
            yield p, (points - total, dice - action)

    def solve(self):
        value = {}
        for state in self.states:
            points, _ = state
            if points == 0:
                value[state] = Fraction(1)
                continue
            value[state] = max(
                (sum((p * value.get(s, 0) for p, s in self.successors(state, a)), Fraction(0)) for a in self.actions(state)),
                default=Fraction(0),
            )
        return value


def float_iteration(game, sweeps):
    value = defaultdict(float)
    for _ in range(sweeps):
        for state in game.states:
            if state[0] == 0:
                value[state] = 1.0
            else:
                value[state] = max(
                    (sum(float(p) * value[s] for p, s in game.successors(state, a)) for a in game.actions(state)), default=0.0
                )
    return value


def run(size):
    game = Game(size, 8)
    exact = game.solve()
    approximate = float_iteration(game, 3)
    assert all(0 <= v <= 1 for v in exact.values())
    assert exact[size, 0] == 0 and exact[7, 2] == max(Fraction(6, 36), exact[7, 2])
    assert all(abs(float(exact[s]) - approximate[s]) < 1e-9 for s in game.states)


if __name__ == "__main__":
    main(run, 100)
