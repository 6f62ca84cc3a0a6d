/**
 * `_testmultiphase`: a native module made in phases (PEP 489), declared and then executed, as all of ours are. CPython's
 * tests of imports load it as their example.
 */
import { EXC, type Value, typeType } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { exceptionType } from "../../objects/exceptions/types.ts";
import type { PyModule } from "../../objects/module.ts";
import { call } from "../../objects/protocol/call.ts";
import { add } from "../../objects/protocol/number.ts";
import { newTuple } from "../../objects/tuple.ts";
import { newDict } from "../../objects/dict.ts";

export const _testmultiphaseModule = newModule("_testmultiphase", {
  doc: "Test module _testmultiphase",
  functions: () => ({ foo: fn("($module, i, j, /)", (i: Value, j: Value) => add(i, j), "Return the sum of i and j.") }),
  exec: ({ dict }: PyModule) => {
    const namespace = newDict();
    namespace.setStr("__module__", "_testmultiphase");
    const error = call(typeType, ["error", newTuple([exceptionType]), namespace]);
    if (error === EXC) return EXC;
    dict.setStr("error", error);
    dict.setStr("int_const", 1969);
    dict.setStr("str_const", "something different");
    return null;
  },
});
