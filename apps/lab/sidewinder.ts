/** Runs programs under the Sidewinder that this Lab belongs to. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { LabError } from "./command.ts";

/** How the command is started; this bundle lies in `dist` beside `bin`. */
export function sidewinderCommand(): string[] {
  return [process.execPath, "--stack-size=3900", join(__dirname, "..", "bin", "sidewinder.js")];
}

/** Runs it on the terminal's streams; gives its exit code. A signal that ended it is a `LabError`. */
export function runSidewinder(args: readonly string[]): number {
  const [node, ...rest] = sidewinderCommand();
  const { status, signal, error } = spawnSync(node, [...rest, ...args], { stdio: "inherit" });
  if (error !== undefined) throw new LabError(`Sidewinder cannot be started: ${error.message}`);
  if (status === null) throw new LabError(`the program was ended by ${signal}; what it did is lost`);
  return status;
}
