/**
 * Which nodes are needed. Guards and operations with effects are; what they and the snapshots refer to is too, but a
 * fresh object that only snapshots refer to is not made: leaving makes it.
 */
import type { Exit } from "../ir/exit.ts";
import type { Node } from "../ir/node.ts";
import { OPS } from "../ir/ops.ts";
import type { Idea } from "../settings.ts";
import type { Trace } from "../ir/trace.ts";

/** Fresh objects without an identity that their makers' arguments would not give again. */
const SINKABLE = new Set(["BOX", "NEW_TUPLE", "NEW_SLICE", "NEW_METHOD"]);

export class Liveness {
  /** Root slots that some turn of the loop changes. */
  readonly assigned = new Set<number>();
  /** Root slots that some call finds changed. */
  private readonly written = new Set<number>();
  private readonly traces: Trace[] = [];

  constructor(
    root: Trace,
    private readonly header: readonly Node[],
    start: Exit,
    private readonly without: ReadonlySet<Idea>,
  ) {
    this.collect(root);
    for (const { end } of this.traces) {
      if (end.kind === "loop") end.slots.forEach((node, i) => node !== header[i] && this.assigned.add(i));
    }
    for (const trace of this.traces) {
      // What is noted only for an end from outside is written when nothing goes on.
      for (const { site, op } of trace.nodes) if (site !== null && op !== "ZONE") this.collectWritten(site);
    }
    for (const trace of this.traces) this.markEffects(trace);
    for (const trace of this.traces) this.markExits(trace);
    this.markSnapshot(start);
    this.markCarried();
  }
  /** A call shows the root's frame: it then holds what a slot was during the call. */
  private collectWritten({ snapshot }: Exit): void {
    snapshot[0].slots.forEach((node, i) => node !== this.header[i] && this.written.add(i));
  }
  private collect(trace: Trace): void {
    this.traces.push(trace);
    for (const node of trace.nodes) if (node.side !== null) this.collect(node.side);
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
    if (trace.end.kind !== "loop" && trace.end.kind !== "join") this.markSnapshot(trace.end.exit);
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
    return node === this.header[slot] && !this.assigned.has(slot) && !this.written.has(slot);
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
  /** What goes round the loop into a slot that is needed. */
  private markCarried(): void {
    let before = -1;
    let count = 0;
    const needed = new Set<number>();
    while (count !== before) {
      before = count;
      for (const i of this.assigned) if (this.header[i].isLive) needed.add(i);
      for (const { end } of this.traces) {
        if (end.kind === "loop") for (const i of needed) this.mark(end.slots[i]);
      }
      count = needed.size;
    }
  }
}
