/** Attributes, and the shortcut for `super().name`. */
import type { Attribute, Call, Position } from "../../syntax/ast.ts";
import { OP } from "../opcodes.ts";
import { FREE, GLOBAL_IMPLICIT } from "../symtable/scope.ts";
import type { Compiler } from "./compiler.ts";
import { loadAttr, nameOp, opName } from "./names.ts";
import { indexOfName, SCOPE_CLASS } from "./unit.ts";

const { LOAD_SUPER_ATTR, STORE_ATTR, DELETE_ATTR, LOAD_DEREF, NOP } = OP;

/** The place of an attribute's access: where the access spans lines, the line of the name, from the name on. */
export function attributeLocation(loc: Position, attr: Attribute): Position {
  if (loc.lineno === attr.end_lineno) return loc;
  let col = attr.end_col_offset - codePoints(attr.attr);
  let endCol = loc.end_col_offset;
  if (col < 0) {
    // The tree's positions do not fit its names: drop the columns.
    col = -1;
    endCol = -1;
  }
  return {
    lineno: attr.end_lineno,
    end_lineno: Math.max(attr.end_lineno, loc.end_lineno),
    col_offset: col,
    end_col_offset: endCol,
  };
}

function codePoints(s: string): number {
  let n = s.length;
  for (let i = 0; i < s.length; i++) if ((s.charCodeAt(i) & 0xfc00) === 0xdc00) n--;
  return n;
}

export function attribute(c: Compiler, e: Attribute): void {
  if (e.ctx === "Load" && isSuperCall(c, e)) {
    c.op(loadSuper(c, e, false), NOP);
    return;
  }
  if (e.ctx === "Store") noteStaticAttribute(c, e);
  c.expr(e.value);
  const loc = attributeLocation(e, e);
  if (e.ctx === "Load") loadAttr(c, loc, e.attr, 0);
  else opName(c, loc, e.ctx === "Store" ? STORE_ATTR : DELETE_ATTR, e.attr);
}

/** Methods' `self.name = …` give the class its `__static_attributes__`. */
function noteStaticAttribute(c: Compiler, e: Attribute): void {
  if (e.value.kind !== "Name" || e.value.id !== "self") return;
  for (let u = c.u.parent; u !== null; u = u.parent) {
    if (u.scopeType !== SCOPE_CLASS) continue;
    u.staticAttributes?.add(e.attr);
    return;
  }
}

/** Whether `e` is `super().name` or `super(a, b).name`, with `super` the builtin for all that can be seen. */
export function isSuperCall(c: Compiler, e: Attribute): boolean {
  const call = e.value;
  // The instruction would find the proxy's own class.
  if (e.attr === "__class__") return false;
  if (call.kind !== "Call" || call.func.kind !== "Name" || call.func.id !== "super" || call.keywords.length > 0) {
    return false;
  }
  if (c.u.scope.scopeOf("super") !== GLOBAL_IMPLICIT || c.symtable.top.scopeOf("super") !== 0) return false;
  if (call.args.length === 2) return call.args.every((a) => a.kind !== "Starred");
  if (call.args.length !== 0) return false;
  if (c.u.argcount + c.u.posonlyargcount === 0) return false;
  return c.u.scope.scopeOf("__class__") === FREE;
}

/** Loads the attribute of a super call; returns the place of what follows. */
export function loadSuper(c: Compiler, e: Attribute, method: boolean): Position {
  const call = e.value as Call;
  nameOp(c, call.func, "super", "Load");
  if (call.args.length === 0) {
    c.opArg(call, LOAD_DEREF, indexOfName(c.u.freevars, "__class__"));
    // The first argument, which may have become a cell.
    const [self] = c.u.varnames.keys();
    nameOp(c, call, self, "Load");
  } else {
    c.exprs(call.args);
  }
  const index = indexOfName(c.u.names, c.mangle(e.attr));
  c.opArg(e, LOAD_SUPER_ATTR, (index << 2) | (call.args.length > 0 ? 2 : 0) | (method ? 1 : 0));
  return attributeLocation(e, e);
}
