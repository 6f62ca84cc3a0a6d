/** What the walk over the tree keeps: the open scopes, and the ways to open one and to note a name. */
import type { ExprContext, Position } from "../../syntax/ast.ts";
import { syntaxErrorAt } from "../errors.ts";
import { mangle } from "../mangle.ts";
import {
  ANNOTATION_BLOCK,
  type BlockType,
  CLASS_BLOCK,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FUNCTION_BLOCK,
  Scope,
  TYPE_ALIAS_BLOCK,
  TYPE_VARIABLE_BLOCK,
  USE,
} from "./scope.ts";

const WRITES = DEF_PARAM | DEF_LOCAL | DEF_IMPORT | DEF_TYPE_PARAM;

export interface SymtableOptions {
  /** `from __future__ import annotations` is in force. */
  futureAnnotations: boolean;
  topLevelAwait: boolean;
}

export class Builder {
  readonly scopes = new Map<object, Scope>();
  readonly defaults = new Map<object, Scope>();
  readonly filename: string;
  readonly options: SymtableOptions;
  readonly stack: Scope[] = [];
  cur!: Scope;
  global!: Map<string, number>;
  privateName: string | null = null;
  count = 0;

  constructor(filename: string, options: SymtableOptions) {
    this.filename = filename;
    this.options = options;
  }

  // ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────
  fail(loc: Position, msg: string): never {
    throw syntaxErrorAt(this.filename, loc, msg);
  }

  newScope(name: string, type: BlockType, loc: Position): Scope {
    const scope = new Scope(this.count++, name, type, loc);
    const parent = this.cur as Scope | undefined;
    if (parent !== undefined) {
      if (parent.nested || parent.functionLike) scope.nested = true;
      if (type === FUNCTION_BLOCK) scope.method = parent.type === CLASS_BLOCK;
    }
    return scope;
  }

  enter(scope: Scope): void {
    const prev = this.cur as Scope | undefined;
    this.stack.push(scope);
    if (prev !== undefined) {
      scope.compIterExpr = prev.compIterExpr;
      if (prev.mangledNames !== null && scope.type !== CLASS_BLOCK) scope.mangledNames = prev.mangledNames;
    }
    this.cur = scope;
  }

  adopt(parent: Scope, scope: Scope): void {
    // As strings, annotations have no effect on names.
    if (scope.type === ANNOTATION_BLOCK && this.options.futureAnnotations) return;
    parent.children.push(scope);
  }

  enterNew(name: string, type: BlockType, key: object | null, loc: Position): Scope {
    const scope = this.newScope(name, type, loc);
    const parent = this.cur;
    this.enter(scope);
    this.adopt(parent, scope);
    if (key !== null) this.scopes.set(key, scope);
    if (type === ANNOTATION_BLOCK || type === TYPE_VARIABLE_BLOCK || type === TYPE_ALIAS_BLOCK) {
      this.def(".format", DEF_PARAM, loc);
      this.def(".format", USE, loc);
    }
    return scope;
  }

  exit(): void {
    this.stack.pop();
    this.cur = this.stack[this.stack.length - 1];
  }

  // ── names ────────────────────────────────────────────────────────────────────────────────────────────────
  mangle(scope: Scope, name: string): string {
    if (scope.mangledNames !== null && !scope.mangledNames.has(name)) return name;
    return mangle(this.privateName, name);
  }

  lookup(scope: Scope, name: string): number {
    return scope.symbols.get(this.mangle(scope, name)) ?? 0;
  }

  checkName(name: string, loc: Position, ctx: ExprContext): void {
    if (name !== "__debug__") return;
    if (ctx === "Store") this.fail(loc, "cannot assign to __debug__");
    if (ctx === "Del") this.fail(loc, "cannot delete __debug__");
  }

  def(name: string, flag: number, loc: Position): void {
    if ((flag & WRITES) !== 0) this.checkName(name, loc, "Store");
    if ((flag & DEF_TYPE_PARAM) !== 0 && this.cur.mangledNames !== null) this.cur.mangledNames.add(name);
    this.defIn(this.cur, name, flag, loc);
  }

  defIn(scope: Scope, name: string, flag: number, loc: Position): void {
    const mangled = this.mangle(this.cur, name);
    const old = scope.symbols.get(mangled);
    let val = flag;
    if (old !== undefined) {
      if ((flag & old & DEF_PARAM) !== 0) this.fail(loc, `duplicate argument '${name}' in function definition`);
      if ((flag & old & DEF_TYPE_PARAM) !== 0) this.fail(loc, `duplicate type parameter '${name}'`);
      val |= old;
    }
    if (scope.compIterTarget) {
      if ((val & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0) {
        this.fail(loc, `comprehension inner loop cannot rebind assignment expression target '${name}'`);
      }
      val |= DEF_COMP_ITER;
    }
    if (val !== old) scope.symbols.set(mangled, val);
    if ((flag & DEF_PARAM) !== 0) scope.varnames.push(mangled);
    else if ((flag & DEF_GLOBAL) !== 0) this.global.set(mangled, (this.global.get(mangled) ?? 0) | flag);
  }

  directive(name: string, loc: Position): void {
    (this.cur.directives ??= []).push({ name: this.mangle(this.cur, name), loc });
  }
}
