/**
 * The abstract syntax tree: one interface a node of CPython 3.14's `Python.asdl`, with its field names.
 *
 * A node is a plain object whose `kind` is the ASDL constructor's name. Positions are CPython's: `lineno` and
 * `end_lineno` count from 1, `col_offset` and `end_col_offset` are offsets in bytes of the line's UTF-8.
 * Names (`identifier` in ASDL) are NFKC-normalised JavaScript strings.
 *
 * Source: the `ast` module's abstract grammar, https://docs.python.org/3.14/library/ast.html#abstract-grammar
 */

/**
 * A constant as the front end knows it, independent of any object model.
 * `str`: every UTF-16 unit of `v` is one code point (lone surrogates included); a string with a code point above
 * U+FFFF is an `astral` and lists its code points instead. `bytes`: every unit of `v` is one byte (0–255).
 * `int`: a number when it is a safe integer, else a bigint.
 * `tuple`, `frozenset`, `slice` and `code` come from the compiler, never from the parser.
 */
export type Const =
  | { t: "none" }
  | { t: "bool"; v: boolean }
  | { t: "int"; v: number | bigint }
  | { t: "float"; v: number }
  | { t: "complex"; re: number; im: number }
  | { t: "str"; v: string }
  | { t: "astral"; v: number[] }
  | { t: "bytes"; v: string }
  | { t: "ellipsis" };

export interface Position {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

// ── modules ────────────────────────────────────────────────────────────────────────────────────────────────
export type Mod = Module | Interactive | Expression | FunctionType;
export interface Module {
  kind: "Module";
  body: Stmt[];
  type_ignores: TypeIgnore[];
}
export interface Interactive {
  kind: "Interactive";
  body: Stmt[];
}
export interface Expression {
  kind: "Expression";
  body: Expr;
}
export interface FunctionType {
  kind: "FunctionType";
  argtypes: Expr[];
  returns: Expr;
}
export interface TypeIgnore {
  kind: "TypeIgnore";
  lineno: number;
  tag: string;
}

// ── statements ─────────────────────────────────────────────────────────────────────────────────────────────
interface FunctionFields {
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: string | null;
  type_params: TypeParam[];
}
export interface FunctionDef extends Position, FunctionFields {
  kind: "FunctionDef";
}
export interface AsyncFunctionDef extends Position, FunctionFields {
  kind: "AsyncFunctionDef";
}
export interface ClassDef extends Position {
  kind: "ClassDef";
  name: string;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decorator_list: Expr[];
  type_params: TypeParam[];
}
export interface Return extends Position {
  kind: "Return";
  value: Expr | null;
}
export interface Delete extends Position {
  kind: "Delete";
  targets: Expr[];
}
export interface Assign extends Position {
  kind: "Assign";
  targets: Expr[];
  value: Expr;
  type_comment: string | null;
}
export interface TypeAlias extends Position {
  kind: "TypeAlias";
  name: Expr;
  type_params: TypeParam[];
  value: Expr;
}
export interface AugAssign extends Position {
  kind: "AugAssign";
  target: Expr;
  op: Operator;
  value: Expr;
}
export interface AnnAssign extends Position {
  kind: "AnnAssign";
  target: Expr;
  annotation: Expr;
  value: Expr | null;
  simple: 0 | 1;
}
interface ForFields {
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  type_comment: string | null;
}
export interface For extends Position, ForFields {
  kind: "For";
}
export interface AsyncFor extends Position, ForFields {
  kind: "AsyncFor";
}
export interface While extends Position {
  kind: "While";
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface If extends Position {
  kind: "If";
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
interface WithFields {
  items: WithItem[];
  body: Stmt[];
  type_comment: string | null;
}
export interface With extends Position, WithFields {
  kind: "With";
}
export interface AsyncWith extends Position, WithFields {
  kind: "AsyncWith";
}
export interface Match extends Position {
  kind: "Match";
  subject: Expr;
  cases: MatchCase[];
}
export interface Raise extends Position {
  kind: "Raise";
  exc: Expr | null;
  cause: Expr | null;
}
interface TryFields {
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface Try extends Position, TryFields {
  kind: "Try";
}
export interface TryStar extends Position, TryFields {
  kind: "TryStar";
}
export interface Assert extends Position {
  kind: "Assert";
  test: Expr;
  msg: Expr | null;
}
export interface Import extends Position {
  kind: "Import";
  names: Alias[];
}
export interface ImportFrom extends Position {
  kind: "ImportFrom";
  module: string | null;
  names: Alias[];
  level: number;
}
export interface Global extends Position {
  kind: "Global";
  names: string[];
}
export interface Nonlocal extends Position {
  kind: "Nonlocal";
  names: string[];
}
export interface ExprStmt extends Position {
  kind: "Expr";
  value: Expr;
}
export interface Pass extends Position {
  kind: "Pass";
}
export interface Break extends Position {
  kind: "Break";
}
export interface Continue extends Position {
  kind: "Continue";
}
export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue;

// ── expressions ────────────────────────────────────────────────────────────────────────────────────────────
export type ExprContext = "Load" | "Store" | "Del";
export type BoolOperator = "And" | "Or";
export type Operator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export type UnaryOperator = "Invert" | "Not" | "UAdd" | "USub";
export type CmpOperator = "Eq" | "NotEq" | "Lt" | "LtE" | "Gt" | "GtE" | "Is" | "IsNot" | "In" | "NotIn";

export interface BoolOp extends Position {
  kind: "BoolOp";
  op: BoolOperator;
  values: Expr[];
}
export interface NamedExpr extends Position {
  kind: "NamedExpr";
  target: Expr;
  value: Expr;
}
export interface BinOp extends Position {
  kind: "BinOp";
  left: Expr;
  op: Operator;
  right: Expr;
}
export interface UnaryOp extends Position {
  kind: "UnaryOp";
  op: UnaryOperator;
  operand: Expr;
}
export interface Lambda extends Position {
  kind: "Lambda";
  args: Arguments;
  body: Expr;
}
export interface IfExp extends Position {
  kind: "IfExp";
  test: Expr;
  body: Expr;
  orelse: Expr;
}
export interface Dict extends Position {
  kind: "Dict";
  keys: (Expr | null)[];
  values: Expr[];
}
export interface SetExpr extends Position {
  kind: "Set";
  elts: Expr[];
}
export interface ListComp extends Position {
  kind: "ListComp";
  elt: Expr;
  generators: Comprehension[];
}
export interface SetComp extends Position {
  kind: "SetComp";
  elt: Expr;
  generators: Comprehension[];
}
export interface DictComp extends Position {
  kind: "DictComp";
  key: Expr;
  value: Expr;
  generators: Comprehension[];
}
export interface GeneratorExp extends Position {
  kind: "GeneratorExp";
  elt: Expr;
  generators: Comprehension[];
}
export interface Await extends Position {
  kind: "Await";
  value: Expr;
}
export interface Yield extends Position {
  kind: "Yield";
  value: Expr | null;
}
export interface YieldFrom extends Position {
  kind: "YieldFrom";
  value: Expr;
}
export interface Compare extends Position {
  kind: "Compare";
  left: Expr;
  ops: CmpOperator[];
  comparators: Expr[];
}
export interface Call extends Position {
  kind: "Call";
  func: Expr;
  args: Expr[];
  keywords: Keyword[];
}
/** `conversion`: -1 none, else the character code of `s`, `r` or `a`. */
export interface FormattedValue extends Position {
  kind: "FormattedValue";
  value: Expr;
  conversion: number;
  format_spec: Expr | null;
}
/** A replacement field of a t-string; `str` is the expression's source text (PEP 750). */
export interface Interpolation extends Position {
  kind: "Interpolation";
  value: Expr;
  str: Const;
  conversion: number;
  format_spec: Expr | null;
}
export interface JoinedStr extends Position {
  kind: "JoinedStr";
  values: Expr[];
}
export interface TemplateStr extends Position {
  kind: "TemplateStr";
  values: Expr[];
}
/** `u` is "u" for a literal written with that prefix (ASDL's `kind`, a name taken here), else null. */
export interface Constant extends Position {
  kind: "Constant";
  value: Const;
  u: "u" | null;
}
export interface Attribute extends Position {
  kind: "Attribute";
  value: Expr;
  attr: string;
  ctx: ExprContext;
}
export interface Subscript extends Position {
  kind: "Subscript";
  value: Expr;
  slice: Expr;
  ctx: ExprContext;
}
export interface Starred extends Position {
  kind: "Starred";
  value: Expr;
  ctx: ExprContext;
}
export interface Name extends Position {
  kind: "Name";
  id: string;
  ctx: ExprContext;
}
export interface List extends Position {
  kind: "List";
  elts: Expr[];
  ctx: ExprContext;
}
export interface Tuple extends Position {
  kind: "Tuple";
  elts: Expr[];
  ctx: ExprContext;
}
export interface Slice extends Position {
  kind: "Slice";
  lower: Expr | null;
  upper: Expr | null;
  step: Expr | null;
}
export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetExpr
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;

// ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────
/** Not a node with a position: ASDL's `comprehension` has no attributes. */
export interface Comprehension {
  kind: "comprehension";
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  is_async: 0 | 1;
}
export interface ExceptHandler extends Position {
  kind: "ExceptHandler";
  type: Expr | null;
  name: string | null;
  body: Stmt[];
}
export interface Arguments {
  kind: "arguments";
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
}
export interface Arg extends Position {
  kind: "arg";
  arg: string;
  annotation: Expr | null;
  type_comment: string | null;
}
export interface Keyword extends Position {
  kind: "keyword";
  arg: string | null;
  value: Expr;
}
export interface Alias extends Position {
  kind: "alias";
  name: string;
  asname: string | null;
}
export interface WithItem {
  kind: "withitem";
  context_expr: Expr;
  optional_vars: Expr | null;
}
export interface MatchCase {
  kind: "match_case";
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}

// ── patterns ───────────────────────────────────────────────────────────────────────────────────────────────
export interface MatchValue extends Position {
  kind: "MatchValue";
  value: Expr;
}
export interface MatchSingleton extends Position {
  kind: "MatchSingleton";
  value: Const;
}
export interface MatchSequence extends Position {
  kind: "MatchSequence";
  patterns: Pattern[];
}
export interface MatchMapping extends Position {
  kind: "MatchMapping";
  keys: Expr[];
  patterns: Pattern[];
  rest: string | null;
}
export interface MatchClass extends Position {
  kind: "MatchClass";
  cls: Expr;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}
export interface MatchStar extends Position {
  kind: "MatchStar";
  name: string | null;
}
export interface MatchAs extends Position {
  kind: "MatchAs";
  pattern: Pattern | null;
  name: string | null;
}
export interface MatchOr extends Position {
  kind: "MatchOr";
  patterns: Pattern[];
}
export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

// ── type parameters ────────────────────────────────────────────────────────────────────────────────────────
export interface TypeVar extends Position {
  kind: "TypeVar";
  name: string;
  bound: Expr | null;
  default_value: Expr | null;
}
export interface ParamSpec extends Position {
  kind: "ParamSpec";
  name: string;
  default_value: Expr | null;
}
export interface TypeVarTuple extends Position {
  kind: "TypeVarTuple";
  name: string;
  default_value: Expr | null;
}
export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;

export type Node =
  | Mod
  | Stmt
  | Expr
  | Pattern
  | TypeParam
  | Comprehension
  | ExceptHandler
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase
  | TypeIgnore;
