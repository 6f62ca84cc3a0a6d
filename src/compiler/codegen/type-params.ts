/** Type parameters and type aliases (PEP 695 and 696). */
import type { Expr, Position, TypeAlias, TypeParam } from "../../syntax/ast.ts";
import type { CodeConst } from "../code.ts";
import { int, NONE, str, tuple } from "../consts.ts";
import { OP } from "../opcodes.ts";
import type { Scope } from "../symtable/scope.ts";
import { enterAnnotationScope } from "./annotations.ts";
import { MAKE_FUNCTION_DEFAULTS, makeClosure } from "./closures.ts";
import type { Compiler } from "./compiler.ts";
import { nameOp } from "./names.ts";
import { type ArgCounts, SCOPE_TYPE_PARAMS } from "./unit.ts";

const { COPY, CALL_INTRINSIC_1, CALL_INTRINSIC_2, BUILD_TUPLE, RETURN_VALUE, UNPACK_SEQUENCE, PUSH_NULL, CALL } = OP;
const INTRINSIC_TYPEVAR = 7;
const INTRINSIC_PARAMSPEC = 8;
const INTRINSIC_TYPEVARTUPLE = 9;
const INTRINSIC_TYPEALIAS = 11;
const INTRINSIC_TYPEVAR_WITH_BOUND = 2;
const INTRINSIC_TYPEVAR_WITH_CONSTRAINTS = 3;
const INTRINSIC_SET_TYPEPARAM_DEFAULT = 5;
/** The lazily evaluated functions' default of their argument, the format. */
const FORMAT_DEFAULT: CodeConst = tuple([int(1)]);

export function enterTypeParamScope(
  c: Compiler,
  params: TypeParam[],
  name: string,
  lineno: number,
  className: string | null,
  counts: ArgCounts | null,
): void {
  c.enterScope(c.scopeOf(params), `<generic parameters of ${name}>`, SCOPE_TYPE_PARAMS, lineno, className, counts);
}

/** Pushes the tuple of the type parameters, each of them also stored under its name. */
export function typeParams(c: Compiler, params: readonly TypeParam[]): void {
  let seenDefault = false;
  for (const p of params) {
    c.loadConst(p, str(p.name));
    switch (p.kind) {
      case "TypeVar":
        if (p.bound !== null) {
          lazily(c, p.bound, p.name, c.scopeOf(p), false);
          const constraints = p.bound.kind === "Tuple";
          c.opArg(p, CALL_INTRINSIC_2, constraints ? INTRINSIC_TYPEVAR_WITH_CONSTRAINTS : INTRINSIC_TYPEVAR_WITH_BOUND);
        } else {
          c.opArg(p, CALL_INTRINSIC_1, INTRINSIC_TYPEVAR);
        }
        break;
      case "TypeVarTuple":
        c.opArg(p, CALL_INTRINSIC_1, INTRINSIC_TYPEVARTUPLE);
        break;
      case "ParamSpec":
        c.opArg(p, CALL_INTRINSIC_1, INTRINSIC_PARAMSPEC);
    }
    if (p.default_value !== null) {
      seenDefault = true;
      lazily(c, p.default_value, p.name, c.symtable.defaults.get(p) as Scope, p.kind === "TypeVarTuple");
      c.opArg(p, CALL_INTRINSIC_2, INTRINSIC_SET_TYPEPARAM_DEFAULT);
    } else if (seenDefault) {
      c.error(p, `non-default type parameter '${p.name}' follows default type parameter`);
    }
    c.opArg(p, COPY, 1);
    nameOp(c, p, p.name, "Store");
  }
  c.opArg(params[0], BUILD_TUPLE, params.length);
}

function lazily(c: Compiler, e: Expr, name: string, scope: Scope, allowStarred: boolean): void {
  c.loadConst(e, FORMAT_DEFAULT);
  enterAnnotationScope(c, e, scope, name);
  if (allowStarred && e.kind === "Starred") {
    c.expr(e.value);
    c.opArg(e, UNPACK_SEQUENCE, 1);
  } else {
    c.expr(e);
  }
  c.op(e, RETURN_VALUE);
  const code = c.exitScope(true);
  makeClosure(c, e, code, MAKE_FUNCTION_DEFAULTS);
}

/** Ends a type parameter scope and calls it, with no arguments. */
export function callTypeParamScope(c: Compiler, loc: Position): void {
  const code = c.exitScope(false);
  makeClosure(c, loc, code, 0);
  c.op(loc, PUSH_NULL);
  c.opArg(loc, CALL, 0);
}

export function typeAlias(c: Compiler, s: TypeAlias): void {
  const name = s.name.kind === "Name" ? s.name.id : "";
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParamScope(c, s.type_params, name, s.lineno, null, null);
    c.loadConst(s, str(name));
    typeParams(c, s.type_params);
  } else {
    c.loadConst(s, str(name));
    c.loadConst(s, NONE);
  }
  c.loadConst(s, FORMAT_DEFAULT);
  enterAnnotationScope(c, s, c.scopeOf(s), name);
  c.expr(s.value);
  c.op(s, RETURN_VALUE);
  const code = c.exitScope(false);
  makeClosure(c, s, code, MAKE_FUNCTION_DEFAULTS);
  c.opArg(s, BUILD_TUPLE, 3);
  c.opArg(s, CALL_INTRINSIC_1, INTRINSIC_TYPEALIAS);
  if (generic) callTypeParamScope(c, s);
  nameOp(c, s, name, "Store");
}
