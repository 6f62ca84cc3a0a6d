/** How hot lines of source are, and how counts become shades. */
import type { NodeReport, Origin, RegionReport, TraceReport, TracesDocument } from "../../events/traces.ts";

export function eachNode({ nodes }: TraceReport, visit: (node: NodeReport) => void): void {
  for (const node of nodes) {
    visit(node);
    if (node.side !== null) eachNode(node.side, visit);
  }
}
export function traceCount(trace: TraceReport): number {
  let n = 1;
  eachNode(trace, ({ side }) => {
    if (side !== null) n++;
  });
  return n;
}

/** Where an instruction stands: file, line, columns (in UTF-8 bytes). */
export interface Place {
  file: string;
  line: number;
  columns: [number, number] | null;
}
export class Places {
  private readonly byCode: Map<
    number,
    [line: number | null, endLine: number | null, from: number | null, to: number | null]
  >[];

  constructor(private readonly document: TracesDocument) {
    this.byCode = document.codes.map(({ instructions }) => new Map(instructions.map(({ pc, at }) => [pc, at])));
  }
  of(origin: Pick<Origin, "code" | "pc"> | null): Place | null {
    if (origin === null) return null;
    const at = this.byCode[origin.code]?.get(origin.pc);
    if (at === undefined || at[0] === null) return null;
    const [line, endLine, from, to] = at;
    const columns: [number, number] | null = from === null || to === null || endLine !== line ? null : [from, to];
    return { file: this.document.codes[origin.code].file, line, columns };
  }
}

/** How often each line ran in a region: as often as the operation of it that ran most. */
export function lineRuns(region: RegionReport, places: Places): Map<string, number> {
  const runs = new Map<string, number>();
  eachNode(region.trace, (node) => {
    const place = places.of(node.origin);
    if (place === null) return;
    const key = lineKey(place);
    runs.set(key, Math.max(runs.get(key) ?? 0, node.runs));
  });
  return runs;
}
export const lineKey = ({ file, line }: Pick<Place, "file" | "line">): string => `${file}\0${line}`;

/** All regions together. */
export function allLineRuns(document: TracesDocument, places: Places): Map<string, number> {
  const all = new Map<string, number>();
  for (const region of document.regions) {
    for (const [key, n] of lineRuns(region, places)) all.set(key, (all.get(key) ?? 0) + n);
  }
  return all;
}

/** From 0 (never) to 1 (as often as the hottest), by orders of magnitude, of which the last weigh most. */
export function shade(runs: number, most: number): number {
  if (runs <= 0 || most <= 0) return 0;
  return Math.round(100 * (Math.log1p(runs) / Math.log1p(most)) ** 2) / 100;
}
