/** Generators, coroutines, `yield from` and `await`. */
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from "../../../compiler/code.ts";
import { OPCODE } from "../../../generated/metadata.ts";
import { RETURN_INIT } from "../../../interp/leave.ts";
import { onlyMakesGenerator, sendTo } from "../../../interp/generators.ts";
import { GEN_CREATED } from "../../../objects/generator.ts";
import { type End, Shape, type Result, type Value } from "../../../objects/core.ts";
import { asyncGeneratorType, coroutineType, generatorType } from "../../../objects/types.ts";
import type { Node } from "../../ir/node.ts";
import { GENERATOR_FLAGS } from "../../../compiler/code.ts";
import type { Step } from "../../record/log.ts";
import type { GeneratorSeen, IterableSeen } from "../../record/seen.ts";
import { runInstruction } from "../fallback.ts";
import { end, make, resume, suspend } from "../generators.ts";
import { widthOf } from "../instructions.ts";
import type { Rule } from "../rules.ts";
import type { Translator } from "../translator.ts";
import { calleeFrame } from "./binary.ts";
import { callRules } from "./calls.ts";
import { iterationRules } from "./iteration.ts";

/** SEND to what is not followed: the receiver's end is found out by asking. */
function sendAndAsk(t: Translator, step: Step): void {
  const { top } = t;
  t.guardDepth();
  const sent = t.call(sendToOf, [top.peek(2), top.peek(1)]);
  const result = t.emit("SEND_RESULT", [], "any");
  const next = step.pc + widthOf(step.op);
  const endPc = next + step.oparg;
  const ended = t.nextPc === endPc;
  // The other way leaves after the instruction.
  top.pop();
  top.push(ended ? sent : result);
  t.guardAfter(ended ? "IS_END" : "NOT_END", [sent], ended ? "awaited goes on" : "awaited ends", ended ? next : endPc);
  top.pop();
  top.push(ended ? result : sent);
}
function sendToOf(receiver: Value, value: Value): Result | End {
  return sendTo(receiver, value);
}

/** `__iter__` or `__aiter__` that is a generator function: calling it makes a generator. */
function makeIterator(t: Translator, step: Step, flag: number, made: Shape): boolean {
  const { shape, func, version, classVersion } = step.seen as IterableSeen;
  if (func === null || !(shape instanceof Shape) || !onlyMakesGenerator(func.code)) return false;
  const { flags, argcount, nparams } = func.code;
  if ((flags & GENERATOR_FLAGS) !== flag || argcount !== 1 || nparams !== 1) return false;
  const iterable = t.top.peek(1);
  t.guardShape(iterable, shape, "other class");
  t.guardVersion(shape.cls, classVersion, "class changed");
  t.guardVersion(func, version, "function changed");
  const frame = calleeFrame(t, func, t.constant(func), [iterable]);
  const node = make(t, t.constant(func), 0, frame.slots);
  t.state.shapes.set(node, made);
  t.top.pop();
  t.top.push(node);
  return true;
}
/** A generator is its own iterator. */
function isOwnIterator(t: Translator, step: Step): boolean {
  const { shape } = step.seen as IterableSeen;
  const isCoroutine = shape === coroutineType.shapes && (step.code.flags & CO_COROUTINE) !== 0;
  if (shape !== generatorType.shapes && !(isCoroutine && step.op === OPCODE.GET_YIELD_FROM_ITER)) return false;
  t.guardShape(t.top.peek(1), shape as Shape, "not a generator");
  return true;
}

export const generatorRules: Record<string, Rule> = {
  RETURN_GENERATOR(t, step) {
    const frame = t.top;
    if (frame.onReturn === RETURN_INIT) t.give("__init__ is a generator");
    const isCoroutine = (step.code.flags & CO_COROUTINE) !== 0;
    if (isCoroutine) t.guardOnce("origins", "NO_ORIGINS", [], "origins are asked for");
    const node = make(t, frame.func as Node, step.pc, frame.slots.slice(0, frame.sp));
    if (isCoroutine) t.state.shapes.set(node, coroutineType.shapes);
    else if ((step.code.flags & CO_GENERATOR) !== 0) t.state.shapes.set(node, generatorType.shapes);
    t.state.frames.pop();
    if (frame.isVisible) t.give("seen before it made its generator");
    t.top.push(node);
    if (frame.pushNull) t.top.push(t.unbound);
  },
  FOR_ITER_GEN(t, step) {
    const returnPc = step.pc + widthOf(step.op) + step.oparg;
    if (!t.isInlined(step)) {
      iterationRules.FOR_ITER(t, step);
      // The generator that was not followed has returned to END_FOR, which pops its result.
      if (t.nextPc === returnPc) t.top.push(t.constant(null));
      return;
    }
    resume(t, t.top.peek(1), step.seen as GeneratorSeen, t.constant(null), returnPc);
  },
  SEND_GEN(t, step) {
    if (!t.isInlined(step)) return sendAndAsk(t, step);
    const seen = step.seen as GeneratorSeen;
    const value = t.top.peek(1);
    if (seen.state === GEN_CREATED) t.guardKind(value, "none");
    resume(t, t.top.peek(2), seen, value, step.pc + widthOf(step.op) + step.oparg, 1);
  },
  SEND: sendAndAsk,
  YIELD_VALUE(t) {
    const value = suspend(t);
    t.top.push(value);
  },
  RETURN_VALUE(t, step) {
    if (t.top.resumed === null) return callRules.RETURN_VALUE(t, step);
    const value = end(t);
    t.top.push(value);
  },
  GET_ITER(t, step) {
    if (isOwnIterator(t, step) || makeIterator(t, step, CO_GENERATOR, generatorType.shapes)) return;
    iterationRules.GET_ITER(t, { ...step, seen: (step.seen as IterableSeen).shape });
  },
  GET_YIELD_FROM_ITER(t, step) {
    if (isOwnIterator(t, step) || makeIterator(t, step, CO_GENERATOR, generatorType.shapes)) return;
    runInstruction(t, step);
  },
  GET_AITER(t, step) {
    if (!makeIterator(t, step, CO_ASYNC_GENERATOR, asyncGeneratorType.shapes)) runInstruction(t, step);
  },
  /** A coroutine that has not begun is awaited as it is. */
  GET_AWAITABLE(t, step) {
    const coroutine = t.top.peek(1);
    if (step.seen !== coroutineType.shapes) return runInstruction(t, step);
    t.guardShape(coroutine, coroutineType.shapes, "not a coroutine");
    const known = t.state.suspended.get(coroutine);
    if (known?.state !== GEN_CREATED) t.guard("IS_CREATED", [coroutine], "coroutine has begun");
  },
};
