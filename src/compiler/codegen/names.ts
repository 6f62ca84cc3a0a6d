/** Loading, storing and deleting a name, wherever its scope says that it lives. */
import type { ExprContext, Position } from "../../syntax/ast.ts";
import { OP } from "../opcodes.ts";
import { CELL, CLASS_BLOCK, FREE, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, LOCAL } from "../symtable/scope.ts";
import type { Compiler } from "./compiler.ts";
import { indexOfName } from "./unit.ts";

const {
  LOAD_FAST,
  STORE_FAST,
  DELETE_FAST,
  LOAD_GLOBAL,
  STORE_GLOBAL,
  DELETE_GLOBAL,
  LOAD_NAME,
  STORE_NAME,
  DELETE_NAME,
  LOAD_DEREF,
  STORE_DEREF,
  DELETE_DEREF,
  LOAD_FROM_DICT_OR_DEREF,
  LOAD_FROM_DICT_OR_GLOBALS,
  LOAD_LOCALS,
} = OP;

export function nameOp(c: Compiler, loc: Position, name: string, ctx: ExprContext): void {
  const u = c.u;
  const scope = u.scope;
  const mangled = c.mangle(name);
  const where = scope.scopeOf(mangled);
  switch (where) {
    case LOCAL:
      if (scope.functionLike || u.fastHidden.get(mangled) === true) {
        c.opArg(
          loc,
          ctx === "Load" ? LOAD_FAST : ctx === "Store" ? STORE_FAST : DELETE_FAST,
          indexOfName(u.varnames, mangled),
        );
        return;
      }
      break;
    case FREE:
    case CELL: {
      const table = where === FREE ? u.freevars : u.cellvars;
      let op = ctx === "Store" ? STORE_DEREF : DELETE_DEREF;
      if (ctx === "Load") {
        op = LOAD_DEREF;
        if (scope.type === CLASS_BLOCK && u.inInlinedComp === 0) {
          op = LOAD_FROM_DICT_OR_DEREF;
          c.op(loc, LOAD_LOCALS);
        } else if (scope.canSeeClassScope) {
          op = LOAD_FROM_DICT_OR_DEREF;
          c.opArg(loc, LOAD_DEREF, indexOfName(u.freevars, "__classdict__"));
        }
      }
      c.opArg(loc, op, indexOfName(table, mangled));
      return;
    }
    case GLOBAL_IMPLICIT:
      if (!scope.functionLike) break;
      globalOp(c, loc, mangled, ctx, true);
      return;
    case GLOBAL_EXPLICIT:
      globalOp(c, loc, mangled, ctx, false);
      return;
  }
  if (ctx === "Load" && scope.type === CLASS_BLOCK && u.inInlinedComp > 0) {
    c.opArg(loc, LOAD_GLOBAL, indexOfName(u.names, mangled) << 1);
    return;
  }
  c.opArg(loc, ctx === "Load" ? LOAD_NAME : ctx === "Store" ? STORE_NAME : DELETE_NAME, indexOfName(u.names, mangled));
}

function globalOp(c: Compiler, loc: Position, mangled: string, ctx: ExprContext, implicit: boolean): void {
  const u = c.u;
  if (ctx !== "Load") {
    c.opArg(loc, ctx === "Store" ? STORE_GLOBAL : DELETE_GLOBAL, indexOfName(u.names, mangled));
  } else if (implicit && u.scope.canSeeClassScope) {
    c.opArg(loc, LOAD_DEREF, indexOfName(u.freevars, "__classdict__"));
    c.opArg(loc, LOAD_FROM_DICT_OR_GLOBALS, indexOfName(u.names, mangled));
  } else {
    c.opArg(loc, LOAD_GLOBAL, indexOfName(u.names, mangled) << 1);
  }
}

/** An instruction whose argument is a name of `names`, unmangled or mangled as the class demands. */
export function opName(c: Compiler, loc: Position, op: number, name: string): void {
  c.opArg(loc, op, indexOfName(c.u.names, c.mangle(name)));
}

/** LOAD_ATTR's argument has the low bit for a method call. */
export function loadAttr(c: Compiler, loc: Position, name: string, method: 0 | 1): void {
  c.opArg(loc, OP.LOAD_ATTR, (indexOfName(c.u.names, c.mangle(name)) << 1) | method);
}
