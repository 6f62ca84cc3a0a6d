/** `SyntaxError` and its subclasses: a message and a place in a source text. */
import { BASETYPE, EXC, type Exc, HAS_DICT, type KwNames, type Status, type Value } from "../core.ts";
import { defineType } from "../define.ts";
import { typeError } from "../errors.ts";
import { concat } from "../message.ts";
import { listFromIterable } from "../protocol/iter.ts";
import { str } from "../protocol/object.ts";
import { type Str, strSlice, strToJs } from "../str/astral.ts";
import { strValue } from "../values.ts";
import { baseExceptionInit, field } from "./base-exception.ts";
import { PySyntaxErrorObject } from "./layouts.ts";
import * as types from "./types.ts";

function syntaxErrorInit(self: PySyntaxErrorObject, args: Value[], kwnames: KwNames): Status {
  if (baseExceptionInit(self, args, kwnames) === EXC) return EXC;
  if (args.length >= 1) self.msg = args[0];
  if (args.length !== 2) return null;
  const info = listFromIterable(args[1]);
  if (info === EXC) return EXC;
  if (info.length < 4) return typeError(`function takes at least 4 arguments (${info.length} given)`);
  if (info.length > 7) return typeError(`function takes at most 7 arguments (${info.length} given)`);
  [self.filename, self.lineno, self.offset, self.text, self.endLineno, self.endOffset, self.metadata] = info;
  if (self.endLineno !== undefined && self.endOffset === undefined) {
    return typeError("end_offset must be provided when end_lineno is provided");
  }
  return null;
}

/** The message, then the file's bare name and the line where they are known. */
function syntaxErrorStr(self: PySyntaxErrorObject): Str | Exc {
  const msg = str(self.msg ?? null);
  if (msg === EXC) return EXC;
  const path = strValue(self.filename ?? null);
  const { lineno } = self;
  const hasLine = typeof lineno === "number" || typeof lineno === "bigint";
  if (path === undefined) return hasLine ? concat(msg, ` (line ${lineno})`) : msg;
  const file = strSlice(path, lastSlash(path) + 1);
  return hasLine ? concat(msg, " (", file, `, line ${lineno})`) : concat(msg, " (", file, ")");
}
function lastSlash(path: Str): number {
  return Array.from(strToJs(path)).lastIndexOf("/");
}

defineType(types.syntaxErrorType, {
  doc: "Invalid syntax.",
  flags: BASETYPE | HAS_DICT,
  slots: {
    tp_alloc: (cls) => new PySyntaxErrorObject(cls),
    tp_init: syntaxErrorInit,
    tp_str: syntaxErrorStr,
  },
  getset: () => ({
    msg: field("msg"),
    filename: field("filename"),
    lineno: field("lineno"),
    offset: field("offset"),
    text: field("text"),
    end_lineno: field("endLineno"),
    end_offset: field("endOffset"),
    print_file_and_line: field("printFileAndLine"),
    _metadata: field("metadata"),
  }),
});
defineType(types.indentationErrorType, { doc: "Improper indentation.", flags: BASETYPE | HAS_DICT });
defineType(types.tabErrorType, { doc: "Improper mixture of spaces and tabs.", flags: BASETYPE | HAS_DICT });
defineType(types.incompleteInputErrorType, { doc: "incomplete input.", flags: BASETYPE | HAS_DICT });
