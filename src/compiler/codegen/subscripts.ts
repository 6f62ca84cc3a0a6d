/** Subscripts and slices. */
import type { Expr, Slice, Subscript } from "../../syntax/ast.ts";
import type { CodeConst } from "../code.ts";
import { NONE } from "../consts.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { checkSubscript } from "./warnings.ts";

const { BINARY_OP, BINARY_SLICE, STORE_SLICE, STORE_SUBSCR, DELETE_SUBSCR, BUILD_SLICE } = OP;
export const NB_SUBSCR = 26;

function constPart(e: Expr | null): CodeConst | null {
  if (e === null) return NONE;
  return e.kind === "Constant" ? e.value : null;
}

/** The slice as a constant, when all its parts are. */
function constSlice(e: Slice): CodeConst | null {
  const lower = constPart(e.lower);
  const upper = constPart(e.upper);
  const step = constPart(e.step);
  return lower === null || upper === null || step === null ? null : { t: "slice", v: [lower, upper, step] };
}

/** Whether `a[lower:upper]` is done by the instructions for slices, without a slice object. */
export function isTwoPartSlice(e: Expr): e is Slice {
  return e.kind === "Slice" && e.step === null && constSlice(e) === null;
}

function part(c: Compiler, e: Slice, p: Expr | null): void {
  if (p === null) c.loadNone(e);
  else c.expr(p);
}

export function sliceParts(c: Compiler, e: Slice): void {
  part(c, e, e.lower);
  part(c, e, e.upper);
}

export function slice(c: Compiler, e: Slice): void {
  const constant = constSlice(e);
  if (constant !== null) {
    c.loadConst(e, constant);
    return;
  }
  sliceParts(c, e);
  if (e.step !== null) c.expr(e.step);
  c.opArg(e, BUILD_SLICE, e.step === null ? 2 : 3);
}

export function subscript(c: Compiler, e: Subscript): void {
  if (e.ctx === "Load") checkSubscript(c, e);
  c.expr(e.value);
  if (e.ctx !== "Del" && isTwoPartSlice(e.slice)) {
    sliceParts(c, e.slice);
    c.op(e, e.ctx === "Load" ? BINARY_SLICE : STORE_SLICE);
    return;
  }
  c.expr(e.slice);
  if (e.ctx === "Load") c.opArg(e, BINARY_OP, NB_SUBSCR);
  else c.op(e, e.ctx === "Store" ? STORE_SUBSCR : DELETE_SUBSCR);
}
