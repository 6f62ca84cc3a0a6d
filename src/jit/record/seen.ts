/** What a recording notes of an instruction's operands beside its cache. */
import { OPCODE } from "../../generated/metadata.ts";
import { type Kind as ItemKind, PyArray } from "../../objects/array.ts";
import type { PyCode } from "../../objects/code.ts";
import { PyMethod } from "../../objects/method.ts";
import { PyFunction } from "../../objects/function.ts";
import { PyFloat, isPlainFloat } from "../../objects/float.ts";
import type { PyFrame } from "../../objects/frame.ts";
import { EXC, PyObject, PyType, Shape, type Value, isSubtype } from "../../objects/core.ts";
import { PyDict } from "../../objects/dict.ts";
import { PyInstance } from "../../objects/instance.ts";
import { PyList } from "../../objects/list.ts";
import { rt } from "../../objects/runtime.ts";
import { superLookupRaw } from "../../objects/super.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { isMethod } from "../../interp/load-method.ts";
import { loadSpecial } from "../../interp/load-special.ts";
import { GEN_CREATED, GEN_SUSPENDED, PyAsyncGenerator, PyGenerator } from "../../objects/generator.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { dictType, floatType, listType, superType, tupleType } from "../../objects/types.ts";
import type { Kind } from "../ir/node.ts";
import type { ListSeen } from "./seen-list.ts";

/** The shape of an object; the kind of a primitive. */
export type ShapeSeen = Shape | Kind | null;
export interface CallSeen {
  callable: Value;
  hasSelf: boolean;
  /** The Python function that runs, behind a bound method or a class too. */
  func: PyFunction | null;
  code: PyCode | null;
  /** Versions of the function and of the class. */
  version: number;
  cls: PyType | null;
  classVersion: number;
  selfShape: ShapeSeen;
  /** Of the first argument. */
  argShape: ShapeSeen;
}
/** Of the owner of an attribute. */
export interface AttributeSeen {
  shape: ShapeSeen;
  value: Value | undefined;
}
export const seeAttribute = (owner: Value | undefined): AttributeSeen => ({ shape: shapeOfValue(owner), value: owner });
/** Of a store into an attribute. */
export interface StoreSeen {
  /** The owner's. */
  shape: ShapeSeen;
  /** The value can be a raw double. */
  isFloat: boolean;
  /** The `__slots__` member was not set. */
  wasUnset: boolean;
}

/** A generator, coroutine that is about to be resumed. */
export interface GeneratorSeen {
  shape: Shape;
  state: number;
  code: PyCode;
  /** Where its frame stands, and how high its stack is. */
  pc: number;
  sp: number;
  globals: PyDict;
  builtins: PyDict;
}
/** An instance of a class written in Python, and its `__iter__` or `__aiter__`. */
export interface IterableSeen {
  shape: ShapeSeen;
  func: PyFunction | null;
  version: number;
  classVersion: number;
}

export function kindOfValue(value: Value | undefined): Kind {
  if (value === undefined) return "unbound";
  if (value === null) return "none";
  switch (typeof value) {
    case "number":
      return "int";
    case "boolean":
      return "bool";
    case "string":
      return "str";
    case "bigint":
      return "bigint";
    default:
      return value instanceof PyFloat && value.shape === floatType.shapes ? "boxed" : "any";
  }
}
export function shapeOfValue(value: Value | undefined): ShapeSeen {
  return value instanceof PyObject ? value.shape : kindOfValue(value);
}

/** `frame` stands at the instruction, a specialised one. */
export function seeStore(op: number, owner: Value | undefined, value: Value | undefined, frame: PyFrame): StoreSeen {
  const member = op === OPCODE.STORE_ATTR_SLOT ? frame.code.caches[frame.pc]?.index : undefined;
  const wasUnset = member !== undefined && owner instanceof PyInstance && owner.getMember(member) === undefined;
  return { shape: shapeOfValue(owner), isFloat: isPlainFloat(value), wasUnset };
}

/** Stack: callable, self or NULL, `count` arguments, then `sp`. */
export function seeCall(s: readonly (Value | undefined)[], sp: number, count: number): CallSeen {
  const callable = s[sp - count - 2] as Value;
  const self = s[sp - count - 1];
  const func = functionBehind(callable);
  const cls = callable instanceof PyType ? callable : null;
  return {
    callable,
    hasSelf: self !== undefined,
    func,
    code: func?.code ?? null,
    version: func?.version ?? 0,
    cls,
    classVersion: cls?.version ?? 0,
    selfShape: shapeOfValue(self),
    argShape: count > 0 ? shapeOfValue(s[sp - count]) : null,
  };
}
/** Stack: the exception or its class, its cause where there is one. */
export function seeRaise(s: readonly (Value | undefined)[], sp: number, count: number): RaiseSeen {
  const exc = count > 0 ? s[sp - count] : undefined;
  return { shape: shapeOfValue(exc), cls: exc instanceof PyType ? exc : null };
}
export interface ClassSeen {
  shape: Shape;
  version: number;
}
export function seeException(value: Value): ClassSeen {
  const { shape } = value as PyObject;
  return { shape, version: shape.cls.version };
}
export interface RaiseSeen {
  shape: ShapeSeen;
  /** The class that is raised, where it is no instance. */
  cls: PyType | null;
}
/** Is BINARY_OP's operation on ints one beyond 32 bits? The operator `>>` by more than 31 is one too. */
export function isWide(oparg: number, left: Value | undefined, right: Value | undefined): boolean {
  if (typeof left !== "number" || typeof right !== "number") return false;
  return (left | 0) !== left || (right | 0) !== right || (oparg % 13 === 9 && right > 31);
}
/** Of sums, differences, products and shifts to the left. */
function isLarge(oparg: number, left: Value | undefined, right: Value | undefined): boolean {
  if (typeof left !== "number" || typeof right !== "number") return false;
  const result = LARGE[oparg % 13]?.(left, right);
  return result !== undefined && !Number.isSafeInteger(result);
}
/** By BINARY_OP's argument, for what may give large ints of small ones. */
const LARGE: Readonly<Record<number, (a: number, b: number) => number>> = {
  0: (a, b) => a + b,
  3: (a, b) => a * 2 ** b,
  5: (a, b) => a * b,
  10: (a, b) => a - b,
};
/** `f(*args, **kwargs)` of a Python function with a tuple, and a dict or nothing. */
export interface CallExSeen {
  func: PyFunction;
  version: number;
  isMethod: boolean;
  count: number;
  /** null: no dict at all. */
  names: readonly string[] | null;
}
/** Stack: callable, NULL, tuple, dict or NULL. */
export function seeCallEx(s: readonly (Value | undefined)[], sp: number): CallExSeen | null {
  const [callable, , args, kwargs] = [s[sp - 4], s[sp - 3], s[sp - 2], s[sp - 1]];
  const isMethod = callable instanceof PyMethod;
  const func = isMethod ? callable.func : callable;
  if (!(func instanceof PyFunction) || !(args instanceof PyTuple)) return null;
  if (kwargs !== undefined && !(kwargs instanceof PyDict && kwargs.shape === dictType.shapes)) return null;
  const names = kwargs instanceof PyDict ? kwargs.strKeys() : null;
  if (kwargs instanceof PyDict && (names as string[]).length !== kwargs.size) return null;
  return { func, version: func.version, isMethod, count: args.items.length, names };
}
/** Of two operands. */
export interface OperandsSeen {
  left: ShapeSeen;
  right: ShapeSeen;
}
/** Of BINARY_OP, subscription included. */
export interface BinarySeen extends OperandsSeen {
  /** An operation on ints beyond 32 bits. */
  isWide: boolean;
  /** The result of small ints is none. */
  isLarge: boolean;
  /** How the items of the array (module `array`) to the left are kept. */
  items: ItemKind | null;
  /** The list to the left keeps raw doubles. */
  isFloat: boolean;
}
export function seeBinary(oparg: number, left: Value | undefined, right: Value | undefined): BinarySeen {
  return {
    ...seeOperands(left, right),
    isWide: isWide(oparg, left, right),
    isLarge: isLarge(oparg, left, right),
    items: itemsOf(left),
    isFloat: left instanceof PyList && left.isFloat,
  };
}
export function seeOperands(left: Value | undefined, right: Value | undefined): OperandsSeen {
  return { left: shapeOfValue(left), right: shapeOfValue(right) };
}
/** Of `container[start:stop]`, read or stored to. */
export interface SliceSeen {
  container: ShapeSeen;
  start: ShapeSeen;
  stop: ShapeSeen;
  /** What is stored; null where nothing is. */
  value: ShapeSeen;
}
/** Stack: value where one is stored, container, start, stop, then `sp`. */
export function seeSlice(s: readonly (Value | undefined)[], sp: number, value: Value | undefined = null): SliceSeen {
  const [container, start, stop] = [3, 2, 1].map((depth) => shapeOfValue(s[sp - depth]));
  return { container, start, stop, value: shapeOfValue(value) };
}
const itemsOf = (value: Value | undefined): ItemKind | null => (value instanceof PyArray ? value.kind : null);
/** Of a store to a subscript. */
export interface StoreItemSeen {
  owner: ShapeSeen;
  key: ShapeSeen;
  value: ShapeSeen;
  items: ItemKind | null;
  list: ListSeen;
}
export function seeStoreItem(
  value: Value | undefined,
  owner: Value | undefined,
  key: Value | undefined,
): StoreItemSeen {
  const isFloat = owner instanceof PyList && owner.isFloat;
  return {
    owner: shapeOfValue(owner),
    key: shapeOfValue(key),
    value: shapeOfValue(value),
    items: itemsOf(owner),
    list: { isFloat, takes: isPlainFloat(value) },
  };
}
/** The kind of a value of which this was seen: builtin types that have one. */
export function kindOfSeen(seen: ShapeSeen): Kind {
  return seen instanceof Shape ? (kindOfShape(seen) ?? "any") : (seen ?? "any");
}
/** The kind of a builtin type's exact instances. */
export function kindOfShape(shape: Shape): "boxed" | "list" | "tuple" | "dict" | null {
  if (shape === floatType.shapes) return "boxed";
  if (shape === listType.shapes) return "list";
  if (shape === tupleType.shapes) return "tuple";
  return shape === dictType.shapes ? "dict" : null;
}
export interface ContainsSeen {
  item: ShapeSeen;
  container: ShapeSeen;
  /** The container is a list or a tuple of items that compare without asking. */
  isPlain: boolean;
}
export function seeContains(item: Value | undefined, container: Value | undefined): ContainsSeen {
  const items = container instanceof PyList || container instanceof PyTuple ? container.items : null;
  const isPlain = items?.every((value) => value === null || typeof value !== "object") ?? false;
  return { item: shapeOfValue(item), container: shapeOfValue(container), isPlain };
}
/** What is found on the class of an instance: a function that takes the instance first. */
export interface MethodSeen {
  shape: Shape;
  version: number;
  method: Value;
  /** For `super()`: the class after which the search begins. */
  cls: PyType | null;
}
export function seeSpecial(owner: Value, index: number): MethodSeen | null {
  if (!(owner instanceof PyInstance)) return null;
  const method = loadSpecial(owner, index);
  if (method === EXC) {
    rt.exc = null;
    return null;
  }
  return rt.specialSelf ? { shape: owner.shape, version: owner.shape.cls.version, method, cls: null } : null;
}
/** Stack: super, class, instance. */
export function seeSuper(s: readonly (Value | undefined)[], sp: number, name: string): MethodSeen | null {
  const cls = s[sp - 2];
  const self = s[sp - 1];
  if (s[sp - 3] !== superType || !(cls instanceof PyType)) return null;
  if (!(self instanceof PyObject) || self instanceof PyType || !isSubtype(self.shape.cls, cls)) return null;
  const { shape } = self;
  const method = superLookupRaw(cls, shape.cls, name);
  if (method === undefined || !isMethod(method)) return null;
  return { shape, version: shape.cls.version, method, cls };
}
export function functionBehind(callable: Value): PyFunction | null {
  if (callable instanceof PyFunction) return callable;
  if (callable instanceof PyMethod) return callable.func instanceof PyFunction ? callable.func : null;
  if (callable instanceof PyType) {
    const init = lookup(callable, "__init__");
    return init instanceof PyFunction ? init : null;
  }
  return null;
}

/** null: what FOR_ITER and SEND would not resume directly. */
export function seeGenerator(receiver: Value | undefined, sent: Value | undefined): GeneratorSeen | null {
  if (!(receiver instanceof PyGenerator) || receiver instanceof PyAsyncGenerator) return null;
  const { shape, state, frame } = receiver;
  if (state !== GEN_SUSPENDED && (state !== GEN_CREATED || sent !== null)) return null;
  const { code, pc, sp, globals, builtins } = frame;
  return { shape, state, code, pc, sp, globals, builtins };
}
export function seeIterable(iterable: Value | undefined, name: string): IterableSeen {
  const shape = shapeOfValue(iterable);
  const cls = shape instanceof Shape && shape.cls.isHeap ? shape.cls : null;
  const found = cls === null ? undefined : lookup(cls, name);
  const func = found instanceof PyFunction ? found : null;
  return { shape, func, version: func?.version ?? 0, classVersion: cls?.version ?? 0 };
}
