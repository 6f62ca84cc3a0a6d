/** `mappingproxy` (`types.MappingProxyType`): everything is passed on to the mapping, changes excepted. */
import { type CompareOp, EXC, type KwNames, MAPPING, type PyType, type Result, type Value } from "../core.ts";
import { classMethod, defineType, method, parseArgs, signature } from "../define.ts";
import { typeError } from "../errors.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { PyMappingProxy } from "../mapping-proxy.ts";
import { callMethod } from "../protocol/call.ts";
import { getIter } from "../protocol/iter.ts";
import { or } from "../protocol/number.ts";
import { hash, length, repr, richCompare, str } from "../protocol/object.ts";
import { contains, getItem } from "../protocol/sequence.ts";
import { strConcatAll } from "../str/astral.ts";
import { listType, mappingProxyType, strType, tupleType, typeOf } from "../types.ts";
import { isSubtype } from "../core.ts";

const NEW = signature("(mapping)");

function proxyNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "mappingproxy", args, kwnames);
  if (bound === EXC) return EXC;
  const mapping = bound[0] as Value;
  const type = typeOf(mapping);
  if (type.mp_subscript === null || [listType, tupleType, strType].some((sequence) => isSubtype(type, sequence))) {
    return typeError(`mappingproxy() argument must be a mapping, not ${type.name}`);
  }
  return new PyMappingProxy(mapping);
}

const unwrap = (value: Value): Value => (value instanceof PyMappingProxy ? value.mapping : value);
const passOn = (name: string) => (self: PyMappingProxy) => callMethod(self.mapping, name);

defineType(mappingProxyType, {
  doc: "Read-only proxy of a mapping.",
  textSignature: "(mapping)",
  flags: MAPPING,
  slots: {
    tp_new: proxyNew,
    tp_repr: (self: PyMappingProxy) => {
      const text = repr(self.mapping);
      return text === EXC ? EXC : strConcatAll(["mappingproxy(", text, ")"]);
    },
    tp_str: (self: PyMappingProxy) => str(self.mapping),
    tp_hash: (self: PyMappingProxy) => hash(self.mapping),
    tp_richcompare: (a: PyMappingProxy, b: Value, op: CompareOp) => richCompare(a.mapping, unwrap(b), op),
    tp_iter: (self: PyMappingProxy) => getIter(self.mapping),
    nb_or: (a: Value, b: Value) => or(unwrap(a), unwrap(b)),
    nb_inplace_or: (a: PyMappingProxy) => typeError(`'|=' is not supported by ${typeOf(a).name}; use '|' instead`),
    sq_contains: (self: PyMappingProxy, key: Value) => contains(self.mapping, key),
    mp_length: (self: PyMappingProxy) => length(self.mapping),
    mp_subscript: (self: PyMappingProxy, key: Value) => getItem(self.mapping, key),
  },
  methods: () => ({
    get: method(
      "($self, key, default=None, /)",
      (self: PyMappingProxy, key: Value, fallback: Value = null) => callMethod(self.mapping, "get", [key, fallback]),
      "Return the value for key if key is in the mapping, else default.",
    ),
    keys: method("($self, /)", passOn("keys"), "a set-like object providing a view on the underlying mapping's keys"),
    values: method("($self, /)", passOn("values"), "an object providing a view on the underlying mapping's values"),
    items: method(
      "($self, /)",
      passOn("items"),
      "a set-like object providing a view on the underlying mapping's items",
    ),
    copy: method("($self, /)", passOn("copy"), "a shallow copy of the underlying mapping"),
    __reversed__: method("($self, /)", passOn("__reversed__"), "reverse iterator over the underlying mapping's keys"),
    __class_getitem__: classMethod(
      "($type, object, /)",
      (cls: PyType, item: Value) => newGenericAlias(cls, item),
      "See PEP 585",
    ),
  }),
});
