/** The behaviour of code objects. */
import { CO_FAST_CELL, CO_FAST_FREE } from "../../compiler/code.ts";
import { newBytes, type PyBytes } from "../bytes.ts";
import { PyCode } from "../code.ts";
import { type CompareOp, EXC, type Exc, type Result, type Value } from "../core.ts";
import { defineType, getset, member, method, rawMethod } from "../define.ts";
import { deprecationWarningType } from "../exceptions/types.ts";
import { warn } from "../protocol/warn.ts";
import { codeNew, replace } from "./construct.ts";
import { concat } from "../message.ts";
import { newList } from "../list.ts";
import { getIter } from "../protocol/iter.ts";
import { equals, idText } from "../protocol/object.ts";
import { branchesOf } from "../monitoring/branches.ts";
import { factsOf } from "../monitoring/code-facts.ts";
import { rt } from "../runtime.ts";
import { NotImplemented } from "../singletons.ts";
import { type PyTuple, emptyTuple, newTuple } from "../tuple.ts";
import { codeType, typeOf } from "../types.ts";
import { hashOfStr } from "../str/hash.ts";
import { eachPosition } from "./positions.ts";

const names = (list: readonly string[]): PyTuple => (list.length === 0 ? emptyTuple : newTuple([...list]));
const latin1 = (bytes: Uint8Array): PyBytes => {
  let text = "";
  for (const b of bytes) text += String.fromCharCode(b);
  return newBytes(text);
};
const namesOfKind = (code: PyCode, kind: number): PyTuple => names(code.namesOf(kind));

/** The instructions as they stand now, specialised ones included; `dis.dis(f, adaptive=True)` shows them. */
function adaptiveCode(code: PyCode): Result {
  if (!code.isReady) return latin1(code.spec.code);
  const bytes = code.spec.code.slice();
  const { spec, ops } = code;
  for (let i = 0; i < ops.length; i++) {
    bytes[2 * i] = ops[i] & 255;
    // Units of inline caches hold counters, which are nobody's business.
    if (spec.code[2 * i] === 0) bytes[2 * i] = 0;
  }
  return latin1(bytes);
}

function positions(code: PyCode): Result {
  const all: Value[] = [];
  eachPosition(code.spec.linetable, code.firstlineno, (_start, units, p) => {
    const place = rt.debugRanges ? [p.line, p.endLine, p.column, p.endColumn] : [p.line, p.line, null, null];
    for (let i = 0; i < units; i++) all.push(newTuple([...place]));
  });
  return getIter(newList(all));
}
/** `(start, end, line)` of byte offsets, neighbours with the same line joined. */
function lines(code: PyCode): Result {
  const all: { start: number; end: number; line: number | null }[] = [];
  eachPosition(code.spec.linetable, code.firstlineno, (start, units, { line }) => {
    const last = all.at(-1);
    if (last !== undefined && last.line === line) last.end += 2 * units;
    else all.push({ start: 2 * start, end: 2 * (start + units), line });
  });
  return getIter(newList(all.map((e) => newTuple([e.start, e.end, e.line]))));
}

function sameCode(a: PyCode, b: PyCode): boolean | Exc {
  const x = a.spec;
  const y = b.spec;
  const scalars =
    x.name === y.name &&
    x.argcount === y.argcount &&
    x.posonlyargcount === y.posonlyargcount &&
    x.kwonlyargcount === y.kwonlyargcount &&
    x.flags === y.flags &&
    x.firstlineno === y.firstlineno;
  const bytes = (p: Uint8Array, q: Uint8Array) => p.length === q.length && p.every((v, i) => v === q[i]);
  const lists = (p: readonly string[], q: readonly string[]) => p.length === q.length && p.every((v, i) => v === q[i]);
  if (!scalars || !bytes(x.code, y.code) || !bytes(x.linetable, y.linetable)) return false;
  if (!bytes(x.exceptiontable, y.exceptiontable) || !lists(x.names, y.names)) return false;
  if (!lists(x.localsplusnames, y.localsplusnames) || a.consts.length !== b.consts.length) return false;
  for (let i = 0; i < a.consts.length; i++) {
    if (typeOf(a.consts[i]) !== typeOf(b.consts[i])) return false;
    const same = equals(a.consts[i], b.consts[i]);
    if (same !== true) return same;
  }
  return true;
}
function compare(a: PyCode, b: Value, op: CompareOp): Result {
  if ((op !== 2 && op !== 3) || !(b instanceof PyCode)) return NotImplemented;
  const same = a === b ? true : sameCode(a, b);
  return same === EXC ? EXC : same === (op === 2);
}

/** Of what `compare` compares, so that equal code has equal hashes; the names' and constants' values apart. */
function codeHash(self: PyCode): number {
  const { spec } = self;
  let hash = hashOfStr(self.name) | 0;
  const mix = (value: number): void => {
    hash = (Math.imul(hash ^ value, 0x01000193) + 1) | 0;
  };
  for (const n of [spec.argcount, spec.posonlyargcount, spec.kwonlyargcount, spec.flags, spec.firstlineno]) mix(n);
  for (const table of [spec.code, spec.linetable, spec.exceptiontable]) for (const byte of table) mix(byte);
  for (const n of [spec.names.length, spec.localsplusnames.length, self.consts.length]) mix(n);
  return hash === -1 ? -2 : hash;
}
/** Pairs of bytes: how far the code and the line move on (the format before Python 3.10). */
function lineNumberTable(self: PyCode): Result {
  if (warn(deprecationWarningType, "co_lnotab is deprecated, use co_lines instead.") === EXC) return EXC;
  let text = "";
  let at = 0;
  let line = self.firstlineno;
  eachPosition(self.spec.linetable, self.firstlineno, (start, _units, position) => {
    if (position.line === null || position.line === line) return;
    let code = 2 * start - at;
    let lines = position.line - line;
    for (; code > 255; code -= 255) text += "\xff\0";
    for (; lines > 127; lines -= 127, code = 0) text += String.fromCharCode(code, 127);
    for (; lines < -128; lines += 128, code = 0) text += String.fromCharCode(code, 128);
    text += String.fromCharCode(code, lines & 255);
    at = 2 * start;
    line = position.line;
  });
  return newBytes(text);
}

defineType(codeType, {
  textSignature:
    "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n" +
    "     flags, codestring, constants, names, varnames, filename, name,\n" +
    "     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n" +
    "     cellvars=(), /)",
  doc: "Create a code object.  Not for mere mortals.",
  slots: {
    tp_new: codeNew,
    tp_repr: (self: PyCode) =>
      concat(`<code object ${self.name} at 0x${idText(self)}, file "`, self.filename, `", line ${self.firstlineno}>`),
    tp_richcompare: compare,
    tp_hash: codeHash,
  },
  methods: () => ({
    co_positions: method("($self, /)", positions),
    co_lines: method("($self, /)", lines),
    replace: rawMethod(replace).signedAs("($self, /, **changes)"),
    __replace__: rawMethod(replace).signedAs("($self, /, **changes)"),
    co_branches: method("($self, /)", (self: PyCode) => {
      const branches = branchesOf(factsOf(self));
      return getIter(newList(branches.map(({ from, left, right }) => newTuple([from * 2, left * 2, right * 2]))));
    }),
    _varname_from_oparg: method(
      "($self, /, oparg)",
      (self: PyCode, i: Value) => self.spec.localsplusnames[i as number],
    ),
  }),
  members: () => ({
    co_argcount: member((self: PyCode) => self.argcount),
    co_posonlyargcount: member((self: PyCode) => self.posonlyargcount),
    co_kwonlyargcount: member((self: PyCode) => self.kwonlyargcount),
    co_stacksize: member((self: PyCode) => self.spec.stacksize),
    co_flags: member((self: PyCode) => self.flags),
    co_names: member((self: PyCode) => names(self.spec.names)),
    co_filename: member((self: PyCode) => self.filename),
    co_name: member((self: PyCode) => self.name),
    co_qualname: member((self: PyCode) => self.qualname),
    co_firstlineno: member((self: PyCode) => self.firstlineno),
    co_linetable: member((self: PyCode) => latin1(self.spec.linetable)),
    co_exceptiontable: member((self: PyCode) => latin1(self.spec.exceptiontable)),
    co_consts: member((self: PyCode) => newTuple(self.consts)),
  }),
  getset: () => ({
    co_nlocals: getset((self: PyCode) => self.nlocals),
    co_varnames: getset((self: PyCode) => names(self.varnames)),
    co_cellvars: getset((self: PyCode) => namesOfKind(self, CO_FAST_CELL)),
    co_freevars: getset((self: PyCode) => namesOfKind(self, CO_FAST_FREE)),
    co_code: getset((self: PyCode) => latin1(self.spec.code)),
    _co_code_adaptive: getset(adaptiveCode),
    co_lnotab: getset(lineNumberTable),
  }),
});
