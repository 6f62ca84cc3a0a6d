/** The awaitable of `anext(iterator, default)`: as the iterator's own, but its end gives the default. */
import { EXC, type End, type Exc, PyObject, type Result, type Value } from "../objects/core.ts";
import { newType, rawMethod } from "../objects/define.ts";
import { catches, clearException, raise } from "../objects/errors.ts";
import { stopAsyncIterationType, stopIterationType } from "../objects/exceptions/types.ts";
import { PyGenerator } from "../objects/generator.ts";
import { endAsException, sendValue } from "../objects/generator/resume.ts";
import { awaitableIterator } from "../objects/generator/awaitable.ts";
import { callMethod } from "../objects/protocol/call.ts";
import { typeOf } from "../objects/types.ts";

class PyAnextAwaitable extends PyObject {
  /** What the wrapped awaitable's `__await__` gave. */
  private iterator: Value | undefined = undefined;

  constructor(
    readonly wrapped: Value,
    readonly fallback: Value,
  ) {
    super(anextAwaitableType.shapes);
  }
  inner(): Result {
    if (this.iterator !== undefined) return this.iterator;
    const iterator = awaitableIterator(this.wrapped);
    if (iterator === EXC) return EXC;
    return (this.iterator = iterator);
  }
}
export function anextWithDefault(awaitable: Value, fallback: Value): Value {
  return new PyAnextAwaitable(awaitable, fallback);
}

/** The next step, not by `iterNext`: StopIteration's value is what is awaited. Coroutines are no iterators. */
function advance(inner: Value): Result | End {
  if (inner instanceof PyGenerator) return endAsException(inner, sendValue(inner, null));
  const { tp_iternext } = typeOf(inner);
  return tp_iternext === null ? callMethod(inner, "send", [null]) : tp_iternext(inner);
}
/** StopAsyncIteration becomes the return value. */
function finish(self: PyAnextAwaitable, result: Result | End): Result | End {
  if (result !== EXC || !catches(stopAsyncIterationType)) return result;
  clearException();
  const { fallback } = self;
  return raise(stopIterationType, fallback);
}
const forward = (name: string) =>
  rawMethod((self: PyAnextAwaitable, args: Value[]): Result => {
    const inner = self.inner();
    if (inner === EXC) return EXC;
    return finish(self, callMethod(inner, name, args)) as Result;
  });

const anextAwaitableType = newType("anext_awaitable", {
  doc: null,
  slots: {
    tp_iter: (self: PyAnextAwaitable) => self,
    am_await: (self: PyAnextAwaitable) => self,
    tp_iternext: (self: PyAnextAwaitable): Value | End | Exc => {
      const inner = self.inner();
      if (inner === EXC) return EXC;
      return finish(self, advance(inner)) as Value | End | Exc;
    },
  },
  methods: () => ({ send: forward("send"), throw: forward("throw"), close: forward("close") }),
});
