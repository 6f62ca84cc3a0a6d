/** `sidewinder-lab ablate`: what each of the compiler's ideas is worth, by running without it. */
import { dirname, basename, join } from "node:path";
import { IDEAS } from "../../src/api/jit-options.ts";
import { ablationPicture, ablationText, type Ablation } from "./ablate/report.ts";
import { argumentsOf } from "./arguments.ts";
import { benchOptions, chosenPrograms, suiteOptionsOf } from "./bench.ts";
import { measureSuite, stepsOf } from "./bench/measure.ts";
import { sidewinderPeer } from "./bench/peers.ts";
import { Progress } from "./bench/progress.ts";
import { type Command, LabError, UsageError } from "./command.ts";
import { compare } from "./compare/comparison.ts";
import { writeText } from "./files.ts";

const HELP = `usage: sidewinder-lab ablate [option] ... [FOLDER | PROGRAM.py] ...

Runs benchmarks with all of the compiler's ideas and then without each of them in turn
(-X jit-without=IDEA), and charts what each is worth in speed and in coverage.

  --out REPORT.md   the report (ablation.md); its picture lies beside it
  --ideas A,B       of the ideas, these: ${IDEAS.join(", ")}
  --only, --processes, --seconds, --timeout   as in \`sidewinder-lab bench\`
`;

const options = {
  ...benchOptions,
  out: { type: "string", default: "ablation.md" },
  ideas: { type: "string", default: IDEAS.join(",") },
} as const;

export const ablate: Command = {
  summary: "what each of the compiler's ideas is worth, in speed and in coverage",
  help: HELP,
  run(args) {
    const { values, operands } = argumentsOf(args, options);
    const ideas = values.ideas.split(",");
    const unknown = ideas.find((idea) => !(IDEAS as readonly string[]).includes(idea));
    if (unknown !== undefined)
      throw new UsageError(`ablate: '${unknown}' is no idea; the ideas are ${IDEAS.join(", ")}`);
    const programs = chosenPrograms(operands, values.only);
    const suite = suiteOptionsOf(values);
    const progress = new Progress((ideas.length + 1) * stepsOf(programs, suite));
    const measure = (name: string, flags: readonly string[]) =>
      measureSuite(sidewinderPeer(name, ["jit=on", ...flags]), programs, suite, progress).results;
    const base = measure("everything", []);
    if (base.benchmarks.size === 0) throw new LabError("no benchmark gave a result");
    const ablations: Ablation[] = ideas.map((idea) => ({
      idea,
      comparison: compare(base, measure(`without ${idea}`, [`jit-without=${idea}`])),
    }));
    progress.end();
    const picture = `${basename(values.out).replace(/\.md$/, "")}.svg`;
    writeText(join(dirname(values.out), picture), ablationPicture(ablations));
    writeText(values.out, ablationText(ablations, picture));
    process.stdout.write(`${values.out}\n`);
    return 0;
  },
};
