/** The dict-like views of a context's flags and traps. */
import {
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  NE,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { type PyDict, PyDict as Dict, newDict } from "../../objects/dict.ts";
import { method, newType } from "../../objects/define.ts";
import { keyError, typeError, valueError } from "../../objects/errors.ts";
import { PyList, newList } from "../../objects/list.ts";
import { getIter } from "../../objects/protocol/iter.ts";
import { isTrue, repr } from "../../objects/protocol/object.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { BASETYPE } from "../../objects/core.ts";
import { withAttributes } from "../../objects/with-attributes.ts";
import { exceptionNamed, type PyDecimalContext, SIGNALS, state } from "./objects.ts";

type Field = "flags" | "traps";

class PySignalDict extends PyObject {
  context: PyDecimalContext | null = null;
  field: Field = "flags";
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
class PySignalDictSub extends withAttributes(PySignalDict) {}

/** The view of one of a context's two sets; the same object every time. */
export function viewOf(context: PyDecimalContext, field: Field): PyObject {
  const known = field === "flags" ? context.flagsView : context.trapsView;
  if (known !== null) return known;
  const view = new PySignalDictSub(state().signalDictType);
  view.context = context;
  view.field = field;
  if (field === "flags") context.flagsView = view;
  else context.trapsView = view;
  return view;
}

const SIGNAL_MESSAGE =
  "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n" +
  "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";

/** The bits of a signal given by its class. */
function flagOf(key: Value): number | Exc {
  const signal = SIGNALS.find(({ name }) => exceptionNamed(name) === key);
  return signal === undefined ? keyError(SIGNAL_MESSAGE) : signal.flag;
}

/** The bits behind a view; ValueError for one made without a context. */
function bitsOf(self: PySignalDict): number | Exc {
  return self.context === null ? valueError("invalid signal dict") : self.context[self.field];
}

function get(self: PySignalDict, key: Value): Result {
  const bits = bitsOf(self);
  if (bits === EXC) return EXC;
  const flag = flagOf(key);
  return flag === EXC ? EXC : (bits & flag) !== 0;
}

function set(self: PySignalDict, key: Value, value: Value | undefined): Status {
  const { context } = self;
  if (context === null) return valueError("invalid signal dict");
  if (value === undefined) return valueError("signal keys cannot be deleted");
  const flag = flagOf(key);
  if (flag === EXC) return EXC;
  const on = isTrue(value);
  if (on === EXC) return EXC;
  context[self.field] = on ? context[self.field] | flag : context[self.field] & ~flag;
  return null;
}

const signalTypes = (): PyType[] => SIGNALS.map(({ name }) => exceptionNamed(name));

function show(self: PySignalDict): Result {
  const bits = bitsOf(self);
  if (bits === EXC) return EXC;
  const parts: string[] = [];
  for (const { name, flag } of SIGNALS) {
    const shown = repr(exceptionNamed(name));
    if (shown === EXC) return EXC;
    parts.push(`${shown}:${(bits & flag) !== 0 ? "True" : "False"}`);
  }
  return `{${parts.join(", ")}}`;
}

/** Which signals are on, as a bit for each. */
const pattern = (bits: number): number =>
  SIGNALS.reduce((sum, { flag }, i) => sum + ((bits & flag) !== 0 ? 1 << i : 0), 0);

function compare(self: PySignalDict, other: Value, op: CompareOp): Result {
  if (op !== EQ && op !== NE) return NotImplemented;
  const own = bitsOf(self);
  if (own === EXC) return EXC;
  let bits: number | undefined | Exc;
  if (other instanceof PySignalDict) bits = bitsOf(other);
  else if (other instanceof Dict) bits = bitsOfDict(other);
  if (bits === EXC) return EXC;
  if (bits === undefined) return NotImplemented;
  return (pattern(own) === pattern(bits)) === (op === EQ);
}

function copy(self: PySignalDict): Result {
  const bits = bitsOf(self);
  if (bits === EXC) return EXC;
  const dict = newDict();
  for (const { name, flag } of SIGNALS) {
    if (dict.set(exceptionNamed(name), (bits & flag) !== 0) === EXC) return EXC;
  }
  return dict;
}

/** A dict with exactly the nine signals; undefined otherwise. */
function bitsOfDict(dict: PyDict): number | undefined | Exc {
  if (dict.size !== SIGNALS.length) return undefined;
  let bits = 0;
  for (const { name, flag } of SIGNALS) {
    const value = dict.get(exceptionNamed(name));
    if (value === EXC) return EXC;
    if (value === undefined) return undefined;
    const on = isTrue(value);
    if (on === EXC) return EXC;
    if (on) bits |= flag;
  }
  return bits;
}

/** What may be assigned to `flags` and `traps`: a view or a dict of all signals. */
export function bitsFromMapping(value: Value): number | Exc {
  if (value instanceof PySignalDict) return bitsOf(value);
  if (!(value instanceof Dict)) return typeError("argument must be a signal dict");
  const bits = bitsOfDict(value);
  return bits === undefined ? keyError("invalid signal dict") : bits;
}

/** What a constructor takes: a list of signals too. */
export function bitsFromArgument(value: Value): number | Exc {
  if (!(value instanceof PyList)) return bitsFromMapping(value);
  let bits = 0;
  for (const item of value.items) {
    const flag = flagOf(item);
    if (flag === EXC) return EXC;
    bits |= flag;
  }
  return bits;
}

export const signalDictMixin: PyType = newType("SignalDictMixin", {
  module: "decimal",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => new PySignalDictSub(cls),
    tp_repr: show,
    tp_richcompare: compare,
    tp_iter: (self: PySignalDict) => (bitsOf(self) === EXC ? EXC : getIter(newList(signalTypes()))),
    mp_length: (self: PySignalDict) => (bitsOf(self) === EXC ? EXC : SIGNALS.length),
    mp_subscript: get,
    mp_ass_subscript: set,
  },
  methods: () => ({ copy: method("($self, /)", copy) }),
});
