/**
 * The baseline compiler: a code object becomes one JavaScript function, instruction by instruction, from what the
 * interpreter has specialised by then. It has no dispatch and no stack to speak of, V8 compiles it within milliseconds,
 * and it can be entered and left wherever a block begins: it runs what is warm, before traces are recorded and where
 * they do not pay.
 *
 * A block begins where something jumps to, where a called frame returns to, and where a handler begins. Between blocks
 * everything is in the frame.
 */
import { hasJump } from "../../compiler/opcodes.ts";
import { EMITTERS, baselineRuntime } from "../../generated/baseline.ts";
import { INSTRUCTIONS, type RunInstruction } from "../../generated/instructions.ts";
import { OPCODE } from "../../generated/metadata.ts";
import { knownShapes } from "../../interp/attribute-chain.ts";
import { originalWord } from "../../interp/executors.ts";
import { generalOpcode, isAdaptive } from "../../interp/specialize/counter.ts";
import { NO_CACHE, type PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { type Runtime, rt } from "../../objects/runtime.ts";
import { compile, nameInText } from "../emit/function.ts";
import { stackOf } from "../emit/python-call.ts";
import { familyOf, jumpTarget, nameOf, widthOf } from "../translate/instructions.ts";
import { specializeNow } from "../record/specialize-now.ts";
import type { JitStats } from "../stats.ts";
import { enterDirectly, resumeDirectly } from "./drive.ts";
import { Emitter, type Variant } from "./emitter.ts";
import { INTERPRET } from "./ways-out.ts";

/** Code units above which code is left to the interpreter: V8 never optimises very large functions. */
const LARGEST = 2500;
/** Turns of loops after which a function returns to its driver. */
const FUEL = 10_000;
/** Failed guards at one instruction before it is specialised for what it meets then. */
const MISSES = 30;
/** Specialisations of one instruction; with more it is left general. */
const MAX_VARIANTS = 5;

export type BaselineFunction = (frame: PyFrame, at: number) => number;

/** A code object's compiled function. */
export class Baseline {
  run: BaselineFunction = () => INTERPRET;
  /** What a call takes of the JavaScript stack, in bytes, while V8 gives each variable a register of its own. */
  stack = 0;
  /** Where the function can be entered: the number of the block that begins at a code unit, -1: none does. */
  readonly labels: Int16Array;
  /** How often guards failed, by instruction. */
  private readonly misses = new Map<number, number>();

  constructor(
    readonly code: PyCode,
    /** Cold instructions and failed guards that it may run into. */
    private patience: number,
    /** What instructions have been specialised to; none: too many things. */
    readonly variants: Map<number, Variant[]>,
    private readonly onImpatience: (unit: Baseline) => void,
  ) {
    this.labels = new Int16Array(code.ops.length).fill(-1);
  }

  /** The instruction is specialised for what it meets now, and the next version knows both. */
  private vary(frame: PyFrame): void {
    const { code, pc } = frame;
    const known = this.variants.get(pc);
    if (known === undefined || known.length === 0 || (code.ops[pc] & 255) === OPCODE.ENTER_EXECUTOR) return;
    specializeNow(frame, code.ops[pc]);
    const op = code.ops[pc] & 255;
    const made = { op, cache: code.caches[pc] };
    if (op === generalOpcode(op) || known.length >= MAX_VARIANTS) this.variants.set(pc, []);
    else if (!known.some((other) => isSame(other, made))) known.push(made);
  }
  /** It has come to what had never run when it was made. */
  coldExit(): void {
    if (--this.patience === 0) this.onImpatience(this);
  }
  /** A guard of the instruction where the frame stands has failed. */
  missed(frame: PyFrame): void {
    const { pc } = frame;
    const n = (this.misses.get(pc) ?? 0) + 1;
    this.misses.set(pc, n);
    if (n % MISSES === 0) this.vary(frame);
    if (--this.patience === 0) this.onImpatience(this);
  }
}

export function canCompileBaseline(code: PyCode): boolean {
  return code.ops.length <= LARGEST;
}

export function compileBaseline(
  code: PyCode,
  runtime: Runtime,
  variants: Map<number, Variant[]>,
  patience: number,
  onImpatience: (unit: Baseline) => void,
  stats: JitStats,
): Baseline {
  const unit = new Baseline(code, patience, variants, onImpatience);
  const blocks = new Blocks(code);
  const emitter = new Emitter(code, (pc) => blocks.labelOf(pc), stats.isCounting, stats.places !== null);
  writeBlocks(emitter, blocks, unit);
  const name = nameInText("base", code);
  const head = [
    `return (function ${name}(frame, at) {`,
    "const s = frame.s;",
    `let fuel = ${FUEL};`,
    "main: for (;;) switch (at) {",
  ];
  const body = [...head, ...emitter.lines, "default: throw new Error(`no block ${at}`);", "}", "});"].join("\n");
  unit.stack = stackOf(emitter.variables);
  const bound: Record<string, unknown> = {
    ...baselineRuntime(),
    rt: runtime,
    code,
    ops: code.ops,
    caches: code.caches,
    names: code.names,
    consts: code.loopConsts,
    count: stats.counters,
    placeCounts: stats.places?.of(code).baseline,
    enter: enterDirectly,
    resume: resumeDirectly,
    missed: (frame: PyFrame) => unit.missed(frame),
    slow: slowPath(unit),
  };
  emitter.constants.forEach((value, i) => {
    bound[`K${i}`] = value;
  });
  const mentioned = new Set(body.match(/[A-Za-z_$][\w$]*/g));
  for (const name of mentioned) {
    const run = name.startsWith("run_") ? INSTRUCTIONS[name.slice("run_".length)] : undefined;
    if (run !== undefined) bound[name] = run;
  }
  const used = Object.keys(bound).filter((name) => mentioned.has(name));
  stats.observer?.baseline(unit, name, body, [...head.map(() => -1), ...emitter.linePcs()]);
  stats.emitted.baselines += body.length;
  unit.run = compile(
    used,
    used.map((name) => bound[name]),
    body,
  ) as BaselineFunction;
  return unit;
}

/** What runs where a guard has failed: the family's general instruction. -3: the frame goes on elsewhere. */
function slowPath(unit: Baseline) {
  const { code } = unit;
  return (run: RunInstruction, s: Value[], sp: number, pc: number, oparg: number, frame: PyFrame): number => {
    frame.pc = pc;
    frame.sp = sp;
    unit.missed(frame);
    const after = run(s, sp, pc, oparg, frame, code.caches[pc] ?? NO_CACHE);
    if (after < 0 || rt.monitor === null) return after;
    // Somebody watches from the next instruction on.
    frame.pc = pc + widthOf(code.ops[pc] & 255);
    frame.sp = after;
    return -3;
  };
}

/** Where blocks begin, and how deep the stack is there. */
class Blocks {
  private readonly numbers = new Map<number, number>();
  readonly depths = new Map<number, number>();

  constructor(code: PyCode) {
    this.begin(0);
    this.depths.set(0, code.nlocalsplus);
    const { ops, handlers, nlocalsplus } = code;
    for (let pc = 0, width = 0; pc < ops.length; pc += width) {
      const op = originalWord(code, pc);
      width = widthOf(op & 255);
      const target = targetOf(op & 255, op >>> 8, pc);
      if (target === null) continue;
      this.begin(target);
      if (familyOf(op & 255) === "FOR_ITER") this.begin(target + 1);
    }
    for (let i = 0; i < handlers.length; i += 4) {
      const depthAndLasti = handlers[i + 3];
      this.begin(handlers[i + 2]);
      this.depths.set(handlers[i + 2], nlocalsplus + (depthAndLasti >> 1) + (depthAndLasti & 1) + 1);
    }
  }
  begin(pc: number): void {
    if (!this.numbers.has(pc)) this.numbers.set(pc, this.numbers.size);
  }
  labelOf(pc: number): number {
    this.begin(pc);
    return this.numbers.get(pc) as number;
  }
  has(pc: number): boolean {
    return this.numbers.has(pc);
  }
  *[Symbol.iterator](): IterableIterator<[pc: number, label: number]> {
    yield* this.numbers;
  }
}

function targetOf(op: number, oparg: number, pc: number): number | null {
  return op !== OPCODE.END_ASYNC_FOR && hasJump(generalOpcode(op)) ? jumpTarget(op, oparg, pc) : null;
}

function writeBlocks(emitter: Emitter, blocks: Blocks, unit: Baseline): void {
  const { code } = unit;
  const { ops } = code;
  const written = new Set<number>();
  let isOpen = false;
  let sp: number | null = null;
  for (let pc = 0; pc < ops.length; ) {
    const word = originalWord(code, pc);
    const op = word & 255;
    if (blocks.has(pc)) {
      if (sp !== null) emitter.endBlock(sp);
      if (isOpen) emitter.lines.push("}");
      isOpen = false;
      sp ??= emitter.depths.get(pc) ?? blocks.depths.get(pc) ?? null;
      if (sp !== null) {
        emitter.beginBlock();
        emitter.lines.push(`case ${blocks.labelOf(pc)}: {`);
        unit.labels[pc] = blocks.labelOf(pc);
        written.add(pc);
        isOpen = true;
      }
    }
    if (sp !== null) {
      const after = writeInstruction(emitter, unit, pc, word, sp);
      const target = targetOf(op, word >>> 8, pc);
      // Generators and coroutines that end go on there, with their result on the stack.
      if (target !== null && familyOf(op) === "SEND") emitter.depths.set(target, sp);
      if (target !== null && familyOf(op) === "FOR_ITER") emitter.depths.set(target, sp + 1);
      sp = after?.sp ?? null;
      if (after?.isLeft === true) blocks.begin(pc + widthOf(op));
    }
    pc += widthOf(op);
  }
  if (isOpen) emitter.lines.push("}");
  for (const [pc, label] of blocks) {
    if (written.has(pc)) continue;
    const depth = emitter.depths.get(pc) ?? code.nlocalsplus;
    emitter.lines.push(`case ${label}: frame.pc = ${pc}; frame.sp = ${depth}; return ${INTERPRET};`);
  }
}

function writeInstruction(
  emitter: Emitter,
  { code, variants }: Baseline,
  pc: number,
  word: number,
  sp: number,
): { sp: number; isLeft: boolean } | null {
  const oparg = word >>> 8;
  const family = generalOpcode(word & 255);
  let known = variants.get(pc);
  if (known === undefined) {
    known = family === OPCODE.LOAD_ATTR ? knownShapes(code.caches[pc]) : [];
    if (known.length === 0) known.push({ op: word & 255, cache: code.caches[pc] });
    if (hasCounter(family) && known[0].op !== family) variants.set(pc, known);
  }
  const isGeneral = known.length === 0;
  if (isGeneral) known = [{ op: family, cache: code.caches[pc] }];
  return emitter.instruction(pc, known, oparg, sp, (e, op) => {
    if (code.ops[pc] !== word) e.interpret(null);
    else if (!isGeneral && isCold(code, pc, op)) e.cold(code.ops[pc + 1] < 16);
    else if (familyOf(op) === "JUMP_BACKWARD") backwardJump(e, op, pc, oparg);
    else if (op === OPCODE.JUMP_BACKWARD_NO_INTERRUPT) e.jumpBackward(jumpTarget(op, oparg, pc));
    else if (familyOf(op) === "RESUME") resume(e, op, pc, sp);
    else {
      const emit = EMITTERS[nameOf(op)];
      if (emit === undefined) e.interpret(null);
      else emit(e, oparg, sp);
    }
  });
}
function isSame(a: Variant, b: Variant): boolean {
  const [one, other] = [a.cache ?? NO_CACHE, b.cache ?? NO_CACHE];
  return (
    a.op === b.op &&
    one.guard === other.guard &&
    one.version === other.version &&
    one.index === other.index &&
    one.extra === other.extra
  );
}
/** Does the instruction count to its specialisation, in its inline cache? */
function hasCounter(op: number): boolean {
  return isAdaptive(op) && widthOf(op) > 1;
}
/** Has an adaptive instruction never been specialised, nor tried to be? */
function isCold(code: PyCode, pc: number, op: number): boolean {
  return hasCounter(op) && (code.ops[pc + 1] & 15) === 1;
}
/** The trace compiler's counter, and what it may have put here, as in the interpreter. */
function backwardJump(e: Emitter, op: number, pc: number, oparg: number): void {
  e.interpret(`rt.interrupt || (ops[${pc}] & 255) !== ${op}`);
  if (op === OPCODE.JUMP_BACKWARD_JIT) {
    e.interpret(`ops[${pc + 1}] < 16`);
    e.line(`ops[${pc + 1}] -= 16;`);
  }
  e.jumpBackward(jumpTarget(op, oparg, pc));
}
function resume(e: Emitter, op: number, pc: number, sp: number): void {
  e.interpret(`rt.interrupt || (ops[${pc}] & 255) !== ${op}`);
  if (op === OPCODE.RESUME_JIT) e.interpret("--code.warmth < 0");
  e.next(sp);
}
