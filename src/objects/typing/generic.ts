/** `typing.Generic`: the base of generic classes; the work is done by functions of the `typing` module. */
import { EXC, type KwNames, type PyType, type Result, type Value, objectType, typeType } from "../core.ts";
import { PyBuiltin } from "../builtin.ts";
import { newClassMethod } from "../class-method.ts";
import { newDict } from "../dict.ts";
import { ok } from "../errors.ts";
import { importAttribute } from "../import-hook.ts";
import { rawMethod } from "../native.ts";
import { call } from "../protocol/call.ts";
import { getItem } from "../protocol/sequence.ts";
import { rt } from "../runtime.ts";
import { type PyTuple, newTuple } from "../tuple.ts";
import { newClass } from "../type/type-new.ts";
import { PyTypeVarTuple } from "./layouts.ts";
import { unpack } from "./param-spec.ts";

/** A class method that calls a function of `typing` with the class first. */
function forward(name: string, target: string): Value {
  const def = rawMethod((cls: Value, args: Value[], kwnames: KwNames): Result => {
    const f = importAttribute("typing", target);
    return f === EXC ? EXC : call(f, [cls, ...args], kwnames);
  });
  def.name = name;
  def.fullName = `Generic.${name}`;
  return newClassMethod(rawFunction(def));
}
/** A builtin that takes the class as its first argument, as a function in a class would. */
function rawFunction(def: ReturnType<typeof rawMethod>): PyBuiltin {
  const flat = rawMethod(
    (_self: Value, args: Value[], kwnames: KwNames): Result => def.call(args[0], args.slice(1), kwnames),
  );
  flat.name = def.name;
  flat.fullName = def.fullName;
  return new PyBuiltin(flat, null, null);
}

const STATE = {};
/** A heap type, one for each interpreter: `typing` sets attributes of it, and its layout is that of plain classes. */
export function genericType(): PyType {
  return rt.state<PyType>(STATE, () => {
    const namespace = newDict();
    namespace.setStr("__module__", "typing");
    namespace.setStr("__doc__", "Abstract base class for generic types.");
    namespace.setStr("__slots__", newTuple([]));
    namespace.setStr("__class_getitem__", forward("__class_getitem__", "_generic_class_getitem"));
    namespace.setStr("__init_subclass__", forward("__init_subclass__", "_generic_init_subclass"));
    return ok(newClass(typeType, "Generic", [objectType], namespace, [], null)) as PyType;
  });
}

/** INTRINSIC_SUBSCRIPT_GENERIC: `Generic[params]` for a class with type parameters. */
export function subscriptGeneric(params: Value): Result {
  const items: Value[] = [];
  for (const param of (params as PyTuple).items) {
    const item = param instanceof PyTypeVarTuple ? unpack(param) : param;
    if (item === EXC) return EXC;
    items.push(item);
  }
  return getItem(genericType(), newTuple(items));
}
