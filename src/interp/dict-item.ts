/** `dict[key]` of an exact dict. */
import { EXC, type Result, type Value } from "../objects/core.ts";
import type { PyDict } from "../objects/dict.ts";
import { keyError } from "../objects/errors.ts";

export function getDictItem(dict: PyDict, key: Value): Result {
  const value = dict.get(key);
  return value === undefined ? keyError(key) : value === EXC ? EXC : value;
}
