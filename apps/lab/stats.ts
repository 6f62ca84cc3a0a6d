/** `sidewinder-lab stats A [B]`: the figures of one run, or of two beside each other, to read. */
import { basename } from "node:path";
import { readStatistics } from "../../src/lab/documents.ts";
import { programTitle, statsMarkdown, statsPage } from "../../src/lab/stats-page.ts";
import { argumentsOf } from "./arguments.ts";
import { type Command, UsageError } from "./command.ts";
import { readText, writeText } from "./files.ts";

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
    const [run, other = null] = operands.map((path) => readStatistics(path, readText(path)));
    const names = operands.map((path) => basename(path));
    const title = other === null ? (programTitle(run) ?? names[0]) : names.join(" and ");
    if (values.html !== undefined) writeText(values.html, statsPage(run, other, title));
    if (values.markdown !== undefined) writeText(values.markdown, statsMarkdown(run, other, title));
    if (values.html === undefined && values.markdown === undefined)
      process.stdout.write(statsMarkdown(run, other, title));
    return 0;
  },
};
