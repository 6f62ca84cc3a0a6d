/** The diagnosing grammar: targets. */
import * as T from "../tokens.ts";
import { type Diagnoser, type Tree, any, commas, group, many, not, opt, some } from "./engine.ts";
import { name, starExpressions } from "./expressions.ts";
import { failInvalidTarget } from "./kinds.ts";
import { attributeOrSubscript } from "./primaries.ts";

const moreTargets = many(group(T.COMMA, starTarget));

export function starTargets(d: Diagnoser): Tree | null {
  const one = d.pick(0, starTarget, not(T.COMMA));
  return one ?? d.all("Tuple", starTarget, moreTargets, opt(T.COMMA));
}

export function starTarget(d: Diagnoser): Tree | null {
  return d.memo(starTargetRule);
}

function starTargetRule(d: Diagnoser): Tree | null {
  return d.all("Starred", T.STAR, not(T.STAR), starTarget) ?? targetWithStarAtom(d);
}

function targetWithStarAtom(d: Diagnoser): Tree | null {
  return d.memo(targetWithStarAtomRule);
}

function targetWithStarAtomRule(d: Diagnoser): Tree | null {
  return attributeOrSubscript(d) ?? starAtom(d);
}

const tupleTargets = any(group(starTarget, some(group(T.COMMA, starTarget)), opt(T.COMMA)), group(starTarget, T.COMMA));
const listTargets = group(commas(starTarget), opt(T.COMMA));

function starAtom(d: Diagnoser): Tree | null {
  return (
    name(d) ??
    d.pick(1, T.LPAR, targetWithStarAtom, T.RPAR) ??
    d.all("Tuple", T.LPAR, opt(tupleTargets), T.RPAR) ??
    d.all("List", T.LSQB, opt(listTargets), T.RSQB)
  );
}

export function singleTarget(d: Diagnoser): Tree | null {
  return attributeOrSubscript(d) ?? name(d) ?? d.pick(1, T.LPAR, singleTarget, T.RPAR);
}

const deleteTargetList = commas(deleteTarget);

export function deleteTargets(d: Diagnoser): Tree | null {
  return d.all("targets", deleteTargetList, opt(T.COMMA));
}

function deleteTarget(d: Diagnoser): Tree | null {
  return d.memo(deleteTargetRule);
}

function deleteTargetRule(d: Diagnoser): Tree | null {
  return (
    attributeOrSubscript(d) ??
    name(d) ??
    d.pick(1, T.LPAR, deleteTarget, T.RPAR) ??
    d.all("Tuple", T.LPAR, opt(deleteTargets), T.RPAR) ??
    d.all("List", T.LSQB, opt(deleteTargets), T.RSQB)
  );
}

/** `for` with something that cannot be assigned to. */
export function invalidForTarget(d: Diagnoser): Tree | null {
  const tree = d.all("", opt(T.ASYNC), T.FOR, starExpressions);
  return tree === null ? null : failInvalidTarget(d, tree.parts[2], "for");
}
