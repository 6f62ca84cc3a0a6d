/**
 * `_testcapi`: what CPython's own tests call of the C API, over ours. There is no C API here; only functions and types
 * that have a counterpart exist, so that tests of calls, tracebacks and exceptions mean something.
 */
import { displayException } from "../../builtins/display-exception.ts";
import type { Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import type { PyModule } from "../../objects/module.ts";
import { rt } from "../../objects/runtime.ts";
import { strValue } from "../../objects/values.ts";
import { typeOf } from "../../objects/types.ts";
import { awaitType } from "./await.ts";
import { methClassType, methInstanceType, methStaticType, moduleConventions } from "./conventions.ts";
import {
  callers,
  methodDescriptor2Type,
  methodDescriptorBaseType,
  methodDescriptorDerivedType,
  methodDescriptorNopGetType,
} from "./callers.ts";
import { docStrings } from "./doc-strings.ts";
import { exceptionFunctions } from "./exceptions.ts";
import { LIMITS } from "./limits.ts";
import { tracebackPrint } from "./traceback-print.ts";

export const _testcapiModule = newModule("_testcapi", {
  functions: () => ({
    exception_print: fn("($module, exception, legacy=False, /)", (exception: Value) => {
      displayException(exception);
      return null;
    }),
    traceback_print: fn("($module, traceback, file, /)", tracebackPrint),
    config_get: fn("($module, name, /)", (name: Value) => {
      const text = strValue(name);
      if (text === undefined) return typeError(`config_get() argument 1 must be str, not ${typeOf(name).name}`);
      // Of PyConfig's options those that tests ask for.
      return text === "code_debug_ranges" ? rt.debugRanges : valueError(`unknown config option name: ${String(text)}`);
    }),
    ...callers(),
    ...docStrings(),
    ...exceptionFunctions(),
  }),
  attributes: () => ({
    MethInstance: methInstanceType,
    MethClass: methClassType,
    MethStatic: methStaticType,
    MethodDescriptorBase: methodDescriptorBaseType,
    MethodDescriptorDerived: methodDescriptorDerivedType,
    MethodDescriptorNopGet: methodDescriptorNopGetType,
    MethodDescriptor2: methodDescriptor2Type,
    awaitType,
    the_number_three: 3,
    ...LIMITS,
  }),
  exec: (module: PyModule) => moduleConventions(module),
});
