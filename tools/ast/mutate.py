"""Makes broken sources out of good ones, as cases for `compile_errors.py`.

python mutate.py OUTPUT COUNT SEED FILE...    OUTPUT gets a JSON list of [source, mode].
"""

import ast
import io
import json
import random
import sys
import tokenize

INSERTS = (
    "( ) [ ] { } : , ; . = == := != <> -> * ** / // @ + - ~ ! ? $ ... if else elif for in while def class lambda try except finally with as "
    "import from return yield await async not and or is None True pass break del global raise assert match case type _ print x 1 1.5 0777 "
    "'s' b'b' f'{x}' f'{' f'{a b}' t'{x}' \" ''' \\ # é € += -= except* 1_ 0x if\n \n \n\x20\x20\x20\x20 \n\t"
).split(" ")


def snippets(name):
    with open(name, encoding="utf-8") as file:
        source = file.read()
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and node.end_lineno - node.lineno < 12:
            first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
            chunk = lines[first - 1:node.end_lineno]
            indent = len(chunk[0]) - len(chunk[0].lstrip())
            if all(line[:indent].strip() == "" for line in chunk):
                yield "".join(line[indent:] or "\n" for line in chunk)


def pieces(source):
    result = []
    last = (1, 0)
    lines = source.splitlines(keepends=True) + [""]
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
            continue
        (row, col), (line, start) = last, token.start
        between = lines[row - 1][col:start] if row == line else lines[row - 1][col:] + "".join(lines[row:line - 1]) + lines[line - 1][:start]
        result.append(between)
        result.append(token.string)
        last = token.end
    return result


def mutate(source, rng):
    parts = pieces(source)
    for _ in range(rng.choice((1, 1, 1, 2))):
        places = [i for i in range(1, len(parts), 2)]
        if not places:
            break
        at = rng.choice(places)
        kind = rng.randrange(5)
        if kind == 0:
            parts[at] = ""
        elif kind == 1:
            parts[at] = rng.choice(INSERTS)
        elif kind == 2:
            parts[at] += " " + rng.choice(INSERTS)
        elif kind == 3:
            other = rng.choice(places)
            parts[at], parts[other] = parts[other], parts[at]
        else:
            parts[at - 1] = rng.choice(("", " ", "\n", "  ", "\t"))
    return "".join(parts)


def main(output, count, seed, files):
    rng = random.Random(int(seed))
    pool = []
    for name in files:
        try:
            pool.extend(snippets(name))
        except (SyntaxError, UnicodeDecodeError, FileNotFoundError):
            continue
    cases = []
    while len(cases) < int(count):
        try:
            mode = rng.choice(("exec", "exec", "exec", "single", "eval"))
            chosen = [rng.choice(pool) for _ in range(rng.choice((1, 1, 2, 4)) if mode == "exec" else 1)]
            source = "\n".join(piece.rstrip("\n") for piece in chosen) + "\n"
            cases.append([mutate(source, rng), mode])
        except (tokenize.TokenError, SyntaxError, IndexError):
            continue
    with open(output, "w", encoding="utf-8") as out:
        json.dump(cases, out)


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:])
