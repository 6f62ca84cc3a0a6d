/**
 * Which nodes are needed. Guards and operations with effects are; what they and the snapshots refer to is too, but a
 * fresh object that only snapshots refer to is not made: leaving makes it.
 */
import type { Exit } from "../ir/exit.ts";
import type { Node } from "../ir/node.ts";
import { OPS } from "../ir/ops.ts";
import type { Idea } from "../settings.ts";
import type { Trace } from "../ir/trace.ts";
import type { Region } from "../region.ts";

/** Fresh objects without an identity that their makers' arguments would not give again. */
const SINKABLE = new Set(["BOX", "NEW_COMPLEX", "NEW_TUPLE", "NEW_SLICE", "NEW_METHOD"]);

/** One of the regions that a function is made of, translated. */
export interface Member {
  readonly region: Region;
  readonly trace: Trace;
  /** The root's slots as the region's start finds them. */
  readonly header: readonly Node[];
  /** Leaves at the region's start. */
  readonly start: Exit;
}
/** Is the value a raw double? It is in another variable than any other value of that slot then. */
export const isRaw = (node: Node): boolean => node.kind === "float";

export class Liveness {
  /** Root slots that some turn of a loop changes, or that are kept in different ways. */
  readonly assigned = new Set<number>();
  /** Root slots that some call finds changed. */
  private readonly written = new Set<number>();
  /** With the header of the region that each belongs to. */
  private readonly headers = new Map<Trace, readonly Node[]>();
  private get traces(): Iterable<Trace> {
    return this.headers.keys();
  }

  constructor(
    private readonly members: readonly Member[],
    private readonly without: ReadonlySet<Idea>,
  ) {
    for (const { trace, header } of members) this.collect(trace, header);
    for (const { end } of this.traces) {
      if (end.kind === "loop" || end.kind === "link") {
        end.slots.forEach((node, i) => !isSlot(node, i) && this.assigned.add(i));
      }
    }
    for (const { header } of members) {
      header.forEach((node, i) => {
        if (members.some((other) => i < other.header.length && isRaw(other.header[i]) !== isRaw(node)))
          this.assigned.add(i);
      });
    }
    for (const trace of this.traces) {
      // What is noted only for an end from outside is written when nothing goes on.
      for (const { site, op } of trace.nodes) if (site !== null && op !== "ZONE") this.collectWritten(site);
    }
    for (const trace of this.traces) this.markEffects(trace);
    for (const trace of this.traces) this.markExits(trace);
    for (const { start } of members) this.markSnapshot(start);
    this.markCarried();
  }
  /** A call shows the root's frame: it then holds what a slot was during the call. */
  private collectWritten({ snapshot }: Exit): void {
    snapshot[0].slots.forEach((node, i) => !isSlot(node, i) && this.written.add(i));
  }
  private collect(trace: Trace, header: readonly Node[]): void {
    this.headers.set(trace, header);
    for (const node of trace.nodes) if (node.side !== null) this.collect(node.side, header);
  }
  private markEffects(trace: Trace): void {
    for (const node of trace.nodes) {
      const effect = OPS[node.op]?.effect;
      const idle = effect === "pure" || effect === "reads" || effect === "alloc";
      if (idle && !this.without.has("dead-code")) continue;
      node.isLive = true;
      for (const arg of node.args) this.mark(arg);
    }
  }
  private markExits(trace: Trace): void {
    for (const node of trace.nodes) {
      if (node.exit !== null) this.markSnapshot(node.exit);
      if (node.site !== null) this.markSnapshot(node.site);
    }
    if ("exit" in trace.end && trace.end.kind !== "link") this.markSnapshot(trace.end.exit);
    if (trace.end.kind === "return" || trace.end.kind === "yield") this.mark(trace.end.value);
    if (trace.end.kind === "yield") {
      trace.end.slots.forEach((node, i) => {
        if (!this.isKept(node, i)) this.mark(node);
      });
    }
  }
  private markSnapshot(exit: Exit): void {
    exit.snapshot.forEach((frame, depth) => {
      frame.slots.forEach((node, i) => {
        const isKept = depth > 0 ? frame.heap[i] === node : this.isKept(node, i);
        if (!isKept) this.markHeld(node);
      });
      if (frame.func !== null) this.markHeld(frame.func);
      if (frame.returnData !== null) this.markHeld(frame.returnData);
      if (frame.generator !== null) this.markHeld(frame.generator);
    });
  }
  /** The root's frame has that value in that slot all the time. */
  isKept(node: Node, slot: number): boolean {
    return isSlot(node, slot) && !this.assigned.has(slot) && !this.written.has(slot);
  }
  /** The box of a float that the root's frame holds all the time: that one, since floats have identities. */
  isRootsOwn(node: Node): boolean {
    return node.op === "BOX" && node.args[0].op === "HEADER" && !this.assigned.has(node.args[0].data as number);
  }
  isSinkable(node: Node): boolean {
    return SINKABLE.has(node.op) && !this.without.has("virtual-objects");
  }
  private markHeld(node: Node): void {
    if (!this.isSinkable(node) || this.isRootsOwn(node)) this.mark(node);
    else for (const arg of node.args) this.markHeld(arg);
  }
  private mark(node: Node): void {
    if (node.isLive) return;
    node.isLive = true;
    for (const arg of node.args) this.mark(arg);
  }
  /** What goes round a loop, or over to another, into a slot that is needed there. */
  private markCarried(): void {
    let before = -1;
    let count = 0;
    while (count !== before) {
      before = count;
      count = 0;
      for (const [{ end }, own] of this.headers) {
        if (end.kind !== "loop" && end.kind !== "link") continue;
        const header = end.kind === "loop" ? own : this.headerOf(end.target);
        end.slots.forEach((node, i) => {
          if (!header[i].isLive || !this.assigned.has(i)) return;
          this.mark(node);
          count++;
        });
      }
    }
  }
  /** Of a region that is linked to, which is one of the function's. */
  private headerOf(target: unknown): readonly Node[] {
    return (this.members.find(({ region }) => region === target) as Member).header;
  }
}
/** Is it what the root's slot has held since the region's start? */
const isSlot = (node: Node, slot: number): boolean => node.op === "HEADER" && node.data === slot;
