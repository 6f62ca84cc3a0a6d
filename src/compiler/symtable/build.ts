/**
 * Builds the scope tree: walks the syntax tree once, noting what every block binds and uses.
 * `analyze.ts` then decides where each name lives.
 *
 * Source: the language reference, 4.2; PEP 227, 572, 649, 695, 709. Messages are CPython 3.14's.
 */
import type {
  Alias,
  Arg,
  Arguments,
  Comprehension,
  DictComp,
  ExceptHandler,
  Expr,
  ExprContext,
  GeneratorExp,
  Keyword,
  ListComp,
  Mod,
  Pattern,
  Position,
  SetComp,
  Stmt,
  TypeParam,
} from "../../syntax/ast.ts";
import { docString } from "../docstring.ts";
import { syntaxErrorAt } from "../errors.ts";
import { mangle } from "../mangle.ts";
import { analyze } from "./analyze.ts";
import {
  ANNOTATION_BLOCK,
  type BlockType,
  CLASS_BLOCK,
  type ComprehensionKind,
  DEF_ANNOT,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FUNCTION_BLOCK,
  MODULE_BLOCK,
  Scope,
  type SymbolTable,
  TYPE_ALIAS_BLOCK,
  TYPE_PARAMETERS_BLOCK,
  TYPE_VARIABLE_BLOCK,
  USE,
} from "./scope.ts";

const WRITES = DEF_PARAM | DEF_LOCAL | DEF_IMPORT | DEF_TYPE_PARAM;
const START: Position = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

export interface SymtableOptions {
  /** `from __future__ import annotations` is in force. */
  futureAnnotations: boolean;
  topLevelAwait: boolean;
}

/** The symbol table of a module, interactive statement or expression; throws `PySyntaxError`. */
export function buildSymtable(tree: Mod, filename: string, options: SymtableOptions): SymbolTable {
  const builder = new Builder(filename, options);
  const top = builder.run(tree);
  analyze(top, filename);
  return { top, scopes: builder.scopes, defaults: builder.defaults };
}

type ComprehensionExpr = ListComp | SetComp | DictComp | GeneratorExp;
const COMPREHENSIONS: Record<ComprehensionExpr["kind"], { name: string; kind: ComprehensionKind; inside: string }> = {
  ListComp: { name: "listcomp", kind: "list", inside: "list comprehension" },
  SetComp: { name: "setcomp", kind: "set", inside: "set comprehension" },
  DictComp: { name: "dictcomp", kind: "dict", inside: "dict comprehension" },
  GeneratorExp: { name: "genexpr", kind: "generator", inside: "generator expression" },
};
const INSIDE: Record<ComprehensionKind, string> = {
  "": "",
  list: "list comprehension",
  set: "set comprehension",
  dict: "dict comprehension",
  generator: "generator expression",
};

class Builder {
  readonly scopes = new Map<object, Scope>();
  readonly defaults = new Map<object, Scope>();
  private readonly filename: string;
  private readonly options: SymtableOptions;
  private readonly stack: Scope[] = [];
  private cur!: Scope;
  private global!: Map<string, number>;
  private privateName: string | null = null;
  private count = 0;

  constructor(filename: string, options: SymtableOptions) {
    this.filename = filename;
    this.options = options;
  }

  run(tree: Mod): Scope {
    const top = this.newScope("top", MODULE_BLOCK, START);
    this.scopes.set(tree, top);
    this.enter(top);
    this.global = top.symbols;
    switch (tree.kind) {
      case "Module":
        if (docString(tree.body) !== null) top.hasDocstring = true;
        this.stmts(tree.body);
        break;
      case "Interactive":
        this.stmts(tree.body);
        break;
      case "Expression":
        this.expr(tree.body);
        break;
      case "FunctionType":
        throw syntaxErrorAt(this.filename, START, "this compiler does not handle FunctionTypes");
    }
    return top;
  }

  // ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────
  private fail(loc: Position, msg: string): never {
    throw syntaxErrorAt(this.filename, loc, msg);
  }

  private newScope(name: string, type: BlockType, loc: Position): Scope {
    const scope = new Scope(this.count++, name, type, loc);
    const parent = this.cur as Scope | undefined;
    if (parent !== undefined) {
      if (parent.nested || parent.functionLike) scope.nested = true;
      if (type === FUNCTION_BLOCK) scope.method = parent.type === CLASS_BLOCK;
    }
    return scope;
  }

  private enter(scope: Scope): void {
    const prev = this.cur as Scope | undefined;
    this.stack.push(scope);
    if (prev !== undefined) {
      scope.compIterExpr = prev.compIterExpr;
      if (prev.mangledNames !== null && scope.type !== CLASS_BLOCK) scope.mangledNames = prev.mangledNames;
    }
    this.cur = scope;
  }

  private adopt(parent: Scope, scope: Scope): void {
    // As strings, annotations have no effect on names.
    if (scope.type === ANNOTATION_BLOCK && this.options.futureAnnotations) return;
    parent.children.push(scope);
  }

  private enterNew(name: string, type: BlockType, key: object | null, loc: Position): Scope {
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

  private exit(): void {
    this.stack.pop();
    this.cur = this.stack[this.stack.length - 1];
  }

  // ── names ────────────────────────────────────────────────────────────────────────────────────────────────
  private mangle(scope: Scope, name: string): string {
    if (scope.mangledNames !== null && !scope.mangledNames.has(name)) return name;
    return mangle(this.privateName, name);
  }

  private lookup(scope: Scope, name: string): number {
    return scope.symbols.get(this.mangle(scope, name)) ?? 0;
  }

  private checkName(name: string, loc: Position, ctx: ExprContext): void {
    if (name !== "__debug__") return;
    if (ctx === "Store") this.fail(loc, "cannot assign to __debug__");
    if (ctx === "Del") this.fail(loc, "cannot delete __debug__");
  }

  private def(name: string, flag: number, loc: Position): void {
    if ((flag & WRITES) !== 0) this.checkName(name, loc, "Store");
    if ((flag & DEF_TYPE_PARAM) !== 0 && this.cur.mangledNames !== null) this.cur.mangledNames.add(name);
    this.defIn(this.cur, name, flag, loc);
  }

  private defIn(scope: Scope, name: string, flag: number, loc: Position): void {
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

  private directive(name: string, loc: Position): void {
    (this.cur.directives ??= []).push({ name: this.mangle(this.cur, name), loc });
  }

  // ── statements ───────────────────────────────────────────────────────────────────────────────────────────
  private stmts(body: Stmt[]): void {
    for (let i = 0; i < body.length; i++) this.stmt(body[i]);
  }

  private conditional(...bodies: Stmt[][]): void {
    const saved = this.cur.inConditionalBlock;
    this.cur.inConditionalBlock = true;
    for (const body of bodies) this.stmts(body);
    this.cur.inConditionalBlock = saved;
  }

  private stmt(s: Stmt): void {
    switch (s.kind) {
      case "Expr":
        this.expr(s.value);
        break;
      case "Assign":
        this.exprs(s.targets);
        this.expr(s.value);
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.functionDef(s);
        break;
      case "ClassDef":
        this.classDef(s);
        break;
      case "Return":
        if (s.value !== null) {
          this.expr(s.value);
          this.cur.returnsValue = true;
        }
        break;
      case "If":
      case "While":
        this.expr(s.test);
        this.conditional(s.body, s.orelse);
        break;
      case "AsyncFor":
        this.needCoroutine("'async for' outside async function", s);
        this.forLoop(s.target, s.iter, s.body, s.orelse);
        break;
      case "For":
        this.forLoop(s.target, s.iter, s.body, s.orelse);
        break;
      case "AugAssign":
        this.expr(s.target);
        this.expr(s.value);
        break;
      case "Delete":
        this.exprs(s.targets);
        break;
      case "TypeAlias":
        this.typeAlias(s);
        break;
      case "AnnAssign":
        this.annAssign(s);
        break;
      case "AsyncWith":
        this.needCoroutine("'async with' outside async function", s);
        this.withItems(s.items, s.body);
        break;
      case "With":
        this.withItems(s.items, s.body);
        break;
      case "Match":
        this.match(s);
        break;
      case "Raise":
        if (s.exc !== null) this.expr(s.exc);
        if (s.cause !== null) this.expr(s.cause);
        break;
      case "Try":
      case "TryStar":
        this.tryStmt(s.body, s.handlers, s.orelse, s.finalbody);
        break;
      case "Assert":
        this.expr(s.test);
        if (s.msg !== null) this.expr(s.msg);
        break;
      case "Import":
      case "ImportFrom":
        for (const a of s.names) this.alias(a);
        break;
      case "Global":
        for (const name of s.names) this.globalOrNonlocal(s, name, DEF_GLOBAL, "global");
        break;
      case "Nonlocal":
        for (const name of s.names) this.globalOrNonlocal(s, name, DEF_NONLOCAL, "nonlocal");
        break;
      case "Pass":
      case "Break":
      case "Continue":
        break;
    }
  }

  private needCoroutine(msg: string, loc: Position): void {
    if (this.cur.type === MODULE_BLOCK && this.options.topLevelAwait) this.cur.coroutine = true;
    if (!this.cur.coroutine) this.fail(loc, msg);
  }

  private forLoop(target: Expr, iter: Expr, body: Stmt[], orelse: Stmt[]): void {
    this.expr(target);
    this.expr(iter);
    this.conditional(body, orelse);
  }

  private withItems(items: { context_expr: Expr; optional_vars: Expr | null }[], body: Stmt[]): void {
    const saved = this.cur.inConditionalBlock;
    this.cur.inConditionalBlock = true;
    for (const item of items) {
      this.expr(item.context_expr);
      if (item.optional_vars !== null) this.expr(item.optional_vars);
    }
    this.stmts(body);
    this.cur.inConditionalBlock = saved;
  }

  private tryStmt(body: Stmt[], handlers: ExceptHandler[], orelse: Stmt[], finalbody: Stmt[]): void {
    const saved = this.cur.inConditionalBlock;
    this.cur.inConditionalBlock = true;
    this.stmts(body);
    for (const h of handlers) {
      if (h.type !== null) this.expr(h.type);
      if (h.name !== null) this.def(h.name, DEF_LOCAL, h);
      this.stmts(h.body);
    }
    this.stmts(orelse);
    this.stmts(finalbody);
    this.cur.inConditionalBlock = saved;
  }

  private match(s: Stmt & { kind: "Match" }): void {
    this.expr(s.subject);
    const saved = this.cur.inConditionalBlock;
    this.cur.inConditionalBlock = true;
    for (const c of s.cases) {
      this.pattern(c.pattern);
      if (c.guard !== null) this.expr(c.guard);
      this.stmts(c.body);
    }
    this.cur.inConditionalBlock = saved;
  }

  private functionDef(s: Stmt & { kind: "FunctionDef" | "AsyncFunctionDef" }): void {
    this.def(s.name, DEF_LOCAL, s);
    this.exprs(s.args.defaults);
    this.optionalExprs(s.args.kw_defaults);
    this.exprs(s.decorator_list);
    const generic = s.type_params.length > 0;
    if (generic) {
      const kwDefaults = s.args.kw_defaults.some((e) => e !== null);
      // The parameter for the defaults is there even when there are none.
      this.enterTypeParams(s.name, s.type_params, true, kwDefaults, false, s);
      for (const p of s.type_params) this.typeParam(p);
    }
    const scope = this.newScope(s.name, FUNCTION_BLOCK, s);
    if (docString(s.body) !== null) scope.hasDocstring = true;
    this.annotations(s, s.args, s.returns);
    const parent = this.cur;
    this.enter(scope);
    this.adopt(parent, scope);
    this.scopes.set(s, scope);
    if (s.kind === "AsyncFunctionDef") scope.coroutine = true;
    this.arguments(s.args);
    this.stmts(s.body);
    this.exit();
    if (generic) this.exit();
  }

  private classDef(s: Stmt & { kind: "ClassDef" }): void {
    this.def(s.name, DEF_LOCAL, s);
    this.exprs(s.decorator_list);
    const saved = this.privateName;
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(s.name, s.type_params, false, false, true, s);
      this.privateName = s.name;
      this.cur.mangledNames = new Set();
      for (const p of s.type_params) this.typeParam(p);
    }
    this.exprs(s.bases);
    this.keywords(s.keywords);
    this.enterNew(s.name, CLASS_BLOCK, s, s);
    this.privateName = s.name;
    if (generic) {
      this.def("__type_params__", DEF_LOCAL, s);
      this.def(".type_params", USE, s);
    }
    if (docString(s.body) !== null) this.cur.hasDocstring = true;
    this.stmts(s.body);
    this.exit();
    if (generic) this.exit();
    this.privateName = saved;
  }

  private enterTypeParams(
    name: string,
    key: TypeParam[],
    defaults: boolean,
    kwDefaults: boolean,
    isClass: boolean,
    loc: Position,
  ): void {
    const inClass = this.cur.type === CLASS_BLOCK;
    const scope = this.enterNew(name, TYPE_PARAMETERS_BLOCK, key, loc);
    if (inClass) {
      scope.canSeeClassScope = true;
      this.def("__classdict__", USE, loc);
    }
    if (isClass) {
      this.def(".type_params", DEF_LOCAL, loc);
      this.def(".type_params", USE, loc);
      this.def(".generic_base", DEF_LOCAL, loc);
      this.def(".generic_base", USE, loc);
    }
    if (defaults) this.def(".defaults", DEF_PARAM, loc);
    if (kwDefaults) this.def(".kwdefaults", DEF_PARAM, loc);
  }

  private typeAlias(s: Stmt & { kind: "TypeAlias" }): void {
    this.expr(s.name);
    const name = s.name.kind === "Name" ? s.name.id : "";
    const inClass = this.cur.type === CLASS_BLOCK;
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(name, s.type_params, false, false, false, s);
      for (const p of s.type_params) this.typeParam(p);
    }
    const scope = this.enterNew(name, TYPE_ALIAS_BLOCK, s, s);
    scope.canSeeClassScope = inClass;
    if (inClass) this.def("__classdict__", USE, s.value);
    this.expr(s.value);
    this.exit();
    if (generic) this.exit();
  }

  private annAssign(s: Stmt & { kind: "AnnAssign" }): void {
    this.cur.annotationsUsed = true;
    const target = s.target;
    if (target.kind === "Name") {
      const cur = this.lookup(this.cur, target.id);
      if ((cur & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0 && this.cur.symbols !== this.global && s.simple === 1) {
        const which = (cur & DEF_GLOBAL) !== 0 ? "global" : "nonlocal";
        this.fail(s, `annotated name '${target.id}' can't be ${which}`);
      }
      if (s.simple === 1) this.def(target.id, DEF_ANNOT | DEF_LOCAL, target);
      else if (s.value !== null) this.def(target.id, DEF_LOCAL, target);
    } else {
      this.expr(target);
    }
    this.annotation(s.annotation);
    if (s.value !== null) this.expr(s.value);
  }

  private globalOrNonlocal(s: Position, name: string, flag: number, word: string): void {
    const cur = this.lookup(this.cur, name);
    if ((cur & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) !== 0) {
      if ((cur & DEF_PARAM) !== 0) this.fail(s, `name '${name}' is parameter and ${word}`);
      if ((cur & USE) !== 0) this.fail(s, `name '${name}' is used prior to ${word} declaration`);
      if ((cur & DEF_ANNOT) !== 0) this.fail(s, `annotated name '${name}' can't be ${word}`);
      this.fail(s, `name '${name}' is assigned to before ${word} declaration`);
    }
    this.def(name, flag, s);
    this.directive(name, s);
  }

  private alias(a: Alias): void {
    const name = a.asname ?? a.name;
    if (name === "*") {
      if (this.cur.type !== MODULE_BLOCK) this.fail(a, "import * only allowed at module level");
      return;
    }
    const dot = name.indexOf(".");
    this.def(dot < 0 ? name : name.slice(0, dot), DEF_IMPORT, a);
  }

  // ── annotations and type parameters ──────────────────────────────────────────────────────────────────────
  private annotation(e: Expr): void {
    const outer = this.cur;
    // A module can be left half run, so its annotations are always conditional.
    const conditional = outer.type === MODULE_BLOCK || (outer.type === CLASS_BLOCK && outer.inConditionalBlock);
    if (conditional && !outer.hasConditionalAnnotations) {
      outer.hasConditionalAnnotations = true;
      this.def("__conditional_annotations__", USE, e);
    }
    const unevaluated = outer.type === FUNCTION_BLOCK;
    if (outer.annotationBlock === null) {
      const scope = this.enterNew("__annotate__", ANNOTATION_BLOCK, null, e);
      outer.annotationBlock = scope;
      if (outer.type === CLASS_BLOCK && !this.options.futureAnnotations) {
        scope.canSeeClassScope = true;
        this.def("__classdict__", USE, e);
      }
    } else {
      this.enter(outer.annotationBlock);
    }
    this.cur.inUnevaluatedAnnotation = unevaluated;
    this.expr(e);
    this.cur.inUnevaluatedAnnotation = false;
    this.exit();
  }

  private annotations(s: Position, args: Arguments, returns: Expr | null): void {
    const inClass = this.cur.canSeeClassScope;
    const type = this.cur.type;
    const scope = this.enterNew("__annotate__", ANNOTATION_BLOCK, args, s);
    if (inClass || type === CLASS_BLOCK) {
      scope.canSeeClassScope = true;
      this.def("__classdict__", USE, s);
    }
    this.argAnnotations(args.posonlyargs);
    this.argAnnotations(args.args);
    if (args.vararg !== null) this.argAnnotation(args.vararg);
    if (args.kwarg !== null) this.argAnnotation(args.kwarg);
    this.argAnnotations(args.kwonlyargs);
    if (returns !== null) {
      scope.annotationsUsed = true;
      this.expr(returns);
    }
    this.exit();
  }

  private argAnnotations(args: Arg[]): void {
    for (let i = 0; i < args.length; i++) this.argAnnotation(args[i]);
  }

  private argAnnotation(arg: Arg): void {
    if (arg.annotation === null) return;
    this.cur.annotationsUsed = true;
    this.expr(arg.annotation);
  }

  private typeParam(p: TypeParam): void {
    if (p.name === "__classdict__") this.fail(p, `reserved name '${p.name}' cannot be used for type parameter`);
    this.def(p.name, DEF_TYPE_PARAM | DEF_LOCAL, p);
    switch (p.kind) {
      case "TypeVar":
        if (p.bound !== null) {
          const what = p.bound.kind === "Tuple" ? "a TypeVar constraint" : "a TypeVar bound";
          this.scopes.set(p, this.typeVariable(p.bound, p.name, what));
        }
        this.typeDefault(p, "a TypeVar default");
        break;
      case "TypeVarTuple":
        this.typeDefault(p, "a TypeVarTuple default");
        break;
      case "ParamSpec":
        this.typeDefault(p, "a ParamSpec default");
        break;
    }
  }

  private typeDefault(p: TypeParam, what: string): void {
    if (p.default_value !== null) this.defaults.set(p, this.typeVariable(p.default_value, p.name, what));
  }

  private typeVariable(e: Expr, name: string, what: string): Scope {
    const inClass = this.cur.canSeeClassScope;
    const scope = this.enterNew(name, TYPE_VARIABLE_BLOCK, null, e);
    scope.canSeeClassScope = inClass;
    if (inClass) this.def("__classdict__", USE, e);
    scope.scopeInfo = what;
    this.expr(e);
    this.exit();
    return scope;
  }

  private refuseInAnnotation(what: string, loc: Position): void {
    const cur = this.cur;
    switch (cur.type) {
      case ANNOTATION_BLOCK:
        this.fail(loc, `${what} cannot be used within an annotation`);
        break;
      case TYPE_VARIABLE_BLOCK:
        this.fail(loc, `${what} cannot be used within ${cur.scopeInfo}`);
        break;
      case TYPE_ALIAS_BLOCK:
        this.fail(loc, `${what} cannot be used within a type alias`);
        break;
      case TYPE_PARAMETERS_BLOCK:
        this.fail(loc, `${what} cannot be used within the definition of a generic`);
    }
  }

  // ── expressions ──────────────────────────────────────────────────────────────────────────────────────────
  private exprs(list: Expr[]): void {
    for (let i = 0; i < list.length; i++) this.expr(list[i]);
  }

  private optionalExprs(list: (Expr | null)[]): void {
    for (const e of list) if (e !== null) this.expr(e);
  }

  private keywords(list: Keyword[]): void {
    for (const k of list) {
      if (k.arg !== null) this.checkName(k.arg, k, "Store");
    }
    for (const k of list) this.expr(k.value);
  }

  private expr(e: Expr): void {
    switch (e.kind) {
      case "Name":
        this.name(e.id, e.ctx, e);
        break;
      case "Constant":
        break;
      case "Attribute":
        this.checkName(e.attr, e, e.ctx);
        this.expr(e.value);
        break;
      case "Call":
        this.expr(e.func);
        this.exprs(e.args);
        this.keywords(e.keywords);
        break;
      case "Subscript":
        this.expr(e.value);
        this.expr(e.slice);
        break;
      case "BinOp":
        this.expr(e.left);
        this.expr(e.right);
        break;
      case "Tuple":
      case "List":
      case "Set":
        this.exprs(e.elts);
        break;
      case "Compare":
        this.expr(e.left);
        this.exprs(e.comparators);
        break;
      case "BoolOp":
        this.exprs(e.values);
        break;
      case "UnaryOp":
        this.expr(e.operand);
        break;
      case "Dict":
        this.optionalExprs(e.keys);
        this.exprs(e.values);
        break;
      case "IfExp":
        this.expr(e.test);
        this.expr(e.body);
        this.expr(e.orelse);
        break;
      case "Starred":
        this.expr(e.value);
        break;
      case "Slice":
        if (e.lower !== null) this.expr(e.lower);
        if (e.upper !== null) this.expr(e.upper);
        if (e.step !== null) this.expr(e.step);
        break;
      case "JoinedStr":
      case "TemplateStr":
        this.exprs(e.values);
        break;
      case "FormattedValue":
      case "Interpolation":
        this.expr(e.value);
        if (e.format_spec !== null) this.expr(e.format_spec);
        break;
      case "Lambda":
        this.exprs(e.args.defaults);
        this.optionalExprs(e.args.kw_defaults);
        this.enterNew("lambda", FUNCTION_BLOCK, e, e);
        this.arguments(e.args);
        this.expr(e.body);
        this.exit();
        break;
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
        this.comprehension(e, e.elt, null);
        break;
      case "DictComp":
        this.comprehension(e, e.key, e.value);
        break;
      case "NamedExpr":
        this.namedExpr(e);
        break;
      case "Yield":
      case "YieldFrom":
        this.refuseInAnnotation("yield expression", e);
        if (e.value !== null) this.expr(e.value);
        this.cur.generator = true;
        if (this.cur.comprehension !== "") this.fail(e, `'yield' inside ${INSIDE[this.cur.comprehension]}`);
        break;
      case "Await":
        this.await(e);
        break;
    }
  }

  private name(id: string, ctx: ExprContext, loc: Position): void {
    if (this.cur.inUnevaluatedAnnotation) return;
    this.checkName(id, loc, ctx);
    this.defIn(this.cur, id, ctx === "Load" ? USE : DEF_LOCAL, loc);
    // `super()` needs the class.
    if (ctx === "Load" && id === "super" && this.cur.functionLike) this.def("__class__", USE, loc);
  }

  private await(e: Expr & { kind: "Await" }): void {
    this.refuseInAnnotation("await expression", e);
    const cur = this.cur;
    const allowed = this.options.topLevelAwait && cur.type === MODULE_BLOCK;
    if (!allowed) {
      if (!cur.functionLike) this.fail(e, "'await' outside function");
      if (!this.inAsyncDef() && cur.comprehension === "") this.fail(e, "'await' outside async function");
    }
    this.expr(e.value);
    cur.coroutine = true;
  }

  private inAsyncDef(): boolean {
    return this.cur.type === FUNCTION_BLOCK && this.cur.coroutine;
  }

  private namedExpr(e: Expr & { kind: "NamedExpr" }): void {
    this.refuseInAnnotation("named expression", e);
    if (this.cur.compIterExpr > 0) {
      this.fail(e, "assignment expression cannot be used in a comprehension iterable expression");
    }
    if (this.cur.comprehension !== "" && e.target.kind === "Name") this.bindAround(e.target.id, e.target);
    this.expr(e.value);
    this.expr(e.target);
  }

  /** `:=` in a comprehension binds in the nearest function or module (PEP 572). */
  private bindAround(name: string, loc: Position): void {
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const scope = this.stack[i];
      const flags = this.lookup(scope, name);
      if (scope.comprehension !== "") {
        if ((flags & DEF_COMP_ITER) !== 0 && (flags & DEF_LOCAL) !== 0) {
          this.fail(loc, `assignment expression cannot rebind comprehension iteration variable '${name}'`);
        }
        continue;
      }
      switch (scope.type) {
        case FUNCTION_BLOCK:
          this.def(name, (flags & DEF_GLOBAL) !== 0 ? DEF_GLOBAL : DEF_NONLOCAL, loc);
          this.directive(name, loc);
          this.defIn(scope, name, DEF_LOCAL, loc);
          return;
        case MODULE_BLOCK:
          this.def(name, DEF_GLOBAL, loc);
          this.directive(name, loc);
          this.defIn(scope, name, DEF_GLOBAL, loc);
          return;
      }
      const where =
        scope.type === CLASS_BLOCK
          ? "a class body"
          : scope.type === TYPE_PARAMETERS_BLOCK
            ? "the definition of a generic"
            : scope.type === TYPE_ALIAS_BLOCK
              ? "a type alias"
              : scope.type === TYPE_VARIABLE_BLOCK
                ? "a TypeVar bound"
                : null;
      if (where === null) continue;
      const verb = scope.type === TYPE_PARAMETERS_BLOCK ? "within" : "in";
      this.fail(loc, `assignment expression within a comprehension cannot be used ${verb} ${where}`);
    }
  }

  private comprehension(e: ComprehensionExpr, elt: Expr, value: Expr | null): void {
    const outermost = e.generators[0];
    this.cur.compIterExpr++;
    this.expr(outermost.iter);
    this.cur.compIterExpr--;
    const info = COMPREHENSIONS[e.kind];
    const scope = this.enterNew(info.name, FUNCTION_BLOCK, e, e);
    scope.comprehension = info.kind;
    // It is as if the outermost iterable were its argument.
    this.def(".0", DEF_PARAM, e);
    if (outermost.is_async === 1) scope.coroutine = true;
    scope.compIterTarget = true;
    this.expr(outermost.target);
    scope.compIterTarget = false;
    this.exprs(outermost.ifs);
    for (let i = 1; i < e.generators.length; i++) this.generator(e.generators[i]);
    if (value !== null) this.expr(value);
    this.expr(elt);
    const isGenerator = e.kind === "GeneratorExp";
    scope.generator = isGenerator;
    const isAsync = scope.coroutine && !isGenerator;
    this.exit();
    if (!isAsync) return;
    const topLevel = this.options.topLevelAwait && this.cur.type === MODULE_BLOCK;
    if (!this.inAsyncDef() && this.cur.comprehension === "" && !topLevel) {
      this.fail(e, "asynchronous comprehension outside of an asynchronous function");
    }
    this.cur.coroutine = true;
  }

  private generator(g: Comprehension): void {
    const cur = this.cur;
    cur.compIterTarget = true;
    this.expr(g.target);
    cur.compIterTarget = false;
    cur.compIterExpr++;
    this.expr(g.iter);
    cur.compIterExpr--;
    this.exprs(g.ifs);
    if (g.is_async === 1) cur.coroutine = true;
  }

  private arguments(a: Arguments): void {
    for (const p of a.posonlyargs) this.def(p.arg, DEF_PARAM, p);
    for (const p of a.args) this.def(p.arg, DEF_PARAM, p);
    for (const p of a.kwonlyargs) this.def(p.arg, DEF_PARAM, p);
    if (a.vararg !== null) {
      this.def(a.vararg.arg, DEF_PARAM, a.vararg);
      this.cur.varargs = true;
    }
    if (a.kwarg !== null) {
      this.def(a.kwarg.arg, DEF_PARAM, a.kwarg);
      this.cur.varkeywords = true;
    }
  }

  private patterns(list: Pattern[]): void {
    for (const p of list) this.pattern(p);
  }

  private pattern(p: Pattern): void {
    switch (p.kind) {
      case "MatchValue":
        this.expr(p.value);
        break;
      case "MatchSingleton":
        break;
      case "MatchSequence":
      case "MatchOr":
        this.patterns(p.patterns);
        break;
      case "MatchStar":
        if (p.name !== null) this.def(p.name, DEF_LOCAL, p);
        break;
      case "MatchMapping":
        this.exprs(p.keys);
        this.patterns(p.patterns);
        if (p.rest !== null) this.def(p.rest, DEF_LOCAL, p);
        break;
      case "MatchClass":
        this.expr(p.cls);
        this.patterns(p.patterns);
        for (let i = 0; i < p.kwd_attrs.length; i++) this.checkName(p.kwd_attrs[i], p.kwd_patterns[i], "Store");
        this.patterns(p.kwd_patterns);
        break;
      case "MatchAs":
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.def(p.name, DEF_LOCAL, p);
        break;
    }
  }
}
