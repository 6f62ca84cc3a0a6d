/** The compilers' stages as text, chosen by letter: `-X jit-dump=LETTERS`. */
import type { CodeReport, ExitReport, RegionReport, TraceReport } from "../../events/traces.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Baseline } from "../baseline/compile.ts";
import type { Abort, Emission, JitObserver } from "../observer.ts";
import type { Region } from "../region.ts";
import { indented } from "../report.ts";
import type { JitStats } from "../stats.ts";
import { Codes, codeReport } from "./codes.ts";
import { regionReport } from "./regions.ts";

export const STAGES: Readonly<Record<string, string>> = {
  b: "bytecode",
  r: "recorded traces",
  o: "optimised traces: nodes",
  s: "snapshots of exits",
  j: "emitted JavaScript, of baseline functions too",
  e: "exits, at the end",
};

/** Writes the chosen stages of everything that is compiled, at once; exits with their counts at the end. */
export class TextDump implements JitObserver {
  private readonly codes = new Codes();
  private readonly shown = new Set<PyCode>();
  private readonly emissions = new Map<Region, Emission>();

  constructor(
    private readonly stages: ReadonlySet<string>,
    private readonly stats: JitStats,
    private readonly write: (text: string) => void,
  ) {}

  emitted(emission: Emission): void {
    const { region } = emission;
    this.emissions.set(region, emission);
    const report = regionReport(emission, this.codes, this.stats);
    const codes = this.codes.reports();
    this.write(`══ ${headOf(report, codes)}, emission ${region.emissions}\n`);
    this.bytecode(region.root.code);
    if (this.stages.has("r")) this.write(logsText(report, codes));
    if (this.stages.has("o") || this.stages.has("s")) this.write(`── trace\n${this.nodes(report, codes)}`);
    if (this.stages.has("j")) this.write(`── JavaScript\n${report.text}\n`);
  }
  baseline({ code }: Baseline, name: string, text: string): void {
    if (!this.stages.has("b") && !this.stages.has("j")) return;
    this.write(`══ baseline function ${name}\n`);
    this.bytecode(code);
    if (this.stages.has("j")) this.write(`── JavaScript\n${indented(text)}\n`);
  }
  aborted({ reason, code, pc }: Abort): void {
    this.write(`══ aborted: ${reason}, recording from ${code.qualname}@${pc}\n`);
  }
  invalidated({ name }: Region, cause: string): void {
    this.write(`══ ${name}: ${cause}\n`);
  }
  /** What is known only now. */
  finish(): void {
    if (!this.stages.has("e")) return;
    for (const emission of this.emissions.values()) {
      const report = regionReport(emission, this.codes, this.stats);
      const codes = this.codes.reports();
      this.write(`══ exits of ${headOf(report, codes)}\n${exitsText(report.trace, codes)}`);
    }
  }

  private bytecode(code: PyCode): void {
    if (!this.stages.has("b") || this.shown.has(code)) return;
    this.shown.add(code);
    this.write(`── bytecode of ${code.qualname}\n${bytecodeText(codeReport(code))}`);
  }
  private nodes(report: RegionReport, codes: readonly CodeReport[]): string {
    const header = report.header.map(({ id, slot, kind }) => `  %${id} = HEADER ${slot} : ${kind}\n`).join("");
    const printer = new TracePrinter(codes, this.stages.has("o"), this.stages.has("s"));
    return header + printer.print(report.trace, "  ");
  }
}

function headOf({ kind, name, code, line }: RegionReport, codes: readonly CodeReport[]): string {
  return `region ${name}: ${kind} at ${codes[code].file}:${line ?? "?"}`;
}
function bytecodeText({ instructions }: CodeReport): string {
  let last: number | null = null;
  return instructions
    .map(({ pc, name, argument, at: [line] }) => {
      const shown = line === null || line === last ? "" : String(line);
      last = line;
      return `${shown.padStart(5)} ${String(pc).padStart(5)} ${name.padEnd(34)} ${argument}\n`;
    })
    .join("");
}
function logsText({ logs }: RegionReport, codes: readonly CodeReport[]): string {
  return logs
    .map(({ id, steps, end, reason }) => {
      const lines = steps.map(({ code, pc, depth, name, oparg, raised }) => {
        const place = `${codes[code].name}@${pc}`;
        return `${"  ".repeat(depth + 1)}${place.padEnd(24)} ${name} ${oparg}${raised ? " raises" : ""}\n`;
      });
      return `── log ${id}: ${steps.length} instructions, ends: ${end}${reason === "" ? "" : `, ${reason}`}\n${lines.join("")}`;
    })
    .join("");
}

/** Nodes as `%id = OP arguments : kind`, side traces indented under their guards. */
class TracePrinter {
  constructor(
    private readonly codes: readonly CodeReport[],
    private readonly nodes: boolean,
    private readonly snapshots: boolean,
  ) {}

  print({ log, nodes, end }: TraceReport, indent: string): string {
    let text = `${indent}trace ${log}\n`;
    for (const { id, op, args, kind, data, isLive, exit, side } of nodes) {
      const operands = args.map((arg) => (typeof arg === "number" ? `%${arg}` : arg));
      if (data !== "") operands.push(`[${data}]`);
      const given = kind === "none" ? "" : ` : ${kind}`;
      const leaves = exit === null ? "" : `  else ${exit.outcome} "${exit.reason}"`;
      const dead = isLive ? "" : "  (not emitted)";
      if (this.nodes) text += `${indent}%${id} = ${op} ${operands.join(", ")}${given}${leaves}${dead}\n`;
      if (exit !== null && this.snapshots) text += this.snapshot(exit, `${indent}    `);
      if (side !== null) text += this.print(side, `${indent}  `);
    }
    if (this.snapshots && end.exit !== null) text += this.snapshot(end.exit, `${indent}    `);
    const target = end.target === 0 ? "" : ` ${end.kind === "join" ? `%${end.target}` : `region ${end.target}`}`;
    return `${text}${indent}ends: ${end.kind}${target}${end.reason === "" ? "" : ` (${end.reason})`}\n`;
  }
  private snapshot({ snapshot, reason }: ExitReport, indent: string): string {
    const frames = snapshot.map(({ code, pc, slots }) => {
      const { name, slots: names } = this.codes[code];
      const values = slots.map(
        (slot, i) => `${names[i] ?? `stack${i - names.length}`}=${typeof slot === "number" ? `%${slot}` : slot}`,
      );
      return `${indent}  ${name}@${pc}: ${values.join(" ")}\n`;
    });
    return `${indent}snapshot of "${reason}"\n${frames.join("")}`;
  }
}

export function exitsOf({ nodes, end }: TraceReport): ExitReport[] {
  const exits: ExitReport[] = [];
  for (const { exit, side } of nodes) {
    if (exit !== null) exits.push(exit);
    if (side !== null) exits.push(...exitsOf(side));
  }
  if (end.exit !== null) exits.push(end.exit);
  return exits;
}
function exitsText(trace: TraceReport, codes: readonly CodeReport[]): string {
  return exitsOf(trace)
    .sort((a, b) => b.count - a.count)
    .map(({ count, reason, outcome, code, pc, line, fate }) => {
      const place = `${codes[code].name}:${line ?? "?"}@${pc}`;
      return `  ${String(count).padStart(9)}  ${reason.padEnd(22)} ${outcome.padEnd(7)} ${place.padEnd(32)} ${fate}\n`;
    })
    .join("");
}
