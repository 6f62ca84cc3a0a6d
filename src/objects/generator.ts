/** Generators, coroutines, asynchronous generators: a suspended frame each. Behaviour: `generator-types.ts`. */
import { Identity, PyObject, type PyType, type Value } from "./core.ts";
import type { PyFrame } from "./frame.ts";
import type { ExcInfo } from "./runtime.ts";
import { asyncGenWrappedType } from "./types.ts";

/** States, in CPython's order (`inspect.getgeneratorstate`). */
export const GEN_CREATED = 0;
export const GEN_SUSPENDED = 1;
export const GEN_RUNNING = 2;
export const GEN_FINISHED = 3;
/** Suspended or running as the generator is that delegates to it, see `generator/chain.ts`. */
export const GEN_LINKED = 4;
/** Suspended, with a chain of generators that it delegates to. */
export const GEN_CHAINED = 5;

export class PyGenerator extends PyObject {
  state = GEN_CREATED;
  name: string;
  qualname: string;
  /** The level of handled exceptions that belongs to this frame. */
  readonly excInfo: ExcInfo = { exc: null, previous: null };
  /** The value of `return`, while END travels to who resumed it. */
  returned: Value = null;
  /** Of a chain's root: its leaf, and how many generators there are below the root (`generator/chain.ts`). */
  leaf: PyGenerator | null = null;
  links = 0;
  /** Of a chain's leaf. */
  root: PyGenerator | null = null;
  private identity: Identity | null = null;

  constructor(
    cls: PyType,
    /** Its frame; the code stays reachable after the end. */
    public frame: PyFrame,
    name: string,
    qualname: string,
  ) {
    super(cls.shapes);
    this.name = name;
    this.qualname = qualname;
  }
  override getIdentity(): Identity {
    return (this.identity ??= new Identity());
  }
}
export class PyCoroutine extends PyGenerator {
  /** `cr_origin`. */
  origin: Value = null;
}
export class PyAsyncGenerator extends PyGenerator {
  finalizer: Value | undefined = undefined;
  hooksInited = false;
  closed = false;
  /** `ag_running`: an `asend` or `athrow` is under way. */
  runningAsync = false;
}
/** The generator that decides whether `generator` runs: itself, or the root of its chain. */
export function outermost(generator: PyGenerator): PyGenerator {
  let at = generator;
  while (at.state === GEN_LINKED) at = (at.frame.back as PyFrame).generator as PyGenerator;
  return at;
}
export function isRunning(generator: PyGenerator): boolean {
  return outermost(generator).state === GEN_RUNNING;
}
/** Has it yielded, and does it wait to be resumed? */
export function isSuspended(generator: PyGenerator): boolean {
  const { state } = outermost(generator);
  return state === GEN_SUSPENDED || state === GEN_CHAINED;
}
/** What an asynchronous generator's `yield` gives to its `asend` object, to tell it from an awaited yield. */
export class AsyncGenWrapped extends PyObject {
  constructor(readonly value: Value) {
    super(asyncGenWrappedType.shapes);
  }
}
