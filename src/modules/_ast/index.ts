/** The module `_ast`: the node classes, and the conversions that `compile` uses. */
import { setTreeConverter } from "../../builtins/tree-converter.ts";
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import { newModule } from "../../objects/define.ts";
import type { Mod } from "../../syntax/ast.ts";
import { nodeClasses } from "./classes.ts";
import { checkMode, fromPython, isAstNode } from "./from-python.ts";
import { toPython } from "./to-python.ts";
import { validate } from "./validate.ts";

function checkedTree(node: Value, mode: string): Mod | Exc {
  const tree = fromPython(node, mode);
  return tree === EXC || validate(tree) === EXC ? EXC : tree;
}

export const _astModule = newModule("_ast", {
  doc: null,
  attributes: () => ({
    ...Object.fromEntries(nodeClasses().byName),
    PyCF_ALLOW_TOP_LEVEL_AWAIT: 0x2000,
    PyCF_ONLY_AST: 0x400,
    PyCF_TYPE_COMMENTS: 0x1000,
    PyCF_OPTIMIZED_AST: 0x8400,
  }),
  exec: () => {
    setTreeConverter({ isNode: isAstNode, toPython, checkMode, fromPython: checkedTree });
    return null;
  },
});
