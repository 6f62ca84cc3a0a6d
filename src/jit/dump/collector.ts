/** Keeps what the compilers have made while a program runs, and gives it as one document. */
import {
  type AbortReport,
  type BaselineReport,
  type InvalidationReport,
  type RegionReport,
  TRACES_KIND,
  TRACES_VERSION,
  type TracesDocument,
} from "../../events/traces.ts";
import type { PyCode } from "../../objects/code.ts";
import type { Baseline } from "../baseline/compile.ts";
import type { Abort, Emission, JitObserver } from "../observer.ts";
import type { Region } from "../region.ts";
import { indented } from "../report.ts";
import type { JitStats } from "../stats.ts";
import { Codes, lineOf } from "./codes.ts";
import { regionReport } from "./regions.ts";

/** The text of a Python file; null where it cannot be had. */
export type SourceReader = (file: string) => string | null;

export class Collector implements JitObserver {
  private readonly codes = new Codes();
  private readonly emissions = new Map<Region, Emission>();
  private readonly baselines = new Map<PyCode, BaselineReport>();
  private readonly aborts = new Map<string, AbortReport>();
  private readonly invalidations = new Map<string, InvalidationReport>();

  constructor(private readonly stats: JitStats) {}

  emitted(emission: Emission): void {
    this.emissions.set(emission.region, emission);
  }
  baseline({ code }: Baseline, name: string, text: string, pcs: readonly number[]): void {
    const versions = (this.baselines.get(code)?.versions ?? 0) + 1;
    const number = this.codes.numberOf(code);
    this.baselines.set(code, { code: number, name, versions, text: indented(text), lines: [...pcs] });
  }
  aborted({ reason, code, pc, region, record }: Abort): void {
    const place = record === null ? { code, pc } : { code: record.code, pc: record.pc };
    const number = this.codes.numberOf(place.code);
    const id = region?.id ?? 0;
    const key = `${number} ${place.pc} ${id} ${reason}`;
    const line = lineOf(place.code, place.pc);
    const known = this.aborts.get(key) ?? { code: number, pc: place.pc, line, reason, count: 0, region: id };
    known.count++;
    this.aborts.set(key, known);
  }
  invalidated({ id }: Region, cause: string): void {
    const key = `${id} ${cause}`;
    const known = this.invalidations.get(key) ?? { region: id, cause, count: 0 };
    known.count++;
    this.invalidations.set(key, known);
  }

  regions(): RegionReport[] {
    return [...this.emissions.values()].map((emission) => regionReport(emission, this.codes, this.stats));
  }
  document(program: readonly string[], read: SourceReader): TracesDocument {
    const regions = this.regions();
    const { counters } = this.stats;
    const sources: Record<string, string> = {};
    for (const file of this.codes.files) {
      const text = read(file);
      if (text !== null) sources[file] = text;
    }
    return {
      kind: TRACES_KIND,
      version: TRACES_VERSION,
      program: [...program],
      bytecodes: { interpreter: counters.interpreter, compiled: counters.compiled },
      sources,
      codes: this.codes.reports(),
      regions,
      baselines: [...this.baselines.values()],
      // Those go on being counted.
      aborts: [...this.aborts.values()].map((abort) => ({ ...abort })),
      invalidations: [...this.invalidations.values()].map((invalidation) => ({ ...invalidation })),
    };
  }
}
