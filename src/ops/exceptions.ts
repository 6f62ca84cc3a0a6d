/** Raising, handling, `with`. */
import type { Value } from "../objects/core.ts";
import { EXC } from "../objects/core.ts";
import type { PyBaseException } from "../objects/exceptions/base.ts";
import { call } from "../objects/protocol/call.ts";
import { checkExcMatch, groupMatch, raiseVarargs } from "../interp/exceptions.ts";
import { loadSpecial } from "../interp/load-special.ts";
import { rt } from "../objects/runtime.ts";
import { error, frame, next, oparg, pc, reraise, s } from "./context.ts";
import { control } from "./language.ts";

/** Stack: exception → what was being handled before, exception. */
export const PUSH_EXC_INFO = control(() => {
  const info = rt.excInfo;
  s[sp] = s[sp - 1];
  s[sp - 1] = info.exc;
  info.exc = s[sp] as PyBaseException;
  sp++;
  next();
});
export const POP_EXCEPT = control(() => {
  rt.excInfo.exc = s[--sp] as PyBaseException | null;
  next();
});
export const CHECK_EXC_MATCH = control(() => {
  frame.pc = pc;
  const match = checkExcMatch(s[sp - 2] as PyBaseException, s[sp - 1]);
  if (match === EXC) error();
  s[sp - 1] = match;
  next();
});
/** `except*`: stack: group, types → rest, match (None where there is none). */
export const CHECK_EG_MATCH = control(() => {
  frame.pc = pc;
  const split = groupMatch(s[sp - 2] as PyBaseException, s[sp - 1]);
  if (split === EXC) error();
  s[sp - 2] = split.rest;
  s[sp - 1] = split.match;
  if (split.match !== null) rt.excInfo.exc = split.match as PyBaseException;
  next();
});
export const RAISE_VARARGS = control(() => {
  frame.pc = pc;
  const cause = oparg === 2 ? s[--sp] : undefined;
  const exc = oparg > 0 ? s[--sp] : undefined;
  if (raiseVarargs(exc, cause)) reraise();
  error();
});
/** With an argument, the instruction that raised is `oparg` below the exception: tracebacks name that. */
export const RERAISE = control(() => {
  const exc = s[sp - 1] as PyBaseException;
  if (oparg > 0) frame.lasti = s[sp - 1 - oparg] as number;
  rt.exc = exc;
  reraise();
});
/** Stack: exit function, its self or NULL, lasti, previous exception, exception → the same and the result. */
export const WITH_EXCEPT_START = control(() => {
  frame.pc = pc;
  const exc = s[sp - 1] as PyBaseException;
  const args: Value[] = [exc.shape.cls, exc, exc.traceback];
  const self = s[sp - 4];
  if (self !== undefined) args.unshift(self);
  const result = call(s[sp - 5], args);
  if (result === EXC) error();
  s[sp++] = result;
  next();
});
/** Stack: owner → method, self or NULL. */
export const LOAD_SPECIAL = control(() => {
  frame.pc = pc;
  const owner = s[sp - 1];
  const method = loadSpecial(owner, oparg);
  if (method === EXC) error();
  s[sp - 1] = method;
  s[sp++] = rt.specialSelf ? owner : (undefined as never);
  next();
});
export const EXIT_INIT_CHECK = control(() => {
  sp--;
  next();
});
export const RESERVED = control(() => {
  throw new Error("the reserved instruction was executed");
});
