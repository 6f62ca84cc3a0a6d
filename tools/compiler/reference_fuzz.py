"""Writes random programs and what CPython makes of them, for compare-snippets.ts.

Usage: python3.14 reference_fuzz.py OUT.json SEED COUNT
"""
import json
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reference_snippets import result  # noqa: E402

NAMES = ["a", "b", "c", "d"]
ATOMS = [*NAMES, "self", "__p", "1", "0", "-3", "None", "True", "'s'", "2.5", "...", "b'q'", "1j", "300"]
# E: an expression; N: a name.
EXPRESSIONS = [
    "(E + E)", "(E * E - E)", "(-E)", "(E and E)", "(E or E)", "(not E)", "(E if E else E)", "(E < E <= E)",
    "(E is E)", "(E is not E)", "(E in E)", "(E not in E)", "(E == E)", "[E, E]", "(E, E, *E)", "(E, E, E)",
    "{E, E, E}", "{E: E, **E}", "[E for N in E if E]", "{E for N in E for N in [E]}", "(lambda N, y=E: E)",
    "N.N(E, k=E)", "f(E, *E, k=E, **E)", "N[E:E]", "N[E]", "all(E for N in E)", "(w := E)",
    "f'x{N!r:>{N}}{N}'",
]
SIMPLE = ["N = E", "N, N = E, E", "N += E", "E", "raise E from E", "assert E, E", "N: int = E", "N: E = E"]
# Blocks: B is a body like the outside's, L a loop's, F a function's, C a class's, S a body without jumps.
COMPOUND = [
    "if E:\nB", "if E:\nB\nelif E:\nB\nelse:\nB", "for N in E:\nL", "for N in E:\nL\nelse:\nB", "while E:\nL",
    "while 1:\nL\nelse:\nB", "try:\nB\nexcept E as N:\nB", "try:\nB\nexcept E as N:\nB\nexcept:\nB\nelse:\nB\nfinally:\nB",
    "try:\nB\nfinally:\nB", "with E as N, E:\nB", "def N(self, b=1, *c, d: E=2, **x):\nF", "def N():\nF", "class N(B, metaclass=M):\nC",
    "class N:\nC", "try:\nB\nexcept* E as N:\nS\nexcept* E:\nS", "async def N(a):\n    async with E as N:\n        pass\n    await E",
    "type N[T] = N", "def N[T](a: T, b=1) -> E:\nF", "match E:\n    case [a, *_] if E:\n        pass\n    case {'k': a, **r} | {'j': a, **r}:\n        raise E\n    case _:\n        pass",
]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def expression(self, depth):
        if depth <= 0:
            return self.random.choice(ATOMS)
        template = self.random.choice(EXPRESSIONS)
        return self.fill(template, depth - 1 - self.random.randrange(2))

    def fill(self, template, depth):
        """Replaces the capital letters that stand alone."""
        out = []
        for i, c in enumerate(template):
            alone = not template[i - 1:i].isalpha() and not template[i + 1:i + 2].isalpha()
            if c == "E" and alone:
                out.append(self.expression(depth))
            elif c == "N" and alone:
                out.append(self.random.choice(NAMES))
            else:
                out.append(c)
        return "".join(out)

    def statement(self, depth, indent, inside):
        r = self.random
        pad = "    " * indent
        if depth <= 0 or r.random() < 0.35:
            choices = list(SIMPLE)
            if "loop" in inside:
                choices += ["break", "continue"]
            if "function" in inside:
                choices += ["return E", "return", "N = yield E"]
            return [pad + self.fill(r.choice(choices), r.randrange(3))]
        lines = []
        for line in r.choice(COMPOUND).split("\n"):
            body = {"B": inside, "L": inside | {"loop"}, "F": {"function"}, "C": set(), "S": set()}.get(line)
            if body is None:
                lines.append(pad + self.fill(line, r.randrange(3)))
                continue
            for _ in range(r.randrange(1, 4)):
                lines += self.statement(depth - 1, indent + 1, body)
        return lines

    def program(self):
        lines = []
        for _ in range(self.random.randrange(1, 4)):
            lines += self.statement(self.random.randrange(1, 4), 0, set())
        return "\n".join(lines) + "\n"


def main():
    out, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    writer = Writer(seed)
    snippets = []
    for _ in range(count):
        source = writer.program()
        code, warned = result(source, "exec", 0)
        snippets.append({"source": source, "mode": "exec", "flags": 0, "code": code, "warnings": warned})
    with open(out, "w") as f:
        json.dump(snippets, f)
    print(len(snippets), sum("error" in s["code"] for s in snippets))


main()
