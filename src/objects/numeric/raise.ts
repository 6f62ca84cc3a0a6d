/** From the number algorithms' `NumericError` to a pending Python exception. */
import type { Exc } from "../core.ts";
import { exceptionFromThrow, raiseArgs } from "../errors.ts";
import { overflowErrorType } from "../exceptions/types.ts";
import { NumericError } from "./numeric-error.ts";

/** Use in a `catch`: gives EXC, or throws on what is no exception of Python's. */
export function raiseNumeric(error: unknown): Exc {
  if (error instanceof NumericError && error.errno !== null) {
    return raiseArgs(overflowErrorType, error.errno, error.message);
  }
  return exceptionFromThrow(error);
}
