/** `sidewinder-lab bench`: runs benchmarks under Sidewinder and its peers. */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { argumentsOf, numberOption } from "./arguments.ts";
import { type Measured, type SuiteOptions, measureSuite, stepsOf } from "./bench/measure.ts";
import { configuredPeers, peersByName } from "./bench/peers.ts";
import { Progress } from "./bench/progress.ts";
import { writeResults } from "./bench/pyperf-file.ts";
import { type Program, programsOf } from "./bench/suite.ts";
import { LabError } from "../../src/lab/error.ts";
import { type Command, UsageError } from "./command.ts";
import { median } from "../../src/lab/statistics/tests.ts";

const CONFIG = "sidewinder-lab.json";
const HELP = `usage: sidewinder-lab bench [option] ... [FOLDER | PROGRAM.py] ...

Runs benchmarks and writes one file of results for each peer, which pyperf's tools and
\`sidewinder-lab compare\` read. FOLDER is a folder of programs or of pyperformance
(benchmarks that start other processes, or need packages that are missing, fail by name);
without one, the project's own programs. Packages are found in the folders of PYTHONPATH.

  --out FOLDER      where the files go (bench-results)
  --peers A,B       who runs them (sidewinder); known are sidewinder, sidewinder-interpreter,
                    cpython, cpython-jit, pypy, pyodide, and those of the config file
  --config FILE     {"peers": {NAME: {"command": ["..."], "env": {}, "root": FOLDER}}}; "root" for a
                    command that sees FOLDER as /, "sidewinder": true for another Sidewinder
                    (${CONFIG}, when there is one)
  --only A,B        of the programs, these
  --processes N     processes a benchmark (3)
  --seconds S       what each benchmark gets in a process, warm-up included (3)
  --timeout S       after which a process is ended (120)
  --no-coverage     do without the run of each program that counts bytecodes
`;

export const benchOptions = {
  out: { type: "string", default: "bench-results" },
  peers: { type: "string", default: "sidewinder" },
  config: { type: "string" },
  only: { type: "string" },
  processes: { type: "string" },
  seconds: { type: "string" },
  timeout: { type: "string" },
  "no-coverage": { type: "boolean" },
} as const;

interface Values {
  only?: string;
  processes?: string;
  seconds?: string;
  timeout?: string;
  "no-coverage"?: boolean;
}
export function suiteOptionsOf(values: Values): SuiteOptions {
  return {
    processes: Math.max(1, Math.round(numberOption("processes", values.processes, 3))),
    seconds: numberOption("seconds", values.seconds, 3),
    timeout: numberOption("timeout", values.timeout, 120),
    withCoverage: values["no-coverage"] !== true,
  };
}
export function chosenPrograms(operands: readonly string[], only: string | undefined): Program[] {
  const own = join(__dirname, "..", "bench", "programs");
  const programs = programsOf(operands.length === 0 ? [own] : operands);
  if (only === undefined) return programs;
  const names = only.split(",");
  const unknown = names.find((name) => !programs.some((program) => program.name === name));
  if (unknown !== undefined) throw new UsageError(`--only: there is no benchmark '${unknown}'`);
  return programs.filter(({ name }) => names.includes(name));
}

const fileOf = ({ results }: Measured, folder: string): string => join(folder, `${results.name}.json`);

/** What there is so far: a long run that is ended has left something. */
export function write(measured: Measured, folder: string): void {
  const { results, failures } = measured;
  if (results.benchmarks.size === 0) return;
  const failed = failures.map(({ program, reason }) => `${program}: ${reason}`).join("; ");
  const metadata = { hostname: hostname(), ...(failed === "" ? {} : { sidewinder_failed: failed }) };
  writeResults(fileOf(measured, folder), results, metadata);
}

export const bench: Command = {
  summary: "runs benchmarks under Sidewinder and its peers, for pyperf's tools and `compare`",
  help: HELP,
  run(args) {
    const { values, operands } = argumentsOf(args, benchOptions);
    const config = values.config ?? (existsSync(CONFIG) ? CONFIG : undefined);
    const peers = peersByName(values.peers.split(","), config === undefined ? [] : configuredPeers(config));
    const programs = chosenPrograms(operands, values.only);
    const options = suiteOptionsOf(values);
    const progress = new Progress(stepsOf(peers, programs, options));
    const all = measureSuite(peers, programs, options, progress, (some) =>
      some.forEach((one) => write(one, values.out)),
    );
    progress.end();
    let hasResult = false;
    for (const one of all) {
      const { results, failures, unsteady } = one;
      if (results.benchmarks.size === 0) {
        process.stderr.write(`sidewinder-lab: ${results.name}: no benchmark gave a result\n`);
        continue;
      }
      hasResult = true;
      for (const { name, values: seconds, coverage } of results.benchmarks.values()) {
        const share = coverage === null ? "" : `${(100 * coverage).toFixed(1).padStart(8)} % compiled`;
        const note = unsteady.includes(name) ? "  not steady" : "";
        process.stdout.write(
          `${name.padEnd(28)} ${(1000 * median(seconds)).toFixed(3).padStart(12)} ms${share}${note}\n`,
        );
      }
      process.stdout.write(
        `${fileOf(one, values.out)}: ${results.benchmarks.size} benchmarks${failures.length === 0 ? "" : `, ${failures.length} failed`}\n`,
      );
    }
    if (!hasResult) throw new LabError("no benchmark gave a result");
    return 0;
  },
};
