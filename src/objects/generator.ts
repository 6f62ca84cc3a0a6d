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

export class PyGenerator extends PyObject {
  state = GEN_CREATED;
  name: string;
  qualname: string;
  /** The level of handled exceptions that belongs to this frame. */
  readonly excInfo: ExcInfo = { exc: null, previous: null };
  /** The value of `return`, while END travels to who resumed it. */
  returned: Value = null;
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
/** What an asynchronous generator's `yield` gives to its `asend` object, to tell it from an awaited yield. */
export class AsyncGenWrapped extends PyObject {
  constructor(readonly value: Value) {
    super(asyncGenWrappedType.shapes);
  }
}
