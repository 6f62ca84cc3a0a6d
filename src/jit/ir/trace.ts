/** A translated trace: nodes in order, and how it ends. */
import type { Log } from "../record/log.ts";
import type { Exit } from "./exit.ts";
import type { Node } from "./node.ts";
import type { Path } from "./path.ts";

export type End =
  /** Back to the region's root with these values for the root's slots. */
  | { kind: "loop"; slots: readonly Node[]; path: Path | null }
  /** To the root of another region, whose body the same function may have, with these values for its slots. */
  | { kind: "link"; target: unknown; slots: readonly Node[]; path: Path | null; exit: Exit }
  /** The root's frame returns: to compiled code that has called it, else to the interpreter. */
  | { kind: "return"; value: Node; exit: Exit }
  /** The root's frame, a generator's, yields; `slots` are what stays in it. */
  | { kind: "yield"; value: Node; slots: readonly Node[]; exit: Exit }
  /** On behind a JOIN of a trace around this one; PHI nodes have their values for this trace at `arm`. */
  | { kind: "join"; join: Node; arm: number; path: Path | null }
  /** To the interpreter, or to another region. */
  | { kind: "leave"; exit: Exit };

export interface Trace {
  /** What it is made of; others may go on where that one ends. */
  readonly log: Log;
  readonly nodes: Node[];
  end: End;
}
