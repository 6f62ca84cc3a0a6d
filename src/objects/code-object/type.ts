/** The behaviour of code objects. */
import type { CodeConst, CodeSpec } from "../../compiler/code.ts";
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL } from "../../compiler/code.ts";
import { newBytes, PyBytes } from "../bytes.ts";
import { unexpectedKeyword } from "../keyword-errors.ts";
import { PyCode } from "../code.ts";
import { type CompareOp, EXC, type Exc, type KwNames, type PyType, type Result, type Value } from "../core.ts";
import { defineType, getset, member, method, parseArgs, rawMethod, signature } from "../define.ts";
import { typeError, valueError } from "../errors.ts";
import { concat } from "../message.ts";
import { newList } from "../list.ts";
import { getIter } from "../protocol/iter.ts";
import { asInt32 } from "../protocol/convert.ts";
import { equals, idText } from "../protocol/object.ts";
import { NotImplemented } from "../singletons.ts";
import { PyTuple, emptyTuple, newTuple } from "../tuple.ts";
import { codeType, typeOf } from "../types.ts";
import { hashOfStr } from "../str/hash.ts";
import { eachPosition } from "./positions.ts";

const names = (list: readonly string[]): PyTuple => (list.length === 0 ? emptyTuple : newTuple([...list]));
const latin1 = (bytes: Uint8Array): PyBytes => {
  let text = "";
  for (const b of bytes) text += String.fromCharCode(b);
  return newBytes(text);
};
const namesOfKind = (code: PyCode, kind: number): PyTuple =>
  names(code.spec.localsplusnames.filter((_, i) => (code.spec.localspluskinds[i] & kind) !== 0));

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
    for (let i = 0; i < units; i++) all.push(newTuple([p.line, p.endLine, p.column, p.endColumn]));
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

/** All of a spec's fields as own properties: those of packed code are computed by getters. */
function plainSpec(spec: CodeSpec): CodeSpec {
  const { name, qualname, filename, firstlineno, argcount, posonlyargcount, kwonlyargcount, flags, stacksize } = spec;
  const { localsplusnames, localspluskinds, names, consts, code, linetable, exceptiontable } = spec;
  return {
    name,
    qualname,
    filename,
    firstlineno,
    argcount,
    posonlyargcount,
    kwonlyargcount,
    flags,
    stacksize,
    localsplusnames,
    localspluskinds,
    names,
    consts,
    code,
    linetable,
    exceptiontable,
  };
}

// ── replace() and code() ───────────────────────────────────────────────────────────────────────────────────
/** A constant that is a value already: what `replace(co_consts=…)` brings in. */
class SpecWithValues {
  constructor(
    readonly spec: CodeSpec,
    readonly consts: Value[] | null,
  ) {}
}
const FIELDS: Record<string, keyof CodeSpec> = {
  co_argcount: "argcount",
  co_posonlyargcount: "posonlyargcount",
  co_kwonlyargcount: "kwonlyargcount",
  co_stacksize: "stacksize",
  co_flags: "flags",
  co_firstlineno: "firstlineno",
  co_name: "name",
  co_qualname: "qualname",
  co_filename: "filename",
  co_code: "code",
  co_linetable: "linetable",
  co_exceptiontable: "exceptiontable",
  co_names: "names",
};
function replace(self: PyCode, args: Value[], kwnames: KwNames): Result {
  if (args.length !== (kwnames === null ? 0 : kwnames.length))
    return typeError("replace() takes no positional arguments");
  const spec: CodeSpec = { ...plainSpec(self.spec), name: self.name, qualname: self.qualname, filename: self.filename };
  let consts: Value[] | null = self.consts;
  const fields = spec as unknown as Record<string, unknown>;
  let varnames: string[] | null = null;
  for (let i = 0; i < (kwnames?.length ?? 0); i++) {
    const name = (kwnames as readonly string[])[i];
    const value = args[i];
    const field = FIELDS[name];
    if (name === "co_consts") consts = value instanceof PyTuple ? value.items : null;
    else if (name === "co_varnames" || name === "co_freevars" || name === "co_cellvars" || name === "co_nlocals") {
      if (name === "co_varnames" && value instanceof PyTuple) varnames = value.items as string[];
    } else if (field === undefined) return unexpectedKeyword("replace", name, []);
    else if (field === "names") {
      if (!(value instanceof PyTuple))
        return typeError(`replace() argument '${name}' must be tuple, not ${typeOf(value).name}`);
      fields.names = value.items as string[];
    } else if (value instanceof PyBytes) fields[field] = value.bytes();
    else if (typeof value === "string") fields[field] = value;
    else {
      const n = asInt32(value);
      if (n === EXC) return EXC;
      if (n < 0 && name !== "co_firstlineno") return valueError(`code: ${name.slice(3)} must not be negative`);
      fields[field] = n;
    }
  }
  if (varnames !== null) {
    spec.localsplusnames = spec.localsplusnames.map((old, i) =>
      (spec.localspluskinds[i] & CO_FAST_LOCAL) !== 0 && i < (varnames as string[]).length
        ? (varnames as string[])[i]
        : old,
    );
  }
  return codeFrom(new SpecWithValues(spec, consts));
}
function codeFrom({ spec, consts }: SpecWithValues): PyCode {
  const made = new PyCode(spec);
  if (consts !== null) made.setConsts(consts);
  return made;
}

const SIG = signature(
  "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)",
);
function codeNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(SIG, "code", args, kwnames);
  if (bound === EXC) return EXC;
  const v = bound as Value[];
  const lists = [7, 8, 9, 16, 17].map((i) => (v[i] instanceof PyTuple ? (v[i] as PyTuple).items : []));
  const [consts, codeNames, varnames, freevars, cellvars] = lists as [Value[], string[], string[], string[], string[]];
  const localsplusnames = [...varnames, ...cellvars.filter((c) => !varnames.includes(c)), ...freevars];
  const localspluskinds = Uint8Array.from(localsplusnames, (name, i) => {
    const isLocal = i < varnames.length;
    const isFree = i >= localsplusnames.length - freevars.length;
    return (
      (isLocal ? CO_FAST_LOCAL : 0) |
      (cellvars.includes(name) && !isFree ? CO_FAST_CELL : 0) |
      (isFree ? CO_FAST_FREE : 0)
    );
  });
  const bytesAt = (i: number) => (v[i] instanceof PyBytes ? (v[i] as PyBytes).bytes() : new Uint8Array());
  if (!(v[6] instanceof PyBytes)) return typeError(`code() argument 7 must be bytes, not ${typeOf(v[6]).name}`);
  const spec: CodeSpec = {
    name: v[11] as string,
    qualname: v[12] as string,
    filename: v[10] as string,
    firstlineno: v[13] as number,
    argcount: v[0] as number,
    posonlyargcount: v[1] as number,
    kwonlyargcount: v[2] as number,
    flags: v[5] as number,
    stacksize: v[4] as number,
    localsplusnames,
    localspluskinds,
    names: codeNames,
    consts: [] as CodeConst[],
    code: bytesAt(6),
    linetable: bytesAt(14),
    exceptiontable: bytesAt(15),
  };
  return codeFrom(new SpecWithValues(spec, consts));
}

defineType(codeType, {
  doc: "Create a code object.  Not for mere mortals.",
  slots: {
    tp_new: codeNew,
    tp_repr: (self: PyCode) =>
      concat(`<code object ${self.name} at 0x${idText(self)}, file "`, self.filename, `", line ${self.firstlineno}>`),
    tp_richcompare: compare,
    tp_hash: (self: PyCode) => (hashOfStr(self.name) ^ self.spec.code.length ^ (self.firstlineno << 8)) | 0,
  },
  methods: () => ({
    co_positions: method("($self, /)", positions),
    co_lines: method("($self, /)", lines),
    replace: rawMethod(replace),
    __replace__: rawMethod(replace),
    co_branches: method("($self, /)", () => getIter(newList([]))),
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
    co_names: member((self: PyCode) => names(self.names)),
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
    co_lnotab: getset(() => newBytes("")),
  }),
});
