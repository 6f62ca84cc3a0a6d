/**
 * Assignment to `frame.f_lineno` by a trace function: the frame goes on at another line.
 *
 * Source: https://docs.python.org/3.14/reference/datamodel.html#frame.f_lineno
 */
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL } from "../../compiler/code.ts";
import { eachPosition } from "../code-object/positions.ts";
import { EXC, type Exc, type Status, type Value } from "../core.ts";
import { valueError } from "../errors.ts";
import type { PyBaseException } from "../exceptions/base.ts";
import { runtimeWarningType } from "../exceptions/types.ts";
import type { PyFrame } from "../frame.ts";
import { warn } from "../protocol/warn.ts";
import { rt } from "../runtime.ts";
import { type CodeFacts, factsOf } from "./code-facts.ts";
import { EVENT } from "./events.ts";
import { monitor } from "./monitor.ts";
import { type Stack, areCompatible, depthOf, explainStack, stackMap } from "./stack-kinds.ts";

export function jumpToLine(frame: PyFrame, value: Value): Status {
  if (typeof value !== "number" && typeof value !== "bigint") return valueError("lineno must be an integer");
  if (refusal() === EXC) return EXC;
  if (typeof value === "bigint" || Math.abs(value) > 0x7fffffff) return valueError("lineno out of range");
  const { code } = frame;
  if (value < code.firstlineno) return valueError(`line ${value} comes before the current code block`);
  const facts = factsOf(code);
  const line = firstLineFrom(facts, value);
  if (line < 0) return valueError(`line ${value} comes after the current code block`);
  return jump(frame, facts, line);
}

/** Only between lines, and where a generator has yielded, all is where it can be found. */
function refusal(): null | Exc {
  const { event } = monitor();
  switch (event) {
    case EVENT.LINE:
    case EVENT.BRANCH_LEFT:
    case EVENT.BRANCH_RIGHT:
    case EVENT.PY_YIELD:
      return null;
    case -1:
      return valueError("f_lineno can only be set in a trace function");
    case EVENT.PY_START:
      return valueError("can't jump from the 'call' trace event of a new frame");
    default:
      return valueError("can only jump from a 'line' trace event");
  }
}

function jump(frame: PyFrame, facts: CodeFacts, line: number): Status {
  const stacks = stackMap(facts);
  let start = stacks[frame.pc] ?? null;
  let best: Stack | null = null;
  let target = -1;
  let problem = "cannot find bytecode for specified line";
  for (const { pc, line: at } of places(facts)) {
    if (at !== line) continue;
    const stack = stacks[pc];
    if (stack === undefined || !areCompatible(start, stack)) {
      if (target < 0) problem = explainStack(stack);
    } else if (target < 0 || depthOf(stack) > depthOf(best)) {
      best = stack;
      target = pc;
    }
  }
  if (target < 0) return valueError(problem);
  if (bindLocals(frame) === EXC) return EXC;
  for (; depthOf(start) > depthOf(best); start = (start as Stack).below) drop(frame, start as Stack);
  frame.pc = target;
  return null;
}
function drop(frame: PyFrame, { top }: Stack): void {
  const value = frame.s[--frame.sp];
  frame.s[frame.sp] = undefined;
  if (top === "exception") rt.excInfo.exc = value as PyBaseException | null;
}

/** Where lines begin, in the order of the code; instructions without a line belong to no line, and end none. */
function places({ code }: CodeFacts): { pc: number; line: number }[] {
  const found: { pc: number; line: number }[] = [];
  eachPosition(code.spec.linetable, code.firstlineno, (pc, _units, { line }) => {
    if (line !== null && line !== found.at(-1)?.line) found.push({ pc, line });
  });
  return found;
}
function firstLineFrom(facts: CodeFacts, line: number): number {
  let found = -1;
  for (const { line: at } of places(facts)) if (at >= line && (found < 0 || at < found)) found = at;
  return found;
}

/** The compiler knows of some variables that they have a value by then: those that have none get None. */
function bindLocals(frame: PyFrame): Status {
  const { localspluskinds } = frame.code.spec;
  const unbound: number[] = [];
  for (let i = 0; i < frame.code.nlocalsplus; i++) {
    const isPlain = (localspluskinds[i] & (CO_FAST_CELL | CO_FAST_FREE)) === 0;
    if (isPlain && (localspluskinds[i] & CO_FAST_LOCAL) !== 0 && frame.s[i] === undefined) unbound.push(i);
  }
  if (unbound.length === 0) return null;
  const plural = unbound.length === 1 ? "" : "s";
  if (warn(runtimeWarningType, `assigning None to ${unbound.length} unbound local${plural}`) === EXC) return EXC;
  for (const i of unbound) frame.s[i] = null;
  return null;
}
