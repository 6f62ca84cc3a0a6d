/**
 * Tools that watch execution: what they have asked for, and how they are told. While an event is wanted `rt.monitor` is
 * here, and the interpreter runs by a loop of its own (`src/generated/monitored.ts`) that asks before each instruction;
 * else nothing is asked. While a tool is told something, no event is sent: it runs as any code does when nobody watches.
 *
 * Source: PEP 669; https://docs.python.org/3.14/library/sys.monitoring.html
 */
import { EXC, type Exc, type Result, type Status, type Value } from "../core.ts";
import { valueError } from "../errors.ts";
import type { PyBaseException } from "../exceptions/base.ts";
import type { PyFrame } from "../frame.ts";
import { call } from "../protocol/call.ts";
import { rt } from "../runtime.ts";
import type { CodeFacts } from "./code-facts.ts";
import { AFTER_CALL, BRANCHES, EVENT, EVENT_NAMES, type Event, LOCAL_EVENTS } from "./events.ts";
import { stateOf } from "./frame-state.ts";
import { leaveLoops } from "./leave-loops.ts";
import { DISABLE, MISSING } from "./sentinels.ts";

/** A tool of the interpreter's own: told with the event's arguments as Python tools are, code object aside. */
export interface NativeTool {
  tell(event: Event, frame: PyFrame, args: readonly Value[]): Status;
}
const TOOL_COUNT = 8;

export class Monitor {
  readonly names: (Value | undefined)[] = [];
  private readonly natives: (NativeTool | null)[] = [];
  private readonly callbacks: (Value | undefined)[][] = Array.from({ length: TOOL_COUNT }, () => []);
  /** Tools that have one callback for both directions of branches. */
  private readonly joint = new Set<number>();
  /** What each tool wants everywhere. */
  private readonly sets = new Int32Array(TOOL_COUNT);
  /** The tools, as bits, that want an event everywhere. */
  private readonly listeners = new Int32Array(EVENT_NAMES.length);
  /** Code in which something is wanted there alone. */
  private readonly marked = new Set<CodeFacts>();
  /** Tools that are being told something. */
  private telling = 0;
  /** The event that they are told; -1: none. */
  event: Event | -1 = -1;
  /** What ended the iterator that was asked last, if it raised StopIteration. */
  ended: PyBaseException | null = null;
  /** Everything that wants to be told of some event, somewhere. */
  private isWanted = false;
  private restarts = 0;

  // ── what is wanted ─────────────────────────────────────────────────────────────────────────────────────────
  eventsOf(tool: number): number {
    return this.sets[tool];
  }
  setEvents(tool: number, set: number): void {
    this.sets[tool] = set & ~AFTER_CALL;
    this.refresh();
  }
  setLocalEvents(tool: number, facts: CodeFacts, set: number): void {
    facts.local[tool] = set & ~AFTER_CALL;
    facts.isMarked = facts.local.some((events) => events !== 0);
    if (facts.isMarked) this.marked.add(facts);
    else this.marked.delete(facts);
    this.refresh();
  }
  setNative(tool: number, native: NativeTool | null, set: number): void {
    this.natives[tool] = native;
    this.setEvents(tool, native === null ? 0 : set);
  }
  /** Gives the one before. */
  setCallback(tool: number, event: Event, callback: Value | undefined): Value | undefined {
    const before = this.callbacks[tool][event];
    this.callbacks[tool][event] = callback;
    if ((BRANCHES & (1 << event)) !== 0) this.joint.delete(tool);
    return before;
  }
  /** Both directions of branches have one callback: what it disables, it disables for both. */
  setBranchCallback(tool: number, callback: Value | undefined): Value | undefined {
    const before = this.callbacks[tool][EVENT.BRANCH_LEFT];
    this.callbacks[tool][EVENT.BRANCH_LEFT] = callback;
    this.callbacks[tool][EVENT.BRANCH_RIGHT] = callback;
    this.joint.add(tool);
    return before;
  }
  clear(tool: number): void {
    this.callbacks[tool].length = 0;
    this.natives[tool] = null;
    this.sets[tool] = 0;
    for (const facts of this.marked) this.setLocalEvents(tool, facts, 0);
    this.refresh();
  }
  /** Places where tools have disabled an event are looked at again. */
  restart(): void {
    this.restarts++;
  }
  private refresh(): void {
    for (let event = 0; event < this.listeners.length; event++) {
      let tools = 0;
      for (let tool = 0; tool < TOOL_COUNT; tool++) if ((this.sets[tool] & (1 << event)) !== 0) tools |= 1 << tool;
      this.listeners[event] = tools;
    }
    this.isWanted = this.marked.size > 0 || this.sets.some((set) => set !== 0);
    if (this.telling === 0) this.turn();
  }
  /** The interpreter's loops are left for those that ask, or go back. */
  private turn(): void {
    if (!this.isWanted) rt.monitor = null;
    else if (rt.monitor === null) {
      rt.monitor = this;
      leaveLoops();
    }
  }
  /** Runs something with events, while a tool is being told of one (`sys.call_tracing`). */
  watch(run: () => Result): Result {
    const { telling, event } = this;
    this.telling = 0;
    rt.monitor = this.isWanted ? this : null;
    try {
      return run();
    } finally {
      this.telling = telling;
      this.event = event;
      rt.monitor = telling === 0 && this.isWanted ? this : null;
    }
  }

  // ── telling ────────────────────────────────────────────────────────────────────────────────────────────────
  /** The tools, as bits, that are to be told of the event at this place. */
  listenersAt(event: Event, facts: CodeFacts, pc: number): number {
    let tools = this.listeners[event];
    if (facts.isMarked) {
      for (let tool = 0; tool < TOOL_COUNT; tool++) if ((facts.local[tool] & (1 << event)) !== 0) tools |= 1 << tool;
    }
    return tools === 0 || facts.disabled.size === 0 ? tools : tools & ~this.disabledAt(event, facts, pc);
  }
  private disabledAt(event: Event, facts: CodeFacts, pc: number): number {
    if (facts.restarts !== this.restarts) {
      facts.restarts = this.restarts;
      facts.disabled.clear();
    }
    return facts.disabled.get(placeOf(event, pc)) ?? 0;
  }
  /** Tells of an event where `frame` stands. */
  tell(event: Event, frame: PyFrame, args: readonly Value[]): Status {
    const { facts } = stateOf(frame);
    return this.tellTools(this.listenersAt(event, facts, frame.pc), event, frame, frame.pc, args);
  }
  tellTools(tools: number, event: Event, frame: PyFrame, pc: number, args: readonly Value[]): Status {
    for (let tool = TOOL_COUNT - 1, rest = tools; rest !== 0; tool--) {
      const bit = 1 << tool;
      if ((rest & bit) === 0) continue;
      rest &= ~bit;
      const answer = this.tellTool(tool, event, frame, args);
      if (answer === EXC) return EXC;
      if (answer === DISABLE && this.disable(tool, event, frame, pc) === EXC) return EXC;
    }
    return null;
  }
  private tellTool(tool: number, event: Event, frame: PyFrame, args: readonly Value[]): Result {
    const native = this.natives[tool] ?? null;
    const callback = this.callbacks[tool][event];
    if (native === null && (callback === undefined || callback === null)) return null;
    const before = this.event;
    this.event = event;
    this.telling++;
    rt.monitor = null;
    try {
      return native === null ? call(callback as Value, [frame.code, ...args]) : native.tell(event, frame, args);
    } finally {
      this.telling--;
      this.event = before;
      rt.monitor = this.telling === 0 && this.isWanted ? this : null;
    }
  }
  private disable(tool: number, event: Event, frame: PyFrame, pc: number): null | Exc {
    if ((LOCAL_EVENTS & (1 << event)) === 0) {
      if ((AFTER_CALL & (1 << event)) !== 0) return null;
      this.callbacks[tool][event] = undefined;
      return valueError(`Cannot disable ${EVENT_NAMES[event]} events. Callback removed.`);
    }
    const { facts } = stateOf(frame);
    const isBranch = (BRANCHES & (1 << event)) !== 0 && this.joint.has(tool);
    for (const each of isBranch ? [EVENT.BRANCH_LEFT, EVENT.BRANCH_RIGHT] : [event]) {
      const tools = this.disabledAt(each, facts, pc) | (1 << tool);
      facts.disabled.set(placeOf(each, pc), tools);
    }
    return null;
  }

  // ── exceptions ─────────────────────────────────────────────────────────────────────────────────────────────
  /** `frame` has raised what is pending, `again`: as it had been raised before; `isPassed`: it came from its callee. */
  raised(frame: PyFrame, again: boolean, isPassed: boolean): void {
    const state = stateOf(frame);
    state.before = frame.pc;
    if (state.call !== null) {
      const { callee, arg0 } = state.call;
      state.call = null;
      const tools = this.listenersAt(EVENT.CALL, state.facts, frame.pc);
      this.aside(() => this.tellTools(tools, EVENT.C_RAISE, frame, frame.pc, callArguments(frame, callee, arg0)));
    }
    this.tellException(again ? EVENT.RERAISE : EVENT.RAISE, frame, lastUnit(state.facts, frame.pc, isPassed));
  }
  /** Its handler is entered; EXC: a tool has raised another exception. */
  handled(frame: PyFrame, raisedAt: number): Status {
    const state = stateOf(frame);
    state.before = raisedAt;
    state.isHandling = true;
    return this.tell(EVENT.EXCEPTION_HANDLED, frame, [frame.pc * 2, frame.s[frame.sp - 1] as Value]);
  }
  /** What is pending leaves the frame; `from`: the instruction that raised it here, if only again. */
  unwound(frame: PyFrame, from: number, isPassed: boolean): void {
    this.tellException(EVENT.PY_UNWIND, frame, lastUnit(stateOf(frame).facts, from, isPassed));
  }
  /** What is pending has been thrown into the generator whose frame this is. */
  thrown(frame: PyFrame): void {
    this.tellException(EVENT.PY_THROW, frame, frame.pc + 1);
  }
  private tellException(event: Event, frame: PyFrame, at: number): void {
    const exc = rt.exc as PyBaseException;
    this.aside(() => this.tell(event, frame, [at * 2, exc]));
  }
  /** While tools are told, the exception is not pending; one that they raise takes its place. */
  private aside(tell: () => Status): void {
    const { exc } = rt;
    rt.exc = null;
    if (tell() !== EXC) rt.exc = exc;
  }
}
export function callArguments(frame: PyFrame, callee: Value, arg0: Value | undefined): Value[] {
  return [frame.pc * 2, callee, arg0 === undefined ? MISSING : arg0];
}

/** Of an exception, the code unit is told in front of where the frame would go on, or stands again after a call. */
const lastUnit = (facts: CodeFacts, pc: number, isPassed: boolean): number => (isPassed ? pc : facts.after(pc)) - 1;
const placeOf = (event: Event, pc: number): number => event * 0x1000000 + pc;

const MONITOR = {};
/** The interpreter's monitor, whether something is wanted or not. */
export const monitor = (): Monitor => rt.state(MONITOR, () => new Monitor());
