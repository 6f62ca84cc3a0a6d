/**
 * How the number algorithms report a Python exception without knowing the object model: they throw this small
 * object, and the type that called them turns it into the exception of that name.
 */
export type NumericErrorType = "ZeroDivisionError" | "OverflowError" | "ValueError" | "MemoryError" | "TypeError";

/** Not an `Error`: making one would collect a JavaScript stack nobody reads. */
export class NumericError {
  constructor(
    readonly type: NumericErrorType,
    readonly message: string,
    /** When set, the exception's args are `(errno, message)`. */
    readonly errno: number | null = null,
  ) {}
}

export function zeroDivision(message = "division by zero"): never {
  throw new NumericError("ZeroDivisionError", message);
}
export function overflow(message: string): never {
  throw new NumericError("OverflowError", message);
}
export function valueError(message: string): never {
  throw new NumericError("ValueError", message);
}
export function memoryError(): never {
  throw new NumericError("MemoryError", "");
}
/** What C's libm reports as ERANGE. */
export function rangeError(): never {
  throw new NumericError("OverflowError", "Numerical result out of range", 34);
}
