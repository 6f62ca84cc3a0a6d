/** The behaviour of bound methods. */
import { type CompareOp, EXC, type KwNames, type PyType, type Result, type Value } from "./core.ts";
import { defineType, getset, member, method, parseArgs, signature } from "./define.ts";
import { typeError } from "./errors.ts";
import { PyMethod, newMethod } from "./method.ts";
import { concat } from "./message.ts";
import { foldHash } from "./numeric/fold-hash.ts";
import { call } from "./protocol/call.ts";
import { getAttr, hash, idText, isCallable, lookupAttr, repr } from "./protocol/object.ts";
import { importAttribute } from "./import-hook.ts";
import { NotImplemented } from "./singletons.ts";
import { instanceLookupAttr } from "./type/instance-attributes.ts";
import { lookup } from "./type/lookup.ts";
import { newTuple } from "./tuple.ts";
import { methodType } from "./types.ts";
import { PyObject } from "./core.ts";
import { strValue } from "./values.ts";

const SIG = signature("(function, instance, /)");

function methodNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(SIG, "method", args, kwnames);
  if (bound === EXC) return EXC;
  const [func, self] = bound as Value[];
  if (!isCallable(func)) return typeError("first argument must be callable");
  if (self === null) return typeError("instance must not be None");
  return newMethod(func, self);
}
/** Attributes of the method type itself, then those of the function. */
function methodGetAttr(self: PyMethod, name: string): Result {
  if (lookup(methodType, name) !== undefined) {
    const own = instanceLookupAttr(self, methodType, name);
    if (own !== undefined) return own;
  }
  return getAttr(self.func, name);
}
function methodRepr(self: PyMethod): Result {
  let name = lookupAttr(self.func, "__qualname__");
  if (name === undefined) name = lookupAttr(self.func, "__name__");
  if (name === EXC) return EXC;
  const text = name === undefined ? undefined : strValue(name);
  const shown = repr(self.self);
  return shown === EXC ? EXC : concat("<bound method ", text ?? "?", " of ", shown, ">");
}
function methodCompare(a: PyMethod, b: Value, op: CompareOp): Result {
  if ((op !== 2 && op !== 3) || !(b instanceof PyMethod)) return NotImplemented;
  const same = a.func === b.func && a.self === b.self;
  return same === (op === 2);
}
defineType(methodType, {
  doc: "Create a bound instance method object.",
  textSignature: "(function, instance, /)",
  slots: {
    tp_new: methodNew,
    tp_call: (self: PyMethod, args: Value[], kwnames: KwNames) => call(self.func, [self.self, ...args], kwnames),
    tp_getattro: methodGetAttr,
    tp_repr: methodRepr,
    tp_richcompare: methodCompare,
    tp_descr_get: (self: PyMethod) => self,
    tp_hash: (self: PyMethod) => {
      const h = hash(self.func);
      const own = self.self instanceof PyObject ? Number.parseInt(idText(self.self), 16) : hash(self.self);
      return h === EXC || own === EXC ? EXC : foldHash(h) ^ foldHash(own);
    },
  },
  members: () => ({
    __func__: member((self: PyMethod) => self.func),
    __self__: member((self: PyMethod) => self.self),
  }),
  getset: () => ({
    __doc__: getset((self: PyMethod) => {
      const doc = lookupAttr(self.func, "__doc__");
      return doc === undefined ? null : doc;
    }),
  }),
  methods: () => ({
    __reduce__: method("($self, /)", (self: PyMethod) => {
      const getattr = importAttribute("builtins", "getattr");
      const name = getAttr(self.func, "__name__");
      return getattr === EXC || name === EXC ? EXC : newTuple([getattr, newTuple([self.self, name])]);
    }),
  }),
});
