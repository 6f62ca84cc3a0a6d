/** The module `_struct`. */
import { EXC, type Exc, type KwNames, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { rt } from "../../objects/runtime.ts";
import { structErrorType } from "./error.ts";
import { initStruct, iterUnpack, pack, packInto, PyStruct, structType, unpack, unpackFrom } from "./struct-type.ts";

const CACHE_LIMIT = 100;
const CACHE = { name: "struct formats" };

/** The Struct of a format given to one of the module's functions, from a cache. */
function cached(format: Value): PyStruct | Exc {
  const cache = rt.state(CACHE, () => new Map<Value, PyStruct>());
  const key = typeof format === "string" ? format : null;
  const known = key === null ? undefined : cache.get(key);
  if (known !== undefined) return known;
  const made = new PyStruct(structType);
  if (initStruct(made, format) === EXC) return EXC;
  if (key !== null) {
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, made);
  }
  return made;
}

const withFormat =
  (name: string, run: (struct: PyStruct, args: Value[]) => Result) =>
  (args: Value[], kwnames: KwNames): Result => {
    if (kwnames !== null && kwnames.length > 0) return typeError(`_struct.${name}() takes no keyword arguments`);
    if (args.length === 0) return typeError("missing format argument");
    const struct = cached(args[0]);
    return struct === EXC ? EXC : run(struct, args.slice(1));
  };

function calcsize(format: Value): Result {
  const struct = cached(format);
  return struct === EXC ? EXC : (struct.layout?.size ?? 0);
}

export const structModule = newModule("_struct", {
  doc: "Functions to convert between Python values and C structs.",
  functions: () => ({
    calcsize: fn("($module, format, /)", calcsize, "The size in bytes of the struct described by the format."),
    pack: rawFn(withFormat("pack", pack), "Bytes containing the values, packed by the format."),
    pack_into: rawFn(withFormat("pack_into", packInto), "Packs the values into a writable buffer."),
    unpack: fn("($module, format, buffer, /)", (format: Value, buffer: Value) => {
      const struct = cached(format);
      return struct === EXC ? EXC : unpack(struct, buffer);
    }),
    unpack_from: fn("($module, format, /, buffer, offset=0)", (format: Value, buffer: Value, offset?: Value) => {
      const struct = cached(format);
      return struct === EXC ? EXC : unpackFrom(struct, buffer, offset);
    }),
    iter_unpack: fn("($module, format, buffer, /)", (format: Value, buffer: Value) => {
      const struct = cached(format);
      return struct === EXC ? EXC : iterUnpack(struct, buffer);
    }),
    _clearcache: fn("($module, /)", () => {
      rt.state(CACHE, () => new Map<Value, PyStruct>()).clear();
      return null;
    }),
  }),
  attributes: () => ({ Struct: structType, error: structErrorType }),
});
