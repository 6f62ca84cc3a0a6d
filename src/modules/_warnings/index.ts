/** The module `_warnings`; it also gives native code its way to issue warnings. */
import { EXC, PyType, type Result, type Value, isSubtype } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { typeError } from "../../objects/errors.ts";
import { warningType } from "../../objects/exceptions/types.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { rt } from "../../objects/runtime.ts";
import { strToJs } from "../../objects/str/astral.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { warningState } from "./filters.ts";
import { sourceLineOf } from "./source-line.ts";
import { checkRegistry, warn, warnExplicit } from "./issue.ts";

function warnFunction(message: Value, category?: Value, stackLevel?: Value, source?: Value, prefixes?: Value): Result {
  const level = stackLevel === undefined ? 1 : asInt32(stackLevel);
  if (level === EXC) return EXC;
  const skipped: string[] = [];
  if (prefixes !== undefined) {
    if (!(prefixes instanceof PyTuple)) {
      return typeError(`warn() argument 'skip_file_prefixes' must be tuple, not ${typeOf(prefixes).name}`);
    }
    for (const prefix of prefixes.items) {
      const text = strValue(prefix);
      if (text === undefined) return typeError(`Found non-str '${typeOf(prefix).name}' in skip_file_prefixes.`);
      skipped.push(strToJs(text));
    }
  }
  return warn(message, category ?? null, level, source ?? null, skipped);
}

function warnExplicitFunction(
  message: Value,
  category: Value,
  filename: Value,
  lineno: Value,
  module?: Value,
  registry?: Value,
  globals?: Value,
  source?: Value,
): Result {
  if (strValue(filename) === undefined) {
    return typeError(`warn_explicit() argument 'filename' must be str, not ${typeOf(filename).name}`);
  }
  const line = asInt32(lineno);
  if (line === EXC || checkRegistry(registry ?? null) === EXC) return EXC;
  if (globals !== undefined && globals !== null && !(globals instanceof PyDict)) {
    return typeError(`module_globals must be a dict, not '${typeOf(globals).name}'`);
  }
  const own = message instanceof Object && isWarning(message) ? typeOf(message) : category;
  if (!(own instanceof PyType) || !isSubtype(own, warningType)) {
    return typeError(`category must be a Warning subclass, not '${typeOf(category).name}'`);
  }
  const sourceLine = globals instanceof PyDict ? sourceLineOf(globals, line) : null;
  if (sourceLine === EXC) return EXC;
  const place = { filename, lineno: line, module: module ?? null, registry: registry ?? null, sourceLine };
  return warnExplicit(own, message, place, source ?? null);
}
const isWarning = (value: Value): boolean => isSubtype(typeOf(value), warningType);

export const _warningsModule = newModule("_warnings", {
  doc: "_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.",
  functions: () => ({
    warn: fn(
      "($module, /, message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())",
      warnFunction,
      "Issue a warning, or maybe ignore it or raise an exception.",
    ),
    warn_explicit: fn(
      "($module, /, message, category, filename, lineno, module=<unrepresentable>, registry=None, module_globals=None, source=None)",
      warnExplicitFunction,
      "Issue a warning, or maybe ignore it or raise an exception.",
    ),
    _filters_mutated_lock_held: fn("($module, /)", () => {
      warningState().version++;
      return null;
    }),
    _acquire_lock: fn("($module, /)", () => null),
    _release_lock: fn("($module, /)", () => null),
  }),
  attributes: () => {
    const { filters, onceRegistry, defaultAction, context } = warningState();
    return { filters, _onceregistry: onceRegistry, _defaultaction: defaultAction, _warnings_context: context };
  },
  exec: () => {
    rt.warn = (category, message, stackLevel) => (warn(message, category, stackLevel, null) === EXC ? EXC : null);
    return null;
  },
});
