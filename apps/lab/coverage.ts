/** `sidewinder-lab coverage`: how much of each benchmark's instructions compiled code runs, once it is warm. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { coverageDocument, mergedCoverage, readCoverage, readLines } from "../../src/lab/documents.ts";
import {
  type CoverageDocument,
  type ProgramCoverage,
  coverageChart,
  coverageHeadline,
  coverageMarkdown,
  coverageOf,
} from "../../src/profile/coverage.ts";
import { compiledPart } from "../../src/stats/tiers.ts";
import { argumentsOf, numberOption } from "./arguments.ts";
import { chosenPrograms } from "./bench.ts";
import { sidewinderPeer } from "./bench/peers.ts";
import { Progress } from "./bench/progress.ts";
import { runProgram } from "./bench/run.ts";
import { type Command, UsageError } from "./command.ts";
import { readText, withFolder, writeText } from "./files.ts";

const OPTIONS = {
  svg: { type: "string" },
  markdown: { type: "string" },
  json: { type: "string" },
  lines: { type: "string" },
  only: { type: "string" },
  warmup: { type: "string" },
  seconds: { type: "string" },
  timeout: { type: "string" },
  X: { type: "string", short: "X", multiple: true },
} as const;

export const coverage: Command = {
  summary: "how much of each benchmark's instructions ran compiled once it was warm, as a chart",
  help: `usage: sidewinder-lab coverage [option] ... [FOLDER | PROGRAM.py] ...
       sidewinder-lab coverage [option] ... COVERAGE.json ...

Runs benchmarks, a folder of pyperformance's for instance, with their instructions counted from the end of the warm-up
on, and charts by whom they were run: traces, baseline functions, the interpreter. The table names what brought the
interpreter to its part. Programs that do not run are named with the reason. Without options of the first group,
the table goes to stdout. COVERAGE.json is what --json wrote before, or a file of --lines; several become one.

  --svg FILE       the chart
  --markdown FILE  the table
  --json FILE      the figures
  --lines FOLDER   also keeps the figures line by line, NAME.json, for \`sidewinder-lab lines\`
  --only A,B       of the programs, these
  --warmup S       seconds of CPU time that each benchmark runs before it is counted (10)
  --seconds S      seconds for which it is counted, one run at least (2)
  --timeout S      after which a process is ended (600)
  -X OPTION        an option for the runs, such as jit-without=continuations
`,
  run(args) {
    const { values, operands } = argumentsOf(args, OPTIONS);
    const isMade = operands.length > 0 && operands.every((path) => path.endsWith(".json"));
    const document = isMade
      ? mergedCoverage(operands.map((path) => readCoverage(path, readText(path))))
      : measured(operands, values);
    if (values.json !== undefined) writeText(values.json, `${JSON.stringify(document, null, 1)}\n`);
    if (values.svg !== undefined) writeText(values.svg, coverageChart(document));
    if (values.markdown !== undefined) writeText(values.markdown, coverageMarkdown(document));
    if ([values.json, values.svg, values.markdown].every((file) => file === undefined))
      process.stdout.write(coverageMarkdown(document));
    else process.stdout.write(`${coverageHeadline(document)}\n`);
    return 0;
  },
};

interface Values {
  lines?: string;
  only?: string;
  warmup?: string;
  seconds?: string;
  timeout?: string;
  X?: string[];
}
function measured(operands: readonly string[], values: Values): CoverageDocument {
  if (operands.some((path) => path.endsWith(".json")))
    throw new UsageError("coverage: either programs or COVERAGE.json files");
  const options = {
    warmup: numberOption("warmup", values.warmup, 10),
    seconds: numberOption("seconds", values.seconds, 2),
    timeout: numberOption("timeout", values.timeout, 600),
  };
  const all = chosenPrograms(operands, values.only);
  const progress = new Progress(all.length);
  const programs: ProgramCoverage[] = [];
  const failures: { name: string; reason: string }[] = [];
  const work = (folder: string): void => {
    for (const program of all) {
      const { name } = program;
      progress.step(name);
      const file = join(folder, `${name}.json`);
      const peer = sidewinderPeer("sidewinder", ["jit=on", ...(values.X ?? []), `jit-lines=${file}`]);
      const outcome = runProgram(peer, program, options);
      if ("failure" in outcome || !existsSync(file)) {
        const reason = "failure" in outcome ? outcome.failure : "it left no figures";
        progress.note(`${name}: ${reason}`);
        failures.push({ name, reason });
        continue;
      }
      const made = coverageOf(name, readLines(`what was counted of ${name}`, readText(file)));
      programs.push(made);
      progress.note(`${name}: ${(100 * compiledPart(made.instructions)).toFixed(2)} % compiled`);
    }
  };
  if (values.lines === undefined) withFolder(work);
  else {
    mkdirSync(values.lines, { recursive: true });
    work(values.lines);
  }
  progress.end();
  return coverageDocument(programs, failures);
}
