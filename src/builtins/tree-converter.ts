/** Between syntax trees and Python's `ast` objects: `_ast` provides it, since only it knows the node classes. */
import type { Exc, Result, Value } from "../objects/core.ts";
import { rt } from "../objects/runtime.ts";
import type { Mod } from "../syntax/ast.ts";
import type { SourceMode } from "./compiler.ts";

export interface TreeConverter {
  isNode(value: Value): boolean;
  toPython(tree: Mod): Result;
  /** TypeError unless the node is the module node of `mode`. */
  checkMode(node: Value, mode: SourceMode): null | Exc;
  /** Checks the tree as `compile` does: TypeError and ValueError for what is no valid tree. */
  fromPython(node: Value, mode: SourceMode): Mod | Exc;
}

const STATE = {};
interface State {
  converter: TreeConverter | null;
}
const state = (): State => rt.state<State>(STATE, () => ({ converter: null }));

export function setTreeConverter(converter: TreeConverter): void {
  state().converter = converter;
}
export function treeConverter(): TreeConverter | null {
  return state().converter;
}
