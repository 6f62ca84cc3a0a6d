/** The module `_sre`: what `re` is made of. Code arrays come from `re._compiler`; see `engine.ts` and `jsregexp.ts`. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { overflowError, runtimeError, typeError } from "../../objects/errors.ts";
import { PyList } from "../../objects/list.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { asInt, asSsize } from "../support/arguments.ts";
import { asciiIsCased, asciiLower, unicodeIsCased, unicodeLower } from "./chars.ts";
import { Matcher } from "./matcher.ts";
import { CODESIZE, codeStart, InvalidCode, MAGIC, MAXGROUPS, MAXREPEAT, OP, walkCode } from "./opcodes.ts";
import { PyPattern } from "./pattern.ts";
import { patternType } from "./pattern-type.ts";
import { contentOf, isBytesSubject } from "./subject.ts";
import { newTemplate } from "./template.ts";

const COPYRIGHT = " SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ";

/** The code list as words; MAXREPEAT becomes -1. */
function codeWords(list: readonly Value[]): Int32Array | Exc {
  const words = new Int32Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const word = asIndex(list[i]);
    if (word === EXC) return EXC;
    if (typeof word === "bigint" || word < 0 || word > 0xffffffff)
      return overflowError("regular expression code size limit exceeded");
    words[i] = word;
  }
  return words;
}

/** Code that the engine can run without leaving the array: what CPython's `_validate` is for. */
function isValid(code: Int32Array, groups: number): boolean {
  const last = code.length - 1;
  if (last < 0 || code[last] !== OP.SUCCESS) return false;
  let valid = true;
  try {
    walkCode(code, codeStart(code), last, (pc) => {
      const op = code[pc];
      if (op === OP.MARK) valid &&= code[pc + 1] < groups * 2;
      else if (op === OP.GROUPREF || op === OP.GROUPREF_EXISTS) valid &&= code[pc + 1] < groups;
      else if (op >= OP.REPEAT && op <= OP.POSSESSIVE_REPEAT_ONE && op !== OP.SUBPATTERN)
        valid &&= code[pc + 1] > 0 && pc + 1 + code[pc + 1] <= last;
    });
  } catch (error) {
    if (error instanceof InvalidCode) return false;
    throw error;
  }
  return valid;
}

function compile(
  pattern: Value,
  flags: Value,
  code: Value,
  groups: Value,
  groupindex: Value,
  indexgroup: Value,
): Result {
  const flagBits = asInt(flags);
  if (flagBits === EXC) return EXC;
  if (!(code instanceof PyList)) return typeError(`compile() argument 'code' must be list, not ${typeOf(code).name}`);
  const groupCount = asSsize(groups);
  if (groupCount === EXC) return EXC;
  if (!(groupindex instanceof PyDict))
    return typeError(`compile() argument 'groupindex' must be dict, not ${typeOf(groupindex).name}`);
  if (!(indexgroup instanceof PyTuple))
    return typeError(`compile() argument 'indexgroup' must be tuple, not ${typeOf(indexgroup).name}`);
  const words = codeWords(code.items);
  if (words === EXC) return EXC;
  let kind = -1;
  if (pattern !== null) {
    if (contentOf(pattern) === EXC) return EXC;
    kind = isBytesSubject(pattern) ? 1 : 0;
  }
  if (!isValid(words, groupCount)) return runtimeError("invalid SRE code");
  const matcher = new Matcher(words, groupCount);
  return new PyPattern(patternType, pattern, flagBits, groupCount, groupindex, indexgroup, kind, matcher);
}

const ofCharacter =
  (answer: (ch: number) => boolean | number) =>
  (character: Value): Result => {
    const ch = asInt(character);
    return ch === EXC ? EXC : answer(ch);
  };

export const sreModule = newModule("_sre", {
  functions: () => ({
    compile: fn("($module, /, pattern, flags, code, groups, groupindex, indexgroup)", compile),
    template: fn("($module, pattern, template, /)", (_pattern: Value, template: Value) => newTemplate(template)),
    getcodesize: fn("($module, /)", () => CODESIZE),
    ascii_iscased: fn("($module, character, /)", ofCharacter(asciiIsCased)),
    unicode_iscased: fn("($module, character, /)", ofCharacter(unicodeIsCased)),
    ascii_tolower: fn("($module, character, /)", ofCharacter(asciiLower)),
    unicode_tolower: fn("($module, character, /)", ofCharacter(unicodeLower)),
  }),
  attributes: () => ({ MAGIC, CODESIZE, MAXREPEAT, MAXGROUPS, copyright: COPYRIGHT }),
});
