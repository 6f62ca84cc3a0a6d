/** Building containers, strings and slices; unpacking. */
import type { Result, Value } from "../objects/core.ts";
import { EXC, isSubtype } from "../objects/core.ts";
import { typeError } from "../objects/errors.ts";
import type { PyDict } from "../objects/dict.ts";
import { PyList, listOf } from "../objects/list.ts";
import { format } from "../objects/protocol/object.ts";
import { PySet } from "../objects/set.ts";
import { newSlice } from "../objects/slice.ts";
import { strConcatAll, type Str } from "../objects/str/astral.ts";
import { PyTuple, emptyTuple, newTuple } from "../objects/tuple.ts";
import { listType, setType, tupleType, typeOf } from "../objects/types.ts";
import { buildMap, dictMerge, dictUpdate, listExtend, setUpdate, buildSet } from "../interp/build.ts";
import { convertValue } from "../interp/format-value.ts";
import { buildInterpolation, buildTemplate } from "../interp/template.ts";
import { unpackEx, unpackIterable } from "../interp/unpack.ts";
import { specializeUnpackSequence } from "../interp/specialize/unpack-sequence.ts";
import { adapt, code, error, exitUnless, frame, next, oparg, pc, s } from "./context.ts";
import { control, instruction, operation, specializedControl } from "./language.ts";

export const BUILD_TUPLE = control(() => {
  sp -= oparg;
  s[sp] = oparg === 0 ? emptyTuple : newTuple(s.slice(sp, sp + oparg));
  sp++;
  next();
});
export const BUILD_LIST = control(() => {
  sp -= oparg;
  s[sp] = listOf(s, sp, sp + oparg);
  sp++;
  next();
});
export const BUILD_SET = control(() => {
  frame.pc = pc;
  const set = buildSet(s, sp - oparg, sp);
  if (set === EXC) error();
  sp -= oparg;
  s[sp++] = set;
  next();
});
export const BUILD_MAP = control(() => {
  frame.pc = pc;
  const dict = buildMap(s, sp - 2 * oparg, oparg);
  if (dict === EXC) error();
  sp -= 2 * oparg;
  s[sp++] = dict;
  next();
});
export const BUILD_STRING = control(() => {
  sp -= oparg;
  let text: Str = "";
  let plain = true;
  for (let i = 0; i < oparg; i++) {
    const part = s[sp + i];
    if (typeof part !== "string") plain = false;
    else if (plain) text = (text as string) + part;
  }
  s[sp] = plain ? text : strConcatAll(s.slice(sp, sp + oparg) as Str[]);
  sp++;
  next();
});
export const BUILD_SLICE = control(() => {
  const step = oparg === 3 ? s[--sp] : null;
  s[sp - 2] = newSlice(s[sp - 2], s[sp - 1], step);
  sp--;
  next();
});
export const BUILD_TEMPLATE = instruction(
  operation("reads", (strings: Value, interpolations: Value): Value => {
    return buildTemplate(strings, interpolations);
  }),
);
/** Bit 0: there is a format specification; the rest >> 2: the conversion. */
export const BUILD_INTERPOLATION = control(() => {
  const spec = (oparg & 1) !== 0 ? s[--sp] : "";
  s[sp - 2] = buildInterpolation(s[sp - 2], s[sp - 1], oparg >> 2, spec);
  sp--;
  next();
});

// ── filling (comprehensions, displays with stars) ──────────────────────────────────────────────────────────
export const LIST_APPEND = control(() => {
  (s[sp - 1 - oparg] as PyList).push(s[sp - 1]);
  sp--;
  next();
});
export const SET_ADD = control(() => {
  frame.pc = pc;
  const set = s[sp - 1 - oparg];
  // `__conditional_annotations__` is a name that programs can rebind.
  if (!(set instanceof PySet) || !isSubtype(typeOf(set), setType)) {
    typeError("descriptor 'add' requires a set");
    error();
  }
  if ((set as PySet).add(s[sp - 1]) === EXC) error();
  sp--;
  next();
});
export const MAP_ADD = control(() => {
  frame.pc = pc;
  if ((s[sp - 2 - oparg] as PyDict).set(s[sp - 2], s[sp - 1]) === EXC) error();
  sp -= 2;
  next();
});
export const LIST_EXTEND = control(() => {
  frame.pc = pc;
  if (listExtend(s[sp - 1 - oparg] as PyList, s[sp - 1]) === EXC) error();
  sp--;
  next();
});
export const SET_UPDATE = control(() => {
  frame.pc = pc;
  if (setUpdate(s[sp - 1 - oparg] as PySet, s[sp - 1]) === EXC) error();
  sp--;
  next();
});
export const DICT_UPDATE = control(() => {
  frame.pc = pc;
  if (dictUpdate(s[sp - 1 - oparg] as PyDict, s[sp - 1]) === EXC) error();
  sp--;
  next();
});
/** For calls: duplicate keywords are an error that names the function. */
export const DICT_MERGE = control(() => {
  frame.pc = pc;
  if (dictMerge(s[sp - 1 - oparg] as PyDict, s[sp - 1], s[sp - 4 - oparg]) === EXC) error();
  sp--;
  next();
});

// ── unpacking ──────────────────────────────────────────────────────────────────────────────────────────────
export const UNPACK_SEQUENCE = control(() => {
  adapt(specializeUnpackSequence(code, pc, s[sp - 1], oparg));
  frame.pc = pc;
  if (unpackIterable(s, sp - 1, s[sp - 1], oparg) === EXC) error();
  sp += oparg - 1;
  next();
});
export const UNPACK_SEQUENCE_TWO_TUPLE = specializedControl("UNPACK_SEQUENCE", () => {
  const sequence = s[sp - 1];
  exitUnless(
    sequence instanceof PyTuple && sequence.shape.cls === tupleType && sequence.items.length === 2,
    "not a pair",
  );
  const { items } = sequence as PyTuple;
  s[sp - 1] = items[1];
  s[sp++] = items[0];
  next();
});
export const UNPACK_SEQUENCE_TUPLE = specializedControl("UNPACK_SEQUENCE", () => {
  const sequence = s[sp - 1];
  exitUnless(
    sequence instanceof PyTuple && sequence.shape.cls === tupleType && sequence.items.length === oparg,
    "not such a tuple",
  );
  const { items } = sequence as PyTuple;
  for (let i = 0; i < oparg; i++) s[sp - 1 + i] = items[oparg - 1 - i];
  sp += oparg - 1;
  next();
});
export const UNPACK_SEQUENCE_LIST = specializedControl("UNPACK_SEQUENCE", () => {
  const sequence = s[sp - 1];
  exitUnless(
    sequence instanceof PyList && sequence.shape.cls === listType && sequence.length === oparg,
    "not such a list",
  );
  for (let i = 0; i < oparg; i++) s[sp - 1 + i] = (sequence as PyList).at(oparg - 1 - i);
  sp += oparg - 1;
  next();
});
/** Low byte: names before the star; the rest: names after it. */
export const UNPACK_EX = control(() => {
  frame.pc = pc;
  if (unpackEx(s, sp - 1, s[sp - 1], oparg & 255, oparg >> 8) === EXC) error();
  sp += (oparg & 255) + (oparg >> 8);
  next();
});

// ── f-strings ──────────────────────────────────────────────────────────────────────────────────────────────
export const CONVERT_VALUE = instruction(operation("calls", (value: Value): Result => convertValue(value, oparg)));
export const FORMAT_SIMPLE = instruction(
  operation("calls", (value: Value): Result => {
    return typeof value === "string" ? value : format(value, "");
  }),
);
export const FORMAT_WITH_SPEC = instruction(
  operation("calls", (value: Value, spec: Value): Result => {
    return format(value, spec as Str);
  }),
);
