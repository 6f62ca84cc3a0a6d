/** `_functools`: the native part of `functools`. */
import { fn, newModule } from "../../objects/define.ts";
import { cmpToKey } from "./cmp-to-key.ts";
import { lruCacheType } from "./lru-cache.ts";
import { partialType } from "./partial.ts";
import { Placeholder, placeholderType } from "./placeholder.ts";
import { reduce } from "./reduce.ts";

export const _functoolsModule = newModule("_functools", {
  doc: "Tools that operate on functions.",
  functions: () => ({
    reduce: fn(
      "($module, function, iterable, /, initial=<unrepresentable>)",
      reduce,
      "Apply a function of two arguments cumulatively to the items of an iterable, from left to right.\n\nThis effectively reduces the iterable to a single value.  If initial is present,\nit is placed before the items of the iterable in the calculation, and serves as\na default when the iterable is empty.",
    ),
    cmp_to_key: fn("($module, /, mycmp)", cmpToKey, "Convert a cmp= function into a key= function."),
  }),
  attributes: () => ({
    _PlaceholderType: placeholderType,
    Placeholder,
    partial: partialType,
    _lru_cache_wrapper: lruCacheType,
  }),
});
