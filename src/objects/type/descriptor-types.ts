/** The behaviour of native functions and of the descriptors in native types' dicts. */
import {
  EXC,
  type KwNames,
  METHOD_DESCRIPTOR,
  type PyType,
  type Result,
  type Status,
  type Value,
  isSubtype,
} from "../core.ts";
import { PyBuiltin } from "../builtin.ts";
import { defineType, getset, member, method } from "../define.ts";
import {
  ClassMethodDescriptor,
  type GetSetDescriptor,
  type MemberDescriptor,
  MethodDescriptor,
  MethodWrapper,
  WrapperDescriptor,
} from "../descriptors.ts";
import { attributeError, typeError } from "../errors.ts";
import { NotImplemented } from "../singletons.ts";
import { PyModule } from "../module.ts";
import { hash, idText } from "../protocol/object.ts";
import { foldHash } from "../numeric/fold-hash.ts";
import { importAttribute } from "../import-hook.ts";
import { newTuple } from "../tuple.ts";
import {
  builtinType,
  classMethodDescriptorType,
  getSetDescriptorType,
  memberDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  typeOf,
  wrapperDescriptorType,
} from "../types.ts";
import { PyType as TypeClass } from "../core.ts";
import { callWrapper } from "./slot-wrappers.ts";

type AnyDescriptor = MethodDescriptor | ClassMethodDescriptor | WrapperDescriptor | GetSetDescriptor | MemberDescriptor;

function nameOf(d: AnyDescriptor): string {
  if (d instanceof MethodDescriptor || d instanceof ClassMethodDescriptor) return d.def.name;
  return d instanceof WrapperDescriptor ? d.slotDef.name : d.name;
}
/** Is `obj` an instance of the descriptor's owner? */
function check(d: AnyDescriptor, obj: Value): boolean {
  if (isSubtype(typeOf(obj), d.owner)) return true;
  typeError(`descriptor '${nameOf(d)}' for '${d.owner.name}' objects doesn't apply to a '${typeOf(obj).name}' object`);
  return false;
}
const describe = (kind: string) => (d: AnyDescriptor) => `<${kind} '${nameOf(d)}' of '${d.owner.name}' objects>`;

const common = () => ({
  __objclass__: member((d: AnyDescriptor) => d.owner),
  __name__: member(nameOf as (d: never) => Value),
});
const qualname = () => getset((d: AnyDescriptor) => `${d.owner.qualname}.${nameOf(d)}`, undefined);
const reduce = () =>
  method("($self, /)", (d: AnyDescriptor) => {
    const getattr = importAttribute("builtins", "getattr");
    return getattr === EXC ? EXC : newTuple([getattr, newTuple([d.owner, nameOf(d)])]);
  });

// ── methods ────────────────────────────────────────────────────────────────────────────────────────────────
function callMethodDescriptor(d: MethodDescriptor, args: Value[], kwnames: KwNames): Result {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length);
  if (positional < 1) {
    return typeError(`unbound method ${d.owner.name}.${d.def.name}() needs an argument`);
  }
  if (!check(d, args[0])) return EXC;
  return d.def.call(args[0], args.slice(1), kwnames);
}
defineType(methodDescriptorType, {
  flags: METHOD_DESCRIPTOR,
  slots: {
    tp_descr_get: (d: MethodDescriptor, obj: Value | undefined) => {
      if (obj === undefined) return d;
      return check(d, obj) ? new PyBuiltin(d.def, obj, null) : EXC;
    },
    tp_call: callMethodDescriptor,
    tp_repr: describe("method"),
  },
  methods: () => ({ __reduce__: reduce() }),
  members: common,
  getset: () => ({
    __qualname__: qualname(),
    __doc__: getset((d: MethodDescriptor) => d.def.doc),
    __text_signature__: getset((d: MethodDescriptor) => d.def.textSignature),
  }),
});
defineType(classMethodDescriptorType, {
  slots: {
    tp_descr_get: (d: ClassMethodDescriptor, obj: Value | undefined, type: PyType) => bindClassMethod(d, obj, type),
    tp_call: (d: ClassMethodDescriptor, args: Value[], kwnames: KwNames) => {
      if (args.length < 1) {
        return typeError(`descriptor '${d.def.name}' of '${d.owner.name}' object needs an argument`);
      }
      const bound = bindClassMethod(d, undefined, args[0]);
      return bound === EXC ? EXC : d.def.call(args[0], args.slice(1), kwnames);
    },
    tp_repr: describe("method"),
  },
  members: common,
  getset: () => ({
    __qualname__: qualname(),
    __doc__: getset((d: ClassMethodDescriptor) => d.def.doc),
    __text_signature__: getset((d: ClassMethodDescriptor) => d.def.textSignature),
  }),
});
function bindClassMethod(d: ClassMethodDescriptor, obj: Value | undefined, type: Value | undefined): Result {
  const cls = type ?? typeOf(obj as Value);
  if (!(cls instanceof TypeClass)) {
    return typeError(
      `descriptor '${d.def.name}' for type '${d.owner.name}' needs a type, not a '${typeOf(cls).name}' as arg 2`,
    );
  }
  if (!isSubtype(cls, d.owner)) {
    return typeError(`descriptor '${d.def.name}' requires a subtype of '${d.owner.name}' but received '${cls.name}'`);
  }
  return new PyBuiltin(d.def, cls, null);
}

// ── native functions and bound native methods ──────────────────────────────────────────────────────────────
function builtinRepr(f: PyBuiltin): Result {
  if (f.module !== null || f.self === null || f.self instanceof PyModule) {
    return `<built-in function ${f.def.name}>`;
  }
  return `<built-in method ${f.def.name} of ${typeOf(f.self).name} object at 0x${idText(f.self)}>`;
}
function builtinQualname(f: PyBuiltin): Result {
  if (f.self === null || f.self instanceof PyModule || f.def.kind === "function") return f.def.name;
  const owner = f.self instanceof TypeClass ? f.self : typeOf(f.self);
  return `${owner.qualname}.${f.def.name}`;
}
defineType(builtinType, {
  slots: {
    tp_call: (f: PyBuiltin, args: Value[], kwnames: KwNames) => f.def.call(f.self, args, kwnames),
    tp_repr: builtinRepr,
    tp_hash: (f: PyBuiltin) => {
      const h = f.self === null ? 0 : hash(typeof f.self === "object" ? idHash(f.self) : f.self);
      return h === EXC ? EXC : foldHash(h) ^ f.def.name.length;
    },
    tp_richcompare: (a: PyBuiltin, b: Value, op: number) => {
      if ((op !== 2 && op !== 3) || !(b instanceof PyBuiltin)) return NotImplemented;
      return (a.def === b.def && a.self === b.self) === (op === 2);
    },
  },
  methods: () => ({
    __reduce__: method("($self, /)", (f: PyBuiltin) => {
      if (f.self === null || f.self instanceof PyModule || f.def.kind === "function") return f.def.name;
      const getattr = importAttribute("builtins", "getattr");
      return getattr === EXC ? EXC : newTuple([getattr, newTuple([f.self, f.def.name])]);
    }),
  }),
  members: () => ({ __module__: member((f: PyBuiltin) => f.module) }),
  getset: () => ({
    __name__: getset((f: PyBuiltin) => f.def.name),
    __qualname__: getset(builtinQualname),
    __doc__: getset((f: PyBuiltin) => f.def.doc),
    // Static methods are called without the class, though they know it.
    __self__: getset((f: PyBuiltin) => (f.def.kind === "static" ? null : f.self)),
    __text_signature__: getset((f: PyBuiltin) => f.def.textSignature),
  }),
});
const idHash = (o: Value): Value => Number.parseInt(idText(o), 16);

// ── slot wrappers ──────────────────────────────────────────────────────────────────────────────────────────
defineType(wrapperDescriptorType, {
  flags: METHOD_DESCRIPTOR,
  slots: {
    tp_descr_get: (d: WrapperDescriptor, obj: Value | undefined) => {
      if (obj === undefined) return d;
      return check(d, obj) ? new MethodWrapper(d, obj) : EXC;
    },
    tp_call: (d: WrapperDescriptor, args: Value[], kwnames: KwNames) => {
      const positional = args.length - (kwnames === null ? 0 : kwnames.length);
      if (positional < 1) {
        return typeError(`descriptor '${d.slotDef.name}' of '${d.owner.name}' object needs an argument`);
      }
      if (!isSubtype(typeOf(args[0]), d.owner)) {
        return typeError(
          `descriptor '${d.slotDef.name}' requires a '${d.owner.name}' object but received a '${typeOf(args[0]).name}'`,
        );
      }
      return callWrapper(d, args[0], args.slice(1), kwnames);
    },
    tp_repr: describe("slot wrapper"),
  },
  methods: () => ({ __reduce__: reduce() }),
  members: common,
  getset: () => ({
    __qualname__: qualname(),
    __doc__: getset((d: WrapperDescriptor) => d.slotDef.doc),
    __text_signature__: getset((d: WrapperDescriptor) => d.slotDef.text),
  }),
});
defineType(methodWrapperType, {
  slots: {
    tp_call: (m: MethodWrapper, args: Value[], kwnames: KwNames) => callWrapper(m.descriptor, m.self, args, kwnames),
    tp_repr: (m: MethodWrapper) =>
      `<method-wrapper '${m.descriptor.slotDef.name}' of ${typeOf(m.self).name} object at 0x${idText(m.self)}>`,
    tp_hash: (m: MethodWrapper) => foldHash(Number.parseInt(idText(m.self), 16)) ^ m.descriptor.slotDef.name.length,
    tp_richcompare: (a: MethodWrapper, b: Value, op: number) => {
      if ((op !== 2 && op !== 3) || !(b instanceof MethodWrapper)) return NotImplemented;
      return (a.descriptor === b.descriptor && a.self === b.self) === (op === 2);
    },
  },
  methods: () => ({
    __reduce__: method("($self, /)", (m: MethodWrapper) => {
      const getattr = importAttribute("builtins", "getattr");
      return getattr === EXC ? EXC : newTuple([getattr, newTuple([m.self, m.descriptor.slotDef.name])]);
    }),
  }),
  members: () => ({ __self__: member((m: MethodWrapper) => m.self) }),
  getset: () => ({
    __objclass__: getset((m: MethodWrapper) => m.descriptor.owner),
    __name__: getset((m: MethodWrapper) => m.descriptor.slotDef.name),
    __qualname__: getset((m: MethodWrapper) => `${m.descriptor.owner.qualname}.${m.descriptor.slotDef.name}`),
    __doc__: getset((m: MethodWrapper) => m.descriptor.slotDef.doc),
    __text_signature__: getset((m: MethodWrapper) => m.descriptor.slotDef.text),
  }),
});

// ── computed attributes and members ────────────────────────────────────────────────────────────────────────
defineType(getSetDescriptorType, {
  slots: {
    tp_descr_get: (d: GetSetDescriptor, obj: Value | undefined) => {
      if (obj === undefined) return d;
      return check(d, obj) ? d.accessors.get(obj) : EXC;
    },
    tp_descr_set: (d: GetSetDescriptor, obj: Value, value: Value | undefined): Status => {
      if (!checkSet(d, obj)) return EXC;
      if (d.accessors.set !== undefined) return d.accessors.set(obj, value);
      return attributeError(`attribute '${d.name}' of '${d.owner.name}' objects is not writable`, obj, d.name);
    },
    tp_repr: describe("attribute"),
  },
  members: common,
  getset: () => ({
    __qualname__: qualname(),
    __doc__: getset((d: GetSetDescriptor) => d.accessors.doc),
  }),
});
defineType(memberDescriptorType, {
  slots: {
    tp_descr_get: (d: MemberDescriptor, obj: Value | undefined) => {
      if (obj === undefined) return d;
      if (!check(d, obj)) return EXC;
      const value = d.read !== null ? d.read(obj) : (obj as unknown as Members).getMember(d.index);
      return value === undefined
        ? attributeError(`'${typeOf(obj).name}' object has no attribute '${d.name}'`, obj, d.name)
        : value;
    },
    tp_descr_set: (d: MemberDescriptor, obj: Value, value: Value | undefined): Status => {
      if (!checkSet(d, obj)) return EXC;
      if (d.read !== null) return attributeError("readonly attribute", obj, d.name);
      const members = obj as unknown as Members;
      if (value === undefined && members.getMember(d.index) === undefined) {
        return attributeError(`'${typeOf(obj).name}' object has no attribute '${d.name}'`, obj, d.name);
      }
      members.setMember(d.index, value);
      return null;
    },
    tp_repr: describe("member"),
  },
  members: common,
  getset: () => ({ __qualname__: qualname(), __doc__: getset((d: MemberDescriptor) => d.doc) }),
  methods: () => ({ __reduce__: reduce() }),
});
interface Members {
  getMember(index: number): Value | undefined;
  setMember(index: number, value: Value | undefined): void;
}
function checkSet(d: AnyDescriptor, obj: Value): boolean {
  if (isSubtype(typeOf(obj), d.owner)) return true;
  typeError(`descriptor '${nameOf(d)}' for '${d.owner.name}' objects doesn't apply to a '${typeOf(obj).name}' object`);
  return false;
}
