"""Writes what CPython's parser says about many sources, for `compare-errors.ts`.

python compile_errors.py CASES OUTPUT    CASES is a JSON list of sources, or of [source, mode] pairs.
OUTPUT gets a line of JSON for each: [source, mode, dump or null, error or null, warnings].
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


def attempt(source, mode):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result, error = dump(ast.parse(source, "<case>", mode)), None
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
            for source, mode in pairs:
                out.write(json.dumps([source, mode, *attempt(source, mode)]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
