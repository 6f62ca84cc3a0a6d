"""Writes what a Python 3.14 knows of Unicode 16 (its `unicodedata` and `str` methods) as JSON, for generate.ts.

Usage: python3.14 tools/unicode/dump.py > ucd.json
The Unicode Character Database is the source behind it; asking a reference implementation instead of reading the
database's files gives the values exactly as Python reports them, the 3.2 ones that `stringprep` needs included.
"""
import json
import sys
import unicodedata

LAST = sys.maxunicode
old = unicodedata.ucd_3_2_0


def runs(function):
    """[first, last, value] for each maximal run of code points with the same value; default values left out."""
    result = []
    start, value = 0, function(chr(0))
    for cp in range(1, LAST + 1):
        v = function(chr(cp))
        if v != value:
            result.append([start, cp - 1, value])
            start, value = cp, v
    result.append([start, LAST, value])
    return [r for r in result if r[2] not in ("", None, False, 0)]


def mapping(function):
    return [[cp, [ord(c) for c in function(chr(cp))]] for cp in range(LAST + 1) if function(chr(cp)) != chr(cp)]


def number(value):
    return None if value is None else value.as_integer_ratio()


u = unicodedata
json.dump({
    "version": u.unidata_version,
    "category": runs(u.category),
    "bidirectional": runs(u.bidirectional),
    "combining": runs(u.combining),
    "mirrored": runs(u.mirrored),
    "east_asian_width": runs(u.east_asian_width),
    "decomposition": [[cp, u.decomposition(chr(cp))] for cp in range(LAST + 1) if u.decomposition(chr(cp))],
    "decimal": runs(lambda c: None if u.decimal(c, None) is None else [ord(c) - u.decimal(c)]),
    "digit": [[cp, u.digit(chr(cp))] for cp in range(LAST + 1)
              if u.digit(chr(cp), None) is not None and u.decimal(chr(cp), None) is None],
    "numeric": [[cp, number(u.numeric(chr(cp)))] for cp in range(LAST + 1)
                if u.numeric(chr(cp), None) is not None and u.digit(chr(cp), None) is None],
    "alpha": runs(str.isalpha),
    "space": runs(str.isspace),
    "printable": runs(str.isprintable),
    "lower": runs(str.islower),
    "upper": runs(lambda c: c.isupper()),
    "id_start": runs(str.isidentifier),
    "id_continue": runs(lambda c: ("a" + c).isidentifier()),
    "to_upper": mapping(str.upper),
    "to_lower": mapping(str.lower),
    "to_title": mapping(str.title),
    "casefold": mapping(str.casefold),
    "names": [[cp, u.name(chr(cp))] for cp in range(LAST + 1) if u.name(chr(cp), None) is not None],
    "nfc_changes": [cp for cp in range(LAST + 1) if u.normalize("NFC", chr(cp)) != chr(cp)],
    "old": {
        "category": runs(old.category),
        "bidirectional": runs(old.bidirectional),
        "combining": runs(old.combining),
        "mirrored": runs(old.mirrored),
        "east_asian_width": runs(old.east_asian_width),
        "decomposition": [[cp, old.decomposition(chr(cp))] for cp in range(LAST + 1)
                          if old.decomposition(chr(cp)) != u.decomposition(chr(cp))],
        "numeric": [[cp, None if (n := old.numeric(chr(cp), None)) is None else number(n),
                     old.digit(chr(cp), None), old.decimal(chr(cp), None)] for cp in range(LAST + 1)
                    if (old.numeric(chr(cp), None), old.digit(chr(cp), None), old.decimal(chr(cp), None))
                    != (u.numeric(chr(cp), None), u.digit(chr(cp), None), u.decimal(chr(cp), None))],
    },
}, sys.stdout)
