/** Which programs are run: files, a folder of programs, or a pyperformance folder. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { LabError } from "../../../src/lab/error.ts";

export interface Program {
  name: string;
  /** The folder that must be there for it to run, and the file in it. */
  folder: string;
  file: string;
  args: string[];
}

/** Arguments that benchmarks of pyperformance need to run at all, as its manifest gives them to variants. */
const ARGUMENTS: Readonly<Record<string, string[]>> = {
  pickle: ["--pure-python", "pickle"],
  argparse: ["many_optionals"],
  async_tree: ["none"],
  sqlglot_v2: ["normalize"],
};

export function programsOf(paths: readonly string[]): Program[] {
  const programs = paths.flatMap((path) => {
    const full = resolve(path);
    if (!existsSync(full)) throw new LabError(`${path}: there is no such file or folder`);
    return statSync(full).isDirectory() ? inFolder(full) : [program(full)];
  });
  if (programs.length === 0) throw new LabError(`no benchmarks in ${paths.join(", ")}`);
  return programs;
}
function inFolder(folder: string): Program[] {
  for (const inner of ["pyperformance/data-files/benchmarks", "data-files/benchmarks", "benchmarks"]) {
    if (existsSync(join(folder, inner))) return inFolder(join(folder, inner));
  }
  const names = readdirSync(folder).sort();
  const suite = names.filter((name) => name.startsWith("bm_") && existsSync(join(folder, name, "run_benchmark.py")));
  if (suite.length > 0) {
    return suite.map((name) => {
      const title = name.slice("bm_".length);
      return { name: title, folder: join(folder, name), file: "run_benchmark.py", args: ARGUMENTS[title] ?? [] };
    });
  }
  return names
    .filter((name) => name.endsWith(".py") && isProgram(join(folder, name)))
    .map((name) => program(join(folder, name)));
}
/** A module that others import is none. */
function isProgram(file: string): boolean {
  return readFileSync(file, "utf8").includes("__main__");
}
const program = (path: string): Program => ({
  name: basename(path, ".py"),
  folder: dirname(path),
  file: basename(path),
  args: [],
});
