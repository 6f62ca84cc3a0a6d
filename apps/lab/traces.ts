/** `sidewinder-lab traces`: what the compilers made of a program, as a page. */
import { statSync } from "node:fs";
import { join } from "node:path";
import type { TracesDocument } from "../../src/events/traces.ts";
import { readTraces } from "../../src/lab/documents.ts";
import { LabError } from "../../src/lab/error.ts";
import { tracesPage } from "../../src/lab/traces/page.ts";
import { argumentsOf } from "./arguments.ts";
import { type Command, UsageError } from "./command.ts";
import { readText, withFolder, writeText } from "./files.ts";
import { checkProgram, runSidewinder } from "./sidewinder.ts";

const HELP = `usage: sidewinder-lab traces [--out FILE.html] [-X OPTION] ... FILE.json | PROGRAM.py [arg] ...

Makes one page of what the compilers made of a program: the regions with their side
traces beside the Python source, each exit with its count, its temperature and what
became of it, operations, and the JavaScript. The page needs no network and no server.

FILE.json is what \`sidewinder -X jit=on -X jit-dump=FILE.json\` wrote, also in a browser.

  --out FILE.html   where the page goes (traces.html)
  -X OPTION         an option for the program's run, such as jit-threshold=50
`;

const load = (path: string): TracesDocument => readTraces(path, readText(path));
/** Runs the program; it may fail, and the page shows what was made until then. */
function record(program: readonly string[], xOptions: readonly string[]): TracesDocument {
  return withFolder((folder) => {
    const file = join(folder, "traces.json");
    const options = ["jit=on", ...xOptions, `jit-dump=${file}`].flatMap((option) => ["-X", option]);
    checkProgram(program);
    runSidewinder([...options, ...program], "; the page shows what was compiled until then");
    if (statSync(file, { throwIfNoEntry: false })?.size === 0)
      throw new LabError("the program came to no regular end and left no dump");
    return load(file);
  });
}

export const traces: Command = {
  summary: "a page of regions, side traces, exits and emitted JavaScript beside the source",
  help: HELP,
  run(args) {
    const options = {
      out: { type: "string", default: "traces.html" },
      X: { type: "string", short: "X", multiple: true },
    } as const;
    const { values, operands } = argumentsOf(args, options, true);
    const [first] = operands;
    if (first === undefined) throw new UsageError("traces: a program or a FILE.json is needed");
    const isDocument = first.endsWith(".json");
    if (isDocument && operands.length > 1) throw new UsageError("traces: one FILE.json at a time");
    const document = isDocument ? load(first) : record(operands, values.X ?? []);
    writeText(values.out, tracesPage(document));
    const hot = document.regions.length;
    process.stdout.write(`${values.out}: ${hot === 0 ? "nothing got hot" : `${hot} regions`}\n`);
    return 0;
  },
};
