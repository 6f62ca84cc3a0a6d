/** The statements of a module or class: docstring, annotations, the rest. */
import type { ExprStmt, Position, Stmt } from "../../syntax/ast.ts";
import { cleanDoc, docString } from "../docstring.ts";
import { NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { deferredAnnotations } from "./annotations.ts";
import type { Compiler } from "./compiler.ts";
import { nameOp } from "./names.ts";
import { SCOPE_MODULE } from "./unit.ts";

const { SETUP_ANNOTATIONS, BUILD_SET } = OP;

export function bodyOf(c: Compiler, at: Position, body: readonly Stmt[]): void {
  const u = c.u;
  const future = c.options.futureAnnotations;
  let loc = at;
  if (u.scopeType === SCOPE_MODULE) {
    // What sets up the module is at its first statement.
    if (body.length > 0) loc = body[0];
    if (u.scope.hasConditionalAnnotations) {
      c.opArg(loc, BUILD_SET, 0);
      nameOp(c, loc, "__conditional_annotations__", "Store");
    }
  }
  if (future && u.scope.annotationsUsed) c.op(loc, SETUP_ANNOTATIONS);
  if (body.length === 0) return;
  let first = 0;
  // At the prompt, a string is no docstring.
  const doc = u.scopeType === SCOPE_MODULE && c.options.interactive ? null : docString(body);
  if (doc !== null) {
    first = 1;
    c.loadConst((body[0] as ExprStmt).value, cleanDoc(doc));
    nameOp(c, NO_LOCATION, "__doc__", "Store");
  }
  for (let i = first; i < body.length; i++) c.visitors.stmt(c, body[i]);
  if (!future) deferredAnnotations(c, loc);
}
