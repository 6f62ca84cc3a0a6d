/** Errors that I/O code looks at: interrupted calls are repeated, full or empty non-blocking files are no failure. */
import { EXC, type Exc } from "../../objects/core.ts";
import { catches, clearException } from "../../objects/errors.ts";
import type { PyOSError } from "../../objects/exceptions/layouts.ts";
import { blockingIOErrorType, interruptedErrorType } from "../../objects/exceptions/types.ts";
import { raiseOSError } from "../../objects/exceptions/os-error.ts";
import { rt } from "../../objects/runtime.ts";

/** Swallows a pending InterruptedError: the call is to be made again (PEP 475). */
export function takeBack(): boolean {
  if (rt.exc === null || !catches(interruptedErrorType)) return false;
  clearException();
  return true;
}

const EAGAIN = 11;
/** BlockingIOError with the count of what was written. */
export function blockingError(message: string, written: number): Exc {
  raiseOSError(EAGAIN, message);
  const exc = rt.exc as PyOSError | null;
  if (exc !== null && catches(blockingIOErrorType)) exc.written = written;
  return EXC;
}
