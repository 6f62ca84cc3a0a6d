/** Places the arguments of a followed call: what `frameWithArguments` of the interpreter does, at translation time. */
import { CO_VARARGS, CO_VARKEYWORDS } from "../../compiler/code.ts";
import type { PyFunction } from "../../objects/function.ts";
import { emptyTuple } from "../../objects/tuple.ts";
import type { Node } from "../ir/node.ts";
import type { Translator } from "./translator.ts";

/** The parameters' values in order; null: the call raises, or is better left to the interpreter. */
export function placeNodes(
  t: Translator,
  func: PyFunction,
  positional: readonly Node[],
  names: readonly string[],
  keywords: readonly Node[],
): Node[] | null {
  const { code } = func;
  const { argcount, kwonlyargcount } = code;
  const variables = code.spec.localsplusnames;
  const hasVarargs = (code.flags & CO_VARARGS) !== 0;
  if (positional.length > argcount && !hasVarargs) return null;
  const places: (Node | undefined)[] = positional.slice(0, argcount);
  const extra: [string, Node][] = [];
  for (let i = 0; i < names.length; i++) {
    const at = variables.indexOf(names[i], code.posonlyargcount);
    if (at >= 0 && at < argcount + kwonlyargcount) {
      if (places[at] !== undefined) return null;
      places[at] = keywords[i];
    } else extra.push([names[i], keywords[i]]);
  }
  if (!fillDefaults(t, func, places)) return null;
  if (hasVarargs) {
    const rest = positional.slice(argcount).map((node) => t.boxed(node));
    places.push(rest.length === 0 ? t.constant(emptyTuple) : t.emit("NEW_TUPLE", rest, "tuple"));
  }
  if ((code.flags & CO_VARKEYWORDS) !== 0) {
    const values = extra.map(([, node]) => t.boxed(node));
    places.push(
      t.emit(
        "NEW_KEYWORDS",
        values,
        "dict",
        extra.map(([name]) => name),
      ),
    );
  } else if (extra.length > 0) return null;
  return places as Node[];
}
/** Missing parameters get their defaults; false where one has none. */
function fillDefaults(t: Translator, func: PyFunction, places: (Node | undefined)[]): boolean {
  const { argcount, kwonlyargcount } = func.code;
  const defaults = func.defaults ?? [];
  for (let i = 0; i < argcount + kwonlyargcount; i++) {
    if (places[i] !== undefined) continue;
    if (i >= argcount) {
      if (!keywordDefault(t, func, places, i)) return false;
      continue;
    }
    const value = defaults[i - argcount + defaults.length];
    if (value === undefined) return false;
    places[i] = t.constant(value);
  }
  return true;
}
/** `__kwdefaults__` is a dict, which can be changed in place: its value of the moment. */
function keywordDefault(t: Translator, func: PyFunction, places: (Node | undefined)[], at: number): boolean {
  const { kwdefaults } = func;
  if (kwdefaults === null) return false;
  const value = t.emit("DICT_STR", [t.constant(kwdefaults)], "any", func.code.spec.localsplusnames[at]);
  t.guard("IS_BOUND", [value], "no default");
  places[at] = value;
  return true;
}
