/** The diagnosing grammar: type parameters. */
import * as T from "../tokens.ts";
import { type Diagnoser, type Tree, commas, opt } from "./engine.ts";
import { expression, starExpression } from "./expressions.ts";

const typeParamList = commas(typeParam);

export function typeParams(d: Diagnoser): Tree | null {
  d.diagnose(invalidTypeParams);
  const tree = d.all("", T.LSQB, typeParamList, opt(T.COMMA), T.RSQB);
  if (tree !== null) d.requireVersion(12, "Type parameter lists are");
  return tree;
}

function invalidTypeParams(d: Diagnoser): Tree | null {
  const tree = d.all("", T.LSQB, T.RSQB);
  return tree === null ? null : d.failFrom(tree.parts[1], "Type parameter list cannot be empty");
}

function typeParam(d: Diagnoser): Tree | null {
  return d.memo(typeParamRule);
}

function typeParamRule(d: Diagnoser): Tree | null {
  const tree = d.all("", T.NAME, opt(T.COLON, expression), opt(defaultType));
  if (tree !== null) return tree;
  d.diagnose(invalidTypeParam);
  return d.all("", T.STAR, T.NAME, opt(starredDefaultType)) ?? d.all("", T.DOUBLESTAR, T.NAME, opt(defaultType));
}

function defaultType(d: Diagnoser): Tree | null {
  const tree = d.all("", T.EQUAL, expression);
  if (tree !== null) d.requireVersion(13, "Type parameter defaults are");
  return tree;
}

function starredDefaultType(d: Diagnoser): Tree | null {
  const tree = d.all("", T.EQUAL, starExpression);
  if (tree !== null) d.requireVersion(13, "Type parameter defaults are");
  return tree;
}

function invalidTypeParam(d: Diagnoser): Tree | null {
  for (const [star, kind] of [
    [T.STAR, "TypeVarTuple"],
    [T.DOUBLESTAR, "ParamSpec"],
  ] as const) {
    const tree = d.all("", star, T.NAME, T.COLON, expression);
    if (tree === null) continue;
    const what = tree.parts[3].kind === "Tuple" ? "constraints" : "bound";
    d.failFrom(tree.parts[2], `cannot use ${what} with ${kind}`);
  }
  return null;
}
