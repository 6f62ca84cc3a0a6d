/** Attributes. LOAD_ATTR's argument: name << 1, bit 0: the attribute will be called, so push (method, self). */
import type { Status, Value } from "../objects/core.ts";
import { EXC } from "../objects/core.ts";
import type { PyFunction } from "../objects/function.ts";
import { type PyFloat, isPlainFloat, newFloat } from "../objects/float.ts";
import { PyInstance, type PyInstance8 } from "../objects/instance.ts";
import type { PyModule } from "../objects/module.ts";
import type { DictEntry, PyDict } from "../objects/dict.ts";
import { delAttr, getAttr, setAttr } from "../objects/protocol/object.ts";
import { typeOf } from "../objects/types.ts";
import { METHOD, OWN_FIELD, knownAttribute } from "../interp/attribute-chain.ts";
import { instanceOrGetattr } from "../interp/getattr-hook.ts";
import { unboundMethod } from "../interp/load-method.ts";
import { framePlain } from "../interp/push-frame.ts";
import { specializeLoadAttr } from "../interp/specialize/load-attr.ts";
import { specializeStoreAttr } from "../interp/specialize/store-attr.ts";
import { specializeSuperAttr, superAttr, superMethod } from "../interp/super-attr.ts";
import { adapt, cache, caches, code, enter, error, exitUnless, frame, names, next, oparg, pc, s } from "./context.ts";
import { control, instruction, operation, specializedControl } from "./language.ts";

export const LOAD_ATTR = control(() => {
  const owner = s[sp - 1];
  adapt(specializeLoadAttr(code, pc, owner, names, oparg));
  const known = knownAttribute(caches[pc], owner);
  if (known !== null) {
    if (known.kind === OWN_FIELD) {
      const value = (owner as PyInstance).getField(known.index);
      if (value !== undefined) {
        s[sp - 1] = value;
        if ((oparg & 1) !== 0) s[sp++] = undefined as never;
        next();
      }
    } else {
      s[sp - 1] = known.value as Value;
      if ((oparg & 1) !== 0) s[sp++] = known.kind === METHOD ? owner : (undefined as never);
      next();
    }
  }
  frame.pc = pc;
  if ((oparg & 1) !== 0) {
    const method = unboundMethod(owner, names[oparg >> 1]);
    if (method !== undefined) {
      s[sp - 1] = method;
      s[sp++] = owner;
      next();
    }
  }
  const value = getAttr(owner, names[oparg >> 1]);
  if (value === EXC) error();
  s[sp - 1] = value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});

export const LOAD_ATTR_INSTANCE_VALUE = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape === cache.guard, "other shape");
  exitUnless((owner as PyInstance).shape.cls.version === cache.version, "class changed");
  const self = owner as PyInstance8;
  let value: Value | undefined;
  switch (cache.index) {
    case 0:
      value = self.s0;
      break;
    case 1:
      value = self.s1;
      break;
    case 2:
      value = self.s2;
      break;
    case 3:
      value = self.s3;
      break;
    case 4:
      value = self.s4;
      break;
    case 5:
      value = self.s5;
      break;
    case 6:
      value = self.s6;
      break;
    case 7:
      value = self.s7;
      break;
    default:
      value = self.getRaw(cache.index);
  }
  s[sp - 1] = cache.isFloat ? newFloat(value as number) : (value as Value);
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
/** Instances in dictionary mode: the dict's entry. */
export const LOAD_ATTR_WITH_HINT = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape === cache.guard, "other shape");
  exitUnless((owner as PyInstance).shape.cls.version === cache.version, "class changed");
  const value = ((owner as PyInstance).rest![0] as PyDict).getStr(names[oparg >> 1]);
  exitUnless(value !== undefined, "not in the dict");
  s[sp - 1] = value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
/** A `__slots__` member. */
export const LOAD_ATTR_SLOT = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape.cls.version === cache.version, "other class");
  const value = (owner as PyInstance).getMember(cache.index);
  exitUnless(value !== undefined, "member not set");
  s[sp - 1] = value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
export const LOAD_ATTR_MODULE = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner === cache.guard, "other module");
  const { value } = cache.value as DictEntry;
  exitUnless(value !== undefined, "deleted");
  s[sp - 1] = value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
/** An attribute of a class that is no descriptor. */
export const LOAD_ATTR_CLASS = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner === cache.guard && (cache.guard as { version: number }).version === cache.version, "other class");
  s[sp - 1] = cache.value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
export const LOAD_ATTR_CLASS_WITH_METACLASS_CHECK = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner === cache.guard && (cache.guard as { version: number }).version === cache.version, "other class");
  exitUnless(typeOf(owner).version === cache.version2, "metaclass changed");
  s[sp - 1] = cache.value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
/** A property whose getter is a Python function. */
export const LOAD_ATTR_PROPERTY = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(typeof owner === "object" && owner !== null && owner.shape.cls.version === cache.version, "other class");
  const callee = framePlain(cache.value as PyFunction);
  callee.s[0] = owner;
  if ((oparg & 1) !== 0) callee.pushNull = true;
  sp--;
  enter(callee);
});
/** A class with `__getattribute__` written in Python. */
export const LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(typeof owner === "object" && owner !== null && owner.shape.cls.version === cache.version, "other class");
  const callee = framePlain(cache.value as PyFunction);
  callee.s[0] = owner;
  callee.s[1] = names[oparg >> 1];
  if ((oparg & 1) !== 0) callee.pushNull = true;
  sp--;
  enter(callee);
});
/** A class with `__getattr__` written in Python: the attribute as usual, else a frame for the hook. */
export const LOAD_ATTR_GETATTR = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(typeof owner === "object" && owner !== null && owner.shape.cls.version === cache.version, "other class");
  frame.pc = pc;
  const value = instanceOrGetattr(owner, names[oparg >> 1]);
  if (value === EXC) error();
  if (value !== undefined) {
    s[sp - 1] = value;
    if ((oparg & 1) !== 0) s[sp++] = undefined as never;
    next();
  }
  const callee = framePlain(cache.value as PyFunction);
  callee.s[0] = owner;
  callee.s[1] = names[oparg >> 1];
  if ((oparg & 1) !== 0) callee.pushNull = true;
  sp--;
  enter(callee);
});
/** A method found on the class; the shape says that the instance has no attribute of that name. */
export const LOAD_ATTR_METHOD_WITH_VALUES = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape === cache.guard, "other shape");
  exitUnless((owner as PyInstance).shape.cls.version === cache.version, "class changed");
  s[sp - 1] = cache.value as Value;
  s[sp++] = owner;
  next();
});
/** A method of a class whose instances have no dict. */
export const LOAD_ATTR_METHOD_NO_DICT = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(typeOf(owner).version === cache.version, "other class");
  s[sp - 1] = cache.value as Value;
  s[sp++] = owner;
  next();
});
/** A method of a builtin's subclass whose instance has no dict yet. */
export const LOAD_ATTR_METHOD_LAZY_DICT = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(typeof owner === "object" && owner !== null && owner.shape.cls.version === cache.version, "other class");
  exitUnless((owner as PyModule).getDict(false) === undefined, "has a dict");
  s[sp - 1] = cache.value as Value;
  s[sp++] = owner;
  next();
});
export const LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape === cache.guard, "other shape");
  exitUnless((owner as PyInstance).shape.cls.version === cache.version, "class changed");
  s[sp - 1] = cache.value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
export const LOAD_ATTR_NONDESCRIPTOR_NO_DICT = specializedControl("LOAD_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(typeOf(owner).version === cache.version, "other class");
  s[sp - 1] = cache.value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});

export const STORE_ATTR = instruction(
  operation("calls", (value: Value, owner: Value): Status => {
    adapt(specializeStoreAttr(code, pc, owner, names[oparg], value));
    return setAttr(owner, names[oparg], value);
  }),
);
/** An attribute that the instance has, or gets: `cache.extra` is the shape after it. */
export const STORE_ATTR_INSTANCE_VALUE = specializedControl("STORE_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape === cache.guard, "other shape");
  exitUnless((owner as PyInstance).shape.cls.version === cache.version, "class changed");
  const self = owner as PyInstance8;
  let value: Value = s[sp - 2];
  if (cache.isFloat) {
    exitUnless(isPlainFloat(value), "not a float");
    value = (value as PyFloat).value;
  }
  switch (cache.index) {
    case 0:
      self.s0 = value;
      break;
    case 1:
      self.s1 = value;
      break;
    case 2:
      self.s2 = value;
      break;
    case 3:
      self.s3 = value;
      break;
    case 4:
      self.s4 = value;
      break;
    case 5:
      self.s5 = value;
      break;
    case 6:
      self.s6 = value;
      break;
    case 7:
      self.s7 = value;
      break;
    default:
      self.setRaw(cache.index, value);
  }
  self.shape = cache.extra as PyInstance["shape"];
  sp -= 2;
  next();
});
export const STORE_ATTR_WITH_HINT = specializedControl("STORE_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape === cache.guard, "other shape");
  exitUnless((owner as PyInstance).shape.cls.version === cache.version, "class changed");
  ((owner as PyInstance).rest![0] as PyDict).setStr(names[oparg], s[sp - 2]);
  sp -= 2;
  next();
});
export const STORE_ATTR_SLOT = specializedControl("STORE_ATTR", () => {
  const owner = s[sp - 1];
  exitUnless(owner instanceof PyInstance && owner.shape.cls.version === cache.version, "other class");
  (owner as PyInstance).setMember(cache.index, s[sp - 2]);
  sp -= 2;
  next();
});
export const DELETE_ATTR = instruction(operation("calls", (owner: Value): Status => delAttr(owner, names[oparg])));

/** `super().name`: name << 2, bit 1: two arguments were given, bit 0: the attribute will be called. */
export const LOAD_SUPER_ATTR = control(() => {
  adapt(specializeSuperAttr(code, pc, s[sp - 3], s[sp - 2], oparg));
  frame.pc = pc;
  const value = superAttr(s[sp - 3], s[sp - 2], s[sp - 1], names[oparg >> 2], oparg);
  if (value === EXC) error();
  s[sp - 3] = value;
  s[sp - 2] = undefined as never;
  sp -= (oparg & 1) !== 0 ? 1 : 2;
  next();
});
export const LOAD_SUPER_ATTR_ATTR = specializedControl("LOAD_SUPER_ATTR", () => {
  exitUnless(s[sp - 3] === cache.guard, "other super");
  frame.pc = pc;
  const value = superMethod(s[sp - 2], s[sp - 1], names[oparg >> 2], false);
  if (value === EXC) error();
  s[sp - 3] = value as Value;
  sp -= 2;
  next();
});
/** The method without the super object and without a bound method. */
export const LOAD_SUPER_ATTR_METHOD = specializedControl("LOAD_SUPER_ATTR", () => {
  exitUnless(s[sp - 3] === cache.guard, "other super");
  frame.pc = pc;
  const self = s[sp - 1];
  const value = superMethod(s[sp - 2], self, names[oparg >> 2], true);
  if (value === EXC) error();
  const bound = value === undefined;
  if (bound) {
    const attribute = superMethod(s[sp - 2], self, names[oparg >> 2], false);
    if (attribute === EXC) error();
    s[sp - 3] = attribute as Value;
    s[sp - 2] = undefined as never;
  } else {
    s[sp - 3] = value as Value;
    s[sp - 2] = self;
  }
  sp--;
  next();
});
