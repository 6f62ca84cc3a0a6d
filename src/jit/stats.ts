/** What the trace compiler counts. Instructions are counted only when somebody asks. */
import type { Region } from "./region.ts";

export class JitStats {
  readonly counters = { interpreter: 0, compiled: 0 };
  readonly regions: Region[] = [];
  readonly aborts = new Map<string, number>();
  recordings = 0;

  constructor(readonly isCounting: boolean) {}

  abort(reason: string): void {
    this.aborts.set(reason, (this.aborts.get(reason) ?? 0) + 1);
  }
}
