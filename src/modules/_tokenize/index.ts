/** The module `_tokenize`: the tokenizer of the front end as an iterator. */
import { END, EXC, type End, type Exc, PyObject, type PyType, type Value } from "../../objects/core.ts";
import { newModule, newType, parseArgs, signature } from "../../objects/define.ts";
import { catches, clearException, newException, raiseObject, typeError } from "../../objects/errors.ts";
import type { PySyntaxErrorObject } from "../../objects/exceptions/layouts.ts";
import { indentationErrorType, stopIterationType, syntaxErrorType } from "../../objects/exceptions/types.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { strFromJs, strToJs } from "../../objects/str/astral.ts";
import { newTuple } from "../../objects/tuple.ts";
import { strValue } from "../../objects/values.ts";
import { raiseSyntaxError } from "../../builtins/syntax-errors.ts";
import { PySyntaxError } from "../../syntax/errors.ts";
import { tokenize } from "../../syntax/tokenizer.ts";
import * as T from "../../syntax/tokens.ts";
import type { Tokens } from "../../syntax/tokens.ts";
import { type Row, RowMaker } from "./rows.ts";

class PyTokenizerIter extends PyObject {
  private tokens: Tokens | null = null;
  private rows: RowMaker | null = null;
  private at = 0;

  constructor(
    cls: PyType,
    private readonly readline: Value,
    private readonly encoding: Value,
    private readonly extra: boolean,
  ) {
    super(cls.shapes);
  }

  next(): Value | End | Exc {
    if (this.tokens === null) {
      const source = this.readAll();
      if (source === EXC) return EXC;
      // The tokenizer knows one line end; rows show the others as they were.
      const text = source.replace(/\r\n/g, "\n");
      const complete = text === "" || text.endsWith("\n") ? text : `${text}\n`;
      this.tokens = tokenize(complete, { extraTokens: this.extra });
      this.rows = new RowMaker(this.tokens, this.extra, source);
    }
    const { tokens, at } = this;
    if (at >= tokens.count) return END;
    this.at++;
    if (tokens.kinds[at] === T.ERRORTOKEN) return this.fail(tokens);
    if (tokens.kinds[at] === T.ENDMARKER && this.extra && tokens.error === null && openBracket(tokens)) {
      return unexpectedEnd(tokens);
    }
    return this.shown((this.rows as RowMaker).row(at));
  }

  /** `<>` is two tokens, unless the joke of PEP 401 is on. */
  private shown(row: Row): Value {
    if (this.secondHalf) {
      this.secondHalf = false;
      const middle: [number, number] = [row.start[0], row.start[1] + 1];
      return asTuple({ ...row, text: ">", start: middle });
    }
    if (!this.extra || row.text !== "<>") return asTuple(row);
    this.at--;
    this.secondHalf = true;
    return asTuple({ ...row, text: "<", end: [row.start[0], row.start[1] + 1] });
  }
  private secondHalf = false;

  /** The whole source: `readline` is called until it gives nothing. */
  private readAll(): string | Exc {
    let source = "";
    for (;;) {
      const line = call(this.readline, []);
      if (line === EXC) {
        if (!catches(stopIterationType)) return EXC;
        clearException();
        return source;
      }
      const text = this.textOf(line);
      if (text === EXC || text === "") return text === EXC ? EXC : source;
      source += text;
    }
  }
  private textOf(line: Value): string | Exc {
    let text = strValue(line);
    if (text === undefined) {
      if (!(line instanceof PyBytes) || this.encoding === null) {
        return typeError("readline() returned a non-string object");
      }
      const decoded = callMethod(line, "decode", [this.encoding, "replace"]);
      if (decoded === EXC) return EXC;
      text = strValue(decoded) ?? "";
    }
    return strToJs(text);
  }

  private fail(tokens: Tokens): Exc {
    const { error } = tokens;
    if (error === null) return unexpectedEnd(tokens);
    if (error.how === "eof" && error.open !== null) return unexpectedEnd(tokens);
    const end = tokens.source.indexOf("\n", error.textStart);
    const text = tokens.source.slice(error.textStart, end < 0 ? undefined : end);
    const { type, msg, lineno, offset, endLineno, endOffset } = error;
    if (type === "IndentationError") {
      const place = newTuple(["<string>", lineno, offset, strFromJs(text), null, null]);
      return raiseObject(newException(indentationErrorType, [msg, place]));
    }
    return raiseSyntaxError(new PySyntaxError(type, msg, "<string>", lineno, offset, endLineno, endOffset, text));
  }
}

function asTuple({ type, text, start, end, line }: Row): Value {
  return newTuple([type, strFromJs(text), newTuple(start), newTuple(end), strFromJs(line)]);
}

function openBracket(tokens: Tokens): boolean {
  let depth = 0;
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kinds[i];
    if (kind === T.LPAR || kind === T.LSQB || kind === T.LBRACE) depth++;
    else if (kind === T.RPAR || kind === T.RSQB || kind === T.RBRACE) depth--;
  }
  return depth > 0;
}
function unexpectedEnd(tokens: Tokens): Exc {
  const exc = newException(syntaxErrorType, ["unexpected EOF in multi-line statement"]) as PySyntaxErrorObject;
  const lines = tokens.source.split("\n").length;
  exc.filename = "<string>";
  exc.lineno = lines - (tokens.source.endsWith("\n") ? 1 : 0);
  exc.offset = 0;
  return raiseObject(exc);
}

const NEW = signature("(readline, /, *, encoding=None, extra_tokens=False)");

const tokenizerIterType: PyType = newType("TokenizerIter", {
  module: "_tokenize",
  doc: null,
  slots: {
    tp_new: (cls, args, kwnames) => {
      const parsed = parseArgs(NEW, "tokenizeriter", args, kwnames);
      if (parsed === EXC) return EXC;
      const [readline, encoding = null, extraValue = false] = parsed as [Value, Value?, Value?];
      const extra = isTrue(extraValue);
      return extra === EXC ? EXC : new PyTokenizerIter(cls, readline, encoding, extra);
    },
    tp_iter: (self: PyTokenizerIter) => self,
    tp_iternext: (self: PyTokenizerIter) => self.next(),
  },
});

export const _tokenizeModule = newModule("_tokenize", {
  doc: null,
  attributes: () => ({ TokenizerIter: tokenizerIterType }),
});
