/** `weakref.proxy` objects: every operation is done on the target. */
import {
  type CompareOp,
  DISALLOW_INSTANTIATION,
  EXC,
  type Exc,
  type PyType,
  type Result,
  type SlotName,
  type Slots,
  type Value,
} from "./core.ts";
import { method, newType } from "./define.ts";
import { raise, typeError } from "./errors.ts";
import { referenceErrorType } from "./exceptions/types.ts";
import { call, callMethod } from "./protocol/call.ts";
import { getIter, iterNext } from "./protocol/iter.ts";
import * as number from "./protocol/number.ts";
import { asIndex, toFloat, toInt } from "./protocol/convert.ts";
import { delAttr, getAttr, isCallable, isTrue, length, richCompare, setAttr, str } from "./protocol/object.ts";
import { contains, delItem, getItem, setItem } from "./protocol/sequence.ts";
import { newFloat } from "./float.ts";
import { typeOf } from "./types.ts";
import { PyWeakRef, newWeakRef, weakRepr } from "./weakref.ts";

export class PyWeakProxy extends PyWeakRef {}

/** The target of a proxy, any other value as it is; ReferenceError when the target is gone. */
function unwrap(value: Value): Result {
  if (!(value instanceof PyWeakRef) || (typeOf(value) !== proxyType && typeOf(value) !== callableProxyType))
    return value;
  return value.get() ?? raise(referenceErrorType, "weakly-referenced object no longer exists");
}

type Fn = (...args: Value[]) => unknown;

/** `operation` with every argument unwrapped. */
const through =
  (operation: Fn) =>
  (...args: Value[]): unknown => {
    const plain: Value[] = [];
    for (const arg of args) {
      const target = unwrap(arg);
      if (target === EXC) return EXC;
      plain.push(target);
    }
    return operation(...plain);
  };

const OPERATIONS: Partial<Record<SlotName, Fn>> = {
  nb_add: number.add,
  nb_subtract: number.subtract,
  nb_multiply: number.multiply,
  nb_remainder: number.remainder,
  nb_divmod: number.divmod,
  nb_power: number.power,
  nb_negative: number.negative,
  nb_positive: number.positive,
  nb_absolute: number.absolute,
  nb_bool: isTrue,
  nb_invert: number.invert,
  nb_lshift: number.lshift,
  nb_rshift: number.rshift,
  nb_and: number.and,
  nb_xor: number.xor,
  nb_or: number.or,
  nb_int: toInt,
  nb_float: (o) => {
    const value = toFloat(o);
    return value === EXC ? EXC : newFloat(value as number);
  },
  nb_index: asIndex,
  nb_floor_divide: number.floorDivide,
  nb_true_divide: number.trueDivide,
  nb_matrix_multiply: number.matrixMultiply,
  nb_inplace_add: number.inplaceAdd,
  nb_inplace_subtract: number.inplaceSubtract,
  nb_inplace_multiply: number.inplaceMultiply,
  nb_inplace_remainder: number.inplaceRemainder,
  nb_inplace_power: number.inplacePower,
  nb_inplace_lshift: number.inplaceLshift,
  nb_inplace_rshift: number.inplaceRshift,
  nb_inplace_and: number.inplaceAnd,
  nb_inplace_xor: number.inplaceXor,
  nb_inplace_or: number.inplaceOr,
  nb_inplace_floor_divide: number.inplaceFloorDivide,
  nb_inplace_true_divide: number.inplaceTrueDivide,
  nb_inplace_matrix_multiply: number.inplaceMatrixMultiply,
  mp_length: length,
  mp_subscript: getItem,
  sq_contains: contains,
  tp_iter: getIter,
  tp_str: str,
};

function proxySlots(): Partial<Slots> {
  const slots: Record<string, unknown> = {};
  for (const name in OPERATIONS) slots[name] = through(OPERATIONS[name as SlotName] as Fn);
  const own: Partial<Slots> = {
    tp_repr: (self: PyWeakProxy) => weakRepr("weakproxy", self),
    tp_getattro: (self: PyWeakProxy, name: string) => {
      const target = unwrap(self);
      return target === EXC ? EXC : getAttr(target, name);
    },
    tp_setattro: (self: PyWeakProxy, name: string, value: Value | undefined) => {
      const target = unwrap(self);
      if (target === EXC) return EXC;
      return value === undefined ? delAttr(target, name) : setAttr(target, name, value);
    },
    tp_richcompare: (a: Value, b: Value, op: CompareOp) => {
      const x = unwrap(a);
      const y = unwrap(b);
      return x === EXC || y === EXC ? EXC : richCompare(x, y, op);
    },
    tp_iternext: (self: PyWeakProxy) => {
      const target = unwrap(self);
      if (target === EXC) return EXC;
      if (typeOf(target).tp_iternext === null) {
        return typeError(`Weakref proxy referenced a non-iterator '${typeOf(target).name}' object`);
      }
      return iterNext(target);
    },
    mp_ass_subscript: (self: PyWeakProxy, key: Value, value: Value | undefined) => {
      const target = unwrap(self);
      if (target === EXC) return EXC;
      return value === undefined ? delItem(target, key) : setItem(target, key, value);
    },
  };
  return { ...(slots as Partial<Slots>), ...own };
}

const spec = (extra: Partial<Slots>) => ({
  module: "weakref",
  doc: null,
  flags: DISALLOW_INSTANTIATION,
  slots: { ...proxySlots(), ...extra },
  methods: () => ({
    __bytes__: method("($self, /)", through((o) => callMethod(o, "__bytes__")) as (self: Value) => Result),
    __reversed__: method("($self, /)", through((o) => callMethod(o, "__reversed__")) as (self: Value) => Result),
  }),
  attributes: () => ({ __hash__: null }),
});

export const proxyType: PyType = newType("ProxyType", spec({}));
export const callableProxyType: PyType = newType(
  "CallableProxyType",
  spec({
    tp_call: (self: PyWeakProxy, args, kwnames) => {
      const target = unwrap(self);
      return target === EXC ? EXC : call(target, args, kwnames);
    },
  }),
);

/** `weakref.proxy(o, callback)`. */
export function newWeakProxy(o: Value, callback: Value): PyWeakRef | Exc {
  return newWeakRef(isCallable(o) ? callableProxyType : proxyType, o, callback);
}
