/** The diagnosing grammar: atoms, displays, comprehensions, strings, subscripts and calls. */
import * as T from "../tokens.ts";
import { numberValue } from "../literal-number.ts";
import { middleConstant, stringConstant } from "../strings.ts";
import { type Diagnoser, NOTHING, type Rule, type Tree, ahead, any, commas, group, last, many, not, opt, some } from "./engine.ts";
import {
  annotatedRhs, assignmentExpression, bitwiseOr, disjunction, expression, expressionNotAssigned, name, namedExpression,
  starNamedExpression, starNamedExpressions, yieldExpr,
} from "./expressions.ts";
import { failPlace } from "./report.ts";
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
  return d.all("Attribute", targetPrimary, T.DOT, T.NAME, noMoreTarget) ?? d.all("Subscript", targetPrimary, T.LSQB, slices, T.RSQB, noMoreTarget);
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
  const value = numberValue(text);
  if ("digits" in value) {
    const lineno = d.p.line(d.mark);
    failPlace(
      d, "SyntaxError",
      `Exceeds the limit (4300 digits) for integer string conversion: value has ${value.digits} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.`,
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
  return d.all("GeneratorExp", T.LPAR, any(assignmentExpression, expressionNotAssigned), forIfClauses, T.RPAR) ?? d.diagnose(invalidComprehension);
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
    lineno: tokens.lines[key.start], offset: tokens.endCols[key.end - 1], endLineno: tokens.endLines[key.end - 1], endOffset: 0,
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
function lastOfClauses(tree: Tree): Tree {
  return last(tree).parts[0];
}

// ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────

/** `arguments`. */
export function callArgs(d: Diagnoser): Tree | null {
  return d.memo(callArgsRule);
}

function callArgsRule(d: Diagnoser): Tree | null {
  return d.pick(0, args, opt(T.COMMA), ahead(T.RPAR)) ?? d.diagnose(invalidArguments);
}

const positional = any(starredExpression, (d) => d.pick(0, any(assignmentExpression, expressionNotAssigned), not(T.EQUAL)));
const positionals = commas(positional);

/** The parts are the positional arguments, starred ones among the keywords included; the kind tells of a `**`. */
function args(d: Diagnoser): Tree | null {
  const start = d.mark;
  const first = positionals(d);
  if (first === null) return kwargs(d);
  const rest = d.pick(1, T.COMMA, kwargs);
  const kind = rest === null ? "args" : rest.kind;
  return { kind, start, end: d.mark, parts: rest === null ? first.parts : [...first.parts, ...rest.parts] };
}

const namedOrStarred = commas(kwargOrStarred);
const namedOrDoubleStarred = commas(kwargOrDoubleStarred);

function kwargs(d: Diagnoser): Tree | null {
  const tree = d.all("", namedOrStarred, T.COMMA, namedOrDoubleStarred) ?? d.all("", namedOrStarred) ?? d.all("", namedOrDoubleStarred);
  if (tree === null) return null;
  const all = tree.parts.flatMap((part) => part.parts);
  const unpacks = all.some((part) => part.kind === "unpack");
  return { ...tree, kind: unpacks ? "argsUnpacking" : "args", parts: all.filter((part) => part.kind === "Starred") };
}

function kwargOrStarred(d: Diagnoser): Tree | null {
  d.diagnose(invalidKwarg);
  return d.all("keyword", T.NAME, T.EQUAL, expression) ?? starredExpression(d);
}

function kwargOrDoubleStarred(d: Diagnoser): Tree | null {
  d.diagnose(invalidKwarg);
  return d.all("keyword", T.NAME, T.EQUAL, expression) ?? d.all("unpack", T.DOUBLESTAR, expression);
}

export function starredExpression(d: Diagnoser): Tree | null {
  d.diagnose(invalidStarredUnpacking);
  return d.all("Starred", T.STAR, expression) ?? d.diagnose(invalidStarred);
}

function invalidStarredUnpacking(d: Diagnoser): Tree | null {
  const tree = d.all("", T.STAR, expression, T.EQUAL, expression);
  return tree === null ? null : d.failRange(tree.parts[0], tree.parts[3], "cannot assign to iterable argument unpacking");
}

function invalidStarred(d: Diagnoser): Tree | null {
  return d.token(T.STAR) === null ? null : d.failHere("Invalid star expression");
}

const starredNotAssigned: Rule = (d) => d.pick(0, starredExpression, not(T.EQUAL));
const argsBeforeStarred = any(group(positionals, T.COMMA, kwargs), kwargs);
const GENERATOR = "Generator expression must be parenthesized";
const EQUALS = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

function invalidArguments(d: Diagnoser): Tree | null {
  let tree = d.all("", argsBeforeStarred, T.COMMA, commas(starredNotAssigned));
  if (tree !== null) d.failFrom(tree.parts[1], "iterable argument unpacking follows keyword argument unpacking");
  tree = d.all("", expression, forIfClauses, T.COMMA, opt(any(args, group(expression, forIfClauses))));
  if (tree !== null) d.failRange(tree.parts[0], lastOfClauses(tree.parts[1]), GENERATOR);
  tree = d.all("", T.NAME, T.EQUAL, expression, forIfClauses);
  if (tree !== null) d.failRange(tree.parts[0], tree.parts[1], EQUALS);
  tree = d.all("", opt(args, T.COMMA), T.NAME, T.EQUAL, ahead(T.COMMA, T.RPAR));
  if (tree !== null) d.failRange(tree.parts[1], tree.parts[2], "expected argument value expression");
  tree = d.all("", args, forIfClauses);
  if (tree !== null) return bareGenerator(d, tree.parts[0], tree.parts[1]);
  tree = d.all("", args, T.COMMA, expression, forIfClauses);
  if (tree !== null) d.failRange(tree.parts[2], lastOfClauses(tree.parts[3]), GENERATOR);
  tree = d.all("", args, T.COMMA, args);
  if (tree === null) return null;
  const unpacking = tree.parts[0].kind === "argsUnpacking" ? " unpacking" : "";
  return d.failHere(`positional argument follows keyword argument${unpacking}`);
}

/** `f(a, x for x in y)`; with one argument alone the generator is fine. */
function bareGenerator(d: Diagnoser, before: Tree, tail: Tree): null {
  if (before.parts.length <= 1) return null;
  return d.failRange(last(before), lastOfClauses(tail), GENERATOR);
}

function invalidKwarg(d: Diagnoser): Tree | null {
  let tree = d.all("", any(T.TRUE, T.FALSE, T.NONE), T.EQUAL);
  if (tree !== null) d.failRange(tree.parts[0], tree.parts[1], `cannot assign to ${d.p.text(tree.start)}`);
  tree = d.all("", T.NAME, T.EQUAL, expression, forIfClauses);
  if (tree !== null) d.failRange(tree.parts[0], tree.parts[1], EQUALS);
  tree = d.all("", not(group(T.NAME, T.EQUAL)), expression, T.EQUAL);
  if (tree !== null) d.failRange(tree.parts[1], tree.parts[2], 'expression cannot contain assignment, perhaps you meant "=="?');
  tree = d.all("", T.DOUBLESTAR, expression, T.EQUAL, expression);
  return tree === null ? null : d.failRange(tree.parts[0], tree.parts[3], "cannot assign to keyword argument unpacking");
}

// ── strings ────────────────────────────────────────────────────────────────────────────────────────────────

export function strings(d: Diagnoser): Tree | null {
  return d.memo(stringsRule);
}

const plainOrFString = any(fstring, string);
const plainStrings = some(plainOrFString);
const templates = some(tstring);

function stringsRule(d: Diagnoser): Tree | null {
  d.diagnose(invalidMixedStrings);
  const tree = plainStrings(d);
  if (tree !== null) return concatenation(d, tree);
  const template = templates(d);
  return template === null ? null : { ...template, kind: "TemplateStr" };
}

function concatenation(d: Diagnoser, tree: Tree): Tree {
  const bytes = tree.parts.filter((part) => part.kind === "bytes").length;
  if (bytes > 0 && bytes < tree.parts.length) d.failHere("cannot mix bytes and nonbytes literals");
  const formatted = tree.parts.some((part) => part.kind === "JoinedStr");
  return { ...tree, kind: formatted ? "JoinedStr" : "Constant", parts: [] };
}

const MIXED = "cannot mix t-string literals with string or bytes literals";

function invalidMixedStrings(d: Diagnoser): Tree | null {
  let tree = d.all("", plainStrings, tstring);
  if (tree !== null) d.failRange(last(tree.parts[0]), tree.parts[1], MIXED);
  tree = d.all("", templates, plainOrFString);
  return tree === null ? null : d.failRange(last(tree.parts[0]), tree.parts[1], MIXED);
}

function string(d: Diagnoser): Tree | null {
  const tree = d.token(T.STRING);
  if (tree === null) return null;
  // With the rules for invalid syntax on, CPython has warned of this string before.
  const value = stringConstant(d.p, tree.start, !d.invalid);
  if (!("error" in value)) return { ...tree, kind: value.t === "bytes" ? "bytes" : "str" };
  if (value.error.startsWith("(")) d.failHere(value.error);
  return d.fail(tree, value.error);
}

function fstring(d: Diagnoser): Tree | null {
  return joined(d, "JoinedStr", T.FSTRING_START, fstringMiddles, T.FSTRING_END);
}

function tstring(d: Diagnoser): Tree | null {
  return d.memo(tstringRule);
}

function tstringRule(d: Diagnoser): Tree | null {
  const tree = joined(d, "TemplateStr", T.TSTRING_START, tstringMiddles, T.TSTRING_END);
  if (tree !== null) d.requireVersion(14, "t-strings are");
  return tree;
}

function joined(d: Diagnoser, kind: string, start: number, middles: Rule, end: number): Tree | null {
  const tree = d.all(kind, start, middles, end);
  if (tree === null) return null;
  const raw = /r/i.test(d.p.text(tree.start));
  for (const part of tree.parts[1].parts) if (part.kind === "token") checkMiddle(d, part, raw, tree.end - 1);
  return { ...tree, parts: [] };
}

function checkMiddle(d: Diagnoser, token: Tree, raw: boolean, end: number): void {
  const value = middleConstant(d.p, token.start, raw, end, !d.invalid);
  if ("error" in value) d.fail(token, value.error);
}

const fstringMiddles = many(any((d) => field(d, "f"), T.FSTRING_MIDDLE));
const tstringMiddles = many(any((d) => field(d, "t"), T.TSTRING_MIDDLE));
const formatSpec: Rule = many(any(T.FSTRING_MIDDLE, (d) => field(d, "f")));
const templateFormatSpec: Rule = many(any(T.TSTRING_MIDDLE, (d) => field(d, "t")));

function field(d: Diagnoser, letter: "f" | "t"): Tree | null {
  const spec = letter === "f" ? formatSpec : templateFormatSpec;
  const tree = d.all("field", T.LBRACE, annotatedRhs, opt(T.EQUAL), opt((inner) => conversion(inner, letter)), opt(T.COLON, spec), T.RBRACE);
  return tree ?? d.diagnose((inner) => invalidField(inner, letter));
}

function conversion(d: Diagnoser, letter: string): Tree | null {
  const tree = d.all("", T.EXCLAMATION, T.NAME);
  if (tree === null) return null;
  const { tokens } = d.p;
  const [mark, char] = tree.parts;
  if (tokens.ends[mark.start] !== tokens.starts[char.start]) {
    d.failRange(mark, char, `${letter}-string: conversion type must come right after the exclamation mark`);
  }
  const text = d.p.nameAt(char.start);
  if (text !== "s" && text !== "r" && text !== "a") d.fail(char, `${letter}-string: invalid conversion character '${text}': expected 's', 'r', or 'a'`);
  return tree;
}

function invalidField(d: Diagnoser, letter: "f" | "t"): null {
  for (const [kind, text] of [[T.EQUAL, "="], [T.EXCLAMATION, "!"], [T.COLON, ":"], [T.RBRACE, "}"]] as const) {
    const tree = d.all("", T.LBRACE, kind);
    if (tree !== null) d.fail(tree.parts[1], `${letter}-string: valid expression required before '${text}'`);
  }
  const value = opt(T.EQUAL);
  const letterOf = opt(T.EXCLAMATION, T.NAME);
  const complain = (msg: string, ...parts: Rule[]): void => {
    if (d.all("", T.LBRACE, ...parts) !== null) d.failNext(`${letter}-string: ${msg}`);
  };
  complain("expecting a valid expression after '{'", not(annotatedRhs));
  complain("expecting '=', or '!', or ':', or '}'", annotatedRhs, not(T.EQUAL, T.EXCLAMATION, T.COLON, T.RBRACE));
  complain("expecting '!', or ':', or '}'", annotatedRhs, group(T.EQUAL), not(T.EXCLAMATION, T.COLON, T.RBRACE));
  d.all("", T.LBRACE, annotatedRhs, value, (inner) => invalidConversion(inner, letter));
  complain("expecting ':' or '}'", annotatedRhs, value, letterOf, not(T.COLON, T.RBRACE));
  // The grammar has the f-string's specification here for t-strings too.
  complain("expecting '}', or format specs", annotatedRhs, value, letterOf, group(T.COLON), formatSpec, not(T.RBRACE));
  complain("expecting '}'", annotatedRhs, value, letterOf, not(T.RBRACE));
  return null;
}

function invalidConversion(d: Diagnoser, letter: string): null {
  const start = d.mark;
  if (d.all("", T.EXCLAMATION, ahead(T.COLON, T.RBRACE)) !== null) d.failNext(`${letter}-string: missing conversion character`);
  d.mark = start;
  if (d.all("", T.EXCLAMATION, not(T.NAME)) !== null) d.failNext(`${letter}-string: invalid conversion character`);
  return null;
}
