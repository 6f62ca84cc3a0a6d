/**
 * Special methods that the recording has entered for an instruction (`record/methods.ts`): followed under guards on the
 * operands' classes; their results become what the instruction makes of them.
 */
import {
  BINARY_METHOD,
  BOOL_METHOD,
  COMPARE_METHOD,
  CONTAINS_METHOD,
  LENGTH_AS_BOOL_METHOD,
  type MethodData,
  methodResult,
} from "../../interp/method-result.ts";
import type { Value } from "../../objects/core.ts";
import { NotImplemented } from "../../objects/singletons.ts";
import { newTuple } from "../../objects/tuple.ts";
import type { Kind, Node } from "../ir/node.ts";
import type { Step } from "../record/log.ts";
import type { Method, MethodArg } from "../record/methods.ts";
import { placeNodes } from "./arguments.ts";
import { guardSeen } from "./expect.ts";
import { widthOf } from "./instructions.ts";
import { calleeFrame } from "./rules/binary.ts";
import type { Translator } from "./translator.ts";

export function enterMethod(t: Translator, step: Step, method: Method): void {
  const { top } = t;
  const { func, kind } = method;
  for (const [depth, shape, version] of method.operands) {
    if (!guardSeen(t, top.peek(depth), shape, version)) t.give("an operand without a guard");
  }
  for (const [depth, value, version] of method.constants) {
    t.guardIs(top.peek(depth), value, "other callee");
    t.guardVersion(value, version, "callee changed");
  }
  t.guardVersion(func, method.version, "function changed");
  const instance = method.cls === null ? null : newException(t, method);
  const read = (arg: MethodArg): Node => {
    if (arg === "instance") return instance as Node;
    if ("value" in arg) return t.constant(arg.value);
    if ("at" in arg) return top.peek(arg.at);
    if ("classAt" in arg) return typeNodeOf(t, top.peek(arg.classAt));
    return t.emit("TRACEBACK", [top.peek(arg.tracebackAt)], "any");
  };
  const args = method.args.map(read);
  const places = placeNodes(t, func, args, [], []);
  if (places === null) return t.give("arguments do not fit");
  let data = instance;
  if (kind !== null) {
    const values = [t.constant(kind), ...method.data.map(read)].map((node) => t.boxed(node));
    data = t.emit("NEW_TUPLE", values, "tuple");
  }
  top.sp -= method.pops;
  t.enter(calleeFrame(t, func, t.constant(func), places), step.pc + widthOf(step.op));
  t.top.onReturn = method.onReturn;
  t.top.returnData = data;
}
function newException(t: Translator, method: Method): Node {
  const given = method.args.slice(1).map((arg) => t.boxed(t.top.peek((arg as { at: number }).at)));
  const node = t.emit("NEW_EXCEPTION", given, "any", method.cls);
  t.state.shapes.set(node, (method.cls as NonNullable<Method["cls"]>).shapes);
  return node;
}
function typeNodeOf(t: Translator, node: Node): Node {
  const cls = t.shapeOf(node)?.cls;
  return cls === undefined ? t.emit("TYPE_OF", [node], "any") : t.constant(cls);
}

/**
 * What the instruction makes of the method's result, at the method's RETURN_VALUE; `seen`: the kind it had. null: what
 * `finishMethod` gives, in the caller's frame.
 */
export function resultOf(t: Translator, data: Node, result: Node, seen: Kind): Node | null {
  const [kind, ...values] = data.args;
  switch (kind.data) {
    case BINARY_METHOD:
      return implemented(t, result);
    case COMPARE_METHOD:
      // Some comparisons are for a branch, which takes bools only.
      if (((values[2].data as number) & 16) === 0) return implemented(t, result);
      if (seen !== "bool") return null;
      t.guardKind(result, "bool");
      return result;
    case CONTAINS_METHOD:
      if (seen !== "bool") return null;
      t.guardKind(result, "bool");
      return values[0].data === true ? negated(t, result) : result;
    case BOOL_METHOD:
      if (seen !== "bool") return null;
      t.guardKind(result, "bool");
      return result;
    default: {
      if (seen !== "int") return null;
      t.guardKind(result, "int");
      if (result.low < 0) t.guard("NOT_NEGATIVE", [result], "negative length");
      return kind.data === LENGTH_AS_BOOL_METHOD ? t.emit("NOT_EQUAL", [result, t.constant(0)], "bool") : result;
    }
  }
}
function negated(t: Translator, node: Node): Node {
  return node.isConstant ? t.constant(!node.data) : t.emit("NOT", [node], "bool");
}
function implemented(t: Translator, result: Node): Node | null {
  if (result.isConstant && result.data === NotImplemented) return null;
  if (t.kindOf(result) === "any" && t.shapeOf(result) === undefined && !result.isConstant) {
    t.guard("IS_NOT", [result], "NotImplemented", NotImplemented);
  }
  return result;
}
/** The general case, with the caller's frame on top. */
export function finishMethod(t: Translator, data: Node, result: Node): Node {
  t.beginStep();
  return t.call(resultOfMethod, [result, ...data.args]);
}
function resultOfMethod(result: Value, ...data: Value[]): unknown {
  return methodResult(newTuple(data) as MethodData, result);
}
