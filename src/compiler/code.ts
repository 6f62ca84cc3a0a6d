/**
 * What the compiler produces: a code object as data, in CPython 3.14's formats, independent of any object model.
 * `objects/code` makes Python's `code` object of it; the library packer writes it to disk.
 *
 * Source: CPython's `Objects/code` documentation, InternalDocs/code_objects.md, exception_handling.md.
 */
import type { Const } from "../syntax/ast.ts";

export type CodeConst =
  | Const
  | { t: "tuple"; v: CodeConst[] }
  | { t: "frozenset"; v: CodeConst[] }
  | { t: "slice"; v: [CodeConst, CodeConst, CodeConst] }
  | { t: "code"; v: CodeSpec };

/** `CO_…` flags, as in `inspect`. */
export const CO_OPTIMIZED = 0x1;
export const CO_NEWLOCALS = 0x2;
export const CO_VARARGS = 0x4;
export const CO_VARKEYWORDS = 0x8;
export const CO_NESTED = 0x10;
export const CO_GENERATOR = 0x20;
export const CO_COROUTINE = 0x80;
export const CO_ITERABLE_COROUTINE = 0x100;
export const CO_ASYNC_GENERATOR = 0x200;
/** Calling it makes a generator, a coroutine or an asynchronous generator. */
export const GENERATOR_FLAGS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
export const CO_HAS_DOCSTRING = 0x4000000;
export const CO_METHOD = 0x8000000;

/** Kinds of a "localsplus" variable, or-ed (`co_localspluskinds`). */
export const CO_FAST_ARG_POS = 0x02;
export const CO_FAST_ARG_KW = 0x04;
export const CO_FAST_ARG_VAR = 0x08;
export const CO_FAST_HIDDEN = 0x10;
export const CO_FAST_LOCAL = 0x20;
export const CO_FAST_CELL = 0x40;
export const CO_FAST_FREE = 0x80;

export interface CodeSpec {
  name: string;
  qualname: string;
  filename: string;
  firstlineno: number;
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  flags: number;
  stacksize: number;
  /** Locals, then cells that are no locals, then free variables; `localspluskinds[i]` says what each is. */
  localsplusnames: string[];
  localspluskinds: Uint8Array;
  names: string[];
  consts: CodeConst[];
  /** Two bytes a code unit, opcode and argument, inline cache units included and zero: `co_code`. */
  code: Uint8Array;
  /** The same without the inline cache units, where that is what is stored. */
  compactCode?: Uint8Array;
  /** CPython's location table: `co_linetable`. */
  linetable: Uint8Array;
  /** CPython's varint exception table: `co_exceptiontable`. */
  exceptiontable: Uint8Array;
}
