"""Gives, as JSON, the regular expressions that modules compile when they are imported, and what `re` makes of them."""

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
    exec(imports, {})
    import json

    return json.dumps(patterns)
