/** Making a function object of a code object, and the wrapping every generator's code gets. */
import type { Position } from "../../syntax/ast.ts";
import { CO_FAST_FREE, type CodeSpec } from "../code.ts";
import { Instr, NO_LOCATION } from "../instruction.ts";
import { OP } from "../opcodes.ts";
import { CELL } from "../symtable/scope.ts";
import type { Compiler } from "./compiler.ts";
import { SCOPE_CLASS } from "./unit.ts";

const {
  LOAD_CLOSURE,
  BUILD_TUPLE,
  MAKE_FUNCTION,
  SET_FUNCTION_ATTRIBUTE,
  SETUP_CLEANUP,
  RETURN_VALUE,
  CALL_INTRINSIC_1,
  RERAISE,
} = OP;
const CLASS_CELLS: ReadonlySet<string> = new Set(["__class__", "__classdict__", "__conditional_annotations__"]);
const INTRINSIC_STOPITERATION_ERROR = 3;

// SET_FUNCTION_ATTRIBUTE's arguments, or-ed.
export const MAKE_FUNCTION_DEFAULTS = 0x01;
export const MAKE_FUNCTION_KWDEFAULTS = 0x02;
export const MAKE_FUNCTION_ANNOTATIONS = 0x04;
export const MAKE_FUNCTION_CLOSURE = 0x08;
export const MAKE_FUNCTION_ANNOTATE = 0x10;

/** Pushes a function of `code`; `flags` says which of its attributes' values are on the stack. */
export function makeClosure(c: Compiler, loc: Position, code: CodeSpec, flags: number): void {
  const u = c.u;
  let free = 0;
  for (let i = 0; i < code.localsplusnames.length; i++) {
    if ((code.localspluskinds[i] & CO_FAST_FREE) === 0) continue;
    const name = code.localsplusnames[i];
    // `__class__` and its like are cells made for the class, outside its symbols.
    const isCell = (u.scopeType === SCOPE_CLASS && CLASS_CELLS.has(name)) || u.scope.scopeOf(name) === CELL;
    const index = (isCell ? u.cellvars : u.freevars).get(name);
    if (index === undefined) throw new Error(`no cell for free variable ${name} of ${code.qualname}`);
    c.opArg(loc, LOAD_CLOSURE, index);
    free++;
  }
  if (free > 0) {
    c.opArg(loc, BUILD_TUPLE, free);
    flags |= MAKE_FUNCTION_CLOSURE;
  }
  c.loadConst(loc, { t: "code", v: code });
  c.op(loc, MAKE_FUNCTION);
  if ((flags & MAKE_FUNCTION_CLOSURE) !== 0) c.opArg(loc, SET_FUNCTION_ATTRIBUTE, MAKE_FUNCTION_CLOSURE);
  if ((flags & MAKE_FUNCTION_ANNOTATIONS) !== 0) c.opArg(loc, SET_FUNCTION_ATTRIBUTE, MAKE_FUNCTION_ANNOTATIONS);
  if ((flags & MAKE_FUNCTION_ANNOTATE) !== 0) c.opArg(loc, SET_FUNCTION_ATTRIBUTE, MAKE_FUNCTION_ANNOTATE);
  if ((flags & MAKE_FUNCTION_KWDEFAULTS) !== 0) c.opArg(loc, SET_FUNCTION_ATTRIBUTE, MAKE_FUNCTION_KWDEFAULTS);
  if ((flags & MAKE_FUNCTION_DEFAULTS) !== 0) c.opArg(loc, SET_FUNCTION_ATTRIBUTE, MAKE_FUNCTION_DEFAULTS);
}

/** Puts all of a generator's code, its RESUME included, under a handler; call right after the scope is entered. */
export function openGenerator(c: Compiler): number {
  const handler = c.newLabel();
  c.u.current.instrs.unshift(new Instr(SETUP_CLEANUP, handler, -1, -1, -1, -1));
  return handler;
}

/** The handler that makes a RuntimeError of a StopIteration that would leave the generator (PEP 479). */
export function stopIterationHandler(c: Compiler, handler: number): void {
  c.loadNone(NO_LOCATION);
  c.op(NO_LOCATION, RETURN_VALUE);
  c.useLabel(handler);
  c.opArg(NO_LOCATION, CALL_INTRINSIC_1, INTRINSIC_STOPITERATION_ERROR);
  c.opArg(NO_LOCATION, RERAISE, 1);
}
