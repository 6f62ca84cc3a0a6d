/** Annotations and type parameters: blocks of their own, evaluated lazily (PEP 649, 695). */
import type { Arg, Arguments, Expr, Position, TypeParam } from "../../syntax/ast.ts";
import type { Builder } from "./builder.ts";
import { expr } from "./expressions.ts";
import {
  ANNOTATION_BLOCK,
  CLASS_BLOCK,
  DEF_LOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FUNCTION_BLOCK,
  MODULE_BLOCK,
  type Scope,
  TYPE_PARAMETERS_BLOCK,
  TYPE_VARIABLE_BLOCK,
  USE,
} from "./scope.ts";

export function enterTypeParams(
  b: Builder,
  name: string,
  key: TypeParam[],
  defaults: boolean,
  kwDefaults: boolean,
  isClass: boolean,
  loc: Position,
): void {
  const inClass = b.cur.type === CLASS_BLOCK;
  const scope = b.enterNew(name, TYPE_PARAMETERS_BLOCK, key, loc);
  if (inClass) {
    scope.canSeeClassScope = true;
    b.def("__classdict__", USE, loc);
  }
  if (isClass) {
    b.def(".type_params", DEF_LOCAL, loc);
    b.def(".type_params", USE, loc);
    b.def(".generic_base", DEF_LOCAL, loc);
    b.def(".generic_base", USE, loc);
  }
  if (defaults) b.def(".defaults", DEF_PARAM, loc);
  if (kwDefaults) b.def(".kwdefaults", DEF_PARAM, loc);
}

export function annotation(b: Builder, e: Expr): void {
  const outer = b.cur;
  // A module can be left half run, so its annotations are always conditional.
  const conditional = outer.type === MODULE_BLOCK || (outer.type === CLASS_BLOCK && outer.inConditionalBlock);
  if (conditional && !outer.hasConditionalAnnotations) {
    outer.hasConditionalAnnotations = true;
    b.def("__conditional_annotations__", USE, e);
  }
  const unevaluated = outer.type === FUNCTION_BLOCK;
  if (outer.annotationBlock === null) {
    const scope = b.enterNew("__annotate__", ANNOTATION_BLOCK, null, e);
    outer.annotationBlock = scope;
    if (outer.type === CLASS_BLOCK && !b.options.futureAnnotations) {
      scope.canSeeClassScope = true;
      b.def("__classdict__", USE, e);
    }
  } else {
    b.enter(outer.annotationBlock);
  }
  b.cur.inUnevaluatedAnnotation = unevaluated;
  expr(b, e);
  b.cur.inUnevaluatedAnnotation = false;
  b.exit();
}

export function annotations(b: Builder, s: Position, args: Arguments, returns: Expr | null): void {
  const inClass = b.cur.canSeeClassScope;
  const type = b.cur.type;
  const scope = b.enterNew("__annotate__", ANNOTATION_BLOCK, args, s);
  if (inClass || type === CLASS_BLOCK) {
    scope.canSeeClassScope = true;
    b.def("__classdict__", USE, s);
  }
  argAnnotations(b, args.posonlyargs);
  argAnnotations(b, args.args);
  if (args.vararg !== null) argAnnotation(b, args.vararg);
  if (args.kwarg !== null) argAnnotation(b, args.kwarg);
  argAnnotations(b, args.kwonlyargs);
  if (returns !== null) {
    scope.annotationsUsed = true;
    expr(b, returns);
  }
  b.exit();
}

function argAnnotations(b: Builder, args: Arg[]): void {
  for (let i = 0; i < args.length; i++) argAnnotation(b, args[i]);
}

function argAnnotation(b: Builder, arg: Arg): void {
  if (arg.annotation === null) return;
  b.cur.annotationsUsed = true;
  expr(b, arg.annotation);
}

export function typeParam(b: Builder, p: TypeParam): void {
  if (p.name === "__classdict__") b.fail(p, `reserved name '${p.name}' cannot be used for type parameter`);
  b.def(p.name, DEF_TYPE_PARAM | DEF_LOCAL, p);
  switch (p.kind) {
    case "TypeVar":
      if (p.bound !== null) {
        const what = p.bound.kind === "Tuple" ? "a TypeVar constraint" : "a TypeVar bound";
        b.scopes.set(p, typeVariable(b, p.bound, p.name, what));
      }
      typeDefault(b, p, "a TypeVar default");
      break;
    case "TypeVarTuple":
      typeDefault(b, p, "a TypeVarTuple default");
      break;
    case "ParamSpec":
      typeDefault(b, p, "a ParamSpec default");
      break;
  }
}

function typeDefault(b: Builder, p: TypeParam, what: string): void {
  if (p.default_value !== null) b.defaults.set(p, typeVariable(b, p.default_value, p.name, what));
}

function typeVariable(b: Builder, e: Expr, name: string, what: string): Scope {
  const inClass = b.cur.canSeeClassScope;
  const scope = b.enterNew(name, TYPE_VARIABLE_BLOCK, null, e);
  scope.canSeeClassScope = inClass;
  if (inClass) b.def("__classdict__", USE, e);
  scope.scopeInfo = what;
  expr(b, e);
  b.exit();
  return scope;
}
