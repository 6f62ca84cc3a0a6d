/** The module `gc`: JavaScript's collector does the work, and mostly cannot be asked. */
import { EXC, PyObject, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { notImplementedError, typeError, valueError } from "../../objects/errors.ts";
import { PyList, newList } from "../../objects/list.ts";
import { call } from "../../objects/protocol/call.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { rt } from "../../objects/runtime.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { sweepWeakrefs } from "../../objects/weakref.ts";
import { reportUnraisable } from "../sys/hooks.ts";
import { collectNow } from "./collector.ts";

interface Settings {
  enabled: boolean;
  threshold: Value[];
  debug: number;
  callbacks: PyList;
}
const STATE = {};
const settings = (): Settings =>
  rt.state<Settings>(STATE, () => ({ enabled: true, threshold: [2000, 10, 0], debug: 0, callbacks: newList([]) }));

function collect(generationValue?: Value): Result {
  const generation = generationValue === undefined ? 2 : asInt32(generationValue);
  if (generation === EXC) return EXC;
  if (generation < 0 || generation > 2) return valueError("invalid generation");
  notify("start", generation);
  collectNow();
  sweepWeakrefs();
  notify("stop", generation);
  // How many objects V8 found, it does not tell.
  return null;
}
function notify(phase: string, generation: number): void {
  for (const callback of [...settings().callbacks.items]) {
    const info = newDict();
    info.setStr("generation", generation);
    info.setStr("collected", 0);
    info.setStr("uncollectable", 0);
    if (call(callback, [phase, info]) === EXC)
      reportUnraisable("Exception ignored while calling GC callback", callback);
  }
}

/** Numbers, texts and the like refer to nothing: CPython does not track them. */
function isTracked(o: Value): boolean {
  return (
    o instanceof PyObject &&
    (o instanceof PyList || o instanceof PyDict || o instanceof PyTuple || o.getDict(false) !== undefined)
  );
}
function referents(args: Value[]): Value {
  const found: Value[] = [];
  for (const o of args) {
    if (o instanceof PyList || o instanceof PyTuple) found.push(...o.items);
    else if (o instanceof PyDict) for (const pair of o.items()) found.push(...pair);
    else if (o instanceof PyObject) {
      const dict = o.getDict(false);
      if (dict !== undefined) found.push(dict as Value);
      found.push(o.shape.cls);
    }
  }
  return newList(found);
}
const impossible = (name: string) => (): Result =>
  notImplementedError(`gc.${name}() is not supported: JavaScript's heap cannot be walked`);

function setThreshold(args: Value[]): Result {
  if (args.length < 1 || args.length > 3) return typeError("gc.set_threshold requires 1 to 3 arguments");
  const { threshold } = settings();
  for (let i = 0; i < args.length; i++) {
    const n = asInt32(args[i]);
    if (n === EXC) return EXC;
    threshold[i] = n;
  }
  return null;
}

export const gcModule = newModule("gc", {
  doc: "This module provides access to the garbage collector for reference cycles.",
  functions: () => ({
    enable: fn("($module, /)", () => {
      settings().enabled = true;
      return null;
    }),
    disable: fn("($module, /)", () => {
      settings().enabled = false;
      return null;
    }),
    isenabled: fn("($module, /)", () => settings().enabled),
    collect: fn("($module, /, generation=2)", collect, "Run the garbage collector."),
    get_count: fn("($module, /)", () => newTuple([0, 0, 0])),
    get_threshold: fn("($module, /)", () => newTuple([...settings().threshold])),
    set_threshold: rawFn(setThreshold),
    get_debug: fn("($module, /)", () => settings().debug),
    set_debug: fn("($module, flags, /)", (flags: Value) => {
      const n = asInt32(flags);
      if (n === EXC) return EXC;
      settings().debug = n;
      return null;
    }),
    get_stats: fn("($module, /)", () =>
      newList(
        [0, 1, 2].map(() => {
          const stats = newDict();
          for (const name of ["collections", "collected", "uncollectable"]) stats.setStr(name, 0);
          return stats;
        }),
      ),
    ),
    get_objects: fn("($module, /, generation=None)", impossible("get_objects")),
    get_referrers: rawFn(impossible("get_referrers")).signedAs("($module, /, *objs)"),
    get_referents: rawFn(referents).signedAs("($module, /, *objs)"),
    is_tracked: fn("($module, obj, /)", isTracked),
    is_finalized: fn("($module, obj, /)", () => false),
    freeze: fn("($module, /)", () => null),
    unfreeze: fn("($module, /)", () => null),
    get_freeze_count: fn("($module, /)", () => 0),
  }),
  attributes: () => ({
    DEBUG_STATS: 1,
    DEBUG_COLLECTABLE: 2,
    DEBUG_UNCOLLECTABLE: 4,
    DEBUG_SAVEALL: 32,
    DEBUG_LEAK: 38,
    garbage: newList([]),
    callbacks: settings().callbacks,
  }),
});
