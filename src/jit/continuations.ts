/**
 * Continuations: regions that begin where exits of other regions lead, instead of at a loop or an entry. A region that
 * has grown to its budget goes on in them; they stay small, so that V8 optimises them soon, and all exits that lead to
 * the same instruction share one.
 */
import type { PyCode } from "../objects/code.ts";
import type { Log } from "./record/log.ts";
import type { Region } from "./region.ts";

/** Stands for the index of a region that no instruction enters. */
export const CONTINUATION = -1;
/** Continuations in one code object: beyond, its paths are too many to compile them all. */
const MOST = 48;
/**
 * Instructions that a way back to the interpreter must have before it is worth to be entered. A shorter one becomes a
 * side trace after all: it takes little of a region's room.
 */
const SHORTEST = 12;
export const TOO_SHORT = "too short to go on with";

export function continuationAt(code: PyCode, pc: number): Region | null {
  return (code.continuations?.get(pc) as Region | undefined) ?? null;
}
export function hasRoomFor(code: PyCode): boolean {
  return code.continuations === null || code.continuations.size < MOST;
}
export function continueAt(code: PyCode, pc: number, region: Region): void {
  code.continuations ??= new Map();
  code.continuations.set(pc, region);
}
/** The region is gone. */
export function endContinuation({ root, pc }: Region): void {
  root.code.continuations?.delete(pc);
}
/** Loops, and ways to other regions, pay however short they are. */
export function isTooShort({ end, steps }: Log): boolean {
  return end !== "loop" && end !== "link" && steps.length < SHORTEST;
}
