/** `ParamSpec` with its `args` and `kwargs`, and `TypeVarTuple`. Source: PEP 612, PEP 646, PEP 696. */
import {
  type CompareOp,
  EQ,
  EXC,
  HAS_WEAKREF,
  type KwNames,
  NE,
  type PyType,
  type Result,
  type Value,
} from "../core.ts";
import { getset, method, newType, parseArgs, signature } from "../define.ts";
import { typeError } from "../errors.ts";
import { callImported, importAttribute } from "../import-hook.ts";
import { concat } from "../message.ts";
import { getIter } from "../protocol/iter.ts";
import { equals, repr } from "../protocol/object.ts";
import { getItem } from "../protocol/sequence.ts";
import { NotImplemented } from "../singletons.ts";
import { newTuple } from "../tuple.ts";
import { unionOrChecked } from "../union.ts";
import { strValue } from "../values.ts";
import { PyParamSpec, PyParamSpecPart, type PyTypeParam, PyTypeVarTuple, given, lazily } from "./layouts.ts";
import { NoDefault } from "./no-default.ts";
import {
  checkName,
  checkVariance,
  commonMethods,
  defaultGetset,
  rememberModule,
  truthOfAll,
  varianceRepr,
} from "./type-var.ts";

const PARAM_SPEC_NEW = signature(
  "(name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)",
);

function paramSpecNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const parsed = parseArgs(PARAM_SPEC_NEW, "paramspec", args, kwnames);
  if (parsed === EXC) return EXC;
  const [name, bound, default_, ...flagValues] = parsed as [Value, Value?, Value?, ...Value[]];
  if (checkName("paramspec", name) === EXC) return EXC;
  const flags = truthOfAll(flagValues);
  if (flags === EXC) return EXC;
  const [covariant, contravariant, infer] = flags;
  if (checkVariance(covariant, contravariant, infer) === EXC) return EXC;
  const self = new PyParamSpec(paramSpecType, name);
  self.bound = bound ?? null;
  self.default = given(default_ === undefined ? NoDefault : default_);
  self.covariant = covariant;
  self.contravariant = contravariant;
  self.inferVariance = infer;
  rememberModule(self);
  return self;
}
/** The parameter specification of `def f[**P]` (PEP 695). */
export function newParamSpec(name: Value): PyParamSpec {
  const self = new PyParamSpec(paramSpecType, name);
  self.inferVariance = true;
  rememberModule(self);
  return self;
}

export const paramSpecType = newType("ParamSpec", {
  module: "typing",
  doc: "Parameter specification variable.",
  flags: HAS_WEAKREF,
  slots: {
    tp_new: paramSpecNew,
    tp_repr: varianceRepr,
    nb_or: unionOrChecked,
  },
  methods: () => ({
    __typing_subst__: method("($self, arg, /)", (self: PyParamSpec, arg: Value) =>
      callImported("typing", "_paramspec_subst", [self, arg]),
    ),
    __typing_prepare_subst__: method("($self, alias, args, /)", (self: PyParamSpec, alias: Value, args: Value) =>
      callImported("typing", "_paramspec_prepare_subst", [self, alias, args]),
    ),
    ...commonMethods(),
  }),
  members: () => ({
    __name__: (self: PyParamSpec) => self.name,
    __bound__: (self: PyParamSpec) => self.bound,
    __covariant__: (self: PyParamSpec) => self.covariant,
    __contravariant__: (self: PyParamSpec) => self.contravariant,
    __infer_variance__: (self: PyParamSpec) => self.inferVariance,
  }),
  getset: () => ({
    args: getset((self: PyParamSpec) => new PyParamSpecPart(paramSpecArgsType, self)),
    kwargs: getset((self: PyParamSpec) => new PyParamSpecPart(paramSpecKwargsType, self)),
    ...defaultGetset(),
  }),
});

// ── P.args, P.kwargs ───────────────────────────────────────────────────────────────────────────────────────
/* @__NO_SIDE_EFFECTS__ */
function partType(name: string, attribute: string): PyType {
  const init = signature("(origin)");
  const type = newType(name, {
    module: "typing",
    doc: `The ${attribute} of a ParamSpec.`,
    flags: HAS_WEAKREF,
    slots: {
      tp_new: (_cls, args, kwnames) => {
        const parsed = parseArgs(init, name.toLowerCase(), args, kwnames);
        return parsed === EXC ? EXC : new PyParamSpecPart(type, parsed[0] as Value);
      },
      tp_repr: (self: PyParamSpecPart) => {
        const { origin } = self;
        const text = origin instanceof PyParamSpec ? (strValue(origin.name) ?? "") : repr(origin);
        return text === EXC ? EXC : concat(text, `.${attribute}`);
      },
      tp_richcompare: (a: PyParamSpecPart, b: Value, op: CompareOp) => {
        if (!(b instanceof PyParamSpecPart) || b.shape.cls !== type || (op !== EQ && op !== NE)) return NotImplemented;
        const same = equals(a.origin, b.origin);
        return same === EXC || op === EQ ? same : !same;
      },
    },
    methods: () => ({
      __mro_entries__: method("($self, object, /)", () => typeError(`Cannot subclass an instance of ${name}`)),
    }),
    members: () => ({ __origin__: (self: PyParamSpecPart) => self.origin }),
    attributes: () => ({ __hash__: null }),
  });
  return type;
}
export const paramSpecArgsType = partType("ParamSpecArgs", "args");
export const paramSpecKwargsType = partType("ParamSpecKwargs", "kwargs");

// ── TypeVarTuple ───────────────────────────────────────────────────────────────────────────────────────────
const TUPLE_NEW = signature("(name, *, default=typing.NoDefault)");

function typeVarTupleNew(_cls: PyType, args: Value[], kwnames: KwNames): Result {
  const parsed = parseArgs(TUPLE_NEW, "typevartuple", args, kwnames);
  if (parsed === EXC) return EXC;
  const [name, default_] = parsed as [Value, Value?];
  if (checkName("typevartuple", name) === EXC) return EXC;
  const self = newTypeVarTuple(name);
  self.default = given(default_ === undefined ? NoDefault : default_);
  return self;
}
/** The type variable tuple of `def f[*Ts]` (PEP 695). */
export function newTypeVarTuple(name: Value): PyTypeVarTuple {
  const self = new PyTypeVarTuple(typeVarTupleType, name);
  rememberModule(self);
  return self;
}

/** `typing.Unpack[o]`. */
export function unpack(o: Value): Result {
  const form = importAttribute("typing", "Unpack");
  return form === EXC ? EXC : getItem(form, o);
}
/** An iterator over `Unpack[o]` alone: `*Ts`. */
export function iterUnpacked(o: Value): Result {
  const unpacked = unpack(o);
  return unpacked === EXC ? EXC : getIter(newTuple([unpacked]));
}

export const typeVarTupleType = newType("TypeVarTuple", {
  module: "typing",
  doc: "Type variable tuple: stands for any number of types.",
  flags: HAS_WEAKREF,
  slots: {
    tp_new: typeVarTupleNew,
    tp_repr: (self: PyTypeVarTuple) => self.name,
    tp_iter: iterUnpacked,
  },
  methods: () => ({
    __typing_subst__: method("($self, arg, /)", () => typeError("Substitution of bare TypeVarTuple is not supported")),
    __typing_prepare_subst__: method("($self, alias, args, /)", (self: PyTypeVarTuple, alias: Value, args: Value) =>
      callImported("typing", "_typevartuple_prepare_subst", [self, alias, args]),
    ),
    ...commonMethods(),
  }),
  members: () => ({ __name__: (self: PyTypeVarTuple) => self.name }),
  getset: defaultGetset,
});

/** Sets the function that evaluates a type parameter's default: INTRINSIC_SET_TYPEPARAM_DEFAULT. */
export function setTypeParamDefault(parameter: Value, evaluate: Value): Result {
  (parameter as PyTypeParam).default = lazily(evaluate);
  return parameter;
}
