"""A constraint puzzle on a hexagonal board: tiles say how many neighbours they have. Backtracking over sets and lists."""

from measure import main

EMPTY = 7


def hexagon(radius):
    """Cell numbers and neighbour lists of a hexagonal board in axial coordinates."""
    cells = [(q, r) for q in range(1 - radius, radius) for r in range(1 - radius, radius) if abs(q + r) < radius]
    number = {cell: i for i, cell in enumerate(cells)}
    steps = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)]
    return [[number[q + a, r + b] for a, b in steps if (q + a, r + b) in number] for q, r in cells]


class Board:
    def __init__(self, neighbours, tiles):
        self.neighbours = neighbours
        self.tiles = dict(tiles)
        self.placed = [None] * len(neighbours)
        self.nodes = 0

    def fits(self, cell):
        value = self.placed[cell]
        if value is None or value == EMPTY:
            return True
        full = unknown = 0
        for other in self.neighbours[cell]:
            tile = self.placed[other]
            if tile is None:
                unknown += 1
            elif tile != EMPTY:
                full += 1
        return full <= value <= full + unknown

    def solve(self, cell=0):
        self.nodes += 1
        if cell == len(self.placed):
            return True
        for value in sorted(self.tiles, reverse=True):
            if self.tiles[value] == 0:
                continue
            self.tiles[value] -= 1
            self.placed[cell] = value
            if self.fits(cell) and all(self.fits(other) for other in self.neighbours[cell]) and self.solve(cell + 1):
                return True
            self.tiles[value] += 1
        self.placed[cell] = None
        return False


def puzzle(radius, holes):
    """Tile counts of a board whose every `holes`-th cell is empty, so that a solution exists."""
    neighbours = hexagon(radius)
    tiles = {}
    full = [i % holes != 0 for i in range(len(neighbours))]
    for cell, others in enumerate(neighbours):
        value = sum(full[other] for other in others) if full[cell] else EMPTY
        tiles[value] = tiles.get(value, 0) + 1
    return neighbours, tiles


def run(size):
    for _ in range(size):
        for radius, holes in ((2, 3), (3, 4), (3, 3), (3, 5)):
            neighbours, tiles = puzzle(radius, holes)
            board = Board(neighbours, tiles)
            assert board.solve()
            for cell, value in enumerate(board.placed):
                if value != EMPTY:
                    assert value == sum(board.placed[other] != EMPTY for other in neighbours[cell])


if __name__ == "__main__":
    main(run, 1)
