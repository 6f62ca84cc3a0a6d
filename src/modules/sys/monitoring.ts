/** `sys.monitoring`: tools and what they want to be told of. Source: PEP 669. */
import { PyCode } from "../../objects/code.ts";
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { fn, instantiateModule, newModule } from "../../objects/define.ts";
import { newDict } from "../../objects/dict.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { factsOf } from "../../objects/monitoring/code-facts.ts";
import {
  AFTER_CALL,
  ALL_EVENTS,
  BRANCH,
  BRANCHES,
  EVENT,
  EVENT_NAMES,
  LOCAL_EVENTS,
  TOOLS,
} from "../../objects/monitoring/events.ts";
import { monitor } from "../../objects/monitoring/monitor.ts";
import { DISABLE, MISSING } from "../../objects/monitoring/sentinels.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { newSimpleNamespace } from "../../objects/simple-namespace.ts";
import { strValue } from "../../objects/values.ts";

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
    monitor().names[tool] === undefined ? valueError(`tool ${tool} is not in use`) : use(tool, ...rest),
  );

function useTool(tool: number, name: Value): Result {
  if (strValue(name) === undefined) return valueError("tool name must be a str");
  const { names } = monitor();
  if (names[tool] !== undefined) return valueError(`tool ${tool} is already in use`);
  names[tool] = name;
  return null;
}
function clearTool(tool: number): Result {
  if (monitor().names[tool] !== undefined) monitor().clear(tool);
  return null;
}
function freeTool(tool: number): Result {
  clearTool(tool);
  monitor().names[tool] = undefined;
  return null;
}

/** BRANCH is both directions. */
const directions = (set: number): number => (((set >> BRANCH) & 1) !== 0 ? (set & ~(1 << BRANCH)) | BRANCHES : set);
const hex = (set: number): string => `0x${(set >>> 0).toString(16)}`;

function eventSet(value: Value): number | Exc {
  const set = asInt32(value);
  if (set === EXC) return EXC;
  if (set < 0 || set >= 1 << (BRANCH + 1)) return valueError(`invalid event set ${hex(set)}`);
  if ((set & AFTER_CALL) !== 0 && (set & (1 << EVENT.CALL)) === 0) {
    return valueError("cannot set C_RETURN or C_RAISE events independently");
  }
  return directions(set) & ~AFTER_CALL;
}
function setEvents(tool: number, value: Value): Result {
  const set = eventSet(value);
  if (set === EXC) return EXC;
  monitor().setEvents(tool, set & ALL_EVENTS);
  return null;
}
function getLocalEvents(tool: number, code: Value): Result {
  return code instanceof PyCode ? factsOf(code).local[tool] : typeError("code must be a code object");
}
function setLocalEvents(tool: number, code: Value, value: Value): Result {
  if (!(code instanceof PyCode)) return typeError("code must be a code object");
  const set = eventSet(value);
  if (set === EXC) return EXC;
  if ((set & ~LOCAL_EVENTS) !== 0) return valueError(`invalid local event set ${hex(set)}`);
  monitor().setLocalEvents(tool, factsOf(code), set);
  return null;
}

function registerCallback(tool: number, eventValue: Value, callback: Value): Result {
  const bit = asInt32(eventValue);
  if (bit === EXC) return EXC;
  if (bit <= 0) return valueError(`invalid event ${bit}`);
  if ((bit & (bit - 1)) !== 0) return valueError("The callback can only be set for one event at a time");
  const event = 31 - Math.clz32(bit);
  if (event > BRANCH) return valueError(`invalid event ${bit}`);
  const func = callback === null ? undefined : callback;
  const m = monitor();
  return (event === BRANCH ? m.setBranchCallback(tool, func) : m.setCallback(tool, event, func)) ?? null;
}
/** Of each event that somebody wants everywhere, who does. */
function allEvents(): Value {
  const dict = newDict();
  EVENT_NAMES.forEach((name, event) => {
    let tools = 0;
    for (let tool = 0; tool < 8; tool++) if ((monitor().eventsOf(tool) & (1 << event)) !== 0) tools |= 1 << tool;
    if (tools !== 0) dict.setStr(name, tools);
  });
  return dict;
}

const EVENTS = Object.fromEntries<Value>([
  ...EVENT_NAMES.map((name, event) => [name, 1 << event] as const),
  ["BRANCH", 1 << BRANCH],
  ["NO_EVENTS", 0],
]);

const spec = newModule("sys.monitoring", {
  doc: "Registration of tools that watch execution.",
  functions: () => ({
    use_tool_id: fn("($module, tool_id, name, /)", withTool(useTool)),
    clear_tool_id: fn("($module, tool_id, /)", withTool(clearTool)),
    free_tool_id: fn("($module, tool_id, /)", withTool(freeTool)),
    get_tool: fn(
      "($module, tool_id, /)",
      withTool((tool) => monitor().names[tool] ?? null),
    ),
    register_callback: fn("($module, tool_id, event, func, /)", withTool(registerCallback)),
    get_events: fn(
      "($module, tool_id, /)",
      withTool((tool) => monitor().eventsOf(tool)),
    ),
    set_events: fn("($module, tool_id, event_set, /)", inUse(setEvents)),
    get_local_events: fn("($module, tool_id, code, /)", withTool(getLocalEvents)),
    set_local_events: fn("($module, tool_id, code, event_set, /)", inUse(setLocalEvents)),
    restart_events: fn("($module, /)", () => {
      monitor().restart();
      return null;
    }),
    _all_events: fn("($module, /)", allEvents),
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
