/**
 * Source text of an expression: what annotations become under `from __future__ import annotations`.
 * Parentheses go where precedence needs them and nowhere else.
 */
import type {
  Arguments,
  BoolOp,
  CmpOperator,
  Compare,
  Comprehension,
  Const,
  Dict,
  Expr,
  FormattedValue,
  Interpolation,
  JoinedStr,
  Lambda,
  Operator,
  TemplateStr,
  UnaryOperator,
} from "../syntax/ast.ts";
import { constRepr } from "./repr.ts";

// Precedences, loosest first.
const TUPLE = 0;
const TEST = 1;
const OR = 2;
const AND = 3;
const NOT = 4;
const CMP = 5;
const EXPR = 6;
const BOR = EXPR;
const BXOR = 7;
const BAND = 8;
const SHIFT = 9;
const ARITH = 10;
const TERM = 11;
const FACTOR = 12;
const POWER = 13;
const AWAIT = 14;
const ATOM = 15;

const BINARY: Record<Operator, [string, number]> = {
  Add: [" + ", ARITH],
  Sub: [" - ", ARITH],
  Mult: [" * ", TERM],
  MatMult: [" @ ", TERM],
  Div: [" / ", TERM],
  Mod: [" % ", TERM],
  LShift: [" << ", SHIFT],
  RShift: [" >> ", SHIFT],
  BitOr: [" | ", BOR],
  BitXor: [" ^ ", BXOR],
  BitAnd: [" & ", BAND],
  FloorDiv: [" // ", TERM],
  Pow: [" ** ", POWER],
};
const UNARY: Record<UnaryOperator, [string, number]> = {
  Invert: ["~", FACTOR],
  Not: ["not ", NOT],
  UAdd: ["+", FACTOR],
  USub: ["-", FACTOR],
};
const COMPARE: Record<CmpOperator, string> = {
  Eq: " == ",
  NotEq: " != ",
  Lt: " < ",
  LtE: " <= ",
  Gt: " > ",
  GtE: " >= ",
  Is: " is ",
  IsNot: " is not ",
  In: " in ",
  NotIn: " not in ",
};

/** The text of `e` as a constant: a `str`, or an `astral` where it has code points beyond the first plane. */
export function unparse(e: Expr): Const {
  const v = text(e, TEST);
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(v)) return { t: "str", v };
  return { t: "astral", v: Array.from(v, (c) => c.codePointAt(0) as number) };
}

const parens = (s: string, needed: boolean): string => (needed ? `(${s})` : s);

function text(e: Expr, level: number): string {
  switch (e.kind) {
    case "BoolOp":
      return boolOp(e, level);
    case "BinOp": {
      const [symbol, precedence] = BINARY[e.op];
      const right = e.op === "Pow";
      const s = text(e.left, precedence + (right ? 1 : 0)) + symbol + text(e.right, precedence + (right ? 0 : 1));
      return parens(s, level > precedence);
    }
    case "UnaryOp": {
      const [symbol, precedence] = UNARY[e.op];
      return parens(symbol + text(e.operand, precedence), level > precedence);
    }
    case "Lambda":
      return parens(lambda(e), level > TEST);
    case "IfExp":
      return parens(
        `${text(e.body, TEST + 1)} if ${text(e.test, TEST + 1)} else ${text(e.orelse, TEST)}`,
        level > TEST,
      );
    case "Dict":
      return dict(e);
    case "Set":
      return `{${list(e.elts)}}`;
    case "GeneratorExp":
      return `(${text(e.elt, TEST)}${generators(e.generators)})`;
    case "ListComp":
      return `[${text(e.elt, TEST)}${generators(e.generators)}]`;
    case "SetComp":
      return `{${text(e.elt, TEST)}${generators(e.generators)}}`;
    case "DictComp":
      return `{${text(e.key, TEST)}: ${text(e.value, TEST)}${generators(e.generators)}}`;
    case "Yield":
      return e.value === null ? "(yield)" : `(yield ${text(e.value, TUPLE)})`;
    case "YieldFrom":
      return `(yield from ${text(e.value, TEST)})`;
    case "Await":
      return parens(`await ${text(e.value, ATOM)}`, level > AWAIT);
    case "Compare":
      return compare(e, level);
    case "Call":
      return call(e);
    case "Constant":
      return constant(e.value, e.u);
    case "JoinedStr":
    case "TemplateStr":
      return fString(e);
    case "FormattedValue":
    case "Interpolation":
      return replacement(e);
    case "Attribute": {
      const value = text(e.value, ATOM);
      // `1.x` would be a float.
      const isInt = e.value.kind === "Constant" && e.value.value.t === "int";
      return `${value}${isInt ? " ." : "."}${e.attr}`;
    }
    case "Starred":
      return `*${text(e.value, EXPR)}`;
    case "Name":
      return e.id;
    case "List":
      return `[${list(e.elts)}]`;
    case "Tuple":
      if (e.elts.length === 0) return "()";
      return parens(e.elts.length === 1 ? `${text(e.elts[0], TEST)},` : list(e.elts), level > TUPLE);
    case "Subscript":
      return `${text(e.value, ATOM)}[${text(e.slice, TUPLE)}]`;
    case "Slice": {
      const lower = e.lower === null ? "" : text(e.lower, TEST);
      const upper = e.upper === null ? "" : text(e.upper, TEST);
      return `${lower}:${upper}${e.step === null ? "" : `:${text(e.step, TEST)}`}`;
    }
    case "NamedExpr":
      return parens(`${text(e.target, TUPLE)} := ${text(e.value, ATOM)}`, level > TUPLE);
  }
}

const list = (elts: readonly Expr[]): string => elts.map((e) => text(e, TEST)).join(", ");

function boolOp(e: BoolOp, level: number): string {
  const precedence = e.op === "And" ? AND : OR;
  return parens(
    e.values.map((v) => text(v, precedence + 1)).join(e.op === "And" ? " and " : " or "),
    level > precedence,
  );
}

function compare(e: Compare, level: number): string {
  let s = text(e.left, CMP + 1);
  e.ops.forEach((op, i) => {
    s += COMPARE[op] + text(e.comparators[i], CMP + 1);
  });
  return parens(s, level > CMP);
}

function parameters(a: Arguments): string {
  const out: string[] = [];
  const positional = [...a.posonlyargs, ...a.args];
  const required = positional.length - a.defaults.length;
  positional.forEach((arg, i) => {
    out.push(arg.arg + (i >= required ? `=${text(a.defaults[i - required], TEST)}` : ""));
    if (i + 1 === a.posonlyargs.length) out.push("/");
  });
  if (a.vararg !== null) out.push(`*${a.vararg.arg}`);
  else if (a.kwonlyargs.length > 0) out.push("*");
  a.kwonlyargs.forEach((arg, i) => {
    const value = a.kw_defaults[i];
    out.push(arg.arg + (value !== null && value !== undefined ? `=${text(value, TEST)}` : ""));
  });
  if (a.kwarg !== null) out.push(`**${a.kwarg.arg}`);
  return out.join(", ");
}

function lambda(e: Lambda): string {
  const params = parameters(e.args);
  return `${params === "" ? "lambda: " : `lambda ${params}: `}${text(e.body, TEST)}`;
}

function dict(e: Dict): string {
  const items = e.values.map((value, i) => {
    const key = e.keys[i];
    return key === null ? `**${text(value, EXPR)}` : `${text(key, TEST)}: ${text(value, TEST)}`;
  });
  return `{${items.join(", ")}}`;
}

function generators(list: readonly Comprehension[]): string {
  return list
    .map((g) => {
      const head = `${g.is_async === 1 ? " async for " : " for "}${text(g.target, TUPLE)} in ${text(g.iter, TEST + 1)}`;
      return head + g.ifs.map((cond) => ` if ${text(cond, TEST + 1)}`).join("");
    })
    .join("");
}

function call(e: Expr & { kind: "Call" }): string {
  const func = text(e.func, ATOM);
  const only = e.args.length === 1 && e.keywords.length === 0 ? e.args[0] : null;
  // A lone generator brings its parentheses.
  if (only !== null && only.kind === "GeneratorExp") return func + text(only, TEST);
  const args = e.args.map((a) => text(a, TEST));
  for (const k of e.keywords)
    args.push(k.arg === null ? `**${text(k.value, TEST)}` : `${k.arg}=${text(k.value, TEST)}`);
  return `${func}(${args.join(", ")})`;
}

/** Infinity as a number that overflows. */
const INFINITY = "1e309";

function constant(c: Const, u: "u" | null): string {
  if (c.t === "ellipsis") return "...";
  const s = constRepr(c);
  if (c.t === "float" || c.t === "complex") return s.replaceAll("inf", INFINITY);
  return u !== null ? `u${s}` : s;
}

function quote(s: string, prefix: string): string {
  return prefix + constRepr({ t: "str", v: s });
}

/** The inside of an f-string, before it is quoted. */
function fBody(e: JoinedStr | TemplateStr): string {
  return e.values
    .map((v) => {
      if (v.kind === "Constant") return stringOf(v.value).replaceAll("{", "{{").replaceAll("}", "}}");
      return v.kind === "FormattedValue" || v.kind === "Interpolation" ? replacement(v) : text(v, TEST);
    })
    .join("");
}

function stringOf(c: Const): string {
  if (c.t === "astral") return String.fromCodePoint(...c.v);
  return c.t === "str" ? c.v : "";
}

function fString(e: JoinedStr | TemplateStr): string {
  return quote(fBody(e), e.kind === "JoinedStr" ? "f" : "t");
}

function replacement(e: FormattedValue | Interpolation): string {
  const inner = e.kind === "Interpolation" ? stringOf(e.str) : text(e.value, TEST + 1);
  let s = inner.startsWith("{") ? `{ ${inner}` : `{${inner}`;
  if (e.conversion > 0) s += `!${String.fromCharCode(e.conversion)}`;
  if (e.format_spec !== null) {
    s += ":";
    s += e.format_spec.kind === "JoinedStr" ? fBody(e.format_spec) : text(e.format_spec, TEST);
  }
  return `${s}}`;
}
