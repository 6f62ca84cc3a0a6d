/**
 * A stable merge sort that takes advantage of order already there, as Python's sort does: it finds ascending and
 * strictly descending runs, lengthens short ones by binary insertion, and merges neighbours of like size. It asks
 * only "is a less than b". Reference: Tim Peters, listsort.txt, for the idea; merge order: Munro and Wild's powersort.
 */

/** Is `a` to stand before `b`? May throw, which ends the sort; the array is then some mixture, so sort a copy. */
export type Less<T> = (a: T, b: T) => boolean;

/** Runs shorter than this are lengthened by insertion. */
const MIN_RUN = 24;

interface Run {
  start: number;
  length: number;
  power: number;
}

export function mergeSort<T>(a: T[], less: Less<T>): void {
  const n = a.length;
  const pending: Run[] = [];
  const spare: T[] = [];
  for (let start = 0; start < n; ) {
    let length = countRun(a, start, less);
    if (length < MIN_RUN) {
      const extended = Math.min(MIN_RUN, n - start);
      insertBinary(a, start, start + length, start + extended, less);
      length = extended;
    }
    const run: Run = { start, length, power: 0 };
    if (pending.length > 0) {
      run.power = powerBetween(pending[pending.length - 1], run, n);
      while (pending.length > 1 && pending[pending.length - 1].power > run.power) mergeTop(a, pending, spare, less);
    }
    pending.push(run);
    start += length;
  }
  while (pending.length > 1) mergeTop(a, pending, spare, less);
}

/** The length of the run at `start`; a descending one is reversed. */
function countRun<T>(a: T[], start: number, less: Less<T>): number {
  const n = a.length;
  let end = start + 1;
  if (end >= n) return n - start;
  if (less(a[end], a[start])) {
    do end++;
    while (end < n && less(a[end], a[end - 1]));
    for (let i = start, j = end - 1; i < j; i++, j--) {
      const t = a[i];
      a[i] = a[j];
      a[j] = t;
    }
  } else {
    do end++;
    while (end < n && !less(a[end], a[end - 1]));
  }
  return end - start;
}

/** Sorts `a[start, end)` whose part before `sorted` is in order. */
function insertBinary<T>(a: T[], start: number, sorted: number, end: number, less: Less<T>): void {
  for (let i = sorted; i < end; i++) {
    const pivot = a[i];
    let low = start;
    let high = i;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (less(pivot, a[middle])) high = middle;
      else low = middle + 1;
    }
    for (let j = i; j > low; j--) a[j] = a[j - 1];
    a[low] = pivot;
  }
}

/** Depth in the ideal merge tree of the border between two neighbouring runs. */
function powerBetween(left: Run, right: Run, n: number): number {
  let a = left.start + left.length / 2;
  let b = right.start + right.length / 2;
  let power = 0;
  for (;;) {
    power++;
    a *= 2;
    b *= 2;
    const upperA = a >= n;
    const upperB = b >= n;
    if (upperA !== upperB) return power;
    if (upperA) {
      a -= n;
      b -= n;
    }
  }
}

/** Merges the last two pending runs. */
function mergeTop<T>(a: T[], pending: Run[], spare: T[], less: Less<T>): void {
  const right = pending.pop() as Run;
  const left = pending[pending.length - 1];
  merge(a, left.start, right.start, right.start + right.length, spare, less);
  left.length += right.length;
}

/** Merges `a[start, middle)` with `a[middle, end)`. */
function merge<T>(a: T[], start: number, middle: number, end: number, spare: T[], less: Less<T>): void {
  // Items of the left that are in place already, and items of the right that are.
  const from = upperBound(a, a[middle], start, middle, less);
  if (from === middle) return;
  const to = lowerBound(a, a[middle - 1], middle, end, less);
  if (middle - from <= to - middle) mergeLow(a, from, middle, to, spare, less);
  else mergeHigh(a, from, middle, to, spare, less);
}

/** The first index whose item is greater than `key`. Most often near the start: gallops from there. */
function upperBound<T>(a: T[], key: T, start: number, end: number, less: Less<T>): number {
  let low = start;
  let step = 1;
  let high = start;
  while (high < end && !less(key, a[high])) {
    low = high + 1;
    high = start + step;
    step = step * 2 + 1;
  }
  if (high > end) high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (less(key, a[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first index whose item is not less than `key`. Most often near the end: gallops from there. */
function lowerBound<T>(a: T[], key: T, start: number, end: number, less: Less<T>): number {
  let high = end;
  let step = 1;
  let low = end - 1;
  while (low >= start && !less(a[low], key)) {
    high = low;
    low = end - 1 - step;
    step = step * 2 + 1;
  }
  low = low < start ? start : low + 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (less(a[middle], key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mergeLow<T>(a: T[], start: number, middle: number, end: number, spare: T[], less: Less<T>): void {
  const count = middle - start;
  for (let i = 0; i < count; i++) spare[i] = a[start + i];
  let left = 0;
  let right = middle;
  let to = start;
  while (left < count && right < end) {
    if (less(a[right], spare[left])) a[to++] = a[right++];
    else a[to++] = spare[left++];
  }
  while (left < count) a[to++] = spare[left++];
}

function mergeHigh<T>(a: T[], start: number, middle: number, end: number, spare: T[], less: Less<T>): void {
  const count = end - middle;
  for (let i = 0; i < count; i++) spare[i] = a[middle + i];
  let left = middle - 1;
  let right = count - 1;
  let to = end - 1;
  while (left >= start && right >= 0) {
    if (less(spare[right], a[left])) a[to--] = a[left--];
    else a[to--] = spare[right--];
  }
  while (right >= 0) a[to--] = spare[right--];
}
