/** Expressions: dispatch, and the simple ones. */
import type { Expr } from "../../syntax/ast.ts";
import { OP } from "../opcodes.ts";
import { attribute } from "./attributes.ts";
import { call } from "./calls.ts";
import type { Compiler } from "./compiler.ts";
import { comprehension } from "./comprehensions.ts";
import { lambda } from "./functions.ts";
import { boolOp, compare, ifExp } from "./jumps.ts";
import { nameOp } from "./names.ts";
import { binOp, unaryOp } from "./operators.ts";
import { dictDisplay, setDisplay, tupleOrList } from "./sequences.ts";
import { formattedValue, interpolation, joinedStr, templateStr } from "./strings.ts";
import { slice, subscript } from "./subscripts.ts";
import { awaitValue, yieldFrom, yieldValue } from "./unwind.ts";

const { COPY, GET_YIELD_FROM_ITER } = OP;

export function visitExpr(c: Compiler, e: Expr): void {
  switch (e.kind) {
    case "Name":
      return nameOp(c, e, e.id, e.ctx);
    case "Constant":
      return c.loadConst(e, e.value);
    case "Attribute":
      return attribute(c, e);
    case "Call":
      return call(c, e);
    case "Subscript":
      return subscript(c, e);
    case "BinOp":
      return binOp(c, e);
    case "Tuple":
    case "List":
      return tupleOrList(c, e);
    case "Compare":
      return compare(c, e);
    case "BoolOp":
      return boolOp(c, e);
    case "UnaryOp":
      return unaryOp(c, e);
    case "JoinedStr":
      return joinedStr(c, e);
    case "FormattedValue":
      return formattedValue(c, e);
    case "Dict":
      return dictDisplay(c, e);
    case "ListComp":
    case "GeneratorExp":
    case "SetComp":
    case "DictComp":
      return comprehension(c, e);
    case "IfExp":
      return ifExp(c, e);
    case "Lambda":
      return lambda(c, e);
    case "Set":
      return setDisplay(c, e);
    case "Slice":
      return slice(c, e);
    case "NamedExpr":
      c.expr(e.value);
      c.opArg(e, COPY, 1);
      return c.expr(e.target);
    case "Yield":
      if (!c.u.scope.functionLike) c.error(e, "'yield' outside function");
      if (e.value !== null) c.expr(e.value);
      else c.loadNone(e);
      return yieldValue(c, e);
    case "YieldFrom":
      if (!c.u.scope.functionLike) c.error(e, "'yield from' outside function");
      if (c.u.scope.coroutine) c.error(e, "'yield from' inside async function");
      c.expr(e.value);
      c.op(e, GET_YIELD_FROM_ITER);
      c.loadNone(e);
      return yieldFrom(c, e, false);
    case "Await":
      c.expr(e.value);
      return awaitValue(c, e, 0);
    case "TemplateStr":
      return templateStr(c, e);
    case "Interpolation":
      return interpolation(c, e);
    case "Starred":
      // Displays, calls and targets deal with theirs; what comes here stands where none may.
      if (e.ctx === "Store") c.error(e, "starred assignment target must be in a list or tuple");
      c.error(e, "can't use starred expression here");
  }
}
