/** The process that runs programs for `engines.ts`: one message a program, one answer. */
import { fileURLToPath } from "node:url";
import { Python, PythonError } from "../../src/api/index.ts";
import { libraryFiles } from "../../src/host/node/library.ts";

export interface Task {
  id: number;
  source: string;
  xOptions: Record<string, string>;
}
export interface Answer {
  id: number;
  output: string;
}
const library = libraryFiles(fileURLToPath(new URL("../../dist", import.meta.url)));

function run({ source, xOptions }: Task): string {
  let output = "";
  try {
    const python = new Python({
      library,
      settings: { noSite: true, xOptions: new Map(Object.entries(xOptions)) },
      stdout: (text) => {
        output += text;
      },
    });
    python.run(source, "<stdin>");
  } catch (error) {
    // CPython's own end is on its stderr, which is not compared; ours would be a fault.
    if (!(error instanceof PythonError)) output += `*** ${error instanceof Error ? error.stack : String(error)}\n`;
  }
  return output;
}
process.on("message", (task: Task) => {
  process.send?.({ id: task.id, output: run(task) } satisfies Answer);
});
