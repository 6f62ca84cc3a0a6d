"""logging: silent calls, formatted records, filters, a hierarchy of loggers."""

import io
import logging

from measure import main


class Odd(logging.Filter):
    def filter(self, record):
        return record.args[0] % 2 == 1 if record.args else True


def run(size):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
    parent = logging.getLogger("bench")
    child = logging.getLogger("bench.child")
    parent.setLevel(logging.INFO)
    parent.propagate = False
    parent.addHandler(handler)
    try:
        for i in range(size):
            child.debug("silent %d", i)
            child.info("number %d of %s", i, "many")
            parent.warning("plain")
        handler.addFilter(Odd())
        for i in range(size):
            child.error("value %d", i)
    finally:
        parent.removeHandler(handler)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2 * size + size // 2
    assert lines[0] == "INFO:bench.child:number 0 of many" and lines[-1].startswith("ERROR:bench.child:value")


if __name__ == "__main__":
    main(run, 3000)
