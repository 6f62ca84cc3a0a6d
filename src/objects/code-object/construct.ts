/** Making code objects: `code()` and `replace()`. */
import type { CodeConst, CodeSpec } from "../../compiler/code.ts";
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CO_VARARGS, CO_VARKEYWORDS } from "../../compiler/code.ts";
import { PyBytes } from "../bytes.ts";
import { PyCode } from "../code.ts";
import { EXC, type Int, type KwNames, type PyType, type Result, type Status, type Value } from "../core.ts";
import { parseArgs, signature } from "../define.ts";
import { typeError, valueError } from "../errors.ts";
import { unexpectedKeyword } from "../keyword-errors.ts";
import { asInt32 } from "../protocol/convert.ts";
import { PyTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";

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
/** The variables' places: locals, cells that are no arguments, free variables. */
function layOut(varnames: readonly string[], cellvars: readonly string[], freevars: readonly string[]) {
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
  return { localsplusnames, localspluskinds };
}
function checkLocals(spec: CodeSpec, nlocals: Int, varnames: readonly string[]): Status {
  if (Number(nlocals) !== varnames.length) return valueError("code: co_nlocals != len(co_varnames)");
  const { argcount, kwonlyargcount, flags } = spec;
  const star = (flags & CO_VARARGS) === 0 ? 0 : 1;
  const stars = (flags & CO_VARKEYWORDS) === 0 ? 0 : 1;
  if (argcount + kwonlyargcount + star + stars > varnames.length) return valueError("code: varnames is too small");
  return null;
}
const namesOfKind = ({ localsplusnames, localspluskinds }: CodeSpec, kind: number): string[] =>
  localsplusnames.filter((_, i) => (localspluskinds[i] & kind) !== 0);

export function replace(self: PyCode, args: Value[], kwnames: KwNames): Result {
  if (args.length !== (kwnames === null ? 0 : kwnames.length))
    return typeError("replace() takes no positional arguments");
  const spec: CodeSpec = { ...plainSpec(self.spec), name: self.name, qualname: self.qualname, filename: self.filename };
  let consts: Value[] | null = self.consts;
  const fields = spec as unknown as Record<string, unknown>;
  const variables = {
    co_varnames: [...self.varnames],
    co_cellvars: namesOfKind(spec, CO_FAST_CELL),
    co_freevars: namesOfKind(spec, CO_FAST_FREE),
  };
  let isMoved = false;
  let nlocals: Int | undefined;
  for (let i = 0; i < (kwnames?.length ?? 0); i++) {
    const name = (kwnames as readonly string[])[i];
    const value = args[i];
    const field = FIELDS[name];
    if (name === "co_consts") consts = value instanceof PyTuple ? value.items : null;
    else if (name === "co_varnames" || name === "co_freevars" || name === "co_cellvars") {
      if (!(value instanceof PyTuple)) {
        return typeError(`replace() argument '${name}' must be tuple, not ${typeOf(value).name}`);
      }
      variables[name] = value.items as string[];
      isMoved = true;
    } else if (field === undefined && name !== "co_nlocals")
      return unexpectedKeyword("replace", name, [...Object.keys(FIELDS), ...Object.keys(variables)]);
    else if (field === "names") {
      if (!(value instanceof PyTuple))
        return typeError(`replace() argument '${name}' must be tuple, not ${typeOf(value).name}`);
      fields.names = value.items as string[];
    } else if (value instanceof PyBytes) fields[field] = value.bytes();
    else if (typeof value === "string") fields[field] = value;
    else if (name === "co_nlocals") {
      const n = asInt32(value);
      if (n === EXC) return EXC;
      nlocals = n;
    } else {
      const n = asInt32(value);
      if (n === EXC) return EXC;
      if (n < 0 && name !== "co_firstlineno") return valueError(`code: ${name.slice(3)} must not be negative`);
      fields[field] = n;
    }
  }
  const { co_varnames, co_cellvars, co_freevars } = variables;
  if (isMoved) Object.assign(spec, layOut(co_varnames, co_cellvars, co_freevars));
  return checkLocals(spec, nlocals ?? co_varnames.length, co_varnames) === EXC
    ? EXC
    : codeFrom(new SpecWithValues(spec, consts));
}
function codeFrom({ spec, consts }: SpecWithValues): PyCode {
  const made = new PyCode(spec);
  if (consts !== null) made.setConsts(consts);
  return made;
}

const SIG = signature(
  "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)",
);
export function codeNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(SIG, "code", args, kwnames);
  if (bound === EXC) return EXC;
  const v = bound as Value[];
  const lists = [7, 8, 9, 16, 17].map((i) => (v[i] instanceof PyTuple ? (v[i] as PyTuple).items : []));
  const [consts, codeNames, varnames, freevars, cellvars] = lists as [Value[], string[], string[], string[], string[]];
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
    ...layOut(varnames, cellvars, freevars),
    names: codeNames,
    consts: [] as CodeConst[],
    code: bytesAt(6),
    linetable: bytesAt(14),
    exceptiontable: bytesAt(15),
  };
  return checkLocals(spec, v[3] as Int, varnames) === EXC ? EXC : codeFrom(new SpecWithValues(spec, consts));
}
