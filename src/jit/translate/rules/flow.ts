/** Jumps and branches: the trace goes where the recording went, under a guard. */
import type { Node } from "../../ir/node.ts";
import type { Step } from "../../record/log.ts";
import { widthOf } from "../instructions.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";

const nothing: Rule = () => {};
function jumps(t: Translator, step: Step): boolean {
  return t.nextPc !== step.pc + widthOf(step.op);
}
function guardTruth(t: Translator, node: Node, holds: boolean): void {
  // A constant may be another one than the recording met: then the trace cannot go on here.
  if (node.isConstant ? node.data === holds : t.state.truth.get(node) === holds) return;
  if (t.kindOf(node) === "bool") t.guard(holds ? "HOLDS" : "HOLDS_NOT", [node], "branch");
  else t.guard(holds ? "IS_TRUE" : "IS_FALSE", [node], "branch");
  t.state.truth.set(node, holds);
}
const branch =
  (jumpsOn: boolean): Rule =>
  (t, step) => {
    const node = t.top.peek(1);
    guardTruth(t, node, jumps(t, step) === jumpsOn);
    t.top.pop();
  };
const branchOnNone =
  (jumpsOn: boolean): Rule =>
  (t, step) => {
    const node = t.top.peek(1);
    const isNone = jumps(t, step) === jumpsOn;
    const kind = t.kindOf(node);
    if (isNone) t.guardKind(node, "none");
    else if (kind === "none" || (kind === "any" && t.shapeOf(node) === undefined && !node.isConstant))
      t.guard("IS_NOT_NONE", [node], "branch");
    t.top.pop();
  };

export const flowRules: Record<string, Rule> = {
  RESUME: nothing,
  RESUME_CHECK: nothing,
  RESUME_JIT: nothing,
  JUMP_FORWARD: nothing,
  JUMP_BACKWARD: nothing,
  JUMP_BACKWARD_JIT: nothing,
  JUMP_BACKWARD_NO_JIT: nothing,
  JUMP_BACKWARD_NO_INTERRUPT: nothing,
  POP_JUMP_IF_FALSE: branch(false),
  POP_JUMP_IF_TRUE: branch(true),
  POP_JUMP_IF_NONE: branchOnNone(true),
  POP_JUMP_IF_NOT_NONE: branchOnNone(false),
};
