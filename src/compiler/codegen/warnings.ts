/** SyntaxWarnings of the code generator: code that cannot mean what it says. */
import type { Call, Compare, Expr, Subscript } from "../../syntax/ast.ts";
import type { Compiler } from "./compiler.ts";

/** The type's name of an expression whose type shows in its text; null when it does not. */
function inferredType(e: Expr): string | null {
  switch (e.kind) {
    case "Tuple":
      return "tuple";
    case "List":
    case "ListComp":
      return "list";
    case "Dict":
    case "DictComp":
      return "dict";
    case "Set":
    case "SetComp":
      return "set";
    case "GeneratorExp":
      return "generator";
    case "Lambda":
      return "function";
    case "TemplateStr":
      return "string.templatelib.Template";
    case "Interpolation":
      return "string.templatelib.Interpolation";
    case "JoinedStr":
    case "FormattedValue":
      return "str";
    case "Constant":
      return constantType(e);
    default:
      return null;
  }
}

function constantType(e: Expr & { kind: "Constant" }): string {
  switch (e.value.t) {
    case "none":
      return "NoneType";
    case "astral":
      return "str";
    default:
      return e.value.t;
  }
}

/** Singletons may be compared by identity; other constants may not. */
function comparableByIdentity(e: Expr): boolean {
  if (e.kind === "Tuple") return e.elts.some((elt) => elt.kind !== "Constant");
  if (e.kind !== "Constant") return true;
  const t = e.value.t;
  return t === "none" || t === "bool" || t === "ellipsis";
}

export function checkCompare(c: Compiler, e: Compare): void {
  let left = comparableByIdentity(e.left);
  let leftExpr = e.left;
  for (let i = 0; i < e.ops.length; i++) {
    const rightExpr = e.comparators[i];
    const right = comparableByIdentity(rightExpr);
    const op = e.ops[i];
    if ((op === "Is" || op === "IsNot") && (!left || !right)) {
      const type = inferredType(left ? rightExpr : leftExpr);
      const not = op === "IsNot";
      c.warn(e, `"${not ? "is not" : "is"}" with '${type}' literal. Did you mean "${not ? "!=" : "=="}"?`);
      return;
    }
    left = right;
    leftExpr = rightExpr;
  }
}

export function checkCaller(c: Compiler, e: Call): void {
  const f = e.func;
  switch (f.kind) {
    case "Constant":
    case "Tuple":
    case "List":
    case "ListComp":
    case "Dict":
    case "DictComp":
    case "Set":
    case "SetComp":
    case "GeneratorExp":
    case "JoinedStr":
    case "TemplateStr":
    case "FormattedValue":
    case "Interpolation":
      c.warn(f, `'${inferredType(f)}' object is not callable; perhaps you missed a comma?`);
  }
}

export function checkSubscript(c: Compiler, e: Subscript): void {
  const v = e.value;
  switch (v.kind) {
    case "Constant": {
      const t = v.value.t;
      if (t === "none" || t === "ellipsis" || t === "int" || t === "bool" || t === "float" || t === "complex") {
        notSubscriptable(c, v);
      }
      break;
    }
    case "Set":
    case "SetComp":
    case "GeneratorExp":
    case "Lambda":
    case "TemplateStr":
    case "Interpolation":
      notSubscriptable(c, v);
  }
  checkIndex(c, v, e.slice);
}

function notSubscriptable(c: Compiler, v: Expr): void {
  c.warn(v, `'${inferredType(v)}' object is not subscriptable; perhaps you missed a comma?`);
}

function checkIndex(c: Compiler, v: Expr, slice: Expr): void {
  const index = inferredType(slice);
  if (index === null || index === "int" || index === "bool" || slice.kind === "Slice") return;
  switch (v.kind) {
    case "Constant":
      if (v.value.t !== "str" && v.value.t !== "astral" && v.value.t !== "bytes") return;
      break;
    case "Tuple":
    case "List":
    case "ListComp":
    case "JoinedStr":
    case "FormattedValue":
      break;
    default:
      return;
  }
  c.warn(v, `${inferredType(v)} indices must be integers or slices, not ${index}; perhaps you missed a comma?`);
}
