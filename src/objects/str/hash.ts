/** Hashing text: our own function, since Python leaves the values open (they differ from run to run there). */
import { BLOCK, foldBlocks } from "../blocks.ts";
import type { AstralStr, Str } from "./astral.ts";

/** A hash of the text: an int32, never -1, the same for equal strings. */
export function hashOfStr(value: Str): number {
  if (typeof value !== "string") {
    if (value.hash === -1) value.hash = hashPoints(value);
    return value.hash;
  }
  return hashUnits(value);
}

function hashUnits(text: string): number {
  const { length } = text;
  const h = length ^ 0x5bd1e995;
  if (length <= BLOCK) return finish(mixUnits(text, h, 0, length));
  return finish(foldBlocks(length, h, (state, from, to) => mixUnits(text, state, from, to)));
}
function mixUnits(text: string, state: number, from: number, to: number): number {
  let h = state;
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h ^= h >>> 15;
  }
  return h;
}

function hashPoints(value: AstralStr): number {
  const { points } = value;
  const h = points.length ^ 0x5bd1e995;
  return finish(foldBlocks(points.length, h, (state, from, to) => mixPoints(points, state, from, to)));
}
function mixPoints(points: ArrayLike<number>, state: number, from: number, to: number): number {
  let h = state;
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ points[i], 0x01000193);
    h ^= h >>> 15;
  }
  return h;
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 13), 0x5bd1e995);
  h ^= h >>> 15;
  return h === -1 ? -2 : h | 0;
}
