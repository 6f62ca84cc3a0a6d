/** `sidewinder-lab lines`: a program's files line by line, how often each ran, how much of it compiled, and why not. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { readLines } from "../../src/lab/documents.ts";
import { LabError } from "../../src/lab/error.ts";
import { linesPage } from "../../src/profile/lines-html.ts";
import { linesMarkdown } from "../../src/profile/lines-markdown.ts";
import type { LinesDocument } from "../../src/stats/lines.ts";
import { argumentsOf } from "./arguments.ts";
import { type Command, UsageError } from "./command.ts";
import { readText, withFolder, writeText } from "./files.ts";
import { checkProgram, runSidewinder } from "./sidewinder.ts";

const OPTIONS = {
  html: { type: "string" },
  markdown: { type: "string" },
  json: { type: "string" },
  X: { type: "string", short: "X", multiple: true },
} as const;

/** Runs the program; it may fail, and the page shows what ran until then. */
function record(program: readonly string[], xOptions: readonly string[]): LinesDocument {
  return withFolder((folder) => {
    const file = join(folder, "lines.json");
    const options = ["jit=on", ...xOptions, `jit-lines=${file}`].flatMap((option) => ["-X", option]);
    checkProgram(program);
    runSidewinder([...options, ...program], "; what ran until then is shown", { reports: true });
    if (!((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0))
      throw new LabError("the program came to no regular end and left no figures");
    return readLines("what was counted", readText(file));
  });
}

export const lines: Command = {
  summary: "a program's source line by line: how often each ran, how much of it compiled, and why not",
  help: `usage: sidewinder-lab lines [option] ... FILE.json | PROGRAM [arg] ...

Runs the program with its instructions counted by place. Beside each line of its files stand how often it ran, how
much of that in compiled code, and on a click what brought the interpreter there: exits that compiled code was left
by, recordings that failed, code that is not hot yet. Without options, Markdown goes to stdout.

PROGRAM and what follows it are as for \`sidewinder\`: a file, -m MODULE, -c COMMAND.
FILE.json is what \`sidewinder -X jit=on -X jit-lines=FILE.json\` wrote, also in a browser.

  --html FILE      one page that needs nothing else
  --markdown FILE  the same as Markdown
  --json FILE      the figures
  -X OPTION        an option for the program's run, such as jit-threshold=50
`,
  run(args) {
    const { values, operands: program } = argumentsOf(args, OPTIONS, true);
    const [first] = program;
    if (first === undefined) throw new UsageError("lines: a program or a FILE.json is needed");
    const isDocument = first.endsWith(".json");
    if (isDocument && program.length > 1) throw new UsageError("lines: one FILE.json at a time");
    const document = isDocument ? readLines(first, readText(first)) : record(program, values.X ?? []);
    if (values.html !== undefined) writeText(values.html, linesPage(document));
    if (values.markdown !== undefined) writeText(values.markdown, linesMarkdown(document));
    if (values.json !== undefined) writeText(values.json, `${JSON.stringify(document)}\n`);
    if ([values.html, values.markdown, values.json].every((file) => file === undefined))
      process.stdout.write(linesMarkdown(document));
    return 0;
  },
};
