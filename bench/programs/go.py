"""Random games of Go on a small board, with captures and scores: objects that point at each other, sets, a tree of playouts."""

import random

from measure import main

EMPTY, BLACK, WHITE = 0, 1, 2
SIZE = 9


class Square:
    def __init__(self, board, position):
        self.board = board
        self.position = position
        self.colour = EMPTY
        self.group = None
        self.neighbours = []


class Group:
    def __init__(self, colour, square):
        self.colour = colour
        self.stones = {square}
        self.liberties = {n for n in square.neighbours if n.colour == EMPTY}

    def merge(self, other):
        self.stones |= other.stones
        self.liberties |= other.liberties
        for stone in other.stones:
            stone.group = self


class Board:
    def __init__(self):
        self.squares = [Square(self, i) for i in range(SIZE * SIZE)]
        for square in self.squares:
            x, y = square.position % SIZE, square.position // SIZE
            for a, b in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)):
                if 0 <= a < SIZE and 0 <= b < SIZE:
                    square.neighbours.append(self.squares[a + b * SIZE])
        self.colour = BLACK
        self.ko = None
        self.captured = [0, 0, 0]

    def useful(self, square):
        if square.colour != EMPTY or square is self.ko:
            return False
        own = enemy_caught = False
        free = 0
        for n in square.neighbours:
            if n.colour == EMPTY:
                free += 1
            elif n.colour == self.colour:
                own = own or len(n.group.liberties) > 1
            elif len(n.group.liberties) == 1:
                enemy_caught = True
        if free or enemy_caught:
            return True
        eye = all(n.colour == self.colour for n in square.neighbours)
        return own and not eye

    def play(self, square):
        colour = self.colour
        square.colour = colour
        group = square.group = Group(colour, square)
        taken = []
        for n in square.neighbours:
            if n.colour == colour and n.group is not group:
                group.merge(n.group)
                n.group = group
        for stone in group.stones:
            stone.group = group
        group.liberties.discard(square)
        for n in square.neighbours:
            if n.colour not in (EMPTY, colour):
                n.group.liberties.discard(square)
                if not n.group.liberties:
                    taken.extend(self.remove(n.group))
        self.ko = taken[0] if len(taken) == 1 and len(group.stones) == 1 else None
        self.colour = BLACK + WHITE - colour

    def remove(self, group):
        self.captured[group.colour] += len(group.stones)
        for stone in group.stones:
            stone.colour = EMPTY
            stone.group = None
        for stone in group.stones:
            for n in stone.neighbours:
                if n.group is not None:
                    n.group.liberties.add(stone)
        return list(group.stones)

    def score(self, colour):
        total = 0
        for square in self.squares:
            if square.colour == colour:
                total += 1
            elif square.colour == EMPTY and all(n.colour == colour for n in square.neighbours):
                total += 1
        return total


def playout(generator):
    board = Board()
    passes = 0
    for _ in range(3 * SIZE * SIZE):
        moves = [square for square in board.squares if board.useful(square)]
        if not moves:
            passes += 1
            if passes == 2:
                break
            board.colour = BLACK + WHITE - board.colour
            continue
        passes = 0
        board.play(generator.choice(moves))
    return board


def run(size):
    generator = random.Random(1)
    for _ in range(size):
        board = playout(generator)
        scores = board.score(BLACK), board.score(WHITE)
        assert 40 <= sum(scores) <= SIZE * SIZE, scores
        for square in board.squares:
            if square.group is not None:
                assert square in square.group.stones
                free = {n for s in square.group.stones for n in s.neighbours if n.colour == EMPTY}
                assert free == square.group.liberties


if __name__ == "__main__":
    main(run, 100)
