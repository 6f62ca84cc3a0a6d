/** The module `_abc`: what `abc.ABCMeta` is made of. Source: PEP 3119. */
import {
  EXC,
  type Exc,
  MAPPING,
  PyObject,
  PyType,
  type Result,
  SEQUENCE,
  type Status,
  type Value,
  isSubtype,
} from "../../objects/core.ts";
import { fn, newModule, newType } from "../../objects/define.ts";
import { raise, runtimeError, typeError } from "../../objects/errors.ts";
import { assertionErrorType } from "../../objects/exceptions/types.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { listFromIterable } from "../../objects/protocol/iter.ts";
import { getAttr, isSubclass, isTrue, lookupAttr, setAttr } from "../../objects/protocol/object.ts";
import { isAbstract } from "../../objects/property.ts";
import { rt } from "../../objects/runtime.ts";
import { newFrozenset, newSet } from "../../objects/set.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { subclassesOf, typeDict } from "../../objects/type/lookup.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { newWeakRef, referenceType } from "../../objects/weakref.ts";

/** Raised by every registration anywhere: negative caches of older counts are stale. */
const COUNTER = {};
const counter = (): { count: number } => rt.state(COUNTER, () => ({ count: 0 }));

/** Classes held weakly. */
class ClassSet {
  private refs: WeakRef<PyType>[] = [];
  private readonly known = new WeakSet<PyType>();

  has(cls: PyType): boolean {
    return this.known.has(cls);
  }
  add(cls: PyType): void {
    if (this.known.has(cls)) return;
    this.known.add(cls);
    this.refs.push(new WeakRef(cls));
  }
  values(): PyType[] {
    return this.refs.flatMap((ref) => ref.deref() ?? []);
  }
}

class AbcData extends PyObject {
  registry = new ClassSet();
  cache = new ClassSet();
  negative = new ClassSet();
  negativeVersion = counter().count;

  constructor() {
    super(abcDataType.shapes);
  }
}
const abcDataType = newType("_abc_data", { module: "_abc", doc: "Internal state held by ABC machinery." });

function dataOf(cls: Value): AbcData | Exc {
  const data = getAttr(cls, "_abc_impl");
  if (data === EXC) return EXC;
  return data instanceof AbcData ? data : typeError("_abc_impl is set to a wrong type");
}

// ── making an abstract class ───────────────────────────────────────────────────────────────────────────────
function abcInit(cls: Value): Result {
  if (!(cls instanceof PyType)) return typeError(`_abc_init() argument must be a class, not ${typeOf(cls).name}`);
  const names = abstractNames(cls);
  if (names === EXC) return EXC;
  const set = newFrozenset();
  for (const name of names) if (set.add(name) === EXC) return EXC;
  if (setAttr(cls, "__abstractmethods__", set) === EXC) return EXC;
  if (setAttr(cls, "_abc_impl", new AbcData()) === EXC) return EXC;
  return takePatternFlags(cls);
}
function abstractNames(cls: PyType): Value[] | Exc {
  const names: Value[] = [];
  const dict = typeDict(cls);
  for (const name of dict.strKeys()) {
    const abstract = isAbstract(dict.getStr(name) as Value);
    if (abstract === EXC) return EXC;
    if (abstract) names.push(name);
  }
  for (const base of cls.bases) {
    const inherited = lookupAttr(base, "__abstractmethods__");
    if (inherited === EXC) return EXC;
    const list = inherited === undefined ? [] : listFromIterable(inherited);
    if (list === EXC) return EXC;
    for (const name of list) {
      const value = lookupAttr(cls, strToJs(strValue(name) ?? ""));
      const abstract = value === undefined ? false : value === EXC ? EXC : isAbstract(value);
      if (abstract === EXC) return EXC;
      if (abstract && !names.includes(name)) names.push(name);
    }
  }
  return names;
}
/** `__abc_tpflags__` says whether instances match sequence or mapping patterns. */
function takePatternFlags(cls: PyType): Status {
  const dict = typeDict(cls);
  const flags = intValue(dict.getStr("__abc_tpflags__") ?? null);
  if (flags === undefined) return null;
  if ((Number(flags) & (SEQUENCE | MAPPING)) === (SEQUENCE | MAPPING)) {
    return typeError("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
  }
  if ((Number(flags) & (SEQUENCE | MAPPING)) !== 0) {
    cls.flags = (cls.flags & ~(SEQUENCE | MAPPING)) | (Number(flags) & (SEQUENCE | MAPPING));
  }
  dict.delStr("__abc_tpflags__");
  return null;
}
function setPatternFlags(cls: PyType, flags: number): void {
  if (!cls.isHeap || (cls.flags & (SEQUENCE | MAPPING)) === flags) return;
  cls.flags = (cls.flags & ~(SEQUENCE | MAPPING)) | flags;
  for (const sub of subclassesOf(cls)) setPatternFlags(sub, flags);
}

// ── registration and tests ─────────────────────────────────────────────────────────────────────────────────
function register(cls: Value, subclass: Value): Result {
  if (!(subclass instanceof PyType)) return typeError("Can only register classes");
  const already = isSubclass(subclass, cls);
  if (already === EXC) return EXC;
  if (already) return subclass;
  const cycle = isSubclass(cls, subclass);
  if (cycle === EXC) return EXC;
  if (cycle) return runtimeError("Refusing to create an inheritance cycle");
  const data = dataOf(cls);
  if (data === EXC) return EXC;
  data.registry.add(subclass);
  counter().count++;
  const flags = (cls as PyType).flags & (SEQUENCE | MAPPING);
  if (flags !== 0) setPatternFlags(subclass, flags);
  return subclass;
}

function instanceCheck(cls: Value, instance: Value): Result {
  const data = dataOf(cls);
  if (data === EXC) return EXC;
  const claimed = lookupAttr(instance, "__class__") ?? typeOf(instance);
  if (claimed === EXC) return EXC;
  if (claimed instanceof PyType && data.cache.has(claimed)) return true;
  const type = typeOf(instance);
  if (type === claimed) {
    if (data.negativeVersion === counter().count && data.negative.has(type)) return false;
    return callMethod(cls, "__subclasscheck__", [claimed]);
  }
  const first = callMethod(cls, "__subclasscheck__", [claimed]);
  const truth = first === EXC ? EXC : isTrue(first);
  if (truth === EXC || truth) return first;
  return callMethod(cls, "__subclasscheck__", [type]);
}

function subclassCheck(cls: Value, subclass: Value): Result {
  if (!(subclass instanceof PyType)) return typeError("issubclass() arg 1 must be a class");
  const data = dataOf(cls);
  if (data === EXC) return EXC;
  if (data.cache.has(subclass)) return true;
  if (data.negativeVersion < counter().count) {
    data.negative = new ClassSet();
    data.negativeVersion = counter().count;
  } else if (data.negative.has(subclass)) {
    return false;
  }
  const found = searchSubclass(cls as PyType, subclass, data);
  if (found === EXC) return EXC;
  (found ? data.cache : data.negative).add(subclass);
  return found;
}
function searchSubclass(cls: PyType, subclass: PyType, data: AbcData): boolean | Exc {
  const hook = callMethod(cls, "__subclasshook__", [subclass]);
  if (hook === EXC) return EXC;
  if (hook === true || hook === false) return hook;
  if (hook !== NotImplemented) {
    return raise(assertionErrorType, "__subclasshook__ must return either False, True, or NotImplemented");
  }
  if (isSubtype(subclass, cls)) return true;
  for (const registered of data.registry.values()) {
    const answer = isSubclass(subclass, registered);
    if (answer === EXC || answer) return answer;
  }
  return searchOwnSubclasses(cls, subclass);
}
function searchOwnSubclasses(cls: PyType, subclass: PyType): boolean | Exc {
  const list = callMethod(cls, "__subclasses__");
  if (list === EXC) return EXC;
  const subclasses = listFromIterable(list);
  if (subclasses === EXC) return EXC;
  for (const sub of subclasses) {
    const answer = isSubclass(subclass, sub);
    if (answer === EXC || answer) return answer;
  }
  return false;
}

// ── inspection ─────────────────────────────────────────────────────────────────────────────────────────────
function dump(cls: Value): Result {
  const data = dataOf(cls);
  if (data === EXC) return EXC;
  const sets: Value[] = [];
  for (const classes of [data.registry, data.cache, data.negative]) {
    const set = newSet();
    for (const c of classes.values()) {
      const ref = newWeakRef(referenceType, c, null);
      if (ref === EXC || set.add(ref) === EXC) return EXC;
    }
    sets.push(set);
  }
  return newTuple([...sets, data.negativeVersion]);
}
const reset =
  (change: (data: AbcData) => void) =>
  (cls: Value): Result => {
    const data = dataOf(cls);
    if (data === EXC) return EXC;
    change(data);
    return null;
  };

export const _abcModule = newModule("_abc", {
  doc: "The machinery of abstract base classes.",
  functions: () => ({
    get_cache_token: fn("($module, /)", () => counter().count, "Returns the current ABC cache token."),
    _abc_init: fn("($module, self, /)", abcInit),
    _abc_register: fn("($module, self, subclass, /)", register),
    _abc_instancecheck: fn("($module, self, instance, /)", instanceCheck),
    _abc_subclasscheck: fn("($module, self, subclass, /)", subclassCheck),
    _get_dump: fn("($module, self, /)", dump),
    _reset_registry: fn(
      "($module, self, /)",
      reset((data) => {
        data.registry = new ClassSet();
      }),
    ),
    _reset_caches: fn(
      "($module, self, /)",
      reset((data) => {
        data.cache = new ClassSet();
        data.negative = new ClassSet();
      }),
    ),
  }),
});
