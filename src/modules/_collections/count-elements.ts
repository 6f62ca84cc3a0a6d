/** `_count_elements`: what `collections.Counter` counts with. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { PyDict } from "../../objects/dict.ts";
import { call } from "../../objects/protocol/call.ts";
import { forEach } from "../../objects/protocol/iter.ts";
import { add } from "../../objects/protocol/number.ts";
import { getAttr } from "../../objects/protocol/object.ts";
import { setItem } from "../../objects/protocol/sequence.ts";
import { lookup } from "../../objects/type/lookup.ts";
import { dictType, typeOf } from "../../objects/types.ts";

/** `mapping[item] = mapping.get(item, 0) + 1` for each item. */
export function countElements(mapping: Value, iterable: Value): Result {
  return mapping instanceof PyDict && isPlain(mapping)
    ? countInDict(mapping, iterable)
    : countThroughMethods(mapping, iterable);
}

/** Are `get` and `__setitem__` those of dict? */
function isPlain(mapping: PyDict): boolean {
  const type = typeOf(mapping);
  return ["get", "__setitem__"].every((name) => lookup(type, name) === lookup(dictType, name));
}

function countInDict(dict: PyDict, iterable: Value): Result {
  return forEach(iterable, (item) => {
    const before = dict.get(item);
    if (before === EXC) return EXC;
    const after = before === undefined ? 1 : typeof before === "number" && before < 1e15 ? before + 1 : add(before, 1);
    return after === EXC ? EXC : dict.set(item, after);
  });
}

function countThroughMethods(mapping: Value, iterable: Value): Result {
  const get = getAttr(mapping, "get");
  if (get === EXC) return EXC;
  return forEach(iterable, (item) => {
    const before = call(get, [item, 0]);
    if (before === EXC) return EXC;
    const after = add(before, 1);
    return after === EXC ? EXC : setItem(mapping, item, after);
  });
}
