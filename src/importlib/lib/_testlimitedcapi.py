"""What CPython's test suite asks of its C helper of this name, as far as it means something without a C API."""


def sequence_getitem(sequence, index):
    return sequence[index]


def sequence_setitem(sequence, index, value):
    sequence[index] = value


def sequence_delitem(sequence, index):
    del sequence[index]
