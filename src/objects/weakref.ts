/**
 * Weak references over JavaScript's. A target dies when V8 collects it, which a running program only notices between
 * turns of the event loop or where the host offers a collection: later than with CPython's reference counts.
 * Callbacks therefore run from `sweepWeakrefs`, called at such points.
 */
import {
  BASETYPE,
  type CompareOp,
  EQ,
  EXC,
  type Exc,
  HAS_WEAKREF,
  type Int,
  type KwNames,
  NE,
  PyObject,
  PyType,
  type Result,
  type Status,
  type Value,
} from "./core.ts";
import { classMethod, newType } from "./define.ts";
import { fullyQualifiedName } from "./dict/unhashable.ts";
import { clearException, typeError } from "./errors.ts";
import { newGenericAlias } from "./generic-alias.ts";
import { concat } from "./message.ts";
import { call } from "./protocol/call.ts";
import { hash, idText, lookupSpecial, richCompare } from "./protocol/object.ts";
import { rt } from "./runtime.ts";
import { NotImplemented } from "./singletons.ts";
import type { Str } from "./str/astral.ts";
import * as types from "./types.ts";
import { typeOf } from "./types.ts";
import { strValue } from "./values.ts";
import { withAttributes } from "./with-attributes.ts";

/** A weak reference or a weak proxy. */
export class PyWeakRef extends PyObject {
  private target: WeakRef<PyObject> | null = null;
  callback: Value = null;
  hash: Int | undefined = undefined;

  constructor(cls: PyType) {
    super(cls.shapes);
  }
  /** The object, or undefined once it is gone. */
  get(): PyObject | undefined {
    if (this.target === null) return undefined;
    countKept(1);
    return this.target.deref();
  }
  /** May call callbacks of other references. */
  pointTo(object: PyObject, callback: Value): void {
    this.target = new WeakRef(object);
    this.callback = callback;
    const registry = registryOf(rt);
    registry.add(object, this);
    if (registry.isSweepDue) sweepWeakrefs();
  }
  /** Dead from now on, without a callback. */
  clear(): void {
    this.target = null;
    this.callback = null;
  }
}
export class PyWeakRefSub extends withAttributes(PyWeakRef) {}

/** A program that runs for long looks at so many WeakRefs before V8 may collect their targets. */
const JOB_SIZE = 2048;

/** Counts WeakRefs made or looked through, whose targets V8 keeps until the running job ends; ends it now and then. */
function countKept(count: number): void {
  rt.keptTargets += count;
  if (rt.keptTargets < JOB_SIZE) return;
  rt.keptTargets = 0;
  rt.endJob?.();
}

/** The weak references of one interpreter that have callbacks, for sweeping. Each target knows its own: `Identity`. */
class Registry {
  private withCallback: WeakRef<PyWeakRef>[] = [];
  /** How many there may be before it is worth looking which targets are gone. */
  private sweepAt = JOB_SIZE;

  add(target: PyObject, ref: PyWeakRef): void {
    const identity = rt.identityOf(target);
    const weak = new WeakRef(ref);
    identity.weakrefs = withoutDead((identity.weakrefs ?? []) as WeakRef<PyWeakRef>[]);
    identity.weakrefs.push(weak);
    if (ref.callback !== null) this.withCallback.push(weak);
    countKept(2);
  }
  /** References with callbacks whose targets are gone; the registry forgets them. */
  takeDead(): PyWeakRef[] {
    const dead: PyWeakRef[] = [];
    this.withCallback = this.withCallback.filter((weak) => {
      const ref = weak.deref();
      // Nobody has the reference any more: nobody wants its callback.
      if (ref === undefined || ref.callback === null) return false;
      if (ref.get() !== undefined) return true;
      dead.push(ref);
      return false;
    });
    this.sweepAt = Math.max(JOB_SIZE, 2 * this.withCallback.length);
    return dead;
  }
  /** Is it worth looking? Where nothing dies, less and less often. */
  get isSweepDue(): boolean {
    return this.withCallback.length >= this.sweepAt;
  }
}
const REGISTRY = {};
const registryOf = (runtime: typeof rt): Registry => runtime.state(REGISTRY, () => new Registry());

/** A target's references without those that nobody has any more, when their number has doubled. */
function withoutDead(refs: WeakRef<PyWeakRef>[]): WeakRef<PyWeakRef>[] {
  const n = refs.length;
  return n >= 8 && (n & (n - 1)) === 0 ? refs.filter((weak) => weak.deref() !== undefined) : refs;
}
const weaklyHeld = (target: PyObject): WeakRef<PyWeakRef>[] =>
  (rt.identityOf(target).weakrefs ?? []) as WeakRef<PyWeakRef>[];

/** Weak references and proxies to `target` that are alive. */
export function weakrefsOf(target: Value): PyWeakRef[] {
  if (!(target instanceof PyObject)) return [];
  const alive: PyWeakRef[] = [];
  for (const weak of weaklyHeld(target)) {
    const ref = weak.deref();
    if (ref !== undefined && ref.get() === target) alive.push(ref);
  }
  // The shared reference comes first, then the shared proxy, as in CPython's list.
  const rank = (ref: PyWeakRef): number =>
    ref.callback !== null || ref instanceof PyWeakRefSub ? 2 : ref.shape.cls === referenceType ? 0 : 1;
  return alive.sort((a, b) => rank(a) - rank(b));
}
/** The reference without callback that all who ask for one share; `cls` is no subclass. */
function sharedReference(cls: PyType, target: PyObject): PyWeakRef | undefined {
  for (const weak of weaklyHeld(target)) {
    const ref = weak.deref();
    if (ref !== undefined && ref.callback === null && ref.shape.cls === cls && ref.get() === target) return ref;
  }
  return undefined;
}
/** Calls the callbacks of references whose targets are gone; errors are reported. */
export function sweepWeakrefs(): void {
  for (const ref of registryOf(rt).takeDead()) {
    const { callback } = ref;
    ref.clear();
    if (call(callback, [ref]) === EXC) {
      rt.reportUnraisable("Exception ignored while calling weakref callback", callback);
    }
  }
}

/** Builtins of the kernel that can be referred to weakly, though their types do not say so. */
const REFERABLE: readonly PyType[] = [
  types.functionType,
  types.methodType,
  types.builtinType,
  types.generatorType,
  types.coroutineType,
  types.asyncGeneratorType,
  types.codeType,
  types.memoryviewType,
];
function isReferableBuiltin(o: PyObject): boolean {
  return o instanceof PyType || REFERABLE.includes(o.shape.cls);
}

/** Can there be weak references to `o`? */
export function checkReferable(o: Value): o is PyObject {
  if (o instanceof PyObject && ((typeOf(o).flags & HAS_WEAKREF) !== 0 || isReferableBuiltin(o))) return true;
  typeError(`cannot create weak reference to '${typeOf(o).name}' object`);
  return false;
}
/** `ref(o, callback)`, or a proxy when `cls` is one: without callback one object is shared. */
export function newWeakRef(cls: PyType, o: Value, callback: Value): PyWeakRef | Exc {
  if (!checkReferable(o)) return EXC;
  if (callback === null) {
    const known = sharedReference(cls, o);
    if (known !== undefined) return known;
  }
  const ref = new PyWeakRef(cls);
  ref.pointTo(o, callback);
  return ref;
}

function refNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const given = args.length - (kwnames === null ? 0 : kwnames.length);
  if (given < 1) return typeError(`__new__ expected at least 1 argument, got ${given}`);
  if (given > 2) return typeError(`__new__ expected at most 2 arguments, got ${given}`);
  const callback = given === 2 ? args[1] : null;
  if (cls === referenceType) return newWeakRef(cls, args[0], callback);
  if (!checkReferable(args[0])) return EXC;
  const ref = cls.tp_alloc!(cls) as PyWeakRef;
  ref.pointTo(args[0], callback);
  return ref;
}
function refInit(self: PyWeakRef, args: Value[], kwnames: KwNames): Status {
  if (kwnames !== null && kwnames.length > 0) return typeError("ref() takes no keyword arguments");
  if (args.length > 2) return typeError(`__init__ expected at most 2 arguments, got ${args.length}`);
  return self instanceof PyWeakRef ? null : EXC;
}

/** `name` gives what is told of the target beside its class. */
export function weakRepr(kind: string, self: PyWeakRef, name?: (target: Value) => Result | undefined): Str | Exc {
  const target = self.get();
  const at = `<${kind} at 0x${idText(self)}; `;
  if (target === undefined) return `${at}dead>`;
  const known = name?.(target);
  // A target that cannot say its name is shown without.
  if (known === EXC) clearException();
  const text = known === undefined || known === EXC ? undefined : strValue(known);
  const tail = text === undefined ? ">" : concat(" (", text, ")>");
  return concat(`${at}to '${fullyQualifiedName(typeOf(target))}' at 0x${idText(target)}`, tail);
}
function refHash(self: PyWeakRef): Int | Exc {
  if (self.hash !== undefined) return self.hash;
  const target = self.get();
  if (target === undefined) return typeError("weak object has gone away");
  const value = hash(target);
  if (value !== EXC) self.hash = value;
  return value;
}
function refCompare(a: PyWeakRef, b: Value, op: CompareOp): Result {
  if ((op !== EQ && op !== NE) || !(a instanceof PyWeakRef) || !(b instanceof PyWeakRef)) return NotImplemented;
  const x = a.get();
  const y = b.get();
  if (x === undefined || y === undefined) return (a === b) === (op === EQ);
  return richCompare(x, y, op);
}
function refCall(self: PyWeakRef, args: Value[], kwnames: KwNames): Result {
  if (kwnames !== null && kwnames.length > 0) return typeError("weakref() takes no keyword arguments");
  if (args.length > 0) return typeError(`weakref expected 0 arguments, got ${args.length}`);
  return self.get() ?? null;
}

export const referenceType = newType("ReferenceType", {
  module: "weakref",
  doc: "A weak reference.",
  flags: BASETYPE,
  slots: {
    tp_alloc: (cls) => (cls === referenceType ? new PyWeakRef(cls) : new PyWeakRefSub(cls)),
    tp_new: refNew,
    tp_init: refInit,
    tp_repr: (self: PyWeakRef) => weakRepr("weakref", self, (target) => lookupSpecial(target, "__name__")),
    tp_hash: refHash,
    tp_richcompare: refCompare,
    tp_call: refCall,
  },
  methods: () => ({
    __class_getitem__: classMethod("($type, object, /)", (cls: PyType, item: Value) => newGenericAlias(cls, item)),
  }),
  members: () => ({ __callback__: (self: PyWeakRef) => (self.get() === undefined ? null : self.callback) }),
});
