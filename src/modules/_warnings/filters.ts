/** Which action the filters choose for a warning, and the registries of what has been shown. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { contextVarGet, PyContextVar } from "../../objects/context.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { clearException, raise, typeError, valueError } from "../../objects/errors.ts";
import * as types from "../../objects/exceptions/types.ts";
import { PyList, newList } from "../../objects/list.ts";
import { importModule } from "../../objects/import-hook.ts";
import { concat } from "../../objects/message.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { getAttr, equals, isSubclass, isTrue, lookupAttr, repr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import type { Str } from "../../objects/str/astral.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { intValue, strValue } from "../../objects/values.ts";

interface WarningState {
  filters: PyList;
  onceRegistry: PyDict;
  defaultAction: Value;
  /** Raised when the filters change: registries of older versions are forgotten. */
  version: number;
  context: PyContextVar;
  triedLoading: boolean;
}
const STATE = {};
export const warningState = (): WarningState =>
  rt.state<WarningState>(STATE, () => ({
    filters: newList(defaultFilters()),
    onceRegistry: newDict(),
    defaultAction: "default",
    version: 0,
    context: new PyContextVar("_warnings_context", undefined),
    triedLoading: false,
  }));

function defaultFilters(): Value[] {
  const ignored = [
    types.deprecationWarningType,
    types.pendingDeprecationWarningType,
    types.importWarningType,
    types.resourceWarningType,
  ];
  return [
    newTuple(["default", null, types.deprecationWarningType, "__main__", 0]),
    ...ignored.map((category) => newTuple(["ignore", null, category, null, 0])),
  ];
}

/** Filters of the command line (`-W`) are understood by the Python module alone, so it is loaded for them. */
function loadForOptions(): void {
  const state = warningState();
  const options = rt.sysDict?.getStr("warnoptions");
  if (state.triedLoading || !(options instanceof PyList) || options.items.length === 0) return;
  state.triedLoading = true;
  if (importModule("warnings") === EXC) clearException();
}

/** An attribute of the `warnings` module, when that has been imported. */
export function warningsAttr(name: string): Result | undefined {
  loadForOptions();
  const module = rt.modules.getStr("warnings");
  return module === undefined || module === null ? undefined : lookupAttr(module, name);
}

/** The filters in force: those of a `catch_warnings` context, or the module's. */
function currentFilters(): Value[] | Exc {
  const context = contextVarGet(warningState().context);
  let filters: Result | undefined;
  if (context !== undefined && context !== null) filters = getAttr(context, "_filters");
  else filters = warningsAttr("filters");
  if (filters === EXC) return EXC;
  filters ??= warningState().filters;
  if (!(filters instanceof PyList)) return valueError("_warnings.filters must be a list");
  // Remembered for when somebody deletes the module's attribute.
  if (context === undefined || context === null) warningState().filters = filters;
  return filters.items;
}

export interface Issued {
  text: Value;
  category: Value;
  module: Value;
  lineno: number;
}

/** The action for a warning, with the filter that chose it. */
export function actionFor(issued: Issued): { action: Str; item: Value } | Exc {
  const filters = currentFilters();
  if (filters === EXC) return EXC;
  for (let i = 0; i < filters.length; i++) {
    const item = filters[i];
    if (!(item instanceof PyTuple) || item.items.length !== 5) {
      return valueError(`warnings.filters item ${i} isn't a 5-tuple`);
    }
    const matched = filterMatches(item.items, issued);
    if (matched === EXC) return EXC;
    if (!matched) continue;
    const action = strValue(item.items[0]);
    return action === undefined ? typeError("action must be a string") : { action, item };
  }
  return defaultActionOf();
}
function filterMatches([, message, category, module, line]: Value[], issued: Issued): boolean | Exc {
  const lineno = intValue(line);
  if (lineno === undefined) return typeError("an integer is required");
  if (lineno !== 0 && Number(lineno) !== issued.lineno) return false;
  const isKind = isSubclass(issued.category, category);
  if (isKind !== true) return isKind;
  const goodMessage = matches(message, issued.text);
  return goodMessage === true ? matches(module, issued.module) : goodMessage;
}
/** A filter's pattern: None for all, a text to be equal to, or a regular expression. */
function matches(pattern: Value, text: Value): boolean | Exc {
  if (pattern === null) return true;
  if (strValue(pattern) !== undefined) return equals(pattern, text);
  const match = callMethod(pattern, "match", [text]);
  return match === EXC ? EXC : isTrue(match);
}
function defaultActionOf(): { action: Str; item: Value } | Exc {
  const value = warningsAttr("defaultaction") ?? warningState().defaultAction;
  if (value === EXC) return EXC;
  const action = strValue(value);
  if (action === undefined) return typeError("warnings.defaultaction must be a string");
  return { action, item: null };
}

/** Was the warning `key` shown already? With `mark` it counts as shown from now on. */
export function alreadyWarned(registry: Value, key: PyTuple, mark: boolean): boolean | Exc {
  if (!(registry instanceof PyDict)) return false;
  const { version } = warningState();
  if (registry.getStr("version") !== version) {
    registry.clear();
    registry.setStr("version", version);
  } else {
    const known = registry.get(key);
    if (known === EXC) return EXC;
    const shown = known === undefined ? false : isTrue(known);
    if (shown !== false) return shown;
  }
  if (mark && registry.set(key, true) === EXC) return EXC;
  return false;
}

/** Notes a warning as `action` demands; true when it is not to be shown. */
export function noteShown(action: Str, item: Value, registry: Value, key: PyTuple, issued: Issued): boolean | Exc {
  if (action === "always" || action === "all") return false;
  if (registry instanceof PyDict && registry.set(key, true) === EXC) return EXC;
  const { text, category } = issued;
  if (action === "once") {
    const once = warningsAttr("onceregistry") ?? warningState().onceRegistry;
    return once === EXC
      ? EXC
      : alreadyWarned(registry instanceof PyDict ? registry : once, newTuple([text, category]), true);
  }
  if (action === "module") return alreadyWarned(registry, newTuple([text, category, 0]), true);
  if (action === "default") return false;
  const actionText = repr(action);
  const itemText = repr(item);
  if (actionText === EXC || itemText === EXC) return EXC;
  return raise(
    types.runtimeErrorType,
    concat("Unrecognized action (", actionText, ") in warnings.filters:\n ", itemText),
  );
}
