"""Compiles the strings and doctest examples found in sources, and writes what CPython makes of each.

Finds far more errors and warnings than whole files do. Usage: python3.14 reference_snippets.py OUT.json ROOT...
"""
import ast
import json
import os
import re
import sys
import textwrap
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import reference  # noqa: E402


def doctests(text):
    example = None
    for line in text.splitlines():
        m = re.match(r"\s*(>>>|\.\.\.)(?: (.*))?$", line)
        if m and m[1] == ">>>":
            if example:
                yield "\n".join(example) + "\n"
            example = [m[2] or ""]
        elif m and example:
            example.append(m[2] or "")
        elif example:
            yield "\n".join(example) + "\n"
            example = None


def snippets(root):
    for folder, _, files in os.walk(root):
        for name in sorted(files):
            if not name.endswith(".py"):
                continue
            try:
                with open(os.path.join(folder, name), "rb") as f:
                    tree = ast.parse(f.read())
            except (SyntaxError, ValueError):
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and 2 < len(node.value) < 5000:
                    yield node.value
                    yield textwrap.dedent(node.value)
                    yield from doctests(node.value)


def result(source, mode, flags):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            out = reference.code(compile(source, "<x>", mode, flags, True))
        except SyntaxError as e:
            out = {"error": type(e).__name__, "msg": e.msg,
                   "at": [e.lineno, e.offset, e.end_lineno, e.end_offset], "text": e.text}
        except (ValueError, OverflowError, RecursionError, MemoryError) as e:
            out = {"error": type(e).__name__, "msg": str(e), "at": None}
    return out, [[w.category.__name__, str(w.message), w.lineno] for w in caught]


def main():
    out, *roots = sys.argv[1:]
    seen = set()
    all_ = []
    for root in roots:
        for s in snippets(root):
            if s in seen:
                continue
            seen.add(s)
            try:
                s.encode()
            except UnicodeEncodeError:
                continue
            for mode in ("exec", "single", "eval"):
                if mode == "eval" and "\n" in s.strip():
                    continue
                if mode == "single" and len(seen) % 3:
                    continue
                flags = 0x2000 if len(seen) % 5 == 0 else 0
                code, warned = result(s, mode, flags)
                if mode != "exec" and code.get("error"):
                    continue
                all_.append({"source": s, "mode": mode, "flags": flags, "code": code, "warnings": warned})
    with open(out, "w") as f:
        json.dump(all_, f)
    print(len(all_), sum("error" in a["code"] for a in all_))


if __name__ == "__main__":
    main()
