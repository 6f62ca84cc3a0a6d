/** The module `_suggestions`. */
import type { Result, Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { PyList } from "../../objects/list.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { listType, typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { nearest } from "../../objects/suggestions.ts";

function generate(candidates: Value, item: Value): Result {
  const name = strValue(item);
  if (!(candidates instanceof PyList) || typeOf(candidates) !== listType) return typeError("candidates must be a list");
  if (name === undefined) return typeError(`_generate_suggestions() argument 2 must be str, not ${typeOf(item).name}`);
  const names: string[] = [];
  for (const candidate of candidates.items) {
    const text = strValue(candidate);
    if (text === undefined) {
      return typeError("all elements in 'candidates' must be strings");
    }
    names.push(strToJs(text));
  }
  const found = nearest(names, strToJs(name));
  return found === undefined ? null : strFromJs(found);
}

export const _suggestionsModule = newModule("_suggestions", {
  doc: null,
  functions: () => ({
    _generate_suggestions: fn(
      "($module, candidates, item, /)",
      generate,
      "Returns the candidate in candidates that's closest to item.",
    ),
  }),
});
