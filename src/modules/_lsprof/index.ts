/** The module `_lsprof`, under `cProfile`: a profiler in native code. Source: the library's documentation of profile. */
import { PyBuiltin } from "../../objects/builtin.ts";
import {
  BASETYPE,
  EXC,
  type Exc,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { method, newModule, newType, parseArgs, signature } from "../../objects/define.ts";
import { valueError } from "../../objects/errors.ts";
import { newFloat } from "../../objects/float.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { newList } from "../../objects/list.ts";
import { PyModule } from "../../objects/module.ts";
import { EVENT, type Event, PROFILE_EVENTS } from "../../objects/monitoring/events.ts";
import { type NativeTool, monitor } from "../../objects/monitoring/monitor.ts";
import { nativeFunction } from "../../objects/monitoring/profile-tool.ts";
import { call } from "../../objects/protocol/call.ts";
import { asDouble } from "../../objects/protocol/convert.ts";
import { isTrue, repr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { newStructSequence } from "../../objects/structseq.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { clockNow } from "../time/clock.ts";
import { type Tally, Tallies } from "./tally.ts";

/** `sys.monitoring.PROFILER_ID`. */
const TOOL = 2;
const NANOSECOND = 1e-9;

class PyProfiler extends PyObject implements NativeTool {
  readonly tallies = new Tallies<object, Value>();
  /** null: the host's clock. */
  timer: Value = null;
  /** What the timer counts in, in seconds; 0: it gives seconds. */
  unit = 0;
  subcalls = true;
  builtins = true;
  isEnabled = false;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  tell(event: Event, frame: PyFrame, args: readonly Value[]): Status {
    switch (event) {
      case EVENT.PY_START:
      case EVENT.PY_RESUME:
      case EVENT.PY_THROW:
        return this.enter(frame.code, () => frame.code);
      case EVENT.PY_RETURN:
      case EVENT.PY_YIELD:
      case EVENT.PY_UNWIND:
        return this.leave(frame.code);
    }
    const func = nativeFunction(args[1], args[2]);
    if (func === EXC) return EXC;
    if (!(func instanceof PyBuiltin)) return null;
    return event === EVENT.CALL ? this.enter(func.def, () => nameOf(func)) : this.leave(func.def);
  }
  private enter(key: object, show: () => Value): null {
    this.tallies.enter(key, show, this.now(), this.subcalls);
    return null;
  }
  private leave(key: object): null {
    this.tallies.leave(key, this.now(), this.subcalls);
    return null;
  }
  /** The unit of what is added up, in seconds. */
  get tick(): number {
    return this.timer !== null && this.unit > 0 ? this.unit : NANOSECOND;
  }
  /** In ticks. A timer that fails stands still, and says so where it cannot be raised. */
  now(): number {
    if (this.timer === null) return Number(clockNow().monotonic());
    const given = call(this.timer, []);
    const time = given === EXC ? EXC : asDouble(given);
    if (time !== EXC) return this.unit > 0 ? time : Math.round(time / NANOSECOND);
    rt.reportUnraisable("Exception ignored while calling _lsprof timer", this.timer);
    return 0;
  }
  stop(): void {
    if (!this.isEnabled) return;
    this.isEnabled = false;
    monitor().setNative(TOOL, null, 0);
    monitor().names[TOOL] = undefined;
    this.tallies.leaveAll(() => this.now(), this.subcalls);
  }
}
class PyProfilerSub extends withAttributes(PyProfiler) {}

/** As CPython names native functions in profiles. */
function nameOf({ def, self, module }: PyBuiltin): Value {
  if (!(self instanceof PyModule) && self !== null) {
    const found = lookup(typeOf(self), def.name);
    const text = found === undefined ? EXC : repr(found);
    if (text !== EXC) return text;
    rt.exc = null;
  }
  return typeof module === "string" ? `<built-in method ${module}.${def.name}>` : `<built-in method ${def.name}>`;
}

const COUNTS = ["callcount", "reccallcount", "totaltime", "inlinetime"];
const fieldsOf = (...names: string[]) => names.map((name) => ({ name }));
const entryType = newStructSequence("_lsprof.profiler_entry", { fields: fieldsOf("code", ...COUNTS, "calls") });
const subentryType = newStructSequence("_lsprof.profiler_subentry", { fields: fieldsOf("code", ...COUNTS) });

const counts = ({ calls, recursiveCalls, total, own }: Tally, tick: number): Value[] => [
  calls,
  recursiveCalls,
  newFloat(total * tick),
  newFloat(own * tick),
];
function statistics(self: PyProfiler): Value {
  if (self.isEnabled) self.stop();
  const rows: Value[] = [];
  for (const entry of self.tallies.entries.values()) {
    if (entry.calls === 0) continue;
    const callees = [...entry.callees.values()]
      .filter(({ tally }) => tally.calls > 0)
      .map((callee) => subentryType.make([callee.entry.shown, ...counts(callee.tally, self.tick)]));
    rows.push(entryType.make([entry.shown, ...counts(entry, self.tick), callees.length > 0 ? newList(callees) : null]));
  }
  return newList(rows);
}

const INIT = signature("($self, timer=None, timeunit=0.0, subcalls=True, builtins=True)");
function init(self: PyProfiler, args: Value[], kwnames: KwNames): Status {
  const parsed = parseArgs(INIT, "Profiler", args, kwnames);
  if (parsed === EXC) return EXC;
  const [timer, unitValue, subcalls, builtins] = parsed as (Value | undefined)[];
  const unit = unitValue === undefined ? 0 : asDouble(unitValue);
  if (unit === EXC || choose(self, subcalls, builtins) === EXC) return EXC;
  self.timer = timer ?? null;
  self.unit = unit;
  return null;
}
function choose(self: PyProfiler, subcallsValue: Value | undefined, builtinsValue: Value | undefined): null | Exc {
  const subcalls = subcallsValue === undefined || isTrue(subcallsValue);
  const builtins = builtinsValue === undefined || isTrue(builtinsValue);
  if (subcalls === EXC || builtins === EXC) return EXC;
  self.subcalls = subcalls;
  self.builtins = builtins;
  return null;
}
/** What is known of native calls comes with CALL. */
const WITHOUT_CALLS = PROFILE_EVENTS & ~(1 << EVENT.CALL);

function enable(self: PyProfiler, subcalls?: Value, builtins?: Value): Result {
  if (choose(self, subcalls, builtins) === EXC) return EXC;
  const { names } = monitor();
  if (names[TOOL] !== undefined && !self.isEnabled) return valueError(`tool ${TOOL} is already in use`);
  names[TOOL] = "cProfile";
  self.isEnabled = true;
  monitor().setNative(TOOL, self, self.builtins ? PROFILE_EVENTS : WITHOUT_CALLS);
  return null;
}

const profilerType: PyType = newType("Profiler", {
  module: "_lsprof",
  doc: "Build a profiler object using the specified timer function.",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === profilerType ? new PyProfiler(cls) : new PyProfilerSub(cls)),
    tp_init: init,
  },
  methods: () => ({
    enable: method("($self, /, subcalls=True, builtins=True)", enable, "Start collecting profiling information."),
    disable: method(
      "($self, /)",
      (self: PyProfiler) => {
        self.stop();
        return null;
      },
      "Stop collecting profiling information.",
    ),
    clear: method(
      "($self, /)",
      (self: PyProfiler) => {
        self.tallies.clear();
        return null;
      },
      "Clear all profiling information collected so far.",
    ),
    getstats: method("($self, /)", statistics, "list of profiler_entry objects."),
  }),
});

export const lsprofModule = newModule("_lsprof", {
  doc: "Fast profiler",
  attributes: () => ({
    Profiler: profilerType,
    profiler_entry: entryType.type,
    profiler_subentry: subentryType.type,
  }),
});
