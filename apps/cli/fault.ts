/** What the command prints when Sidewinder itself fails: never to be mistaken for an exception of the program's. */
import { PythonError } from "../../src/api/index.ts";

/** EX_SOFTWARE of sysexits.h: an internal software error. */
export const FAULT_EXIT_CODE = 70;

/** Prints `error`; gives the exit code. */
export function reportFault(error: unknown): number {
  if (error instanceof PythonError) {
    // Not a fault: the start of the interpreter raised.
    process.stderr.write(`${error.traceback}\n`);
    return 1;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `\nCaused by: ${error.cause.stack}` : "";
  process.stderr.write(
    `Fault inside Sidewinder. This is an error of the interpreter, not of the program it ran.\n${stack}${cause}\n`,
  );
  return FAULT_EXIT_CODE;
}
