/** The module `_tracemalloc`: memory blocks are JavaScript's and cannot be traced. */
import type { Result, Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { notImplementedError, runtimeError } from "../../objects/errors.ts";
import { newTuple } from "../../objects/tuple.ts";

const notTracing = (): Result =>
  runtimeError("the tracemalloc module must be tracing memory allocations to get the traceback of an object");

export const _tracemallocModule = newModule("_tracemalloc", {
  doc: "Debug module to trace memory blocks allocated by Python.",
  functions: () => ({
    start: fn("($module, nframe=1, /)", (_n?: Value) =>
      notImplementedError("tracemalloc.start(): memory allocations cannot be traced by this interpreter"),
    ),
    stop: fn("($module, /)", () => null),
    is_tracing: fn("($module, /)", () => false),
    clear_traces: fn("($module, /)", () => null),
    reset_peak: fn("($module, /)", () => null),
    get_traceback_limit: fn("($module, /)", () => 1),
    get_traced_memory: fn("($module, /)", () => newTuple([0, 0])),
    get_tracemalloc_memory: fn("($module, /)", () => 0),
    _get_object_traceback: fn("($module, obj, /)", () => null),
    _get_traces: fn("($module, /)", notTracing),
  }),
});
