/** Pattern matching and imports. */
import type { Result, Value } from "../objects/core.ts";
import { EXC, MAPPING, SEQUENCE } from "../objects/core.ts";
import { importFrom, importName } from "../interp/imports.ts";
import { matchClass, matchKeys } from "../interp/match.ts";
import { length } from "../objects/protocol/object.ts";
import { typeOf } from "../objects/types.ts";
import { buildClassFunction } from "../interp/names.ts";
import { error, frame, names, next, oparg, pc, s } from "./context.ts";
import { control, instruction, operation } from "./language.ts";

export const MATCH_MAPPING = control(() => {
  s[sp] = (typeOf(s[sp - 1]).flags & MAPPING) !== 0;
  sp++;
  next();
});
export const MATCH_SEQUENCE = control(() => {
  s[sp] = (typeOf(s[sp - 1]).flags & SEQUENCE) !== 0;
  sp++;
  next();
});
/** Stack: subject, keys → the same and a tuple of values, or None. */
export const MATCH_KEYS = control(() => {
  frame.pc = pc;
  const values = matchKeys(s[sp - 2], s[sp - 1]);
  if (values === EXC) error();
  s[sp++] = values;
  next();
});
/** Stack: subject, class, keyword names → a tuple of attributes, or None. */
export const MATCH_CLASS = control(() => {
  frame.pc = pc;
  const values = matchClass(s[sp - 3], s[sp - 2], oparg, s[sp - 1]);
  if (values === EXC) error();
  sp -= 2;
  s[sp - 1] = values;
  next();
});
export const GET_LEN = control(() => {
  frame.pc = pc;
  const n = length(s[sp - 1]);
  if (n === EXC) error();
  s[sp++] = n;
  next();
});

export const IMPORT_NAME = instruction(
  operation("calls", (level: Value, fromList: Value): Result => {
    return importName(frame, names[oparg], fromList, level);
  }),
);
export const IMPORT_FROM = control(() => {
  frame.pc = pc;
  const value = importFrom(s[sp - 1], names[oparg], frame);
  if (value === EXC) error();
  s[sp++] = value;
  next();
});
export const LOAD_BUILD_CLASS = instruction(operation("reads", (): Result => buildClassFunction(frame)));
