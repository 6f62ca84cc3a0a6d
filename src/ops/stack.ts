/** Loads and stores of locals, constants and stack entries. */
import type { Result } from "../objects/core.ts";
import { consts, error, frame, next, oparg, s } from "./context.ts";
import { control, instruction, operation } from "./language.ts";
import { commonConstant } from "../interp/common-constants.ts";
import { unboundLocal } from "../interp/unbound.ts";

export const NOP = control(() => next());
export const NOT_TAKEN = control(() => next());
export const EXTENDED_ARG = control(() => next());
export const CACHE = control(() => next());

export const LOAD_FAST = control(() => {
  s[sp++] = s[oparg];
  next();
});
export const LOAD_FAST_BORROW = control(() => {
  s[sp++] = s[oparg];
  next();
});
export const LOAD_FAST_LOAD_FAST = control(() => {
  s[sp] = s[oparg >> 4];
  s[sp + 1] = s[oparg & 15];
  sp += 2;
  next();
});
export const LOAD_FAST_BORROW_LOAD_FAST_BORROW = control(() => {
  s[sp] = s[oparg >> 4];
  s[sp + 1] = s[oparg & 15];
  sp += 2;
  next();
});
export const LOAD_FAST_CHECK = control(() => {
  const value = s[oparg];
  if (value === undefined) {
    unboundLocal(frame, oparg);
    error();
  }
  s[sp++] = value;
  next();
});
export const LOAD_FAST_AND_CLEAR = control(() => {
  s[sp++] = s[oparg];
  s[oparg] = undefined as never;
  next();
});
export const STORE_FAST = control(() => {
  s[oparg] = s[--sp];
  next();
});
export const STORE_FAST_LOAD_FAST = control(() => {
  s[oparg >> 4] = s[sp - 1];
  s[sp - 1] = s[oparg & 15];
  next();
});
export const STORE_FAST_STORE_FAST = control(() => {
  s[oparg >> 4] = s[sp - 1];
  s[oparg & 15] = s[sp - 2];
  sp -= 2;
  next();
});
export const DELETE_FAST = control(() => {
  if (s[oparg] === undefined) {
    unboundLocal(frame, oparg);
    error();
  }
  s[oparg] = undefined as never;
  next();
});
export const LOAD_CONST = control(() => {
  s[sp++] = consts[oparg];
  next();
});
export const LOAD_SMALL_INT = control(() => {
  s[sp++] = oparg;
  next();
});
export const LOAD_COMMON_CONSTANT = instruction(operation("reads", (): Result => commonConstant(oparg)));
export const POP_TOP = control(() => {
  sp--;
  next();
});
export const POP_ITER = control(() => {
  sp--;
  next();
});
export const END_FOR = control(() => {
  sp--;
  next();
});
export const END_SEND = control(() => {
  s[sp - 2] = s[sp - 1];
  sp--;
  next();
});
export const PUSH_NULL = control(() => {
  s[sp++] = undefined as never;
  next();
});
export const COPY = control(() => {
  s[sp] = s[sp - oparg];
  sp++;
  next();
});
export const SWAP = control(() => {
  const top = s[sp - 1];
  s[sp - 1] = s[sp - oparg];
  s[sp - oparg] = top;
  next();
});
