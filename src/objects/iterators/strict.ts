/** What `zip` and `map` share: several iterators advanced together, and `strict`. */
import { END, EXC, type Exc, type KwNames, type Value } from "../core.ts";
import { typeError, valueError } from "../errors.ts";
import { unexpectedKeyword } from "../keyword-errors.ts";
import { getIter, iterNext } from "../protocol/iter.ts";
import { isTrue } from "../protocol/object.ts";

/** The value of the only keyword, `strict`. */
export function parseStrict(name: string, args: readonly Value[], kwnames: KwNames): boolean | Exc {
  if (kwnames === null || kwnames.length === 0) return false;
  if (kwnames.length > 1) return typeError(`${name}() takes at most 1 keyword argument (${kwnames.length} given)`);
  if (kwnames[0] !== "strict") return unexpectedKeyword(name, kwnames[0], ["strict"]);
  return isTrue(args[args.length - 1]);
}

export function iteratorsOf(iterables: readonly Value[]): Value[] | Exc {
  const iterators: Value[] = [];
  for (const iterable of iterables) {
    const iterator = getIter(iterable);
    if (iterator === EXC) return EXC;
    iterators.push(iterator);
  }
  return iterators;
}

/** The next value of each iterator; END when one is exhausted, ValueError when only some are and `strict`. */
export function nextOfEach(iterators: readonly Value[], strict: boolean, name: string): Value[] | typeof END | Exc {
  const values: Value[] = [];
  for (let i = 0; i < iterators.length; i++) {
    const value = iterNext(iterators[i]);
    if (value === EXC) return EXC;
    if (value === END) return strict ? checkLengths(iterators, i, name) : END;
    values.push(value);
  }
  return values;
}

/** Iterator `ended` is exhausted: so must be all others. */
function checkLengths(iterators: readonly Value[], ended: number, name: string): typeof END | Exc {
  if (ended > 0) return lengthError(name, ended, "shorter");
  for (let i = 1; i < iterators.length; i++) {
    const value = iterNext(iterators[i]);
    if (value === EXC) return EXC;
    if (value !== END) return lengthError(name, i, "longer");
  }
  return END;
}

function lengthError(name: string, index: number, relation: string): Exc {
  const others = index === 1 ? " 1" : `s 1-${index}`;
  return valueError(`${name}() argument ${index + 1} is ${relation} than argument${others}`);
}
