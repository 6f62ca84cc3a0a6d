/**
 * Regular expressions that come compiled with the packed library: `re` finds them in its cache, as if they had been
 * compiled before. Modules of the library compile a hundred when they are imported, each by some thousand instructions
 * of Python.
 */
import { newBytes } from "../../objects/bytes.ts";
import type { Value } from "../../objects/core.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import type { PyModule } from "../../objects/module.ts";
import { strFromJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { Matcher } from "./matcher.ts";
import { PyPattern } from "./pattern.ts";
import { patternType } from "./pattern-type.ts";

/** As the library holds them: `PackedPattern` of the packed library's format. */
type Packed = readonly [
  pattern: string,
  isBytes: boolean,
  flags: number,
  allFlags: number,
  code: number[],
  groups: number,
  groupNames: (string | null)[],
];

/** Puts the patterns into the cache of module `re`, which must have run. */
export function primePatterns(re: PyModule, patterns: readonly Packed[]): void {
  const cache = re.dict.getStr("_cache");
  if (!(cache instanceof PyDict)) return;
  for (const packed of patterns) {
    const made = patternOf(packed);
    cache.set(newTuple([typeOf(made.pattern), made.pattern, packed[2]]), made);
  }
}

function patternOf([text, isBytes, , allFlags, code, groups, groupNames]: Packed): PyPattern {
  const pattern: Value = isBytes ? newBytes(text) : strFromJs(text);
  const groupindex = newDict();
  for (const [i, name] of groupNames.entries()) if (name !== null) groupindex.setStr(name, i);
  const matcher = new Matcher(Int32Array.from(code), groups);
  const kind = isBytes ? 1 : 0;
  return new PyPattern(patternType, pattern, allFlags, groups, groupindex, newTuple(groupNames), kind, matcher);
}
