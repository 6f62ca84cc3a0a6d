"""Comprehensions over records: list, dict, set and generator, nested and with conditions."""

from dataclasses import dataclass

from measure import main


@dataclass(frozen=True)
class Widget:
    number: int
    owner: str
    kind: str
    tags: tuple
    cost: int


def widgets(n):
    kinds = ["knob", "dial", "switch", "lamp"]
    return [
        Widget(i, "owner%d" % (i % 17), kinds[i % 4], tuple("t%d" % t for t in range(i % 5)), i * 7 % 101)
        for i in range(n)
    ]


def report(items):
    by_owner = {owner: [w for w in items if w.owner == owner] for owner in {w.owner for w in items}}
    costs = {owner: sum(w.cost for w in own if w.kind != "lamp") for owner, own in by_owner.items()}
    tags = {tag for w in items for tag in w.tags}
    table = [[w.cost for w in own if w.kind == kind] for kind in ("knob", "dial") for own in by_owner.values()]
    flat = [cost for row in table for cost in row]
    return costs, tags, flat


def run(size):
    items = widgets(size)
    for _ in range(20):
        costs, tags, flat = report(items)
    assert sum(costs.values()) == sum(w.cost for w in items if w.kind != "lamp")
    assert tags == {"t0", "t1", "t2", "t3"}
    assert len(flat) == sum(1 for w in items if w.kind in ("knob", "dial"))


if __name__ == "__main__":
    main(run, 2000)
