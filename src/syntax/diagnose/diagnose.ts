/** Finds the SyntaxError CPython raises for a source the fast parser has refused. */
import * as T from "../tokens.ts";
import { PySyntaxError } from "../errors.ts";
import type { TokenError } from "../tokens.ts";
import type { Parser } from "../parser.ts";
import { Diagnoser, OVERFLOW } from "./engine.ts";
import { failAtToken, failGeneric, tokenizerError, unclosedError } from "./report.ts";
import { START } from "./statements.ts";

export interface DiagnoseOptions {
  mode: keyof typeof START;
  featureVersion: number;
  /** Token at which to begin: the statements before it are known to be valid. */
  first: number;
  /** An error at the very end becomes `_IncompleteInputError`. */
  allowIncomplete: boolean;
}

/** Throws the error; returns if CPython's grammar accepts the source. `furthest` is where the fast parser stopped. */
export function diagnose(p: Parser, options: DiagnoseOptions, furthest: number): void {
  const d = new Diagnoser(p, options.featureVersion, options.first);
  try {
    run(d, options);
  } catch (thrown) {
    if (thrown !== OVERFLOW && !(thrown instanceof RangeError)) throw thrown;
    // The rules nest much deeper than the fast parser's: here its word must do.
    throw plainError(d, furthest);
  }
}

function plainError(d: Diagnoser, furthest: number): PySyntaxError {
  const { error, count } = d.p.tokens;
  d.fill = error === null ? furthest + 1 : count;
  return error === null ? catchError(() => failGeneric(d, furthest)) : tokenizerError(d, error);
}

function run(d: Diagnoser, options: DiagnoseOptions): void {
  const rule = START[options.mode];
  try {
    if (rule(d) !== null) return;
  } catch (thrown) {
    if (!(thrown instanceof PySyntaxError)) throw thrown;
    giveWarnings(d, thrown);
    if (options.allowIncomplete && hasSeenEnd(d)) throw incomplete(d);
    throw hasSeenEnd(d) ? thrown : laterTokenizerError(d, thrown);
  }
  if (options.allowIncomplete && hasSeenEnd(d)) {
    d.p.giveWarnings(d.fill, d.fill);
    throw incomplete(d);
  }
  // The second pass warns of little.
  giveWarnings(d, null);
  const lastToken = d.fill - 1;
  d.restart();
  try {
    rule(d);
  } catch (thrown) {
    if (!(thrown instanceof PySyntaxError)) throw thrown;
    giveWarnings(d, thrown);
    throw hasSeenEnd(d) ? thrown : laterTokenizerError(d, thrown);
  }
  giveWarnings(d, null);
  throw genericError(d, lastToken);
}

/** What the parser has warned of so far, and the tokenizer, which goes on to the end after most errors. */
function giveWarnings(d: Diagnoser, error: PySyntaxError | null): void {
  const last = d.kinds[d.fill - 1];
  const stops = error === null && (last === T.INDENT || last === T.DEDENT);
  d.p.giveWarnings(d.fill, stops ? d.fill : d.p.tokens.count);
}

/** No rule had anything to say. */
function genericError(d: Diagnoser, lastToken: number): PySyntaxError {
  const kind = d.kinds[lastToken];
  if (kind === T.INDENT) return catchError(() => failAtToken(d, "IndentationError", "unexpected indent", d.fill - 1));
  if (kind === T.DEDENT) return catchError(() => failAtToken(d, "IndentationError", "unexpected unindent", d.fill - 1));
  return laterTokenizerError(
    d,
    catchError(() => failGeneric(d, lastToken)),
  );
}

function catchError(raise: () => never): PySyntaxError {
  try {
    return raise();
  } catch (thrown) {
    return thrown as PySyntaxError;
  }
}

/**
 * The rest of the source is tokenised before an error of the parser's is reported: an error of the tokenizer's there
 * takes precedence, and so does a bracket left open on an earlier line, unless it is inside an f-string.
 */
function laterTokenizerError(d: Diagnoser, error: PySyntaxError): PySyntaxError {
  const { tokens } = d.p;
  const problem = tokens.error;
  if (problem === null || d.fill >= tokens.count) return error;
  if (problem.inString) return error;
  if (problem.how === "raised") return tokenizerError(d, problem);
  if (problem.open !== null && tokens.lines[d.fill - 1] > problem.open.lineno) return unclosedError(d, problem.open);
  return error;
}

/** For an interactive statement, parsed up to the parser's current token, that more follows. */
export function failMultipleStatements(p: Parser): never {
  const d = new Diagnoser(p, 0, 0);
  d.fill = p.index;
  return failAtToken(d, "SyntaxError", "multiple statements found while compiling a single statement", p.index - 1);
}

/** Tokens behind which the tokenizer need not look. */
const ENDS_BY_ITSELF = new Set([
  T.STRING,
  T.FSTRING_END,
  T.TSTRING_END,
  T.ELLIPSIS,
  T.DOUBLESTAREQUAL,
  T.DOUBLESLASHEQUAL,
  T.LEFTSHIFTEQUAL,
  T.RIGHTSHIFTEQUAL,
]);

/** Has CPython's tokenizer met the end of the input? Without a last newline it may have looked there behind the last token. */
function hasSeenEnd(d: Diagnoser): boolean {
  const { source, tokens } = d.p;
  const last = d.fill - 1;
  const kind = tokens.kinds[last];
  if (kind === T.ERRORTOKEN) return (tokens.error as TokenError).atEnd;
  if (tokens.starts[last] >= source.length) return true;
  // Behind an empty literal a third quote might come.
  const looksOn = !ENDS_BY_ITSELF.has(kind) || (kind === T.STRING && tokens.ends[last] - tokens.starts[last] === 2);
  return looksOn && tokens.ends[last] >= source.length && !source.endsWith("\n");
}

const INCOMPLETE = "incomplete input";

function incomplete(d: Diagnoser): PySyntaxError {
  const { filename } = d.p.context;
  const { error, kinds } = d.p.tokens;
  if (kinds[d.fill - 1] === T.ERRORTOKEN && error !== null && error.how === "raised") {
    // A string open at the end: all of it is shown.
    const text = d.p.source.slice(error.textStart);
    return new PySyntaxError(
      "_IncompleteInputError",
      INCOMPLETE,
      filename,
      error.lineno,
      error.offset,
      error.lineno,
      -1,
      text,
    );
  }
  return catchError(() => failAtToken(d, "_IncompleteInputError", INCOMPLETE, d.fill - 1));
}
