/** `TypeVar`. Source: PEP 484, PEP 695, PEP 696. */
import { EXC, type Exc, HAS_WEAKREF, type KwNames, type PyType, type Result, type Value } from "../core.ts";
import { getset, method, newType, parseArgs, signature } from "../define.ts";
import { raise, typeError, valueError } from "../errors.ts";
import { typeErrorType } from "../exceptions/types.ts";
import { callImported } from "../import-hook.ts";
import { concat } from "../message.ts";
import { getAttr, isTrue, length, repr } from "../protocol/object.ts";
import { callMethod } from "../protocol/call.ts";
import type { Str } from "../str/astral.ts";
import { emptyTuple, newTuple } from "../tuple.ts";
import { typeOf } from "../types.ts";
import { unionOrChecked } from "../union.ts";
import { strValue } from "../values.ts";
import { asSize } from "../protocol/convert.ts";
import { add } from "../protocol/number.ts";
import { callerModule, evaluatorOf, force, typeCheck } from "./evaluator.ts";
import { PyTypeVar, type PyTypeParam, given, lazily } from "./layouts.ts";
import { NoDefault } from "./no-default.ts";

const NEW = signature(
  "(name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)",
);

/** The flags of a call, as booleans; undefined counts as False. */
export function truthOfAll(values: (Value | undefined)[]): boolean[] | Exc {
  const flags: boolean[] = [];
  for (const value of values) {
    const flag = value === undefined ? false : isTrue(value);
    if (flag === EXC) return EXC;
    flags.push(flag);
  }
  return flags;
}
export function checkVariance(covariant: boolean, contravariant: boolean, infer: boolean): null | Exc {
  if (covariant && contravariant) return valueError("Bivariant types are not supported.");
  if (infer && (covariant || contravariant)) return valueError("Variance cannot be specified with infer_variance.");
  return null;
}
export function checkName(function_: string, name: Value): null | Exc {
  if (strValue(name) !== undefined) return null;
  return typeError(`${function_}() argument 'name' must be str, not ${typeOf(name).name}`);
}

function typeVarNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const parsed = parseArgs(NEW, "typevar", args, kwnames);
  if (parsed === EXC) return EXC;
  const [name, constraints, bound, default_, ...flagValues] = parsed as [Value, Value[], Value?, Value?, ...Value[]];
  if (checkName("typevar", name) === EXC) return EXC;
  const flags = truthOfAll(flagValues);
  if (flags === EXC) return EXC;
  const [covariant, contravariant, infer] = flags;
  if (checkVariance(covariant, contravariant, infer) === EXC) return EXC;
  const checkedBound = typeCheck(bound ?? null, "Bound must be a type.");
  if (checkedBound === EXC) return EXC;
  if (constraints.length === 1) return typeError("A single constraint is not allowed");
  if (constraints.length > 0 && checkedBound !== null)
    return typeError("Constraints cannot be combined with bound=...");
  const self = new PyTypeVar(typeVarType, name);
  self.bound = given(checkedBound);
  if (constraints.length > 0) self.constraints = given(newTuple(constraints));
  self.default = given(default_ === undefined ? NoDefault : default_);
  self.covariant = covariant;
  self.contravariant = contravariant;
  self.inferVariance = infer;
  rememberModule(self);
  return self;
}
export function rememberModule(self: PyTypeParam): void {
  self.dict.setStr("__module__", callerModule());
}

/** The type variable of `def f[T]`, with the functions that evaluate its bound or constraints (PEP 695). */
export function newTypeVar(name: Value, evaluateBound?: Value, evaluateConstraints?: Value): PyTypeVar {
  const self = new PyTypeVar(typeVarType, name);
  if (evaluateBound !== undefined) self.bound = lazily(evaluateBound);
  if (evaluateConstraints !== undefined) self.constraints = lazily(evaluateConstraints);
  self.inferVariance = true;
  rememberModule(self);
  return self;
}

/** The name with its variance: `+T`, `-T`, `~T`, or `T` where variance is inferred. */
export function varianceRepr(self: {
  name: Value;
  covariant: boolean;
  contravariant: boolean;
  inferVariance: boolean;
}): Str {
  const name = strValue(self.name) ?? "";
  if (self.inferVariance) return name;
  return concat(self.covariant ? "+" : self.contravariant ? "-" : "~", name);
}

/** `__typing_prepare_subst__`: supplies the default where the arguments end before this variable. */
function prepareSubst(self: PyTypeVar, alias: Value, args: Value): Result {
  const params = getAttr(alias, "__parameters__");
  if (params === EXC) return EXC;
  const given_ = length(args);
  if (given_ === EXC) return EXC;
  const found = callMethod(params, "index", [self]);
  if (found === EXC) return EXC;
  const index = asSize(found);
  if (index === EXC) return EXC;
  if (index < given_) return args;
  if (index === given_) {
    const value = defaultOf(self);
    if (value === EXC) return EXC;
    if (value !== NoDefault) return add(args, newTuple([value]));
  }
  const text = repr(alias);
  if (text === EXC) return EXC;
  return raise(
    typeErrorType,
    concat("Too few arguments for ", text, `; actual ${given_}, expected at least ${index + 1}`),
  );
}

/** `__default__`. */
export function defaultOf(self: PyTypeParam): Result {
  const value = force(self.default);
  return value === undefined ? NoDefault : value;
}
/** Getters and methods that all kinds of type parameters have. */
export const defaultGetset = () => ({
  __default__: getset(defaultOf),
  evaluate_default: getset((self: PyTypeParam) => evaluatorOf(self.default)),
});
export const commonMethods = () => ({
  has_default: method("($self, /)", (self: PyTypeParam) => {
    return (
      self.default.evaluate !== undefined || (self.default.value !== undefined && self.default.value !== NoDefault)
    );
  }),
  __reduce__: method("($self, /)", (self: PyTypeParam) => self.name),
  __mro_entries__: method("($self, object, /)", (self: PyTypeParam) =>
    typeError(`Cannot subclass an instance of ${self.shape.cls.name.replace(/^.*\./, "")}`),
  ),
});

export const typeVarType = newType("TypeVar", {
  module: "typing",
  doc: "Type variable.",
  flags: HAS_WEAKREF,
  slots: {
    tp_new: typeVarNew,
    tp_repr: varianceRepr,
    nb_or: unionOrChecked,
  },
  methods: () => ({
    __typing_subst__: method("($self, arg, /)", (self: PyTypeVar, arg: Value) =>
      callImported("typing", "_typevar_subst", [self, arg]),
    ),
    __typing_prepare_subst__: method("($self, alias, args, /)", prepareSubst),
    ...commonMethods(),
  }),
  members: () => ({
    __name__: (self: PyTypeVar) => self.name,
    __covariant__: (self: PyTypeVar) => self.covariant,
    __contravariant__: (self: PyTypeVar) => self.contravariant,
    __infer_variance__: (self: PyTypeVar) => self.inferVariance,
  }),
  getset: () => ({
    __bound__: getset((self: PyTypeVar) => force(self.bound) ?? null),
    __constraints__: getset((self: PyTypeVar) => force(self.constraints) ?? emptyTuple),
    evaluate_bound: getset((self: PyTypeVar) => evaluatorOf(self.bound)),
    evaluate_constraints: getset((self: PyTypeVar) => evaluatorOf(self.constraints)),
    ...defaultGetset(),
  }),
});
