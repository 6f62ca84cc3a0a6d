/**
 * The calling conventions of native functions (`METH_VARARGS` and its kin), each as a function that returns what it
 * received: of the module, as methods, class methods and static methods.
 */
import { type KwNames, PyObject, type Result, type Status, type Value } from "../../objects/core.ts";
import { newBuiltin } from "../../objects/builtin.ts";
import { dictFromEntries } from "../../objects/dict.ts";
import {
  classMethod,
  fn,
  method,
  newType,
  rawClassMethod,
  rawFn,
  rawMethod,
  rawStaticMethod,
  staticMethod,
} from "../../objects/define.ts";
import type { PyModule } from "../../objects/module.ts";
import type { Implementation, NativeDef } from "../../objects/native.ts";
import { newTuple } from "../../objects/tuple.ts";

type Define = (text: string, impl: Implementation) => NativeDef;
type DefineRaw = (impl: Implementation) => NativeDef;
/** Makes an implementation of one that takes self first: for kinds that are given none, with a fixed one. */
type Bind = (impl: (self: Value, ...args: never[]) => Result) => Implementation;

function withKeywords(self: Value, args: Value[], kwnames: KwNames): Result {
  const count = args.length - (kwnames?.length ?? 0);
  const keywords = kwnames === null ? null : dictFromEntries(kwnames, args.slice(count));
  return newTuple([self, newTuple(args.slice(0, count)), keywords]);
}

function conventions(define: Define, raw: DefineRaw, self: "$self" | "$type" | null, bind: Bind) {
  const text = (parameters: string): string => (self === null ? `(${parameters})` : `(${self}, ${parameters})`);
  const positional = bind((me: Value, ...rest: never[]) => newTuple([me, newTuple((rest as Value[][])[0])]));
  return {
    meth_varargs: define(text("/, *args").replace("(/, ", "("), positional),
    meth_varargs_keywords: raw(bind(withKeywords as (self: Value, ...args: never[]) => Result)),
    meth_o: define(
      text("object, /"),
      bind((me: Value, object: Value) => newTuple([me, object])),
    ),
    meth_noargs: define(
      text("/").replace("(/)", "()"),
      bind((me: Value) => me),
    ),
    meth_fastcall: define(text("/, *args").replace("(/, ", "("), positional),
    meth_fastcall_keywords: raw(bind(withKeywords as (self: Value, ...args: never[]) => Result)),
  };
}
const given: Bind = (impl) => impl as Implementation;
const fixed =
  (self: Value): Bind =>
  (impl) =>
  (...args: never[]) =>
    impl(self, ...args);

class PyConventions extends PyObject {}
const plain = (name: string, methods: () => Record<string, NativeDef>) =>
  newType(name, { module: "_testcapi", slots: { tp_alloc: (cls) => new PyConventions(cls.shapes) }, methods });

export const methInstanceType = plain("MethInstance", () => conventions(method, rawMethod, "$self", given));
export const methClassType = plain("MethClass", () => conventions(classMethod, rawClassMethod, "$type", given));
export const methStaticType = plain("MethStatic", () => conventions(staticMethod, rawStaticMethod, null, fixed(null)));

/** The module's own: they know it only once it exists. */
export function moduleConventions(module: PyModule): Status {
  const functions = conventions(fn, rawFn, null, fixed(module));
  for (const [name, def] of Object.entries(functions)) {
    module.dict.setStr(name, newBuiltin(name, def, "_testcapi", module));
  }
  return null;
}
