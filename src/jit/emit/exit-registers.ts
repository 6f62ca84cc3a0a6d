/**
 * The variables by which exits hand over their values. Most values are the same from one exit to the next: one that
 * several exits of a trace need has a variable for itself from the first of them to the last. This keeps emitted code
 * small, which V8's limit for what it optimises makes necessary.
 */
import type { Node } from "../ir/node.ts";

/** A value to be stored for an exit: on the way to it when it is shared with later exits, else on leaving. */
export interface Store {
  node: Node;
  register: number;
  isShared: boolean;
}

export class ExitRegisters {
  /** Variables used so far, in this trace and around it. */
  count: number;
  private readonly places: Map<Node, number>;
  private readonly taken: Set<number>;
  /** Variables of the trace around: it may go on with them after this trace. */
  private readonly inherited: ReadonlySet<Node>;
  /** Exits of this trace passed. */
  private passed = 0;
  private readonly last = new Map<Node, number>();
  /** What goes free after the exit that is being emitted. */
  private leaving: Node[] = [];

  /** `exits`: what each exit of the trace needs, in order; values of the trace around it stay where they are. */
  constructor(outer: ExitRegisters | null, exits: readonly (readonly Node[])[]) {
    this.count = outer?.count ?? 0;
    this.places = new Map(outer?.places ?? []);
    this.taken = new Set(outer?.taken ?? []);
    this.inherited = new Set(this.places.keys());
    exits.forEach((values, i) => {
      for (const node of values) this.last.set(node, i);
    });
  }

  of(node: Node): number {
    return this.places.get(node) as number;
  }
  /** Gives each value of the next exit its variable; what is returned is still to be stored. */
  take(values: readonly Node[]): Store[] {
    const stores: Store[] = [];
    this.leaving = [];
    for (const node of values) {
      const isLast = (this.last.get(node) ?? -1) <= this.passed;
      if (!this.places.has(node)) {
        const register = this.free();
        this.places.set(node, register);
        this.taken.add(register);
        stores.push({ node, register, isShared: !isLast });
        if (isLast) this.leaving.push(node);
      } else if (isLast && this.last.has(node) && !this.inherited.has(node)) this.leaving.push(node);
    }
    return stores;
  }
  /** What has its variable now; a part of the trace that other ways go round begins. */
  open(): ReadonlySet<Node> {
    return new Set(this.places.keys());
  }
  /** Such a part ends: what was stored in it is not stored on the other ways. */
  close(before: ReadonlySet<Node>): void {
    for (const [node, register] of this.places) {
      if (before.has(node)) continue;
      this.places.delete(node);
      this.taken.delete(register);
    }
  }
  /** The exit has been emitted. */
  release(): void {
    for (const node of this.leaving) {
      this.taken.delete(this.of(node));
      this.places.delete(node);
    }
    this.passed++;
  }
  private free(): number {
    let register = 0;
    while (this.taken.has(register)) register++;
    this.count = Math.max(this.count, register + 1);
    return register;
  }
}
