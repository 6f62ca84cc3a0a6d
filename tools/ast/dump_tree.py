"""Writes CPython's syntax trees of many files, in the form `dump.ts` prints, for `compare.ts`.

python dump_tree.py OUTPUT FILE...    OUTPUT gets, for each file, a line of JSON: [name, dump or null, error or null].
"""

import ast
import json
import struct
import sys
import warnings

POSITIONS = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def quote(text):
    out = ['"']
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif " " <= char < "\x7f":
            out.append(char)
        else:
            out.append(f"\\{ord(char):x};")
    out.append('"')
    return "".join(out)


def float_hex(value):
    return struct.pack(">d", value).hex()


def constant(value):
    if value is None or value is True or value is False or value is Ellipsis:
        return str(value)
    if isinstance(value, int):
        return f"int:{value}"
    if isinstance(value, float):
        return f"float:{float_hex(value)}"
    if isinstance(value, complex):
        return f"complex:{float_hex(value.real)},{float_hex(value.imag)}"
    if isinstance(value, bytes):
        return "b" + quote(value.decode("latin-1"))
    return quote(value)


def dump(node):
    if isinstance(node, list):
        return "[" + ",".join(map(dump, node)) + "]"
    if isinstance(node, ast.AST):
        if not node._fields and not node._attributes:
            return f'"{type(node).__name__}"'
        return dump_node(node)
    if isinstance(node, int) and not isinstance(node, bool):
        return str(node)
    return constant(node)


def dump_node(node):
    kind = type(node).__name__
    fields = {name: getattr(node, name, None) for name in node._fields}
    if kind in ("Constant", "MatchSingleton"):
        parts = {name: constant(value) for name, value in fields.items()}
    else:
        parts = {name: dump(value) for name, value in fields.items()}
    if kind == "Interpolation":
        parts["str"] = constant(node.str)
    if "kind" in parts:
        parts["u"] = parts.pop("kind")
    names = sorted(parts)
    if kind == "TypeIgnore":
        names.remove("lineno")
        names.insert(0, "lineno")
    place = ""
    if "lineno" in node._attributes:
        place = "@{}:{}-{}:{}".format(*(getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")))
    return f"{kind}{place}({','.join(f'{name}={parts[name]}' for name in names)})"


def main(output, files):
    sys.setrecursionlimit(20000)
    sys.set_int_max_str_digits(0)
    warnings.simplefilter("ignore")
    with open(output, "w", encoding="ascii") as out:
        for name in files:
            with open(name, "rb") as file:
                source = file.read()
            try:
                row = [name, dump(ast.parse(source, name)), None]
            except SyntaxError as error:
                row = [name, None, [type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, error.text]]
            except (ValueError, RecursionError, MemoryError) as error:
                row = [name, None, [type(error).__name__, str(error)]]
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    files = sys.argv[2:]
    if files == ["-"]:
        files = sys.stdin.read().splitlines()
    main(sys.argv[1], files)
