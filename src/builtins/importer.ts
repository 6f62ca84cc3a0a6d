/** How `__import__` reaches the import system: set by whoever makes an interpreter. */
import type { Result, Value } from "../objects/core.ts";
import { moduleNotFound } from "./import-error.ts";
import { rt } from "../objects/runtime.ts";

/** `__import__(name, globals, locals, fromlist, level)` without the locals, which nobody uses. */
export type Importer = (name: string, globals: Value | undefined, fromlist: Value, level: number) => Result;

const STATE = {};
interface State {
  importer: Importer;
}
const state = (): State =>
  rt.state<State>(STATE, () => ({
    importer: (name) => rt.modules.getStr(name) ?? moduleNotFound(`No module named '${name}'`, name),
  }));

export function setImporter(importer: Importer): void {
  state().importer = importer;
}
export function importThrough(name: string, globals: Value | undefined, fromlist: Value, level: number): Result {
  return state().importer(name, globals, fromlist, level);
}
