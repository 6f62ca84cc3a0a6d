/** The diagnosing grammar: atoms, displays, comprehensions and what is applied to them. */
import * as T from "../tokens.ts";
import { numberValue } from "../literal-number.ts";
import { callArgs, starredExpression } from "./calls.ts";
import { type Diagnoser, NOTHING, type Tree, ahead, any, commas, group, last, many, not, opt, some } from "./engine.ts";
import {
  assignmentExpression,
  bitwiseOr,
  disjunction,
  expression,
  expressionNotAssigned,
  name,
  namedExpression,
  starNamedExpression,
  starNamedExpressions,
  yieldExpr,
} from "./expressions.ts";
import { failPlace } from "./report.ts";
import { strings } from "./strings.ts";
import { invalidForTarget, starTargets } from "./targets.ts";

// ── primary ────────────────────────────────────────────────────────────────────────────────────────────────

export function primary(d: Diagnoser): Tree | null {
  return d.memo(primaryRule);
}

const callArguments = group(T.LPAR, opt(callArgs), T.RPAR);
const subscript = group(T.LSQB, slices, T.RSQB);
const attribute = group(T.DOT, T.NAME);

function primaryRule(d: Diagnoser): Tree | null {
  const start = d.mark;
  let tree = atom(d);
  while (tree !== null) {
    const kind = trailer(d);
    if (kind === null) return tree;
    tree = { kind, start, end: d.mark, parts: [] };
  }
  return null;
}

/** What is applied to a primary; the kind of the whole, or null. */
function trailer(d: Diagnoser): string | null {
  if (attribute(d) !== null) return "Attribute";
  if (genexp(d) !== null || callArguments(d) !== null) return "Call";
  return subscript(d) === null ? null : "Subscript";
}

const targetAhead = ahead(T.LPAR, T.LSQB, T.DOT);

/** A primary that something is still applied to. */
export function targetPrimary(d: Diagnoser): Tree | null {
  return d.memo(targetPrimaryRule);
}

function targetPrimaryRule(d: Diagnoser): Tree | null {
  const start = d.mark;
  let tree = d.pick(0, atom, targetAhead);
  while (tree !== null) {
    const before = d.mark;
    let kind = attributeThenMore(d) !== null ? "Attribute" : subscriptThenMore(d) !== null ? "Subscript" : null;
    if (kind === null && (genexpThenMore(d) !== null || callThenMore(d) !== null)) kind = "Call";
    if (kind === null) {
      d.mark = before;
      return tree;
    }
    tree = { kind, start, end: d.mark, parts: [] };
  }
  return null;
}

const attributeThenMore = group(T.DOT, T.NAME, targetAhead);
const subscriptThenMore = group(T.LSQB, slices, T.RSQB, targetAhead);
const genexpThenMore = group(genexp, targetAhead);
const callThenMore = group(callArguments, targetAhead);

/** A target that ends in an attribute or a subscript. */
export function attributeOrSubscript(d: Diagnoser): Tree | null {
  return (
    d.all("Attribute", targetPrimary, T.DOT, T.NAME, noMoreTarget) ??
    d.all("Subscript", targetPrimary, T.LSQB, slices, T.RSQB, noMoreTarget)
  );
}

const noMoreTarget = not(T.LPAR, T.LSQB, T.DOT);

export function slices(d: Diagnoser): Tree | null {
  const one = d.pick(0, slice, not(T.COMMA));
  if (one !== null) return one;
  return d.all("Tuple", sliceList, opt(T.COMMA));
}

const sliceList = commas(any(slice, starredExpression));

function slice(d: Diagnoser): Tree | null {
  return d.all("Slice", opt(expression), T.COLON, opt(expression), opt(T.COLON, opt(expression))) ?? namedExpression(d);
}

// ── atoms ──────────────────────────────────────────────────────────────────────────────────────────────────

export function atom(d: Diagnoser): Tree | null {
  switch (d.kind()) {
    case T.NAME:
      return name(d);
    case T.TRUE:
    case T.FALSE:
    case T.NONE:
    case T.ELLIPSIS:
      return constant(d);
    case T.STRING:
    case T.FSTRING_START:
    case T.TSTRING_START:
      return strings(d);
    case T.NUMBER:
      return number(d);
    case T.LPAR:
      return tuple(d) ?? groupExpression(d) ?? genexp(d);
    case T.LSQB:
      return list(d) ?? listcomp(d);
    case T.LBRACE:
      return dict(d) ?? set(d) ?? dictcomp(d) ?? setcomp(d);
    default:
      return null;
  }
}

function constant(d: Diagnoser): Tree {
  const start = d.mark++;
  return { kind: "Constant", start, end: start + 1, parts: [] };
}

/** A NUMBER; one with too many digits raises. */
export function number(d: Diagnoser): Tree | null {
  if (d.kind() !== T.NUMBER) return null;
  const text = d.p.text(d.mark);
  const value = numberValue(text, d.p.context.maxIntDigits);
  if ("digits" in value) {
    const lineno = d.p.line(d.mark);
    failPlace(
      d,
      "SyntaxError",
      `Exceeds the limit (${d.p.context.maxIntDigits} digits) for integer string conversion: value has ${value.digits} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.`,
      { lineno, offset: 0, endLineno: lineno, endOffset: 0 },
    );
  }
  if (text.includes("_")) d.requireVersion(6, "Underscores in numeric literals are");
  return constant(d);
}

export function groupExpression(d: Diagnoser): Tree | null {
  const tree = d.pick(1, T.LPAR, any(yieldExpr, namedExpression), T.RPAR);
  return tree ?? d.diagnose(invalidGroup);
}

function invalidGroup(d: Diagnoser): Tree | null {
  let tree = d.all("", T.LPAR, starredExpression, T.RPAR);
  if (tree !== null) d.fail(tree.parts[1], "cannot use starred expression here");
  tree = d.all("", T.LPAR, T.DOUBLESTAR, expression, T.RPAR);
  return tree === null ? null : d.fail(tree.parts[1], "cannot use double starred expression here");
}

/** A Tuple whose parts are its elements. */
export function tuple(d: Diagnoser): Tree | null {
  const tree = d.all("Tuple", T.LPAR, opt(starNamedExpression, T.COMMA, opt(starNamedExpressions)), T.RPAR);
  if (tree === null) return null;
  const inner = tree.parts[1];
  if (inner === NOTHING) return { ...tree, parts: [] };
  return { ...tree, parts: [inner.parts[0], ...inner.parts[2].parts] };
}

/** A List whose parts are its elements. */
export function list(d: Diagnoser): Tree | null {
  const tree = d.all("List", T.LSQB, opt(starNamedExpressions), T.RSQB);
  return tree === null ? null : { ...tree, parts: tree.parts[1].parts };
}

function listcomp(d: Diagnoser): Tree | null {
  return d.all("ListComp", T.LSQB, namedExpression, forIfClauses, T.RSQB) ?? d.diagnose(invalidComprehension);
}

function set(d: Diagnoser): Tree | null {
  return d.all("Set", T.LBRACE, starNamedExpressions, T.RBRACE);
}

function setcomp(d: Diagnoser): Tree | null {
  return d.all("SetComp", T.LBRACE, namedExpression, forIfClauses, T.RBRACE) ?? d.diagnose(invalidComprehension);
}

export function genexp(d: Diagnoser): Tree | null {
  return (
    d.all("GeneratorExp", T.LPAR, any(assignmentExpression, expressionNotAssigned), forIfClauses, T.RPAR) ??
    d.diagnose(invalidComprehension)
  );
}

function dict(d: Diagnoser): Tree | null {
  const tree = d.all("Dict", T.LBRACE, opt(doubleStarredPairs), T.RBRACE);
  if (tree !== null) return tree;
  // CPython guards only alternatives that are a rule for invalid syntax and nothing else: this one runs in both passes.
  return d.all("Dict", T.LBRACE, invalidPairs, T.RBRACE);
}

function dictcomp(d: Diagnoser): Tree | null {
  return d.all("DictComp", T.LBRACE, keyValuePair, forIfClauses, T.RBRACE) ?? d.diagnose(invalidDictComprehension);
}

const pairList = commas(doubleStarredPair);
const doubleStarredPairs = group(pairList, opt(T.COMMA));

function doubleStarredPair(d: Diagnoser): Tree | null {
  return d.all("pair", T.DOUBLESTAR, bitwiseOr) ?? keyValuePair(d);
}

function keyValuePair(d: Diagnoser): Tree | null {
  return d.all("pair", expression, T.COLON, expression);
}

const endOfPair = ahead(T.RBRACE, T.COMMA);

function invalidPairs(d: Diagnoser): Tree | null {
  const tree = d.all("", pairList, T.COMMA, invalidPair);
  if (tree !== null) return tree;
  return invalidValue(d);
}

/** What stands for a value in a pair and is none. */
function invalidValue(d: Diagnoser): Tree | null {
  let tree = d.all("", expression, T.COLON, T.STAR, bitwiseOr);
  if (tree !== null) d.failFrom(tree.parts[2], "cannot use a starred expression in a dictionary value");
  tree = d.all("", expression, T.COLON, endOfPair);
  return tree === null ? null : d.fail(tree.parts[1], "expression expected after dictionary key and ':'");
}

function invalidPair(d: Diagnoser): Tree | null {
  const tree = d.all("", expression, not(T.COLON));
  if (tree === null) return invalidValue(d);
  const key = tree.parts[0];
  const { tokens } = d.p;
  return failPlace(d, "SyntaxError", "':' expected after dictionary key", {
    lineno: tokens.lines[key.start],
    offset: tokens.endCols[key.end - 1],
    endLineno: tokens.endLines[key.end - 1],
    endOffset: 0,
  });
}

// ── comprehensions ─────────────────────────────────────────────────────────────────────────────────────────

const openBracket = any(T.LSQB, T.LPAR, T.LBRACE);
const openListOrSet = any(T.LSQB, T.LBRACE);
const UNPARENTHESISED_TARGET = "did you forget parentheses around the comprehension target?";

function invalidComprehension(d: Diagnoser): Tree | null {
  let tree = d.all("", openBracket, starredExpression, forIfClauses);
  if (tree !== null) d.fail(tree.parts[1], "iterable unpacking cannot be used in comprehension");
  tree = d.all("", openListOrSet, starNamedExpression, T.COMMA, starNamedExpressions, forIfClauses);
  if (tree !== null) d.failRange(tree.parts[1], last(tree.parts[3]), UNPARENTHESISED_TARGET);
  tree = d.all("", openListOrSet, starNamedExpression, T.COMMA, forIfClauses);
  return tree === null ? null : d.failRange(tree.parts[1], tree.parts[2], UNPARENTHESISED_TARGET);
}

function invalidDictComprehension(d: Diagnoser): Tree | null {
  const tree = d.all("", T.LBRACE, T.DOUBLESTAR, bitwiseOr, forIfClauses, T.RBRACE);
  return tree === null ? null : d.fail(tree.parts[1], "dict unpacking cannot be used in dict comprehension");
}

const clauses = some(forIfClause);

/** The parts are the clauses; a clause's last part is its last iterable or condition. */
export function forIfClauses(d: Diagnoser): Tree | null {
  return clauses(d);
}

const conditions = many(group(T.IF, disjunction));

/** Behind `in` nothing but this clause is tried. */
function forIfClause(d: Diagnoser): Tree | null {
  const start = d.mark;
  for (const isAsync of [true, false]) {
    d.mark = start;
    if (isAsync && d.token(T.ASYNC) === null) continue;
    if (d.token(T.FOR) === null || starTargets(d) === null || d.token(T.IN) === null) continue;
    const iter = disjunction(d);
    if (iter === null) return null;
    const ifs = conditions(d) as Tree;
    if (isAsync) d.requireVersion(6, "Async comprehensions are");
    const tail = ifs.parts.length === 0 ? iter : last(ifs).parts[1];
    return { kind: "clause", start, end: d.mark, parts: [tail] };
  }
  d.mark = start;
  d.diagnose(invalidForIfClause);
  d.diagnose(invalidForTarget);
  return null;
}

const loopVariables = group(bitwiseOr, many(group(T.COMMA, bitwiseOr)), opt(T.COMMA));

function invalidForIfClause(d: Diagnoser): Tree | null {
  const tree = d.all("", opt(T.ASYNC), T.FOR, loopVariables, not(T.IN));
  return tree === null ? null : d.failHere("'in' expected after for-loop variables");
}

/** The last iterable or condition of comprehension clauses. */
export function lastOfClauses(tree: Tree): Tree {
  return last(tree).parts[0];
}
