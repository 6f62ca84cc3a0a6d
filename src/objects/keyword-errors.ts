/** Errors about keyword arguments: one wording for all that take some (CPython's getargs.c and suggestions.c). */
import type { Exc } from "./core.ts";
import { typeError } from "./errors.ts";
import { nearest } from "./suggestions.ts";

/** `known`: the names that would have been taken; one like `key` is suggested. */
export function unexpectedKeyword(fullName: string, key: string, known: readonly string[]): Exc {
  const suggestion = nearest(known, key);
  const hint = suggestion === undefined ? "" : `. Did you mean '${suggestion}'?`;
  return typeError(`${fullName}() got an unexpected keyword argument '${key}'${hint}`);
}

export function tooManyKeywords(fullName: string, most: number, given: number): Exc {
  const noun = `keyword argument${most === 1 ? "" : "s"}`;
  return typeError(`${fullName}() takes at most ${most} ${noun} (${given} given)`);
}
