/**
 * The counters of adaptive instructions, in the first unit of their inline cache: value << 4 | backoff. At zero a
 * specialisation is tried; each failure doubles the wait.
 * Source: CPython's InternalDocs/interpreter.md, "Specialization"; backoff_counter.h's scheme.
 */
import { OPCODE, INSTRUCTION_FACTS } from "../../generated/metadata.ts";
import { InlineCache, type PyCode } from "../../objects/code.ts";

/** A fresh instruction specialises on its second execution. */
export const WARMUP = (1 << 4) | 1;
/** After a specialisation, this many misses before another is tried. */
const COOLDOWN = 52 << 4;
const MAX_BACKOFF = 12;

/** Specialised opcode → the family's general one; every other opcode → itself. */
const GENERAL = generalOpcodes();

/* @__NO_SIDE_EFFECTS__ */
function generalOpcodes(): Uint8Array {
  const general = new Uint8Array(256).map((_, i) => i);
  for (const facts of INSTRUCTION_FACTS) {
    if (facts.family !== null) general[facts.opcode] = OPCODE[facts.family as keyof typeof OPCODE];
  }
  return general;
}
export function generalOpcode(opcode: number): number {
  return GENERAL[opcode];
}
/**
 * Is it a general instruction that specialises itself by what it meets? RESUME and JUMP_BACKWARD have variants too, but
 * count to a recording.
 */
export function isAdaptive(opcode: number): boolean {
  return ADAPTIVE[opcode] === 1;
}
const ADAPTIVE = adaptiveOpcodes();

/* @__NO_SIDE_EFFECTS__ */
function adaptiveOpcodes(): Uint8Array {
  const adaptive = new Uint8Array(256);
  for (const { family, opcode } of INSTRUCTION_FACTS) {
    if (family !== null && family !== "RESUME" && family !== "JUMP_BACKWARD") adaptive[GENERAL[opcode]] = 1;
  }
  return adaptive;
}

/** The instruction at `pc` becomes `opcode`. */
export function specialized(code: PyCode, pc: number, opcode: number): void {
  code.ops[pc] = (code.ops[pc] & ~255) | opcode;
  code.ops[pc + 1] = COOLDOWN;
}
/** Nothing fits: wait longer. The instruction stays, or becomes general again. */
export function failed(code: PyCode, pc: number): void {
  const backoff = Math.min((code.ops[pc + 1] & 15) + 1, MAX_BACKOFF);
  code.ops[pc + 1] = (((1 << backoff) - 1) << 4) | backoff;
  const general = GENERAL[code.ops[pc] & 255];
  code.ops[pc] = (code.ops[pc] & ~255) | general;
  // The general instruction runs once before its counter is looked at again.
  code.ops[pc + 1] += 16;
}
/** A fresh cache at `pc`. */
export function newCache(code: PyCode, pc: number): InlineCache {
  const cache = new InlineCache();
  code.caches[pc] = cache;
  return cache;
}
