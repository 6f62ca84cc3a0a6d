/** `TypeAliasType`: what `type X = …` makes. Source: PEP 695. */
import { EXC, type Exc, type KwNames, type PyType, type Result, type Value } from "../core.ts";
import { getset, method, newType, parseArgs, signature } from "../define.ts";
import { raise, typeError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { newGenericAlias } from "../generic-alias.ts";
import { concat } from "../message.ts";
import { getAttr, repr } from "../protocol/object.ts";
import { PyTuple, emptyTuple, newTuple } from "../tuple.ts";
import { unionOr } from "../union.ts";
import { strValue } from "../values.ts";
import { callerModule, evaluatorOf, force } from "./evaluator.ts";
import { PyTypeAlias, PyTypeParam, PyTypeVarTuple, given, lazily } from "./layouts.ts";
import { NoDefault } from "./no-default.ts";
import { iterUnpacked, unpack } from "./param-spec.ts";
import { checkName } from "./type-var.ts";

const NEW = signature("(name, value, *, type_params=())");

function typeAliasNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const parsed = parseArgs(NEW, "typealias", args, kwnames);
  if (parsed === EXC) return EXC;
  const [name, value, typeParams = emptyTuple] = parsed as [Value, Value, Value?];
  if (checkName("typealias", name) === EXC) return EXC;
  if (!(typeParams instanceof PyTuple)) return typeError("type_params must be a tuple");
  if (checkTypeParams(typeParams) === EXC) return EXC;
  const self = new PyTypeAlias(typeAliasType, name, given(value), typeParams.items.length === 0 ? null : typeParams);
  self.module = callerModule();
  return self;
}
/** All must be type parameters, those with defaults last. */
function checkTypeParams(params: PyTuple): null | Exc {
  let sawDefault = false;
  for (const param of params.items) {
    const text = repr(param);
    if (text === EXC) return EXC;
    if (!(param instanceof PyTypeParam)) return raise(typeErrorType, concat("Expected a type param, got ", text));
    const value = param.default;
    if (value.evaluate !== undefined || (value.value !== undefined && value.value !== NoDefault)) {
      sawDefault = true;
    } else if (sawDefault) {
      return raise(typeErrorType, concat("non-default type parameter '", text, "' follows default type parameter"));
    }
  }
  return null;
}

/** INTRINSIC_TYPEALIAS: `triple` is (name, type parameters or None, function that evaluates the value). */
export function newTypeAlias(triple: Value): PyTypeAlias {
  const [name, typeParams, evaluate] = (triple as PyTuple).items;
  return new PyTypeAlias(typeAliasType, name, lazily(evaluate), typeParams);
}

/** `__parameters__`: the type parameters, tuples of them unpacked. */
function parameters(self: PyTypeAlias): Result {
  if (!(self.typeParams instanceof PyTuple)) return emptyTuple;
  const result: Value[] = [];
  for (const param of self.typeParams.items) {
    const item = param instanceof PyTypeVarTuple ? unpack(param) : param;
    if (item === EXC) return EXC;
    result.push(item);
  }
  return newTuple(result);
}

export const typeAliasType = newType("TypeAliasType", {
  module: "typing",
  doc: "Type alias.",
  slots: {
    tp_new: typeAliasNew,
    tp_repr: (self: PyTypeAlias) => strValue(self.name) ?? "",
    tp_iter: iterUnpacked,
    nb_or: unionOr,
    mp_subscript: (self: PyTypeAlias, item: Value) =>
      self.typeParams === null ? typeError("Only generic type aliases are subscriptable") : newGenericAlias(self, item),
  },
  methods: () => ({ __reduce__: method("($self, /)", (self: PyTypeAlias) => self.name) }),
  members: () => ({ __name__: (self: PyTypeAlias) => self.name }),
  getset: () => ({
    __parameters__: getset(parameters),
    __type_params__: getset((self: PyTypeAlias) => self.typeParams ?? emptyTuple),
    __value__: getset((self: PyTypeAlias) => force(self.value) ?? null),
    evaluate_value: getset((self: PyTypeAlias) => evaluatorOf(self.value)),
    __module__: getset((self: PyTypeAlias) => {
      if (self.module !== undefined) return self.module;
      return self.value.evaluate === undefined ? null : getAttr(self.value.evaluate, "__module__");
    }),
  }),
});
