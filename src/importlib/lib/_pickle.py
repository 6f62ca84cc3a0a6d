"""The accelerator of `pickle`: here the same classes and functions, which are fast enough or made so elsewhere."""

from pickle import (
    PickleError,
    PicklingError,
    UnpicklingError,
    _dump as dump,
    _dumps as dumps,
    _load as load,
    _loads as loads,
    _Pickler as Pickler,
    _Unpickler as Unpickler,
)
