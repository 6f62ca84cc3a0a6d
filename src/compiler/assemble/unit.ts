/** From a unit with its instructions to a code object. */
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_FAST_ARG_KW,
  CO_FAST_ARG_POS,
  CO_FAST_ARG_VAR,
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_HIDDEN,
  CO_FAST_LOCAL,
  CO_GENERATOR,
  CO_HAS_DOCSTRING,
  CO_METHOD,
  CO_NESTED,
  CO_NEWLOCALS,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type CodeSpec,
} from "../code.ts";
import type { Unit } from "../codegen/unit.ts";
import { runFlow } from "../flow/pipeline.ts";
import { PyCF_MASK } from "../future.ts";
import { emitCode } from "./emit.ts";

export interface AssembleOptions {
  filename: string;
  flags: number;
  topLevelAwait: boolean;
}

export function assembleUnit(u: Unit, options: AssembleOptions): CodeSpec {
  const flags = codeFlags(u, options);
  const scope = u.scope;
  const nparams =
    u.argcount + u.posonlyargcount + u.kwonlyargcount + (scope.varargs ? 1 : 0) + (scope.varkeywords ? 1 : 0);
  const flow = runFlow(u, flags, nparams);
  const { code, linetable, exceptiontable } = emitCode(flow.entry, u.firstlineno);
  const localsplusnames: string[] = new Array<string>(flow.nlocalsplus);
  const localspluskinds = new Uint8Array(flow.nlocalsplus);
  fillLocals(u, localsplusnames, localspluskinds);
  return {
    name: u.name,
    qualname: u.qualname,
    filename: options.filename,
    firstlineno: u.firstlineno,
    argcount: u.posonlyargcount + u.argcount,
    posonlyargcount: u.posonlyargcount,
    kwonlyargcount: u.kwonlyargcount,
    flags,
    stacksize: Math.max(flow.stackSize, 1),
    localsplusnames,
    localspluskinds,
    names: [...u.names.keys()],
    consts: flow.consts,
    code,
    linetable,
    exceptiontable,
  };
}

function codeFlags(u: Unit, options: AssembleOptions): number {
  const s = u.scope;
  let flags = 0;
  if (s.functionLike) {
    flags |= CO_NEWLOCALS | CO_OPTIMIZED;
    if (s.nested) flags |= CO_NESTED;
    if (s.generator && !s.coroutine) flags |= CO_GENERATOR;
    if (s.generator && s.coroutine) flags |= CO_ASYNC_GENERATOR;
    if (!s.generator && s.coroutine) flags |= CO_COROUTINE;
    if (s.varargs) flags |= CO_VARARGS;
    if (s.varkeywords) flags |= CO_VARKEYWORDS;
    if (s.hasDocstring) flags |= CO_HAS_DOCSTRING;
    if (s.method) flags |= CO_METHOD;
  } else if (options.topLevelAwait && s.coroutine && !s.generator) {
    flags |= CO_COROUTINE;
  }
  return flags | (options.flags & PyCF_MASK);
}

/** Locals, then cells that are no locals, then free variables. */
function fillLocals(u: Unit, names: string[], kinds: Uint8Array): void {
  const nargs = u.posonlyargcount + u.argcount;
  const nkw = nargs + u.kwonlyargcount;
  const vararg = u.scope.varargs ? nkw : -1;
  const kwarg = u.scope.varkeywords ? nkw + (vararg >= 0 ? 1 : 0) : -1;
  for (const [name, i] of u.varnames) {
    let kind = CO_FAST_LOCAL;
    if (i < u.posonlyargcount) kind |= CO_FAST_ARG_POS;
    else if (i < nargs) kind |= CO_FAST_ARG_POS | CO_FAST_ARG_KW;
    else if (i < nkw) kind |= CO_FAST_ARG_KW;
    else if (i === vararg) kind |= CO_FAST_ARG_POS | CO_FAST_ARG_VAR;
    else if (i === kwarg) kind |= CO_FAST_ARG_KW | CO_FAST_ARG_VAR;
    if (u.fastHidden.has(name)) kind |= CO_FAST_HIDDEN;
    if (u.cellvars.has(name)) kind |= CO_FAST_CELL;
    names[i] = name;
    kinds[i] = kind;
  }
  let at = u.varnames.size;
  for (const name of u.cellvars.keys()) {
    if (u.varnames.has(name)) continue;
    names[at] = name;
    kinds[at++] = CO_FAST_CELL;
  }
  for (const name of u.freevars.keys()) {
    names[at] = name;
    kinds[at++] = CO_FAST_FREE;
  }
}
