/** The module `_queue`. */
import { BASETYPE, EXC, HAS_WEAKREF, PyObject, type PyType, type Result, type Value } from "../../objects/core.ts";
import { classMethod, method, newModule, newType } from "../../objects/define.ts";
import { raiseArgs, runtimeError, valueError } from "../../objects/errors.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { asDouble } from "../../objects/protocol/convert.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { exceptionType } from "../../objects/exceptions/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";

class PySimpleQueue extends PyObject {
  private items: Value[] = [];
  private head = 0;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  get size(): number {
    return this.items.length - this.head;
  }
  put(item: Value): void {
    this.items.push(item);
  }
  take(): Value {
    const item = this.items[this.head++];
    // Half of the array is used up: let go of it.
    if (this.head > 32 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }
}
class PySimpleQueueSub extends withAttributes(PySimpleQueue) {}

const emptyType = newType("Empty", {
  module: "_queue",
  doc: "Exception raised by Queue.get(block=0)/get_nowait().",
  base: exceptionType,
  flags: BASETYPE,
});

function put(self: PySimpleQueue, item: Value): null {
  self.put(item);
  return null;
}
function get(self: PySimpleQueue, block: Value = true, timeout: Value = null): Result {
  if (self.size > 0) return self.take();
  const wait = isTrue(block);
  if (wait === EXC) return EXC;
  if (wait && timeout === null) return runtimeError("SimpleQueue.get() would wait forever: there is no other thread");
  if (wait) {
    const seconds = asDouble(timeout);
    if (seconds === EXC) return EXC;
    if (seconds < 0) return valueError("'timeout' must be a non-negative number");
  }
  return raiseArgs(emptyType);
}

const simpleQueueType: PyType = newType("SimpleQueue", {
  module: "_queue",
  doc: "Simple, unbounded, reentrant FIFO queue.",
  textSignature: "()",
  flags: BASETYPE | HAS_WEAKREF,
  slots: { tp_alloc: (cls) => (cls === simpleQueueType ? new PySimpleQueue(cls) : new PySimpleQueueSub(cls)) },
  methods: () => ({
    empty: method("($self, /)", (self: PySimpleQueue) => self.size === 0),
    qsize: method("($self, /)", (self: PySimpleQueue) => self.size),
    put: method("($self, /, item, block=True, timeout=None)", put),
    put_nowait: method("($self, /, item)", put),
    get: method("($self, /, block=True, timeout=None)", get),
    get_nowait: method("($self, /)", (self: PySimpleQueue) => get(self, false)),
    __class_getitem__: classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item)),
  }),
});

export const _queueModule = newModule("_queue", {
  doc: "C implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly.",
  attributes: () => ({ SimpleQueue: simpleQueueType, Empty: emptyType }),
});
