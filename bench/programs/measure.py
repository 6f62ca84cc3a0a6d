"""Runs one benchmark program: `main(run, size)` at the end of each.

`python richards.py [SIZE]` runs it once and checks the result. With BENCH_SECONDS set it goes on for that long and prints
one line `BENCH {json}`: what each run took, from the first, cold one on, as [loops, seconds a loop].
"""

import json
import os
import sys
import time


def main(run, size):
    if len(sys.argv) > 1:
        size = int(sys.argv[1])
    name = sys.argv[0].rsplit("/", 1)[-1]
    times = [timed(run, size)]
    if "BENCH_SECONDS" not in os.environ:
        print("ok: %s %d, %.3f s" % (name, size, times[0]))
        return
    end = time.perf_counter() + float(os.environ["BENCH_SECONDS"])
    # A cold run and a warm one at least.
    while len(times) < 2 or time.perf_counter() < end:
        times.append(timed(run, size))
    print("BENCH " + json.dumps({"name": name.removesuffix(".py"), "times": [[1, t] for t in times]}))


def timed(run, size):
    start = time.perf_counter()
    run(size)
    return time.perf_counter() - start
