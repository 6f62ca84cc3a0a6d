"""pprint of nested data."""

import pprint

from measure import main


def run(size):
    data = [({"name": "item %d" % i, "tags": ["a", "b" * (i % 30)], "nested": {"k%d" % j: (i, j, None) for j in range(6)}}, i) for i in range(size)]
    text = pprint.pformat(data)
    assert eval(text) == data
    assert eval(pprint.saferepr(data)) == data


if __name__ == "__main__":
    main(run, 100)
