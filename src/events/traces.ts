/**
 * What the compilers have made, as data: `-X jit-dump=FILE.json` writes it, the Lab's page of traces shows it. Whoever
 * adds, removes or renames something raises the version.
 */
import type { Shape } from "./shape.ts";

export const TRACES_KIND = "sidewinder-traces";
export const TRACES_VERSION = 2;

export interface TracesDocument {
  kind: typeof TRACES_KIND;
  version: typeof TRACES_VERSION;
  /** `sys.argv` of the program. */
  program: string[];
  /** Python instructions that ran, each once. */
  bytecodes: { interpreter: number; compiled: number };
  /** Texts of the Python files involved, by name; what could not be read is missing. */
  sources: Record<string, string>;
  codes: CodeReport[];
  regions: RegionReport[];
  baselines: BaselineReport[];
  aborts: AbortReport[];
  invalidations: InvalidationReport[];
}

/** A code object; others refer to it by its index. */
export interface CodeReport {
  name: string;
  file: string;
  line: number;
  /** Names of the frame's slots: locals, cells, free variables. */
  slots: string[];
  instructions: InstructionReport[];
}
export interface InstructionReport {
  pc: number;
  name: string;
  argument: string;
  /** Of the source: line, last line, columns; null where there is none. */
  at: [number | null, number | null, number | null, number | null];
}
/** An instruction in a frame: code, position, frames open above the region's root. */
export interface Origin {
  code: number;
  pc: number;
  depth: number;
}
/** A value: the number of the node that gives it, or a constant's text. */
export type Ref = number | string;

export interface RegionReport {
  id: number;
  /** The emitted function's name. */
  name: string;
  kind: "loop" | "function" | "generator" | "continuation";
  code: number;
  /** Where it begins, and the line there. */
  pc: number;
  line: number | null;
  /** Is it still entered? */
  isAlive: boolean;
  emissions: number;
  /** Entries with values of other kinds than assumed. */
  misses: number;
  /** The root's slots as the region finds them. */
  header: { id: number; slot: number; kind: string }[];
  trace: TraceReport;
  logs: LogReport[];
  /** Emitted JavaScript, and for each of its lines the node that it belongs to, 0: none. */
  text: string;
  lines: number[];
}
export interface TraceReport {
  /** The log that it begins with. */
  log: number;
  /** Times that it was begun, each turn of a loop; counted since its first emission. */
  runs: number;
  nodes: NodeReport[];
  end: EndReport;
}
export interface NodeReport {
  id: number;
  op: string;
  args: Ref[];
  kind: string;
  /** What the operation needs beside its arguments, as text. */
  data: string;
  /** Is it emitted? Else it is dead, or made only on leaving. */
  isLive: boolean;
  origin: Origin | null;
  /** Times that control came here, from the counts of traces and exits. */
  runs: number;
  exit: ExitReport | null;
  side: TraceReport | null;
}
export interface EndReport {
  kind: "loop" | "return" | "yield" | "join" | "link" | "leave";
  /** Why the recording ended. */
  reason: string;
  /** The JOIN that a side trace goes to; the region that a link goes to; else 0. */
  target: number;
  exit: ExitReport | null;
}
export interface ExitReport {
  key: string;
  reason: string;
  outcome: string;
  code: number;
  pc: number;
  line: number | null;
  /** Times taken to the interpreter, all emissions together. */
  count: number;
  /** Times since the last attempt. */
  warmth: number;
  /** As it is now (`jit/pace.ts`); null: it never gets hot again. */
  threshold: number | null;
  /** Failed recordings. */
  failures: number;
  /** What became of it. */
  fate: string;
  snapshot: { code: number; pc: number; slots: Ref[] }[];
}
export interface LogReport {
  id: number;
  end: string;
  reason: string;
  steps: StepReport[];
}
export interface StepReport extends Origin {
  name: string;
  oparg: number;
  /** The instruction raised. */
  raised: boolean;
}
export interface BaselineReport {
  code: number;
  name: string;
  versions: number;
  text: string;
  /** The instruction of each line, -1: none. */
  lines: number[];
}
export interface AbortReport {
  code: number;
  pc: number;
  line: number | null;
  reason: string;
  count: number;
  /** The region that was to grow; 0: a new one. */
  region: number;
}
export interface InvalidationReport {
  region: number;
  cause: string;
  count: number;
}

const NUMBERS: Shape = { list: "number" };
const EXIT: Shape = {
  fields: {
    key: "text",
    reason: "text",
    outcome: "text",
    code: "number",
    pc: "number",
    count: "number",
    warmth: "number",
    threshold: { orNull: "number" },
    fate: "text",
  },
};
const ORIGIN: Shape = { fields: { code: "number", pc: "number", depth: "number" } };
const TRACE: Shape = {
  fields: {
    log: "number",
    runs: "number",
    nodes: {
      list: {
        fields: {
          id: "number",
          op: "text",
          args: { list: "any" },
          kind: "text",
          data: "text",
          isLive: "flag",
          origin: { orNull: ORIGIN },
          runs: "number",
          exit: { orNull: EXIT },
          side: { orNull: { later: () => TRACE } },
        },
      },
    },
    end: { fields: { kind: "text", reason: "text", target: "number", exit: { orNull: EXIT } } },
  },
};
const REGION: Shape = {
  fields: {
    id: "number",
    name: "text",
    kind: "text",
    code: "number",
    pc: "number",
    emissions: "number",
    misses: "number",
    header: { list: { fields: { id: "number", slot: "number", kind: "text" } } },
    trace: TRACE,
    text: "text",
    lines: NUMBERS,
  },
};
/** What a page of traces is made of. */
export const TRACES_SHAPE: Shape = {
  fields: {
    program: { list: "text" },
    bytecodes: "tally",
    sources: { each: "text" },
    codes: {
      list: {
        fields: {
          name: "text",
          file: "text",
          slots: { list: "text" },
          instructions: {
            list: { fields: { pc: "number", name: "text", argument: "text", at: { list: { orNull: "number" } } } },
          },
        },
      },
    },
    regions: { list: REGION },
    baselines: { list: { fields: { code: "number", name: "text", versions: "number", text: "text", lines: NUMBERS } } },
    aborts: { list: { fields: { code: "number", reason: "text", count: "number" } } },
    invalidations: { list: { fields: { region: "number", cause: "text", count: "number" } } },
  },
};
