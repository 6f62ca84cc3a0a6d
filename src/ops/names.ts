/** Names: globals, builtins, class-body locals, cells. */
import type { Result, Status, Value } from "../objects/core.ts";
import { EXC } from "../objects/core.ts";
import { PyCell } from "../objects/cell.ts";
import type { DictEntry, PyDict } from "../objects/dict.ts";
import {
  deleteGlobal,
  deleteName,
  loadFromDictOrDeref,
  loadFromDictOrGlobals,
  loadGlobal,
  loadLocals,
  loadName,
  setupAnnotations,
  storeName,
} from "../interp/names.ts";
import { specializeLoadGlobal } from "../interp/specialize/load-global.ts";
import { unboundDeref } from "../interp/unbound.ts";
import { adapt, cache, code, error, exitUnless, frame, names, next, oparg, pc, s } from "./context.ts";
import { control, instruction, operation, specializedControl } from "./language.ts";

export const LOAD_GLOBAL = control(() => {
  adapt(specializeLoadGlobal(code, pc, frame, names[oparg >> 1]));
  frame.pc = pc;
  const value = loadGlobal(frame, names[oparg >> 1]);
  if (value === EXC) error();
  s[sp++] = value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
/** The entry of the module's dict, until it is deleted. */
export const LOAD_GLOBAL_MODULE = specializedControl("LOAD_GLOBAL", () => {
  const { value } = cache.value as DictEntry;
  exitUnless(frame.globals === cache.guard && value !== undefined, "other globals or deleted");
  s[sp++] = value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
/** The entry of the builtins, as long as the globals get no new keys. */
export const LOAD_GLOBAL_BUILTIN = specializedControl("LOAD_GLOBAL", () => {
  const { value } = cache.value as DictEntry;
  exitUnless(
    frame.globals === cache.guard && (cache.guard as PyDict).keysVersion === cache.version && value !== undefined,
    "globals changed",
  );
  s[sp++] = value as Value;
  if ((oparg & 1) !== 0) s[sp++] = undefined as never;
  next();
});
export const LOAD_NAME = instruction(operation("calls", (): Result => loadName(frame, names[oparg])));
export const STORE_NAME = instruction(
  operation("calls", (value: Value): Status => storeName(frame, names[oparg], value)),
);
export const DELETE_NAME = instruction(operation("calls", (): Status => deleteName(frame, names[oparg])));
export const STORE_GLOBAL = instruction(
  operation("writes", (value: Value): void => {
    frame.globals.setStr(names[oparg], value);
  }),
);
export const DELETE_GLOBAL = instruction(operation("calls", (): Status => deleteGlobal(frame, names[oparg])));
export const LOAD_LOCALS = instruction(operation("reads", (): Result => loadLocals(frame)));
export const LOAD_FROM_DICT_OR_GLOBALS = instruction(
  operation("calls", (dict: Value): Result => {
    return loadFromDictOrGlobals(frame, dict, names[oparg]);
  }),
);
export const LOAD_FROM_DICT_OR_DEREF = instruction(
  operation("calls", (dict: Value): Result => {
    return loadFromDictOrDeref(frame, dict, oparg);
  }),
);
export const SETUP_ANNOTATIONS = instruction(operation("calls", (): Status => setupAnnotations(frame)));

export const MAKE_CELL = control(() => {
  s[oparg] = new PyCell(s[oparg]);
  next();
});
export const COPY_FREE_VARS = control(() => {
  const closure = frame.func!.closure!;
  const first = code.nlocalsplus - oparg;
  for (let i = 0; i < oparg; i++) s[first + i] = closure[i];
  next();
});
export const LOAD_DEREF = control(() => {
  const { value } = s[oparg] as PyCell;
  if (value === undefined) {
    unboundDeref(frame, oparg);
    error();
  }
  s[sp++] = value;
  next();
});
export const STORE_DEREF = control(() => {
  (s[oparg] as PyCell).value = s[--sp];
  next();
});
export const DELETE_DEREF = control(() => {
  const cell = s[oparg] as PyCell;
  if (cell.value === undefined) {
    unboundDeref(frame, oparg);
    error();
  }
  cell.value = undefined;
  next();
});
