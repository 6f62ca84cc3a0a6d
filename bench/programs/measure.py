"""Runs one benchmark program: `main(run, size)` at the end of each.

`python richards.py [SIZE]` runs it once and checks the result. With BENCH_WARM and BENCH_MEASURE (seconds) set it goes on
and prints one line `BENCH {json}`: seconds of the first run, and best and median of the measured ones.
"""

import json
import os
import sys
import time


def main(run, size):
    if len(sys.argv) > 1:
        size = int(sys.argv[1])
    start = time.perf_counter()
    run(size)
    first = time.perf_counter() - start
    if "BENCH_MEASURE" not in os.environ:
        print("ok: %s %d, %.3f s" % (sys.argv[0].rsplit("/", 1)[-1], size, first))
        return
    repeat(run, size, float(os.environ.get("BENCH_WARM", "1.5")))
    times = sorted(repeat(run, size, float(os.environ["BENCH_MEASURE"])))
    result = {"first": first, "best": times[0], "median": times[len(times) // 2], "runs": len(times)}
    print("BENCH " + json.dumps(result))


def repeat(run, size, seconds):
    times = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        run(size)
        times.append(time.perf_counter() - start)
    return times
