/**
 * Code objects. What the compiler made (`CodeSpec`) is kept as it is; what execution needs is derived on first use:
 * most functions of an imported module are never called.
 *
 * `ops` is the code to run: one int32 a code unit at CPython's own offsets, opcode | argument << 8, with EXTENDED_ARG
 * folded into the instruction after it (the prefix stays as an instruction that does nothing). Inline cache units stay
 * in place, so that offsets in jumps, exception and position tables need no translation; the first unit of a cache
 * holds the specialisation counter, whatever else a specialised instruction remembers lies in `caches` at its offset.
 */
import type { CodeConst, CodeSpec } from "../compiler/code.ts";
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CO_VARARGS, CO_VARKEYWORDS } from "../compiler/code.ts";
import { PyObject, type Value } from "./core.ts";
import type { PyFrame } from "./frame.ts";
import { valueOfConst } from "./constants.ts";
import { codeType } from "./types.ts";

/** What a specialised instruction remembers. One class for all, so that V8 sees one layout. */
export class InlineCache {
  /** A `PyType.version`, `PyDict.keysVersion` or function version. */
  version = 0;
  /** A second version: of the builtins' keys, of the class behind the shape. */
  version2 = 0;
  index = 0;
  /** A Shape, a PyType, a dict: what is compared by identity. */
  guard: unknown = null;
  /** What was found. */
  value: unknown = null;
  extra: unknown = null;
}

const NOT_READY = new Int32Array(0);

export class PyCode extends PyObject {
  /** Set by `prepareCode` of the interpreter before the first execution. */
  ops: Int32Array = NOT_READY;
  handlers: Int32Array = NOT_READY;
  caches: (InlineCache | undefined)[] = [];
  /** Length of a frame's array: localsplus, then the stack. */
  readonly frameSize: number;
  readonly nlocalsplus: number;
  readonly nlocals: number;
  readonly ncells: number;
  readonly nfrees: number;
  /** Number of parameters, `*args` and `**kwargs` included: they come first in localsplus. */
  readonly nparams: number;
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  readonly flags: number;
  readonly names: readonly string[];
  readonly varnames: readonly string[];
  /** May a call with exactly `argcount` positional arguments just copy them? */
  readonly isSimple: boolean;
  name: string;
  qualname: string;
  filename: string;
  readonly firstlineno: number;
  /** A frame to use again, or null. */
  pool: PyFrame | null = null;
  /** Calls and loop turns seen, for the compiler to come. */
  warmth = 0;
  private constants: Value[] | null = null;

  constructor(readonly spec: CodeSpec) {
    super(codeType.shapes);
    const kinds = spec.localspluskinds;
    let cells = 0;
    let frees = 0;
    for (const kind of kinds) {
      if ((kind & CO_FAST_CELL) !== 0) cells++;
      if ((kind & CO_FAST_FREE) !== 0) frees++;
    }
    this.nlocals = spec.localsplusnames.filter((_, i) => (kinds[i] & CO_FAST_LOCAL) !== 0).length;
    this.varnames = spec.localsplusnames.filter((_, i) => (kinds[i] & CO_FAST_LOCAL) !== 0);
    this.ncells = cells;
    this.nfrees = frees;
    this.nlocalsplus = spec.localsplusnames.length;
    this.frameSize = this.nlocalsplus + spec.stacksize;
    this.argcount = spec.argcount;
    this.posonlyargcount = spec.posonlyargcount;
    this.kwonlyargcount = spec.kwonlyargcount;
    this.flags = spec.flags;
    this.names = spec.names;
    this.nparams =
      spec.argcount +
      spec.kwonlyargcount +
      ((spec.flags & CO_VARARGS) !== 0 ? 1 : 0) +
      ((spec.flags & CO_VARKEYWORDS) !== 0 ? 1 : 0);
    this.isSimple = this.nparams === spec.argcount;
    this.name = spec.name;
    this.qualname = spec.qualname;
    this.filename = spec.filename;
    this.firstlineno = spec.firstlineno;
  }

  /** `co_consts` as values. */
  get consts(): Value[] {
    this.constants ??= this.spec.consts.map((c: CodeConst) => valueOfConst(c));
    return this.constants;
  }
  /** For code objects made of values (`code.replace`). */
  setConsts(values: Value[]): void {
    this.constants = values;
  }
  get isReady(): boolean {
    return this.ops !== NOT_READY;
  }
}
