/** The behaviour of generators and coroutines. Asynchronous generators: `async.ts`. */
import { HAS_WEAKREF, PyObject, type Result, type Value } from "../core.ts";
import { classMethod, defineType, getset, member, method, newType } from "../define.ts";
import { typeError } from "../errors.ts";
import { rt } from "../runtime.ts";
import { showFrames } from "../frame.ts";
import { GEN_CREATED, GEN_FINISHED, type PyCoroutine, type PyGenerator, isRunning, isSuspended } from "../generator.ts";
import { newGenericAlias } from "../generic-alias.ts";

import { concat } from "../message.ts";
import { idText } from "../protocol/object.ts";
import { coroutineType, generatorType } from "../types.ts";
import { strValue } from "../values.ts";
import { close, delegateOf, endAsException, iterNextOf, sendValue, throwMethod } from "./resume.ts";

export const nameFields = (what: string) => ({
  __name__: getset(
    (self: PyGenerator) => self.name,
    (self: PyGenerator, value) => {
      const text = value === undefined ? undefined : strValue(value);
      if (text === undefined) return typeError("__name__ must be set to a string object");
      self.name = text as string;
      return null;
    },
    `name of the ${what}`,
  ),
  __qualname__: getset(
    (self: PyGenerator) => self.qualname,
    (self: PyGenerator, value) => {
      const text = value === undefined ? undefined : strValue(value);
      if (text === undefined) return typeError("__qualname__ must be set to a string object");
      self.qualname = text as string;
      return null;
    },
    `qualified name of the ${what}`,
  ),
});
/** `gi_…`, `cr_…`, `ag_…`. */
export const stateFields = (prefix: string) => ({
  [`${prefix}_code`]: getset((self: PyGenerator) => self.frame.code),
  [`${prefix}_frame`]: getset((self: PyGenerator): Result => {
    if (self.state === GEN_FINISHED) return null;
    // One that runs in compiled code gets its values.
    if (isRunning(self)) showFrames(rt.frame);
    self.frame.escaped = true;
    return self.frame;
  }),
  [`${prefix}_suspended`]: getset((self: PyGenerator) => isSuspended(self)),
});
const running = getset((self: PyGenerator) => isRunning(self));

const methods = (what: string) => () => ({
  send: method(
    "($self, value, /)",
    (self: PyGenerator, value: Value) => endAsException(self, sendValue(self, value)),
    `Sends a value into ${what}; gives what it yields next.`,
  ),
  throw: method(
    "($self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)",
    throwMethod,
    `Raises an exception in ${what}; gives what it yields next.`,
  ).signedAs(null),
  close: method("($self, /)", close, `Raises GeneratorExit inside ${what}.`),
  __sizeof__: method("($self, /)", (self: PyGenerator) => 100 + 8 * self.frame.s.length),
  __class_getitem__: classMethod("($type, object, /)", newGenericAlias),
});
export const describe = (kind: string) => (self: PyGenerator) =>
  concat(`<${kind} object `, self.qualname, ` at 0x${idText(self)}>`);

defineType(generatorType, {
  flags: HAS_WEAKREF,
  slots: { tp_iter: (self: PyGenerator) => self, tp_iternext: iterNextOf, tp_repr: describe("generator") },
  methods: methods("generator"),
  getset: () => ({
    ...nameFields("generator"),
    ...stateFields("gi"),
    gi_running: running,
    gi_yieldfrom: getset((self: PyGenerator) => (self.state === GEN_CREATED ? null : delegateOf(self))),
  }),
});

/** What `coroutine.__await__()` gives. */
class PyCoroutineWrapper extends PyObject {
  constructor(readonly coroutine: PyCoroutine) {
    super(coroutineWrapperType.shapes);
  }
}
const coroutineWrapperType = newType("coroutine_wrapper", {
  slots: {
    tp_iter: (self: PyCoroutineWrapper) => self,
    tp_iternext: (self: PyCoroutineWrapper) => iterNextOf(self.coroutine),
  },
  methods: () => ({
    send: method("($self, value, /)", (self: PyCoroutineWrapper, value: Value) =>
      endAsException(self.coroutine, sendValue(self.coroutine, value)),
    ),
    throw: method(
      "($self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)",
      (self: PyCoroutineWrapper, type: Value, value?: Value, tb?: Value) =>
        throwMethod(self.coroutine, type, value, tb),
    ).signedAs(null),
    close: method("($self, /)", (self: PyCoroutineWrapper) => close(self.coroutine)),
  }),
});
defineType(coroutineType, {
  flags: HAS_WEAKREF,
  slots: { am_await: (self: PyCoroutine) => new PyCoroutineWrapper(self), tp_repr: describe("coroutine") },
  methods: methods("coroutine"),
  getset: () => ({
    ...nameFields("coroutine"),
    ...stateFields("cr"),
    cr_running: running,
    cr_await: getset((self: PyGenerator) => (self.state === GEN_CREATED ? null : delegateOf(self))),
  }),
  members: () => ({ cr_origin: member((self: PyCoroutine) => self.origin) }),
});
