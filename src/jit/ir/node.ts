/**
 * The trace's operations in static single assignment form: a node is one operation and at once the value that it gives.
 * A trace is a list of nodes in order of execution; control leaves it only at nodes with an exit.
 */
import type { Exit } from "./exit.ts";
import type { Trace } from "./trace.ts";

/**
 * What is known of a value for ever, whatever runs in between. A `float` is a raw double in JavaScript, everything else
 * is the Python value itself; `boxed` is a `PyFloat`. `unbound` is the NULL of the operand stack.
 */
export type Kind =
  | "any"
  | "unbound"
  | "none"
  | "bool"
  | "int"
  /** An int that is no JavaScript number. */
  | "bigint"
  | "float"
  | "boxed"
  | "str"
  | "list"
  | "tuple"
  | "dict"
  | "set"
  | "function";

/** Integers beyond which a Python int is no JavaScript number. */
export const MAX_INT = Number.MAX_SAFE_INTEGER;

export class Node {
  /** Where the emitted variable is declared depends on it; set by the emitter's liveness pass. */
  isLive = false;
  /** Something has been decided by its kind: where that is assumed, it must hold even if the value is not used. */
  isAsked = false;
  /** Bounds of an int. */
  low = -MAX_INT;
  high = MAX_INT;
  /** Where control leaves when the node's condition fails, or its operation raises. */
  exit: Exit | null = null;
  /** The exit goes on after a decision that cannot be made again: it must not be taken for no reason. */
  isFinal = false;
  /** The trace that begins at the exit, once there is one. */
  side: Trace | null = null;
  /** For an operation that may look at frames: where it would be seen to stand. */
  site: Exit | null = null;

  constructor(
    readonly id: number,
    /** Name in the table of operations (`ops.ts`). */
    readonly op: string,
    readonly args: readonly Node[],
    readonly kind: Kind,
    /** A constant, a field number, a shape …: what `op` needs beside its arguments. */
    readonly data: unknown = undefined,
  ) {}

  get isConstant(): boolean {
    return this.op === "CONST";
  }
}
