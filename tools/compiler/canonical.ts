/** A code object in the form that `reference.py` writes, to be compared field by field. */
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, type CodeConst, type CodeSpec } from "../../src/compiler/code.ts";

export type CanonicalConst = string | CanonicalConst[] | CanonicalCode;
export interface CanonicalCode {
  name: string;
  qualname: string;
  firstlineno: number;
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  flags: number;
  stacksize: number;
  varnames: string[];
  cellvars: string[];
  freevars: string[];
  names: string[];
  consts: CanonicalConst[];
  code: string;
  linetable: string;
  exceptiontable: string;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function doubles(...values: number[]): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((v, i) => view.setFloat64(8 * i, v));
  return hex(new Uint8Array(view.buffer));
}

/** UTF-8 of code points, lone surrogates included. */
function utf8(points: number[]): string {
  const out: number[] = [];
  for (const p of points) {
    if (p < 0x80) out.push(p);
    else if (p < 0x800) out.push(0xc0 | (p >> 6), 0x80 | (p & 63));
    else if (p < 0x10000) out.push(0xe0 | (p >> 12), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
    else out.push(0xf0 | (p >> 18), 0x80 | ((p >> 12) & 63), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
  }
  return hex(Uint8Array.from(out));
}

const units = (s: string): number[] => Array.from({ length: s.length }, (_, i) => s.charCodeAt(i));

function constant(c: CodeConst): CanonicalConst {
  switch (c.t) {
    case "none":
      return "None";
    case "ellipsis":
      return "Ellipsis";
    case "bool":
      return c.v ? "True" : "False";
    case "int":
      return `i${c.v}`;
    case "float":
      return `f${doubles(c.v)}`;
    case "complex":
      return `c${doubles(c.re, c.im)}`;
    case "str":
      return `s${utf8(units(c.v))}`;
    case "astral":
      return `s${utf8(c.v)}`;
    case "bytes":
      return `b${hex(Uint8Array.from(units(c.v)))}`;
    case "tuple":
      return ["tuple", ...c.v.map(constant)];
    case "frozenset":
      return ["frozenset", ...c.v.map(constant).sort((a, b) => (String(a) < String(b) ? -1 : 1))];
    case "slice":
      return ["slice", ...c.v.map(constant)];
    case "code":
      return canonical(c.v);
  }
}

export function canonical(c: CodeSpec): CanonicalCode {
  const named = (kind: number): string[] => c.localsplusnames.filter((_, i) => (c.localspluskinds[i] & kind) !== 0);
  return {
    name: c.name,
    qualname: c.qualname,
    firstlineno: c.firstlineno,
    argcount: c.argcount,
    posonlyargcount: c.posonlyargcount,
    kwonlyargcount: c.kwonlyargcount,
    flags: c.flags,
    stacksize: c.stacksize,
    varnames: named(CO_FAST_LOCAL),
    cellvars: named(CO_FAST_CELL),
    freevars: named(CO_FAST_FREE),
    names: c.names,
    consts: c.consts.map(constant),
    code: hex(c.code),
    linetable: hex(c.linetable),
    exceptiontable: hex(c.exceptiontable),
  };
}

/** The first difference of two code objects, as "path: field", depth first; null when they agree. */
export function firstDifference(ours: CanonicalCode, theirs: CanonicalCode): string | null {
  sortSets(ours.consts);
  sortSets(theirs.consts);
  for (const key of Object.keys(theirs) as (keyof CanonicalCode)[]) {
    if (key === "consts") continue;
    if (JSON.stringify(ours[key]) !== JSON.stringify(theirs[key]))
      return `${theirs.qualname}:${theirs.firstlineno} ${key}`;
  }
  if (ours.consts.length !== theirs.consts.length) return `${theirs.qualname}:${theirs.firstlineno} consts`;
  for (let i = 0; i < theirs.consts.length; i++) {
    const a = ours.consts[i];
    const b = theirs.consts[i];
    if (isCode(a) && isCode(b)) {
      const inner = firstDifference(a, b);
      if (inner !== null) return inner;
    } else if (JSON.stringify(a) !== JSON.stringify(b)) {
      return `${theirs.qualname}:${theirs.firstlineno} consts[${i}] ${JSON.stringify(a)} for ${JSON.stringify(b)}`.slice(
        0,
        300,
      );
    }
  }
  return null;
}

/** A set has no order. */
function sortSets(consts: CanonicalConst[]): void {
  for (const c of consts) {
    if (!Array.isArray(c)) continue;
    sortSets(c);
    if (c[0] === "frozenset")
      c.splice(1, c.length, ...c.slice(1).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
  }
}

function isCode(c: CanonicalConst): c is CanonicalCode {
  return typeof c === "object" && !Array.isArray(c);
}
