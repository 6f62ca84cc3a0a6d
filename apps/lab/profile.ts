/** `sidewinder-lab profile PROGRAM`: where the time of a run goes, and how much of it compiled code has. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readProfiles, readStatistics } from "../../src/lab/documents.ts";
import { LabError } from "../../src/lab/error.ts";
import { profileChart, profileMarkdown } from "../../src/profile/chart.ts";
import { type CpuProfile, type Places, type Profile, profileOf } from "../../src/profile/profile.ts";
import { argumentsOf, numberOption } from "./arguments.ts";
import { type Command, UsageError } from "./command.ts";
import { readJson, readText, withFolder, writeText } from "./files.ts";
import { checkProgram, runSidewinder } from "./sidewinder.ts";

const OPTIONS = {
  json: { type: "string" },
  svg: { type: "string" },
  markdown: { type: "string" },
  interval: { type: "string" },
  "no-counts": { type: "boolean" },
  "jit-off": { type: "boolean" },
  chart: { type: "boolean" },
} as const;

export const profile: Command = {
  summary: "where a program's time goes, by category, and the share of compiled code",
  help: `usage: sidewinder-lab profile [option] ... PROGRAM [arg] ...
       sidewinder-lab profile --chart [option] ... A.json B.json ...

Runs the program twice: sampled by V8's profiler, then again with its instructions counted, since counting costs time.
PROGRAM and what follows it are as for \`sidewinder\`: a file, -m MODULE, -c COMMAND. With --chart, profiles of earlier
runs become one chart, a bar a program. Without the options of the first group, Markdown goes to stdout.

  --json FILE      the figures
  --svg FILE       the chart
  --markdown FILE  the table
  --interval US    microseconds between two samples (500)
  --no-counts      run once only, without the shares of instructions
  --jit-off        the interpreter alone
`,
  run(args) {
    const { values, operands: program } = argumentsOf(args, OPTIONS, !args.includes("--chart"));
    if (values.chart === true) {
      if (program.length === 0) throw new UsageError("profile --chart: files are needed");
      write(
        program.flatMap((path) => readProfiles(path, readText(path))),
        values,
      );
      return 0;
    }
    if (program.length === 0) throw new UsageError("profile: a program is needed");
    checkProgram(program);
    const jit = values["jit-off"] === true ? "off" : "on";
    const interval = numberOption("interval", values.interval, 500);
    withFolder((folder) => {
      const cpu = sampled(program, jit, interval, folder);
      const instructions = values["no-counts"] === true ? null : counted(program, jit, folder);
      write([profileOf(program, cpu, places(), instructions)], values);
    });
    return 0;
  },
};

function sampled(program: readonly string[], jit: string, interval: number, folder: string): CpuProfile {
  const file = join(folder, "cpu.json");
  const node = ["--require", join(__dirname, "lab-probe.cjs")];
  const env = { ...process.env, SIDEWINDER_LAB_PROFILE: file, SIDEWINDER_LAB_INTERVAL: String(interval) };
  runSidewinder(["-X", `jit=${jit}`, ...program], "", { node, env, reports: true });
  if (!existsSync(file)) throw new LabError("the run left no profile: the program has ended its process itself");
  const cpu = readJson(file) as CpuProfile;
  if ((cpu.samples?.length ?? 0) < 2) throw new LabError("the program ended before a sample was taken");
  return cpu;
}
function counted(program: readonly string[], jit: string, folder: string): Profile["instructions"] {
  const file = join(folder, "stats.json");
  runSidewinder(["-X", `jit=${jit}`, "-X", `jit-stats=${file}`, ...program], "", { reports: true });
  return readStatistics("what was counted", readText(file)).instructions;
}
/** Made by the build. */
function places(): Places {
  return readJson(join(__dirname, "sources.json")) as Places;
}

function write(profiles: readonly Profile[], files: { json?: string; svg?: string; markdown?: string }): void {
  const { json, svg, markdown } = files;
  if (json !== undefined) writeText(json, `${JSON.stringify(profiles.length === 1 ? profiles[0] : profiles)}\n`);
  if (svg !== undefined) writeText(svg, profileChart(profiles));
  if (markdown !== undefined) writeText(markdown, profileMarkdown(profiles));
  if (json === undefined && svg === undefined && markdown === undefined)
    process.stdout.write(profileMarkdown(profiles));
}
