/** `collections.deque`: the class and its behaviour. */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type KwNames,
  NE,
  PyObject,
  PyType,
  type Result,
  SEQUENCE,
  type Status,
  type Value,
  typeType,
} from "../../objects/core.ts";
import { classMethod, defineType, getset, method, parseArgs, signature } from "../../objects/define.ts";
import { indexError, runtimeError, typeError, valueError } from "../../objects/errors.ts";
import { newGenericAlias } from "../../objects/generic-alias.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { call } from "../../objects/protocol/call.ts";
import { forEach, getIter } from "../../objects/protocol/iter.ts";
import { callSpecial, repr } from "../../objects/protocol/object.ts";
import { reprEnter, reprLeave } from "../../objects/recursion.ts";
import { boundOf, compareItems, itemsEqual } from "../../objects/sequence/items.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { strConcatAll } from "../../objects/str/astral.ts";
import { emptyTuple, newTuple } from "../../objects/tuple.ts";
import { hashNotImplemented } from "../../objects/type/hash-not-implemented.ts";
import { newList } from "../../objects/list.ts";
import { typeOf } from "../../objects/types.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { PyDequeIterator, PyDequeReverseIterator } from "./deque-iterator.ts";
import { Ring } from "./ring.ts";
import { genericNew } from "../../objects/type/generic-new.ts";

export const dequeType = new PyType("deque", typeType);

export class PyDeque extends PyObject {
  readonly ring = new Ring();
  /** -1: unbounded. */
  maxlen = -1;
  /** Changes with every change of the deque's length or order: iterators check it. */
  state = 0;

  constructor(cls: PyType) {
    super(cls.shapes);
  }

  get length(): number {
    return this.ring.length;
  }

  append(value: Value): void {
    if (this.maxlen === 0) return;
    this.ring.push(value);
    this.state++;
    if (this.maxlen >= 0 && this.ring.length > this.maxlen) this.ring.shift();
  }
  appendLeft(value: Value): void {
    if (this.maxlen === 0) return;
    this.ring.unshift(value);
    this.state++;
    if (this.maxlen >= 0 && this.ring.length > this.maxlen) this.ring.pop();
  }

  clear(): void {
    this.ring.clear();
    this.state++;
  }

  removeAt(index: number): void {
    this.ring.rotate(-index);
    this.ring.shift();
    this.ring.rotate(index);
    this.state++;
  }
}
class PyDequeSub extends withAttributes(PyDeque) {}

// ── making ─────────────────────────────────────────────────────────────────────────────────────────────────
const INIT = signature("(iterable=(), maxlen=None)");

function dequeInit(self: PyDeque, args: Value[], kwnames: KwNames): Status {
  if (args.length > 2) return typeError(`deque() takes at most 2 arguments (${args.length} given)`);
  const bound = parseArgs(INIT, "deque", args, kwnames);
  if (bound === EXC) return EXC;
  const [iterable, maxlen] = bound as [Value | undefined, Value | undefined];
  let limit = -1;
  if (maxlen !== undefined && maxlen !== null) {
    if (typeOf(maxlen).nb_index === null) return typeError("an integer is required");
    const given = asSize(maxlen);
    if (given === EXC) return EXC;
    if (given < 0) return valueError("maxlen must be non-negative");
    limit = given;
  }
  self.maxlen = limit;
  if (self.length > 0) self.clear();
  return iterable === undefined ? null : extend(self, iterable);
}

function extend(self: PyDeque, iterable: Value): Status {
  if (iterable === self) {
    for (const value of self.ring.toArray()) self.append(value);
    return null;
  }
  return forEach(iterable, (value) => {
    self.append(value);
    return null;
  });
}
function extendLeft(self: PyDeque, iterable: Value): Status {
  if (iterable === self) {
    for (const value of self.ring.toArray()) self.appendLeft(value);
    return null;
  }
  return forEach(iterable, (value) => {
    self.appendLeft(value);
    return null;
  });
}

function copyDeque(self: PyDeque): PyDeque | Exc {
  const { cls } = self.shape;
  if (cls === dequeType) {
    const copy = new PyDeque(dequeType);
    copy.maxlen = self.maxlen;
    for (let i = 0; i < self.length; i++) copy.ring.push(self.ring.at(i));
    return copy;
  }
  const made = call(cls, self.maxlen < 0 ? [self] : [self, self.maxlen]);
  if (made === EXC) return EXC;
  if (made instanceof PyDeque) return made;
  return typeError(`${cls.name}() must return a deque, not ${typeOf(made).name}`);
}

// ── items ──────────────────────────────────────────────────────────────────────────────────────────────────
function itemAt(self: PyDeque, index: number): Result {
  return index >= 0 && index < self.length ? self.ring.at(index) : indexError("deque index out of range");
}
function assignAt(self: PyDeque, index: number, value: Value | undefined): Status {
  if (index < 0 || index >= self.length) return indexError("deque index out of range");
  if (value === undefined) self.removeAt(index);
  else self.ring.put(index, value);
  return null;
}

/** The first index in the bounds with an equal item; -1: none. `mutated` raises for a deque that changed meanwhile. */
function find(self: PyDeque, value: Value, start: number, stop: number, mutated: () => Exc): number | Exc {
  const { state } = self;
  for (let i = start; i < stop && i < self.length; i++) {
    const item = self.ring.at(i);
    const same = item === value || itemsEqual(item, value);
    if (same === EXC) return EXC;
    if (self.state !== state) return mutated();
    if (same) return i;
  }
  return -1;
}
const changedInSearch = (): Exc => runtimeError("deque mutated during iteration");
const changedInRemoval = (): Exc => indexError("deque mutated during iteration");

function indexOf(self: PyDeque, value: Value, start?: Value, stop?: Value): Result {
  const from = start === undefined ? 0 : boundOf(start, self.length);
  if (from === EXC) return EXC;
  const to = stop === undefined ? self.length : boundOf(stop, self.length);
  if (to === EXC) return EXC;
  const found = find(self, value, from, to, changedInSearch);
  return found === -1 ? valueError("deque.index(x): x not in deque") : found;
}

function count(self: PyDeque, value: Value): Result {
  const { state } = self;
  let n = 0;
  for (let i = 0; i < self.length; i++) {
    const item = self.ring.at(i);
    const same = item === value || itemsEqual(item, value);
    if (same === EXC) return EXC;
    if (self.state !== state) return changedInSearch();
    if (same) n++;
  }
  return n;
}

function remove(self: PyDeque, value: Value): Result {
  const found = find(self, value, 0, self.length, changedInRemoval);
  if (found === EXC) return EXC;
  if (found < 0) return valueError("deque.remove(x): x not in deque");
  self.removeAt(found);
  return null;
}

function insert(self: PyDeque, index: Value, value: Value): Result {
  const at = asSize(index);
  if (at === EXC) return EXC;
  const { ring } = self;
  if (self.maxlen === ring.length) return indexError("deque already at its maximum size");
  const place = at < 0 ? Math.max(0, at + ring.length) : Math.min(at, ring.length);
  ring.rotate(-place);
  ring.unshift(value);
  ring.rotate(place);
  self.state++;
  return null;
}

function rotate(self: PyDeque, n: Value = 1): Result {
  const steps = asSize(n);
  if (steps === EXC) return EXC;
  self.ring.rotate(steps);
  self.state++;
  return null;
}

function pop(self: PyDeque): Result {
  if (self.length === 0) return indexError("pop from an empty deque");
  self.state++;
  return self.ring.pop();
}
function popLeft(self: PyDeque): Result {
  if (self.length === 0) return indexError("pop from an empty deque");
  self.state++;
  return self.ring.shift();
}

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────
function concat(self: PyDeque, other: Value): Result {
  if (!(other instanceof PyDeque)) {
    return typeError(`can only concatenate deque (not "${typeOf(other).name}") to deque`);
  }
  const copy = copyDeque(self);
  return copy === EXC || extend(copy, other) === EXC ? EXC : copy;
}

function repeatInPlace(self: PyDeque, times: number): Result {
  if (times <= 0) {
    self.clear();
    return self;
  }
  const values = self.ring.toArray();
  // With a bound only the end of the product stays.
  const useful = self.maxlen >= 0 && values.length > 0 ? Math.ceil(self.maxlen / values.length) + 1 : times;
  for (let i = 1; i < Math.min(times, useful); i++) for (const value of values) self.append(value);
  return self;
}
function repeat(self: PyDeque, times: number): Result {
  const copy = copyDeque(self);
  return copy === EXC ? EXC : repeatInPlace(copy, times);
}

function compare(a: PyDeque, b: Value, op: CompareOp): Result {
  if (!(b instanceof PyDeque)) return NotImplemented;
  if ((op === EQ || op === NE) && a.length !== b.length) return op === NE;
  return compareItems({ items: a.ring.toArray() }, { items: b.ring.toArray() }, op);
}

function reprDeque(self: PyDeque): Result {
  if (reprEnter(self)) return "[...]";
  const items = repr(newList(self.ring.toArray()));
  reprLeave(self);
  if (items === EXC) return EXC;
  const tail = self.maxlen < 0 ? ")" : `, maxlen=${self.maxlen})`;
  return strConcatAll([self.shape.cls.qualname.split(".").pop() as string, "(", items, tail]);
}

function reduce(self: PyDeque): Result {
  const state = callSpecial(self, "__getstate__") ?? null;
  if (state === EXC) return EXC;
  const iterator = getIter(self);
  if (iterator === EXC) return EXC;
  const args = self.maxlen < 0 ? emptyTuple : newTuple([emptyTuple, self.maxlen]);
  return newTuple([self.shape.cls, args, state, iterator]);
}
defineType(dequeType, {
  module: "collections",
  doc: "A list-like sequence optimized for data accesses near its endpoints.",
  textSignature: "([iterable[, maxlen]])",
  flags: BASETYPE | SEQUENCE | HAS_WEAKREF,
  slots: {
    tp_alloc: (cls: PyType) => (cls === dequeType ? new PyDeque(cls) : new PyDequeSub(cls)),
    tp_new: genericNew,
    tp_init: dequeInit,
    tp_repr: reprDeque,
    tp_hash: hashNotImplemented,
    tp_richcompare: compare,
    tp_iter: (self: PyDeque) => new PyDequeIterator(self),
    sq_length: (self: PyDeque) => self.length,
    sq_concat: concat,
    sq_repeat: repeat,
    sq_item: itemAt,
    sq_ass_item: assignAt,
    sq_contains: (self: PyDeque, value: Value) => {
      const found = find(self, value, 0, self.length, changedInSearch);
      return found === EXC ? EXC : found >= 0;
    },
    sq_inplace_concat: (self: PyDeque, other: Value) => (extend(self, other) === EXC ? EXC : self),
    sq_inplace_repeat: repeatInPlace,
  },
  methods: () => ({
    append: method(
      "($self, item, /)",
      (self: PyDeque, value: Value) => (self.append(value), null),
      "Add an element to the right side of the deque.",
    ),
    appendleft: method(
      "($self, item, /)",
      (self: PyDeque, value: Value) => (self.appendLeft(value), null),
      "Add an element to the left side of the deque.",
    ),
    clear: method("($self, /)", (self: PyDeque) => (self.clear(), null), "Remove all elements from the deque."),
    __copy__: method("($self, /)", copyDeque, "Return a shallow copy of a deque."),
    copy: method("($self, /)", copyDeque, "Return a shallow copy of a deque."),
    count: method("($self, value, /)", count, "Return number of occurrences of value."),
    extend: method(
      "($self, iterable, /)",
      extend,
      "Extend the right side of the deque with elements from the iterable.",
    ),
    extendleft: method(
      "($self, iterable, /)",
      extendLeft,
      "Extend the left side of the deque with elements from the iterable.",
    ),
    index: method(
      "($self, value, start=0, stop=sys.maxsize, /)",
      indexOf,
      "Return first index of value.\n\nRaises ValueError if the value is not present.",
    ).signedAs("($self, value, [start, [stop]])"),
    insert: method("($self, index, value, /)", insert, "Insert value before index."),
    pop: method("($self, /)", pop, "Remove and return the rightmost element."),
    popleft: method("($self, /)", popLeft, "Remove and return the leftmost element."),
    __reduce__: method("($self, /)", reduce, "Return state information for pickling."),
    remove: method("($self, value, /)", remove, "Remove first occurrence of value."),
    __reversed__: method(
      "($self, /)",
      (self: PyDeque) => new PyDequeReverseIterator(self),
      "Return a reverse iterator over the deque.",
    ),
    reverse: method(
      "($self, /)",
      (self: PyDeque) => (self.ring.fill(self.ring.toArray().reverse()), null),
      "Reverse *IN PLACE*.",
    ),
    rotate: method(
      "($self, n=1, /)",
      rotate,
      "Rotate the deque n steps to the right.  If n is negative, rotates left.",
    ),
    __sizeof__: method(
      "($self, /)",
      (self: PyDeque) => 232 + 512 * Math.ceil(Math.max(1, self.length) / 64),
      "Return the size of the deque in memory, in bytes.",
    ),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
  getset: () => ({
    maxlen: getset(
      (self: PyDeque) => (self.maxlen < 0 ? null : self.maxlen),
      undefined,
      "maximum size of a deque or None if unbounded",
    ),
  }),
});
