/**
 * Annotations: kept back and evaluated on demand by an `__annotate__` function (PEP 649 and 749), or, under
 * `from __future__ import annotations`, made into strings.
 */
import type { AnnAssign, Arg, Arguments, Expr, Position } from "../../syntax/ast.ts";
import type { CodeSpec } from "../code.ts";
import { int, str } from "../consts.ts";
import { OP } from "../opcodes.ts";
import { CLASS_BLOCK, type Scope } from "../symtable/scope.ts";
import { unparse } from "../unparse.ts";
import { MAKE_FUNCTION_ANNOTATE, makeClosure } from "./closures.ts";
import type { Compiler } from "./compiler.ts";
import { COMPARE_GT } from "./jumps.ts";
import { nameOp, opName } from "./names.ts";
import { indexOfName, SCOPE_ANNOTATIONS, SCOPE_CLASS, SCOPE_MODULE } from "./unit.ts";

const {
  LOAD_FAST,
  COMPARE_OP,
  POP_JUMP_IF_FALSE,
  LOAD_COMMON_CONSTANT,
  RAISE_VARARGS,
  RETURN_VALUE,
  BUILD_MAP,
  COPY,
  STORE_SUBSCR,
  LOAD_DEREF,
  LOAD_GLOBAL,
  LOAD_NAME,
  CONTAINS_OP,
  SET_ADD,
  POP_TOP,
  UNPACK_SEQUENCE,
} = OP;
const COMMON_NOT_IMPLEMENTED_ERROR = 1;
/** `annotationlib.Format.VALUE_WITH_FAKE_GLOBALS`: the last format that the generated code knows. */
const LAST_FORMAT = 2;

/** Opens a function of one argument, the format, that refuses formats it does not know. */
export function enterAnnotationScope(c: Compiler, loc: Position, scope: Scope, name: string): void {
  c.enterScope(scope, name, SCOPE_ANNOTATIONS, loc.lineno, null, {
    argcount: 0,
    posonlyargcount: 1,
    kwonlyargcount: 0,
  });
  const body = c.newLabel();
  c.opArg(loc, LOAD_FAST, 0);
  c.loadConst(loc, int(LAST_FORMAT));
  c.opArg(loc, COMPARE_OP, COMPARE_GT);
  c.jump(loc, POP_JUMP_IF_FALSE, body);
  c.opArg(loc, LOAD_COMMON_CONSTANT, COMMON_NOT_IMPLEMENTED_ERROR);
  c.opArg(loc, RAISE_VARARGS, 1);
  c.useLabel(body);
}

/** Ends it and pushes the function. Inside it the argument is `.format`, so that it hides no name. */
function leaveAnnotationScope(c: Compiler, loc: Position): void {
  c.op(loc, RETURN_VALUE);
  const code: CodeSpec = c.exitScope(true);
  code.localsplusnames[0] = "format";
  makeClosure(c, loc, code, 0);
}

/** Pushes what the function's annotations need; returns the flag for `makeClosure`, 0 when there are none. */
export function functionAnnotations(c: Compiler, loc: Position, args: Arguments, returns: Expr | null): number {
  const scope = c.scopeOf(args);
  if (!scope.annotationsUsed) return 0;
  enterAnnotationScope(c, loc, scope, scope.name);
  let n = 0;
  const all = (list: readonly Arg[]): void => {
    for (const a of list) if (a.annotation !== null) n += annotation(c, loc, a.arg, a.annotation);
  };
  all(args.args);
  all(args.posonlyargs);
  if (args.vararg !== null) all([args.vararg]);
  all(args.kwonlyargs);
  if (args.kwarg !== null) all([args.kwarg]);
  if (returns !== null) n += annotation(c, loc, "return", returns);
  c.opArg(loc, BUILD_MAP, n);
  leaveAnnotationScope(c, loc);
  return MAKE_FUNCTION_ANNOTATE;
}

function annotation(c: Compiler, loc: Position, name: string, e: Expr): 1 {
  c.loadConst(loc, str(c.mangle(name)));
  if (c.options.futureAnnotations) {
    annotationText(c, e);
  } else if (e.kind === "Starred") {
    // `*args: *Ts` is the only element of `[*Ts]`.
    c.expr(e.value);
    c.opArg(loc, UNPACK_SEQUENCE, 1);
  } else {
    c.expr(e);
  }
  return 1;
}

function annotationText(c: Compiler, e: Expr): void {
  c.loadConst(e, unparse(e));
}

export function annAssign(c: Compiler, s: AnnAssign): void {
  const u = c.u;
  const t = s.target;
  const future = c.options.futureAnnotations;
  if (s.value !== null) {
    c.expr(s.value);
    c.expr(t);
  }
  const evaluated = u.scopeType === SCOPE_MODULE || u.scopeType === SCOPE_CLASS;
  switch (t.kind) {
    case "Name":
      if (s.simple === 0 || !evaluated) break;
      if (future) {
        annotationText(c, s.annotation);
        opName(c, s, LOAD_NAME, "__annotations__");
        c.loadConst(s, str(c.mangle(t.id)));
        c.op(s, STORE_SUBSCR);
      } else {
        defer(c, s);
      }
      break;
    case "Attribute":
      if (s.value === null) evaluateAndDrop(c, t.value);
      break;
    case "Subscript":
      if (s.value === null) {
        evaluateAndDrop(c, t.value);
        evaluateIndex(c, t.slice);
      }
      break;
    default:
      c.error(s, `invalid node type (${t.kind}) for annotated assignment`);
  }
}

function evaluateAndDrop(c: Compiler, e: Expr): void {
  c.expr(e);
  c.op(e, POP_TOP);
}

function evaluateIndex(c: Compiler, e: Expr): void {
  switch (e.kind) {
    case "Slice":
      if (e.lower !== null) evaluateAndDrop(c, e.lower);
      if (e.upper !== null) evaluateAndDrop(c, e.upper);
      if (e.step !== null) evaluateAndDrop(c, e.step);
      break;
    case "Tuple":
      for (const elt of e.elts) evaluateIndex(c, elt);
      break;
    default:
      evaluateAndDrop(c, e);
  }
}

/** Notes the annotation for `__annotate__`; one that may not be reached leaves a mark when it is. */
function defer(c: Compiler, s: AnnAssign): void {
  const u = c.u;
  u.deferredAnnotations.push(s);
  if (u.scopeType !== SCOPE_MODULE && !u.inConditionalBlock) {
    u.conditionalIndices.push(-1);
    return;
  }
  const index = u.nextConditionalIndex++;
  u.conditionalIndices.push(index);
  if (u.scopeType === SCOPE_CLASS) {
    c.opArg(s, LOAD_DEREF, indexOfName(u.cellvars, "__conditional_annotations__"));
  } else {
    opName(c, s, LOAD_NAME, "__conditional_annotations__");
  }
  c.loadConst(s, int(index));
  c.opArg(s, SET_ADD, 1);
  c.op(s, POP_TOP);
}

/** Makes and stores the `__annotate__` of a module or class, if it has annotations. */
export function deferredAnnotations(c: Compiler, loc: Position): void {
  const outer = c.u;
  if (outer.deferredAnnotations.length === 0) return;
  const scope = outer.scope.annotationBlock as Scope;
  const emit = (): void => {
    enterAnnotationScope(c, loc, scope, "__annotate__");
    c.opArg(loc, BUILD_MAP, 0);
    outer.deferredAnnotations.forEach((s, i) => {
      deferredAnnotation(c, loc, s, outer.conditionalIndices[i], outer.scopeType);
    });
    leaveAnnotationScope(c, loc);
    nameOp(c, loc, outer.scope.type === CLASS_BLOCK ? "__annotate_func__" : "__annotate__", "Store");
  };
  // A module's is made first, so that it exists while the module runs.
  if (outer.scopeType === SCOPE_MODULE) outer.seq.annotations = c.inOwnSequence(emit);
  else emit();
}

function deferredAnnotation(c: Compiler, loc: Position, s: AnnAssign, index: number, scopeType: number): void {
  const notSet = c.newLabel();
  if (index !== -1) {
    c.loadConst(s, int(index));
    if (scopeType === SCOPE_CLASS) {
      c.opArg(s, LOAD_DEREF, indexOfName(c.u.freevars, "__conditional_annotations__"));
    } else {
      c.opArg(s, LOAD_GLOBAL, indexOfName(c.u.names, "__conditional_annotations__") << 1);
    }
    c.opArg(s, CONTAINS_OP, 0);
    c.jump(s, POP_JUMP_IF_FALSE, notSet);
  }
  c.expr(s.annotation);
  c.opArg(s, COPY, 2);
  c.loadConst(s, str(c.mangle(s.target.kind === "Name" ? s.target.id : "")));
  c.op(loc, STORE_SUBSCR);
  c.useLabel(notSet);
}
