/** The results of a conformance run: what is stored, how it compares, how it prints. */

export interface ModuleResult {
  passed: number;
  failed: number;
  errors: number;
  skipped: number;
  /** Names of the tests that failed. */
  bad: string[];
  /** Why the module as a whole ran no further. */
  crash?: string;
  skipmodule?: string;
  seconds?: number;
}
export type Results = Record<string, ModuleResult>;
/** Module → passes of CPython and of Pyodide. */
export type Baseline = Record<string, [cpython: number, pyodide: number]>;

/** What got worse against the stored result: tests that failed now and not then, modules that pass fewer tests. */
export function regressions(before: Results, now: Results): string[] {
  const problems: string[] = [];
  for (const [module, result] of Object.entries(now)) {
    const old = before[module];
    if (old === undefined) continue;
    const known = new Set(old.bad);
    const newly = result.bad.filter((name) => !known.has(name));
    for (const name of newly) problems.push(`${name} passed before`);
    if (newly.length === 0 && result.passed < old.passed) {
      const reason = result.crash === undefined ? "" : ` (${result.crash})`;
      problems.push(`${module}: ${old.passed} tests passed before, now ${result.passed}${reason}`);
    }
  }
  return problems;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** One line a module and a total. A module that passes more than CPython counts as CPython's number. */
export function table(results: Results, baseline: Baseline): string {
  const lines = [row("module", "passed", "CPython", "share", "bad", "skip", "s", "")];
  let total = 0;
  let whole = 0;
  for (const module of Object.keys(results).sort()) {
    const result = results[module];
    const cpython = baseline[module]?.[0] ?? result.passed;
    total += Math.min(result.passed, cpython);
    whole += cpython;
    const note = result.crash ?? result.skipmodule ?? "";
    const bad = result.failed + result.errors;
    const cells = [result.passed, cpython, share(result.passed, cpython), bad, result.skipped, result.seconds ?? ""];
    lines.push(row(module, ...cells.map(String), note.slice(0, 70)));
  }
  lines.push(row("total", String(total), String(whole), share(total, whole), "", "", "", ""));
  return lines.join("\n");
}

function row(name: string, ...cells: string[]): string {
  const note = cells.pop();
  return `${name.padEnd(28)}${cells.map((cell) => cell.padStart(9)).join("")}  ${note}`.trimEnd();
}

/** `pattern: reason` a line; `*` in a pattern stands for anything, `#` starts a comment. */
export function parseReasons(text: string): (name: string) => string | undefined {
  const rules: [RegExp, string][] = [];
  for (const line of text.split("\n")) {
    const match = /^([^#\s:]+):\s*(.+)$/.exec(line);
    if (match === null) continue;
    const pattern = match[1].split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    rules.push([new RegExp(`^${pattern.join(".*")}$`), match[2]]);
  }
  return (name) => rules.find(([pattern]) => pattern.test(name))?.[1];
}
