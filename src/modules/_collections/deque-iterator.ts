/** The iterators of deques. */
import {
  END,
  EXC,
  type End,
  type Exc,
  type KwNames,
  PyObject,
  PyType,
  type Result,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { defineType, method } from "../../objects/define.ts";
import { runtimeError, typeError } from "../../objects/errors.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { PyDeque } from "./deque.ts";

export const dequeIteratorType = new PyType("_deque_iterator", typeType);
export const dequeReverseIteratorType = new PyType("_deque_reverse_iterator", typeType);

abstract class DequeWalk extends PyObject {
  index = 0;
  remaining: number;
  state: number;
  constructor(
    type: PyType,
    readonly deque: PyDeque,
  ) {
    super(type.shapes);
    this.remaining = deque.length;
    this.state = deque.state;
  }
  next(): Value | End | Exc {
    if (this.deque.state !== this.state) {
      this.remaining = 0;
      return runtimeError("deque mutated during iteration");
    }
    if (this.remaining === 0) return END;
    this.remaining--;
    return this.deque.ring.at(this.place(this.index++));
  }
  protected abstract place(index: number): number;
}
export class PyDequeIterator extends DequeWalk {
  constructor(deque: PyDeque) {
    super(dequeIteratorType, deque);
  }
  protected place(index: number): number {
    return index;
  }
}
export class PyDequeReverseIterator extends DequeWalk {
  constructor(deque: PyDeque) {
    super(dequeReverseIteratorType, deque);
  }
  protected place(index: number): number {
    return this.deque.length - 1 - index;
  }
}

/** `type(deque, index=0)`: what unpickling calls. */
function make(Iterator: new (deque: PyDeque) => DequeWalk, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("function takes no keyword arguments");
  if (args.length === 0) return typeError("function takes at least 1 argument (0 given)");
  const [deque, start] = args;
  if (!(deque instanceof PyDeque)) {
    return typeError(`argument 1 must be collections.deque, not ${typeOf(deque).name}`);
  }
  const index = start === undefined ? 0 : asSize(start);
  if (index === EXC) return EXC;
  const iterator = new Iterator(deque);
  for (let i = 0; i < index; i++) {
    const value = iterator.next();
    if (value === EXC) return EXC;
    if (value === END) break;
  }
  return iterator;
}

function define(type: PyType, Iterator: new (deque: PyDeque) => DequeWalk): void {
  defineType(type, {
    module: "collections",
    slots: {
      tp_new: (_cls, args, kwnames) => make(Iterator, args, kwnames),
      tp_iter: (self: DequeWalk) => self,
      tp_iternext: (self: DequeWalk) => self.next(),
    },
    methods: () => ({
      __length_hint__: method(
        "($self, /)",
        (self: DequeWalk) => self.remaining,
        "Private method returning an estimate of len(list(it)).",
      ),
      __reduce__: method(
        "($self, /)",
        (self: DequeWalk) => newTuple([type, newTuple([self.deque, self.deque.length - self.remaining])]),
        "Return state information for pickling.",
      ),
    }),
  });
}
define(dequeIteratorType, PyDequeIterator);
define(dequeReverseIteratorType, PyDequeReverseIterator);
