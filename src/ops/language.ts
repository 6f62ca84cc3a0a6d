/**
 * The little language that operations are written in. The generator (`tools/generate`) reads these files as text; the
 * functions here exist so that TypeScript checks them.
 *
 * - A *guard* tests something about its inputs, with `exitUnless(condition, reason)` alone.
 * - An *operation* computes. Its parameters are stack inputs, by name; its declared result type says what comes out:
 *   `Value` or `Result` is pushed, `Status` and `void` push nothing; `Result` and `Status` are checked for EXC.
 * - An *instruction* is guards and one operation; the operation's parameters are the instruction's stack inputs, the
 *   guards' parameters are among them.
 * - A *control* instruction changes what runs next, or uses the stack in its own way; it is written against the
 *   interpreter's state (`context.ts`) and ends in `next()`, `jump()`, `error()`, `enter()` ….
 */

/**
 * What an operation may do, for the optimiser:
 * `pure`: result follows from inputs alone; `reads`, `writes`: the heap; `calls`: may run any code.
 */
export type Effect = "pure" | "reads" | "writes" | "calls";

type Body = (...inputs: never[]) => unknown;

export interface Guard {
  kind: "guard";
  body: Body;
}
export interface Operation {
  kind: "operation";
  effect: Effect;
  body: Body;
}
export interface Instruction {
  kind: "instruction";
  /** The general instruction that takes over when a guard fails; null: this is one. */
  family: string | null;
  parts: (Guard | Operation)[];
}
export interface Control {
  kind: "control";
  family: string | null;
  body: () => void;
}

export const guard = (body: Body): Guard => ({ kind: "guard", body });
export const operation = (effect: Effect, body: Body): Operation => ({ kind: "operation", effect, body });
/** A general instruction. */
export const instruction = (...parts: (Guard | Operation)[]): Instruction => ({
  kind: "instruction",
  family: null,
  parts,
});
/** A specialised instruction of a family. */
export const specialized = (family: string, ...parts: (Guard | Operation)[]): Instruction => ({
  kind: "instruction",
  family,
  parts,
});
export const control = (body: () => void): Control => ({ kind: "control", family: null, body });
export const specializedControl = (family: string, body: () => void): Control => ({ kind: "control", family, body });
