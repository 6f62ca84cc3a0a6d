/** The instructions from a region's start to some place in it, the last one first: what has run when control is there. */
import type { Step } from "../record/log.ts";

export interface Path {
  readonly length: number;
  readonly step: Step;
  readonly before: Path | null;
}

export function pathTo(before: Path | null, step: Step): Path {
  return { length: lengthOf(before) + 1, step, before };
}
export const lengthOf = (path: Path | null): number => path?.length ?? 0;
