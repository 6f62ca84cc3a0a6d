/** `ParseError`, and raising one for an error of the XML parser. */
import { BASETYPE, EXC, type Exc, HAS_DICT } from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { raiseObject } from "../../objects/errors.ts";
import { syntaxErrorType } from "../../objects/exceptions/types.ts";
import type { PyBaseException } from "../../objects/exceptions/base.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { setAttr } from "../../objects/protocol/object.ts";
import { newTuple } from "../../objects/tuple.ts";
import { MESSAGES } from "../support/xml/codes.ts";
import type { XmlParser } from "../support/xml/parser.ts";

export const parseErrorType = newType("ParseError", {
  module: "xml.etree.ElementTree",
  base: syntaxErrorType,
  flags: BASETYPE | HAS_DICT,
});

/** Raises the error `code`, at the parser's place or another. */
export function raiseParseError(parser: XmlParser, code: number): Exc {
  const { line, column } = parser;
  const error = call1(parseErrorType, `${MESSAGES[code]}: line ${line}, column ${column}`);
  if (error === EXC) return EXC;
  if (setAttr(error, "code", code) === EXC) return EXC;
  if (setAttr(error, "position", newTuple([line, column])) === EXC) return EXC;
  return raiseObject(error as PyBaseException);
}
