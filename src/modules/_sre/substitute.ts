/** `Pattern.sub` and `subn`. */
import { hasBuffer } from "../../objects/buffer.ts";
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { isCallable } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import { joinPieces } from "./join.ts";
import { newMatch } from "./match.ts";
import { openSearch, type PyPattern } from "./pattern.ts";
import { contentOf } from "./subject.ts";
import { compileTemplate, expandTemplate, PyTemplate } from "./template.ts";

/** True for replacements that stand for themselves. */
function isLiteral(replacement: Value): boolean {
  if (typeof replacement === "string") return !replacement.includes("\\");
  if (strValue(replacement) === undefined && !hasBuffer(replacement)) return false;
  const content = contentOf(replacement);
  if (content === EXC) return false;
  return typeof content === "string" ? !content.includes("\\") : !content.points.includes(92);
}

export function substitute(
  self: PyPattern,
  replacement: Value,
  string: Value,
  count: Value | undefined,
  withCount: boolean,
): Result {
  let limit = 0;
  if (count !== undefined) {
    const given = asSsize(count);
    if (given === EXC) return EXC;
    limit = given;
  }
  let filter = replacement;
  const isFunction = isCallable(replacement);
  if (!isFunction && !isLiteral(replacement)) {
    const template = compileTemplate(self, replacement);
    if (template === EXC) return EXC;
    filter = template instanceof PyTemplate && template.chunks.length === 0 ? template.literal : template;
  }
  const search = openSearch(self, string, undefined, undefined);
  if (search === EXC) return EXC;
  if (limit === 0 && !withCount && typeof filter === "string" && !isFunction) {
    // A dollar sign means something to JavaScript, which writes two for one.
    const literal = filter.split("$").join("$$");
    const replaced = search.withExpression((text, expression) => text.replace(expression, literal));
    if (replaced !== undefined) return replaced;
  }
  const pieces: Value[] = [];
  let last = 0;
  let made = 0;
  while (limit === 0 || made < limit) {
    const found = search.next();
    if (found === null) break;
    if (last < found.start) pieces.push(search.slice(last, found.start));
    if (isFunction) {
      const item = call1(filter, newMatch(search, found));
      if (item === EXC) return EXC;
      if (item !== null) pieces.push(item);
    } else if (filter instanceof PyTemplate) {
      const item = expandTemplate(filter, found, search.content, search.isBytes);
      if (item === EXC) return EXC;
      pieces.push(item);
    } else pieces.push(filter);
    last = found.end;
    made++;
  }
  if (last < search.end) pieces.push(made === 0 ? search.slice(0, search.end) : search.slice(last, search.end));
  const result = joinPieces(pieces, search.isBytes);
  if (result === EXC || !withCount) return result;
  return newTuple([result, made]);
}
