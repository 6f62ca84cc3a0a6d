/**
 * `frame.f_locals` of functions: a mapping that writes through to the variables.
 * Source: PEP 667.
 */
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_HIDDEN } from "../compiler/code.ts";
import { PyCell } from "./cell.ts";
import { type CompareOp, EXC, type Exc, MAPPING, PyObject, type Result, type Status, type Value } from "./core.ts";
import { method, newType, rawMethod } from "./define.ts";
import { PyDict, newDict } from "./dict.ts";
import { keyError, typeError, valueError } from "./errors.ts";
import { PyFrame, forceFrame, syncFrame } from "./frame.ts";
import { newList } from "./list.ts";
import { concat } from "./message.ts";
import { callMethod } from "./protocol/call.ts";
import { getIter } from "./protocol/iter.ts";
import { equals, hash, repr, richCompare } from "./protocol/object.ts";
import { reprEnter, reprLeave } from "./recursion.ts";
import { NotImplemented } from "./singletons.ts";
import { newTuple } from "./tuple.ts";
import { typeOf } from "./types.ts";

export class PyFrameLocals extends PyObject {
  constructor(readonly frame: PyFrame) {
    super(frameLocalsType.shapes);
  }
}

/** Index of the variable `name`, or -1. Keys that are no plain str count when they hash and compare like one. */
function indexOf(frame: PyFrame, name: Value): number | Exc {
  const { localsplusnames: names, localspluskinds: kinds } = frame.code.spec;
  const plain = typeof name === "string";
  if (!plain && hash(name) === EXC) return EXC;
  for (let i = 0; i < names.length; i++) {
    if ((kinds[i] & CO_FAST_HIDDEN) !== 0) continue;
    const same = plain ? names[i] === name : equals(name, names[i]);
    if (same === EXC) return EXC;
    if (same) return i;
  }
  return -1;
}
function valueAt(frame: PyFrame, index: number): Value | undefined {
  syncFrame(frame);
  const value = frame.s[index];
  const kind = frame.code.spec.localspluskinds[index];
  return (kind & (CO_FAST_CELL | CO_FAST_FREE)) !== 0 && value instanceof PyCell ? value.value : value;
}
/** The variables that have values, and the extra keys, as a fresh dict. */
export function localsSnapshot(frame: PyFrame): PyDict {
  const dict = newDict();
  const { localsplusnames: names, localspluskinds: kinds } = frame.code.spec;
  for (let i = 0; i < names.length; i++) {
    if ((kinds[i] & CO_FAST_HIDDEN) !== 0) continue;
    const value = valueAt(frame, i);
    if (value !== undefined) dict.setStr(names[i], value);
  }
  if (frame.extraLocals !== null) for (const [key, value] of frame.extraLocals.items()) dict.set(key, value);
  return dict;
}

function get(self: PyFrameLocals, key: Value): Value | undefined | Exc {
  const index = indexOf(self.frame, key);
  if (index === EXC) return EXC;
  if (index >= 0) {
    const value = valueAt(self.frame, index);
    if (value !== undefined) return value;
  }
  return self.frame.extraLocals === null ? undefined : self.frame.extraLocals.get(key);
}
function set(self: PyFrameLocals, key: Value, value: Value | undefined): Status {
  const { frame } = self;
  const index = indexOf(frame, key);
  if (index === EXC) return EXC;
  if (index >= 0) {
    if (value === undefined) return valueError("cannot remove local variables from FrameLocalsProxy");
    forceFrame(frame);
    const cell = frame.s[index];
    const kind = frame.code.spec.localspluskinds[index];
    if ((kind & (CO_FAST_CELL | CO_FAST_FREE)) !== 0 && cell instanceof PyCell) cell.value = value;
    else frame.s[index] = value;
    return null;
  }
  if (value === undefined) {
    const removed = frame.extraLocals === null ? false : frame.extraLocals.delete(key);
    return removed === EXC ? EXC : removed ? null : keyError(key);
  }
  frame.extraLocals ??= newDict();
  return frame.extraLocals.set(key, value);
}

const snapshot = (self: PyFrameLocals) => localsSnapshot(self.frame);
export const frameLocalsType = newType("FrameLocalsProxy", {
  flags: MAPPING,
  slots: {
    tp_new: (_cls, args, kwnames) => {
      if (kwnames !== null && kwnames.length > 0) return typeError("FrameLocalsProxy takes no keyword arguments");
      const [frame] = args;
      if (args.length !== 1) return typeError(`FrameLocalsProxy expected 1 argument, got ${args.length}`);
      if (frame instanceof PyFrame) return new PyFrameLocals(frame);
      return typeError(`expect frame, not ${typeOf(frame).name}`);
    },
    mp_length: (self: PyFrameLocals) => snapshot(self).size,
    mp_subscript: (self: PyFrameLocals, key: Value) => {
      const value = get(self, key);
      if (value !== undefined) return value;
      const shown = repr(key);
      return shown === EXC ? EXC : keyError(concat("local variable '", shown, "' is not defined"));
    },
    mp_ass_subscript: set,
    sq_contains: (self: PyFrameLocals, key: Value) => {
      const value = get(self, key);
      return value === EXC ? EXC : value !== undefined;
    },
    tp_iter: (self: PyFrameLocals) => getIter(newList(snapshot(self).keys())),
    tp_repr: (self: PyFrameLocals): Result => {
      if (reprEnter(self.frame)) return "{...}";
      const text = repr(snapshot(self));
      reprLeave(self.frame);
      return text;
    },
    tp_richcompare: (a: PyFrameLocals, b: Value, op: CompareOp) => {
      if (b instanceof PyFrameLocals)
        return op === 2 ? a.frame === b.frame : op === 3 ? a.frame !== b.frame : NotImplemented;
      return b instanceof PyDict ? richCompare(snapshot(a), b, op) : NotImplemented;
    },
    nb_or: (a: Value, b: Value) => {
      const left = a instanceof PyFrameLocals ? snapshot(a) : a;
      const right = b instanceof PyFrameLocals ? snapshot(b) : b;
      return left instanceof PyDict && right instanceof PyDict
        ? (left.shape.cls.nb_or?.(left, right) ?? NotImplemented)
        : NotImplemented;
    },
  },
  methods: () => ({
    keys: method("($self, /)", (self: PyFrameLocals) => newList(snapshot(self).keys())),
    values: method("($self, /)", (self: PyFrameLocals) => newList(snapshot(self).values())),
    items: method("($self, /)", (self: PyFrameLocals) =>
      newList(
        snapshot(self)
          .items()
          .map((pair) => newTuple(pair)),
      ),
    ),
    copy: method("($self, /)", snapshot),
    __reversed__: method("($self, /)", (self: PyFrameLocals) => newList(snapshot(self).keys().reverse())),
    get: method("($self, key, default=None, /)", (self: PyFrameLocals, key: Value, fallback?: Value) => {
      const value = get(self, key);
      return value === undefined ? (fallback ?? null) : value;
    }),
    setdefault: method("($self, key, default=None, /)", (self: PyFrameLocals, key: Value, fallback?: Value) => {
      const value = get(self, key);
      if (value !== undefined) return value;
      return set(self, key, fallback ?? null) === EXC ? EXC : (fallback ?? null);
    }),
    pop: method("($self, key, default=None, /)", (self: PyFrameLocals, key: Value, fallback?: Value) => {
      const index = indexOf(self.frame, key);
      if (index === EXC) return EXC;
      if (index >= 0) return valueError("cannot remove local variables from FrameLocalsProxy");
      const value = self.frame.extraLocals === null ? undefined : self.frame.extraLocals.pop(key);
      return value === undefined ? (fallback === undefined ? keyError(key) : fallback) : value;
    }),
    update: rawMethod((self: PyFrameLocals, args: Value[], kwnames: readonly string[] | null) => {
      const dict = newDict();
      if (callUpdate(dict, args, kwnames) === EXC) return EXC;
      for (const [key, value] of dict.items()) if (set(self, key, value) === EXC) return EXC;
      return null;
    }),
  }),
});
function callUpdate(dict: PyDict, args: Value[], kwnames: readonly string[] | null): Result {
  const positional = args.slice(0, args.length - (kwnames?.length ?? 0));
  if (callMethod(dict, "update", positional) === EXC) return EXC;
  kwnames?.forEach((name, i) => dict.setStr(name, args[positional.length + i]));
  return null;
}
