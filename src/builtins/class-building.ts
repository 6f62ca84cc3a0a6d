/**
 * `__build_class__`: what a `class` statement calls.
 * Source: https://docs.python.org/3.14/reference/datamodel.html#customizing-class-creation
 */
import { PyCell } from "../objects/cell.ts";
import { EXC, type Exc, type KwNames, PyType, type Result, type Value, typeType } from "../objects/core.ts";
import { rawFn } from "../objects/define.ts";
import { newDict } from "../objects/dict.ts";
import { raise, typeError } from "../objects/errors.ts";
import { runtimeErrorType, typeErrorType } from "../objects/exceptions/types.ts";
import { PyFunction } from "../objects/function.ts";
import { concat } from "../objects/message.ts";
import { call } from "../objects/protocol/call.ts";
import { lookupAttr, repr } from "../objects/protocol/object.ts";
import { setItem } from "../objects/protocol/sequence.ts";
import { rt } from "../objects/runtime.ts";
import { PyTuple, newTuple } from "../objects/tuple.ts";
import { calculateMetaclass } from "../objects/type/type-new.ts";
import { typeOf } from "../objects/types.ts";
import { strValue } from "../objects/values.ts";
import { positionalCount } from "./keywords.ts";

interface Statement {
  name: Value;
  bases: PyTuple;
  metaclass: Value;
  /** The class statement's keywords without `metaclass`. */
  values: Value[];
  kwnames: KwNames;
}

function buildClass(args: Value[], kwnames: KwNames): Result {
  const given = positionalCount(args, kwnames);
  if (given < 2) return typeError("__build_class__: not enough arguments");
  const [func, name] = args;
  if (!(func instanceof PyFunction)) return typeError("__build_class__: func must be a function");
  if (strValue(name) === undefined) return typeError("__build_class__: name is not a string");
  const original = newTuple(args.slice(2, given));
  const bases = resolveBases(original);
  if (bases === EXC) return EXC;
  const statement = withMetaclass(name, bases, args.slice(given), kwnames);
  if (statement === EXC) return EXC;
  const namespace = prepareNamespace(statement);
  if (namespace === EXC) return EXC;
  const cell = rt.evaluator.evalCode(func.code, func.globals, namespace, func.closure ?? undefined);
  if (cell === EXC) return EXC;
  if (bases !== original && setItem(namespace, "__orig_bases__", original) === EXC) return EXC;
  const { metaclass, values } = statement;
  const cls = call(metaclass, [name, bases, namespace, ...values], statement.kwnames);
  if (cls === EXC || !(cls instanceof PyType) || !(cell instanceof PyCell)) return cls;
  return checkClassCell(cell, name, cls) === EXC ? EXC : cls;
}

/** Bases that are no classes are replaced by what their `__mro_entries__` gives (PEP 560). */
function resolveBases(original: PyTuple): PyTuple | Exc {
  let bases: Value[] | null = null;
  for (let i = 0; i < original.items.length; i++) {
    const base = original.items[i];
    const entries = base instanceof PyType ? undefined : lookupAttr(base, "__mro_entries__");
    if (entries === EXC) return EXC;
    if (entries === undefined) {
      bases?.push(base);
      continue;
    }
    const replacement = call(entries, [original]);
    if (replacement === EXC) return EXC;
    if (!(replacement instanceof PyTuple)) return typeError("__mro_entries__ must return a tuple");
    bases ??= original.items.slice(0, i);
    bases.push(...replacement.items);
  }
  return bases === null ? original : newTuple(bases);
}

function withMetaclass(name: Value, bases: PyTuple, values: Value[], kwnames: KwNames): Statement | Exc {
  const at = kwnames === null ? -1 : kwnames.indexOf("metaclass");
  let metaclass: Value;
  if (at >= 0) {
    metaclass = values[at];
    values = values.filter((_, i) => i !== at);
    kwnames = (kwnames as readonly string[]).filter((_, i) => i !== at);
  } else {
    metaclass = bases.items.length === 0 ? typeType : typeOf(bases.items[0]);
  }
  if (metaclass instanceof PyType) {
    const winner = calculateMetaclass(metaclass, bases.items);
    if (winner === EXC) return EXC;
    metaclass = winner;
  }
  return { name, bases, metaclass, values, kwnames: kwnames !== null && kwnames.length === 0 ? null : kwnames };
}

function prepareNamespace({ name, bases, metaclass, values, kwnames }: Statement): Value | Exc {
  // `type.__prepare__` gives a new dict.
  if (metaclass === typeType) return newDict();
  const prepare = lookupAttr(metaclass, "__prepare__");
  if (prepare === EXC) return EXC;
  if (prepare === undefined) return newDict();
  const namespace = call(prepare, [name, bases, ...values], kwnames);
  if (namespace === EXC) return EXC;
  if (typeOf(namespace).mp_subscript === null) {
    const owner = metaclass instanceof PyType ? metaclass.name : "<metaclass>";
    return typeError(`${owner}.__prepare__() must return a mapping, not ${typeOf(namespace).name}`);
  }
  return namespace;
}

/** `type.__new__` must have filled the cell that methods take `__class__` from. */
function checkClassCell(cell: PyCell, name: Value, cls: PyType): null | Exc {
  const found = cell.value;
  if (found === cls) return null;
  const nameText = repr(name);
  const clsText = repr(cls);
  if (nameText === EXC || clsText === EXC) return EXC;
  if (found === undefined) {
    return raise(
      runtimeErrorType,
      concat(
        "__class__ not set defining ",
        nameText,
        " as ",
        clsText,
        ". Was __classcell__ propagated to type.__new__?",
      ),
    );
  }
  const foundText = repr(found);
  if (foundText === EXC) return EXC;
  return raise(typeErrorType, concat("__class__ set to ", foundText, " defining ", nameText, " as ", clsText));
}

export const classFunctions = () => ({
  __build_class__: rawFn(buildClass, "Internal helper function used by the class statement."),
});
