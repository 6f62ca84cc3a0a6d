/** Asynchronous generators and the awaitables of their methods. Source: PEP 525. */
import { END, EXC, type End, type Exc, HAS_WEAKREF, PyObject, type Result, type Value, type PyType } from "../core.ts";
import { classMethod, defineType, getset, method, newType } from "../define.ts";
import { catches, clearException, raise, raiseArgs, runtimeError, stopIteration } from "../errors.ts";
import { generatorExitType, runtimeErrorType, stopAsyncIterationType, stopIterationType } from "../exceptions/types.ts";
import { AsyncGenWrapped, GEN_CREATED, GEN_FINISHED, isRunning, type PyAsyncGenerator } from "../generator.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { call } from "../protocol/call.ts";
import { rt } from "../runtime.ts";
import { asyncGeneratorType } from "../types.ts";
import { issueDeprecation } from "../protocol/warn.ts";
import { delegateOf, deprecated, sendValue, stopIterationWith, throwInto } from "./resume.ts";
import { describe, nameFields, stateFields } from "./types.ts";

const INIT = 0;
const ITERATING = 1;
const CLOSED = 2;

/** `sys.set_asyncgen_hooks`. */
export interface AsyncgenHooks {
  firstiter: Value;
  finalizer: Value;
}
const HOOKS = {};
export const asyncgenHooks = (): AsyncgenHooks => rt.state(HOOKS, () => ({ firstiter: null, finalizer: null }));

function initHooks(gen: PyAsyncGenerator): null | Exc {
  if (gen.hooksInited) return null;
  gen.hooksInited = true;
  const { firstiter, finalizer } = asyncgenHooks();
  gen.finalizer = finalizer;
  return firstiter !== null && call(firstiter, [gen]) === EXC ? EXC : null;
}

/** What resuming gave, as the awaiting coroutine sees it: a yield of the generator ends the awaiting. */
function unwrap(gen: PyAsyncGenerator, result: Result | End): Result {
  if (result === END) {
    gen.closed = true;
    gen.runningAsync = false;
    return raiseArgs(stopAsyncIterationType);
  }
  if (result === EXC) {
    if (catches(stopAsyncIterationType) || catches(generatorExitType)) gen.closed = true;
    gen.runningAsync = false;
    return EXC;
  }
  if (result instanceof AsyncGenWrapped) {
    gen.runningAsync = false;
    return stopIterationWith(result.value);
  }
  return result;
}

// ── __anext__ and asend ────────────────────────────────────────────────────────────────────────────────────
class PyAsend extends PyObject {
  state = INIT;
  constructor(
    readonly gen: PyAsyncGenerator,
    readonly value: Value,
  ) {
    super(asendType.shapes);
  }
}
function asendSend(self: PyAsend, given: Value): Result {
  let value = given;
  if (self.state === CLOSED) return runtimeError("cannot reuse already awaited __anext__()/asend()");
  if (self.state === INIT) {
    if (self.gen.runningAsync) {
      self.state = CLOSED;
      return raise(runtimeErrorType, "anext(): asynchronous generator is already running");
    }
    if (value === null) value = self.value;
    self.state = ITERATING;
  }
  self.gen.runningAsync = true;
  const result = unwrap(self.gen, sendValue(self.gen, value));
  if (result === EXC) self.state = CLOSED;
  return result;
}
function asendThrow(self: PyAsend, type: Value, value?: Value, tb?: Value): Result {
  if (self.state === CLOSED) return runtimeError("cannot reuse already awaited __anext__()/asend()");
  if (self.state === INIT) {
    if (self.gen.runningAsync) {
      self.state = CLOSED;
      return raise(runtimeErrorType, "anext(): asynchronous generator is already running");
    }
    self.state = ITERATING;
    self.gen.runningAsync = true;
  }
  const result = unwrap(self.gen, throwInto(self.gen, type, value, tb));
  if (result === EXC) self.state = CLOSED;
  return result;
}
/** Closes an awaitable by throwing GeneratorExit into it. */
function closeBy(throwExit: () => Result): Result {
  const result = throwExit();
  if (result !== EXC) return runtimeError("coroutine ignored GeneratorExit");
  if (catches(stopIterationType) || catches(stopAsyncIterationType) || catches(generatorExitType)) {
    clearException();
    return null;
  }
  return EXC;
}
const asendType = newType("async_generator_asend", {
  slots: {
    tp_iter: (self: PyAsend) => self,
    am_await: (self: PyAsend) => self,
    tp_iternext: (self: PyAsend) => asendSend(self, null),
  },
  methods: () => ({
    send: method("($self, value, /)", asendSend),
    throw: method("($self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)", asendThrow),
    close: method("($self, /)", (self: PyAsend) => {
      if (self.state === CLOSED) return null;
      if (self.state === INIT) {
        self.state = CLOSED;
        return null;
      }
      return closeBy(() => asendThrow(self, generatorExitType));
    }),
  }),
});

// ── athrow and aclose ──────────────────────────────────────────────────────────────────────────────────────
class PyAthrow extends PyObject {
  state = INIT;
  constructor(
    readonly gen: PyAsyncGenerator,
    /** null: `aclose()`. */
    readonly args: Value[] | null,
  ) {
    super(athrowType.shapes);
  }
}
const reused = (): Exc => runtimeError("cannot reuse already awaited aclose()/athrow()");

function athrowSend(self: PyAthrow, value: Value): Result {
  const { gen } = self;
  if (self.state === CLOSED) return reused();
  if (gen.state === GEN_FINISHED) {
    self.state = CLOSED;
    return raiseArgs(stopIterationType);
  }
  if (self.state === ITERATING) return afterAthrow(self, sendValue(gen, value));
  if (gen.runningAsync) {
    self.state = CLOSED;
    const what = self.args === null ? "aclose" : "athrow";
    return raise(runtimeErrorType, `${what}(): asynchronous generator is already running`);
  }
  if (gen.closed) {
    self.state = CLOSED;
    return raiseArgs(stopAsyncIterationType);
  }
  if (value !== null) return runtimeError("can't send non-None value to a just-started coroutine");
  self.state = ITERATING;
  gen.runningAsync = true;
  if (self.args === null) {
    gen.closed = true;
    return afterAthrow(self, throwInto(gen, generatorExitType, undefined, undefined));
  }
  return afterAthrow(self, throwInto(gen, self.args[0], self.args[1], self.args[2]));
}
function afterAthrow(self: PyAthrow, result: Result | End): Result {
  const { gen } = self;
  if (self.args !== null) {
    const unwrapped = unwrap(gen, result);
    if (unwrapped === EXC) self.state = CLOSED;
    return unwrapped;
  }
  if (result instanceof AsyncGenWrapped) {
    gen.runningAsync = false;
    self.state = CLOSED;
    return runtimeError("async generator ignored GeneratorExit");
  }
  if (result !== END && result !== EXC) return result;
  gen.runningAsync = false;
  self.state = CLOSED;
  if (result === EXC) {
    if (!catches(stopAsyncIterationType) && !catches(generatorExitType)) return EXC;
    clearException();
  }
  // `aclose()` ends well when the generator has ended.
  return stopIteration(null);
}
function athrowThrow(self: PyAthrow, type: Value, value?: Value, tb?: Value): Result {
  const { gen } = self;
  if (self.state === CLOSED) return reused();
  if (self.state === INIT) {
    if (gen.runningAsync) {
      self.state = CLOSED;
      const what = self.args === null ? "aclose" : "athrow";
      return raise(runtimeErrorType, `${what}(): asynchronous generator is already running`);
    }
    self.state = ITERATING;
    gen.runningAsync = true;
  }
  return afterAthrow(self, throwInto(gen, type, value, tb));
}
const athrowType = newType("async_generator_athrow", {
  slots: {
    tp_iter: (self: PyAthrow) => self,
    am_await: (self: PyAthrow) => self,
    tp_iternext: (self: PyAthrow) => athrowSend(self, null),
  },
  methods: () => ({
    send: method("($self, value, /)", athrowSend),
    throw: method("($self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)", athrowThrow),
    close: method("($self, /)", (self: PyAthrow) => {
      if (self.state === CLOSED) return null;
      if (self.state === INIT) {
        self.state = CLOSED;
        return null;
      }
      return closeBy(() => athrowThrow(self, generatorExitType));
    }),
  }),
});

// ── the generator ──────────────────────────────────────────────────────────────────────────────────────────
const hooked = (gen: PyAsyncGenerator, make: () => PyObject): Result => (initHooks(gen) === EXC ? EXC : make());

defineType(asyncGeneratorType, {
  flags: HAS_WEAKREF,
  slots: {
    am_aiter: (self: PyAsyncGenerator) => self,
    am_anext: (self: PyAsyncGenerator) => hooked(self, () => new PyAsend(self, null)),
    tp_repr: describe("async_generator"),
  },
  methods: () => ({
    asend: method("($self, value, /)", (self: PyAsyncGenerator, value: Value) =>
      hooked(self, () => new PyAsend(self, value)),
    ),
    athrow: method(
      "($self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)",
      (self: PyAsyncGenerator, type: Value, value?: Value, tb?: Value) => {
        if (value !== undefined && issueDeprecation(deprecated("athrow")) === EXC) return EXC;
        const args = [type, ...(value === undefined ? [] : [value]), ...(tb === undefined ? [] : [tb])];
        return hooked(self, () => new PyAthrow(self, args));
      },
    ).signedAs(null),
    aclose: method("($self, /)", (self: PyAsyncGenerator) => hooked(self, () => new PyAthrow(self, null))),
    __sizeof__: method("($self, /)", (self: PyAsyncGenerator) => 100 + 8 * self.frame.s.length),
    __class_getitem__: classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item)),
  }),
  getset: () => ({
    ...nameFields("asynchronous generator"),
    ...stateFields("ag"),
    ag_running: getset((self: PyAsyncGenerator) => self.runningAsync || isRunning(self)),
    ag_await: getset((self: PyAsyncGenerator) => (self.state === GEN_CREATED ? null : delegateOf(self))),
  }),
});
