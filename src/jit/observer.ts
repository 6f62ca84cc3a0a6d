/** What somebody who looks on is told of the compilers' work: dumps hang on it. There is none unless it is asked for. */
import type { PyCode } from "../objects/code.ts";
import type { Baseline } from "./baseline/compile.ts";
import type { Node } from "./ir/node.ts";
import type { Trace } from "./ir/trace.ts";
import type { Step } from "./record/log.ts";
import type { ExitRecord, Region } from "./region.ts";

/** What a region was just emitted from; its text is the region's `source`. */
export interface Emission {
  readonly region: Region;
  readonly header: readonly Node[];
  readonly trace: Trace;
  /** The recorded steps that nodes were made for. */
  readonly origins: ReadonlyMap<Node, Step>;
  /** The node of each line of the text. */
  readonly owners: readonly (Node | null)[];
}
export interface Abort {
  readonly reason: string;
  readonly code: PyCode;
  readonly pc: number;
  /** null: a new region was to begin. */
  readonly region: Region | null;
  readonly record: ExitRecord | null;
}

export interface JitObserver {
  emitted(emission: Emission): void;
  /** `pcs` has the instruction of each line of `text`, -1: none. */
  baseline(unit: Baseline, name: string, text: string, pcs: readonly number[]): void;
  aborted(abort: Abort): void;
  invalidated(region: Region, cause: string): void;
}
