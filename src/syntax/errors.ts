/** What the front end reports: a SyntaxError of Python's, as data, and warnings on the way to it. */

/**
 * Thrown by tokenizer, parser, symbol table and compiler. Not an `Error`: it is Python's fault, not ours, and
 * needs no JavaScript stack. The API's border turns it into the Python exception of the same name.
 * `offset` and `end_offset` count code points of the line from 1, as `SyntaxError.offset` does; 0 or -1 where
 * CPython gives that, and null ends where the exception has none. `text` is the source line, or null.
 */
export class PySyntaxError {
  /** The whole text, where the parser found the error: `SyntaxError._metadata` has it. */
  source: string | null = null;
  constructor(
    readonly type: "SyntaxError" | "IndentationError" | "TabError" | "_IncompleteInputError",
    readonly msg: string,
    readonly filename: string,
    readonly lineno: number,
    readonly offset: number,
    readonly end_lineno: number | null,
    readonly end_offset: number | null,
    readonly text: string | null,
  ) {}
}

/** Thrown where CPython raises MemoryError: the source is nested too deeply for the parser. */
export class PyParserOverflow {
  readonly msg = "Parser stack overflowed - Python source too complex to parse";
}

/**
 * A SyntaxWarning or DeprecationWarning the front end wants issued. To abort, the sink throws; if it throws a
 * `PySyntaxError` (a filter makes errors of such warnings), the parser throws one with the exact place instead.
 */
export interface SyntaxWarningSink {
  (category: "SyntaxWarning" | "DeprecationWarning", msg: string, filename: string, lineno: number): void;
}
