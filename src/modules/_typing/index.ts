/** The module `_typing`. */
import type { Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { unionType } from "../../objects/types.ts";
import { genericType } from "../../objects/typing/generic.ts";
import { NoDefault } from "../../objects/typing/no-default.ts";
import {
  paramSpecArgsType,
  paramSpecKwargsType,
  paramSpecType,
  typeVarTupleType,
} from "../../objects/typing/param-spec.ts";
import { typeAliasType } from "../../objects/typing/type-alias.ts";
import { typeVarType } from "../../objects/typing/type-var.ts";

export const _typingModule = newModule("_typing", {
  doc: "Primitives and accelerators for the typing module.\n",
  functions: () => ({ _idfunc: fn("($module, x, /)", (x: Value) => x) }),
  attributes: () => ({
    TypeVar: typeVarType,
    ParamSpec: paramSpecType,
    TypeVarTuple: typeVarTupleType,
    ParamSpecArgs: paramSpecArgsType,
    ParamSpecKwargs: paramSpecKwargsType,
    TypeAliasType: typeAliasType,
    Generic: genericType(),
    Union: unionType,
    NoDefault,
  }),
});
