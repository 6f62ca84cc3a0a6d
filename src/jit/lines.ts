/** The counts by place (`places.ts`) as the document of `src/stats/lines.ts`. */
import type { PyCode } from "../objects/code.ts";
import { eachPosition } from "../objects/code-object/positions.ts";
import { type FileLines, LINES, LINES_VERSION, type LineFigures, type LinesDocument } from "../stats/lines.ts";
import { type Tiers, allOf } from "../stats/tiers.ts";
import { causeText, fateOf } from "./cause-text.ts";
import type { SourceReader } from "./dump/collector.ts";
import type { CodeCounts, Places } from "./places.ts";
import type { JitStats } from "./stats.ts";

interface Line {
  runs: number;
  interpreter: number;
  baseline: number;
  regions: number;
  interpreted: Record<string, number>;
  exits: Record<string, number>;
  aborts: Record<string, number>;
}
type File = Map<number, Line>;

/** `stats`: null where the interpreter ran alone. */
export function linesDocument(
  program: readonly string[],
  places: Places,
  stats: JitStats | null,
  read: SourceReader,
): LinesDocument {
  const gatherer = new Gatherer(stats);
  stats?.settle();
  for (const [code, counts] of places.byCode) gatherer.code(code, counts);
  if (stats !== null) gatherer.troubles(stats);
  const files = [...gatherer.files]
    .map(([file, lines]) => fileLines(file, read(file), lines))
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => allOf(b.instructions) - allOf(a.instructions));
  return {
    kind: LINES,
    version: LINES_VERSION,
    program,
    instructions: sum(files.map(({ instructions }) => instructions)),
    files,
  };
}

class Gatherer {
  readonly files = new Map<string, File>();
  private readonly lineNumbers = new Map<PyCode, number[]>();

  constructor(private readonly stats: JitStats | null) {}

  code(code: PyCode, { baseline, regions, interpreter }: CodeCounts): void {
    const causes = [...interpreter].map(([cause, counts]) => ({ counts, text: causeText(cause, this.stats) }));
    for (let pc = 0; pc < code.ops.length; pc++) {
      const interpreted = causes.reduce((n, { counts }) => n + counts[pc], 0);
      const all = interpreted + baseline[pc] + regions[pc];
      if (all === 0) continue;
      const line = this.line(code, pc);
      line.runs = Math.max(line.runs, all);
      line.interpreter += interpreted;
      line.baseline += baseline[pc];
      line.regions += regions[pc];
      for (const { counts, text } of causes) add(line.interpreted, text, counts[pc]);
    }
  }
  troubles({ regions, abortPlaces }: JitStats): void {
    for (const region of regions) {
      for (const record of region.exitRecords.values()) {
        const { code, pc, reason, total, trouble } = record;
        const why = trouble === "" ? "" : `, ${trouble}`;
        if (total > 0) add(this.line(code, pc).exits, `${reason}: ${fateOf(record)}${why}`, total);
      }
    }
    for (const { code, pc, reason, count } of abortPlaces) add(this.line(code, pc).aborts, reason, count);
  }
  private line(code: PyCode, pc: number): Line {
    const lines = this.files.get(code.filename) ?? new Map<number, Line>();
    this.files.set(code.filename, lines);
    const number = this.numbersOf(code)[pc] ?? 0;
    const line = lines.get(number) ?? {
      runs: 0,
      interpreter: 0,
      baseline: 0,
      regions: 0,
      interpreted: {},
      exits: {},
      aborts: {},
    };
    lines.set(number, line);
    return line;
  }
  private numbersOf(code: PyCode): number[] {
    let numbers = this.lineNumbers.get(code);
    if (numbers === undefined) {
      const found: number[] = [];
      eachPosition(code.spec.linetable, code.firstlineno, (start, units, { line }) => {
        for (let i = 0; i < units; i++) found[start + i] = line ?? 0;
      });
      numbers = found;
      this.lineNumbers.set(code, numbers);
    }
    return numbers;
  }
}
function add(tally: Record<string, number>, name: string, n: number): void {
  if (n !== 0) tally[name] = (tally[name] ?? 0) + n;
}
function fileLines(file: string, text: string | null, lines: File): FileLines {
  const figures = [...lines]
    .sort(([a], [b]) => a - b)
    .map(([line, { runs, interpreter, baseline, regions, ...rest }]): LineFigures => {
      return { line, runs, instructions: { interpreter, baseline, regions }, ...rest };
    });
  return { file, text, instructions: sum(figures.map(({ instructions }) => instructions)), lines: figures };
}
function sum(all: readonly Tiers[]): Tiers {
  return {
    interpreter: all.reduce((n, { interpreter }) => n + interpreter, 0),
    baseline: all.reduce((n, { baseline }) => n + baseline, 0),
    regions: all.reduce((n, { regions }) => n + regions, 0),
  };
}
