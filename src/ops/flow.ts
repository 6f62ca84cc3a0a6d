/** Jumps, loops over iterators, returns. */
import { END, EXC } from "../objects/core.ts";
import { PyGenerator, GEN_CREATED, GEN_SUSPENDED } from "../objects/generator.ts";
import { canRunChain } from "../objects/generator/chain.ts";
import { ListIterator, RangeIterator, TupleIterator } from "../interp/fast-iterators.ts";
import { getIter, iterNext } from "../objects/protocol/iter.ts";
import { generatorType } from "../objects/types.ts";
import { checkInterrupts } from "../interp/interrupts.ts";
import { compilersTurn } from "../interp/executors.ts";
import { handOver } from "../interp/monitored.ts";
import { resumeFrame } from "../interp/generators.ts";
import { rt } from "../objects/runtime.ts";
import { specializeForIter } from "../interp/specialize/for-iter.ts";
import {
  adapt,
  code,
  enterGenerator,
  error,
  exitUnless,
  frame,
  jump,
  jumpBackward,
  leave,
  next,
  oparg,
  ops,
  pc,
  s,
  transfer,
} from "./context.ts";
import { control, specializedControl } from "./language.ts";

export const RESUME = control(() => {
  if (rt.interrupt) {
    frame.pc = pc;
    if (checkInterrupts(frame) === EXC) error();
  }
  next();
});
export const RESUME_CHECK = specializedControl("RESUME", () => {
  exitUnless(!rt.interrupt, "interrupted");
  next();
});
/** A function's entry, or where a generator goes on, while the trace compiler counts how often it comes by. */
export const RESUME_JIT = specializedControl("RESUME", () => {
  exitUnless(!rt.interrupt, "interrupted");
  if (--code.warmth < 0) {
    frame.sp = sp;
    frame.pc = pc;
    transfer(rt.jit!.hotEntry(frame, pc));
  }
  next();
});
export const JUMP_FORWARD = control(() => jump(oparg));
export const JUMP_BACKWARD = control(() => {
  if (rt.interrupt) {
    frame.pc = pc;
    if (checkInterrupts(frame) === EXC) error();
  }
  jumpBackward(oparg);
});
export const JUMP_BACKWARD_NO_JIT = specializedControl("JUMP_BACKWARD", () => {
  exitUnless(!rt.interrupt, "interrupted");
  jumpBackward(oparg);
});
/**
 * Counts down to the moment when the loop is worth a recording. The counter counts whole units of 16, see `adapt`. One
 * branch for all that compilers do here: V8 throws the loop's code away when a branch is taken for the first time.
 */
export const JUMP_BACKWARD_JIT = specializedControl("JUMP_BACKWARD", () => {
  exitUnless(!rt.interrupt, "interrupted");
  if (ops[pc + 1] < 16 || code.baseline !== null) {
    frame.sp = sp;
    frame.pc = pc + 2 - oparg;
    transfer(compilersTurn(frame, pc));
  }
  ops[pc + 1] -= 16;
  jumpBackward(oparg);
});
/** Compiled code begins here: the compiler's list of executors has it at the argument's index. */
export const ENTER_EXECUTOR = control(() => {
  frame.sp = sp;
  frame.pc = pc;
  transfer(rt.jit!.enter(frame, oparg));
});
/** Somebody watches from now on: the loop that asks goes on here. See `monitoring/leave-loops.ts`. */
export const INSTRUMENTED_INSTRUCTION = control(() => {
  frame.sp = sp;
  frame.pc = pc;
  transfer(handOver(code, ops));
});
export const JUMP_BACKWARD_NO_INTERRUPT = control(() => jumpBackward(oparg));
export const POP_JUMP_IF_FALSE = control(() => {
  if (s[--sp] === false) jump(oparg);
  next();
});
export const POP_JUMP_IF_TRUE = control(() => {
  if (s[--sp] === true) jump(oparg);
  next();
});
export const POP_JUMP_IF_NONE = control(() => {
  if (s[--sp] === null) jump(oparg);
  next();
});
export const POP_JUMP_IF_NOT_NONE = control(() => {
  if (s[--sp] !== null) jump(oparg);
  next();
});

export const GET_ITER = control(() => {
  frame.pc = pc;
  const iterator = getIter(s[sp - 1]);
  if (iterator === EXC) error();
  s[sp - 1] = iterator;
  next();
});
/** At the end: to POP_ITER, past END_FOR (which pops what an exhausted generator returned). */
export const FOR_ITER = control(() => {
  adapt(specializeForIter(code, pc, s[sp - 1]));
  frame.pc = pc;
  const value = iterNext(s[sp - 1]);
  if (value === EXC) error();
  if (value === END) jump(oparg + 1);
  s[sp++] = value;
  next();
});
export const FOR_ITER_LIST = specializedControl("FOR_ITER", () => {
  const iterator = s[sp - 1];
  exitUnless(iterator instanceof ListIterator, "not a list iterator");
  const it = iterator as ListIterator;
  const list = it.list;
  if (list === null || it.index >= (list.isFloat ? list.doubles.length : list.storage.length)) {
    it.list = null;
    jump(oparg + 1);
  }
  s[sp++] = list.at(it.index++);
  next();
});
export const FOR_ITER_TUPLE = specializedControl("FOR_ITER", () => {
  const iterator = s[sp - 1];
  exitUnless(iterator instanceof TupleIterator, "not a tuple iterator");
  const it = iterator as TupleIterator;
  const tuple = it.tuple;
  if (tuple === null || it.index >= tuple.items.length) {
    it.tuple = null;
    jump(oparg + 1);
  }
  s[sp++] = tuple.items[it.index++];
  next();
});
export const FOR_ITER_RANGE = specializedControl("FOR_ITER", () => {
  const iterator = s[sp - 1];
  exitUnless(iterator instanceof RangeIterator, "not a range iterator");
  const it = iterator as RangeIterator;
  if (it.remaining <= 0) jump(oparg + 1);
  it.remaining--;
  const value = it.current;
  it.current = value + it.step;
  s[sp++] = value;
  next();
});
/** A generator runs on its own frame, without recursion. */
export const FOR_ITER_GEN = specializedControl("FOR_ITER", () => {
  const iterator = s[sp - 1];
  exitUnless(iterator instanceof PyGenerator && iterator.shape.cls === generatorType, "not a generator");
  const generator = iterator as PyGenerator;
  exitUnless(
    generator.state === GEN_SUSPENDED || generator.state === GEN_CREATED || canRunChain(generator),
    "running or finished",
  );
  enterGenerator(resumeFrame(generator, null), oparg);
});

export const RETURN_VALUE = control(() => leave(s[sp - 1]));
export const INTERPRETER_EXIT = control(() => leave(s[sp - 1]));
