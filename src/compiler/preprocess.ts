/**
 * What happens to the tree before names are looked at: `__debug__` becomes a constant, `"%s" % (x,)` an f-string,
 * numbers in patterns constants; docstrings go under `-OO`; jumps out of a `finally` are warned of. In place.
 */
import type {
  Arguments,
  Const,
  Expr,
  ExceptHandler,
  Keyword,
  Mod,
  Pattern,
  Position,
  Stmt,
  TypeParam,
} from "../syntax/ast.ts";
import type { SyntaxWarningSink } from "../syntax/errors.ts";
import { docString } from "./docstring.ts";
import { foldBinary, foldUnary } from "./fold.ts";
import { formatToJoinedStr } from "./percent-format.ts";

export interface PreprocessOptions {
  filename: string;
  optimize: number;
  futureAnnotations: boolean;
  /** Only warn; the tree stays as it is. */
  checkOnly?: boolean;
  warn: SyntaxWarningSink;
}

export function preprocess(tree: Mod, options: PreprocessOptions): void {
  const p = new Preprocessor(options);
  switch (tree.kind) {
    case "Module":
      p.body(tree.body);
      break;
    case "Interactive":
      p.stmts(tree.body);
      break;
    case "Expression":
      tree.body = p.expr(tree.body);
      break;
    case "FunctionType":
      break;
  }
}

// What a jump statement is in, innermost last.
const IN_FINALLY = 0;
const IN_FUNCTION = 1;
const IN_LOOP = 2;

class Preprocessor {
  private readonly options: PreprocessOptions;
  private readonly within: number[] = [];

  constructor(options: PreprocessOptions) {
    this.options = options;
  }

  body(list: Stmt[]): void {
    if (this.options.checkOnly === true) {
      this.stmts(list);
      return;
    }
    let doc = docString(list) !== null;
    if (doc && this.options.optimize >= 2) {
      const first = list.shift() as Stmt;
      if (list.length === 0) list.push(passAt(first));
      doc = false;
    }
    this.stmts(list);
    const first = list[0];
    if (!doc && first !== undefined && first.kind === "Expr" && docString(list) !== null) {
      // It became a string only now: no docstring.
      first.value = { ...position(first), kind: "JoinedStr", values: [first.value] };
    }
  }

  stmts(list: Stmt[]): void {
    for (let i = 0; i < list.length; i++) this.stmt(list[i]);
  }

  private inside(where: number, list: Stmt[]): void {
    this.within.push(where);
    this.stmts(list);
    this.within.pop();
  }

  /** Only what the statement stands in directly counts: a `return` in a loop in a `finally` passes. */
  private warnJump(word: string, s: Position): void {
    if (this.within[this.within.length - 1] !== IN_FINALLY) return;
    this.options.warn("SyntaxWarning", `'${word}' in a 'finally' block`, this.options.filename, s.lineno);
  }

  private stmt(s: Stmt): void {
    switch (s.kind) {
      case "Expr":
        s.value = this.expr(s.value);
        break;
      case "Assign":
        this.exprs(s.targets);
        s.value = this.expr(s.value);
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.typeParams(s.type_params);
        this.arguments(s.args);
        this.within.push(IN_FUNCTION);
        this.body(s.body);
        this.within.pop();
        this.exprs(s.decorator_list);
        if (s.returns !== null && !this.options.futureAnnotations) s.returns = this.expr(s.returns);
        break;
      case "ClassDef":
        this.typeParams(s.type_params);
        this.exprs(s.bases);
        this.keywords(s.keywords);
        this.body(s.body);
        this.exprs(s.decorator_list);
        break;
      case "Return":
        this.warnJump("return", s);
        if (s.value !== null) s.value = this.expr(s.value);
        break;
      case "If":
        s.test = this.expr(s.test);
        this.stmts(s.body);
        this.stmts(s.orelse);
        break;
      case "For":
      case "AsyncFor":
        s.target = this.expr(s.target);
        s.iter = this.expr(s.iter);
        this.inside(IN_LOOP, s.body);
        this.stmts(s.orelse);
        break;
      case "While":
        s.test = this.expr(s.test);
        this.inside(IN_LOOP, s.body);
        this.stmts(s.orelse);
        break;
      case "With":
      case "AsyncWith":
        for (const item of s.items) {
          item.context_expr = this.expr(item.context_expr);
          if (item.optional_vars !== null) item.optional_vars = this.expr(item.optional_vars);
        }
        this.stmts(s.body);
        break;
      case "Try":
      case "TryStar":
        this.stmts(s.body);
        for (const h of s.handlers) this.handler(h);
        this.stmts(s.orelse);
        this.inside(IN_FINALLY, s.finalbody);
        break;
      case "AugAssign":
        s.target = this.expr(s.target);
        s.value = this.expr(s.value);
        break;
      case "AnnAssign":
        s.target = this.expr(s.target);
        if (!this.options.futureAnnotations) s.annotation = this.expr(s.annotation);
        if (s.value !== null) s.value = this.expr(s.value);
        break;
      case "Delete":
        this.exprs(s.targets);
        break;
      case "Raise":
        if (s.exc !== null) s.exc = this.expr(s.exc);
        if (s.cause !== null) s.cause = this.expr(s.cause);
        break;
      case "Assert":
        s.test = this.expr(s.test);
        if (s.msg !== null) s.msg = this.expr(s.msg);
        break;
      case "TypeAlias":
        this.typeParams(s.type_params);
        s.value = this.expr(s.value);
        break;
      case "Match":
        s.subject = this.expr(s.subject);
        for (const m of s.cases) {
          this.pattern(m.pattern);
          if (m.guard !== null) m.guard = this.expr(m.guard);
          this.stmts(m.body);
        }
        break;
      case "Break":
        this.warnJump("break", s);
        break;
      case "Continue":
        this.warnJump("continue", s);
        break;
      case "Import":
      case "ImportFrom":
      case "Global":
      case "Nonlocal":
      case "Pass":
        break;
    }
  }

  private handler(h: ExceptHandler): void {
    if (h.type !== null) h.type = this.expr(h.type);
    this.stmts(h.body);
  }

  private typeParams(list: TypeParam[]): void {
    for (const p of list) {
      if (p.kind === "TypeVar" && p.bound !== null) p.bound = this.expr(p.bound);
      if (p.default_value !== null) p.default_value = this.expr(p.default_value);
    }
  }

  private arguments(a: Arguments): void {
    if (!this.options.futureAnnotations) {
      for (const list of [a.posonlyargs, a.args, a.kwonlyargs]) {
        for (const arg of list) if (arg.annotation !== null) arg.annotation = this.expr(arg.annotation);
      }
      for (const arg of [a.vararg, a.kwarg]) {
        if (arg !== null && arg.annotation !== null) arg.annotation = this.expr(arg.annotation);
      }
    }
    this.optionalExprs(a.kw_defaults);
    this.exprs(a.defaults);
  }

  private exprs(list: Expr[]): void {
    for (let i = 0; i < list.length; i++) {
      const e = list[i];
      const folded = this.expr(e);
      if (folded !== e) list[i] = folded;
    }
  }

  private optionalExprs(list: (Expr | null)[]): void {
    for (let i = 0; i < list.length; i++) {
      const e = list[i];
      if (e !== null) list[i] = this.expr(e);
    }
  }

  private keywords(list: Keyword[]): void {
    for (const k of list) k.value = this.expr(k.value);
  }

  /** The expression to stand in the place of `e`, mostly `e`. */
  expr(e: Expr): Expr {
    switch (e.kind) {
      case "Name":
        if (e.id === "__debug__" && e.ctx === "Load" && this.options.checkOnly !== true) {
          return { ...position(e), kind: "Constant", value: { t: "bool", v: this.options.optimize === 0 }, u: null };
        }
        break;
      case "Constant":
        break;
      case "Attribute":
      case "Starred":
      case "Await":
      case "YieldFrom":
        e.value = this.expr(e.value);
        break;
      case "Call":
        e.func = this.expr(e.func);
        this.exprs(e.args);
        if (e.keywords.length > 0) this.keywords(e.keywords);
        break;
      case "Subscript":
        e.value = this.expr(e.value);
        e.slice = this.expr(e.slice);
        break;
      case "BinOp":
        e.left = this.expr(e.left);
        e.right = this.expr(e.right);
        if (e.op === "Mod" && this.options.checkOnly !== true) return formatToJoinedStr(e) ?? e;
        break;
      case "Tuple":
      case "List":
      case "Set":
        this.exprs(e.elts);
        break;
      case "Compare":
        e.left = this.expr(e.left);
        this.exprs(e.comparators);
        break;
      case "BoolOp":
        this.exprs(e.values);
        break;
      case "UnaryOp":
        e.operand = this.expr(e.operand);
        break;
      case "Dict":
        this.optionalExprs(e.keys);
        this.exprs(e.values);
        break;
      case "IfExp":
        e.test = this.expr(e.test);
        e.body = this.expr(e.body);
        e.orelse = this.expr(e.orelse);
        break;
      case "Slice":
        if (e.lower !== null) e.lower = this.expr(e.lower);
        if (e.upper !== null) e.upper = this.expr(e.upper);
        if (e.step !== null) e.step = this.expr(e.step);
        break;
      case "JoinedStr":
      case "TemplateStr":
        this.exprs(e.values);
        break;
      case "FormattedValue":
      case "Interpolation":
        e.value = this.expr(e.value);
        if (e.format_spec !== null) e.format_spec = this.expr(e.format_spec);
        break;
      case "Lambda":
        this.arguments(e.args);
        e.body = this.expr(e.body);
        break;
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
        e.elt = this.expr(e.elt);
        this.generators(e.generators);
        break;
      case "DictComp":
        e.key = this.expr(e.key);
        e.value = this.expr(e.value);
        this.generators(e.generators);
        break;
      case "NamedExpr":
        e.value = this.expr(e.value);
        break;
      case "Yield":
        if (e.value !== null) e.value = this.expr(e.value);
        break;
    }
    return e;
  }

  private generators(list: { target: Expr; iter: Expr; ifs: Expr[] }[]): void {
    for (const g of list) {
      g.target = this.expr(g.target);
      g.iter = this.expr(g.iter);
      this.exprs(g.ifs);
    }
  }

  private pattern(p: Pattern): void {
    if (this.options.checkOnly === true) return;
    switch (p.kind) {
      case "MatchValue":
        p.value = foldNumber(p.value);
        break;
      case "MatchMapping":
        for (let i = 0; i < p.keys.length; i++) p.keys[i] = foldNumber(p.keys[i]);
        for (const sub of p.patterns) this.pattern(sub);
        break;
      case "MatchSequence":
      case "MatchOr":
        for (const sub of p.patterns) this.pattern(sub);
        break;
      case "MatchClass":
        for (const sub of p.patterns) this.pattern(sub);
        for (const sub of p.kwd_patterns) this.pattern(sub);
        break;
      case "MatchAs":
        if (p.pattern !== null) this.pattern(p.pattern);
        break;
      case "MatchSingleton":
      case "MatchStar":
        break;
    }
  }
}

function position(n: Position): Position {
  return { lineno: n.lineno, col_offset: n.col_offset, end_lineno: n.end_lineno, end_col_offset: n.end_col_offset };
}

/** A `pass` for a body that was only its docstring, as wide as the word. */
function passAt(n: Position): Stmt {
  const at = { ...position(n), end_lineno: n.lineno, end_col_offset: n.col_offset + 4 };
  return { ...at, kind: "Pass" };
}

/** `-1` and `1 + 2j` in a pattern. */
function foldNumber(e: Expr): Expr {
  let value: Const | null = null;
  if (e.kind === "UnaryOp" && e.op === "USub" && e.operand.kind === "Constant") {
    value = foldUnary("-", e.operand.value) as Const | null;
  } else if (e.kind === "BinOp" && (e.op === "Add" || e.op === "Sub")) {
    const left = foldNumber(e.left);
    if (left.kind === "Constant" && e.right.kind === "Constant") {
      value = foldBinary(e.op === "Add" ? "+" : "-", left.value, e.right.value) as Const | null;
    }
  }
  return value === null ? e : { ...position(e), kind: "Constant", value, u: null };
}
