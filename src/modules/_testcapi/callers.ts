/** Calls as native code makes them (PEP 590), and native callables that bind like methods. */
import { METHOD_DESCRIPTOR, type PyType, PyObject, type Result, type Value } from "../../objects/core.ts";
import { BASETYPE, fn, newType } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { typeError } from "../../objects/errors.ts";
import { newMethod } from "../../objects/method.ts";
import type { NativeDef } from "../../objects/native.ts";
import { call } from "../../objects/protocol/call.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";

/** A tuple's items, none for None; undefined for anything else. */
function items(value: Value | undefined): Value[] | undefined {
  if (value === null || value === undefined) return [];
  return value instanceof PyTuple ? value.items : undefined;
}
function callWithDict(func: Value, args: Value, kwargs: Value | undefined): Result {
  const positional = items(args);
  if (positional === undefined) return typeError("args must be None or a tuple");
  if (kwargs === undefined || kwargs === null) return call(func, positional);
  if (!(kwargs instanceof PyDict)) return typeError("kwnames must be None or a dict");
  return call(func, [...positional, ...kwargs.values()], kwargs.keys() as string[]);
}
function callWithNames(func: Value, args: Value, names: Value): Result {
  const values = items(args);
  const kwnames = items(names);
  if (values === undefined) return typeError("args must be None or a tuple");
  if (kwnames === undefined) return typeError("kwnames must be None or a tuple");
  return call(func, values, kwnames.length === 0 ? null : (kwnames as string[]));
}

export function callers(): Record<string, NativeDef> {
  return {
    pyobject_fastcalldict: fn("($module, func, func_args, kwargs, /)", callWithDict),
    pyobject_vectorcall: fn("($module, func, func_args, kwnames, /)", callWithNames),
    pycfunction_call: fn("($module, func, args, kwargs=None, /)", callWithDict),
    pyvectorcall_call: fn("($module, func, args, kwargs=None, /)", callWithDict),
  };
}

class PyMethodDescriptorObject extends PyObject {}

const make = (cls: PyType): PyObject => new PyMethodDescriptorObject(cls.shapes);
const bind = (self: PyObject, object: Value | undefined): Result =>
  object === undefined || object === null ? self : newMethod(self, object);

/** Callable descriptors: they say whether they were called as the base class is, or as what overrides it. */
export const methodDescriptorBaseType = newType("MethodDescriptorBase", {
  module: "_testcapi",
  flags: BASETYPE | METHOD_DESCRIPTOR,
  slots: { tp_alloc: make, tp_call: () => true, tp_descr_get: bind },
});
export const methodDescriptorDerivedType = newType("MethodDescriptorDerived", {
  module: "_testcapi",
  base: methodDescriptorBaseType,
  flags: METHOD_DESCRIPTOR,
});
export const methodDescriptorNopGetType = newType("MethodDescriptorNopGet", {
  module: "_testcapi",
  base: methodDescriptorBaseType,
  slots: { tp_call: (_self, args) => newTuple([...args]), tp_descr_get: (self: PyObject) => self },
});
export const methodDescriptor2Type = newType("MethodDescriptor2", {
  module: "_testcapi",
  base: methodDescriptorBaseType,
  flags: METHOD_DESCRIPTOR,
  slots: { tp_call: () => false },
});
