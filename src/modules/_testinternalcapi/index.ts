/** `_testinternalcapi`: what CPython's own tests ask about the inside of objects, as far as we have the same notions. */
import { cleanDoc } from "../../compiler/docstring.ts";
import { PyCode } from "../../objects/code.ts";
import type { Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { dictFromEntries } from "../../objects/dict.ts";
import { PyInstance } from "../../objects/instance.ts";
import { typeError } from "../../objects/errors.ts";
import { rt } from "../../objects/runtime.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { strValue } from "../../objects/values.ts";

export const _testinternalcapiModule = newModule("_testinternalcapi", {
  functions: () => ({
    get_recursion_depth: fn("($module, /)", () => rt.depth),
    get_co_localskinds: fn("($module, code, /)", (code: Value) => {
      if (!(code instanceof PyCode)) return typeError("argument must be a code object");
      return dictFromEntries(code.spec.localsplusnames, [...code.spec.localspluskinds]);
    }),
    compiler_cleandoc: fn("($module, /, doc)", (doc: Value) => {
      const text = strValue(doc);
      if (text === undefined) return typeError("a str is required");
      const cleaned = cleanDoc({ t: "str", v: strToJs(text) });
      return cleaned.t === "str" ? cleaned.v : doc;
    }),
    // Fields under a shape are our inline values; dictionary mode is their end.
    has_inline_values: fn(
      "($module, object, /)",
      (object: Value) => object instanceof PyInstance && object.shape.cls.hasDict && !object.shape.isDictionary,
    ),
  }),
  // Executions until a fresh instruction specialises (`interp/specialize/counter.ts`).
  attributes: () => ({ SPECIALIZATION_THRESHOLD: 2, SPECIALIZATION_COOLDOWN: 52 }),
});
