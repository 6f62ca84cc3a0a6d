"""
Gives, as JSON, what modules compile when they are imported: regular expressions, with what `re` makes of them, and
texts for `exec` and `eval`.
"""

import builtins
import sys

texts = {}
# Code with features from __future__ hands them on to what it compiles.
FUTURES = 0x1E20000


def noting_text(mode, run):
    def run_noting(source, globals=None, locals=None, **rest):
        caller = sys._getframe(1)
        if isinstance(source, str) and not caller.f_code.co_flags & FUTURES:
            # As `eval` does.
            texts[mode, source.lstrip(" \t") if mode == "eval" else source] = None
        if globals is None:
            globals = caller.f_globals
            locals = caller.f_locals if locals is None else locals
        return run(source, globals, locals, **rest)

    return run_noting


# Before the first import.
run = exec
builtins.exec, builtins.eval = noting_text("exec", exec), noting_text("eval", eval)

import re
import re._compiler as compiler

noted = []
patterns = []


class Noting:
    """The module `_sre`, noting what patterns are made of."""

    def __getattr__(self, name):
        return getattr(sre, name)

    def compile(self, *arguments):
        noted.append(arguments)
        return sre.compile(*arguments)


def compile_noting(pattern, flags=0):
    result = original(pattern, flags)
    _, all_flags, code, groups, _, names = noted.pop()
    # What depends on the locale, or is to be explained, is compiled when it is asked for.
    if isinstance(pattern, (str, bytes)) and not all_flags & (re.LOCALE | re.DEBUG):
        is_bytes = isinstance(pattern, bytes)
        text = pattern.decode("latin-1") if is_bytes else pattern
        patterns.append([text, is_bytes, int(flags), all_flags, code, groups, names])
    return result


sre, original = compiler._sre, compiler.compile
compiler._sre, compiler.compile = Noting(), compile_noting


def compiled_by(imports):
    run(imports, {})
    import json

    return json.dumps({"patterns": patterns, "texts": list(texts)})
