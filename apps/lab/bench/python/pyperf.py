"""What benchmark scripts of the pyperformance suite ask of pyperf, for one process under any Python.

Each benchmark runs for BENCH_SECONDS and is reported in one line, `BENCH {"name", "times"}`: what each run took, in
order from the first, cold one, as [loops, seconds a loop]. What of that is warm-up is for the harness to decide.

With BENCH_WARMUP, each benchmark runs for so many seconds of CPU time before that, and what it does then is not counted by an
interpreter that counts (`sys._stats_off`).
"""

import argparse
import json
import os
import sys
import time

perf_counter = time.perf_counter

# A run shorter than this is measured by several loops: the clock has its own noise.
SHORTEST = 0.01


def python_implementation():
    return sys.implementation.name


def python_has_jit():
    return sys.implementation.name in ("pypy", "sidewinder")


WARMUP = float(os.environ.get("BENCH_WARMUP", "0"))
has_warmed_up = False


def count(function):
    """Where instructions are counted: `_stats_on`, `_stats_off`, `_stats_clear`."""
    getattr(sys, function, lambda: None)()


def warm_up(loop):
    count("_stats_off")
    # Of the processor, which others may use as well.
    until = time.process_time() + WARMUP
    while time.process_time() < until:
        loop(1)


def measure(name, loop, inner_loops):
    """Reports what `loop(n)`, which gives the seconds of n loops, takes; each does its work `inner_loops` times."""
    global has_warmed_up
    if WARMUP > 0:
        warm_up(loop)
        # Before the first one ran what is no benchmark.
        if not has_warmed_up:
            count("_stats_clear")
        has_warmed_up = True
        count("_stats_on")
    report(name, loop, inner_loops)
    if WARMUP > 0:
        count("_stats_off")


def report(name, loop, inner_loops):
    budget = float(os.environ.get("BENCH_SECONDS", "1"))
    times = []
    loops = 1
    spent = 0.0
    # A cold run and a warm one at least.
    least = 1 if WARMUP > 0 else 2
    while len(times) < least or spent < budget:
        took = loop(loops)
        times.append([loops, took / loops / (inner_loops or 1)])
        spent += max(took, 1e-9)
        if took < SHORTEST:
            loops *= 2
    print("BENCH " + json.dumps({"name": name, "times": times}), flush=True)


class Runner:
    def __init__(self, **settings):
        self.metadata = {}
        self.args = None
        self.argparser = argparse.ArgumentParser()

    def parse_args(self, args=None):
        self.args = self.argparser.parse_args(args)
        return self.args

    def bench_func(self, name, func, *args, inner_loops=1, metadata=None):
        def loop(n):
            start = perf_counter()
            for _ in range(n):
                func(*args)
            return perf_counter() - start

        self._bench(name, loop, inner_loops)

    def bench_time_func(self, name, time_func, *args, inner_loops=1, metadata=None):
        self._bench(name, lambda n: time_func(n, *args), inner_loops)

    def bench_async_func(self, name, func, *args, inner_loops=1, metadata=None, loop_factory=None):
        import asyncio

        async def repeat(n):
            start = perf_counter()
            for _ in range(n):
                await func(*args)
            return perf_counter() - start

        def loop(n):
            with asyncio.Runner(loop_factory=loop_factory) as runner:
                return runner.run(repeat(n))

        self._bench(name, loop, inner_loops)

    def bench_command(self, name, command):
        raise SystemExit("%s starts other processes: not measured" % name)

    def _bench(self, name, loop, inner_loops):
        if self.args is None:
            self.parse_args()
        measure(name, loop, inner_loops)
