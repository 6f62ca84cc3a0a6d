/** `sys.monitoring`: the names and the registry of tools; events are not sent. Source: PEP 669. */
import { EXC, PyObject, type Result, type Value } from "../../objects/core.ts";
import { fn, instantiateModule, newModule, newType } from "../../objects/define.ts";
import { notImplementedError, valueError } from "../../objects/errors.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import type { CountingPause } from "../../objects/tracing.ts";
import { rt } from "../../objects/runtime.ts";
import { newDict } from "../../objects/dict.ts";
import { newSimpleNamespace } from "../../objects/simple-namespace.ts";
import { strValue } from "../../objects/values.ts";

const EVENTS: Record<string, number> = {
  PY_START: 1,
  PY_RESUME: 2,
  PY_RETURN: 4,
  PY_YIELD: 8,
  CALL: 16,
  LINE: 32,
  INSTRUCTION: 64,
  JUMP: 128,
  BRANCH_LEFT: 256,
  BRANCH_RIGHT: 512,
  STOP_ITERATION: 1024,
  RAISE: 2048,
  EXCEPTION_HANDLED: 4096,
  PY_UNWIND: 8192,
  PY_THROW: 16384,
  RERAISE: 32768,
  C_RETURN: 65536,
  C_RAISE: 131072,
  BRANCH: 262144,
  NO_EVENTS: 0,
};
const TOOLS = 6;

const STATE = {};
const tools = (): (Value | undefined)[] => rt.state(STATE, () => []);

/** Runs `use` with a valid tool number. */
const withTool =
  (use: (tool: number, ...rest: Value[]) => Result) =>
  (toolValue: Value, ...rest: Value[]): Result => {
    const tool = asInt32(toolValue);
    if (tool === EXC) return EXC;
    if (tool < 0 || tool >= TOOLS) return valueError(`invalid tool ${tool} (must be between 0 and ${TOOLS - 1})`);
    return use(tool, ...rest);
  };
const inUse = (use: (tool: number, ...rest: Value[]) => Result) =>
  withTool((tool, ...rest) =>
    tools()[tool] === undefined ? valueError(`tool ${tool} is not in use`) : use(tool, ...rest),
  );

class Marker extends PyObject {}
const markerType = newType("object", { doc: null });
const DISABLE = new Marker(markerType.shapes);
const MISSING = new Marker(markerType.shapes);

const spec = newModule("sys.monitoring", {
  doc: "Registration of tools that watch execution.",
  functions: () => ({
    use_tool_id: fn(
      "($module, tool_id, name, /)",
      withTool((tool, name) => {
        if (strValue(name) === undefined) return valueError("tool name must be a str");
        if (tools()[tool] !== undefined) return valueError(`tool ${tool} is already in use`);
        tools()[tool] = name;
        return null;
      }),
    ),
    clear_tool_id: fn(
      "($module, tool_id, /)",
      withTool(() => null),
    ),
    free_tool_id: fn(
      "($module, tool_id, /)",
      withTool((tool) => {
        tools()[tool] = undefined;
        return null;
      }),
    ),
    get_tool: fn(
      "($module, tool_id, /)",
      withTool((tool) => tools()[tool] ?? null),
    ),
    register_callback: fn(
      "($module, tool_id, event, func, /)",
      withTool(() => null),
    ),
    get_events: fn(
      "($module, tool_id, /)",
      inUse(() => 0),
    ),
    set_events: fn(
      "($module, tool_id, event_set, /)",
      inUse((_tool, events) =>
        events === 0 ? null : notImplementedError("sys.monitoring events are not supported by this interpreter"),
      ),
    ),
    get_local_events: fn(
      "($module, tool_id, code, /)",
      inUse(() => 0),
    ),
    set_local_events: fn(
      "($module, tool_id, code, event_set, /)",
      inUse((_tool, _code, events) =>
        events === 0 ? null : notImplementedError("sys.monitoring events are not supported by this interpreter"),
      ),
    ),
    restart_events: fn("($module, /)", () => null),
    _all_events: fn("($module, /)", () => newDict()),
  }),
  attributes: () => ({
    DISABLE,
    MISSING,
    DEBUGGER_ID: 0,
    COVERAGE_ID: 1,
    PROFILER_ID: 2,
    OPTIMIZER_ID: 5,
    events: newSimpleNamespace(EVENTS),
  }),
});
export const monitoringModule = (): Value => instantiateModule(spec).module;

/** `sys._jit`: questions about the trace compiler. */
const jitSpec = newModule("sys._jit", {
  doc: "Utilities for observing just-in-time compilation.",
  functions: () => ({
    is_available: fn("($module, /)", () => rt.canCompile),
    is_enabled: fn("($module, /)", () => rt.jit?.compiles === true),
    // Compiled code notes where it stands before it calls.
    is_active: fn("($module, /)", () => rt.frame !== null && rt.frame.spill !== null),
  }),
});
/** As in a CPython that was built with statistics: there where somebody counts. */
export const statisticsFunctions = (): Record<string, ReturnType<typeof fn>> =>
  rt.jit?.isWatching === true
    ? {
        _stats_on: fn("($module, /)", () => paused((pause) => pause.end())),
        _stats_off: fn("($module, /)", () => paused((pause) => pause.begin())),
        _stats_clear: fn("($module, /)", () => paused((pause) => pause.clear())),
      }
    : {};
function paused(action: (pause: CountingPause) => void): null {
  const pause = rt.jit?.pause ?? null;
  if (pause !== null) action(pause);
  return null;
}

export const jitModule = (): Value => instantiateModule(jitSpec).module;
