/** `typing.Generic`: the base of generic classes; the work is done by functions of the `typing` module. */
import { BASETYPE, EXC, IMMUTABLETYPE, type KwNames, type PyType, type Result, type Value } from "../core.ts";
import { newType } from "../define.ts";
import { importAttr } from "../import-module.ts";
import { rawClassMethod } from "../native.ts";
import { call } from "../protocol/call.ts";
import { getItem } from "../protocol/sequence.ts";
import { type PyTuple, newTuple } from "../tuple.ts";
import { PyTypeVarTuple } from "./layouts.ts";
import { unpack } from "./param-spec.ts";

const forward = (name: string) =>
  rawClassMethod((cls: PyType, args: Value[], kwnames: KwNames): Result => {
    const f = importAttr("typing", name);
    return f === EXC ? EXC : call(f, [cls, ...args], kwnames);
  });

export const genericType = newType("Generic", {
  module: "typing",
  doc: "Abstract base class for generic types.",
  flags: BASETYPE,
  methods: () => ({
    __class_getitem__: forward("_generic_class_getitem"),
    __init_subclass__: forward("_generic_init_subclass"),
  }),
});
// `typing` sets attributes of it.
genericType.flags &= ~IMMUTABLETYPE;

/** INTRINSIC_SUBSCRIPT_GENERIC: `Generic[params]` for a class with type parameters. */
export function subscriptGeneric(params: Value): Result {
  const items: Value[] = [];
  for (const param of (params as PyTuple).items) {
    const item = param instanceof PyTypeVarTuple ? unpack(param) : param;
    if (item === EXC) return EXC;
    items.push(item);
  }
  return getItem(genericType, newTuple(items));
}
