/** Class definitions. */
import type { ClassDef, Position } from "../../syntax/ast.ts";
import { int, str, tuple } from "../consts.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { bodyOf } from "./bodies.ts";
import { callArguments, checkKeywords } from "./calls.ts";
import { makeClosure } from "./closures.ts";
import type { Compiler } from "./compiler.ts";
import { applyDecorators, firstLine } from "./functions.ts";
import { nameOp } from "./names.ts";
import { callTypeParamScope, enterTypeParamScope, typeParams } from "./type-params.ts";
import { indexOfName, SCOPE_CLASS } from "./unit.ts";

const {
  LOAD_BUILD_CLASS,
  PUSH_NULL,
  LOAD_LOCALS,
  STORE_DEREF,
  LOAD_CLOSURE,
  COPY,
  RETURN_VALUE,
  BUILD_SET,
  CALL_INTRINSIC_1,
} = OP;
const INTRINSIC_SUBSCRIPT_GENERIC = 10;

export function classDef(c: Compiler, s: ClassDef): void {
  checkKeywords(c, s.keywords);
  c.exprs(s.decorator_list);
  const firstlineno = firstLine(s, s.decorator_list);
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParamScope(c, s.type_params, s.name, firstlineno, s.name, null);
    typeParams(c, s.type_params);
    nameOp(c, s, ".type_params", "Store");
  }
  classBody(c, s, firstlineno);
  if (generic) {
    nameOp(c, s, ".type_params", "Load");
    c.opArg(s, CALL_INTRINSIC_1, INTRINSIC_SUBSCRIPT_GENERIC);
    nameOp(c, s, ".generic_base", "Store");
    callArguments(c, s, 2, s.bases, ".generic_base", s.keywords);
    callTypeParamScope(c, s);
  } else {
    callArguments(c, s, 2, s.bases, null, s.keywords);
  }
  applyDecorators(c, s.decorator_list);
  nameOp(c, s, s.name, "Store");
}

/** Pushes `__build_class__`, the function of the body, and the name. */
function classBody(c: Compiler, s: ClassDef, firstlineno: number): void {
  const scope = c.scopeOf(s);
  c.enterScope(scope, s.name, SCOPE_CLASS, firstlineno, s.name, null);
  const u = c.u;
  const loc: Position = { lineno: firstlineno, end_lineno: firstlineno, col_offset: 0, end_col_offset: 0 };
  nameOp(c, loc, "__name__", "Load");
  nameOp(c, loc, "__module__", "Store");
  c.loadConst(loc, str(u.qualname));
  nameOp(c, loc, "__qualname__", "Store");
  c.loadConst(loc, int(firstlineno));
  nameOp(c, loc, "__firstlineno__", "Store");
  if (s.type_params.length > 0) {
    nameOp(c, loc, ".type_params", "Load");
    nameOp(c, loc, "__type_params__", "Store");
  }
  if (scope.needsClassDict) {
    c.op(loc, LOAD_LOCALS);
    c.opArg(loc, STORE_DEREF, indexOfName(u.cellvars, "__classdict__"));
  }
  if (scope.hasConditionalAnnotations) {
    c.opArg(loc, BUILD_SET, 0);
    c.opArg(loc, STORE_DEREF, indexOfName(u.cellvars, "__conditional_annotations__"));
  }
  bodyOf(c, loc, s.body);
  c.loadConst(NO_LOCATION, tuple([...(u.staticAttributes as Set<string>)].sort().map(str)));
  nameOp(c, NO_LOCATION, "__static_attributes__", "Store");
  if (scope.needsClassDict) {
    c.opArg(NO_LOCATION, LOAD_CLOSURE, indexOfName(u.cellvars, "__classdict__"));
    nameOp(c, NO_LOCATION, "__classdictcell__", "Store");
  }
  if (scope.needsClassClosure) {
    c.opArg(NO_LOCATION, LOAD_CLOSURE, indexOfName(u.cellvars, "__class__"));
    c.opArg(NO_LOCATION, COPY, 1);
    nameOp(c, NO_LOCATION, "__classcell__", "Store");
  } else {
    c.loadNone(NO_LOCATION);
  }
  c.op(NO_LOCATION, RETURN_VALUE);
  const code = c.exitScope(true);
  // The call is at the class's line, not a decorator's.
  c.op(s, LOAD_BUILD_CLASS);
  c.op(s, PUSH_NULL);
  makeClosure(c, s, code, 0);
  c.loadConst(s, str(s.name));
}
