"""pickle's Python implementation: records out and in again."""

import io
import pickle

from measure import main


class Record:
    def __init__(self, number):
        self.number = number
        self.name = "record %d" % number
        self.parts = [number * 0.5, (number, None, True), {"key": number, "é": b"bytes"}]

    def __eq__(self, other):
        return self.__dict__ == other.__dict__


def dumps(value, protocol):
    file = io.BytesIO()
    pickle._Pickler(file, protocol).dump(value)
    return file.getvalue()


def loads(data):
    return pickle._Unpickler(io.BytesIO(data)).load()


def run(size):
    records = [Record(i) for i in range(size)]
    value = {"records": records, "again": records, "big": 1 << 100, "set": {1, 2, 3}}
    for protocol in (2, 4, 5):
        back = loads(dumps(value, protocol))
        assert back == value
        assert back["again"] is back["records"]


if __name__ == "__main__":
    main(run, 300)
