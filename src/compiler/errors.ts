/** How the compiler refuses a program: syntax errors with CPython's positions, and the recursion limit's marker. */
import type { Position } from "../syntax/ast.ts";
import { PySyntaxError } from "../syntax/errors.ts";

/** The tree is nested too deeply to compile; becomes Python's RecursionError. Not an `Error`: it is the program's fault. */
export class CompilerRecursionError {
  readonly message = "maximum recursion depth exceeded during compilation";
}

/**
 * A SyntaxError of the symbol table or the code generator. As in CPython, its offsets are the node's byte offsets
 * plus one, and the text is for the API's border to find in the file.
 */
export function syntaxErrorAt(filename: string, loc: Position, msg: string): PySyntaxError {
  return new PySyntaxError(
    "SyntaxError",
    msg,
    filename,
    loc.lineno,
    loc.col_offset + 1,
    loc.end_lineno,
    loc.end_col_offset + 1,
    null,
  );
}

/** Whether `e` is the JavaScript engine saying that its stack is used up. */
export function isStackOverflow(e: unknown): boolean {
  if (!(e instanceof Error)) return false;
  return (e instanceof RangeError && /stack/i.test(e.message)) || /too much recursion/.test(e.message);
}
