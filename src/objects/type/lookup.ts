/** Attribute look-up along the MRO, memoised per type, and the invalidation of it. */
import { type Namespace, type PyType, type Value, nextVersion } from "../core.ts";
import { rt } from "../runtime.ts";

/** The type's own namespace, built now if it was not yet. */
export function typeDict(type: PyType): Namespace {
  if (type.prepare !== null) type.prepare();
  return type.dict as Namespace;
}

/** `_PyType_Lookup`: the raw attribute found along the MRO, or undefined. Never raises. */
export function lookup(type: PyType, name: string): Value | undefined {
  const cache = type.lookupCache;
  const known = cache.get(name);
  if (known !== undefined) return known;
  if (known === undefined && cache.has(name)) return undefined;
  const found = lookupUncached(type, name);
  cache.set(name, found);
  return found;
}

function lookupUncached(type: PyType, name: string): Value | undefined {
  const { mro } = type;
  for (let i = 0; i < mro.length; i++) {
    const value = typeDict(mro[i]).getStr(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The class in `type`'s MRO whose namespace has `name`, or undefined. */
export function lookupOwner(type: PyType, name: string): PyType | undefined {
  return type.mro.find((cls) => typeDict(cls).getStr(name) !== undefined);
}

/** To be called after a change of the type's namespace, bases or MRO: forgets memos, here and in subclasses. */
export function typeModified(type: PyType): void {
  type.version = nextVersion();
  type.lookupCache.clear();
  type.specCache = null;
  if (type.watchers !== null) for (const notify of type.watchers) notify();
  for (const sub of subclassesOf(type)) typeModified(sub);
}

/**
 * A metaclass's `mro()` may name classes that are no bases: what is remembered of this class is to be forgotten when
 * those change, too.
 */
export function watchUnrelated(type: PyType): void {
  for (const cls of type.mro) {
    if (cls === type || !cls.isHeap || type.bases.some((base) => base.mro.includes(cls))) continue;
    const ref = new WeakRef(type);
    cls.watchers ??= [];
    cls.watchers.push(() => {
      const dependent = ref.deref();
      if (dependent !== undefined) typeModified(dependent);
    });
  }
}

/** Direct subclasses that are alive. */
export function subclassesOf(type: PyType): PyType[] {
  const alive: PyType[] = [];
  const refs = type.isHeap ? type.subclasses : (rt?.subclassesOfBuiltins.get(type) ?? []);
  for (const ref of refs) {
    const sub = ref.deref();
    if (sub !== undefined) alive.push(sub);
  }
  return alive;
}

/** Registers a class written in Python with its base. */
export function addSubclass(base: PyType, sub: PyType): void {
  const ref = new WeakRef(sub);
  if (base.isHeap) {
    base.subclasses.push(ref);
    return;
  }
  const refs = rt.subclassesOfBuiltins.get(base);
  if (refs === undefined) rt.subclassesOfBuiltins.set(base, [ref]);
  else refs.push(ref);
}
export function removeSubclass(base: PyType, sub: PyType): void {
  const keep = (ref: WeakRef<PyType>) => ref.deref() !== undefined && ref.deref() !== sub;
  if (base.isHeap) base.subclasses = base.subclasses.filter(keep);
  else rt.subclassesOfBuiltins.set(base, (rt.subclassesOfBuiltins.get(base) ?? []).filter(keep));
}
