/** The front end's door: source text to syntax tree. */
import * as T from "./tokens.ts";
import type { Expr, Mod, Stmt } from "./ast.ts";
import { diagnose, failMultipleStatements } from "./diagnose/diagnose.ts";
import { PyParserOverflow, PySyntaxError, type SyntaxWarningSink } from "./errors.ts";
import { parseExpression, parseExpressions } from "./expressions.ts";
import { MAX_INT_DIGITS } from "./literal-number.ts";
import type { NameLookup } from "./literal-string.ts";
import { MISMATCH, Parser, TOO_DEEP } from "./parser.ts";
import { atCompound, parseSimpleLine, parseStatement, parseStatements } from "./statements.ts";
import { tokenize } from "./tokenizer.ts";

export type ParseMode = "exec" | "eval" | "single" | "func_type";

/** Flags of `compile()` that concern the parser, with CPython's values. */
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000;
export const PyCF_DONT_IMPLY_DEDENT = 0x200;
export const PyCF_TYPE_COMMENTS = 0x1000;
export const PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000;

export interface ParseOptions {
  filename: string;
  mode: ParseMode;
  flags?: number;
  /** Minor version of Python 3 whose grammar is asked for, as `ast.parse(feature_version=…)`. */
  featureVersion?: number;
  warn?: SyntaxWarningSink;
  /** Resolves `\N{…}`; without it such escapes are unknown names. */
  lookupName?: NameLookup;
  /** As `sys.set_int_max_str_digits` has set it; 0 for no limit. */
  maxIntDigits?: number;
}

/** Parses `source`; throws a `PySyntaxError` where CPython raises SyntaxError. */
export function parse(source: string, options: ParseOptions): Mod {
  const text = normalise(source, options.mode);
  try {
    return parseText(text, options);
  } catch (thrown) {
    if (thrown instanceof PySyntaxError) thrown.source = text;
    throw thrown;
  }
}

function parseText(text: string, options: ParseOptions): Mod {
  const flags = options.flags ?? 0;
  const { mode, featureVersion = LATEST } = options;
  const tokens = tokenize(text, {
    typeComments: (flags & PyCF_TYPE_COMMENTS) !== 0,
    single: mode === "single",
    keepIndents: (flags & PyCF_DONT_IMPLY_DEDENT) !== 0,
  });
  const p = new Parser(tokens, {
    filename: options.filename,
    warn: options.warn ?? null,
    lookupName: options.lookupName ?? null,
    maxIntDigits: options.maxIntDigits ?? MAX_INT_DIGITS,
    escapeCategory: featureVersion >= 12 ? "SyntaxWarning" : "DeprecationWarning",
    barryAsFlufl: (flags & CO_FUTURE_BARRY_AS_BDFL) !== 0,
  });
  const allowIncomplete = (flags & PyCF_ALLOW_INCOMPLETE_INPUT) !== 0;
  // Nothing the fast parser does depends on the version; the diagnosing grammar knows what is too new.
  if (featureVersion < LATEST) diagnose(p, { mode, featureVersion, first: 0, allowIncomplete }, 0);
  p.reset(0);
  try {
    const tree = parseMod(p, mode);
    if (mode === "single") checkSingle(p);
    p.giveWarnings(tokens.count, tokens.count);
    return tree;
  } catch (thrown) {
    if (thrown === TOO_DEEP || thrown instanceof RangeError) throw new PyParserOverflow();
    if (thrown !== MISMATCH) throw thrown;
  }
  const furthest = p.index;
  p.forgetWarnings();
  diagnose(p, { mode, featureVersion, first: p.statementStart, allowIncomplete }, furthest);
  throw new PySyntaxError(
    "SyntaxError",
    "invalid syntax",
    options.filename,
    p.line(furthest),
    p.col(furthest) + 1,
    p.line(furthest),
    0,
    null,
  );
}

/** Nothing but blank space and comments may follow an interactive statement. */
function checkSingle(p: Parser): void {
  const { source, tokens } = p;
  let pos = tokens.ends[p.index - 1];
  for (; pos < source.length; pos++) {
    if (source[pos] === "#") {
      pos = source.indexOf("\n", pos);
      if (pos < 0) return;
    } else if (!" \t\n\f".includes(source[pos])) {
      p.giveWarnings(p.index, p.index);
      failMultipleStatements(p);
    }
  }
}

/** The grammar's own minor version. */
const LATEST = 14;

/** Line ends become "\n", and a module's last line gets one. */
function normalise(source: string, mode: ParseMode): string {
  const text = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  return mode === "exec" && text !== "" && !text.endsWith("\n") ? `${text}\n` : text;
}

function parseMod(p: Parser, mode: ParseMode): Mod {
  switch (mode) {
    case "exec":
      return parseFile(p);
    case "eval":
      return parseEval(p);
    case "single":
      return parseInteractive(p);
    case "func_type":
      return parseFunctionType(p);
  }
}

function parseFile(p: Parser): Mod {
  const body = parseStatements(p);
  p.expect(T.ENDMARKER);
  return {
    kind: "Module",
    body,
    type_ignores: p.tokens.typeIgnores.map(({ lineno, tag }) => ({ kind: "TypeIgnore", lineno, tag })),
  };
}

function parseEval(p: Parser): Mod {
  const body = parseExpressions(p);
  while (p.accept(T.NEWLINE));
  p.expect(T.ENDMARKER);
  return { kind: "Expression", body };
}

function parseInteractive(p: Parser): Mod {
  const body: Stmt[] = [];
  if (p.kind === T.NEWLINE) {
    const at = p.index;
    p.advance();
    body.push({
      kind: "Pass",
      lineno: p.line(at),
      col_offset: p.col(at),
      end_lineno: p.endLine(),
      end_col_offset: p.endCol(),
    });
  } else if (atCompound(p)) {
    parseStatement(p, body);
    p.expect(T.NEWLINE);
  } else {
    parseSimpleLine(p, body);
  }
  return { kind: "Interactive", body };
}

/** `(int, *str, **Any) -> float`: the form of a function's type comment. */
function parseFunctionType(p: Parser): Mod {
  p.expect(T.LPAR);
  const argtypes: Expr[] = [];
  let stars = 0;
  while (p.kind !== T.RPAR) {
    const level = p.accept(T.DOUBLESTAR) ? 2 : p.accept(T.STAR) ? 1 : 0;
    if (level < stars || (level === stars && level > 0)) throw MISMATCH;
    stars = level;
    argtypes.push(parseExpression(p));
    if (!p.accept(T.COMMA)) break;
    if (p.kind === T.RPAR) throw MISMATCH;
  }
  p.expect(T.RPAR);
  p.expect(T.RARROW);
  const returns = parseExpression(p);
  while (p.accept(T.NEWLINE));
  p.expect(T.ENDMARKER);
  return { kind: "FunctionType", argtypes, returns };
}
