/** Globals, builtins, cells. */
import { PyBuiltin } from "../../../objects/builtin.ts";
import type { PyCell } from "../../../objects/cell.ts";
import type { InlineCache } from "../../../objects/code.ts";
import { PyType } from "../../../objects/core.ts";
import type { DictEntry, PyDict } from "../../../objects/dict.ts";
import { PyFunction } from "../../../objects/function.ts";
import { PyModule } from "../../../objects/module.ts";
import type { Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";

/** Is a global of this value worth being a constant? Functions, classes, modules rarely change; other things may. */
export function isSettled(value: unknown): boolean {
  return (
    value instanceof PyFunction || value instanceof PyType || value instanceof PyModule || value instanceof PyBuiltin
  );
}
/** The value of a dict's entry: a constant under a guard where it is settled. */
export function loadEntry(t: Translator, entry: DictEntry): Node {
  const cell = t.constant(entry);
  const { value } = entry;
  if (isSettled(value) && !t.lacks("constants")) {
    const constant = t.constant(value);
    t.guardOnce(`entry ${cell.id}`, "CELL_HOLDS", [cell, constant], "a global changed");
    return constant;
  }
  const key = `entry ${cell.id}`;
  const known = t.state.memory.get(key);
  if (known !== undefined) return known;
  const node = t.emit("CELL_VALUE", [cell], "any");
  t.guard("IS_BOUND", [node], "a global was deleted");
  t.state.memory.set(key, node);
  return node;
}
function pushGlobal(t: Translator, { oparg }: Step, node: Node): void {
  t.top.push(node);
  if ((oparg & 1) !== 0) t.top.push(t.unbound);
}

/** The cell in a slot: known where the function that has it is. */
const derefs: Record<string, Rule> = {
  MAKE_CELL(t, { oparg }) {
    const { top } = t;
    const value = t.boxed(top.slots[oparg]);
    const cell = t.emit("NEW_CELL", [value], "any");
    t.state.memory.set(`cell ${cell.id}`, value);
    top.slots[oparg] = cell;
  },
  COPY_FREE_VARS(t, { code, oparg }) {
    const { top } = t;
    const first = code.nlocalsplus - oparg;
    const { func } = top;
    for (let i = 0; i < oparg; i++) {
      const node =
        func?.data instanceof PyFunction
          ? t.constant((func.data.closure as PyCell[])[i])
          : t.emit("CLOSURE_CELL", [func as Node], "any", i);
      top.slots[first + i] = node;
    }
  },
  LOAD_DEREF(t, { oparg }) {
    const cell = t.top.slots[oparg];
    const key = `cell ${cell.id}`;
    const known = t.state.memory.get(key);
    if (known !== undefined) return t.top.push(known);
    const node = t.emit("LOAD_CELL", [cell], "any");
    t.guard("IS_BOUND", [node], "unbound free variable");
    t.state.memory.set(key, node);
    t.top.push(node);
  },
  STORE_DEREF(t, { oparg }) {
    const cell = t.top.slots[oparg];
    const value = t.boxed(t.top.pop());
    t.emit("STORE_CELL", [cell, value], "none");
    // Another slot may hold the same cell.
    for (const key of [...t.state.memory.keys()]) if (key.startsWith("cell ")) t.state.memory.delete(key);
    t.state.memory.set(`cell ${cell.id}`, value);
  },
};

export const nameRules: Record<string, Rule> = {
  ...derefs,
  LOAD_GLOBAL_MODULE: (t, step) => pushGlobal(t, step, loadEntry(t, t.cacheOf(step).value as DictEntry)),
  LOAD_GLOBAL_BUILTIN(t, step) {
    const cache = t.cacheOf(step);
    const dict = cache.guard as PyDict;
    const globals = t.constant(dict);
    // Other names may have come since the recording.
    const version = isStillBuiltin(step) ? dict.keysVersion : cache.version;
    t.guardOnce(`keys ${globals.id} ${version}`, "KEYS_VERSION", [globals], GLOBALS_CHANGED, version);
    pushGlobal(t, step, loadEntry(t, cache.value as DictEntry));
  },
};
/** The reason of an exit where a module has got names since, or has lost some. */
export const GLOBALS_CHANGED = "globals changed";
/** Is the name of a builtin, as LOAD_GLOBAL_BUILTIN has found it, no global now either? */
export function isStillBuiltin({ cache, code, oparg }: Step): boolean {
  return ((cache as InlineCache).guard as PyDict).getStr(code.names[oparg >> 1]) === undefined;
}
