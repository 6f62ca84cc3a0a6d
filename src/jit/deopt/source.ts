/** Where a value is when compiled code is left: how snapshots look at run time. */
import type { PyCode } from "../../objects/code.ts";

export type Source =
  /** The slot of the root's frame holds it already. */
  | { kind: "kept" }
  | { kind: "constant"; value: unknown }
  /** Among the values that compiled code gives, boxed first where it is a raw double. */
  | { kind: "value"; index: number; isFloat: boolean }
  /** Made on leaving; the same `id` in one snapshot is the same object. */
  | { kind: "fresh"; id: number; op: string; args: readonly Source[] };

export interface FrameSource {
  code: PyCode;
  func: Source | null;
  generator: Source | null;
  pc: number;
  slots: readonly Source[];
  returnPc: number;
  onReturn: number;
  pushNull: boolean;
  returnData: Source | null;
}
