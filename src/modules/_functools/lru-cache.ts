/**
 * `functools._lru_cache_wrapper`. The cache is a dict in order of use: a hit moves its entry to the end, and what is
 * dropped is the first.
 */
import {
  BASETYPE,
  EXC,
  HAS_DICT,
  HAS_WEAKREF,
  type KwNames,
  METHOD_DESCRIPTOR,
  PyObject,
  PyType,
  type Result,
  type Value,
  objectType,
  typeType,
} from "../../objects/core.ts";
import { defineType, method, parseArgs, signature } from "../../objects/define.ts";
import { type PyDict, newDict } from "../../objects/dict.ts";
import { catches, typeError } from "../../objects/errors.ts";
import { typeErrorType } from "../../objects/exceptions/types.ts";
import { hash } from "../../objects/protocol/object.ts";
import { newMethod } from "../../objects/method.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { call } from "../../objects/protocol/call.ts";
import { getAttr, isCallable, isTrue } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { nativeDictGetSet } from "../../objects/type/native-dict.ts";
import { withAttributes } from "../../objects/with-attributes.ts";

export const lruCacheType = new PyType("_lru_cache_wrapper", typeType);

const UNBOUNDED = -1;

class Base extends PyObject {
  hits = 0;
  misses = 0;
  cache: PyDict = newDict();
  func: Value = null;
  /** UNBOUNDED when None. */
  maxsize = UNBOUNDED;
  typed = false;
  cacheInfoType: Value = null;
  constructor(cls: PyType) {
    super(cls.shapes);
  }
}
class PyLruCache extends withAttributes(Base) {}

/** Stands between positional and keyword arguments in a key. */
class KeywordMark extends PyObject {}
const KEYWORDS: Value = new KeywordMark(objectType.shapes);

const NEW = signature("(user_function, maxsize, typed, cache_info_type)");
function wrapperNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(NEW, "lru_cache", args, kwnames);
  if (bound === EXC) return EXC;
  const [func, maxsize, typed, cacheInfoType] = bound as Value[];
  if (!isCallable(func)) return typeError("the first argument must be callable");
  let limit = UNBOUNDED;
  if (maxsize !== null) {
    if (typeOf(maxsize).nb_index === null) return typeError("maxsize should be integer or None");
    const given = asSize(maxsize);
    if (given === EXC) return EXC;
    limit = Math.max(0, given);
  }
  const byType = isTrue(typed);
  if (byType === EXC) return EXC;
  const self = new PyLruCache(cls);
  self.func = func;
  self.maxsize = limit;
  self.typed = byType;
  self.cacheInfoType = cacheInfoType;
  return self;
}

/** What a call is filed under. A single int or str stands for itself. */
function makeKey(self: PyLruCache, args: Value[], kwnames: KwNames): Value {
  const names = kwnames ?? [];
  if (names.length === 0 && !self.typed) {
    if (args.length === 1 && (typeof args[0] === "number" || typeof args[0] === "string")) return args[0];
    return newTuple(args.slice());
  }
  const positional = args.slice(0, args.length - names.length);
  const key = positional.slice();
  if (names.length > 0) key.push(KEYWORDS);
  for (let i = 0; i < names.length; i++) key.push(names[i], args[positional.length + i]);
  if (self.typed) for (const arg of args) key.push(typeOf(arg));
  return newTuple(key);
}

function callCached(self: PyLruCache, args: Value[], kwnames: KwNames): Result {
  if (self.maxsize === 0) {
    self.misses++;
    return call(self.func, args, kwnames);
  }
  const { cache } = self;
  const key = makeKey(self, args, kwnames);
  const known = lookUp(cache, key);
  if (known === EXC) return EXC;
  if (known !== undefined) {
    self.hits++;
    if (self.maxsize > 0 && cache.moveToEnd(key, true) === EXC) return EXC;
    return known;
  }
  self.misses++;
  const result = call(self.func, args, kwnames);
  if (result === EXC) return EXC;
  return remember(self, key, result) === EXC ? EXC : result;
}

/** Errors of hashing are those of the argument, not of a dict key. */
function lookUp(cache: PyDict, key: Value): Value | undefined | typeof EXC {
  const found = cache.get(key);
  if (found === EXC && catches(typeErrorType)) return hash(key) === EXC ? EXC : found;
  return found;
}

function remember(self: PyLruCache, key: Value, result: Value): null | typeof EXC {
  const { cache } = self;
  if (self.maxsize > 0) {
    // The call may have filed the key itself, by recursion.
    const present = cache.has(key);
    if (present === EXC) return EXC;
    if (present) return null;
    while (cache.size >= self.maxsize) cache.removeAt(cache.next(-1));
  }
  return cache.set(key, result);
}

function cacheInfo(self: PyLruCache): Result {
  const limit = self.maxsize === UNBOUNDED ? null : self.maxsize;
  return call(self.cacheInfoType, [self.hits, self.misses, limit, self.cache.size]);
}
function cacheClear(self: PyLruCache): Result {
  self.hits = 0;
  self.misses = 0;
  self.cache.clear();
  return null;
}

defineType(lruCacheType, {
  module: "functools",
  doc: "Create a cached callable that wraps another function.",
  flags: BASETYPE | HAS_DICT | HAS_WEAKREF | METHOD_DESCRIPTOR,
  slots: {
    tp_new: wrapperNew,
    tp_alloc: (cls: PyType) => new PyLruCache(cls),
    tp_call: callCached,
    tp_descr_get: (self: PyLruCache, obj: Value | undefined): Result =>
      obj === undefined || obj === null ? self : newMethod(self, obj),
  },
  methods: () => ({
    cache_info: method("($self, /)", cacheInfo, "Report cache statistics"),
    cache_clear: method("($self, /)", cacheClear, "Clear the cache and cache statistics"),
    __reduce__: method("($self, /)", (self: PyLruCache) => getAttr(self, "__qualname__")),
    __copy__: method("($self, /)", (self: PyLruCache) => self),
    __deepcopy__: method("($self, memo, /)", (self: PyLruCache) => self),
  }),
  getset: () => ({ __dict__: nativeDictGetSet }),
});
