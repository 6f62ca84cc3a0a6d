/**
 * The two caches of `ZoneInfo(key)` (PEP 615): a weak one for each class, so that a zone in use is always the same object,
 * and for ZoneInfo itself a strong one of the eight that were used last.
 */
import { EQ, EXC, type Exc, type PyType, type Result, type Status, type Value } from "../../objects/core.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { call } from "../../objects/protocol/call.ts";
import { compareBool, getAttr, setAttr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";

const STRONG_SIZE = 8;

interface Entry<Zone> {
  key: Value;
  zone: Zone;
}

/** The last one used is the first. */
export class StrongCache<Zone> {
  private entries: readonly Entry<Zone>[] = [];

  get(key: Value): Zone | undefined | Exc {
    const found = this.find(key);
    if (found === EXC || found === undefined) return found;
    this.add(found.key, found.zone);
    return found.zone;
  }
  add(key: Value, zone: Zone): void {
    const others = this.entries.filter((entry) => entry.zone !== zone);
    this.entries = [{ key, zone }, ...others].slice(0, STRONG_SIZE);
  }
  remove(key: Value): Status {
    const found = this.find(key);
    if (found === EXC) return EXC;
    this.entries = this.entries.filter((entry) => entry !== found);
    return null;
  }
  clear(): void {
    this.entries = [];
  }
  private find(key: Value): Entry<Zone> | undefined | Exc {
    for (const entry of this.entries) {
      const isEqual = compareBool(key, entry.key, EQ);
      if (isEqual === EXC) return EXC;
      if (isEqual) return entry;
    }
    return undefined;
  }
}

const newWeakCache = (): Result => {
  const type = importAttribute("weakref", "WeakValueDictionary");
  return type === EXC ? EXC : call(type);
};

const BASE = {};

/** ZoneInfo's own is hidden, a subclass's is its attribute. */
export function weakCacheOf(cls: PyType, base: PyType): Result {
  if (cls !== base) return getAttr(cls, "_weak_cache");
  const state = rt.state<{ cache: Value | undefined }>(BASE, () => ({ cache: undefined }));
  if (state.cache !== undefined) return state.cache;
  const cache = newWeakCache();
  if (cache !== EXC) state.cache = cache;
  return cache;
}

export function giveWeakCache(cls: PyType): Status {
  const cache = newWeakCache();
  return cache === EXC ? EXC : setAttr(cls, "_weak_cache", cache);
}
