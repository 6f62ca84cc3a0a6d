/** The location table (`co_linetable`). Source: CPython's InternalDocs/code_objects.md. */
import type { Instr } from "../instruction.ts";
import { FLOW, IS_TERMINATOR } from "../flow/block.ts";
import { copyLocation } from "../instruction.ts";
import { ByteBuffer } from "./buffer.ts";

const SHORT_LIMIT = 80;
const ONE_LINE = 10;
const NO_COLUMNS = 13;
const LONG = 14;
const NONE = 15;
/** Most code units one entry covers. */
const MAX_UNITS = 8;

export function encodeLocationTable(instrs: Instr[], offsets: Int32Array, firstlineno: number): Uint8Array {
  resolveNext(instrs);
  const out = new LocationWriter(firstlineno);
  let start = 0;
  for (let i = 1; i <= instrs.length; i++) {
    if (i < instrs.length && sameLocation(instrs[start], instrs[i])) continue;
    out.entries(instrs[start], offsets[i] - offsets[start]);
    start = i;
  }
  return out.finish();
}

function sameLocation(a: Instr, b: Instr): boolean {
  return a.line === b.line && a.endLine === b.endLine && a.col === b.col && a.endCol === b.endCol;
}

function resolveNext(instrs: Instr[]): void {
  for (let i = instrs.length - 1; i >= 0; i--) {
    const instr = instrs[i];
    if (instr.line !== -2) continue;
    if ((FLOW[instr.op] & IS_TERMINATOR) !== 0 || i + 1 === instrs.length) {
      instr.line = instr.endLine = instr.col = instr.endCol = -1;
    } else {
      copyLocation(instr, instrs[i + 1]);
    }
  }
}

class LocationWriter {
  private readonly out = new ByteBuffer();
  private line: number;

  constructor(firstlineno: number) {
    this.line = firstlineno;
  }

  finish(): Uint8Array {
    return this.out.finish();
  }

  entries(at: Instr, units: number): void {
    for (; units > MAX_UNITS; units -= MAX_UNITS) this.entry(at, MAX_UNITS);
    if (units > 0) this.entry(at, units);
  }

  private first(code: number, units: number): void {
    this.out.push(0x80 | (code << 3) | (units - 1));
  }

  private varint(v: number): void {
    for (; v >= 64; v >>>= 6) this.out.push(0x40 | (v & 63));
    this.out.push(v);
  }

  private signed(v: number): void {
    this.varint(v < 0 ? (-v << 1) | 1 : v << 1);
  }

  private entry(at: Instr, units: number): void {
    if (at.line === -1) {
      this.first(NONE, units);
      return;
    }
    const delta = at.line - this.line;
    const { col, endCol } = at;
    if (col < 0 || endCol < 0) {
      if (at.endLine === at.line || at.endLine < 0) {
        this.first(NO_COLUMNS, units);
        this.signed(delta);
        this.line = at.line;
        return;
      }
    } else if (at.endLine === at.line) {
      if (delta === 0 && col < SHORT_LIMIT && endCol - col < 16 && endCol >= col) {
        this.first(col >> 3, units);
        this.out.push(((col & 7) << 4) | (endCol - col));
        return;
      }
      if (delta >= 0 && delta < 3 && col < 128 && endCol < 128) {
        this.first(ONE_LINE + delta, units);
        this.out.push(col);
        this.out.push(endCol);
        this.line = at.line;
        return;
      }
    }
    this.first(LONG, units);
    this.signed(delta);
    this.varint(at.endLine - at.line);
    this.varint(col + 1);
    this.varint(endCol + 1);
    this.line = at.line;
  }
}
