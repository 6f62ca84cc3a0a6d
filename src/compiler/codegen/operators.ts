/** Arithmetic: operators' numbers, binary and unary operators, augmented assignment. */
import type { AugAssign, BinOp, Operator, Position, UnaryOp } from "../../syntax/ast.ts";
import { OP } from "../opcodes.ts";
import { attributeLocation } from "./attributes.ts";
import type { Compiler } from "./compiler.ts";
import { loadAttr, nameOp, opName } from "./names.ts";
import { isTwoPartSlice, NB_SUBSCR, sliceParts } from "./subscripts.ts";

const {
  BINARY_OP,
  UNARY_INVERT,
  UNARY_NEGATIVE,
  UNARY_NOT,
  TO_BOOL,
  CALL_INTRINSIC_1,
  COPY,
  SWAP,
  BINARY_SLICE,
  STORE_SLICE,
  STORE_SUBSCR,
  STORE_ATTR,
} = OP;
const INTRINSIC_UNARY_POSITIVE = 5;
/** Added to an operator's number for its in-place form. */
const INPLACE = 13;

const NUMBER: Record<Operator, number> = {
  Add: 0,
  BitAnd: 1,
  FloorDiv: 2,
  LShift: 3,
  MatMult: 4,
  Mult: 5,
  Mod: 6,
  BitOr: 7,
  Pow: 8,
  RShift: 9,
  Sub: 10,
  Div: 11,
  BitXor: 12,
};

export function binaryOp(c: Compiler, loc: Position, op: Operator): void {
  c.opArg(loc, BINARY_OP, NUMBER[op]);
}

/** A chain of operators leans left and may be thousands long, so it is walked without recursion. */
export function binOp(c: Compiler, e: BinOp): void {
  const pending: BinOp[] = [e];
  let left = e.left;
  while (left.kind === "BinOp") {
    pending.push(left);
    left = left.left;
  }
  c.expr(left);
  for (let i = pending.length - 1; i >= 0; i--) {
    c.expr(pending[i].right);
    c.opArg(pending[i], BINARY_OP, NUMBER[pending[i].op]);
  }
}

export function unaryOp(c: Compiler, e: UnaryOp): void {
  c.expr(e.operand);
  switch (e.op) {
    case "Invert":
      c.op(e, UNARY_INVERT);
      break;
    case "Not":
      c.op(e, TO_BOOL);
      c.op(e, UNARY_NOT);
      break;
    case "UAdd":
      c.opArg(e, CALL_INTRINSIC_1, INTRINSIC_UNARY_POSITIVE);
      break;
    case "USub":
      c.op(e, UNARY_NEGATIVE);
  }
}

export function augAssign(c: Compiler, s: AugAssign): void {
  const t = s.target;
  switch (t.kind) {
    case "Attribute": {
      c.expr(t.value);
      c.opArg(t, COPY, 1);
      const loc = attributeLocation(t, t);
      loadAttr(c, loc, t.attr, 0);
      apply(c, s);
      c.opArg(loc, SWAP, 2);
      opName(c, loc, STORE_ATTR, t.attr);
      break;
    }
    case "Subscript":
      c.expr(t.value);
      if (isTwoPartSlice(t.slice)) {
        sliceParts(c, t.slice);
        c.opArg(t, COPY, 3);
        c.opArg(t, COPY, 3);
        c.opArg(t, COPY, 3);
        c.op(t, BINARY_SLICE);
        apply(c, s);
        c.opArg(t, SWAP, 4);
        c.opArg(t, SWAP, 3);
        c.opArg(t, SWAP, 2);
        c.op(t, STORE_SLICE);
      } else {
        c.expr(t.slice);
        c.opArg(t, COPY, 2);
        c.opArg(t, COPY, 2);
        c.opArg(t, BINARY_OP, NB_SUBSCR);
        apply(c, s);
        c.opArg(t, SWAP, 3);
        c.opArg(t, SWAP, 2);
        c.op(t, STORE_SUBSCR);
      }
      break;
    case "Name":
      nameOp(c, t, t.id, "Load");
      apply(c, s);
      nameOp(c, t, t.id, "Store");
      break;
    default:
      c.error(t, "invalid node type for augmented assignment");
  }
}

function apply(c: Compiler, s: AugAssign): void {
  c.expr(s.value);
  c.opArg(s, BINARY_OP, NUMBER[s.op] + INPLACE);
}
