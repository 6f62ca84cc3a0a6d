/**
 * The code generator's state and its vocabulary: scopes, instructions, labels, blocks. The visitors of statements
 * and expressions live in their own files and reach each other through `visitors`, so that no file imports another
 * that imports it.
 */
import type { Expr, Position, Stmt } from "../../syntax/ast.ts";
import type { SyntaxWarningSink } from "../../syntax/errors.ts";
import { assembleUnit } from "../assemble/unit.ts";
import type { CodeConst, CodeSpec } from "../code.ts";
import { NONE } from "../consts.ts";
import { syntaxErrorAt } from "../errors.ts";
import { Instr, NO_LOCATION, Sequence } from "../instruction.ts";
import { mangle } from "../mangle.ts";
import { OP } from "../opcodes.ts";
import {
  CELL,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  FREE,
  GLOBAL_EXPLICIT,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type Scope,
  type SymbolTable,
} from "../symtable/scope.ts";
import {
  type ArgCounts,
  type FrameBlock,
  SCOPE_ANNOTATIONS,
  SCOPE_ASYNC_FUNCTION,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_LAMBDA,
  SCOPE_MODULE,
  SCOPE_TYPE_PARAMS,
  Unit,
} from "./unit.ts";

/** The most blocks that may nest in one function (`CO_MAXBLOCKS`). */
const MAX_BLOCKS = 21;
const { RESUME, ANNOTATIONS_PLACEHOLDER, LOAD_CONST, RETURN_VALUE, NOP } = OP;

export interface CompilerOptions {
  filename: string;
  /** `CO_…` flags to inherit: the future features. */
  flags: number;
  futureAnnotations: boolean;
  topLevelAwait: boolean;
  optimize: number;
  interactive: boolean;
  /** The last of the `from __future__` statements that count, null if there are none. */
  lastFuture: Position | null;
  warn: SyntaxWarningSink;
}

export interface Visitors {
  expr(c: Compiler, e: Expr): void;
  stmt(c: Compiler, s: Stmt): void;
}

function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates sort after the rest of the first plane.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** The names of `scope` that live in `where` or carry `flag`, sorted, numbered from `offset`. */
function collectNames(scope: Scope, where: number, flag: number, offset: number, into: Map<string, number>): void {
  let names: string[] | null = null;
  for (const [name, flags] of scope.symbols) {
    if (((flags >> SCOPE_OFFSET) & SCOPE_MASK) !== where && (flags & flag) === 0) continue;
    (names ??= []).push(name);
  }
  if (names === null) return;
  if (names.length > 1) names.sort(compareCodePoints);
  for (const name of names) into.set(name, offset++);
}

export class Compiler {
  /** The innermost unit. */
  u!: Unit;
  /** Depth of units, the module's being 1. */
  nestlevel = 0;
  /** Above zero while a second copy of statements is compiled: their warnings were given. */
  disableWarnings = 0;
  readonly symtable: SymbolTable;
  readonly options: CompilerOptions;
  readonly visitors: Visitors;

  constructor(symtable: SymbolTable, options: CompilerOptions, visitors: Visitors) {
    this.symtable = symtable;
    this.options = options;
    this.visitors = visitors;
  }

  // ── visiting ─────────────────────────────────────────────────────────────────────────────────────────────
  expr(e: Expr): void {
    this.visitors.expr(this, e);
  }

  exprs(list: readonly Expr[]): void {
    for (let i = 0; i < list.length; i++) this.visitors.expr(this, list[i]);
  }

  stmts(body: readonly Stmt[]): void {
    for (let i = 0; i < body.length; i++) this.visitors.stmt(this, body[i]);
  }

  error(loc: Position, msg: string): never {
    throw syntaxErrorAt(this.options.filename, loc, msg);
  }

  warn(loc: Position, msg: string): void {
    if (this.disableWarnings > 0) return;
    this.options.warn("SyntaxWarning", msg, this.options.filename, loc.lineno);
  }

  // ── instructions ─────────────────────────────────────────────────────────────────────────────────────────
  op(loc: Position, op: number): void {
    this.u.current.instrs.push(new Instr(op, 0, loc.lineno, loc.end_lineno, loc.col_offset, loc.end_col_offset));
  }

  opArg(loc: Position, op: number, arg: number): void {
    this.u.current.instrs.push(new Instr(op, arg, loc.lineno, loc.end_lineno, loc.col_offset, loc.end_col_offset));
  }

  /** A jump, or the opening of a block whose handler is at `label`. */
  jump(loc: Position, op: number, label: number): void {
    this.opArg(loc, op, label);
  }

  newLabel(): number {
    return this.u.current.newLabel();
  }

  useLabel(label: number): void {
    this.u.current.useLabel(label);
  }

  loadConst(loc: Position, value: CodeConst): void {
    this.opArg(loc, LOAD_CONST, this.u.addConst(value));
  }

  loadNone(loc: Position): void {
    this.opArg(loc, LOAD_CONST, this.u.addConst(NONE));
  }

  nop(loc: Position): void {
    this.op(loc, NOP);
  }

  /** Mangles `name` as the innermost unit does. */
  mangle(name: string): string {
    const names = this.u.scope.mangledNames;
    if (names !== null && !names.has(name)) return name;
    return mangle(this.u.privateName, name);
  }

  // ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────
  pushBlock(loc: Position, type: number, block: number, exit: number): FrameBlock {
    if (this.u.fblocks.length >= MAX_BLOCKS) this.error(loc, "too many statically nested blocks");
    const fb: FrameBlock = { type, block, exit, loc, unwind: null, name: null };
    this.u.fblocks.push(fb);
    return fb;
  }

  popBlock(): void {
    this.u.fblocks.pop();
  }

  // ── scopes ───────────────────────────────────────────────────────────────────────────────────────────────
  scopeOf(key: object): Scope {
    const scope = this.symtable.scopes.get(key);
    if (scope === undefined) throw new Error("the symbol table lacks a scope of the tree");
    return scope;
  }

  enterScope(
    scope: Scope,
    name: string,
    scopeType: number,
    lineno: number,
    privateName: string | null,
    args: ArgCounts | null,
  ): void {
    const parent: Unit | null = this.nestlevel > 0 ? this.u : null;
    const u = new Unit(scope, scopeType, name, lineno, privateName ?? parent?.privateName ?? null, parent);
    if (args !== null) {
      u.argcount = args.argcount;
      u.posonlyargcount = args.posonlyargcount;
      u.kwonlyargcount = args.kwonlyargcount;
    }
    for (const v of scope.varnames) u.varnames.set(v, u.varnames.size);
    collectNames(scope, CELL, DEF_COMP_CELL, 0, u.cellvars);
    if (scope.needsClassClosure) u.cellvars.set("__class__", u.cellvars.size);
    if (scope.needsClassDict) u.cellvars.set("__classdict__", u.cellvars.size);
    if (scope.hasConditionalAnnotations) {
      u.cellvars.set("__conditional_annotations__", u.cellvars.size);
    }
    collectNames(scope, FREE, DEF_FREE_CLASS, u.cellvars.size, u.freevars);
    if (scopeType === SCOPE_CLASS) u.staticAttributes = new Set();
    this.u = u;
    this.nestlevel++;
    if (scopeType === SCOPE_MODULE) {
      const loc = { lineno: 0, end_lineno: lineno, col_offset: 0, end_col_offset: 0 };
      this.opArg(loc, RESUME, 0);
      this.op(loc, ANNOTATIONS_PLACEHOLDER);
      return;
    }
    u.qualname = this.qualifiedName(u);
    this.opArg({ lineno, end_lineno: lineno, col_offset: 0, end_col_offset: 0 }, RESUME, 0);
  }

  private qualifiedName(u: Unit): string {
    let parent = u.parent as Unit;
    // Scopes of annotations and type parameters are left out, but only one of them.
    if (parent.scopeType === SCOPE_TYPE_PARAMS || parent.scopeType === SCOPE_ANNOTATIONS)
      parent = parent.parent as Unit;
    if (parent.parent === null) return u.name;
    if (u.scopeType === SCOPE_FUNCTION || u.scopeType === SCOPE_ASYNC_FUNCTION || u.scopeType === SCOPE_CLASS) {
      // Declared global where it is defined.
      if (parent.scope.scopeOf(mangle(parent.privateName, u.name)) === GLOBAL_EXPLICIT) return u.name;
    }
    const functionLike =
      parent.scopeType === SCOPE_FUNCTION ||
      parent.scopeType === SCOPE_ASYNC_FUNCTION ||
      parent.scopeType === SCOPE_LAMBDA;
    return `${parent.qualname}${functionLike ? ".<locals>" : ""}.${u.name}`;
  }

  /** Ends the innermost unit: `None` is returned at its end if `addNone`, else what is on the stack. */
  exitScope(addNone: boolean): CodeSpec {
    if (addNone) this.loadNone(NO_LOCATION);
    this.op(NO_LOCATION, RETURN_VALUE);
    const u = this.u;
    const code = assembleUnit(u, this.options);
    this.nestlevel--;
    if (u.parent !== null) this.u = u.parent;
    return code;
  }

  /** Runs `emit` with instructions going to a sequence of its own, which it returns. */
  inOwnSequence(emit: () => void): Sequence {
    const saved = this.u.current;
    const seq = new Sequence();
    this.u.current = seq;
    emit();
    this.u.current = saved;
    return seq;
  }
}
