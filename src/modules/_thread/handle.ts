/** `_thread._ThreadHandle`: the threads there are not, and the main one. */
import { PyObject, type PyType, type Result, type Value } from "../../objects/core.ts";
import { getset, method, newType } from "../../objects/define.ts";
import { runtimeError } from "../../objects/errors.ts";

export class PyThreadHandle extends PyObject {
  done = false;
  constructor(
    cls: PyType,
    public ident: number,
  ) {
    super(cls.shapes);
  }
}

function join(self: PyThreadHandle): Result {
  if (self.done) return null;
  return self.ident === 0 ? runtimeError("thread not started") : runtimeError("Cannot join current thread");
}

export const threadHandleType: PyType = newType("_ThreadHandle", {
  module: "_thread",
  doc: null,
  slots: {
    tp_new: (cls) => new PyThreadHandle(cls, 0),
    tp_repr: (self: PyThreadHandle) => `<_thread._ThreadHandle object: ident=${self.ident}>`,
  },
  methods: () => ({
    join: method("($self, timeout=None, /)", (self: PyThreadHandle, _timeout?: Value) => join(self)),
    is_done: method("($self, /)", (self: PyThreadHandle) => self.done),
    _set_done: method("($self, /)", (self: PyThreadHandle) => {
      if (self.ident === 0) return runtimeError("thread not started");
      self.done = true;
      return null;
    }),
  }),
  getset: () => ({ ident: getset((self: PyThreadHandle) => self.ident) }),
});
