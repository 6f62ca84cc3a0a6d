/** The module `_contextvars`. */
import { contextType, contextVarType, copyContext, tokenType } from "../../objects/context.ts";
import { fn, newModule } from "../../objects/define.ts";

export const _contextvarsModule = newModule("_contextvars", {
  doc: "Context Variables",
  functions: () => ({ copy_context: fn("($module, /)", copyContext) }),
  attributes: () => ({ Context: contextType, ContextVar: contextVarType, Token: tokenType }),
});
