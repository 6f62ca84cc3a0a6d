/** Runs programs under the Sidewinder that this Lab belongs to. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { LabError } from "../../src/lab/error.ts";

/** How the command is started; this bundle lies in `dist` beside `bin`. */
export function sidewinderCommand(): string[] {
  return [process.execPath, "--stack-size=3900", join(__dirname, "..", "bin", "sidewinder.js")];
}

/** A program that is not there is told of before anything runs. */
export function checkProgram([first]: readonly string[]): void {
  if (!first.startsWith("-") && !existsSync(first)) throw new LabError(`${first}: there is no such file or folder`);
}

interface RunOptions {
  /** Flags of Node's own. */
  node?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** The program's output goes to stderr, since stdout is for a report. */
  reports?: boolean;
}
/**
 * Runs it on the terminal's streams. A program that ends by itself in another way than well is told of on stderr,
 * with `then`; one that a signal has ended is a `LabError`.
 */
export function runSidewinder(args: readonly string[], then: string, options: RunOptions = {}): void {
  const [node, ...command] = sidewinderCommand();
  const { status, signal, error } = spawnSync(node, [...(options.node ?? []), ...command, ...args], {
    stdio: options.reports === true ? ["inherit", 2, 2] : "inherit",
    env: options.env ?? process.env,
  });
  if (error !== undefined) throw new LabError(`Sidewinder cannot be started: ${error.message}`);
  if (status === null) throw new LabError(`the program was ended by ${signal}; what it did is lost`);
  if (status !== 0) process.stderr.write(`sidewinder-lab: the program ended with status ${status}${then}\n`);
}
