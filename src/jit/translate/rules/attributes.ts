/** Attributes of instances, classes and modules. */
import { type PyType, Shape } from "../../../objects/core.ts";
import type { DictEntry } from "../../../objects/dict.ts";
import { superType } from "../../../objects/types.ts";
import { type MethodSeen, kindOfShape } from "../../record/seen.ts";
import type { PyFunction } from "../../../objects/function.ts";
import { getAttr } from "../../../objects/protocol/object.ts";
import type { Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import type { StoreSeen } from "../../record/seen.ts";
import { guardUnchanged } from "../expect.ts";
import { runInstruction } from "../fallback.ts";
import { widthOf } from "../instructions.ts";
import { isPlain } from "../nan.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";
import { calleeFrame } from "./binary.ts";
import { loadEntry } from "./names.ts";

/** What the recording notes of an attribute's owner: its shape, where it has one. */
function seenShape({ seen }: Step): Shape | null {
  const shape = (seen as { shape?: unknown } | null)?.shape ?? seen;
  return shape instanceof Shape ? shape : null;
}

/** The version that the recorded getter or hook had. */
const hookVersion = (step: Step): number => (step.seen as { version: number }).version;

/** Guards the owner's shape, and so its class; gives false where the recording has no shape. */
function guardOwner(t: Translator, owner: Node, step: Step): Shape | null {
  const shape = seenShape(step);
  if (shape !== null) t.guardShape(owner, shape, "other shape");
  return shape;
}
function push(t: Translator, step: Step, value: Node): void {
  t.top.pop();
  t.top.push(value);
  if ((step.oparg & 1) !== 0) t.top.push(t.unbound);
}
function pushMethod(t: Translator, method: Node, self: Node): void {
  t.top.pop();
  t.top.push(method);
  t.top.push(self);
}

/** A field of an instance that has `shape`, from memory or as it was stored last. */
function loadField(t: Translator, owner: Node, field: number, shape: Shape, far = "LOAD_FAR_FIELD"): Node {
  const key = `field ${owner.id} ${field}`;
  const known = t.state.memory.get(key);
  if (known !== undefined) return known;
  const kind = shape.holdsFloat(field) ? "float" : "any";
  const node = field < 8 ? t.emit("LOAD_FIELD", [owner], kind, field) : t.emit(far, [owner], kind, field - 7);
  t.state.memory.set(key, node);
  return node;
}
/** A member of `__slots__`, which need not be set: an instance whose far fields were never set has no room for them. */
function loadMember(t: Translator, owner: Node, field: number, shape: Shape): Node {
  return loadField(t, owner, field, shape, "LOAD_FAR_MEMBER");
}
/** `after` is the shape that `owner`, whose shape is known, has afterwards. */
function storeField(t: Translator, owner: Node, field: number, value: Node, after: Shape): void {
  const before = t.shapeOf(owner);
  const stored = after.holdsFloat(field) ? plainDouble(t, value) : t.boxed(value);
  if (field < 8) t.emit("STORE_FIELD", [owner, stored], "none", field);
  else t.emit("STORE_FAR_FIELD", [owner, stored], "none", field);
  const suffix = ` ${field}`;
  // Another node may be the same object.
  for (const key of [...t.state.memory.keys()]) {
    if (key.startsWith("field ") && key.endsWith(suffix) && !differs(t, key, owner)) t.state.memory.delete(key);
  }
  t.state.memory.set(`field ${owner.id}${suffix}`, value);
  if (after === before) return;
  t.emit("SET_SHAPE", [owner], "none", after);
  // Whatever else had this shape may be this object.
  for (const [node, known] of t.state.shapes) if (known === before) t.state.shapes.delete(node);
  t.state.shapes.set(owner, after);
}
/** The raw double of a value that is no NaN, after a guard where that is not known: a float field can hold it. */
export function plainDouble(t: Translator, value: Node): Node {
  const raw = t.toFloat(value);
  if (!isPlain(raw)) t.guardOnce(`plain ${raw.id}`, "IS_NOT_NAN", [raw], "not a plain float");
  return raw;
}
/** Objects of different shapes are different objects. */
function differs(t: Translator, key: string, owner: Node): boolean {
  const id = Number(key.split(" ")[1]);
  if (id === owner.id) return false;
  const own = t.shapeOf(owner);
  for (const [node, shape] of t.state.shapes) if (node.id === id) return own !== undefined && shape !== own;
  return false;
}

const getters: Record<string, Rule> = {
  LOAD_ATTR_INSTANCE_VALUE(t, step) {
    const owner = t.top.peek(1);
    const cache = t.cacheOf(step);
    const shape = cache.guard as Shape;
    t.guardShape(owner, shape, "other shape");
    // A data descriptor of the class would come first.
    guardUnchanged(t, shape.cls, cache.version);
    push(t, step, loadField(t, owner, cache.index, shape));
  },
  LOAD_ATTR_WITH_HINT(t, step) {
    const owner = t.top.peek(1);
    const shape = t.cacheOf(step).guard as Shape;
    t.guardShape(owner, shape, "other shape");
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    const value = t.emit("LOAD_DICT_VALUE", [owner], "any", step.code.names[step.oparg >> 1]);
    t.guard("IS_BOUND", [value], "not in the dict");
    push(t, step, value);
  },
  LOAD_ATTR_SLOT(t, step) {
    const owner = t.top.peek(1);
    const shape = guardOwner(t, owner, step);
    if (shape === null) return runInstruction(t, step);
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    const field = shape.fieldNumber(t.cacheOf(step).index);
    const value = loadMember(t, owner, field, shape);
    if (t.kindOf(value) === "any" && !t.state.checked.has(`bound ${value.id}`)) {
      t.guardOnce(`bound ${value.id}`, "IS_BOUND", [value], "member not set");
    }
    push(t, step, value);
  },
  LOAD_ATTR_MODULE(t, step) {
    const cache = t.cacheOf(step);
    t.guardIs(t.top.peek(1), cache.guard, "other module");
    push(t, step, loadEntry(t, cache.value as DictEntry));
  },
  LOAD_ATTR_CLASS(t, step) {
    const cache = t.cacheOf(step);
    t.guardIs(t.top.peek(1), cache.guard, "other class");
    guardUnchanged(t, cache.guard as PyType, cache.version);
    push(t, step, t.constant(cache.value));
  },
  LOAD_ATTR_CLASS_WITH_METACLASS_CHECK(t, step) {
    const cache = t.cacheOf(step);
    const cls = cache.guard as PyType;
    t.guardIs(t.top.peek(1), cls, "other class");
    guardUnchanged(t, cls, cache.version);
    guardUnchanged(t, cls.shape.cls, cache.version2);
    push(t, step, t.constant(cache.value));
  },
  LOAD_ATTR_METHOD_WITH_VALUES(t, step) {
    const owner = t.top.peek(1);
    const cache = t.cacheOf(step);
    const shape = cache.guard as Shape;
    t.guardShape(owner, shape, "other shape");
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    pushMethod(t, t.constant(cache.value), owner);
  },
  LOAD_ATTR_METHOD_NO_DICT(t, step) {
    const owner = t.top.peek(1);
    if (!guardType(t, owner, step)) return runInstruction(t, step);
    pushMethod(t, t.constant(t.cacheOf(step).value), owner);
  },
  LOAD_ATTR_METHOD_LAZY_DICT(t, step) {
    const owner = t.top.peek(1);
    if (!guardType(t, owner, step)) return runInstruction(t, step);
    t.guardOnce(`no dict ${owner.id}`, "HAS_NO_DICT", [owner], "has a dict");
    pushMethod(t, t.constant(t.cacheOf(step).value), owner);
  },
  LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES(t, step) {
    const owner = t.top.peek(1);
    const cache = t.cacheOf(step);
    const shape = cache.guard as Shape;
    t.guardShape(owner, shape, "other shape");
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    push(t, step, t.constant(cache.value));
  },
  LOAD_ATTR_NONDESCRIPTOR_NO_DICT(t, step) {
    const owner = t.top.peek(1);
    if (!guardType(t, owner, step)) return runInstruction(t, step);
    push(t, step, t.constant(t.cacheOf(step).value));
  },
  LOAD_ATTR_PROPERTY(t, step) {
    const owner = t.top.peek(1);
    const shape = guardOwner(t, owner, step);
    if (shape === null) return runInstruction(t, step);
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    enterHook(t, step, [owner]);
  },
  LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN(t, step) {
    const owner = t.top.peek(1);
    const shape = guardOwner(t, owner, step);
    if (shape === null) return runInstruction(t, step);
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    enterHook(t, step, [owner, t.constant(step.code.names[step.oparg >> 1])]);
  },
};
/** A getter or hook written in Python, followed or called. */
function enterHook(t: Translator, step: Step, args: Node[]): void {
  const owner = t.top.peek(1);
  if (!t.isInlined(step)) {
    t.guardDepth();
    return push(t, step, t.call(getAttr, [owner, t.constant(step.code.names[step.oparg >> 1])]));
  }
  const func = t.cacheOf(step).value as PyFunction;
  t.guardVersion(func, hookVersion(step), "function changed");
  const frame = calleeFrame(t, func, t.constant(func), args);
  frame.pushNull = (step.oparg & 1) !== 0;
  t.top.pop();
  t.enter(frame, step.pc + widthOf(step.op));
}
/** Guards the owner's exact type; primitives by their kind. False: it has no guard. */
function guardType(t: Translator, owner: Node, step: Step): boolean {
  const { seen } = step;
  if (seen instanceof Shape) {
    const kind = kindOfShape(seen);
    if (kind !== null) t.guardKind(owner, kind);
    else {
      t.guardShape(owner, seen, "other type");
      guardUnchanged(t, seen.cls, t.cacheOf(step).version);
    }
    return true;
  }
  if (seen === "str" || seen === "int") {
    t.guardKind(owner, seen);
    return true;
  }
  return false;
}

const setters: Record<string, Rule> = {
  STORE_ATTR_INSTANCE_VALUE(t, step) {
    const owner = t.top.peek(1);
    const value = t.top.peek(2);
    const cache = t.cacheOf(step);
    const shape = cache.guard as Shape;
    const after = cache.extra as Shape;
    t.guardShape(owner, shape, "other shape");
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    storeField(t, owner, cache.index, value, after);
    t.top.sp -= 2;
  },
  STORE_ATTR_SLOT(t, step) {
    const owner = t.top.peek(1);
    const value = t.top.peek(2);
    const shape = guardOwner(t, owner, step);
    if (shape === null) return runInstruction(t, step);
    guardUnchanged(t, shape.cls, t.cacheOf(step).version);
    const field = shape.fieldNumber(t.cacheOf(step).index);
    const after = shapeAfterMember(t, step, shape, owner, field);
    // Other fields would have to be converted too.
    if ((shape.floats & ~after.floats & ~(1 << field)) !== 0) return runInstruction(t, step);
    storeField(t, owner, field, value, after);
    t.top.sp -= 2;
  },
};
/** A member that was not set becomes a float field by its first float; a float field an ordinary one by anything else. */
function shapeAfterMember(t: Translator, step: Step, shape: Shape, owner: Node, field: number): Shape {
  const { isFloat, wasUnset } = step.seen as StoreSeen;
  if (shape.holdsFloat(field)) return isFloat ? shape : shape.generalised(field);
  if (!isFloat || !wasUnset) return shape;
  const after = shape.withFloatMember(field);
  if (after !== shape) {
    const present = loadMember(t, owner, field, shape);
    if (present !== t.unbound) t.guard("IS_UNBOUND", [present], "member is set");
  }
  return after;
}

/** A method found on the class: constant under guards on the shape and the class. */
function methodSeen(t: Translator, owner: Node, seen: MethodSeen): Node {
  t.guardShape(owner, seen.shape, "other class");
  guardUnchanged(t, seen.shape.cls, seen.version);
  return t.constant(seen.method);
}
const specials: Record<string, Rule> = {
  LOAD_SPECIAL(t, step) {
    const seen = step.seen as MethodSeen | null;
    if (seen === null) return runInstruction(t, step);
    const owner = t.top.peek(1);
    pushMethod(t, methodSeen(t, owner, seen), owner);
  },
  LOAD_SUPER_ATTR_METHOD(t, step) {
    const { top } = t;
    const seen = step.seen as MethodSeen | null;
    if (seen === null) return runInstruction(t, step);
    const self = top.peek(1);
    t.guardIs(top.peek(3), superType, "other super");
    t.guardIs(top.peek(2), seen.cls, "other class");
    const method = methodSeen(t, self, seen);
    top.sp -= 2;
    pushMethod(t, method, self);
  },
};
export const attributeRules: Record<string, Rule> = { ...getters, ...setters, ...specials };
