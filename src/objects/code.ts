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
import { CO_FAST_FREE, CO_FAST_LOCAL, CO_VARARGS, CO_VARKEYWORDS } from "../compiler/code.ts";
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
  /** The attribute's field holds a raw double. */
  isFloat = false;
  /** An attribute's site that has seen several shapes: what it remembers of an earlier one. */
  next: InlineCache | null = null;
  /** How an attribute's value is found, for the general instruction: see `attribute-chain.ts`. 0: not from here. */
  kind = 0;
}

/** For instructions that remember nothing. */
export const NO_CACHE: Readonly<InlineCache> = new InlineCache();

/** Compiled code that begins at a function's entry. Gives how it has been left, see the trace compiler. */
export interface CompiledEntry {
  run(frame: PyFrame): number;
}

const NOT_READY = new Int32Array(0);
const NO_NAMES: readonly string[] = [];
const NO_CACHES: (InlineCache | undefined)[] = [];
const NO_CONSTS: Value[] = [];

export class PyCode extends PyObject {
  /** Set by `prepareCode` of the interpreter before the first execution. */
  ops: Int32Array = NOT_READY;
  handlers: Int32Array = NOT_READY;
  caches: (InlineCache | undefined)[] = NO_CACHES;
  /** `consts` and `names` as the interpreter's loop reads them. */
  loopConsts: Value[] = NO_CONSTS;
  loopNames: readonly string[] = [];
  /** Length of a frame's array: localsplus, then the stack. This and the next two are there once `layOut` has run. */
  frameSize = 0;
  nlocalsplus = 0;
  names: readonly string[] = NO_NAMES;
  /** Number of parameters, `*args` and `**kwargs` included: they come first in localsplus. */
  readonly nparams: number;
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  readonly flags: number;
  /** May a call with exactly `argcount` positional arguments just copy them? */
  readonly isSimple: boolean;
  name: string;
  qualname: string;
  filename: string;
  readonly firstlineno: number;
  /** A frame to use again, or null. */
  pool: PyFrame | null = null;
  /** Calls left before the trace compiler records the function. */
  warmth = 0;
  /** What ENTER_EXECUTOR's arguments stand for: compiled code that begins in this code. */
  executors: unknown[] | null = null;
  /** How compiled code calls functions with this code; null until it does. */
  entry: CompiledEntry | null = null;
  /** Executors where generators with this code go on, by code unit. */
  resumes: unknown[] | null = null;
  /** Executors where exits of others lead to, by code unit. */
  continuations: Map<number, unknown> | null = null;
  /** Times that compiled code has been left for the interpreter here. */
  leaves = 0;
  /** A function of the baseline compiler. */
  baseline: object | null = null;
  /** Its entry has been warm once: what counts now is the way to a recording. */
  isWarm = false;
  /** The trace compiler calls it rather than following it: it loops. */
  neverInline = false;
  private constants: Value[] | null = null;

  constructor(readonly spec: CodeSpec) {
    super(codeType.shapes);
    this.argcount = spec.argcount;
    this.posonlyargcount = spec.posonlyargcount;
    this.kwonlyargcount = spec.kwonlyargcount;
    this.flags = spec.flags;
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

  /** What a frame needs to be made, before the first: the constructor must not decode the body of a packed function. */
  layOut(): void {
    const { spec } = this;
    this.nlocalsplus = spec.localsplusnames.length;
    this.frameSize = this.nlocalsplus + spec.stacksize;
    this.names = spec.names;
  }
  get varnames(): string[] {
    return this.namesOf(CO_FAST_LOCAL);
  }
  get nlocals(): number {
    return this.varnames.length;
  }
  get nfrees(): number {
    return this.namesOf(CO_FAST_FREE).length;
  }
  /** The names in localsplus of one kind, `CO_FAST_…`. */
  namesOf(kind: number): string[] {
    const { localsplusnames, localspluskinds } = this.spec;
    return localsplusnames.filter((_, i) => (localspluskinds[i] & kind) !== 0);
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
  /**
   * Loops that run this code find `opcode` wherever they go on. They hold the array that was `ops` until now; the
   * baseline function, which does so too, is dropped.
   */
  takeFromLoops(opcode: number): void {
    const { ops } = this;
    this.ops = ops.slice();
    ops.fill(opcode);
    this.baseline = null;
    this.leaves = 0;
  }
  get isReady(): boolean {
    return this.ops !== NOT_READY;
  }
}
