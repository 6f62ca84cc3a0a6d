/**
 * The state of one interpreter, as far as objects need it: CPython's thread state and interpreter state.
 *
 * `rt` is the interpreter that is running now. It is the one exception to "no module-level mutable state": passing it
 * to every operation would cost a parameter on each of the hottest paths. It is dynamically scoped, as CPython's
 * thread-local state is: whoever enters an interpreter (the API, a timer's callback) calls `enter` and restores what
 * was there. Nothing is kept here between entries that belongs to an interpreter.
 */
import type { Engine, Latin1 } from "../host/host.ts";
import {
  type Exc,
  Identity,
  type KwNames,
  type Namespace,
  type PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "./core.ts";
import type { PyBaseException } from "./exceptions/base.ts";
import type { PyDict } from "./dict.ts";
import type { PyFunction } from "./function.ts";
import type { PyGenerator } from "./generator.ts";
import type { PyCode } from "./code.ts";
import type { PyFrame } from "./frame.ts";
import type { Monitor } from "./monitoring/monitor.ts";
import type { TraceCompiler } from "./tracing.ts";

/** One level of "the exception that is being handled": each running generator has its own (`exc_info`). */
export interface ExcInfo {
  exc: PyBaseException | null;
  previous: ExcInfo | null;
}

/** How objects run Python code, without knowing the interpreter. `interp` implements it. */
export interface Evaluator {
  /** Calls a Python function: `args` positional values, then one value for each of `kwnames`. */
  callFunction(fn: PyFunction, args: Value[], kwnames: KwNames): Result;
  /** Runs a code object in a namespace: `exec`, `eval`, module bodies, class bodies. */
  evalCode(code: PyCode, globals: PyDict, locals: Namespace | Value, closure?: Value[]): Result;
  /**
   * Resumes a generator-like object. `value` is sent in; with `throwing`, `rt.exc` is raised at the yield instead.
   * Gives what is yielded; `returned` of the generator is set and END returned when it finishes.
   */
  resume(gen: PyGenerator, value: Value, throwing: boolean): Result | typeof import("./core.ts").END;
  /** What a suspended generator delegates to (`yield from`, `await`), or null. */
  delegate(gen: PyGenerator): Value;
  /** The globals of the running Python frame, or null. */
  currentGlobals(): PyDict | null;
  /** The builtins that code with these globals sees. */
  builtinsOf(globals: PyDict): PyDict;
  /** The running Python frame, or null. Forces nothing. */
  currentFrame(): PyFrame | null;
}

export class Runtime {
  /** The pending exception while a function returns EXC; null otherwise. */
  exc: PyBaseException | null = null;
  /** What is being handled: `sys.exception()`. */
  excInfo: ExcInfo = { exc: null, previous: null };
  /** The running Python frame. */
  frame: PyFrame | null = null;
  /** Something waits for the next loop turn or call: a signal, a pending call, a budget that is used up. */
  interrupt = false;
  onInterrupt: (() => Status) | null = null;
  /** What the receiver of SEND returned; whether LOAD_SPECIAL found a function that takes its owner. */
  sendResult: Value = null;
  specialSelf = false;
  /** What compiled code returned to compiled code. */
  returned: Value = null;
  /**
   * What runs within runs, and calls of compiled code by compiled code, take of the JavaScript stack, in bytes; beyond
   * the limit compiled code leaves the calls to the interpreter, which has its frames elsewhere.
   */
  compiledStack = 0;
  compiledStackLimit = 250_000;
  /** The frame that a baseline function enters. */
  entered: PyFrame | null = null;
  evaluator!: Evaluator;
  /** Called once when code has run for a while; false: call again later. See `api/primer.ts`. */
  onLongRun: (() => boolean) | null = null;
  /** The primer's variables (`api/primer.ts`): they keep objects of the usual hidden classes, which V8 forgets with the last one. */
  primed: unknown = null;
  /** How often the interpreter's loop was entered from native code, up to a number at which it counts as a long run. */
  runs = 0;
  /** How many targets of WeakRefs V8 keeps since it was last told that its job has ended: `weakref.ts`. */
  keptTargets = 0;
  /** Tells V8 so; null where the host cannot. */
  endJob: (() => void) | null = null;
  /** The host's tuning of the JavaScript engine; null: none. */
  engine: Engine | null = null;
  /** The host's conversions between bytes and strings; null: none. */
  latin1: Latin1 | null = null;
  /** Functions can be made of text here: there could be a trace compiler. */
  canCompile = false;
  /** The trace compiler; null: the interpreter alone. */
  jit: TraceCompiler | null = null;
  /** Who watches execution; null: nobody does, or is being told something. */
  monitor: Monitor | null = null;
  /** `sys.modules`, and the namespaces of `builtins` and `sys`: set by `interp` when the interpreter is made. */
  modules!: PyDict;
  builtins!: PyDict;
  sysDict!: PyDict;
  /** The builtin `__import__`, which IMPORT_NAME need not call as a function. */
  importFunction: Value | undefined = undefined;
  /** The builtins `all` and `any`, whatever their names mean later: what LOAD_COMMON_CONSTANT compares with. */
  builtinAll: Value = null;
  builtinAny: Value = null;
  /** `warnings.warn` for native code; null before the `_warnings` module is there. */
  warn: ((category: PyType, message: string, stackLevel: number) => Status) | null = null;
  /** Shows the pending exception where it cannot be raised, by `sys.unraisablehook`; set by the module `sys`. */
  reportUnraisable!: (message: string, object?: Value) => void;
  /** `sys.set_coroutine_origin_tracking_depth`. */
  originDepth = 0;
  /** `-X dev`: what is only checked when it matters is checked always. */
  devMode = false;
  recursionLimit = 1000;
  /** Depth of calls, Python's and native ones: what `recursionLimit` bounds. */
  depth = 0;
  /** Levels of native code on the JavaScript stack, bounded apart: heap frames do not use that stack. */
  nativeDepth = 0;
  nativeLimit = 1500;
  /** Containers whose `repr` is under way. */
  readonly beingPrinted = new Set<PyObject>();
  /** `sys.set_int_max_str_digits`; 0 means no limit. */
  intMaxStrDigits = 4300;
  /** Do code objects tell the columns of their instructions (`-X no_debug_ranges`)? */
  debugRanges = true;
  /** Direct subclasses of builtin types made in this interpreter; heap types keep their own. */
  readonly subclassesOfBuiltins = new Map<PyType, WeakRef<PyType>[]>();
  /** State that a native module keeps for this interpreter, by the module's own key. */
  private readonly states = new Map<object, unknown>();
  /** Of objects that do not keep it themselves. */
  private readonly identities = new WeakMap<object, Identity>();

  /** The state under `key`, made by `make` on first use: for caches and registries of native modules. */
  state<T>(key: object, make: () => T): T {
    let value = this.states.get(key) as T | undefined;
    if (value === undefined) {
      value = make();
      this.states.set(key, value);
    }
    return value;
  }

  /** `id(obj)` for objects; multiples of 16, stable for the object's life, never reused. */
  idOf(obj: PyObject): number {
    const identity = this.identityOf(obj);
    if (identity.number === 0) identity.number = ++lastNumber;
    return FIRST_ID + 16 * identity.number;
  }
  identityOf(obj: PyObject): Identity {
    let identity = obj.getIdentity();
    if (identity !== undefined) return identity;
    identity = this.identities.get(obj);
    if (identity === undefined) {
      identity = new Identity();
      this.identities.set(obj, identity);
    }
    return identity;
  }
  /** For an object that will no longer keep its identity itself. */
  keepIdentity(obj: PyObject, identity: Identity): void {
    this.identities.set(obj, identity);
  }
}

const FIRST_ID = 0x7f0000000000;
/** Numbers are unique over all interpreters of the process, which share some objects: a counter, no state of any of them. */
let lastNumber = 0;

/** The interpreter that is running. */
export let rt: Runtime = null as unknown as Runtime;

/** Makes `next` the running interpreter; returns the one before, to be restored in a `finally`. */
export function enter(next: Runtime): Runtime {
  const before = rt;
  rt = next;
  return before;
}

/** Takes the pending exception out. */
export function takeException(): PyBaseException {
  const { exc } = rt;
  rt.exc = null;
  return exc as PyBaseException;
}

export type { Exc };
