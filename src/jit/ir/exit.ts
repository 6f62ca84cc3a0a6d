/**
 * Snapshots: for one instruction boundary, where each Python frame's values are. There is one way to leave compiled
 * code: the frames are rebuilt from a snapshot.
 */
import type { PyCode } from "../../objects/code.ts";
import type { Place } from "../record/log.ts";
import type { Node } from "./node.ts";
import { type Path, pathTo } from "./path.ts";

/** One frame of a snapshot. */
export interface FrameSnapshot {
  code: PyCode;
  /** The function that the frame runs; null for the root's frame and generators' frames, which are there. */
  func: Node | null;
  /** The generator whose frame this is. */
  generator: Node | null;
  /** For a generator's frame: what its array holds already. */
  heap: readonly (Node | null)[];
  pc: number;
  /** Locals and operand stack, up to the stack's top. */
  slots: readonly Node[];
  /** Where the frame goes on after the one above it has returned. */
  returnPc: number;
  /** See `PyFrame`. */
  onReturn: number;
  pushNull: boolean;
  returnData: Node | null;
}
export type Snapshot = readonly FrameSnapshot[];

/**
 * What the interpreter does after leaving: run the instruction at the snapshot again, raise the pending exception there,
 * enter the region again at once, go on after a call that has changed the frames, or enter another region.
 */
export type Outcome = "resume" | "raise" | "again" | "forced" | "link";

export interface Exit {
  /** Identifies the place over all emissions of a region: trace, instruction, reason. */
  readonly key: string;
  readonly outcome: Outcome;
  /** A name of the table of reasons. */
  readonly reason: string;
  readonly snapshot: Snapshot;
  /** What has run, for the statistics. */
  readonly path: Path | null;
  /** The region that a link goes to. */
  readonly link: unknown;
  /** The step that is left, or after which the trace is left. */
  readonly place: Place;
}

/** Has the instruction at the exit run? What raises has; what is left before it runs has not. */
export const hasRun = ({ outcome }: Exit): boolean => outcome === "raise";

/** What has run when the instruction at the exit has run too, or has raised. */
export function pathBehind({ path, place: { log, index } }: Exit): Path {
  return pathTo(path, log.steps[Math.min(index, log.steps.length - 1)]);
}

/** Exits whose target is only known at run time: the same instruction can go to any number of places. */
const DYNAMIC: ReadonlySet<string> = new Set([
  "other function",
  "other method",
  "other class",
  "other type",
  "other shape",
  "other kind of call",
  "not a bound method",
]);
export const isDynamicReason = (reason: string): boolean => DYNAMIC.has(reason);
export const isDynamic = (exit: Exit): boolean => isDynamicReason(exit.reason);

/**
 * Exits behind which values are of another kind, or the frames unlike those of the trace around: side traces from them
 * stay apart.
 */
const PARTING: ReadonlySet<string> = new Set([
  "not a small int",
  "not a float",
  "int overflow",
  "does not raise",
  "does not meet",
  "carries a NaN",
]);
export const isParting = (exit: Exit): boolean => PARTING.has(exit.reason);
