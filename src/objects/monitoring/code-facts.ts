/** What tools that watch execution need to know of a code object: its instructions, their lines, where lines begin. */
import type { CodeSpec } from "../../compiler/code.ts";
import { CACHES, DEOPT, HAVE_ARGUMENT, OP, OPCODE_FLAGS, HAS_JUMP } from "../../compiler/opcodes.ts";
import type { PyCode } from "../code.ts";
import { decodeHandlers } from "../code-object/handlers.ts";
import { eachPosition } from "../code-object/positions.ts";

export interface Instructions {
  /** By code unit: the instruction, as the compiler wrote it; inline cache units are 0. */
  readonly ops: Uint8Array;
  /** Whole arguments. */
  readonly args: Int32Array;
}

export class CodeFacts implements Instructions {
  readonly ops: Uint8Array;
  readonly args: Int32Array;
  /** By code unit; -1: none. */
  readonly lines: Int32Array;
  /** 1: a line may begin here, depending on where control comes from. */
  readonly starts: Uint8Array;
  /** The first RESUME: what stands before makes cells and generators, and is not told of. */
  readonly first: number;
  /** Events that a tool has asked for in this code alone, by tool. */
  readonly local = new Int32Array(8);
  isMarked = false;
  /** Places where tools do not want to hear of an event again: tools, as bits, by `Monitor`'s keys. */
  readonly disabled = new Map<number, number>();
  /** `Monitor.restarts` when that was so. */
  restarts = 0;

  constructor(readonly code: PyCode) {
    ({ ops: this.ops, args: this.args } = instructionsOf(code.spec));
    this.lines = linesOf(code, this.ops.length);
    const resume = this.ops.indexOf(OP.RESUME);
    this.first = resume < 0 ? this.ops.length : resume;
    this.starts = startsOfLines(this);
  }
  after(pc: number): number {
    return pc + 1 + CACHES[this.ops[pc]];
  }
}

const FACTS = new WeakMap<PyCode, CodeFacts>();
export function factsOf(code: PyCode): CodeFacts {
  let facts = FACTS.get(code);
  if (facts === undefined) {
    facts = new CodeFacts(code);
    FACTS.set(code, facts);
  }
  return facts;
}

export function instructionsOf(spec: CodeSpec): Instructions {
  const { compactCode } = spec;
  const bytes = compactCode ?? spec.code;
  /** Bytes of an inline cache unit. */
  const cacheUnit = compactCode === undefined ? 2 : 0;
  const ops: number[] = [];
  const args: number[] = [];
  let extended = 0;
  for (let at = 0; at < bytes.length; ) {
    const op = DEOPT[bytes[at]];
    const arg = op > HAVE_ARGUMENT ? extended | bytes[at + 1] : 0;
    extended = op === OP.EXTENDED_ARG ? arg << 8 : 0;
    ops.push(op);
    args.push(arg);
    for (let i = 0; i < CACHES[op]; i++) {
      ops.push(0);
      args.push(0);
    }
    at += 2 + CACHES[op] * cacheUnit;
  }
  return { ops: Uint8Array.from(ops), args: Int32Array.from(args) };
}

function linesOf(code: PyCode, units: number): Int32Array {
  const lines = new Int32Array(units).fill(-1);
  eachPosition(code.spec.linetable, code.firstlineno, (start, length, { line }) => {
    if (line !== null) lines.fill(line, start, start + length);
  });
  return lines;
}

/** Instructions that others step over: a line that began with one would begin unnoticed. */
const NO_START: ReadonlySet<number> = new Set([OP.END_ASYNC_FOR, OP.END_FOR, OP.END_SEND, OP.RESUME, OP.POP_ITER]);

/**
 * A line begins where the line is another than that of the instruction in front, and wherever something jumps to: from
 * there it begins if the jump came from another line.
 */
function startsOfLines(facts: Omit<CodeFacts, "starts">): Uint8Array {
  const { ops, lines, first, code } = facts;
  const starts = new Uint8Array(ops.length);
  let line = -1;
  for (let pc = first; pc < ops.length; pc = facts.after(pc)) {
    if (NO_START.has(ops[pc])) continue;
    if (lines[pc] !== line && lines[pc] >= 0) starts[pc] = 1;
    line = lines[pc];
  }
  const begin = (pc: number): void => {
    if (pc < ops.length && lines[pc] >= 0) starts[pc] = 1;
  };
  for (let pc = first; pc < ops.length; pc = facts.after(pc)) {
    const target = jumpTarget(facts, pc);
    if (target !== null) begin(target);
  }
  const handlers = decodeHandlers(code.spec.exceptiontable);
  for (let i = 0; i < handlers.length; i += 4) begin(handlers[i + 2]);
  return starts;
}

const BACKWARD: ReadonlySet<number> = new Set([OP.JUMP_BACKWARD, OP.JUMP_BACKWARD_NO_INTERRUPT]);
/** Instructions whose jump goes past the instruction at its target, which belongs to the loop's body. */
const SKIPPING: ReadonlySet<number> = new Set([OP.FOR_ITER, OP.SEND]);

/** Where the instruction jumps to; null: it does not. */
export function jumpTarget({ ops, args }: Instructions, pc: number): number | null {
  const op = ops[pc];
  if ((OPCODE_FLAGS[op] & HAS_JUMP) === 0 || op === OP.END_ASYNC_FOR) return null;
  const next = pc + 1 + CACHES[op];
  if (BACKWARD.has(op)) return next - args[pc];
  return next + args[pc] + (SKIPPING.has(op) ? 1 : 0);
}
