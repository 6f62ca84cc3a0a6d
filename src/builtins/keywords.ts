/** Parsing the keywords of functions that take their arguments raw: min, max, sorted, print. */
import type { Exc, KwNames, Value } from "../objects/core.ts";
import { typeError } from "../objects/errors.ts";
import { tooManyKeywords, unexpectedKeyword } from "../objects/keyword-errors.ts";

/** Number of positional arguments. */
export function positionalCount(args: Value[], kwnames: KwNames): number {
  return args.length - (kwnames === null ? 0 : kwnames.length);
}
/** The values of the keywords `names`, undefined where not given; others are an error. */
export function keywords(
  fname: string,
  names: readonly string[],
  args: Value[],
  kwnames: KwNames,
  most = names.length,
): (Value | undefined)[] | Exc {
  const values: (Value | undefined)[] = names.map(() => undefined);
  const first = positionalCount(args, kwnames);
  if (kwnames !== null && kwnames.length > most) return tooManyKeywords(fname, most, kwnames.length);
  for (let i = 0; kwnames !== null && i < kwnames.length; i++) {
    const at = names.indexOf(kwnames[i]);
    if (at < 0) return unexpectedKeyword(fname, kwnames[i], names);
    values[at] = args[first + i];
  }
  return values;
}
/** Checks a count of positional arguments as `PyArg_UnpackTuple` does; no keywords. */
export function unpackArgs(fname: string, args: Value[], kwnames: KwNames, min: number, max: number): null | Exc {
  if (kwnames !== null && kwnames.length > 0) return typeError(`${fname}() takes no keyword arguments`);
  const n = args.length;
  if (n >= min && n <= max) return null;
  const qualifier = min === max ? "" : n < min ? "at least " : "at most ";
  const bound = n < min ? min : max;
  return typeError(`${fname} expected ${qualifier}${bound} argument${bound === 1 ? "" : "s"}, got ${n}`);
}
