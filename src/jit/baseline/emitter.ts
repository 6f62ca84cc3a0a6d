/**
 * Writes the JavaScript of one instruction after another. The stack is followed by name: an entry is a variable or a
 * literal until something needs it in the frame's array (a call that enters a frame, a jump, an instruction that is
 * left to the interpreter). Locals are always in the array, so that whoever looks at the frame sees them; what was
 * read or written last is remembered by name until something may have changed it.
 */
import type { BaselineEmitter } from "../../generated/baseline.ts";
import { INSTRUCTIONS } from "../../generated/instructions.ts";
import { stackEffect } from "../../compiler/opcodes.ts";
import { FLOW, NO_FALLTHROUGH } from "../../compiler/flow/block.ts";
import { type InlineCache, NO_CACHE, type PyCode } from "../../objects/code.ts";
import { generalOpcode } from "../../interp/specialize/counter.ts";
import { findHandler } from "../../interp/unwind.ts";
import { familyOf, widthOf } from "../translate/instructions.ts";
import { COLD, INTERPRET, LEAVE, LEFT, RAISE_HERE, RERAISE_HERE, SUSPEND, TIRED } from "./ways-out.ts";

/** Instructions that go on elsewhere when the frame they enter returns. */
const RESUMES: ReadonlySet<string> = new Set(["FOR_ITER", "SEND"]);
/** Literals and constants of the function: good everywhere. */
const LITERAL = /^(?:-?\d+|null|undefined|true|false|K\d+|"(?:[^"\\]|\\.)*")$/;
/** Variables that are written once. */
const NAME = /^[tm]\d+(?:_\d+)?$/;
/** Strings up to this length are written out. */
const SHORT = 40;

type Slots = (string | null)[];
/** What an instruction is specialised to; where it sees several things, one is tried after the other. */
export interface Variant {
  readonly op: number;
  readonly cache: InlineCache | undefined;
}
interface State {
  sp: number;
  slots: Slots;
  /** Line of the instruction's text where this state is reached. */
  at: number;
}

export class Emitter implements BaselineEmitter {
  readonly lines: string[] = [];
  readonly constants: unknown[] = [];
  /** Where the instructions' lines begin. */
  private readonly starts: [line: number, pc: number][] = [];
  /** Depth of the stack at places that are jumped to. */
  readonly depths = new Map<number, number>();
  pc = 0;
  cache: InlineCache = NO_CACHE;
  /** Names of stack entries; null: in the frame's array. */
  private slots: Slots = [];
  private locals = new Map<number, string>();
  /** Entries that are in the frame's array as well, with what is there. */
  private readonly stored = new Map<number, string>();
  /** Variables of the block, not of one instruction's own. */
  private readonly visible = new Set<string>();
  private lastName = 0;
  private merges = 0;
  // Of the instruction that is being written:
  private op = 0;
  /** Of several variants the first is the one that is counted. */
  private countedOp = 0;
  private oparg = 0;
  private before: Slots = [];
  private depth = 0;
  private text: string[] = [];
  private states: State[] = [];
  private saved: Slots[] = [];
  /** Label of the block that a failed guard leaves. */
  private guard = "";
  private isScoped = false;
  private hasExit = false;
  private hasEntered = false;
  private isInMemory = false;
  /** Another frame runs next, or the interpreter: the next instruction is a place to come back to. */
  private isLeft = false;
  /** It may run code that asks to be told of what runs from then on. */
  private mayCall = false;
  /** Does the next instruction follow in the same block? */
  private goesOn = false;

  constructor(
    readonly code: PyCode,
    private readonly labelOf: (pc: number) => number,
    /** Instructions are to be counted. */
    private readonly counts: boolean,
    /** And by place. */
    private readonly countsPlaces: boolean,
  ) {}

  // ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────
  /** A place that may be jumped to: everything is in the frame. */
  beginBlock(): void {
    this.starts.push([this.lines.length, -1]);
    this.slots = [];
    this.locals.clear();
    this.visible.clear();
    this.stored.clear();
  }
  /** To the block that follows. */
  endBlock(sp: number): void {
    this.lines.push(...this.stores(sp));
  }
  /** The instruction of each line. */
  linePcs(): number[] {
    return this.starts.flatMap(([from, pc], i) => {
      const to = this.starts[i + 1]?.[0] ?? this.lines.length;
      return Array.from({ length: to - from }, () => pc);
    });
  }
  /** How many there are in the text, more or less. */
  get variables(): number {
    return this.lastName + this.merges;
  }
  private name(): string {
    return `t${++this.lastName}`;
  }
  private get locals0(): number {
    return this.code.nlocalsplus;
  }

  // ── one instruction ────────────────────────────────────────────────────────────────────────────────────────
  /** Writes the instruction at `pc`. Gives the depth after it; null where it does not go on to the next. */
  instruction(
    pc: number,
    variants: readonly Variant[],
    oparg: number,
    sp: number,
    emit: (e: Emitter, op: number) => void,
  ): { sp: number; isLeft: boolean } | null {
    this.starts.push([this.lines.length, pc]);
    this.pc = pc;
    this.oparg = oparg;
    this.depth = sp;
    this.before = this.slots.slice();
    this.text = [];
    this.states = [];
    this.isScoped = false;
    this.hasExit = false;
    this.hasEntered = false;
    this.isInMemory = false;
    this.isLeft = false;
    this.goesOn = false;
    this.mayCall = false;
    this.storeForHandler();
    variants.forEach(({ op, cache }, i) => {
      this.op = op;
      this.cache = cache ?? NO_CACHE;
      this.guard = `g${pc}_${i}`;
      if (i > 0) {
        this.text.push("}", `${this.guard}: {`);
        this.slots = this.before.slice();
      }
      if (i === 0) this.countedOp = op;
      if (i === 0 && this.counts) this.line(this.countText(op, "++").trimEnd());
      emit(this, op);
    });
    const after = this.finish();
    if (after !== null && this.mayCall) this.lines.push(this.leaveIfWatched(after.sp));
    // What lies in the array may be overwritten while the entry is something else.
    for (const [i, text] of this.stored) if (this.slots[i] !== text) this.stored.delete(i);
    return after;
  }
  /** The instruction has run; `how`: "--" takes that back. */
  private countText(op: number, how: "++" | "--"): string {
    if (!this.counts) return "";
    const place = this.countsPlaces ? `placeCounts[${this.pc}]${how}; ` : "";
    return `count.compiled${how}; count.baseline[${op}]${how}; ${place}`;
  }
  /** Where an exception would be handled here, what lies on the stack below must be in the frame. */
  private storeForHandler(): void {
    const { handlers, nlocalsplus } = this.code;
    const handler = findHandler(handlers, this.pc);
    if (handler < 0) return;
    const depth = nlocalsplus + (handlers[handler + 3] >> 1);
    this.lines.push(...this.stores(depth));
    for (let i = nlocalsplus; i < depth; i++) {
      const text = this.slots[i] ?? null;
      if (text !== null) this.stored.set(i, text);
    }
  }
  private get depthAfter(): number {
    return this.depth + stackEffect(generalOpcode(this.op), this.oparg, false);
  }
  private finish(): { sp: number; isLeft: boolean } | null {
    const { pc, states } = this;
    if (this.hasExit && !isFunction(familyOf(this.op))) this.isLeft = true;
    if (this.hasExit || this.hasEntered) this.locals.clear();
    if (states.length === 0 && !this.hasExit) {
      this.writeScoped([]);
      return this.goesOn || this.isLeft ? { sp: this.depthAfter, isLeft: true } : null;
    }
    const sp = states.length > 0 ? states[0].sp : this.depthAfter;
    const slow = this.hasExit ? this.slowState(sp) : null;
    // Where the slow path leaves, it does not come here.
    const all = slow === null || !isFunction(familyOf(this.op)) ? states : [...states, slow];
    if (this.hasEntered || all.length === 0) return this.finishInMemory(all, slow, sp);
    const merged: string[] = [];
    const slots: Slots = [];
    for (let i = this.locals0; i < sp; i++) {
      const [first] = all;
      const same = all.every((state) => (state.slots[i] ?? null) === (first.slots[i] ?? null));
      const text = first.slots[i] ?? null;
      if (same && (text === null || !this.isScoped || this.outlives(text))) {
        slots[i] = text;
        continue;
      }
      const variable = `m${pc}_${i}`;
      merged.push(variable);
      this.merges++;
      slots[i] = variable;
      for (const state of states) this.assign(state, variable, state.slots[i] ?? `s[${i}]`);
    }
    this.writeScoped(merged, slow);
    this.slots = slots;
    for (const name of merged) this.visible.add(name);
    if (!this.isScoped) this.remember();
    return { sp, isLeft: this.isLeft };
  }
  /** A frame that was entered leaves its result in the array, so the other ways do too. */
  private finishInMemory(all: readonly State[], slow: State | null, sp: number): { sp: number; isLeft: boolean } {
    for (const state of all) {
      for (let i = this.locals0; i < sp; i++) {
        const text = state.slots[i] ?? null;
        if (text !== null && state !== slow) this.text[state.at] += `s[${i}] = ${text}; `;
      }
    }
    this.writeScoped([], slow);
    this.slots = [];
    return { sp, isLeft: true };
  }
  /** Is it visible after the instruction's own block? */
  private outlives(text: string): boolean {
    return LITERAL.test(text) || this.visible.has(text);
  }
  private assign(state: State, variable: string, text: string): void {
    this.text[state.at] += `${variable} = ${text}; `;
  }
  private slowState(sp: number): State {
    const slots: Slots = [];
    for (let i = this.locals0; i < sp; i++) {
      const before = this.before[i] ?? null;
      const isKept =
        i < this.depth && this.states.length > 0 && this.states.every((s) => (s.slots[i] ?? null) === before);
      slots[i] = isKept ? before : null;
    }
    return { sp, slots, at: -1 };
  }
  private writeScoped(merged: readonly string[], slow: State | null = null): void {
    const { pc, text } = this;
    if (merged.length > 0) this.lines.push(`let ${merged.join(", ")};`);
    if (slow === null) {
      const needsLabel =
        text.at(-1) === `break i${pc};` ||
        text.includes(`break i${pc};`) ||
        this.states.length > 1 ||
        (this.states.length === 1 && this.states[0].at !== text.length - 1);
      if (this.states.length > 0) {
        for (const state of this.states) if (state.at !== text.length - 1) text[state.at] += `break i${pc};`;
      }
      if (!this.isScoped && !needsLabel) this.lines.push(...text.filter((line) => line !== ""));
      else this.lines.push(`${needsLabel ? `i${pc}: ` : ""}{`, ...text, "}");
      return;
    }
    for (const state of this.states) text[state.at] += `break i${pc};`;
    const assigned = merged.map((variable) => {
      const i = Number(variable.slice(variable.indexOf("_") + 1));
      return `${variable} = ${slow.slots[i] ?? `s[${i}]`};`;
    });
    this.lines.push(`i${pc}: { g${pc}_0: {`, ...text, "}", ...this.slowPath(), ...assigned, "}");
  }
  /** A guard has failed: the family's general instruction, on the frame's array. */
  private slowPath(): string[] {
    const { pc, oparg, depth } = this;
    const general = familyOf(this.op);
    const stores = this.isInMemory ? [] : this.storesOf(this.before, depth);
    if (!isFunction(general)) {
      return [...stores, `${this.standHere} missed(frame); return ${INTERPRET};`];
    }
    return [
      ...stores,
      `const r = slow(run_${general}, s, ${depth}, ${pc}, ${oparg}, frame);`,
      `if (r < 0) return r === -1 ? ${RAISE_HERE} : r === -2 ? ${RERAISE_HERE} : ${LEFT};`,
    ];
  }
  /** The variables of an instruction without a block of its own, and the locals that some of them hold. */
  private remember(): void {
    for (const line of this.text) {
      const match = /^const (t\d+) = (?:s\[(\d+)\])?/.exec(line);
      if (match === null) continue;
      this.visible.add(match[1]);
      if (match[2] !== undefined && Number(match[2]) < this.locals0 && line.endsWith("];")) {
        this.locals.set(Number(match[2]), match[1]);
      }
    }
  }

  // ── what generated emitters call ───────────────────────────────────────────────────────────────────────────
  get(i: number): string {
    return i < this.locals0 ? (this.locals.get(i) ?? `s[${i}]`) : (this.slots[i] ?? `s[${i}]`);
  }
  take(i: number): string {
    const text = this.get(i);
    if (isLasting(text)) return text;
    const name = this.name();
    this.text.push(`const ${name} = ${text};`);
    return name;
  }
  list(from: number, to: number): string {
    return Array.from({ length: to - from }, (_, i) => this.get(from + i)).join(", ");
  }
  array(from: number, to: number): string {
    return `[${this.list(from, to)}]`;
  }
  put(i: number, text: string): void {
    let value = text;
    if (!isLasting(text)) {
      value = this.name();
      this.text.push(`const ${value} = ${text};`);
    }
    if (i >= this.locals0) {
      this.slots[i] = value;
      return;
    }
    this.text.push(`s[${i}] = ${value};`);
    if (!this.isScoped) this.locals.set(i, value);
    else this.locals.delete(i);
  }
  line(text: string): void {
    this.isScoped = true;
    this.text.push(text);
  }
  open(head: string): void {
    this.isScoped = true;
    this.text.push(`${head} {`);
    this.saved.push(this.slots.slice());
  }
  close(): void {
    this.text.push("}");
    this.slots = this.saved.pop() as Slots;
  }
  calls(): void {
    this.isScoped = true;
    this.mayCall = true;
    this.locals.clear();
    this.text.push(`frame.pc = ${this.pc};`);
  }
  /** Somebody watches from the next instruction on. */
  private leaveIfWatched(sp: number): string {
    const pc = this.pc + widthOf(this.op);
    return `if (rt.monitor !== null) { ${this.stores(sp).join(" ")} frame.pc = ${pc}; frame.sp = ${sp}; return ${LEFT}; }`;
  }
  raise(): void {
    this.text.push(this.raiseText);
  }
  raiseIf(condition: string): void {
    this.isScoped = true;
    this.text.push(`if (${condition}) ${this.raiseText}`);
  }
  private get raiseText(): string {
    return `{ frame.pc = ${this.pc}; return ${RAISE_HERE}; }`;
  }
  exitUnless(condition: string): void {
    this.isScoped = true;
    this.hasExit = true;
    this.text.push(`if (!(${condition})) break ${this.guard};`);
  }
  next(sp: number | null): void {
    const slots = sp === null ? [] : this.slots.slice();
    this.states.push({ sp: sp ?? this.depthAfter, slots, at: this.text.length });
    this.text.push("");
  }
  /** The body works on the frame's array, with `sp` as a variable. */
  onMemory(sp: number): void {
    this.isScoped = true;
    this.isInMemory = true;
    this.lines.push(...this.stores(sp));
    this.slots = [];
    this.before = [];
    this.text.push(`let sp = ${sp};`);
  }
  jump(sp: number | null, distance: number): void {
    if (sp === null) throw new Error("a jump with the stack in memory");
    this.text.push(...this.stores(sp));
    this.text.push(this.goto(this.pc + widthOf(this.op) + distance, sp));
  }
  enter(sp: number | null, callee: string, distance: number): void {
    this.isScoped = true;
    this.isLeft = true;
    const back = this.pc + widthOf(this.op) + distance;
    this.text.push(`const entered = ${callee};`);
    if (sp !== null) this.text.push(...this.stores(sp));
    this.text.push(`frame.pc = ${this.pc}; frame.sp = ${sp ?? "sp"}; frame.returnPc = ${back};`);
    this.hasEntered = true;
    const isGenerator = RESUMES.has(familyOf(this.op));
    this.text.push(`{ const way = ${isGenerator ? "resume" : "enter"}(entered, frame);`);
    // A generator's frame comes back in two ways: it has yielded, or returned.
    if (isGenerator) {
      this.depths.set(back, (sp as number) + 1);
      this.text.push(`if (way === ${LEAVE}) { at = ${this.labelOf(back)}; continue main; }`);
    }
    this.text.push(`if (way !== ${isGenerator ? SUSPEND : LEAVE}) return way; }`, `break i${this.pc};`);
  }
  leave(sp: number | null, value: string): void {
    this.leaveWith(sp as number, value, LEAVE);
  }
  suspend(sp: number | null, value: string): void {
    this.isLeft = true;
    this.text.push(...this.stores((sp as number) - 1));
    this.leaveWith(sp as number, value, SUSPEND);
  }
  private leaveWith(sp: number, value: string, way: number): void {
    this.isScoped = true;
    if (value !== `s[${sp - 1}]`) this.text.push(`s[${sp - 1}] = ${value};`);
    this.text.push(`frame.pc = ${this.pc}; frame.sp = ${sp}; return ${way};`);
  }
  nameAt(i: number): string {
    return JSON.stringify(this.code.names[i]);
  }
  constant(i: number): string {
    const value = this.code.loopConsts[i];
    if (value === null || typeof value === "boolean") return String(value);
    if (typeof value === "number" && Number.isInteger(value) && !Object.is(value, -0)) return String(value);
    if (typeof value === "string" && value.length <= SHORT) return JSON.stringify(value);
    return this.bind(value);
  }
  /** The name of a constant of the emitted function. */
  bind(value: unknown): string {
    let index = this.constants.indexOf(value);
    if (index < 0) index = this.constants.push(value) - 1;
    return `K${index}`;
  }

  // ── what the compiler writes itself ────────────────────────────────────────────────────────────────────────
  /** It has never run, or once: the interpreter runs it. What follows is written only when that has run. */
  cold(hasRun: boolean): void {
    this.isScoped = true;
    this.text.push(this.leaveText(COLD));
    this.goesOn = hasRun;
  }
  /** The interpreter runs this instruction, if `condition` holds. */
  interpret(condition: string | null): void {
    this.isScoped = true;
    const text = this.leaveText(INTERPRET);
    if (condition !== null) this.text.push(`if (${condition}) { ${text} }`);
    else {
      this.text.push(text);
      this.goesOn = (FLOW[generalOpcode(this.op)] & NO_FALLTHROUGH) === 0;
    }
  }
  private leaveText(way: number): string {
    return [...this.stores(this.depth), `${this.standHere} return ${way};`].join(" ");
  }
  /** The frame stands before the instruction, which has not run. */
  private get standHere(): string {
    return `${this.countText(this.countedOp, "--")}frame.pc = ${this.pc}; frame.sp = ${this.depth};`;
  }
  /** A backward jump; after many of them the driver is asked for once. */
  jumpBackward(target: number): void {
    this.isScoped = true;
    this.text.push(...this.stores(this.depth));
    this.text.push(`if (--fuel < 0) { frame.pc = ${target}; frame.sp = ${this.depth}; return ${TIRED}; }`);
    this.text.push(this.goto(target, this.depth));
  }
  private goto(target: number, sp: number): string {
    this.depths.set(target, sp);
    return `at = ${this.labelOf(target)}; continue main;`;
  }
  private storesOf(slots: Slots, to: number): string[] {
    const lines: string[] = [];
    for (let i = this.locals0; i < to; i++) {
      const text = slots[i] ?? null;
      if (text !== null && text !== `s[${i}]` && this.stored.get(i) !== text) lines.push(`s[${i}] = ${text};`);
    }
    return lines;
  }
  private stores(sp: number): string[] {
    return this.storesOf(this.slots, sp);
  }
}

/** Can it run as a function? What jumps cannot, and what enters a frame should not: it would nest. */
function isFunction(general: string): boolean {
  return INSTRUCTIONS[general] !== undefined && !general.startsWith("CALL");
}
function isLasting(text: string): boolean {
  return LITERAL.test(text) || NAME.test(text);
}
