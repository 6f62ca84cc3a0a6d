/**
 * What stands in the slots of classes written in Python: functions that look the special method up and call it.
 * CPython's `slot_tp_…` and `slot_nb_…`. One function a slot, so that "is it overridden?" is a comparison.
 */
import {
  type CompareOp,
  EXC,
  END,
  type End,
  type Exc,
  type Int,
  type KwNames,
  type PyObject,
  type PyType,
  type Result,
  type SlotName,
  type Status,
  type Value,
  isSubtype,
} from "../core.ts";
import { WrapperDescriptor } from "../descriptors.ts";
import { attributeError, catches, clearException, overflowError, typeError, valueError } from "../errors.ts";
import type { PyBaseException } from "../exceptions/base.ts";
import { attributeErrorType, stopIterationType } from "../exceptions/types.ts";
import { PyFunction } from "../function.ts";
import { hashInt } from "../numeric/numeric-hash.ts";
import { call } from "../protocol/call.ts";
import { asIndex } from "../protocol/convert.ts";
import { idText, isTrue } from "../protocol/object.ts";
import { rt } from "../runtime.ts";
import { bufferOfPython } from "../bytes/python-buffer.ts";
import { newSequenceIterator } from "../iterators/sequence.ts";
import { iterContains } from "../protocol/sequence.ts";
import { NotImplemented } from "../singletons.ts";
import { typeOf } from "../types.ts";
import { intValue } from "../values.ts";
import { instanceGetAttr } from "./instance-attributes.ts";
import { lookup } from "./lookup.ts";
import { callWrapper } from "./slot-wrappers.ts";

/** What calling the special method on `self` calls: a function takes `self` first, all else is bound. */
function bindSpecial(self: Value, found: Value): Result {
  const get = typeOf(found).tp_descr_get;
  return get === null ? found : get(found, self, typeOf(self));
}
/** Calls the special method of `self`; undefined where the type has none, and where binding it is an AttributeError. */
function callMaybe(self: Value, name: string, args: Value[]): Result | undefined {
  const found = lookup(typeOf(self), name);
  return found === undefined ? undefined : callFound(self, found, args);
}
/** The same for a special method that has been found. */
function callFound(self: Value, found: Value, args: Value[]): Result | undefined {
  if (found instanceof PyFunction) return call(found, [self, ...args]);
  // A class that overrides `__delitem__` alone, as Counter does, sets items as its base does.
  if (found instanceof WrapperDescriptor) {
    return isSubtype(typeOf(self), found.owner) ? callWrapper(found, self, args, null) : call(found, [self, ...args]);
  }
  const bound = bindSpecial(self, found);
  if (bound !== EXC) return call(bound, args);
  if (!catches(attributeErrorType)) return EXC;
  clearException();
  return undefined;
}
/** The same, NotImplemented where there is no method. (Not `??`: None is a result.) */
function callOrNotImplemented(self: Value, name: string, args: Value[]): Result {
  const result = callMaybe(self, name, args);
  return result === undefined ? NotImplemented : result;
}
/** Calls the special method of `self`; a missing one is an AttributeError that says no more than its name. */
function callSlot(self: Value, name: string, args: Value[]): Result {
  const found = lookup(typeOf(self), name);
  if (found === undefined) return attributeError(name, null, null);
  if (found instanceof PyFunction) return call(found, [self, ...args]);
  // A class that overrides `__delitem__` alone, as Counter does, sets items as its base does.
  if (found instanceof WrapperDescriptor) {
    return isSubtype(typeOf(self), found.owner) ? callWrapper(found, self, args, null) : call(found, [self, ...args]);
  }
  const bound = bindSpecial(self, found);
  return bound === EXC ? EXC : call(bound, args);
}
function statusOf(result: Result): Status {
  return result === EXC ? EXC : null;
}

function overloaded(left: Value, right: Value, name: string): boolean | Exc {
  const a = lookup(typeOf(right), name);
  if (a === undefined) return false;
  const b = lookup(typeOf(left), name);
  return b === undefined ? true : a !== b;
}
/** `slot` reads the slot of this name: a function for each, as in `protocol/number.ts`. */
function binary(slot: (type: PyType) => unknown, name: string, reflected: string): (a: Value, b: Value) => Result {
  const slotFunction = (a: Value, b: Value): Result => {
    const typeA = typeOf(a);
    const typeB = typeOf(b);
    let tryOther = typeA !== typeB && slot(typeB) === slotFunction;
    if (slot(typeA) === slotFunction) {
      if (tryOther && isSubtype(typeB, typeA) && overloaded(a, b, reflected)) {
        const result = callOrNotImplemented(b, reflected, [a]);
        if (result !== NotImplemented) return result;
        tryOther = false;
      }
      const result = callOrNotImplemented(a, name, [b]);
      if (result !== NotImplemented || typeA === typeB) return result;
    }
    return tryOther ? callOrNotImplemented(b, reflected, [a]) : NotImplemented;
  };
  return slotFunction;
}
const unary = (name: string) => (self: Value) => callSlot(self, name, []);
const inplace = (name: string) => (self: Value, other: Value) => callSlot(self, name, [other]);

function slotPower(a: Value, b: Value, mod: Value): Result {
  const typeA = typeOf(a);
  const typeB = typeOf(b);
  const isSlot = (type: PyType) => (type.nb_power as unknown) === slotPower;
  // A third argument is passed on where there is one (`__rpow__` takes it since 3.14).
  const rest = mod === null ? [] : [mod];
  let tryOther = typeA !== typeB && isSlot(typeB);
  if (isSlot(typeA)) {
    if (tryOther && isSubtype(typeB, typeA) && overloaded(a, b, "__rpow__")) {
      const result = callOrNotImplemented(b, "__rpow__", [a, ...rest]);
      if (result !== NotImplemented) return result;
      tryOther = false;
    }
    const result = callOrNotImplemented(a, "__pow__", [b, ...rest]);
    if (result !== NotImplemented || typeA === typeB) return result;
  }
  return tryOther ? callOrNotImplemented(b, "__rpow__", [a, ...rest]) : NotImplemented;
}

function slotRepr(self: Value): Result {
  const result = callMaybe(self, "__repr__", []);
  return result === undefined ? `<${typeOf(self).name} object at 0x${idText(self)}>` : result;
}
function slotHash(self: Value): Int | Exc {
  const type = typeOf(self);
  const found = lookup(type, "__hash__");
  if (found === undefined || found === null) return typeError(`unhashable type: '${type.name}'`);
  const result = callMaybe(self, "__hash__", []);
  if (result === undefined) return typeError(`unhashable type: '${type.name}'`);
  if (result === EXC) return EXC;
  const h = intValue(result);
  if (h === undefined) return typeError("__hash__ method should return an integer");
  if (typeof h === "number") return h === -1 ? -2 : h;
  return BigInt.asIntN(64, h) === h ? h : hashInt(h);
}
function slotBool(self: Value): boolean | Exc {
  const result = callMaybe(self, "__bool__", []);
  if (result !== undefined) return result === EXC ? EXC : truthResult(result);
  const length = callMaybe(self, "__len__", []);
  if (length === undefined) return true;
  const size = length === EXC ? EXC : lengthResult(length);
  return size === EXC ? EXC : size !== 0;
}
/** What `__bool__` has given, as a truth value. */
export function truthResult(result: Value): boolean | Exc {
  if (typeof result === "boolean") return result;
  return typeError(`__bool__ should return bool, returned ${typeOf(result).name}`);
}
function slotLength(self: Value): number | Exc {
  const result = callSlot(self, "__len__", []);
  return result === EXC ? EXC : lengthResult(result);
}
/** What `__len__` has given, as a length. */
export function lengthResult(result: Value): number | Exc {
  const n = asIndex(result);
  if (n === EXC) return EXC;
  if (n < 0) return valueError("__len__() should return >= 0");
  if (typeof n === "bigint") return overflowError("cannot fit 'int' into an index-sized integer");
  return n;
}
const COMPARISONS = ["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];
function slotCompare(a: Value, b: Value, op: CompareOp): Result {
  return callOrNotImplemented(a, COMPARISONS[op], [b]);
}
function slotIter(self: Value): Result {
  const type = typeOf(self);
  const found = lookup(type, "__iter__");
  if (found === null) return typeError(`'${type.name}' object is not iterable`);
  const iterator = found === undefined ? undefined : callFound(self, found, []);
  if (iterator !== undefined) return iterator;
  if (lookup(type, "__getitem__") === undefined) return typeError(`'${type.name}' object is not iterable`);
  return newSequenceIterator(self);
}
function slotNext(self: Value): Value | End | Exc {
  const value = callSlot(self, "__next__", []);
  if (value !== EXC || !catches(stopIterationType)) return value;
  // Its value, if it has one, is what `yield from` gives: it stays pending, as CPython's does.
  if ((rt.exc as PyBaseException & { value: Value }).value !== null) return EXC;
  if (rt.monitor !== null) rt.monitor.ended = rt.exc;
  clearException();
  return END;
}
function slotContains(self: Value, item: Value): boolean | Exc {
  const type = typeOf(self);
  if (lookup(type, "__contains__") === null) return typeError(`'${type.name}' object is not a container`);
  const result = callMaybe(self, "__contains__", [item]);
  if (result === undefined) return iterContains(self, item);
  return result === EXC ? EXC : isTrue(result);
}
/** `__getattribute__`, then `__getattr__` where a class has it (`slot_tp_getattr_hook`). */
function slotGetAttr(self: Value, name: string): Result {
  const type = typeOf(self);
  const getattribute = lookup(type, "__getattribute__");
  const native = getattribute === lookup(rootOf(type), "__getattribute__");
  const value = native ? instanceGetAttr(self, name) : callSlot(self, "__getattribute__", [name]);
  if (value !== EXC || !catches(attributeErrorType)) return value;
  if (lookup(type, "__getattr__") === undefined) return EXC;
  clearException();
  return callSlot(self, "__getattr__", [name]);
}
function rootOf(type: PyType): PyType {
  return type.mro[type.mro.length - 1];
}
function slotSetAttr(self: Value, name: string, value: Value | undefined): Status {
  return statusOf(
    value === undefined ? callSlot(self, "__delattr__", [name]) : callSlot(self, "__setattr__", [name, value]),
  );
}
function slotCall(self: Value, args: Value[], kwnames: KwNames): Result {
  const type = typeOf(self);
  const found = lookup(type, "__call__");
  if (found === undefined) return attributeError(`'${type.name}' object has no attribute '__call__'`, self, "__call__");
  if (found instanceof PyFunction) return call(found, [self, ...args], kwnames);
  const bound = bindSpecial(self, found);
  return bound === EXC ? EXC : call(bound, args, kwnames);
}
function slotInit(self: Value, args: Value[], kwnames: KwNames): Status {
  const bound = bindSpecial(self, lookup(typeOf(self), "__init__") as Value);
  const result = bound === EXC ? EXC : call(bound, args, kwnames);
  if (result === EXC || result === null) return result;
  return typeError(`__init__() should return None, not '${typeOf(result).name}'`);
}
function slotNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const found = lookup(cls, "__new__");
  if (found === undefined)
    return attributeError(`type object '${cls.name}' has no attribute '__new__'`, cls, "__new__");
  const get = typeOf(found).tp_descr_get;
  const bound = get === null ? found : get(found, undefined, cls);
  return bound === EXC ? EXC : call(bound, [cls, ...args], kwnames);
}
function slotGet(self: Value, obj: Value | undefined, type: PyType): Result {
  const found = lookup(typeOf(self), "__get__");
  // It is not bound: a descriptor's own descriptor would have to be.
  return found === undefined ? self : call(found, [self, obj === undefined ? null : obj, type]);
}
function slotSet(self: Value, obj: Value, value: Value | undefined): Status {
  return statusOf(value === undefined ? callSlot(self, "__delete__", [obj]) : callSlot(self, "__set__", [obj, value]));
}
function slotSetItem(self: Value, key: Value, value: Value | undefined): Status {
  return statusOf(
    value === undefined ? callSlot(self, "__delitem__", [key]) : callSlot(self, "__setitem__", [key, value]),
  );
}
function slotBuffer(self: Value, flags: number): PyObject | Exc {
  const result = callSlot(self, "__buffer__", [flags]);
  return result === EXC ? EXC : bufferOfPython(self, result);
}

export const slotFunctions: { readonly [K in SlotName]?: unknown } = {
  tp_repr: slotRepr,
  tp_str: unary("__str__"),
  tp_hash: slotHash,
  tp_call: slotCall,
  tp_getattro: slotGetAttr,
  tp_setattro: slotSetAttr,
  tp_richcompare: slotCompare,
  tp_iter: slotIter,
  tp_iternext: slotNext,
  tp_descr_get: slotGet,
  tp_descr_set: slotSet,
  tp_new: slotNew,
  tp_init: slotInit,
  nb_add: binary((t) => t.nb_add, "__add__", "__radd__"),
  nb_subtract: binary((t) => t.nb_subtract, "__sub__", "__rsub__"),
  nb_multiply: binary((t) => t.nb_multiply, "__mul__", "__rmul__"),
  nb_remainder: binary((t) => t.nb_remainder, "__mod__", "__rmod__"),
  nb_divmod: binary((t) => t.nb_divmod, "__divmod__", "__rdivmod__"),
  nb_power: slotPower,
  nb_negative: unary("__neg__"),
  nb_positive: unary("__pos__"),
  nb_absolute: unary("__abs__"),
  nb_bool: slotBool,
  nb_invert: unary("__invert__"),
  nb_lshift: binary((t) => t.nb_lshift, "__lshift__", "__rlshift__"),
  nb_rshift: binary((t) => t.nb_rshift, "__rshift__", "__rrshift__"),
  nb_and: binary((t) => t.nb_and, "__and__", "__rand__"),
  nb_xor: binary((t) => t.nb_xor, "__xor__", "__rxor__"),
  nb_or: binary((t) => t.nb_or, "__or__", "__ror__"),
  nb_int: unary("__int__"),
  nb_float: unary("__float__"),
  nb_index: unary("__index__"),
  nb_floor_divide: binary((t) => t.nb_floor_divide, "__floordiv__", "__rfloordiv__"),
  nb_true_divide: binary((t) => t.nb_true_divide, "__truediv__", "__rtruediv__"),
  nb_matrix_multiply: binary((t) => t.nb_matrix_multiply, "__matmul__", "__rmatmul__"),
  nb_inplace_add: inplace("__iadd__"),
  nb_inplace_subtract: inplace("__isub__"),
  nb_inplace_multiply: inplace("__imul__"),
  nb_inplace_remainder: inplace("__imod__"),
  nb_inplace_power: (a: Value, b: Value) => callSlot(a, "__ipow__", [b]),
  nb_inplace_lshift: inplace("__ilshift__"),
  nb_inplace_rshift: inplace("__irshift__"),
  nb_inplace_and: inplace("__iand__"),
  nb_inplace_xor: inplace("__ixor__"),
  nb_inplace_or: inplace("__ior__"),
  nb_inplace_floor_divide: inplace("__ifloordiv__"),
  nb_inplace_true_divide: inplace("__itruediv__"),
  nb_inplace_matrix_multiply: inplace("__imatmul__"),
  mp_length: slotLength,
  sq_length: slotLength,
  mp_subscript: (self: Value, key: Value) => callSlot(self, "__getitem__", [key]),
  mp_ass_subscript: slotSetItem,
  sq_item: (self: Value, index: number) => callSlot(self, "__getitem__", [index]),
  sq_ass_item: slotSetItem,
  sq_contains: slotContains,
  am_await: unary("__await__"),
  am_aiter: unary("__aiter__"),
  am_anext: unary("__anext__"),
  bf_getbuffer: slotBuffer,
};
