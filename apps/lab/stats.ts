/** `sidewinder-lab stats A [B]`: the figures of one run, or of two beside each other, to read. */
import { basename } from "node:path";
import { STATISTICS, STATISTICS_SHAPE, STATISTICS_VERSION, type Statistics } from "../../src/stats/document.ts";
import { html } from "../../src/stats/html.ts";
import { markdown } from "../../src/stats/markdown.ts";
import { headline, sectionsOf } from "../../src/stats/sections.ts";
import { argumentsOf } from "./arguments.ts";
import { type Command, LabError, UsageError } from "./command.ts";
import { readJson, writeText } from "./files.ts";

const OPTIONS = { html: { type: "string" }, markdown: { type: "string" } } as const;

export const stats: Command = {
  summary: "the counters of a run, or the differences between two, as Markdown and HTML",
  help: `usage: sidewinder-lab stats A.json [B.json] [--html FILE] [--markdown FILE]

A and B are what \`sidewinder -X jit-stats=FILE.json PROGRAM\` wrote. Without options, Markdown goes to stdout.
With two of them each table shows both and the difference, the greatest change first.

  --html FILE      one page that needs nothing else
  --markdown FILE  the same as Markdown
`,
  run(args) {
    const { values, operands } = argumentsOf(args, OPTIONS);
    if (operands.length < 1 || operands.length > 2) throw new UsageError("stats: one or two files are needed");
    const runs = operands.map(readRun);
    const sections = sectionsOf(runs[0], runs[1] ?? null);
    const title =
      runs.length === 1 ? nameOf(runs[0], operands[0]) : `${basename(operands[0])} and ${basename(operands[1])}`;
    const lead = runs.map(headline).join("; ");
    if (values.html !== undefined) writeText(values.html, html(title, lead, "", sections));
    const text = markdown(title, lead, sections);
    if (values.markdown !== undefined) writeText(values.markdown, text);
    if (values.html === undefined && values.markdown === undefined) process.stdout.write(text);
    return 0;
  },
};

function readRun(path: string): Statistics {
  const run = readJson<Statistics>(path, STATISTICS, STATISTICS_VERSION, STATISTICS_SHAPE);
  const { interpreter, baseline, regions } = run.instructions;
  if (interpreter + baseline + regions === 0) throw new LabError(`${path} is of a run that executed no instruction`);
  return run;
}
function nameOf({ program }: Statistics, path: string): string {
  return program[0] === undefined || program[0] === ""
    ? basename(path)
    : [basename(program[0]), ...program.slice(1)].join(" ");
}
