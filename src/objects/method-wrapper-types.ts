/** `classmethod` and `staticmethod`: what they do. */
import { BASETYPE, EXC, HAS_DICT, type KwNames, type PyType, type Result, type Status, type Value } from "./core.ts";
import { PyClassMethod } from "./class-method.ts";
import { classMethod, defineType, getset } from "./define.ts";
import { attributeError, typeError } from "./errors.ts";
import { newGenericAlias } from "./generic-alias.ts";
import { concat } from "./message.ts";
import { newMethod } from "./method.ts";
import type { PyMethodWrapper } from "./method-wrapper-base.ts";
import { isAbstract } from "./property.ts";
import { call } from "./protocol/call.ts";
import { getAttr, lookupAttr, repr } from "./protocol/object.ts";
import { PyStaticMethod } from "./static-method.ts";
import { dictGetSet } from "./type/instance-dict.ts";
import { classMethodType, staticMethodType, typeOf } from "./types.ts";

const COPIED = ["__module__", "__name__", "__qualname__", "__doc__"];

/** `tp_init` of both: takes one callable and copies its metadata, as `functools.wraps` does. */
function initWrapper(name: string, self: PyMethodWrapper, args: Value[], kwnames: KwNames): Status {
  if (kwnames !== null && kwnames.length > 0) return typeError(`${name}() takes no keyword arguments`);
  if (args.length !== 1) return typeError(`${name} expected 1 argument, got ${args.length}`);
  const callable = args[0];
  self.callable = callable;
  for (const attribute of COPIED) {
    const value = lookupAttr(callable, attribute);
    if (value === EXC) return EXC;
    if (value !== undefined) self.getDict(true)?.setStr(attribute, value);
  }
  return null;
}

/** `__annotations__` and `__annotate__`: the wrapped callable's, kept in our own dict once read. */
function lazyAttribute(name: string) {
  return getset(
    (self: PyMethodWrapper): Result => {
      const own = self.dict?.getStr(name);
      if (own !== undefined) return own;
      const value = getAttr(self.callable, name);
      if (value !== EXC) self.getDict(true)?.setStr(name, value);
      return value;
    },
    (self: PyMethodWrapper, value): Status => {
      if (value !== undefined) self.getDict(true)?.setStr(name, value);
      else if (self.dict === undefined || !self.dict.delStr(name)) {
        return attributeError(`'${self.shape.cls.name}' object has no attribute '${name}'`, self, name);
      }
      return null;
    },
  );
}

const wrapperMethods = () => ({
  __class_getitem__: classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item)),
});
const wrapperMembers = () => ({
  __func__: (self: PyMethodWrapper) => self.callable,
  __wrapped__: (self: PyMethodWrapper) => self.callable,
});
const wrapperGetset = () => ({
  __dict__: dictGetSet,
  __isabstractmethod__: getset((self: PyMethodWrapper) => isAbstract(self.callable)),
  __annotations__: lazyAttribute("__annotations__"),
  __annotate__: lazyAttribute("__annotate__"),
});

const wrapperRepr = (name: string) => (self: PyMethodWrapper) => {
  const inner = repr(self.callable);
  return inner === EXC ? EXC : concat(`<${name}(`, inner, ")>");
};

defineType(classMethodType, {
  doc: "Converts a function to a method that receives the class as its first argument.",
  textSignature: "(function, /)",
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_alloc: (cls) => new PyClassMethod(cls),
    tp_init: (self: PyClassMethod, args, kwnames) => initWrapper("classmethod", self, args, kwnames),
    tp_descr_get: (self: PyClassMethod, obj: Value | undefined, cls: PyType | undefined) =>
      newMethod(self.callable, cls ?? typeOf(obj as Value)),
    tp_repr: wrapperRepr("classmethod"),
  },
  methods: wrapperMethods,
  members: wrapperMembers,
  getset: wrapperGetset,
});

defineType(staticMethodType, {
  doc: "Converts a function to a static method, which receives no implicit first argument.",
  textSignature: "(function, /)",
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_alloc: (cls) => new PyStaticMethod(cls),
    tp_init: (self: PyStaticMethod, args, kwnames) => initWrapper("staticmethod", self, args, kwnames),
    tp_descr_get: (self: PyStaticMethod) => self.callable,
    tp_call: (self: PyStaticMethod, args, kwnames) => call(self.callable, args, kwnames),
    tp_repr: wrapperRepr("staticmethod"),
  },
  methods: wrapperMethods,
  members: wrapperMembers,
  getset: wrapperGetset,
});
