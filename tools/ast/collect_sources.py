"""Runs CPython's own tests and writes every source they compile, as cases for `compile_errors.py`.

python collect_sources.py OUTPUT TEST_MODULE...    OUTPUT gets a JSON list of distinct sources.
"""

import importlib
import io
import json
import sys
import unittest

LIMIT = 20_000


def main(output, modules):
    seen = {}
    suites = [unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(name)) for name in modules]

    def hook(event, args):
        # The event carries the source in UTF-8, whatever it was.
        if event == "compile" and isinstance(args[0], bytes) and len(args[0]) < LIMIT:
            try:
                seen[args[0].decode()] = None
            except UnicodeDecodeError:
                pass

    sys.addaudithook(hook)
    for suite in suites:
        unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    with open(output, "w", encoding="ascii") as out:
        json.dump(list(seen), out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
