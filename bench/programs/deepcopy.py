"""copy.deepcopy of nested containers, instances and shared parts."""

import copy
from dataclasses import dataclass, field

from measure import main


@dataclass
class Node:
    name: str
    values: list = field(default_factory=list)
    children: dict = field(default_factory=dict)
    parent: object = None


class Reduced:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def __reduce__(self):
        return (Reduced, (self.a, self.b))


def build():
    root = Node("root", [1, 2.5, "three", (4, [5])])
    shared = {"a": [1, 2, 3], "b": (1, {2, 3})}
    for i in range(8):
        child = Node("child%d" % i, [i, shared, Reduced(i, [i])], {}, root)
        root.children[child.name] = child
    return root


def run(size):
    root = build()
    for _ in range(size):
        copied = copy.deepcopy(root)
    assert copied is not root and copied.values == root.values and copied.values[3][1] is not root.values[3][1]
    first, second = copied.children["child1"], copied.children["child2"]
    assert first.parent is copied
    assert first.values[1] is second.values[1] is not root.children["child1"].values[1]
    assert first.values[2].b == [1]


if __name__ == "__main__":
    main(run, 1000)
