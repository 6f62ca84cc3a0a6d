"""Writes what CPython's parser says about many sources, for `compare-errors.ts`.

python compile_errors.py CASES OUTPUT    CASES is a JSON list of sources, or of [source, mode, flags?, feature version?].
OUTPUT gets a line of JSON for each: [source, mode, dump or null, error or null, warnings, flags?, feature version?].
"""

import ast
import json
import sys
import warnings

from dump_tree import dump


def describe(error):
    if not isinstance(error, SyntaxError):
        return [type(error).__name__, str(error)]
    return [type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, error.text]


def attempt(source, mode, flags=0, feature_version=-1):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            tree = compile(source, "<case>", mode, flags | ast.PyCF_ONLY_AST, _feature_version=feature_version)
            result, error = dump(tree), None
        except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as problem:
            result, error = None, describe(problem)
    return [result, error, [[type(w.message).__name__ if isinstance(w.message, Warning) else "", str(w.message), w.lineno] for w in caught]]


def main(cases, output):
    sys.setrecursionlimit(20000)
    with open(cases, encoding="utf-8") as file:
        rows = json.load(file)
    with open(output, "w", encoding="ascii") as out:
        for row in rows:
            pairs = [(row, "exec"), (row, "eval"), (row, "single")] if isinstance(row, str) else [row]
            for pair in pairs:
                out.write(json.dumps([*pair[:2], *attempt(*pair), *pair[2:]]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
