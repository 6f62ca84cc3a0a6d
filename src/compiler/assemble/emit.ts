/** Bytecode from blocks: jump distances, EXTENDED_ARGs, and the two tables that go with the code. */
import type { Block } from "../flow/block.ts";
import { CACHES, OP, OPCODE_FLAGS, HAS_JUMP } from "../opcodes.ts";
import { encodeExceptionTable } from "./exception-table.ts";
import type { Instr } from "../instruction.ts";
import { encodeLocationTable } from "./location-table.ts";

const {
  JUMP,
  JUMP_NO_INTERRUPT,
  JUMP_FORWARD,
  JUMP_BACKWARD,
  JUMP_BACKWARD_NO_INTERRUPT,
  END_ASYNC_FOR,
  EXTENDED_ARG,
} = OP;
/** From the SEND an END_ASYNC_FOR names to its END_SEND. */
const END_SEND_OFFSET = 5;

export interface Emitted {
  code: Uint8Array;
  linetable: Uint8Array;
  exceptiontable: Uint8Array;
}

export function emitCode(entry: Block, firstlineno: number): Emitted {
  const instrs: Instr[] = [];
  for (let b: Block | null = entry; b !== null; b = b.next) {
    b.start = instrs.length;
    for (const instr of b.instrs) instrs.push(instr);
  }
  resolveDirections(instrs);
  const offsets = resolveJumps(instrs);
  const code = write(instrs, offsets[instrs.length]);
  return {
    code,
    linetable: encodeLocationTable(instrs, offsets, firstlineno),
    exceptiontable: encodeExceptionTable(instrs, offsets),
  };
}

function resolveDirections(instrs: Instr[]): void {
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    if (instr.op === JUMP) instr.op = (instr.target as Block).start > i ? JUMP_FORWARD : JUMP_BACKWARD;
    else if (instr.op === JUMP_NO_INTERRUPT) {
      instr.op = (instr.target as Block).start > i ? JUMP_FORWARD : JUMP_BACKWARD_NO_INTERRUPT;
    }
  }
}

/** Code units of an instruction: prefixes, itself, its caches. */
function size(op: number, arg: number): number {
  const prefixes = arg > 0xffff ? (arg > 0xffffff ? 3 : 2) : arg > 0xff ? 1 : 0;
  return prefixes + 1 + CACHES[op];
}

function isJump(instr: Instr): boolean {
  return (OPCODE_FLAGS[instr.op] & HAS_JUMP) !== 0;
}

/** Sets jumps' arguments; returns each instruction's offset in code units, prefixes included, and the total. */
function resolveJumps(instrs: Instr[]): Int32Array {
  const n = instrs.length;
  const offsets = new Int32Array(n + 1);
  // The first guess at a distance is the target's index, as in CPython: it decides which of two lengths, where both
  // are consistent, an instruction gets.
  for (let i = 0; i < n; i++) if (isJump(instrs[i])) instrs[i].arg = (instrs[i].target as Block).start;
  for (let again = true; again; ) {
    again = false;
    let at = 0;
    for (let i = 0; i < n; i++) {
      offsets[i] = at;
      at += size(instrs[i].op, instrs[i].arg);
    }
    offsets[n] = at;
    for (let i = 0; i < n; i++) {
      const instr = instrs[i];
      if (!isJump(instr)) continue;
      const after = offsets[i + 1];
      const target = offsets[(instr.target as Block).start];
      const before = size(instr.op, instr.arg);
      if (instr.op === END_ASYNC_FOR) instr.arg = after - target - END_SEND_OFFSET;
      else instr.arg = target < after ? after - target : target - after;
      if (size(instr.op, instr.arg) !== before) again = true;
    }
  }
  return offsets;
}

function write(instrs: Instr[], units: number): Uint8Array {
  const code = new Uint8Array(units * 2);
  let at = 0;
  for (let i = 0; i < instrs.length; i++) {
    const { op, arg } = instrs[i];
    for (let shift = arg > 0xffffff ? 24 : arg > 0xffff ? 16 : arg > 0xff ? 8 : 0; shift > 0; shift -= 8) {
      code[at++] = EXTENDED_ARG;
      code[at++] = (arg >> shift) & 0xff;
    }
    code[at++] = op;
    code[at++] = arg & 0xff;
    at += CACHES[op] * 2;
  }
  return code;
}
