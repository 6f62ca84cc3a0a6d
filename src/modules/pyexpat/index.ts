/** The module `pyexpat`: Expat's interface over the XML parser of `support/xml`. */
import { EXC, type Result, type Value } from "../../objects/core.ts";
import { fn, instantiateModule, newModule } from "../../objects/define.ts";
import { PyDict, newDict } from "../../objects/dict.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { newList } from "../../objects/list.ts";
import { rt } from "../../objects/runtime.ts";
import { newTuple } from "../../objects/tuple.ts";
import { asInt } from "../support/arguments.ts";
import { ERROR, MESSAGES } from "../support/xml/codes.ts";
import { MODEL } from "../support/xml/content-model.ts";
import { expatErrorType } from "../support/xml/expat-error.ts";
import { newParser, optionalText, xmlParserType } from "./parser-type.ts";

/** The version whose behaviour this is. */
const VERSION = [2, 9, 0];

function parserCreate(encoding?: Value, separator?: Value, intern?: Value): Result {
  const name = "ParserCreate";
  const encodingText = optionalText(name, "'encoding'", encoding);
  if (encodingText === EXC) return EXC;
  const separatorText = optionalText(name, "'namespace_separator'", separator);
  if (separatorText === EXC) return EXC;
  if (separatorText !== null && separatorText.length > 1)
    return valueError("namespace_separator must be at most one character, omitted, or None");
  if (intern !== undefined && intern !== null && !(intern instanceof PyDict))
    return typeError("intern must be a dictionary");
  return newParser(encodingText, separatorText, intern as PyDict | null | undefined);
}

function errorString(code: Value): Result {
  const number = asInt(code);
  return number === EXC ? EXC : (MESSAGES[number] ?? null);
}

/** `pyexpat.errors`: names to messages, and messages to numbers and back. */
function errorsModule(): Value {
  const codes = newDict();
  const messages = newDict();
  for (let code = 1; code < MESSAGES.length; code++) {
    codes.setStr(MESSAGES[code] as string, code);
    messages.set(code, MESSAGES[code]);
  }
  const attributes: Record<string, Value> = { codes, messages };
  for (const name in ERROR) attributes[`XML_ERROR_${name}`] = MESSAGES[ERROR[name as keyof typeof ERROR]];
  // Its constant has other words than its message.
  attributes.XML_ERROR_NO_BUFFER = "a successful prior call to function XML_GetBuffer is required";
  return submodule("errors", "Constants used to describe error conditions.", attributes);
}
function modelModule(): Value {
  return submodule("model", "Constants used to interpret content model information.", {
    XML_CTYPE_EMPTY: MODEL.EMPTY,
    XML_CTYPE_ANY: MODEL.ANY,
    XML_CTYPE_MIXED: MODEL.MIXED,
    XML_CTYPE_NAME: MODEL.NAME,
    XML_CTYPE_CHOICE: MODEL.CHOICE,
    XML_CTYPE_SEQ: MODEL.SEQUENCE,
    XML_CQUANT_NONE: 0,
    XML_CQUANT_OPT: 1,
    XML_CQUANT_REP: 2,
    XML_CQUANT_PLUS: 3,
  });
}
/** `xml.parsers.expat` expects to find them among the modules. */
function submodule(name: string, doc: string, attributes: Record<string, Value>): Value {
  const fullName = `pyexpat.${name}`;
  const { module } = instantiateModule(newModule(fullName, { doc, attributes: () => attributes }));
  rt.modules.setStr(fullName, module);
  return module;
}

const FEATURES: readonly [string, number][] = [
  ["sizeof(XML_Char)", 1],
  ["sizeof(XML_LChar)", 1],
  ["XML_DTD", 0],
  ["XML_CONTEXT_BYTES", 1024],
  ["XML_NS", 0],
  ["XML_BLAP_MAX_AMP", 100],
  ["XML_BLAP_ACT_THRES", 8 * 2 ** 20],
  ["XML_GE", 0],
  ["XML_AT_MAX_AMP", 100],
  ["XML_AT_ACT_THRES", 64 * 2 ** 20],
];

export const pyexpatModule = newModule("pyexpat", {
  doc: "Python wrapper for Expat parser.",
  functions: () => ({
    ParserCreate: fn(
      "($module, /, encoding=None, namespace_separator=None, intern=<unrepresentable>)",
      parserCreate,
      "Return a new XML parser object.",
    ),
    ErrorString: fn("($module, code, /)", errorString, "Returns string error for given number."),
  }),
  attributes: () => ({
    ExpatError: expatErrorType,
    error: expatErrorType,
    XMLParserType: xmlParserType,
    EXPAT_VERSION: `expat_${VERSION.join(".")}`,
    version_info: newTuple(VERSION),
    native_encoding: "UTF-8",
    features: newList(FEATURES.map(([name, value]) => newTuple([name, value]))),
    XML_PARAM_ENTITY_PARSING_NEVER: 0,
    XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE: 1,
    XML_PARAM_ENTITY_PARSING_ALWAYS: 2,
    errors: errorsModule(),
    model: modelModule(),
  }),
});
