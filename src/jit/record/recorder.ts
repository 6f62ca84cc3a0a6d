/**
 * Records a trace: notes each instruction that the interpreter is about to run, through calls that are worth following,
 * until it comes round to the root, or to something that a trace cannot contain.
 */
import { GENERATOR_FLAGS } from "../../compiler/code.ts";
import { OPCODE } from "../../generated/metadata.ts";
import type { PyCode } from "../../objects/code.ts";
import { frameWithArguments } from "../../interp/arguments.ts";
import { EXC, type Value, isSubtype } from "../../objects/core.ts";
import { stopAsyncIterationType } from "../../objects/exceptions/types.ts";
import { rt } from "../../objects/runtime.ts";
import type { PyFrame } from "../../objects/frame.ts";
import type { PyFunction } from "../../objects/function.ts";
import type { Idea, JitSettings } from "../settings.ts";
import { originalWord } from "../../interp/executors.ts";
import { familyOf, isBackward, widthOf } from "../translate/instructions.ts";
import { Joins } from "./joins.ts";
import { Activation, LONG, type Log, type Place, type Root, type Step, copyCache } from "./log.ts";
import { seeAppend, seeIterator, seeList, seeListIterator } from "./seen-list.ts";
import {
  type CallSeen,
  type ClassSeen,
  functionBehind,
  type GeneratorSeen,
  kindOfValue,
  seeAttribute,
  seeBinary,
  seeCall,
  seeCallEx,
  seeContains,
  seeException,
  seeGenerator,
  seeIterable,
  seeOperands,
  seeRaise,
  seeSlice,
  seeSpecial,
  seeStore,
  seeStoreItem,
  seeSuper,
  shapeOfValue,
} from "./seen.ts";
import { type Method, methodAt, methodValues } from "./methods.ts";
import { specializeNow } from "./specialize-now.ts";

/** Instructions that end a trace before them. */
const ENDS: ReadonlyMap<number, string> = new Map([
  [OPCODE.INTERPRETER_EXIT, "leaves the interpreter"],
  [OPCODE.CLEANUP_THROW, "raises"],
  [OPCODE.DELETE_DEREF, "unsupported instruction"],
  [OPCODE.LOAD_FROM_DICT_OR_DEREF, "unsupported instruction"],
]);
/** Instructions that the translator lets the interpreter raise in. */
const UNRAISABLE: ReadonlySet<string> = new Set(["FOR_ITER"]);
/** Calls whose Python callee the translator can follow. */
const FOLLOWED: ReadonlySet<number> = new Set([
  OPCODE.CALL_PY_EXACT_ARGS,
  OPCODE.CALL_BOUND_METHOD_EXACT_ARGS,
  OPCODE.CALL_PY_GENERAL,
  OPCODE.CALL_BOUND_METHOD_GENERAL,
  OPCODE.CALL_KW_PY,
  OPCODE.CALL_FUNCTION_EX,
  OPCODE.CALL_FUNCTION_EX_PY,
  OPCODE.CALL_KW_BOUND_METHOD,
  OPCODE.CALL_ALLOC_AND_ENTER_INIT,
  OPCODE.LOAD_ATTR_PROPERTY,
  OPCODE.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN,
  OPCODE.BINARY_OP_SUBSCR_GETITEM,
]);

/** Generators that the translator can follow: it goes on in their frames. */
const RESUMES: ReadonlySet<number> = new Set([OPCODE.FOR_ITER_GEN, OPCODE.SEND_GEN]);
/** After these the frame below goes on. */
const LEAVES: ReadonlySet<number> = new Set([OPCODE.RETURN_VALUE, OPCODE.YIELD_VALUE, OPCODE.RETURN_GENERATOR]);

export type Outcome = { ok: true; log: Log } | { ok: false; reason: string };

/** What the recorder asks of the compiler. */
export interface Regions {
  /** The region that begins there, or null. */
  at(code: PyCode, pc: number): unknown;
  /** Does the recording end also at a loop that it is in, if that has a region? Else it goes round that loop. */
  readonly endsAtLoops: boolean;
}

export class Recorder {
  private readonly steps: Step[] = [];
  private readonly frames: PyFrame[];
  /** One for each of `frames`. */
  private readonly activations: Activation[];
  private readonly joins: Joins;
  /** Backward jumps taken, by frame depth and place: inner loops are unrolled only so far. */
  private readonly turns = new Map<string, number>();
  /** The callee that is not followed runs, until the top frame goes on. */
  private isMuted = false;
  private readonly inlineBudget: number;
  /** Instructions after which the trace is cut. */
  private readonly segment: number;
  private hasRaised = false;
  /** An ENTER_EXECUTOR that has been put aside so that the instruction itself runs. */
  private aside: { code: PyCode; pc: number; word: number } | null = null;
  outcome: Outcome | null = null;

  constructor(
    private readonly id: number,
    private readonly root: Root,
    /** The root's frame first. */
    frames: readonly PyFrame[],
    private readonly settings: JitSettings,
    private readonly regions: Regions,
    /** Where a side trace begins, if it may come together with the traces around it. */
    private readonly origin: Place | null,
    /** Instructions of the region on the way to where the recording begins. */
    private readonly stepsBefore: number,
    /** Attempts whose result was too large: each halves what is inlined, and the trace. */
    tooLarge: number,
  ) {
    this.frames = [...frames];
    this.activations = activationsAt(origin, frames.length);
    this.joins = new Joins(settings.without.has("joins") ? null : origin);
    const isEntry = familyOf(root.code.ops[root.pc] & 255) === "RESUME";
    this.segment = settings.segmentLimit >> tooLarge;
    this.inlineBudget = (isEntry ? settings.entryInlineBudget : settings.inlineBudget) >> Math.max(0, tooLarge - 1);
  }

  raised(): void {
    this.hasRaised = true;
  }
  /** The frame that the recording's loop was entered with has gone. */
  left(): void {
    if (this.hasRaised && this.steps.length > 1) this.exceptionLeaves();
    else this.abort("left the interpreter");
  }

  /** Before an instruction; true: the recording has ended. */
  step(frame: PyFrame): boolean {
    this.putBack();
    if (!this.follow(frame)) return this.outcome !== null;
    if (this.atRoot(frame)) return this.finish("loop", "loop");
    const join =
      this.steps.length > 0 ? this.joins.find(frame, this.activations.at(-1) as Activation, this.steps) : null;
    if (join !== null) return this.finish("join", "ways meet", join);
    if (this.steps.length >= this.settings.traceLimit) return this.abort("trace too long");
    const { code, pc } = frame;
    if (this.frames.length === 1 && this.steps.length > 0 && (this.regions.endsAtLoops || !this.cameBackward())) {
      const link = this.regions.at(code, pc);
      if (link !== null) return this.finish("link", "another region", link);
    }
    let word = code.ops[pc];
    if ((word & 255) === OPCODE.ENTER_EXECUTOR) {
      this.aside = { code, pc, word };
      word = originalWord(code, pc);
      code.ops[pc] = word;
    } else {
      specializeNow(frame, word);
      word = code.ops[pc];
    }
    const method = methodAt(frame, word & 255, word >>> 8);
    if (method !== null && this.canFollow(method.func)) return this.enterMethod(frame, word, method);
    return this.note(frame, word & 255, word >>> 8);
  }
  /** Enters the method for the instruction; true: the loop goes on in another frame. */
  private enterMethod(frame: PyFrame, word: number, method: Method): boolean {
    if (rt.depth >= rt.recursionLimit) return this.note(frame, word & 255, word >>> 8);
    const values = methodValues(frame, method);
    if (values === null) return this.abort("a method cannot be entered");
    const { args, returnData } = values;
    const callee = frameWithArguments(method.func, undefined, args, 0, args.length, null);
    if (callee === EXC) return this.abort("a method cannot be entered");
    if (this.note(frame, word & 255, word >>> 8, method)) return true;
    this.putBack();
    callee.onReturn = method.onReturn;
    callee.returnData = returnData;
    callee.back = frame;
    frame.sp -= method.pops;
    frame.returnPc = frame.pc + widthOf(word & 255);
    rt.depth++;
    rt.frame = callee;
    return true;
  }

  /** Keeps `frames` in step with the interpreter; false: this instruction is not part of the trace. */
  private follow(frame: PyFrame): boolean {
    const { frames } = this;
    const top = frames[frames.length - 1];
    if (this.hasRaised) {
      const depth = frames.indexOf(frame);
      if (depth >= 0) return this.handledAt(depth, frame.pc);
      if (this.isBelow(frame)) {
        this.exceptionLeaves();
        return false;
      }
    }
    if (frame === top) {
      this.isMuted = false;
      return true;
    }
    const last = this.steps.at(-1);
    if (last !== undefined && LEAVES.has(last.op) && frame === frames[frames.length - 2]) {
      this.popTo(frames.length - 1);
      return true;
    }
    if (this.isMuted) {
      this.hasRaised = false;
      return false;
    }
    if (frame.back === top) {
      this.activations.push(new Activation(frames.length, this.activations.at(-1) as Activation));
      frames.push(frame);
      return true;
    }
    this.abort("lost the frame");
    return false;
  }
  /** The exception has come to a frame of ours, which has a handler. */
  private handledAt(depth: number, pc: number): boolean {
    const { steps, frames } = this;
    this.hasRaised = false;
    this.isMuted = false;
    const last = steps.at(-1);
    const leavesGenerator = frames.slice(depth + 1).some((left) => left.generator !== null);
    if (last !== undefined && (leavesGenerator || UNRAISABLE.has(familyOf(last.op)))) {
      this.finish("leave", "exception");
      return false;
    }
    // What a frame's return has raised in its caller belongs to no instruction of the log.
    if (last === undefined || last.op === OPCODE.RETURN_VALUE) {
      this.abort("a return raises");
      return false;
    }
    last.raised = { depth, pc };
    this.popTo(depth + 1);
    return true;
  }
  private popTo(length: number): void {
    this.frames.length = length;
    this.activations.length = length;
  }
  private exceptionLeaves(): void {
    const isRaise = this.steps.at(-1)?.op === OPCODE.RAISE_VARARGS;
    this.finish(isRaise ? "raise" : "leave", "exception leaves");
  }
  private isBelow(frame: PyFrame): boolean {
    for (let at = this.frames[0].back; at !== null; at = at.back) if (at === frame) return true;
    return false;
  }
  private atRoot(frame: PyFrame): boolean {
    return (
      this.frames.length === 1 && this.steps.length > 0 && frame.pc === this.root.pc && frame.code === this.root.code
    );
  }

  /** Regions that begin at the target of a backward jump are outer loops: the trace goes round them. */
  private cameBackward(): boolean {
    const { op, pc } = this.steps[this.steps.length - 1];
    if (!isBackward(op)) return false;
    // A generator that goes round a loop before it yields again: that loop's region has it.
    const isGenerator = (this.root.code.flags & GENERATOR_FLAGS) !== 0;
    return !isGenerator || (this.turns.get(`0 ${pc}`) ?? 0) < 2;
  }

  private note(frame: PyFrame, op: number, oparg: number, method: Method | null = null): boolean {
    const depth = this.frames.length - 1;
    const { code, pc, s, sp } = frame;
    const seen = see(op, oparg, s, sp, frame);
    const activation = this.activations[depth];
    const cache = copyCache(code.caches[pc]);
    this.steps.push({ activation, code, pc, op, oparg, depth, cache, seen, method, raised: null });
    if (op === OPCODE.RETURN_VALUE && depth === 0) return this.finish("return", "return");
    if (op === OPCODE.YIELD_VALUE && depth === 0) return this.finish("yield", "yields");
    const end = endOf(op, depth, seen);
    if (end !== undefined) return this.finish("leave", end);
    if (depth === 0 && this.steps.length > this.segment) return this.finish("leave", LONG);
    if (isBackward(op) && this.countTurn(depth, pc) > this.settings.unrollLimit) return this.abort("inner loop");
    this.isMuted = method === null && !this.isFollowed(op, seen);
    return false;
  }
  private countTurn(depth: number, pc: number): number {
    const key = `${depth} ${pc}`;
    const count = (this.turns.get(key) ?? 0) + 1;
    this.turns.set(key, count);
    return count;
  }
  /** Does the trace go on in the frame that this instruction enters, if it enters one? */
  private isFollowed(op: number, seen: unknown): boolean {
    if (RESUMES.has(op)) return this.hasRoom("send") && this.isFresh((seen as GeneratorSeen | null)?.code);
    const func = calleeOf(seen);
    if (!FOLLOWED.has(op) || func === null) return false;
    // Making a generator is no recursion, whatever it will do.
    return (func.code.flags & GENERATOR_FLAGS) !== 0 ? this.hasRoom("send") : this.canFollow(func);
  }
  private hasRoom(idea: Idea): boolean {
    const { without, inlineLimit } = this.settings;
    if (without.has("inlining") || without.has(idea)) return false;
    return this.frames.length <= inlineLimit && this.stepsBefore + this.steps.length <= this.inlineBudget;
  }
  private canFollow({ code }: PyFunction): boolean {
    return (code.flags & GENERATOR_FLAGS) === 0 && this.hasRoom("inlining") && this.isFresh(code);
  }
  /** Can code be followed: it has not shown to be too long, and does not recurse too deep? */
  private isFresh(code: PyCode | undefined): boolean {
    if (code === undefined || code.neverInline) return false;
    let open = 0;
    for (const frame of this.frames) if (frame.code === code) open++;
    return open <= this.settings.recursionInline;
  }

  // ── ending ─────────────────────────────────────────────────────────────────────────────────────────────────
  private finish(end: Log["end"], reason: string, link: unknown = null): true {
    this.putBack();
    const { steps, origin } = this;
    // Leaving before the last step: what is in front of it must be worth it.
    if (end === "leave" && steps.length < 2) return this.abort(`too short: ${reason}`);
    this.outcome = { ok: true, log: { id: this.id, steps, end, reason, link, origin } };
    return true;
  }
  abort(reason: string): true {
    this.putBack();
    if (reason === "inner loop") this.avoidCallee(this.frames.length - 1);
    if (reason === "trace too long") this.avoidCallee(1);
    this.outcome = { ok: false, reason };
    return true;
  }
  /** A callee that loops, or is too long, is called from now on: then the trace around it can be recorded. */
  private avoidCallee(depth: number): void {
    if (depth > 0 && depth < this.frames.length) this.frames[depth].code.neverInline = true;
  }
  private putBack(): void {
    if (this.aside === null) return;
    const { code, pc, word } = this.aside;
    code.ops[pc] = word;
    this.aside = null;
  }
}

/** Those of the step where a side trace begins, and new ones for what the trace around it does not have. */
function activationsAt(origin: Place | null, count: number): Activation[] {
  const known: Activation[] = [];
  let at = origin?.log.steps[origin.index].activation ?? null;
  for (; at !== null; at = at.below) known[at.depth] = at;
  known.length = Math.min(known.length, count);
  while (known.length < count) known.push(new Activation(known.length, known.at(-1) ?? null));
  return known;
}
function calleeOf(seen: unknown): PyFunction | null {
  return (seen as CallSeen | null)?.func ?? null;
}

/** What the instruction meets, as far as the translator will want to know. */
function see(op: number, oparg: number, s: readonly (Value | undefined)[], sp: number, frame: PyFrame): unknown {
  switch (familyOf(op)) {
    case "CALL":
      return op === OPCODE.CALL_LIST_APPEND ? seeAppend(s, sp) : seeCall(s, sp, oparg);
    case "CALL_KW":
      return seeCall(s, sp - 1, oparg);
    case "LOAD_ATTR":
      if (op === OPCODE.LOAD_ATTR) return seeAttribute(s[sp - 1]);
      return op === OPCODE.LOAD_ATTR_PROPERTY || op === OPCODE.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN
        ? seeHook(s[sp - 1], frame)
        : shapeOfValue(s[sp - 1]);
    case "STORE_ATTR":
      return seeStore(op, s[sp - 1], s[sp - 2], frame);
    case "GET_AWAITABLE":
    case "TO_BOOL":
      return shapeOfValue(s[sp - 1]);
    case "GET_ITER":
    case "GET_YIELD_FROM_ITER":
      return seeIterable(s[sp - 1], "__iter__");
    case "GET_AITER":
      return seeIterable(s[sp - 1], "__aiter__");
    case "SEND":
      return seeGenerator(s[sp - 2], s[sp - 1]);
    case "BINARY_OP":
      if (op === OPCODE.BINARY_OP_SUBSCR_GETITEM) {
        return seeHook(s[sp - 2], frame);
      }
      if (op === OPCODE.BINARY_OP_SUBSCR_LIST_INT) return seeList(s[sp - 2]);
      return seeBinary(oparg, s[sp - 2], s[sp - 1]);
    case "UNARY_NEGATIVE":
    case "UNARY_INVERT":
      return kindOfValue(s[sp - 1]);
    case "CALL_FUNCTION_EX":
      return seeCallEx(s, sp);
    case "CONTAINS_OP":
      return seeContains(s[sp - 2], s[sp - 1]);
    case "FORMAT_SIMPLE":
    case "CONVERT_VALUE":
    case "LIST_EXTEND":
      return shapeOfValue(s[sp - 1]);
    case "FORMAT_WITH_SPEC":
      return shapeOfValue(s[sp - 2]);
    case "BINARY_SLICE":
      return seeSlice(s, sp);
    case "LOAD_SPECIAL":
      return seeSpecial(s[sp - 1] as Value, oparg);
    case "LOAD_SUPER_ATTR":
      return seeSuper(s, sp, frame.code.names[oparg >> 2]);
    case "RETURN_VALUE":
      return kindOfValue(s[sp - 1]);
    case "FOR_ITER":
      if (op === OPCODE.FOR_ITER_GEN) return seeGenerator(s[sp - 1], null);
      return op === OPCODE.FOR_ITER_LIST ? seeListIterator(s[sp - 1]) : seeIterator(s[sp - 1]);
    case "STORE_SUBSCR":
      return op === OPCODE.STORE_SUBSCR_LIST_INT
        ? seeList(s[sp - 2], s[sp - 3])
        : seeStoreItem(s[sp - 3], s[sp - 2], s[sp - 1]);
    case "UNPACK_SEQUENCE":
      return seeList(s[sp - 1]);
    case "LIST_APPEND":
      return seeList(s[sp - 1 - oparg], s[sp - 1]);
    case "RAISE_VARARGS":
      return seeRaise(s, sp, oparg);
    case "END_ASYNC_FOR":
      return seeException(s[sp - 1] as Value);
    case "CHECK_EXC_MATCH":
      return seeException(s[sp - 2] as Value);
    case "COMPARE_OP":
      return seeOperands(s[sp - 2], s[sp - 1]);
    case "DELETE_SUBSCR":
      return seeOperands(s[sp - 2], s[sp - 1]);
    case "STORE_SLICE":
      return seeSlice(s, sp, s[sp - 4]);
    default:
      return null;
  }
}
/** Why the trace ends before the instruction; undefined: it goes on. */
function endOf(op: number, depth: number, seen: unknown): string | undefined {
  // The caller goes on with a generator, and the frame only when that is resumed.
  if (op === OPCODE.RETURN_GENERATOR && depth === 0) return "makes its generator";
  if (op === OPCODE.END_ASYNC_FOR && !endsAsyncFor(seen)) return "raises";
  return ENDS.get(op);
}
/** END_ASYNC_FOR raises everything else again. */
const endsAsyncFor = (seen: unknown): boolean => isSubtype((seen as ClassSeen).shape.cls, stopAsyncIterationType);
/** A getter or hook written in Python that the instruction's cache has. */
function seeHook(owner: Value | undefined, frame: PyFrame): unknown {
  const func = functionBehind(frame.code.caches[frame.pc]?.value as Value);
  return { shape: shapeOfValue(owner), func, version: func?.version ?? 0 };
}
