"""CPython's test suite imports names of its C helper of this name beside tests that do not use it."""


def has_inline_values(instance):
    raise NotImplementedError("Sidewinder does not tell how an instance keeps its attributes")
