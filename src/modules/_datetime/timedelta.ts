/** The type `timedelta`. Days, seconds and microseconds, normalised; sums are exact. */
import { shortName } from "../../objects/type/short-name.ts";
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  GE,
  GT,
  type Int,
  type KwNames,
  LE,
  LT,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { member, method, newType, parseArgs, signature } from "../../objects/define.ts";
import { attempt, overflowError, typeError, valueError } from "../../objects/errors.ts";
import { PyFloat, newFloat } from "../../objects/float.ts";
import { asIntegerRatio, fromFloat, trueDivide } from "../../objects/numeric/int-float.ts";
import * as math from "../../objects/numeric/int-math.ts";
import { raiseNumeric } from "../../objects/numeric/raise.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { hash as hashOf } from "../../objects/protocol/object.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { newTuple, PyTuple } from "../../objects/tuple.ts";
import { floatType, typeOf } from "../../objects/types.ts";
import { intValue } from "../../objects/values.ts";
import { pad } from "./calendar.ts";
import { PyTimeDelta, PyTimeDeltaSub } from "./objects.ts";

const MAX_DAYS = 999999999;
const PER_SECOND = 1e6;
const PER_DAY = 86400 * 1e6;

function make(cls: PyType, days: number, seconds: number, microseconds: number): PyTimeDelta {
  return cls === timedeltaType
    ? new PyTimeDelta(cls, days, seconds, microseconds)
    : new PyTimeDeltaSub(cls, days, seconds, microseconds);
}

/** Normalises; numbers may be of any sign and size (below 2**53 together). */
export function newTimeDelta(
  days: number,
  seconds: number,
  microseconds: number,
  cls = timedeltaType,
): PyTimeDelta | Exc {
  const carry = Math.floor(microseconds / PER_SECOND);
  const us = microseconds - carry * PER_SECOND;
  const total = seconds + carry;
  const dayCarry = Math.floor(total / 86400);
  const d = days + dayCarry;
  if (d > MAX_DAYS || d < -MAX_DAYS) return overflowError(`days=${d}; must have magnitude <= ${MAX_DAYS}`);
  return make(cls, d, total - dayCarry * 86400, us);
}

/** The same for numbers known to be in range. */
export function timeDelta(days: number, seconds: number, microseconds: number): PyTimeDelta {
  return newTimeDelta(days, seconds, microseconds) as PyTimeDelta;
}

export function fromMicroseconds(us: Int, cls = timedeltaType): PyTimeDelta | Exc {
  if (typeof us === "number") return newTimeDelta(0, 0, us, cls);
  const [days, rest] = math.divmod(us, PER_DAY);
  if (typeof days === "bigint" || (days | 0) !== days) return overflowError("Python int too large to convert to C int");
  return newTimeDelta(days, 0, rest as number, cls);
}

export function toMicroseconds(d: PyTimeDelta): Int {
  const seconds = d.days * 86400 + d.seconds;
  return math.add(math.mul(seconds, PER_SECOND), d.microseconds);
}

// ── construction ───────────────────────────────────────────────────────────────────────────────────────────────

const NEW = signature("(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)");
/** Parameters in the order in which they are summed, with their microseconds. */
const UNITS: readonly [name: string, parameter: number, microseconds: number][] = [
  ["microseconds", 2, 1],
  ["milliseconds", 3, 1000],
  ["seconds", 1, PER_SECOND],
  ["minutes", 4, 60 * PER_SECOND],
  ["hours", 5, 3600 * PER_SECOND],
  ["days", 0, PER_DAY],
  ["weeks", 6, 7 * PER_DAY],
];

interface Sum {
  us: Int;
  /** Fractions of a microsecond. */
  rest: number;
}

function timedeltaNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "__new__", args, kwnames);
  if (bound === EXC) return EXC;
  const sum: Sum = { us: 0, rest: 0 };
  for (const [name, parameter, factor] of UNITS) {
    const value = bound[parameter] as Value | undefined;
    if (value !== undefined && accumulate(sum, value, factor, name) === EXC) return EXC;
  }
  if (sum.rest !== 0) sum.us = math.add(sum.us, roundRest(sum));
  return fromMicroseconds(sum.us, cls);
}

function accumulate(sum: Sum, value: Value, factor: number, name: string): null | Exc {
  const int = intValue(value);
  if (int !== undefined) {
    sum.us = math.add(sum.us, math.mul(int, factor));
    return null;
  }
  if (!(value instanceof PyFloat)) {
    return typeError(`unsupported type for timedelta ${name} component: ${typeOf(value).name}`);
  }
  const x = value.value;
  const whole = attempt(() => fromFloat(x));
  if (whole === EXC) return EXC;
  sum.us = math.add(sum.us, math.mul(whole, factor));
  const fraction = (x - Math.trunc(x)) * factor;
  const units = Math.trunc(fraction);
  sum.us = math.add(sum.us, units + 0);
  sum.rest += fraction - units;
  return null;
}

/** The fractions rounded so that the whole sum is rounded half to even. */
function roundRest({ us, rest }: Sum): number {
  const nearest = Math.sign(rest) * Math.round(Math.abs(rest));
  if (Math.abs(nearest - rest) !== 0.5) return nearest + 0;
  const odd = math.mod(us, 2) as number;
  return 2 * roundAway((rest + odd) * 0.5) - odd + 0;
}
function roundAway(x: number): number {
  return Math.sign(x) * Math.round(Math.abs(x));
}

// ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────

const isDelta = (v: Value): v is PyTimeDelta => v instanceof PyTimeDelta;

function add(a: Value, b: Value): Result {
  if (!isDelta(a) || !isDelta(b)) return NotImplemented;
  return newTimeDelta(a.days + b.days, a.seconds + b.seconds, a.microseconds + b.microseconds);
}
function subtract(a: Value, b: Value): Result {
  if (!isDelta(a) || !isDelta(b)) return NotImplemented;
  return newTimeDelta(a.days - b.days, a.seconds - b.seconds, a.microseconds - b.microseconds);
}
export function negate(d: PyTimeDelta): PyTimeDelta | Exc {
  return newTimeDelta(-d.days, -d.seconds, -d.microseconds);
}

function run(compute: () => Int): Result {
  try {
    return fromMicroseconds(compute());
  } catch (error) {
    return raiseNumeric(error);
  }
}

/** The float's ratio, by its own method where it is of a subclass. */
function ratioOf(x: PyFloat): readonly [Int, Int] | Exc {
  if (typeOf(x) === floatType) return attempt(() => asIntegerRatio(x.value));
  const ratio = callMethod(x, "as_integer_ratio");
  if (ratio === EXC) return EXC;
  const what = "unexpected return type from as_integer_ratio(): expected";
  if (!(ratio instanceof PyTuple)) return typeError(`${what} tuple, not '${typeOf(ratio).name}'`);
  if (ratio.items.length !== 2) return valueError(`${what} 2-tuple`);
  const [n, d] = ratio.items.map(intValue);
  if (n === undefined || d === undefined) return typeError("as_integer_ratio() must return integers");
  return [n, d];
}

function multiply(a: Value, b: Value): Result {
  const [delta, factor] = isDelta(a) ? [a, b] : [b as PyTimeDelta, a];
  const int = intValue(factor);
  if (int !== undefined) return run(() => math.mul(toMicroseconds(delta), int));
  if (!(factor instanceof PyFloat)) return NotImplemented;
  const ratio = ratioOf(factor);
  if (ratio === EXC) return EXC;
  return run(() => math.divmodNear(math.mul(toMicroseconds(delta), ratio[0]), ratio[1])[0]);
}

function divide(a: Value, b: Value): Result {
  if (!isDelta(a)) return NotImplemented;
  const us = toMicroseconds(a);
  if (isDelta(b)) {
    const quotient = attempt(() => trueDivide(us, toMicroseconds(b)));
    return quotient === EXC ? EXC : newFloat(quotient);
  }
  const int = intValue(b);
  if (int !== undefined) return run(() => math.divmodNear(us, int)[0]);
  if (!(b instanceof PyFloat)) return NotImplemented;
  const ratio = ratioOf(b);
  return ratio === EXC ? EXC : run(() => math.divmodNear(math.mul(us, ratio[1]), ratio[0])[0]);
}

function floorDivide(a: Value, b: Value): Result {
  if (!isDelta(a)) return NotImplemented;
  if (isDelta(b)) return attempt(() => math.floordiv(toMicroseconds(a), toMicroseconds(b)));
  const int = intValue(b);
  return int === undefined ? NotImplemented : run(() => math.floordiv(toMicroseconds(a), int));
}

function remainder(a: Value, b: Value): Result {
  if (!isDelta(a) || !isDelta(b)) return NotImplemented;
  return run(() => math.mod(toMicroseconds(a), toMicroseconds(b)));
}

function divmod(a: Value, b: Value): Result {
  if (!isDelta(a) || !isDelta(b)) return NotImplemented;
  const pair = attempt(() => math.divmod(toMicroseconds(a), toMicroseconds(b)));
  if (pair === EXC) return EXC;
  const rest = fromMicroseconds(pair[1]);
  return rest === EXC ? EXC : newTuple([pair[0], rest]);
}

export function compareDeltas(a: PyTimeDelta, b: PyTimeDelta): number {
  return a.days - b.days || a.seconds - b.seconds || a.microseconds - b.microseconds;
}

/** The outcome of a comparison from an order. */
export function ordered(order: number, op: CompareOp): boolean {
  switch (op) {
    case LT:
      return order < 0;
    case LE:
      return order <= 0;
    case GT:
      return order > 0;
    case GE:
      return order >= 0;
    default:
      return (order === 0) === (op === EQ);
  }
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

function repr(self: PyTimeDelta): string {
  const parts: string[] = [];
  if (self.days !== 0) parts.push(`days=${self.days}`);
  if (self.seconds !== 0) parts.push(`seconds=${self.seconds}`);
  if (self.microseconds !== 0) parts.push(`microseconds=${self.microseconds}`);
  return `${qualified(typeOf(self))}(${parts.join(", ") || "0"})`;
}

/** "datetime.NAME" for the module's own types, the bare name for subclasses. */
export function qualified(cls: PyType): string {
  return cls.nativeModule === "datetime" && !cls.isHeap ? cls.name : shortName(cls);
}

function str({ days, seconds, microseconds }: PyTimeDelta): string {
  const clock = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  const fraction = microseconds === 0 ? "" : `.${pad(microseconds, 6)}`;
  const dayText = days === 0 ? "" : `${days} day${Math.abs(days) === 1 ? "" : "s"}, `;
  return dayText + clock + fraction;
}

const plain = (self: PyTimeDelta): PyTimeDelta =>
  typeOf(self) === timedeltaType ? self : make(timedeltaType, self.days, self.seconds, self.microseconds);

export const timedeltaType: PyType = newType("timedelta", {
  module: "datetime",
  doc:
    "Difference between two datetime values.\n\n" +
    "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n" +
    "All arguments are optional and default to 0.\nArguments may be integers or floats, and may be positive or negative.",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => make(cls, 0, 0, 0),
    tp_new: timedeltaNew,
    tp_repr: repr,
    tp_str: str,
    tp_hash: (self: PyTimeDelta) => hashOf(newTuple([self.days, self.seconds, self.microseconds])),
    tp_richcompare: (a: PyTimeDelta, b: Value, op: CompareOp) =>
      isDelta(b) ? ordered(compareDeltas(a, b), op) : NotImplemented,
    nb_add: add,
    nb_subtract: subtract,
    nb_multiply: multiply,
    nb_true_divide: divide,
    nb_floor_divide: floorDivide,
    nb_remainder: remainder,
    nb_divmod: divmod,
    nb_negative: negate,
    nb_positive: plain,
    nb_absolute: (self: PyTimeDelta) => (self.days < 0 ? negate(self) : plain(self)),
    nb_bool: (self: PyTimeDelta) => self.days !== 0 || self.seconds !== 0 || self.microseconds !== 0,
  },
  methods: () => ({
    total_seconds: method(
      "($self, /)",
      (self: PyTimeDelta) => newFloat(trueDivide(toMicroseconds(self), PER_SECOND)),
      "Total seconds in the duration.",
    ),
    __reduce__: method("($self, /)", (self: PyTimeDelta) =>
      newTuple([typeOf(self), newTuple([self.days, self.seconds, self.microseconds])]),
    ),
  }),
  members: () => ({
    days: member((self: PyTimeDelta) => self.days),
    seconds: member((self: PyTimeDelta) => self.seconds),
    microseconds: member((self: PyTimeDelta) => self.microseconds),
  }),
  attributes: () => ({
    min: make(timedeltaType, -MAX_DAYS, 0, 0),
    max: make(timedeltaType, MAX_DAYS, 86399, 999999),
    resolution: make(timedeltaType, 0, 0, 1),
  }),
});
