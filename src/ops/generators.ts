/** Generators, coroutines, `yield from`, `await`, asynchronous iteration. */
import type { Result, Value } from "../objects/core.ts";
import { END, EXC } from "../objects/core.ts";
import { PyAsyncGenerator, PyGenerator, GEN_CREATED, GEN_SUSPENDED } from "../objects/generator.ts";
import { canRunChain } from "../objects/generator/chain.ts";
import { getAiter, getAnext, getAwaitable, getYieldFromIter } from "../interp/awaitables.ts";
import { stopAsyncIterationType, stopIterationType } from "../objects/exceptions/types.ts";
import { makeGenerator, resumeFrame, sendTo } from "../interp/generators.ts";
import { exceptionMatches } from "../interp/exceptions.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import { rt } from "../objects/runtime.ts";
import { specializeSend } from "../interp/specialize/send.ts";
import {
  adapt,
  code,
  enterGenerator,
  error,
  exitUnless,
  frame,
  jump,
  detach,
  next,
  oparg,
  pc,
  reraise,
  s,
  suspend,
} from "./context.ts";
import { control, instruction, operation, specializedControl } from "./language.ts";

/** The frame becomes a generator's; its caller gets the generator. */
export const RETURN_GENERATOR = control(() => {
  frame.pc = pc;
  frame.sp = sp;
  detach(makeGenerator(frame));
});
export const YIELD_VALUE = control(() => suspend(s[sp - 1]));

/** Stack: receiver, value. At the receiver's end its result is pushed and `oparg` jumped. */
export const SEND = control(() => {
  adapt(specializeSend(code, pc, s[sp - 2]));
  frame.pc = pc;
  const result = sendTo(s[sp - 2], s[sp - 1]);
  if (result === EXC) error();
  if (result === END) {
    s[sp - 1] = rt.sendResult;
    jump(oparg);
  }
  s[sp - 1] = result;
  next();
});
/** Generators and coroutines run on their own frames, without recursion. */
export const SEND_GEN = specializedControl("SEND", () => {
  const receiver = s[sp - 2];
  exitUnless(receiver instanceof PyGenerator && !(receiver instanceof PyAsyncGenerator), "not a generator");
  const generator = receiver as PyGenerator;
  exitUnless(
    generator.state === GEN_SUSPENDED ||
      (generator.state === GEN_CREATED && s[sp - 1] === null) ||
      canRunChain(generator),
    "not resumable",
  );
  sp--;
  enterGenerator(resumeFrame(generator, s[sp]), oparg);
});
/** `throw()` into `yield from`: StopIteration ends it with a value, all else goes on. */
export const CLEANUP_THROW = control(() => {
  const exc = s[sp - 1] as PyBaseException;
  if (exceptionMatches(exc, stopIterationType) === true) {
    s[sp - 3] = null;
    s[sp - 2] = (exc as PyBaseException & { value: Value }).value;
    sp--;
    next();
  }
  rt.exc = exc;
  reraise();
});
export const GET_YIELD_FROM_ITER = instruction(
  operation("calls", (iterable: Value): Result => getYieldFromIter(iterable, code)),
);
/** The argument: 1 after `__aenter__`, 2 after `__aexit__`, for messages. */
export const GET_AWAITABLE = instruction(operation("calls", (value: Value): Result => getAwaitable(value, oparg)));
export const GET_AITER = instruction(operation("calls", (value: Value): Result => getAiter(value)));
export const GET_ANEXT = control(() => {
  frame.pc = pc;
  const awaitable = getAnext(s[sp - 1]);
  if (awaitable === EXC) error();
  s[sp++] = awaitable;
  next();
});
/** Stack: iterator, exception: StopAsyncIteration ends the loop. */
export const END_ASYNC_FOR = control(() => {
  const exc = s[sp - 1] as PyBaseException;
  if (exceptionMatches(exc, stopAsyncIterationType) === true) {
    sp -= 2;
    next();
  }
  rt.exc = exc;
  reraise();
});
