/** Displays (tuples, lists, sets, dicts) and their unpacking as targets. */
import type { Dict, Expr, List, Position, SetExpr, Tuple } from "../../syntax/ast.ts";
import { OP } from "../opcodes.ts";
import type { Compiler } from "./compiler.ts";
import { nameOp } from "./names.ts";

const {
  BUILD_TUPLE,
  BUILD_LIST,
  BUILD_SET,
  BUILD_MAP,
  LIST_APPEND,
  LIST_EXTEND,
  SET_ADD,
  SET_UPDATE,
  MAP_ADD,
  DICT_UPDATE,
  CALL_INTRINSIC_1,
  UNPACK_EX,
  UNPACK_SEQUENCE,
} = OP;
export const INTRINSIC_LIST_TO_TUPLE = 6;
/** A display with more items is built one by one, so as not to need a deep stack. */
export const STACK_USE_GUIDELINE = 30;

/**
 * Builds a sequence of `elts` and, last, the value of the name `injected`, over `pushed` values already there.
 */
export function buildSequence(
  c: Compiler,
  loc: Position,
  elts: readonly Expr[],
  injected: string | null,
  pushed: number,
  build: number,
  add: number,
  extend: number,
  toTuple: boolean,
): void {
  const n = elts.length;
  const big = n + pushed + (injected !== null ? 1 : 0) > STACK_USE_GUIDELINE;
  if (!big && !elts.some((e) => e.kind === "Starred")) {
    c.exprs(elts);
    if (injected !== null) nameOp(c, loc, injected, "Load");
    c.opArg(loc, toTuple ? BUILD_TUPLE : build, n + pushed + (injected !== null ? 1 : 0));
    return;
  }
  let built = false;
  if (big) {
    c.opArg(loc, build, pushed);
    built = true;
  }
  for (let i = 0; i < n; i++) {
    const elt = elts[i];
    if (elt.kind === "Starred") {
      if (!built) {
        c.opArg(loc, build, i + pushed);
        built = true;
      }
      c.expr(elt.value);
      c.opArg(loc, extend, 1);
    } else {
      c.expr(elt);
      if (built) c.opArg(loc, add, 1);
    }
  }
  if (injected !== null) {
    nameOp(c, loc, injected, "Load");
    c.opArg(loc, add, 1);
  }
  if (toTuple) c.opArg(loc, CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE);
}

export function tupleOrList(c: Compiler, e: Tuple | List): void {
  switch (e.ctx) {
    case "Load":
      buildSequence(c, e, e.elts, null, 0, BUILD_LIST, LIST_APPEND, LIST_EXTEND, e.kind === "Tuple");
      break;
    case "Store":
      unpack(c, e, e.elts);
      for (const elt of e.elts) c.expr(elt.kind === "Starred" ? elt.value : elt);
      break;
    case "Del":
      c.exprs(e.elts);
  }
}

export function setDisplay(c: Compiler, e: SetExpr): void {
  buildSequence(c, e, e.elts, null, 0, BUILD_SET, SET_ADD, SET_UPDATE, false);
}

function unpack(c: Compiler, loc: Position, elts: readonly Expr[]): void {
  const n = elts.length;
  let star = false;
  for (let i = 0; i < n; i++) {
    if (elts[i].kind !== "Starred") continue;
    if (star) c.error(loc, "multiple starred expressions in assignment");
    if (i >= 256 || n - i - 1 >= 2 ** 23) c.error(loc, "too many expressions in star-unpacking assignment");
    c.opArg(loc, UNPACK_EX, i + ((n - i - 1) << 8));
    star = true;
  }
  if (!star) c.opArg(loc, UNPACK_SEQUENCE, n);
}

function subDict(c: Compiler, e: Dict, begin: number, end: number): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (big) c.opArg(e, BUILD_MAP, 0);
  for (let i = begin; i < end; i++) {
    c.expr(e.keys[i] as Expr);
    c.expr(e.values[i]);
    if (big) c.opArg(e, MAP_ADD, 1);
  }
  if (!big) c.opArg(e, BUILD_MAP, n);
}

export function dictDisplay(c: Compiler, e: Dict): void {
  const n = e.values.length;
  let have = false;
  let pending = 0;
  const flush = (end: number): void => {
    subDict(c, e, end - pending, end);
    if (have) c.opArg(e, DICT_UPDATE, 1);
    have = true;
    pending = 0;
  };
  for (let i = 0; i < n; i++) {
    if (e.keys[i] === null) {
      if (pending > 0) flush(i);
      if (!have) {
        c.opArg(e, BUILD_MAP, 0);
        have = true;
      }
      c.expr(e.values[i]);
      c.opArg(e, DICT_UPDATE, 1);
    } else {
      pending++;
      if ((pending - 1) * 2 > STACK_USE_GUIDELINE) flush(i + 1);
    }
  }
  if (pending > 0) flush(n);
  if (!have) c.opArg(e, BUILD_MAP, 0);
}
