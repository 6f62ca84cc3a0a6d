/** Why instructions ran in the interpreter: each is put down to what brought its frame there. Only while somebody counts. */
import type { PyCode } from "../objects/code.ts";
import type { PyFrame } from "../objects/frame.ts";
import { holdTallies } from "../stats/pause.ts";
import type { Site } from "./deopt/leave.ts";
import type { Exit } from "./ir/exit.ts";
import type { ExitRecord, Region } from "./region.ts";

export type Cause = { /** Instructions of the interpreter. */ n: number } & (
  | { readonly kind: "exit"; readonly region: Region; readonly exit: Exit; readonly record: ExitRecord | null }
  /** The region did not take the frame: values of other kinds, other globals, too deep. */
  | { readonly kind: "refused"; readonly region: Region }
  /** No compiled code has led here. */
  | { readonly kind: "cold"; readonly code: PyCode }
  | { readonly kind: "recording" }
  /** There is no compiler. */
  | { readonly kind: "off" }
);

export class Causes {
  private readonly made = new Map<object, Cause>();
  private readonly recording: Cause = { n: 0, kind: "recording" };
  private readonly off: Cause = { n: 0, kind: "off" };
  /** Of the instruction that was told last. */
  last: Cause = this.off;

  constructor(private readonly isOff: boolean) {}

  get all(): Cause[] {
    return [this.recording, this.off, ...this.made.values()];
  }
  hold(): () => void {
    return holdTallies(() => this.all);
  }

  /** An instruction of `frame` is told. */
  step(frame: PyFrame, begins: boolean, records: boolean): void {
    // Frames are used again.
    if (begins) frame.cause = null;
    this.last = this.of(frame, records);
    this.last.n++;
  }
  private of(frame: PyFrame, records: boolean): Cause {
    if (this.isOff) return this.off;
    if (records) return this.recording;
    const { code } = frame;
    frame.cause ??= this.known(code, () => ({ n: 0, kind: "cold", code }));
    return frame.cause as Cause;
  }
  /** `frames` go on in the interpreter. */
  left(region: Region, { exit, record }: Site, frames: readonly PyFrame[]): void {
    const cause = this.known(record ?? exit, () => ({ n: 0, kind: "exit", region, exit, record }));
    for (const frame of frames) frame.cause = cause;
  }
  refused(region: Region, frame: PyFrame): void {
    frame.cause = this.known(region, () => ({ n: 0, kind: "refused", region }));
  }
  private known(key: object, make: () => Cause): Cause {
    let cause = this.made.get(key);
    if (cause === undefined) {
      cause = make();
      this.made.set(key, cause);
    }
    return cause;
  }
}
