/** The diagnosing grammar: patterns. */
import * as T from "../tokens.ts";
import { type Diagnoser, type Tree, any, commas, group, last, many, not, opt } from "./engine.ts";
import { expression } from "./expressions.ts";
import { expressionName } from "./kinds.ts";
import { number } from "./primaries.ts";
import { strings } from "./strings.ts";

const maybeSequence = group(commas(maybeStar), opt(T.COMMA));

export function patterns(d: Diagnoser): Tree | null {
  return openSequence(d) ?? pattern(d);
}

function openSequence(d: Diagnoser): Tree | null {
  return d.all("sequence", maybeStar, T.COMMA, opt(maybeSequence));
}

function pattern(d: Diagnoser): Tree | null {
  const tree = d.all("as", orPattern, T.AS, captureTarget);
  if (tree !== null) return tree;
  d.diagnose(invalidAs);
  return orPattern(d);
}

function invalidAs(d: Diagnoser): Tree | null {
  let tree = d.all("", orPattern, T.AS, "_");
  if (tree !== null) d.fail(tree.parts[2], "cannot use '_' as a target");
  tree = d.all("", orPattern, T.AS, expression);
  return tree === null
    ? null
    : d.fail(tree.parts[2], `cannot use ${expressionName(d, tree.parts[2])} as pattern target`);
}

const alternatives = commas(closedPattern, T.VBAR);

function orPattern(d: Diagnoser): Tree | null {
  return alternatives(d);
}

function closedPattern(d: Diagnoser): Tree | null {
  return d.memo(closedPatternRule);
}

function closedPatternRule(d: Diagnoser): Tree | null {
  return (
    literal(d) ??
    captureTarget(d) ??
    d.soft("_") ??
    d.pick(0, attribute, notCalled) ??
    d.pick(1, T.LPAR, pattern, T.RPAR) ??
    d.all("sequence", T.LSQB, opt(maybeSequence), T.RSQB) ??
    d.all("sequence", T.LPAR, opt(openSequence), T.RPAR) ??
    mapping(d) ??
    classPattern(d)
  );
}

// ── literals ───────────────────────────────────────────────────────────────────────────────────────────────

const plainNumber = group(signedNumber, not(T.PLUS, T.MINUS));
const constants = any(T.NONE, T.TRUE, T.FALSE);

function literal(d: Diagnoser): Tree | null {
  return plainNumber(d) ?? complexNumber(d) ?? strings(d) ?? constants(d);
}

function signedNumber(d: Diagnoser): Tree | null {
  return number(d) ?? d.all("UnaryOp", T.MINUS, number);
}

function complexNumber(d: Diagnoser): Tree | null {
  return d.all("BinOp", signedReal, T.PLUS, imaginary) ?? d.all("BinOp", signedReal, T.MINUS, imaginary);
}

function signedReal(d: Diagnoser): Tree | null {
  return real(d) ?? d.all("UnaryOp", T.MINUS, real);
}

function isImaginary(d: Diagnoser, tree: Tree): boolean {
  return /[jJ]$/.test(d.p.text(tree.start));
}

function real(d: Diagnoser): Tree | null {
  const tree = number(d);
  return tree !== null && isImaginary(d, tree) ? d.fail(tree, "real number required in complex literal") : tree;
}

function imaginary(d: Diagnoser): Tree | null {
  const tree = number(d);
  return tree !== null && !isImaginary(d, tree) ? d.fail(tree, "imaginary number required in complex literal") : tree;
}

// ── names ──────────────────────────────────────────────────────────────────────────────────────────────────

const notCalled = not(T.DOT, T.LPAR, T.EQUAL);
const notUnderscore = not("_");

function captureTarget(d: Diagnoser): Tree | null {
  return d.pick(1, notUnderscore, T.NAME, notCalled);
}

function attribute(d: Diagnoser): Tree | null {
  const tree = nameOrAttribute(d);
  return tree === null || tree.kind === "Name" ? null : tree;
}

function nameOrAttribute(d: Diagnoser): Tree | null {
  return d.memo(nameOrAttributeRule);
}

const attributes = many(group(T.DOT, T.NAME));

function nameOrAttributeRule(d: Diagnoser): Tree | null {
  const tree = d.all("Attribute", T.NAME, attributes);
  return tree !== null && tree.parts[1].parts.length === 0 ? { ...tree, kind: "Name" } : tree;
}

// ── sequences, mappings, classes ───────────────────────────────────────────────────────────────────────────

function maybeStar(d: Diagnoser): Tree | null {
  return starPattern(d) ?? pattern(d);
}

function starPattern(d: Diagnoser): Tree | null {
  return d.memo(starPatternRule);
}

function starPatternRule(d: Diagnoser): Tree | null {
  return d.all("star", T.STAR, captureTarget) ?? d.all("star", T.STAR, "_");
}

const items = commas(keyValue);
const rest = group(T.DOUBLESTAR, captureTarget);
const optComma = opt(T.COMMA);
const key = any(plainNumber, complexNumber, strings, constants, attribute);

function keyValue(d: Diagnoser): Tree | null {
  return d.all("item", key, T.COLON, pattern);
}

function mapping(d: Diagnoser): Tree | null {
  if (d.kind() !== T.LBRACE) return null;
  return (
    d.all("mapping", T.LBRACE, T.RBRACE) ??
    d.all("mapping", T.LBRACE, rest, optComma, T.RBRACE) ??
    d.all("mapping", T.LBRACE, items, T.COMMA, rest, optComma, T.RBRACE) ??
    d.all("mapping", T.LBRACE, items, optComma, T.RBRACE)
  );
}

const positionals = commas(pattern);
const keywords = commas(keywordPattern);

function keywordPattern(d: Diagnoser): Tree | null {
  return d.all("keyword", T.NAME, T.EQUAL, pattern);
}

function classPattern(d: Diagnoser): Tree | null {
  return (
    d.all("class", nameOrAttribute, T.LPAR, T.RPAR) ??
    d.all("class", nameOrAttribute, T.LPAR, positionals, optComma, T.RPAR) ??
    d.all("class", nameOrAttribute, T.LPAR, keywords, optComma, T.RPAR) ??
    d.all("class", nameOrAttribute, T.LPAR, positionals, T.COMMA, keywords, optComma, T.RPAR) ??
    d.diagnose(invalidClassPattern)
  );
}

function invalidClassPattern(d: Diagnoser): Tree | null {
  const tree = d.all("", nameOrAttribute, T.LPAR, opt(positionals, T.COMMA), keywords, T.COMMA, positionals);
  if (tree === null) return null;
  return d.failRange(tree.parts[5].parts[0], last(tree.parts[5]), "positional patterns follow keyword patterns");
}
