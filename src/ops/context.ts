/**
 * The interpreter's state as bodies of operations see it, and the ways out of them. Declarations only: the generator
 * replaces the calls by text.
 */
import type { InlineCache, PyCode } from "../objects/code.ts";
import type { Value } from "../objects/core.ts";
import type { PyFrame } from "../objects/frame.ts";
import type { Transfer } from "../objects/tracing.ts";

/** The instruction's argument. */
export declare const oparg: number;
/** Code unit of the running instruction. */
export declare const pc: number;
// Bodies assign to it, which imports do not allow.
declare global {
  var sp: number;
}
/** Locals and operand stack of the running frame. */
export declare const s: Value[];
export declare const frame: PyFrame;
export declare const code: PyCode;
export declare const ops: Int32Array;
export declare const consts: Value[];
export declare const names: readonly string[];
/** What the code's instructions remember, by code unit. */
export declare const caches: readonly (InlineCache | undefined)[];
/** What the specialised instruction remembers. */
export declare const cache: InlineCache;

/** A guard: otherwise the family's general instruction takes over. */
export declare function exitUnless(condition: boolean, reason: string): void;
/** The general instruction of a family begins with this: counts down, and specialises by `attempt` when due. */
export declare function adapt(attempt: void): void;
/** To the instruction after this one. */
export declare function next(): never;
/** To `distance` code units after the instruction that follows. */
export declare function jump(distance: number): never;
/** To `distance` code units before the instruction that follows: where loops turn. */
export declare function jumpBackward(distance: number): never;
/** An exception is pending. */
export declare function error(): never;
/** The same, without a new traceback entry. */
export declare function reraise(): never;
/** Runs a frame; its result is pushed and the instruction after this one comes next. */
export declare function enter(callee: PyFrame): never;
/** Runs a frame of a generator; what it yields is pushed; when it returns, `distance` is jumped as well. */
export declare function enterGenerator(callee: PyFrame, distance: number): never;
/** The frame is done. */
export declare function leave(result: Value): never;
/** The frame is a generator's from now on; its caller gets the generator. */
export declare function detach(generator: Value): never;
/** The generator's frame is suspended with this value. */
export declare function suspend(value: Value): never;
/** The trace compiler has taken over, and moved the frames: the interpreter goes on as its answer says. */
export declare function transfer(how: Transfer): never;
