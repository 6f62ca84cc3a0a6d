/** The descriptors that make up the dictionaries of native types. Behaviour: `type/descriptor-types.ts`. */
import { PyObject, type PyType, type Result, type Status, type Value } from "./core.ts";
import type { NativeDef } from "./native.ts";
import type { SlotDef } from "./type/slotdefs.ts";
import {
  classMethodDescriptorType,
  getSetDescriptorType,
  memberDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  wrapperDescriptorType,
} from "./types.ts";

/** `list.append`. */
export class MethodDescriptor extends PyObject {
  constructor(
    readonly owner: PyType,
    readonly def: NativeDef,
  ) {
    super(methodDescriptorType.shapes);
  }
}
/** `dict.__dict__['fromkeys']`. */
export class ClassMethodDescriptor extends PyObject {
  constructor(
    readonly owner: PyType,
    readonly def: NativeDef,
  ) {
    super(classMethodDescriptorType.shapes);
  }
}
/** `int.__add__`: a slot's function under its special name. */
export class WrapperDescriptor extends PyObject {
  constructor(
    readonly owner: PyType,
    readonly slotDef: SlotDef,
    /** What the owner has in that slot. */
    readonly slotFunction: unknown,
  ) {
    super(wrapperDescriptorType.shapes);
  }
}
/** `(1).__add__`. */
export class MethodWrapper extends PyObject {
  constructor(
    readonly descriptor: WrapperDescriptor,
    readonly self: Value,
  ) {
    super(methodWrapperType.shapes);
  }
}

export type Getter = (self: never) => Result;
export type Setter = (self: never, value: Value | undefined) => Status;
export interface GetSet {
  get: (self: Value) => Result;
  set: ((self: Value, value: Value | undefined) => Status) | undefined;
  doc: string | null;
}
/** A computed attribute: `getset((self: PyDeque) => …, (self: PyDeque, value) => …, "doc")`. */
/* @__NO_SIDE_EFFECTS__ */
export function getset(get: Getter, set?: Setter, doc: string | null = null): GetSet {
  return { get: get as GetSet["get"], set: set as GetSet["set"], doc };
}

export class GetSetDescriptor extends PyObject {
  constructor(
    readonly owner: PyType,
    readonly name: string,
    readonly accessors: GetSet,
  ) {
    super(getSetDescriptorType.shapes);
  }
}
/** A `__slots__` member (`index` ≥ 0), or a read-only field of a native type (`read`). */
export class MemberDescriptor extends PyObject {
  constructor(
    readonly owner: PyType,
    readonly name: string,
    readonly index: number,
    readonly read: ((self: Value) => Value | undefined) | null,
    readonly doc: string | null = null,
  ) {
    super(memberDescriptorType.shapes);
  }
}
