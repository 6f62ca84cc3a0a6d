/** `property`: a data descriptor that calls functions. */
import { BASETYPE, EXC, type KwNames, PyObject, type PyType, type Result, type Status, type Value } from "./core.ts";
import { defineType, getset, method, parseArgs, rawMethod, signature } from "./define.ts";
import { attributeError, catches, clearException, raise, typeError } from "./errors.ts";
import { attributeErrorType } from "./exceptions/types.ts";
import { call } from "./protocol/call.ts";
import { getAttr, isTrue, lookupAttr, repr, setAttr } from "./protocol/object.ts";
import { concat } from "./message.ts";
import { propertyType, typeOf } from "./types.ts";
import { withAttributes } from "./with-attributes.ts";

export class PyProperty extends PyObject {
  get: Value = null;
  set: Value = null;
  del: Value = null;
  doc: Value = null;
  /** Given by `__set_name__` or assignment; undefined: the getter's own. */
  propName: Value | undefined = undefined;
  /** The docstring came from the getter: a copy with another getter takes that one's. */
  docFromGetter = false;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
export class PyPropertySub extends withAttributes(PyProperty) {}

const INIT = signature("(fget=None, fset=None, fdel=None, doc=None)");

function propertyInit(self: PyProperty, args: Value[], kwnames: KwNames): Status {
  const parsed = parseArgs(INIT, "property", args, kwnames);
  if (parsed === EXC) return EXC;
  const [get = null, set = null, del = null, doc = null] = parsed;
  self.get = get;
  self.set = set;
  self.del = del;
  self.propName = undefined;
  self.docFromGetter = false;
  return initDoc(self, doc);
}

function initDoc(self: PyProperty, given: Value): Status {
  let doc = given;
  if (doc === null && self.get !== null) {
    const inherited = lookupAttr(self.get, "__doc__");
    if (inherited === EXC) return EXC;
    if (inherited !== undefined && inherited !== null) {
      doc = inherited;
      self.docFromGetter = true;
    }
  }
  if (self.shape.cls === propertyType) {
    self.doc = doc;
    return null;
  }
  // A subclass's own `__doc__` hides ours: the instance keeps its docstring in its dict or slot.
  if (setAttr(self, "__doc__", doc) === EXC) {
    if (self.docFromGetter || !catches(attributeErrorType)) return EXC;
    clearException();
  }
  return null;
}

/** The property's name for messages: undefined when nobody knows it. */
function nameOf(self: PyProperty): Value | undefined | typeof EXC {
  if (self.propName !== undefined) return self.propName;
  return self.get === null ? undefined : lookupAttr(self.get, "__name__");
}

function missing(self: PyProperty, obj: Value, what: string): typeof EXC {
  const name = nameOf(self);
  if (name === EXC) return EXC;
  const owner = getAttr(typeOf(obj), "__qualname__");
  if (owner === EXC) return EXC;
  const ownerText = repr(owner);
  if (ownerText === EXC) return EXC;
  if (name === undefined) return raise(attributeErrorType, concat("property of ", ownerText, ` object has no ${what}`));
  const nameText = repr(name);
  if (nameText === EXC) return EXC;
  return raise(attributeErrorType, concat("property ", nameText, " of ", ownerText, ` object has no ${what}`));
}

function propertyGet(self: PyProperty, obj: Value | undefined): Result {
  if (obj === undefined || obj === null) return self;
  return self.get === null ? missing(self, obj, "getter") : call(self.get, [obj]);
}

function propertySet(self: PyProperty, obj: Value, value: Value | undefined): Status {
  const f = value === undefined ? self.del : self.set;
  if (f === null) return missing(self, obj, value === undefined ? "deleter" : "setter");
  const result = call(f, value === undefined ? [obj] : [obj, value]);
  return result === EXC ? EXC : null;
}

/** A property like this one with one function replaced; None keeps the old one. */
function copyWith(self: PyProperty, get: Value, set: Value, del: Value): Result {
  const getter = get ?? self.get;
  const doc = self.docFromGetter && getter !== null ? null : self.doc;
  const copy = call(self.shape.cls, [getter, set ?? self.set, del ?? self.del, doc]);
  if (copy === EXC) return EXC;
  if (copy instanceof PyProperty) copy.propName = self.propName;
  return copy;
}

/** Is any of `functions` marked by `abc.abstractmethod`? */
export function isAbstract(...functions: Value[]): boolean | typeof EXC {
  for (const f of functions) {
    if (f === null) continue;
    const flag = lookupAttr(f, "__isabstractmethod__");
    if (flag === EXC) return EXC;
    const truth = flag === undefined ? false : isTrue(flag);
    if (truth !== false) return truth;
  }
  return false;
}

defineType(propertyType, {
  doc: "Property attribute: functions that get, set and delete it, and its docstring.",
  textSignature: "(fget=None, fset=None, fdel=None, doc=None)",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === propertyType ? new PyProperty(cls) : new PyPropertySub(cls)),
    tp_init: propertyInit,
    tp_descr_get: propertyGet,
    tp_descr_set: propertySet,
  },
  methods: () => ({
    getter: method(
      "($self, object, /)",
      (self: PyProperty, f: Value) => copyWith(self, f, null, null),
      "A copy with another getter.",
    ),
    setter: method(
      "($self, object, /)",
      (self: PyProperty, f: Value) => copyWith(self, null, f, null),
      "A copy with another setter.",
    ),
    deleter: method(
      "($self, object, /)",
      (self: PyProperty, f: Value) => copyWith(self, null, null, f),
      "A copy with another deleter.",
    ),
    __set_name__: rawMethod((self: PyProperty, args: Value[]) => {
      if (args.length !== 2) {
        return typeError(`__set_name__() takes 2 positional arguments but ${args.length} were given`);
      }
      self.propName = args[1];
      return null;
    }, "Remembers the name in the class, for messages.").signedAs("($self, owner, name, /)"),
  }),
  members: () => ({
    fget: (self: PyProperty) => self.get,
    fset: (self: PyProperty) => self.set,
    fdel: (self: PyProperty) => self.del,
  }),
  getset: () => ({
    __doc__: getset(
      (self: PyProperty) => self.doc,
      (self: PyProperty, value) => {
        self.doc = value ?? null;
        return null;
      },
    ),
    __name__: getset(
      (self: PyProperty) => {
        const name = nameOf(self);
        return name === undefined
          ? attributeError("'property' object has no attribute '__name__'", self, "__name__")
          : name;
      },
      (self: PyProperty, value) => {
        self.propName = value;
        return null;
      },
    ),
    __isabstractmethod__: getset((self: PyProperty) => isAbstract(self.get, self.set, self.del)),
  }),
});
