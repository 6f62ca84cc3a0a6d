/**
 * Instructions on their way to bytecode, and the sequence that code generation appends to.
 * One class and one set of fields for an instruction's whole life keeps the passes monomorphic.
 */
import type { Position } from "../syntax/ast.ts";
import type { Block } from "./flow/block.ts";

/** What has no place in the source: it takes the line of what comes before. */
export const NO_LOCATION: Position = { lineno: -1, col_offset: -1, end_lineno: -1, end_col_offset: -1 };
/** Takes the place of the instruction that follows in the bytecode. */
export const NEXT_LOCATION: Position = { lineno: -2, col_offset: -2, end_lineno: -2, end_col_offset: -2 };

export class Instr {
  op: number;
  /** The argument; in a sequence, a jump's is its label. */
  arg: number;
  line: number;
  endLine: number;
  col: number;
  endCol: number;
  /** Where a jump or a block-opening pseudo-instruction leads, in the flow graph. */
  target: Block | null = null;
  /** The handler of exceptions raised here, in the flow graph. */
  except: Block | null = null;

  constructor(op: number, arg: number, line: number, endLine: number, col: number, endCol: number) {
    this.op = op;
    this.arg = arg;
    this.line = line;
    this.endLine = endLine;
    this.col = col;
    this.endCol = endCol;
  }
}

/** Gives `to` the place of `from`. */
export function copyLocation(to: Instr, from: Instr): void {
  to.line = from.line;
  to.endLine = from.endLine;
  to.col = from.col;
  to.endCol = from.endCol;
}

export class Sequence {
  readonly instrs: Instr[] = [];
  /** Label → index of the instruction it stands before; -1 until used. */
  readonly labels: number[] = [];
  /** For a module: the code that makes `__annotate__`, to stand where the placeholder is. */
  annotations: Sequence | null = null;

  newLabel(): number {
    return this.labels.push(-1) - 1;
  }

  useLabel(label: number): void {
    this.labels[label] = this.instrs.length;
  }
}
