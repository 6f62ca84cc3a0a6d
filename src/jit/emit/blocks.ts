/**
 * Where ways meet, in JavaScript: the part of a trace that side traces go round is a labelled block, which they leave by
 * `break`. What is defined in a block and used behind it is declared in front of it.
 */
import type { Node } from "../ir/node.ts";
import type { Trace } from "../ir/trace.ts";

interface Block {
  readonly join: Node;
  readonly around: Block | null;
  /** The line of its declarations. */
  readonly line: number;
  readonly declared: Set<Node>;
  /** Values that had their variable for exits when the block began. */
  readonly stored: ReadonlySet<Node>;
  isOpen: boolean;
}
interface Definition {
  /** The block in which the variable is to be seen; null: the whole trace. */
  scope: Block | null;
  /** The block in front of which it is declared; null: it is a `const` of its line. */
  before: Block | null;
  readonly line: number;
}

export class Blocks {
  /** Variables declared in front of blocks. */
  declared = 0;
  private top: Block | null = null;
  private readonly definitions = new Map<Node, Definition>();

  constructor(private readonly lines: string[]) {}

  /** The line before the last is for the block's declarations. */
  open(join: Node, phis: readonly Node[], stored: ReadonlySet<Node>): void {
    const line = this.lines.length - 2;
    const block: Block = { join, around: this.top, line, declared: new Set(), stored, isOpen: true };
    for (const phi of phis) this.definitions.set(phi, this.declare(phi, block));
    this.top = block;
  }
  isOpen(join: Node): boolean {
    return this.top?.join === join;
  }
  /** Gives what had its variable for exits before the block. */
  close(join: Node): ReadonlySet<Node> {
    const block = this.top;
    if (block?.join !== join) throw new Error("blocks are not nested");
    block.isOpen = false;
    this.top = block.around;
    return block.stored;
  }
  /** The next line defines it. */
  defined(node: Node): void {
    const { top } = this;
    if (top !== null) this.definitions.set(node, { scope: top, before: null, line: this.lines.length });
  }
  used(node: Node): void {
    const definition = this.definitions.get(node);
    if (definition === undefined || definition.scope === null || definition.scope.isOpen) return;
    let outermost = definition.scope;
    while (outermost.around !== null && !outermost.around.isOpen) outermost = outermost.around;
    if (definition.before === null) this.lines[definition.line] = this.lines[definition.line].replace("const ", "");
    else {
      definition.before.declared.delete(node);
      this.declared--;
      this.writeDeclarations(definition.before);
    }
    this.definitions.set(node, this.declare(node, outermost));
  }
  private declare(node: Node, before: Block): Definition {
    before.declared.add(node);
    this.declared++;
    this.writeDeclarations(before);
    return { scope: before.around, before, line: -1 };
  }
  private writeDeclarations({ line, declared }: Block): void {
    const names = [...declared].map(({ id }) => `v${id}`);
    this.lines[line] = names.length === 0 ? "" : `let ${names.join(", ")};`;
  }
}

/**
 * Which blocks begin before which of the trace's nodes, the outer ones first. A block has to contain what goes round it,
 * and blocks that overlap must lie one in the other: the one that ends later begins with the other at the latest.
 */
export function partsOf(trace: Trace): Map<number, Node[]> {
  const starts = new Map<Node, number>();
  trace.nodes.forEach((node, i) => {
    if (node.side !== null) noteTargets(node.side, i, starts);
  });
  const joins = trace.nodes.flatMap((node, end) => {
    const start = node.op === "JOIN" ? starts.get(node) : undefined;
    return start === undefined ? [] : [{ node, start, end }];
  });
  joins.forEach((outer, i) => {
    // Those that end before it, from the last one on: each can pull the beginning forward.
    for (let k = i - 1; k >= 0; k--) {
      if (joins[k].end > outer.start) outer.start = Math.min(outer.start, joins[k].start);
    }
  });
  const parts = new Map<number, Node[]>();
  for (const { node, start } of joins) parts.set(start, [node, ...(parts.get(start) ?? [])]);
  return parts;
}
function noteTargets(side: Trace, at: number, starts: Map<Node, number>): void {
  const { end } = side;
  if (end.kind === "join" && !starts.has(end.join)) starts.set(end.join, at);
  for (const node of side.nodes) if (node.side !== null) noteTargets(node.side, at, starts);
}
