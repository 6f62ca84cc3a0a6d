/** The events of execution that tools can ask for, and the numbers of tools. Source: PEP 669, `sys.monitoring`. */

/** In the order of their numbers: event N is bit N of a set. */
export const EVENT_NAMES = [
  "PY_START",
  "PY_RESUME",
  "PY_RETURN",
  "PY_YIELD",
  "CALL",
  "LINE",
  "INSTRUCTION",
  "JUMP",
  "BRANCH_LEFT",
  "BRANCH_RIGHT",
  "STOP_ITERATION",
  "RAISE",
  "EXCEPTION_HANDLED",
  "PY_UNWIND",
  "PY_THROW",
  "RERAISE",
  "C_RETURN",
  "C_RAISE",
] as const;
export type EventName = (typeof EVENT_NAMES)[number];
export type Event = number;

/** `EVENT.LINE` is the event's number. */
export const EVENT = Object.fromEntries(EVENT_NAMES.map((name, number) => [name, number])) as {
  readonly [N in EventName]: Event;
};
/** The deprecated event that stands for both directions of a branch. */
export const BRANCH = EVENT_NAMES.length;

const setOf = (...names: EventName[]): number => names.reduce((set, name) => set | (1 << EVENT[name]), 0);

export const ALL_EVENTS = (1 << EVENT_NAMES.length) - 1;
/** Events at particular instructions: they can be asked for in one code object alone, and disabled at one place. */
export const LOCAL_EVENTS = (1 << EVENT.RAISE) - 1;
/** What comes with CALL and cannot be had without it. */
export const AFTER_CALL = setOf("C_RETURN", "C_RAISE");
export const BRANCHES = setOf("BRANCH_LEFT", "BRANCH_RIGHT");
/** Where control goes from one instruction to another one that does not follow it. */
export const MOVES = BRANCHES | setOf("JUMP");

/** Tools that Python can register. */
export const TOOLS = 6;
/** `sys.setprofile` and `sys.settrace` are tools as well; of several, the one with the highest number is told first. */
export const PROFILE_TOOL = 6;
export const TRACE_TOOL = 7;

export const PROFILE_EVENTS = setOf(
  "PY_START",
  "PY_RESUME",
  "PY_RETURN",
  "PY_YIELD",
  "CALL",
  "PY_UNWIND",
  "PY_THROW",
  "C_RETURN",
  "C_RAISE",
);
export const TRACE_EVENTS = setOf(
  "PY_START",
  "PY_RESUME",
  "PY_RETURN",
  "PY_YIELD",
  "LINE",
  "JUMP",
  "STOP_ITERATION",
  "RAISE",
  "PY_UNWIND",
  "PY_THROW",
);
export const INSTRUCTION_EVENT = setOf("INSTRUCTION");
