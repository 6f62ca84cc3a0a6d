/** A region as it was emitted last, as data: its traces with what is known of each node and exit. */
import type {
  EndReport,
  ExitReport,
  LogReport,
  NodeReport,
  Origin,
  Ref,
  RegionReport,
  TraceReport,
} from "../../events/traces.ts";
import { CONTINUATION } from "../continuations.ts";
import type { Exit } from "../ir/exit.ts";
import type { Node } from "../ir/node.ts";
import type { Trace } from "../ir/trace.ts";
import type { Emission } from "../observer.ts";
import { Pace } from "../pace.ts";
import type { Log, Step } from "../record/log.ts";
import { type ExitRecord, Region } from "../region.ts";
import { indented } from "../report.ts";
import type { JitStats } from "../stats.ts";
import type { Join } from "../translate/join.ts";
import { nameOf, widthOf } from "../translate/instructions.ts";
import { type Codes, lineOf } from "./codes.ts";
import { describe } from "./values.ts";

/** Bounds beyond say nothing. */
const WIDE = 2 ** 52;

export function regionReport(emission: Emission, codes: Codes, stats: JitStats): RegionReport {
  stats.settle();
  return new RegionReporter(emission, codes, stats).report();
}

class RegionReporter {
  private readonly logs = new Map<number, Log>();
  /** How often side traces have come to a JOIN. */
  private readonly arrivals = new Map<number, number>();
  private readonly pace: Pace;

  constructor(
    private readonly emission: Emission,
    private readonly codes: Codes,
    private readonly stats: JitStats,
  ) {
    this.pace = new Pace(stats.emitted);
  }

  report(): RegionReport {
    const { region, header, owners } = this.emission;
    const { root } = region;
    const trace = this.trace(this.emission.trace);
    for (const { side } of region.exitRecords.values()) if (side !== null) this.logs.set(side.id, side);
    return {
      id: region.id,
      name: region.name,
      kind: kindOf(region),
      code: this.codes.numberOf(root.code),
      pc: root.pc,
      line: lineOf(root.code, root.pc),
      isAlive: region.run !== null,
      emissions: region.emissions,
      misses: region.misses,
      header: header.map(({ id, kind }, slot) => ({ id, slot, kind })),
      trace,
      logs: [...this.logs.values()].map((log) => this.log(log)),
      text: indented(region.source),
      lines: owners.map((node) => node?.id ?? 0),
    };
  }

  // ── traces ─────────────────────────────────────────────────────────────────────────────────────────────────
  private trace(trace: Trace): TraceReport {
    this.logs.set(trace.log.id, trace.log);
    const runs = this.stats.operations.runsOf(trace.log.id);
    const nodes: NodeReport[] = [];
    // Of those that begin, some leave at each exit, and some come round from side traces.
    let left = runs;
    for (const node of trace.nodes) {
      if (node.op === "JOIN") left += this.arrivals.get(node.id) ?? 0;
      const report = this.node(node, left);
      nodes.push(report);
      if (node.op === "JOIN") nodes.push(...(node.data as Join).phis.map((phi) => this.node(phi, left)));
      left = Math.max(0, left - (report.side?.runs ?? 0) - (report.exit?.count ?? 0));
    }
    const { end } = trace;
    if (end.kind === "join") this.arrivals.set(end.join.id, (this.arrivals.get(end.join.id) ?? 0) + left);
    return { log: trace.log.id, runs, nodes, end: this.end(trace) };
  }
  private node(node: Node, runs: number): NodeReport {
    const step = this.emission.origins.get(node);
    return {
      id: node.id,
      op: node.op,
      args: node.args.map(refTo),
      kind: kindText(node),
      data: node.op === "JOIN" || node.data === undefined ? "" : describe(node.data),
      isLive: node.isLive,
      origin: step === undefined ? null : this.origin(step),
      runs,
      exit: node.exit === null ? null : this.exit(node.exit, node.side !== null),
      side: node.side === null ? null : this.trace(node.side),
    };
  }
  private origin({ code, pc, depth }: Step): Origin {
    return { code: this.codes.numberOf(code), pc, depth };
  }
  private end({ end, log }: Trace): EndReport {
    const exit = "exit" in end ? end.exit : null;
    const target = end.kind === "join" ? end.join.id : exit?.link instanceof Region ? exit.link.id : 0;
    const reason = exit?.reason ?? log.reason;
    return { kind: end.kind, reason, target, exit: exit === null ? null : this.exit(exit, false) };
  }

  // ── exits ──────────────────────────────────────────────────────────────────────────────────────────────────
  private exit(exit: Exit, hasSide: boolean): ExitReport {
    const top = exit.snapshot[exit.snapshot.length - 1];
    const record = this.emission.region.exitRecords.get(exit.key);
    const isCold = record === undefined || record.threshold === Number.MAX_SAFE_INTEGER;
    return {
      key: exit.key,
      reason: exit.reason,
      outcome: exit.outcome,
      code: this.codes.numberOf(top.code),
      pc: top.pc,
      line: lineOf(top.code, top.pc),
      count: record?.total ?? 0,
      warmth: record?.count ?? 0,
      threshold: isCold ? null : this.pace.ofExit(record.threshold),
      failures: record?.failures.times ?? 0,
      fate: fateOf(record, hasSide),
      snapshot: exit.snapshot.map(({ code, pc, slots }) => ({
        code: this.codes.numberOf(code),
        pc,
        slots: slots.map(refTo),
      })),
    };
  }
  private log({ id, end, reason, steps }: Log): LogReport {
    return {
      id,
      end,
      reason,
      steps: steps.map((step) => ({
        ...this.origin(step),
        name: nameOf(step.op),
        oparg: step.oparg,
        raised: step.raised !== null,
      })),
    };
  }
}

function refTo(node: Node): Ref {
  return node.isConstant ? describe(node.data) : node.id;
}
/** With the bounds of an int, where they say something. */
function kindText({ kind, low, high }: Node): string {
  if (kind !== "int" || (low < -WIDE && high > WIDE)) return kind;
  const bound = (value: number): string => (Math.abs(value) > WIDE ? "" : String(value));
  return `int ${bound(low)}…${bound(high)}`;
}
function kindOf({ index, isGenerator, original, root }: Region): RegionReport["kind"] {
  if (index === CONTINUATION) return "continuation";
  if (widthOf(original & 255) > 1) return "loop";
  return isGenerator && root.pc > 0 ? "generator" : "function";
}
function fateOf(record: ExitRecord | undefined, hasSide: boolean): string {
  if (hasSide) return "side trace";
  if (record === undefined) return "never taken";
  if (record.side !== null) return "its side trace waits for the next emission";
  if (record.continuation !== null) return `goes on in ${record.continuation.name}`;
  if (record.trouble === "") return "not hot";
  return record.threshold === Number.MAX_SAFE_INTEGER
    ? `left alone: ${record.trouble}`
    : `no trace yet: ${record.trouble}`;
}
