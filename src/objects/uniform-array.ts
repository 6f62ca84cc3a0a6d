/**
 * Arrays that are one thing to V8, PACKED_ELEMENTS, whatever they hold. V8 gives other hidden classes to arrays of small
 * integers, of doubles, and with holes; knows four at a place that reads arrays; and remembers at a literal `[]` what
 * once became of such an array, for all that are made there later: one list of large ints makes arrays of doubles of them.
 */

/** What `blankArray` copies: copying is several times as fast as filling. */
const BLANK: readonly undefined[] = [...new Array<undefined>(1024)];

const EMPTY: undefined[] = [undefined];
EMPTY.pop();

/** An array of undefined values. */
export function blankArray<T>(length: number): (T | undefined)[] {
  if (length > 0 && length <= BLANK.length) return BLANK.slice(0, length);
  if (length === 0) return EMPTY.slice();
  const array: (T | undefined)[] = [undefined];
  array.pop();
  while (array.length < length) array.push(undefined);
  return array;
}

/** An empty array, for values. */
export const emptyArray = <T>(): T[] => EMPTY.slice() as unknown[] as T[];

/** A copy as such an array, whatever the values. */
export function uniformArray<T>(values: readonly T[]): T[] {
  const array = blankArray<T>(values.length);
  for (let i = 0; i < values.length; i++) array[i] = values[i];
  return array as T[];
}
