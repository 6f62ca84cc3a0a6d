/** The diagnosing grammar: arguments of calls. */
import * as T from "../tokens.ts";
import { type Diagnoser, type Rule, type Tree, ahead, any, commas, group, last, not, opt } from "./engine.ts";
import { assignmentExpression, expression, expressionNotAssigned } from "./expressions.ts";
import { forIfClauses, lastOfClauses } from "./primaries.ts";

/** `arguments`. */
export function callArgs(d: Diagnoser): Tree | null {
  return d.memo(callArgsRule);
}

function callArgsRule(d: Diagnoser): Tree | null {
  return d.pick(0, args, opt(T.COMMA), ahead(T.RPAR)) ?? d.diagnose(invalidArguments);
}

const positional = any(starredExpression, (d) =>
  d.pick(0, any(assignmentExpression, expressionNotAssigned), not(T.EQUAL)),
);
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
  const tree =
    d.all("", namedOrStarred, T.COMMA, namedOrDoubleStarred) ??
    d.all("", namedOrStarred) ??
    d.all("", namedOrDoubleStarred);
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
  return tree === null
    ? null
    : d.failRange(tree.parts[0], tree.parts[3], "cannot assign to iterable argument unpacking");
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
  if (tree !== null)
    d.failRange(tree.parts[1], tree.parts[2], 'expression cannot contain assignment, perhaps you meant "=="?');
  tree = d.all("", T.DOUBLESTAR, expression, T.EQUAL, expression);
  return tree === null
    ? null
    : d.failRange(tree.parts[0], tree.parts[3], "cannot assign to keyword argument unpacking");
}
