/**
 * Translates logs of Python instructions into traces: an abstract interpreter whose values are nodes. Since a trace is
 * a straight line, what was proved once need not be proved again, and frames exist only in snapshots.
 *
 * A region is translated as a whole: the root's log, and at each exit that has one, its side log, from the state at
 * that exit. The kinds of the root's slots are assumed from what the recording met; where the end of some log does not
 * keep the promise, the slot's kind is widened and the region translated anew.
 */
import { nameOf, widthOf } from "./instructions.ts";
import type { InlineCache } from "../../objects/code.ts";
import type { Shape, Value } from "../../objects/core.ts";
import { PyFloat } from "../../objects/float.ts";
import type { PyFunction } from "../../objects/function.ts";
import { floatType, listType, tupleType, dictType } from "../../objects/types.ts";
import type { Exit, FrameSnapshot, Outcome } from "../ir/exit.ts";
import { type Kind, MAX_INT, Node } from "../ir/node.ts";
import { type Path, pathTo } from "../ir/path.ts";
import type { Trace } from "../ir/trace.ts";
import type { Log, LogEnd, Place, Raised, Step } from "../record/log.ts";
import { kindOfShape } from "../record/seen.ts";
import type { Region } from "../region.ts";
import type { Idea, JitSettings } from "../settings.ts";
import { type Instruction, runInstruction } from "./fallback.ts";
import { isPlain } from "./nan.ts";
import { enterMethod } from "./methods.ts";
import { RULES } from "./rules.ts";
import { alwaysRaises, raise } from "./rules/exceptions.ts";
import { forgetUnwritten, linkGenerators } from "./generators.ts";
import { type Arm, join } from "./join.ts";
import { State, VirtualFrame, kindIn } from "./state.ts";
import { handlerAt, rewind, unwind } from "./unwind.ts";
import { noteZone, zoneOf } from "./zones.ts";

/** Thrown when a slot of the root was assumed to be of a kind that it does not keep. */
export class Widened extends Error {}
/** Thrown when a log cannot be translated; `message` names the reason. */
export class Untranslatable extends Error {}

/** Kinds of values that no list can be reached from. */
const PRIMITIVES: ReadonlySet<Kind> = new Set(["unbound", "none", "bool", "int", "bigint", "float", "boxed", "str"]);

/** Guards on how a list, or an iterator's list, keeps its items: as raw doubles? */
const KEEPS: Readonly<Record<string, boolean>> = {
  KEEPS_DOUBLES: true,
  KEEPS_VALUES: false,
  ITER_KEEPS_DOUBLES: true,
  ITER_KEEPS_VALUES: false,
};

/** Ends at which the last step is not run. */
const STOPS: ReadonlySet<LogEnd> = new Set(["return", "yield", "leave"]);
const placePc = ({ log, index }: Place): number => log.steps[index].pc;

/** A log that is being translated. */
interface Scope {
  readonly log: Log;
  /** The step that is being translated. */
  index: number;
  readonly trace: Trace;
  /** Side traces that wait for it to come to a step. */
  readonly arms: Map<number, Arm[]>;
}

export class Translator {
  state = new State();
  nodes: Node[] = [];
  /** The root's slots as the region's start finds them. */
  readonly header: Node[] = [];
  /** Leaves at the region's start. */
  start!: Exit;
  readonly exits: Exit[] = [];
  private lastId = 0;
  private readonly constants = new Map<unknown, Node>();
  /** Raw doubles, by their text. */
  private readonly doubles = new Map<string, Node>();
  private log!: Log;
  private index = 0;
  /** Reasons of the running instruction's guards so far. */
  private reasons: string[] = [];
  private readonly scopes: Scope[] = [];
  /** What has run before the running instruction. */
  private path: Path | null = null;
  private before: FrameSnapshot[] | null = null;
  /** The last step has run something unknown, which may have changed the frames' locals. */
  private hasCalled = false;
  /** The last operation that may raise. */
  private raising: Node | null = null;
  /** What is known where the guard that is being made fails, as `State.checked` has it. */
  private failing: string | null = null;

  constructor(
    readonly region: Region,
    private readonly settings: JitSettings,
    /** Notes the steps that nodes are made for, where somebody asks. */
    private readonly origins: Map<Node, Step> | null = null,
    /** The regions that the same function can go over to. */
    private readonly annexes: ReadonlySet<unknown> = new Set(),
  ) {}

  // ── the region ─────────────────────────────────────────────────────────────────────────────────────────────
  translate(): Trace {
    const { root, kinds } = this.region;
    const frame = new VirtualFrame(root.code, null, root.globals);
    frame.sp = kinds.length;
    for (let i = 0; i < kinds.length; i++) {
      const node = this.node("HEADER", [], kinds[i], i);
      this.header.push(node);
      frame.slots.push(node);
    }
    this.state.frames.push(frame);
    frame.pc = root.pc;
    this.state.zone = zoneOf(this.state);
    this.start = this.makeExit("start", "again", "turns", this.snapshot());
    const trace = this.translateLog(this.region.log);
    return trace;
  }

  /** `begin` emits what comes first. */
  private translateLog(log: Log, begin?: () => void): Trace {
    return this.translateFrom(log, 0, begin);
  }
  private translateFrom(log: Log, from: number, begin?: () => void): Trace {
    const saved = { log: this.log, index: this.index, nodes: this.nodes, before: this.before };
    this.log = log;
    this.nodes = [];
    const trace: Trace = { log, nodes: this.nodes, end: { kind: "leave", exit: null as unknown as Exit } };
    const scope: Scope = { log, index: from, trace, arms: new Map() };
    this.scopes.push(scope);
    this.before = null;
    begin?.();
    trace.end = this.translateSteps(scope, from);
    this.scopes.pop();
    // The trace did not come where they wait.
    for (const arms of scope.arms.values()) for (const arm of arms) this.part(arm);
    Object.assign(this, saved);
    return trace;
  }
  private translateSteps(scope: Scope, from: number): Trace["end"] {
    const { log } = scope;
    for (this.index = from; this.index < log.steps.length; this.index++) {
      scope.index = this.index;
      const step = log.steps[this.index];
      this.before = null;
      this.reasons = [];
      const isLast = this.index === log.steps.length - 1;
      this.state.top.pc = step.pc;
      if (this.hasCalled) this.checkForced();
      noteZone(this);
      this.meet(scope);
      if (isLast && log.end === "raise") return this.raiseEnd(log, step);
      if (isLast && STOPS.has(log.end)) break;
      if (step.raised !== null && !alwaysRaises(step.op)) return this.raisingStep(log, step, step.raised);
      this.translateStep(step);
      this.ran(step);
    }
    this.before = null;
    if (this.hasCalled) {
      this.state.top.pc = this.endPc(log);
      this.checkForced();
    }
    if (log.end === "loop") {
      this.state.top.pc = this.region.root.pc;
      noteZone(this);
    }
    if (log.end === "join") return this.joinEnd(log, scope.trace);
    return log.end === "loop" ? this.loopEnd() : this.leaveEnd(log);
  }

  // ── ways that meet ─────────────────────────────────────────────────────────────────────────────────────────
  /** The side trace waits for the trace around it to come to where both go on. */
  private joinEnd(log: Log, trace: Trace): Trace["end"] {
    const place = log.link as Place;
    this.top.pc = placePc(place);
    noteZone(this);
    const scope = this.scopes.findLast((open) => open.log === place.log);
    const key = `${log.id}:meets`;
    const exit = this.makeExit(key, "resume", "does not meet", this.snapshot());
    const arm: Arm = { trace, state: this.state, path: this.path, exit };
    if (scope === undefined || scope.index >= place.index) this.part(arm);
    else {
      const waiting = scope.arms.get(place.index);
      if (waiting === undefined) scope.arms.set(place.index, [arm]);
      else waiting.push(arm);
    }
    return trace.end;
  }
  /** Side traces that have waited for the running step go on with it. */
  private meet(scope: Scope): void {
    const arms = scope.arms.get(scope.index);
    if (arms === undefined) return;
    scope.arms.delete(scope.index);
    for (const arm of join(this, arms, this.path)) this.part(arm);
  }
  /** The side trace goes on for itself: by a side trace of its own, or in the interpreter. */
  private part({ trace, state, path, exit }: Arm): void {
    trace.end = { kind: "leave", exit };
    const side = this.region.sideLog(exit.key);
    if (side === undefined) return;
    const { state: mine, path: ran, reasons, hasCalled, raising } = this;
    Object.assign(this, { state: state.clone(), path, hasCalled: false });
    const rest = this.translateLog(side);
    trace.nodes.push(...rest.nodes);
    trace.end = rest.end;
    Object.assign(this, { state: mine, path: ran, reasons, hasCalled, raising });
  }
  /** Emits at the end of another trace, in its state. */
  within<T>({ trace, state }: Arm, work: () => T): T {
    const saved = { nodes: this.nodes, state: this.state };
    Object.assign(this, { nodes: trace.nodes, state });
    const result = work();
    Object.assign(this, saved);
    return result;
  }

  // ── exceptions ─────────────────────────────────────────────────────────────────────────────────────────────
  /** The last step raises, and no frame of the trace has a handler. */
  private raiseEnd(log: Log, step: Step): Trace["end"] {
    const before = this.beforeStep();
    raise(this, step);
    return { kind: "leave", exit: this.makeExit(`${log.id}:end`, "raise", log.reason, before) };
  }
  /** The step has raised: the log goes on at the operation's exit; where it does not raise the trace ends. */
  private raisingStep(log: Log, step: Step, handler: Raised): Trace["end"] {
    const { index, nodes } = this;
    const path = pathTo(this.path, step);
    const before = this.state.clone();
    const made = nodes.length;
    this.raising = null;
    this.translateStep(step);
    if (this.raising === null) {
      // The rule leaves where this raises: the instruction's own function does not.
      nodes.length = made;
      this.state = before.clone();
      this.reasons = [];
      runInstruction(this, step);
    }
    const node = this.raising as Node | null;
    if (node === null) this.give(`${nameOf(step.op)} raises`);
    const runs = (node as Node).site !== null;
    const returned = this.state;
    const hasCalled = this.hasCalled;
    this.path = path;
    before.frames.forEach(({ resumed }, depth) => {
      if (resumed !== null && returned.frames[depth]?.resumed?.isLinked === true) resumed.isLinked = true;
    });
    this.state = before;
    (node as Node).side = this.translateFrom(log, index + 1, () => this.beginHandler(runs, handler));
    // Not raised.
    this.state = returned;
    this.path = path;
    this.reasons = [];
    this.hasCalled = hasCalled;
    this.top.pc = step.pc + widthOf(step.op);
    if (hasCalled) this.checkForced();
    const key = `${log.id}:${index}:returned`;
    const side = this.region.sideLog(key);
    if (side === undefined)
      return { kind: "leave", exit: this.makeExit(key, "resume", "does not raise", this.snapshot()) };
    const rest = this.translateLog(side);
    nodes.push(...rest.nodes);
    return rest.end;
  }
  /** A side log that begins at the handler of what `node` raises. */
  private translateRaised(side: Log, node: Node, runs: boolean): Trace {
    const { state, path, reasons, hasCalled, raising } = this;
    const before = this.beforeStep();
    const handler = handlerAt(before);
    if (handler === null) this.give("no handler");
    this.state = state.clone();
    rewind(this.state, before);
    this.ran(this.log.steps[this.index]);
    const trace = this.translateLog(side, () => this.beginHandler(runs, handler as Raised));
    Object.assign(this, { state, path, reasons, hasCalled, raising });
    return trace;
  }
  private beginHandler(runs: boolean, handler: Raised): void {
    this.hasCalled = false;
    if (runs) this.afterCall();
    else {
      this.state.memory.clear();
      this.state.checked.clear();
    }
    unwind(this, handler);
  }

  private endPc(log: Log): number {
    if (log.end === "join") return placePc(log.link as Place);
    if (log.end === "link") return (log.link as Region).root.pc;
    return log.end === "loop" ? this.region.root.pc : this.state.top.pc;
  }
  /** After a step that has run something unknown: leaves when that has changed the frames. */
  private checkForced(): void {
    this.hasCalled = false;
    const node = this.node("NOT_FORCED", [], "none");
    node.exit = this.makeExit(`${this.log.id}:${this.index}:forced`, "forced", "frames changed", this.snapshot());
    this.nodes.push(node);
  }
  private ran(step: Step): void {
    this.path = pathTo(this.path, step);
  }
  private translateStep(step: Step): void {
    const depth = this.state.frames.length - 1;
    if (step.depth !== depth) throw new Untranslatable(`frames differ: ${step.depth}, not ${depth}`);
    // Rules change the stack as they go: what the instruction began with is noted first.
    this.beforeStep();
    if (step.method !== null && this.isInlined(step)) return enterMethod(this, step, step.method);
    const first = this.nodes.length;
    const rule = RULES[nameOf(step.op)] ?? runInstruction;
    rule(this, step);
    this.forgetSwitchedOff(first);
  }

  /** Ideas that are switched off: what they live on is forgotten after each instruction. */
  private forgetSwitchedOff(first: number): void {
    const { state } = this;
    if (this.lacks("guards")) {
      state.kinds.clear();
      state.shapes.clear();
      state.truth.clear();
      state.checked.clear();
    }
    if (this.lacks("forwarding")) state.memory.clear();
    if (this.lacks("unboxing")) {
      state.boxed.clear();
      state.unboxed.clear();
    }
    if (!this.lacks("ranges")) return;
    for (const node of this.nodes.slice(first)) {
      node.low = -MAX_INT;
      node.high = MAX_INT;
    }
  }
  lacks(idea: Idea): boolean {
    return this.settings.without.has(idea);
  }

  private loopEnd(): Trace["end"] {
    const { top } = this.state;
    const { kinds } = this.region;
    if (this.state.frames.length !== 1 || top.sp !== kinds.length) throw new Untranslatable("the stack differs");
    const slots = top.slots.slice(0, top.sp).map((node, i) => {
      if (node === this.header[i]) return node;
      const kind = kinds[i];
      if (kind === "float") {
        const raw = this.rawFloat(node);
        if (raw !== null) return this.carried(raw, i);
      } else if (kind === "any") return this.boxed(node);
      else if (this.kindOf(node) === kind) return node;
      kinds[i] = "any";
      throw new Widened();
    });
    return { kind: "loop", slots, path: this.path };
  }
  /** Carried into the next turn, which makes another object of it: a NaN leaves with its own. */
  private carried(raw: Node, slot: number): Node {
    if (isPlain(raw)) return raw;
    const node = this.node("IS_NOT_NAN", [raw], "none");
    const key = `${this.log.id}:turn:${slot}`;
    node.exit = this.makeExit(key, "resume", "carries a NaN", this.snapshot());
    node.isFinal = true;
    const side = this.region.sideLog(key);
    if (side !== undefined) node.side = this.translateSide(side, node);
    this.nodes.push(node);
    return raw;
  }
  /** Over to a region of the same function; what its slots cannot be known to be is guarded, or leaves. */
  private linkEnd(target: Region, exit: Exit): Trace["end"] {
    const { top, frames } = this.state;
    if (frames.length !== 1 || top.sp !== target.kinds.length) return { kind: "leave", exit };
    const slots: Node[] = [];
    for (let i = 0; i < top.sp; i++) {
      const slot = this.asSlot(top.slots[i], target.kinds[i], exit);
      if (slot === null) return { kind: "leave", exit };
      slots.push(slot);
    }
    return { kind: "link", target, slots, path: this.path, exit };
  }
  /** A value as the root's slots of a region have it; null: it is of another kind. */
  private asSlot(node: Node, kind: Kind, exit: Exit): Node | null {
    if (kind === "any") return this.boxed(node);
    const wanted = kind === "float" ? "boxed" : kind;
    if (node.kind === "any" && this.kindOf(node) === "any") {
      if (wanted === "boxed") this.leaveUnless("HAS_SHAPE", node, exit, floatType.shapes);
      else if (wanted === "int") this.leaveUnless("IS_INT", node, exit);
      else return null;
      this.state.kinds.set(node, wanted);
    }
    if (kind !== "float") return this.kindOf(node) === kind ? node : null;
    const raw = this.rawFloat(node);
    if (raw !== null && !isPlain(raw)) this.leaveUnless("IS_NOT_NAN", raw, exit);
    return raw;
  }
  private leaveUnless(op: string, node: Node, exit: Exit, data?: unknown): void {
    const guard = this.node(op, [node], "none", data);
    guard.exit = exit;
    this.nodes.push(guard);
  }
  private leaveEnd(log: Log): Trace["end"] {
    const { top } = this.state;
    if (log.end === "link") {
      const target = log.link as Region;
      top.pc = target.root.pc;
      const exit = this.makeExit(`${log.id}:end`, "link", log.reason, this.snapshot(), target);
      return this.annexes.has(target) ? this.linkEnd(target, exit) : { kind: "leave", exit };
    }
    top.pc = log.steps[log.steps.length - 1].pc;
    if (log.end === "return") {
      const value = this.boxed(top.peek(1));
      return { kind: "return", value, exit: this.makeExit(`${log.id}:end`, "resume", log.reason, this.snapshot()) };
    }
    if (log.end === "yield") {
      const slots = top.slots.slice(0, top.sp).map((node) => this.boxed(node));
      const value = slots.pop() as Node;
      const exit = this.makeExit(`${log.id}:end`, "resume", log.reason, this.snapshot());
      return { kind: "yield", value, slots, exit };
    }
    return { kind: "leave", exit: this.makeExit(`${log.id}:end`, "resume", log.reason, this.snapshot()) };
  }

  // ── nodes ──────────────────────────────────────────────────────────────────────────────────────────────────
  node(op: string, args: readonly Node[], kind: Kind, data?: unknown): Node {
    const node = new Node(++this.lastId, op, args, kind, data);
    if (this.origins !== null) this.noteOrigin(node, this.origins);
    return node;
  }
  private noteOrigin(node: Node, origins: Map<Node, Step>): void {
    const step: Step | undefined = this.log?.steps[this.index];
    if (step !== undefined) origins.set(node, step);
  }
  emit(op: string, args: readonly Node[], kind: Kind, data?: unknown): Node {
    const node = this.node(op, args, kind, data);
    this.nodes.push(node);
    return node;
  }
  constant(value: unknown): Node {
    const known = this.constants.get(value);
    if (known !== undefined) return known;
    const node = this.node("CONST", [], constantKind(value), value);
    if (typeof value === "number") node.low = node.high = value;
    this.constants.set(value, node);
    return node;
  }
  /** A raw double that is known. */
  floatConstant(value: number): Node {
    const key = Object.is(value, -0) ? "-0" : String(value);
    const known = this.doubles.get(key);
    if (known !== undefined) return known;
    const node = this.node("CONST", [], "float", value);
    this.doubles.set(key, node);
    return node;
  }
  get unbound(): Node {
    return this.constant(undefined);
  }
  get top(): VirtualFrame {
    return this.state.top;
  }

  // ── what is known ──────────────────────────────────────────────────────────────────────────────────────────
  kindOf(node: Node): Kind {
    return kindIn(this.state, node);
  }
  shapeOf(node: Node): Shape | undefined {
    return this.state.shapes.get(node);
  }

  // ── leaving ────────────────────────────────────────────────────────────────────────────────────────────────
  /** The frames as they stand. */
  snapshot(): FrameSnapshot[] {
    return this.state.frames.map((frame) => ({
      code: frame.code,
      func: frame.func,
      generator: frame.resumed?.generator ?? null,
      heap: frame.resumed === null ? [] : [...frame.resumed.heap],
      pc: frame.pc,
      slots: frame.slots.slice(0, frame.sp).map((node) => this.objectOf(node)),
      returnPc: frame.returnPc,
      onReturn: frame.onReturn,
      pushNull: frame.pushNull,
      returnData: frame.returnData,
    }));
  }
  /** A raw double that may be a NaN is the object that has been made of it, where one has (`nan.ts`). */
  private objectOf(node: Node): Node {
    if (node.kind !== "float" || node.op === "HEADER" || isPlain(node)) return node;
    return this.state.boxed.get(node) ?? node;
  }
  /** The snapshot before the running instruction. */
  beforeStep(): FrameSnapshot[] {
    this.before ??= this.snapshot();
    return this.before;
  }
  /** What follows stands where the frames stand now. */
  beginStep(): void {
    this.before = this.snapshot();
  }
  makeExit(key: string, outcome: Outcome, reason: string, snapshot: FrameSnapshot[], link: unknown = null): Exit {
    const place: Place = { log: this.log, index: this.index };
    const exit: Exit = { key, outcome, reason, snapshot, path: this.path, link, place };
    this.exits.push(exit);
    return exit;
  }
  private count(reason: string): number {
    let n = 0;
    for (const other of this.reasons) if (other === reason) n++;
    this.reasons.push(reason);
    return n;
  }
  /** Leaves before the running instruction unless the condition holds. */
  guard(op: string, args: readonly Node[], reason: string, data?: unknown): void {
    const node = this.node(op, args, "none", data);
    const key = `${this.log.id}:${this.index}:${reason}:${this.count(reason)}`;
    const before = this.beforeStep();
    node.exit = this.makeExit(key, "resume", reason, before);
    node.isFinal = before[before.length - 1].pc !== this.log.steps[this.index].pc;
    const side = this.region.sideLog(key) ?? this.wayOn(node.exit);
    if (side !== undefined) node.side = this.translateSide(side, node);
    this.nodes.push(node);
  }
  /** The way from an exit to a region of the same function. */
  private wayOn({ key, snapshot }: Exit): Log | undefined {
    const way = snapshot.length === 1 && this.annexes.size > 0 ? this.region.wayOn(key) : undefined;
    return way !== undefined && this.annexes.has(way.link) ? way : undefined;
  }
  /** `guard` has failed. */
  private translateSide(side: Log, guard: Node): Trace {
    const { state, path, reasons, hasCalled, raising, failing } = this;
    this.state = state.clone();
    this.failing = null;
    // The rule may have begun to work on the stack.
    rewind(this.state, (guard.exit as Exit).snapshot);
    if (guard.op === "HOLDS" || guard.op === "HOLDS_NOT") this.state.truth.set(guard.args[0], guard.op === "HOLDS_NOT");
    if (failing !== null) this.state.checked.add(failing);
    if (guard.op in KEEPS) this.state.storages.set(guard.args[0], !KEEPS[guard.op]);
    const trace = this.translateLog(side);
    Object.assign(this, { state, path, reasons, hasCalled, raising, failing });
    return trace;
  }
  /** An operation that may raise: the exception is raised where the running instruction stands. */
  raises(node: Node, runs = false): Node {
    const key = `${this.log.id}:${this.index}:raise:${this.count("raise")}`;
    node.exit = this.makeExit(key, "raise", "exception", this.beforeStep());
    const side = this.region.sideLog(key);
    if (side !== undefined) node.side = this.translateRaised(side, node, runs);
    this.raising = node;
    return node;
  }
  /** A call of `helper`, which may run any code and always raises. */
  callRaising(helper: unknown, args: readonly Node[]): void {
    const before = this.beforeStep();
    const boxed = args.map((arg) => this.boxed(arg));
    const node = this.emit("CALL", boxed, "any", helper);
    node.site = this.makeExit(`${this.log.id}:${this.index}:site`, "forced", "frames seen", before);
    this.afterCall();
  }
  /** A call of `helper`, which may run any code. */
  call(helper: unknown, args: readonly Node[], kind: Kind = "any"): Node {
    linkGenerators(this);
    const before = this.beforeStep();
    const node = this.emit(
      "CALL",
      args.map((arg) => this.boxed(arg)),
      kind,
      helper,
    );
    this.raises(node, true);
    node.site = this.makeExit(`${this.log.id}:${this.index}:site`, "forced", "frames seen", before);
    this.afterCall();
    return node;
  }
  /**
   * After a call that gave `value` or END: goes on as the recording did, with the value pushed where there is one. The
   * other way is an exit after the call.
   */
  branchOnEnd(value: Node, ended: boolean, endPc: number, nextPc: number): void {
    const { top } = this;
    if (ended) top.push(value);
    const reason = ended ? "iterator goes on" : "iterator ends";
    this.guardAfter(ended ? "IS_END" : "NOT_END", [value], reason, ended ? nextPc : endPc);
    if (ended) top.pop();
    else top.push(value);
  }
  /** Leaves after the running instruction, with the frames as they stand now, to `pc`, unless the condition holds. */
  guardAfter(op: string, args: readonly Node[], reason: string, pc: number): void {
    const { top } = this;
    const { pc: running } = top;
    const { path } = this;
    top.pc = pc;
    this.ran(this.log.steps[this.index]);
    this.before = this.snapshot();
    this.guard(op, args, reason);
    top.pc = running;
    this.path = path;
  }
  /** A call of `helper`, which looks at no frame and runs no Python code, but may raise. */
  callQuiet(helper: unknown, args: readonly Node[], kind: Kind = "any"): Node {
    return this.runQuiet("CALL_QUIET", args, kind, helper);
  }
  /** The same for an operation of the table. */
  runQuiet(op: string, args: readonly Node[], kind: Kind = "any", data?: unknown): Node {
    this.beforeStep();
    const node = this.emit(
      op,
      args.map((arg) => this.boxed(arg)),
      kind,
      data,
    );
    // A native function that asks a list for its items makes it an ordinary one.
    if (!args.every((arg) => PRIMITIVES.has(this.kindOf(arg)))) this.state.storages.clear();
    return this.raises(node);
  }

  /** A call of a Python function through its entry; `args` are its parameters in order. */
  callPython(func: PyFunction, callable: Node, args: readonly Node[]): Node {
    this.guardDepth();
    linkGenerators(this);
    const before = this.beforeStep();
    const boxed = args.map((arg) => this.boxed(arg));
    const node = this.emit("CALL_PYTHON", [callable, ...boxed], "any", func.code);
    this.raises(node, true);
    node.site = this.makeExit(`${this.log.id}:${this.index}:site`, "forced", "frames seen", before);
    this.afterCall();
    return node;
  }
  /** For what the interpreter runs on frames of its own, and compiled code by recursion in JavaScript. */
  guardDepth(): void {
    this.guard("NOT_TOO_DEEP", [], "too deep", this.state.frames.length - 1);
  }
  /** An instruction run as a function on a stack of its own. */
  instruction(inputs: readonly Node[], data: Instruction, isPure: boolean): Node {
    if (!isPure) linkGenerators(this);
    const before = this.beforeStep();
    const node = this.emit("RUN_INSTRUCTION", inputs, "any", data);
    this.raises(node, !isPure);
    if (!isPure) {
      node.site = this.makeExit(`${this.log.id}:${this.index}:site`, "forced", "frames seen", before);
      this.afterCall();
    }
    return node;
  }
  /** The log cannot be translated. */
  give(reason: string): never {
    throw new Untranslatable(reason);
  }
  /** Something unknown has run. */
  private afterCall(): void {
    this.state.forgetHeap();
    this.hasCalled = true;
    for (const frame of this.state.frames) {
      frame.isVisible = true;
      forgetUnwritten(frame);
    }
  }

  // ── guards ─────────────────────────────────────────────────────────────────────────────────────────────────
  guardKind(node: Node, kind: Kind): void {
    const known = this.kindOf(node);
    if (known === kind) return;
    if (kind === "boxed" && known === "float") return;
    switch (kind) {
      case "int":
        this.guard("IS_INT", [node], "not a small int");
        break;
      case "bigint":
        this.guard("IS_BIGINT", [node], "not a large int");
        break;
      case "str":
        this.guard("IS_STR", [node], "not a str");
        break;
      case "bool":
        this.guard("IS_BOOL", [node], "not a bool");
        break;
      case "none":
        this.guard("IS_NONE", [node], "not None");
        break;
      case "unbound":
        this.guard("IS_UNBOUND", [node], "not NULL");
        break;
      case "boxed":
        this.guard("HAS_SHAPE", [node], "not a float", floatType.shapes);
        break;
      case "list":
        this.guard("HAS_SHAPE", [node], "not a list", listType.shapes);
        break;
      case "tuple":
        this.guard("HAS_SHAPE", [node], "not a tuple", tupleType.shapes);
        break;
      case "dict":
        this.guard("HAS_SHAPE", [node], "not a dict", dictType.shapes);
        break;
      default:
        throw new Untranslatable(`no guard for ${kind}`);
    }
    if (node.kind === "any") this.state.kinds.set(node, kind);
  }
  guardShape(node: Node, shape: Shape, reason: string): void {
    if (this.state.shapes.get(node) === shape) return;
    this.guard("HAS_SHAPE", [node], reason, shape);
    this.state.shapes.set(node, shape);
  }
  /** A guard on something that stays as it is until something unknown runs. */
  guardOnce(name: string, op: string, args: readonly Node[], reason: string, data?: unknown): void {
    if (this.state.checked.has(name)) return;
    this.guard(op, args, reason, data);
    this.state.checked.add(name);
  }
  /**
   * A guard on something that an instruction can do better with; false: it is known to fail here, where the recording
   * of a side trace has begun at it.
   */
  guardOr(name: string, op: string, args: readonly Node[], reason: string, data?: unknown): boolean {
    if (this.state.checked.has(`not ${name}`)) return false;
    if (this.state.checked.has(name)) return true;
    this.failing = `not ${name}`;
    this.guard(op, args, reason, data);
    this.failing = null;
    this.state.checked.add(name);
    return true;
  }
  /** Is it known that the condition of `guardOr` does not hold here? */
  isRefuted(name: string): boolean {
    return this.state.checked.has(`not ${name}`);
  }
  /** Guards that a plain key is looked up in a dict or set without Python code; false: its keys may run some. */
  guardNoStrangers(container: Node): boolean {
    return this.guardOr(`strangers ${container.id}`, "NO_STRANGERS", [container], "strangers among the keys");
  }
  /** `version` is the one that what follows is good for: as recorded, where it comes from the recording. */
  guardVersion(object: { version: number }, version: number, reason: string): void {
    this.guardOnce(
      `version ${this.constant(object).id} ${version}`,
      "HAS_VERSION",
      [this.constant(object)],
      reason,
      version,
    );
  }
  /** Guards that a value is that very object; gives the constant. */
  guardIs(node: Node, value: unknown, reason: string): Node {
    const constant = this.constant(value);
    if (node !== constant) {
      this.guard("IS_OBJECT", [node], reason, value);
      this.replace(node, constant);
    }
    return constant;
  }
  /** All slots that hold `node` hold `other` from now on. */
  replace(node: Node, other: Node): void {
    // The snapshot of the running instruction keeps the old one, which is as good.
    for (const frame of this.state.frames) {
      for (let i = 0; i < frame.sp; i++) if (frame.slots[i] === node) frame.slots[i] = other;
    }
  }

  // ── floats ─────────────────────────────────────────────────────────────────────────────────────────────────
  /** The raw double of a value known to be a float; null where it is not known. */
  rawFloat(node: Node): Node | null {
    const kind = this.kindOf(node);
    if (kind === "float") return node;
    if (kind !== "boxed") return null;
    if (node.isConstant) return this.floatConstant((node.data as PyFloat).value);
    const known = this.state.unboxed.get(node);
    if (known !== undefined) return known;
    const raw = this.emit("UNBOX", [node], "float");
    this.state.unboxed.set(node, raw);
    this.state.boxed.set(raw, node);
    return raw;
  }
  /** The same after a guard. */
  toFloat(node: Node): Node {
    this.guardKind(node, "boxed");
    // The recording met a float where the trace has something else: this way is never taken.
    return this.rawFloat(node) ?? this.give("no float here");
  }
  /** The Python value: raw doubles in a box, the same box each time. */
  boxed(node: Node): Node {
    if (node.kind !== "float") return node;
    const known = this.state.boxed.get(node);
    if (known !== undefined) return known;
    const box = node.isConstant
      ? this.constant(new PyFloat(floatType, node.data as number))
      : this.emit("BOX", [node], "boxed");
    this.state.boxed.set(node, box);
    this.state.unboxed.set(box, node);
    return box;
  }

  // ── ints ───────────────────────────────────────────────────────────────────────────────────────────────────
  /** The result of an exact operation with these bounds: it leaves when it is no small int; null: it is known not to be one. */
  integer(op: string, args: readonly Node[], low: number, high: number): Node | null {
    const overflow = `not fits ${op} ${args.map(({ id }) => id).join(" ")}`;
    if (this.state.checked.has(overflow)) return null;
    this.beforeStep();
    const node = this.emit(op, args, "int");
    if (low < -MAX_INT || high > MAX_INT || Number.isNaN(low) || Number.isNaN(high)) {
      this.failing = overflow;
      this.guard("FITS", [node], "int overflow");
      this.failing = null;
      if (low > -MAX_INT) node.low = low;
      if (high < MAX_INT) node.high = high;
    } else {
      node.low = low;
      node.high = high;
    }
    return node;
  }

  // ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────
  /** What has run after the running step. */
  get nextStep(): Step | undefined {
    return this.log.steps[this.index + 1];
  }
  /** Is the call at the running step followed into its callee? */
  isInlined(step: Step): boolean {
    const next = this.nextStep;
    return next !== undefined && next.depth > step.depth;
  }
  /** Where the frame goes on after the running step. */
  get nextPc(): number {
    return this.log.steps[this.index + 1]?.pc ?? this.endPc(this.log);
  }
  enter(frame: VirtualFrame, returnPc: number): void {
    this.top.returnPc = returnPc;
    this.state.frames.push(frame);
  }
  cacheOf(step: Step): InlineCache {
    if (step.cache === null) throw new Untranslatable("an instruction without its cache");
    return step.cache;
  }
}

function constantKind(value: unknown): Kind {
  if (value === undefined) return "unbound";
  if (value === null) return "none";
  switch (typeof value) {
    case "number":
      return "int";
    case "boolean":
      return "bool";
    case "string":
      return "str";
    case "bigint":
      return "bigint";
    default: {
      const { shape } = value as { shape?: Shape };
      return (shape === undefined ? null : kindOfShape(shape)) ?? "any";
    }
  }
}
/** The kind to assume of a slot in which the recording met `value`. */
export function assumedKind(value: Value | undefined): Kind {
  if (typeof value === "number") return "int";
  const isFloat = value instanceof PyFloat && value.shape === floatType.shapes;
  return isFloat && !Number.isNaN(value.value) ? "float" : "any";
}
