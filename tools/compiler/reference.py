"""Writes CPython's code objects of the given sources, for compare.ts: one JSON file a source.

Usage: python3.14 reference.py [-O [-O]] OUT_DIR SOURCE_ROOT [RELATIVE_PATH...]   (all of SOURCE_ROOT without paths)
"""
import json
import os
import re
import struct
import sys
import types
import unicodedata
import warnings


def const(c):
    t = type(c)
    if c is None or c is Ellipsis or t is bool:
        return repr(c)
    if t is int:
        return f"i{c}"
    if t is float:
        return "f" + struct.pack(">d", c).hex()
    if t is complex:
        return "c" + struct.pack(">dd", c.real, c.imag).hex()
    if t is str:
        return "s" + c.encode("utf-8", "surrogatepass").hex()
    if t is bytes:
        return "b" + c.hex()
    if t is tuple:
        return ["tuple", *map(const, c)]
    if t is frozenset:
        return ["frozenset", *sorted(map(const, c), key=str)]
    if t is slice:
        return ["slice", const(c.start), const(c.stop), const(c.step)]
    if t is types.CodeType:
        return code(c)
    raise TypeError(t)


def code(c):
    return {
        "name": c.co_name, "qualname": c.co_qualname, "firstlineno": c.co_firstlineno, "argcount": c.co_argcount,
        "posonlyargcount": c.co_posonlyargcount, "kwonlyargcount": c.co_kwonlyargcount, "flags": c.co_flags,
        "stacksize": c.co_stacksize, "varnames": c.co_varnames, "cellvars": c.co_cellvars, "freevars": c.co_freevars,
        "names": c.co_names, "consts": [const(k) for k in c.co_consts], "code": c.co_code.hex(),
        "linetable": c.co_linetable.hex(), "exceptiontable": c.co_exceptiontable.hex(),
    }


def names(root, paths):
    """Every character name in a `\\N{...}` of the sources, with its code point."""
    found = {}
    for path in paths:
        with open(os.path.join(root, path), "rb") as f:
            for name in re.findall(rb"\\N\{([^{}]*)\}", f.read()):
                try:
                    char = unicodedata.lookup(name.decode())
                except (KeyError, UnicodeDecodeError):
                    continue
                if len(char) == 1:
                    found[name.decode()] = ord(char)
    return found


def main():
    optimize = 0
    while sys.argv[1] == "-O":
        optimize += 1
        del sys.argv[1]
    out, root, *paths = sys.argv[1:]
    if not paths:
        for folder, _, files in os.walk(root):
            paths += [os.path.relpath(os.path.join(folder, f), root) for f in files if f.endswith(".py")]
    warnings.simplefilter("ignore")
    with open(os.path.join(out, "names.json"), "w") as f:
        json.dump(names(root, paths), f)
    for path in sorted(paths):
        target = os.path.join(out, path + ".json")
        with open(os.path.join(root, path), "rb") as f:
            source = f.read()
        try:
            dump = code(compile(source, path, "exec", dont_inherit=True, optimize=optimize))
        except (SyntaxError, ValueError, RecursionError) as e:
            dump = {"error": type(e).__name__}
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w") as f:
            json.dump(dump, f)


if __name__ == "__main__":
    main()
