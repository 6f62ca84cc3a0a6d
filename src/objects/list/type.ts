/** `list`: slots and methods. Sorting is in `sort.ts`. */
import {
  BASETYPE,
  type CompareOp,
  END,
  EXC,
  type Exc,
  type KwNames,
  MATCH_SELF,
  PLAIN_ARITHMETIC,
  type PyType,
  type Result,
  SEQUENCE,
  type Status,
  type Value,
} from "../core.ts";
import { classMethod, defineType, method, parseArgs, signature } from "../define.ts";
import { indexError, memoryError, typeError, valueError } from "../errors.ts";
import { indexErrorType } from "../exceptions/types.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { newListIterator, newListReverseIterator } from "../iterators/list.ts";
import { PyList, newFloatList, newList } from "../list.ts";
import { repeatDoubles } from "./doubles.ts";
import { compareDoubles, countDouble, findDouble, reprDoubles } from "./search-doubles.ts";
import { asSize } from "../protocol/convert.ts";
import { getIter, iterNext } from "../protocol/iter.ts";
import { isTrue, lengthHint } from "../protocol/object.ts";
import {
  compareItems,
  countItem,
  findItem,
  indexOf,
  repeatItems,
  reprItems,
  subscriptIndex,
} from "../sequence/items.ts";
import { MAX_ITEMS } from "../limits.ts";
import { plainItems } from "../sequence/plain-items.ts";
import { NotImplemented } from "../singletons.ts";
import { PySlice } from "../slice.ts";
import { hashNotImplemented } from "../type/hash-not-implemented.ts";
import { listType, typeOf } from "../types.ts";
import { withAttributes } from "../with-attributes.ts";
import { assignSlice, deleteSlice, listSlice } from "./slices.ts";
import { sortList } from "./sort.ts";
import { genericNew } from "../type/generic-new.ts";

export class PyListSub extends withAttributes(PyList) {}

const INIT = signature("(iterable=(), /)");

function listInit(self: PyList, args: Value[], kwnames: KwNames): Status {
  // Keywords may be for a `__new__` of the subclass.
  const ignored = kwnames !== null && self.shape.cls.tp_new !== listType.tp_new;
  const bound = parseArgs(
    INIT,
    "list",
    ignored ? args.slice(0, args.length - kwnames.length) : args,
    ignored ? null : kwnames,
  );
  if (bound === EXC) return EXC;
  self.reset();
  return bound[0] === undefined ? null : extend(self, bound[0] as Value);
}

/** `self.extend(iterable)`: what came before an error stays. */
export function extend(self: PyList, iterable: Value): Status {
  if (self.isFloat && typeOf(iterable) === listType && (iterable as PyList).isFloat) {
    self.extendDoubles((iterable as PyList).doubles);
    return null;
  }
  const plain = plainItems(iterable);
  if (plain !== null) {
    self.extend(plain);
    return null;
  }
  const iterator = getIter(iterable);
  if (iterator === EXC) return EXC;
  // No use as a size to begin with, but the hints of Python classes may raise, and what is too long is known early.
  const hint = lengthHint(iterable, 8);
  if (hint === EXC) return EXC;
  // More than any list could hold is no hint: CPython ignores it, too.
  if (hint > MAX_ITEMS && hint < 2 ** 63) return memoryError();
  for (;;) {
    const value = iterNext(iterator);
    if (value === END) return null;
    if (value === EXC) return EXC;
    self.push(value);
  }
}

// ── subscripts ─────────────────────────────────────────────────────────────────────────────────────────────
function subscript(self: PyList, key: Value): Result {
  if (typeof key === "number") return itemAt(self, key);
  if (key instanceof PySlice) return listSlice(self, key);
  const index = subscriptIndex(key, indexErrorType);
  if (index === EXC) return EXC;
  return index === undefined ? badIndex(key) : itemAt(self, index);
}

function badIndex(key: Value): Exc {
  return typeError(`list indices must be integers or slices, not ${typeOf(key).name}`);
}

function itemAt(self: PyList, index: number): Result {
  const at = index < 0 ? index + self.length : index;
  return at >= 0 && at < self.length ? self.at(at) : indexError("list index out of range");
}

function assignSubscript(self: PyList, key: Value, value: Value | undefined): Status {
  if (key instanceof PySlice) {
    return value === undefined ? deleteSlice(self, key) : assignSlice(self, key, value);
  }
  const index = subscriptIndex(key, indexErrorType);
  if (index === EXC) return EXC;
  if (index === undefined) return badIndex(key);
  return assignAt(self, index < 0 ? index + self.length : index, value);
}

function assignAt(self: PyList, index: number, value: Value | undefined): Status {
  const { length } = self;
  if (index < 0 || index >= length) return indexError("list assignment index out of range");
  if (value !== undefined) self.set(index, value);
  else if (index === length - 1) self.storage.pop();
  else self.storage.splice(index, 1);
  return null;
}

// ── arithmetic ─────────────────────────────────────────────────────────────────────────────────────────────
function concat(a: PyList, b: Value): Result {
  if (!(b instanceof PyList)) {
    return typeError(`can only concatenate list (not "${typeOf(b).name}") to list`);
  }
  if (a.isFloat && b.isFloat) return newFloatList(a.doubles.concat(b.doubles));
  return newList((a.isFloat ? a.values() : a.items).concat(b.isFloat ? b.values() : b.items));
}

function repeat(self: PyList, count: number): Result {
  if (isRepeatable(self, count)) return newFloatList(repeatDoubles(self.doubles, count));
  const items = repeatItems(self.items, count);
  return items === EXC ? EXC : newList(items);
}

/** Not where the result is empty or too long. */
const isRepeatable = (self: PyList, count: number): boolean =>
  self.isFloat && self.length > 0 && count > 0 && self.length * count <= MAX_ITEMS;

function repeatInPlace(self: PyList, count: number): Result {
  if (isRepeatable(self, count)) {
    self.storage = repeatDoubles(self.doubles, count);
    return self;
  }
  const items = repeatItems(self.items, count);
  if (items === EXC) return EXC;
  self.items = items;
  return self;
}

function insert(self: PyList, index: Value, item: Value): Result {
  const given = asSize(index);
  if (given === EXC) return EXC;
  const at = given < 0 ? Math.max(0, given + self.length) : Math.min(given, self.length);
  self.insert(at, item);
  return null;
}

function pop(self: PyList, index: Value | undefined): Result {
  const given = index === undefined ? -1 : asSize(index, indexErrorType);
  if (given === EXC) return EXC;
  const { length, storage } = self;
  if (length === 0) return indexError("pop from empty list");
  const at = given < 0 ? given + length : given;
  if (at < 0 || at >= length) return indexError("pop index out of range");
  const item = self.at(at);
  if (at === length - 1) storage.pop();
  else if (at === 0) storage.shift();
  else storage.splice(at, 1);
  return item;
}

/** As `findItem`, by numbers where both sides are. */
function find(self: PyList, value: Value): number | Exc {
  const found = self.isFloat ? findDouble(self.doubles, value) : null;
  return found ?? findItem(self, value);
}

const NOT_IN_LIST = "list.index(x): x not in list";
function firstIndex(self: PyList, value: Value): Result {
  const found = find(self, value);
  return found === -1 ? valueError(NOT_IN_LIST) : found;
}

function remove(self: PyList, value: Value): Result {
  const found = find(self, value);
  if (found === EXC) return EXC;
  if (found < 0) return valueError("list.remove(x): x not in list");
  self.storage.splice(found, 1);
  return null;
}

function compareLists(a: PyList, b: PyList, op: CompareOp): Result {
  return a.isFloat && b.isFloat ? compareDoubles(a.doubles, b.doubles, op) : compareItems(a, b, op);
}
const reprListItems = (self: PyList): Result => (self.length === 0 ? "[]" : reprItems(self, "[", "]", "[...]"));

function sort(self: PyList, key: Value | undefined, reverse: Value | undefined): Result {
  const descending = reverse === undefined ? false : isTrue(reverse);
  return descending === EXC ? EXC : sortList(self, key ?? null, descending);
}

defineType(listType, {
  doc: "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.",
  textSignature: "(iterable=(), /)",
  flags: BASETYPE | SEQUENCE | MATCH_SELF | PLAIN_ARITHMETIC,
  slots: {
    tp_alloc: (cls: PyType) => (cls === listType ? new PyList(cls, [], true) : new PyListSub(cls, [])),
    tp_new: genericNew,
    tp_init: listInit,
    tp_repr: (self: PyList) => (self.isFloat ? reprDoubles(self.doubles) : reprListItems(self)),
    tp_hash: hashNotImplemented,
    tp_richcompare: (a: PyList, b: Value, op: CompareOp) =>
      b instanceof PyList ? compareLists(a, b, op) : NotImplemented,
    tp_iter: (self: PyList) => newListIterator(self),
    sq_length: (self: PyList) => self.length,
    sq_concat: concat,
    sq_repeat: repeat,
    sq_item: (self: PyList, index: number) =>
      index >= 0 && index < self.length ? self.at(index) : indexError("list index out of range"),
    sq_ass_item: assignAt,
    sq_contains: (self: PyList, item: Value) => {
      const found = find(self, item);
      return found === EXC ? EXC : found >= 0;
    },
    sq_inplace_concat: (self: PyList, other: Value) => (extend(self, other) === EXC ? EXC : self),
    sq_inplace_repeat: repeatInPlace,
    mp_length: (self: PyList) => self.length,
    mp_subscript: subscript,
    mp_ass_subscript: assignSubscript,
  },
  methods: () => ({
    __reversed__: method(
      "($self, /)",
      (self: PyList) => newListReverseIterator(self),
      "Return a reverse iterator over the list.",
    ),
    __sizeof__: method(
      "($self, /)",
      (self: PyList) => 40 + 8 * self.length,
      "Return the size of the list in memory, in bytes.",
    ),
    clear: method("($self, /)", (self: PyList) => (self.reset(), null), "Remove all items from list."),
    copy: method(
      "($self, /)",
      (self: PyList) => (self.isFloat ? newFloatList(self.doubles.slice()) : newList(self.items.slice())),
      "Return a shallow copy of the list.",
    ),
    append: method(
      "($self, object, /)",
      (self: PyList, item: Value) => (self.push(item), null),
      "Append object to the end of the list.",
    ),
    insert: method("($self, index, object, /)", insert, "Insert object before index."),
    extend: method("($self, iterable, /)", extend, "Extend list by appending elements from the iterable."),
    pop: method(
      "($self, index=-1, /)",
      pop,
      "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.",
    ),
    remove: method(
      "($self, value, /)",
      remove,
      "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.",
    ),
    index: method(
      "($self, value, start=0, stop=sys.maxsize, /)",
      (self: PyList, value: Value, start?: Value, stop?: Value) =>
        start === undefined ? firstIndex(self, value) : indexOf(self, value, start, stop, NOT_IN_LIST),
      "Return first index of value.\n\nRaises ValueError if the value is not present.",
    ),
    count: method(
      "($self, value, /)",
      (self: PyList, value: Value) =>
        (self.isFloat ? countDouble(self.doubles, value) : null) ?? countItem(self, value),
      "Return number of occurrences of value.",
    ),
    reverse: method("($self, /)", (self: PyList) => (self.storage.reverse(), null), "Reverse *IN PLACE*."),
    sort: method(
      "($self, /, *, key=None, reverse=False)",
      sort,
      "Sort the list in ascending order and return None.\n\nThe sort is in-place (i.e. the list itself is modified) and stable (i.e. the\norder of two equal elements is maintained).\n\nIf a key function is given, apply it once to each list item and sort them,\nascending or descending, according to their function values.\n\nThe reverse flag can be set to sort in descending order.",
    ),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
});
