/**
 * Complex numbers: two raw doubles. The object is made where it is stored, or given to something unknown; what lies
 * between two operations is not. Products with infinities, quotients and powers are the operators' own work.
 */
import type { PyComplex } from "../../../objects/complex.ts";
import { Shape } from "../../../objects/core.ts";
import { complexType } from "../../../objects/types.ts";
import type { Node } from "../../ir/node.ts";
import type { BinarySeen, ShapeSeen } from "../../record/seen.ts";
import { expectSeen } from "../expect.ts";
import type { Translator } from "../translator.ts";

/** `im` is null of a real number, which arithmetic does not take for a complex one. */
interface Parts {
  readonly re: Node;
  readonly im: Node | null;
}
const isComplexSeen = (seen: ShapeSeen): boolean => seen instanceof Shape && seen.cls === complexType;

export function newComplex(t: Translator, re: Node, im: Node): Node {
  const made = t.emit("NEW_COMPLEX", [re, im], "any");
  t.state.shapes.set(made, complexType.shapes);
  return made;
}
/** A float or a small int as a raw double; null: it is neither. */
export function realOf(t: Translator, node: Node): Node | null {
  const kind = t.kindOf(node);
  if (kind === "int") return t.emit("INT_TO_FLOAT", [node], "float");
  return kind === "float" || kind === "boxed" ? t.toFloat(node) : null;
}
/** The parts of what the recording has met as a complex number; null: that is not so. */
export function complexParts(t: Translator, node: Node, seen: ShapeSeen): { re: Node; im: Node } | null {
  if (node.op === "NEW_COMPLEX") return { re: node.args[0], im: node.args[1] };
  if (t.kindOf(node) !== "any" || !isComplexSeen(seen)) return null;
  if (node.isConstant) {
    const { re, im } = node.data as PyComplex;
    return { re: t.floatConstant(re), im: t.floatConstant(im) };
  }
  t.guardShape(node, complexType.shapes, "no complex number");
  return { re: t.emit("COMPLEX_RE", [node], "float"), im: t.emit("COMPLEX_IM", [node], "float") };
}
function partsOf(t: Translator, node: Node, seen: ShapeSeen): Parts | null {
  const parts = complexParts(t, node, seen);
  if (parts !== null) return parts;
  expectSeen(t, node, seen);
  const re = realOf(t, node);
  return re === null ? null : { re, im: null };
}
/** Sums, differences and products of two numbers of which one is complex; null: it is something else. */
export function complexOperation(t: Translator, operator: string, a: Node, b: Node, seen: BinarySeen): Node | null {
  const isOne = (node: Node, shape: ShapeSeen): boolean => node.op === "NEW_COMPLEX" || isComplexSeen(shape);
  if (!"+-*".includes(operator) || !(isOne(a, seen.left) || isOne(b, seen.right))) return null;
  const x = partsOf(t, a, seen.left);
  const y = x === null ? null : partsOf(t, b, seen.right);
  if (x === null || y === null) return null;
  return operator === "*" ? product(t, x, y) : sum(t, operator, x, y);
}
function sum(t: Translator, operator: string, x: Parts, y: Parts): Node {
  const op = operator === "+" ? "FLOAT_ADD" : "FLOAT_SUBTRACT";
  const re = t.emit(op, [x.re, y.re], "float");
  if (y.im === null) return newComplex(t, re, x.im as Node);
  if (x.im !== null) return newComplex(t, re, t.emit(op, [x.im, y.im], "float"));
  return newComplex(t, re, operator === "+" ? y.im : t.emit("FLOAT_NEGATE", [y.im], "float"));
}
function product(t: Translator, x: Parts, y: Parts): Node | null {
  const times = (a: Node, b: Node): Node => t.emit("FLOAT_MULTIPLY", [a, b], "float");
  if (y.im === null) return newComplex(t, times(x.re, y.re), times(x.im as Node, y.re));
  if (x.im === null) return newComplex(t, times(x.re, y.re), times(x.re, y.im));
  const re = t.emit("FLOAT_SUBTRACT", [times(x.re, y.re), times(x.im, y.im)], "float");
  const im = t.emit("FLOAT_ADD", [times(x.re, y.im), times(x.im, y.re)], "float");
  // Else an infinite factor may make it infinite.
  return t.guardOr(`product ${re.id}`, "NOT_BOTH_NAN", [re, im], "no number") ? newComplex(t, re, im) : null;
}
/** `abs(z)`; null: it is no complex number, or too large. */
export function magnitude(t: Translator, node: Node, seen: ShapeSeen): Node | null {
  if (t.isRefuted(`magnitude ${node.id}`)) return null;
  const parts = complexParts(t, node, seen);
  if (parts === null) return null;
  const length = t.emit("FLOAT_HYPOT", [parts.re, parts.im], "float");
  return t.guardOr(`magnitude ${node.id}`, "IS_FINITE", [length], "no finite magnitude") ? length : null;
}
