/**
 * The abstract grammar as data: sums with their constructors, and products, with the types of their fields.
 * Source: https://docs.python.org/3.14/library/ast.html#abstract-grammar
 */

/** `one` field of that type, `optional`, or a list of `many` (whose items may be None for `holes`). */
export type Multiplicity = "one" | "optional" | "many" | "holes";
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly multiplicity: Multiplicity;
}
export interface Constructor {
  readonly name: string;
  readonly fields: readonly Field[];
  /** As in the grammar: the class's docstring. */
  readonly text: string;
}
export interface Rule {
  readonly name: string;
  /** A product has one constructor, of its own name. */
  readonly isProduct: boolean;
  readonly constructors: readonly Constructor[];
  /** Nodes have a position; its end may be left out where `optionalEnd`. */
  readonly positioned: boolean;
  readonly optionalEnd: boolean;
}

/** A rule a paragraph: `@` marks nodes with positions, `@?` those whose end is optional. */
const GRAMMAR = `
mod =
  Module(stmt* body, type_ignore* type_ignores)
  Interactive(stmt* body)
  Expression(expr body)
  FunctionType(expr* argtypes, expr returns)

stmt @? =
  FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
  AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
  ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)
  Return(expr? value)
  Delete(expr* targets)
  Assign(expr* targets, expr value, string? type_comment)
  TypeAlias(expr name, type_param* type_params, expr value)
  AugAssign(expr target, operator op, expr value)
  AnnAssign(expr target, expr annotation, expr? value, int simple)
  For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
  AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
  While(expr test, stmt* body, stmt* orelse)
  If(expr test, stmt* body, stmt* orelse)
  With(withitem* items, stmt* body, string? type_comment)
  AsyncWith(withitem* items, stmt* body, string? type_comment)
  Match(expr subject, match_case* cases)
  Raise(expr? exc, expr? cause)
  Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
  TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
  Assert(expr test, expr? msg)
  Import(alias* names)
  ImportFrom(identifier? module, alias* names, int? level)
  Global(identifier* names)
  Nonlocal(identifier* names)
  Expr(expr value)
  Pass
  Break
  Continue

expr @? =
  BoolOp(boolop op, expr* values)
  NamedExpr(expr target, expr value)
  BinOp(expr left, operator op, expr right)
  UnaryOp(unaryop op, expr operand)
  Lambda(arguments args, expr body)
  IfExp(expr test, expr body, expr orelse)
  Dict(expr?* keys, expr* values)
  Set(expr* elts)
  ListComp(expr elt, comprehension* generators)
  SetComp(expr elt, comprehension* generators)
  DictComp(expr key, expr value, comprehension* generators)
  GeneratorExp(expr elt, comprehension* generators)
  Await(expr value)
  Yield(expr? value)
  YieldFrom(expr value)
  Compare(expr left, cmpop* ops, expr* comparators)
  Call(expr func, expr* args, keyword* keywords)
  FormattedValue(expr value, int conversion, expr? format_spec)
  Interpolation(expr value, constant str, int conversion, expr? format_spec)
  JoinedStr(expr* values)
  TemplateStr(expr* values)
  Constant(constant value, string? kind)
  Attribute(expr value, identifier attr, expr_context ctx)
  Subscript(expr value, expr slice, expr_context ctx)
  Starred(expr value, expr_context ctx)
  Name(identifier id, expr_context ctx)
  List(expr* elts, expr_context ctx)
  Tuple(expr* elts, expr_context ctx)
  Slice(expr? lower, expr? upper, expr? step)

expr_context =
  Load
  Store
  Del

boolop =
  And
  Or

operator =
  Add
  Sub
  Mult
  MatMult
  Div
  Mod
  Pow
  LShift
  RShift
  BitOr
  BitXor
  BitAnd
  FloorDiv

unaryop =
  Invert
  Not
  UAdd
  USub

cmpop =
  Eq
  NotEq
  Lt
  LtE
  Gt
  GtE
  Is
  IsNot
  In
  NotIn

comprehension(expr target, expr iter, expr* ifs, int is_async)

excepthandler @? =
  ExceptHandler(expr? type, identifier? name, stmt* body)

arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults)

arg(identifier arg, expr? annotation, string? type_comment) @?

keyword(identifier? arg, expr value) @?

alias(identifier name, identifier? asname) @?

withitem(expr context_expr, expr? optional_vars)

match_case(pattern pattern, expr? guard, stmt* body)

pattern @ =
  MatchValue(expr value)
  MatchSingleton(constant value)
  MatchSequence(pattern* patterns)
  MatchMapping(expr* keys, pattern* patterns, identifier? rest)
  MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
  MatchStar(identifier? name)
  MatchAs(pattern? pattern, identifier? name)
  MatchOr(pattern* patterns)

type_ignore =
  TypeIgnore(int lineno, string tag)

type_param @ =
  TypeVar(identifier name, expr? bound, expr? default_value)
  ParamSpec(identifier name, expr? default_value)
  TypeVarTuple(identifier name, expr? default_value)
`;

const MULTIPLICITIES: Record<string, Multiplicity> = { "": "one", "?": "optional", "*": "many", "?*": "holes" };

function parseField(text: string): Field {
  const [, type, mark, name] = /^(\w+)([?*]*) (\w+)$/.exec(text) as unknown as [string, string, string, string];
  return { name, type, multiplicity: MULTIPLICITIES[mark] };
}
function parseConstructor(text: string): Constructor {
  const [, name, fields] = /^(\w+)(?:\((.*)\))?$/.exec(text) as unknown as [string, string, string | undefined];
  return { name, fields: fields === undefined ? [] : fields.split(", ").map(parseField), text };
}
function parseRule(paragraph: string): Rule {
  const [head, ...rest] = paragraph.split("\n").map((line) => line.trim());
  const positioned = head.includes("@");
  const optionalEnd = head.includes("@?");
  const first = head.replace(/ @\??/, "");
  if (!first.endsWith(" =")) {
    const only = parseConstructor(first);
    return { name: only.name, isProduct: true, constructors: [only], positioned, optionalEnd };
  }
  return {
    name: first.slice(0, -2),
    isProduct: false,
    constructors: rest.map(parseConstructor),
    positioned,
    optionalEnd,
  };
}

/* @__NO_SIDE_EFFECTS__ */
function parseRules(text: string): readonly Rule[] {
  return text.trim().split("\n\n").map(parseRule);
}
export const RULES = parseRules(GRAMMAR);

export const POSITION = ["lineno", "col_offset", "end_lineno", "end_col_offset"] as const;
/** Constructors without fields, of which trees share one object each. */
export const isSingletonRule = (rule: Rule): boolean =>
  !rule.isProduct && rule.constructors.every((constructor) => constructor.fields.length === 0);
