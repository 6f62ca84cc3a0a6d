/** The diagnosing grammar: parameters of functions and lambdas, which differ in annotations and in what ends them. */
import * as T from "../tokens.ts";
import { type Diagnoser, type Rule, type Tree, ahead, any, commas, group, many, opt, some } from "./engine.ts";
import { expression, starExpression } from "./expressions.ts";

interface Rules {
  params: Rule;
}

/** `params` of `def`. */
export function params(d: Diagnoser): Tree | null {
  return DEF.params(d);
}

/** `lambda_params`. */
export function lambdaParams(d: Diagnoser): Tree | null {
  return LAMBDA.params(d);
}

const DEF: Rules = makeRules(T.RPAR, true);
const LAMBDA: Rules = makeRules(T.COLON, false);

function annotation(d: Diagnoser): Tree | null {
  return d.all("annotation", T.COLON, expression);
}

function starAnnotation(d: Diagnoser): Tree | null {
  return d.all("annotation", T.COLON, starExpression);
}

function defaultValue(d: Diagnoser): Tree | null {
  return d.all("default", T.EQUAL, expression) ?? d.diagnose(invalidDefault);
}

function invalidDefault(d: Diagnoser): Tree | null {
  const tree = d.all("", T.EQUAL, ahead(T.RPAR, T.COMMA));
  return tree === null ? null : d.fail(tree.parts[0], "expected default value expression");
}

/** Fails with a message at the given part of what `parts` match. */
function complain(index: number, msg: string, ...parts: (number | string | Rule)[]): Rule {
  return (d) => {
    const tree = d.all("", ...parts);
    return tree === null ? null : d.fail(tree.parts[index], msg);
  };
}

/** Tries several complaints in order. */
function complaints(...rules: Rule[]): Rule {
  return (d) => {
    for (const rule of rules) rule(d);
    return null;
  };
}

/** The rules for parameters that end before `end`. */
/* @__NO_SIDE_EFFECTS__ */
function makeRules(end: number, isDef: boolean): Rules {
  const comment = isDef ? opt(T.TYPE_COMMENT) : opt("\0");
  const param: Rule = isDef ? (d) => d.all("param", T.NAME, opt(annotation)) : (d) => d.all("param", T.NAME);
  const starParam: Rule = (d) => d.all("param", T.NAME, starAnnotation);
  /** A parameter with the comma behind it, or the last one. */
  const ended = (...parts: (number | Rule)[]): Rule => {
    const withComma = group(...parts, T.COMMA, comment);
    const atEnd = group(...parts, comment, ahead(end));
    return (d) => {
      const tree = withComma(d) ?? atEnd(d);
      // Messages point at the parameter, not at its comma.
      return tree === null ? null : { ...tree, end: tree.parts[0].end };
    };
  };
  const noDefault = ended(param);
  const starNoDefault = ended(starParam);
  const withDefault = ended(param, defaultValue);
  const maybeDefault = ended(param, opt(defaultValue));

  const slashEnd = any(T.COMMA, ahead(end));
  const slashNoDefault: Rule = (d) =>
    d.all("", some(noDefault), T.SLASH, T.COMMA) ?? d.all("", some(noDefault), T.SLASH, ahead(end));
  const slashWithDefault: Rule = (d) => d.all("", many(noDefault), some(withDefault), T.SLASH, slashEnd);
  const anySlash = any(slashNoDefault, slashWithDefault);

  const kwdsErrors = complaints(
    complain(2, "var-keyword argument cannot have default value", T.DOUBLESTAR, param, T.EQUAL),
    complain(3, "arguments cannot follow var-keyword argument", T.DOUBLESTAR, param, T.COMMA, param),
    complain(
      3,
      "arguments cannot follow var-keyword argument",
      T.DOUBLESTAR,
      param,
      T.COMMA,
      any(T.STAR, T.DOUBLESTAR, T.SLASH),
    ),
  );
  const kwds: Rule = (d) => d.diagnose(kwdsErrors) ?? d.all("", T.DOUBLESTAR, noDefault);

  const bareStar = group(T.STAR, any(end, group(T.COMMA, any(end, T.DOUBLESTAR))));
  const bareStarError: Rule = (d) => {
    const tree = bareStar(d);
    if (tree === null) return null;
    const msg = "named arguments must follow bare *";
    return isDef ? d.fail(tree.parts[0], msg) : d.failHere(msg);
  };
  const bareStarComment: Rule = (d) =>
    isDef && d.all("", T.STAR, T.COMMA, T.TYPE_COMMENT) !== null
      ? d.failHere("bare * has associated type comment")
      : null;
  const starErrors = complaints(
    bareStarError,
    bareStarComment,
    complain(2, "var-positional argument cannot have default value", T.STAR, param, T.EQUAL),
    complain(
      3,
      "* argument may appear only once",
      T.STAR,
      any(noDefault, T.COMMA),
      many(maybeDefault),
      T.STAR,
      any(noDefault, T.COMMA),
    ),
  );
  const starEtc: Rule = (d) =>
    d.diagnose(starErrors) ??
    d.all("", T.STAR, noDefault, many(maybeDefault), opt(kwds)) ??
    (isDef ? d.all("", T.STAR, starNoDefault, many(maybeDefault), opt(kwds)) : null) ??
    d.all("", T.STAR, T.COMMA, some(maybeDefault), opt(kwds)) ??
    kwds(d);

  const parameters: Rule = (d) => {
    const slash =
      d.all("", slashNoDefault, many(noDefault), many(withDefault), opt(starEtc)) ??
      d.all("", slashWithDefault, many(withDefault), opt(starEtc));
    if (slash !== null) {
      d.requireVersion(8, "Positional-only parameters are");
      return slash;
    }
    return (
      d.all("", some(noDefault), many(withDefault), opt(starEtc)) ??
      d.all("", some(withDefault), opt(starEtc)) ??
      starEtc(d)
    );
  };

  const parenthesised: Rule = (d) => {
    const inner = isDef ? some(noDefault) : commas(param);
    const tree = d.all("", many(noDefault), T.LPAR, inner, opt(T.COMMA), T.RPAR);
    if (tree === null) return null;
    return d.failRange(
      tree.parts[1],
      tree.parts[4],
      `${isDef ? "Function" : "Lambda expression"} parameters cannot be parenthesized`,
    );
  };
  const errors = complaints(
    complain(0, "at least one argument must precede /", T.SLASH, T.COMMA),
    complain(2, "/ may appear only once", anySlash, many(maybeDefault), T.SLASH),
    complain(
      3,
      "parameter without a default follows parameter with a default",
      opt(slashNoDefault),
      many(noDefault),
      any(slashWithDefault, some(withDefault)),
      noDefault,
    ),
    parenthesised,
    complain(
      5,
      "/ must be ahead of *",
      opt(anySlash),
      many(maybeDefault),
      T.STAR,
      any(T.COMMA, noDefault),
      many(maybeDefault),
      T.SLASH,
    ),
    complain(2, "expected comma between / and *", some(maybeDefault), T.SLASH, T.STAR),
  );
  return { params: (d) => d.diagnose(errors) ?? parameters(d) };
}
