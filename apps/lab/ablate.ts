/** `sidewinder-lab ablate`: what each of the compiler's ideas is worth, by running without it. */
import { basename } from "node:path";
import { IDEAS } from "../../src/api/jit-options.ts";
import { EVERYTHING, WITHOUT, ablationReport } from "../../src/lab/compare/ablation.ts";
import type { Results } from "../../src/lab/compare/results.ts";
import { argumentsOf } from "./arguments.ts";
import { benchOptions, chosenPrograms, suiteOptionsOf, write } from "./bench.ts";
import { measureSuite, stepsOf } from "./bench/measure.ts";
import { sidewinderPeer } from "./bench/peers.ts";
import { Progress } from "./bench/progress.ts";
import { readResultsFile } from "./bench/pyperf-file.ts";
import { type Command, UsageError } from "./command.ts";
import { stemOf, writeReport } from "./compare.ts";

const HELP = `usage: sidewinder-lab ablate [option] ... [FOLDER | PROGRAM.py] ...
       sidewinder-lab ablate [--out REPORT.md] ${EVERYTHING}.json ${WITHOUT}IDEA.json ...

Runs benchmarks with all of the compiler's ideas and without each of them
(-X jit-without=IDEA), in turns, and charts what each is worth in speed and in coverage.
The second form makes the report anew of what --keep has kept.

  --out REPORT.md   the report (ablation.md); its picture lies beside it
  --keep FOLDER     keeps the results there, as \`sidewinder-lab bench\` writes them
  --ideas A,B       of the ideas, these: ${IDEAS.join(", ")}
  --only, --processes, --seconds, --timeout   as in \`sidewinder-lab bench\`
`;

const { only, processes, seconds, timeout } = benchOptions;
const options = {
  only,
  processes,
  seconds,
  timeout,
  out: { type: "string", default: "ablation.md" },
  keep: { type: "string" },
  ideas: { type: "string", default: IDEAS.join(",") },
} as const;

export const ablate: Command = {
  summary: "what each of the compiler's ideas is worth, in speed and in coverage",
  help: HELP,
  run(args) {
    const { values, operands } = argumentsOf(args, options);
    const areMade = operands.length > 0 && operands.every((path) => path.endsWith(".json"));
    const all = areMade ? kept(operands) : measured(operands, values);
    writeReport(values.out, ablationReport(all, stemOf(values.out)));
    process.stdout.write(`${values.out}\n`);
    return 0;
  },
};

/** Everything first. */
function measured(operands: readonly string[], values: Parameters<typeof suiteOptionsOf>[0] & Values): Results[] {
  const ideas = values.ideas.split(",");
  const unknown = ideas.find((idea) => !(IDEAS as readonly string[]).includes(idea));
  if (unknown !== undefined) throw new UsageError(`ablate: '${unknown}' is no idea; the ideas are ${IDEAS.join(", ")}`);
  const peers = [
    sidewinderPeer(EVERYTHING, ["jit=on"]),
    ...ideas.map((idea) => sidewinderPeer(`${WITHOUT}${idea}`, ["jit=on", `jit-without=${idea}`])),
  ];
  const programs = chosenPrograms(operands, values.only);
  const suite = suiteOptionsOf(values);
  const progress = new Progress(stepsOf(peers, programs, suite));
  const { keep } = values;
  const all = measureSuite(peers, programs, suite, progress, (some) => {
    if (keep !== undefined) for (const one of some) write(one, keep);
  });
  progress.end();
  return all.map(({ results }) => results);
}
interface Values {
  ideas: string;
  only?: string;
  keep?: string;
}

function kept(paths: readonly string[]): Results[] {
  const all = paths.map((path) => readResultsFile(path, basename(path, ".json")));
  const base = all.find(({ name }) => name === EVERYTHING);
  const others = all.filter((one) => one !== base);
  const stranger = others.find(({ name }) => !name.startsWith(WITHOUT));
  if (stranger !== undefined || base === undefined || others.length === 0) {
    throw new UsageError(
      `ablate: what --keep has kept is needed, ${EVERYTHING}.json and ${WITHOUT}IDEA.json${stranger === undefined ? "" : `; '${stranger.name}' is neither`}`,
    );
  }
  return [base, ...others];
}
