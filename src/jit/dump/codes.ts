/** The code objects that a dump speaks of, each once, with their instructions and where those stand in the source. */
import {
  COMPARE_OPS,
  BINARY_OPS,
  HAS_CONST,
  HAS_FREE,
  HAS_JUMP,
  HAS_LOCAL,
  HAS_NAME,
  OPCODE_FLAGS,
  OP,
} from "../../compiler/opcodes.ts";
import type { CodeReport, InstructionReport } from "../../events/traces.ts";
import { originalWord } from "../../interp/executors.ts";
import { generalOpcode } from "../../interp/specialize/counter.ts";
import type { PyCode } from "../../objects/code.ts";
import { type CodePosition, eachPosition, lineAt } from "../../objects/code-object/positions.ts";
import { jumpTarget, nameOf, widthOf } from "../translate/instructions.ts";
import { describe } from "./values.ts";

export class Codes {
  private readonly numbers = new Map<PyCode, number>();

  numberOf(code: PyCode): number {
    let number = this.numbers.get(code);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(code, number);
    }
    return number;
  }
  get files(): Set<string> {
    return new Set([...this.numbers.keys()].map(({ filename }) => filename));
  }
  reports(): CodeReport[] {
    return [...this.numbers.keys()].map(codeReport);
  }
}

export function lineOf(code: PyCode, pc: number): number | null {
  return lineAt(code.spec.linetable, code.firstlineno, pc);
}

export function codeReport(code: PyCode): CodeReport {
  const slots = [...code.spec.localsplusnames];
  const instructions = code.isReady ? instructionsOf(code) : [];
  return { name: code.qualname, file: code.filename, line: code.firstlineno, slots, instructions };
}
function instructionsOf(code: PyCode): InstructionReport[] {
  const places: CodePosition[] = [];
  eachPosition(code.spec.linetable, code.firstlineno, (start, units, position) => {
    for (let i = 0; i < units; i++) places[start + i] = position;
  });
  const instructions: InstructionReport[] = [];
  for (let pc = 0, width = 0; pc < code.ops.length; pc += width) {
    const word = originalWord(code, pc);
    const op = word & 255;
    width = widthOf(op);
    const { line = null, endLine = null, column = null, endColumn = null } = places[pc] ?? {};
    const argument = argumentText(code, pc, op, word >>> 8);
    instructions.push({ pc, name: nameOf(op), argument, at: [line, endLine, column, endColumn] });
  }
  return instructions;
}

/** The names table's index of these is above so many bits. */
const NAME_SHIFTS: ReadonlyMap<number, number> = new Map([
  [OP.LOAD_GLOBAL, 1],
  [OP.LOAD_ATTR, 1],
  [OP.LOAD_SUPER_ATTR, 2],
]);
/** Two locals, in four bits each. */
const TWO_LOCALS: ReadonlySet<number> = new Set([
  OP.LOAD_FAST_LOAD_FAST,
  OP.LOAD_FAST_BORROW_LOAD_FAST_BORROW,
  OP.STORE_FAST_LOAD_FAST,
  OP.STORE_FAST_STORE_FAST,
]);

/** The instruction's argument as `dis` explains it. */
export function argumentText(code: PyCode, pc: number, op: number, oparg: number): string {
  const general = generalOpcode(op);
  const flags = OPCODE_FLAGS[general];
  const { localsplusnames } = code.spec;
  if (TWO_LOCALS.has(general)) return `${localsplusnames[oparg >> 4]}, ${localsplusnames[oparg & 15]}`;
  if ((flags & (HAS_LOCAL | HAS_FREE)) !== 0) return localsplusnames[oparg] ?? String(oparg);
  if ((flags & HAS_NAME) !== 0) return code.names[oparg >> (NAME_SHIFTS.get(general) ?? 0)] ?? String(oparg);
  if ((flags & HAS_CONST) !== 0) return describe(code.consts[oparg]);
  if ((flags & HAS_JUMP) !== 0) return `to ${jumpTarget(op, oparg, pc)}`;
  if (general === OP.BINARY_OP) return BINARY_OPS[oparg]?.[1] ?? String(oparg);
  if (general === OP.COMPARE_OP) return COMPARE_OPS[oparg >> 5];
  return oparg === 0 ? "" : String(oparg);
}
