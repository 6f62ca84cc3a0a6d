/** `_csv.Dialect`: checked format parameters, and the registry of named ones. */
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { getset, newType, rawMethod } from "../../objects/define.ts";
import { newDict, type PyDict } from "../../objects/dict.ts";
import { catches, clearException, raise, typeError, valueError } from "../../objects/errors.ts";
import { attributeErrorType, exceptionType } from "../../objects/exceptions/types.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { getAttr, isTrue } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { pointAt, type Str, strFromPoint } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { withAttributes } from "../../objects/with-attributes.ts";

export const QUOTE_MINIMAL = 0;
export const QUOTE_ALL = 1;
export const QUOTE_NONNUMERIC = 2;
export const QUOTE_NONE = 3;
export const QUOTE_STRINGS = 4;
export const QUOTE_NOTNULL = 5;

/** A character that is not set; no code point has this value. */
export const NOT_SET = -1;

export const csvErrorType = newType("Error", { module: "_csv", base: exceptionType, flags: BASETYPE | HAS_DICT });
export const csvError = (message: string): Exc => raise(csvErrorType, message);

/** Parameters of a format; characters as code points. */
export interface Format {
  delimiter: number;
  doublequote: boolean;
  escapechar: number;
  lineterminator: Str;
  quotechar: number;
  quoting: number;
  skipinitialspace: boolean;
  strict: boolean;
}

export class PyDialect extends PyObject {
  constructor(
    cls: PyType,
    readonly format: Format,
  ) {
    super(cls.shapes);
  }
}
class PyDialectSub extends withAttributes(PyDialect) {}

const REGISTRY = { name: "csv dialects" };
/** The registered dialects of this interpreter: name → Dialect. */
export const dialects = (): PyDict => rt.state(REGISTRY, newDict);

export function lookupDialect(name: Value): Result {
  const found = dialects().get(name);
  if (found === EXC) return EXC;
  return found === undefined ? csvError("unknown dialect") : found;
}

const PARAMETERS = [
  "delimiter",
  "doublequote",
  "escapechar",
  "lineterminator",
  "quotechar",
  "quoting",
  "skipinitialspace",
  "strict",
] as const;
type Given = Partial<Record<(typeof PARAMETERS)[number], Value>>;

function character(name: string, value: Value | undefined, byDefault: number): number | Exc {
  if (value === undefined) return byDefault;
  if (value === null) return NOT_SET;
  const text = strValue(value);
  const kind = "must be a unicode character or None";
  if (text === undefined) return typeError(`"${name}" ${kind}, not ${typeOf(value).name}`);
  if (text.length !== 1) return typeError(`"${name}" ${kind}, not a string of length ${text.length}`);
  return pointAt(text, 0);
}

function delimiterOf(value: Value | undefined): number | Exc {
  if (value === undefined) return 44;
  const text = strValue(value);
  if (text === undefined) return typeError(`"delimiter" must be a unicode character, not ${typeOf(value).name}`);
  if (text.length !== 1)
    return typeError(`"delimiter" must be a unicode character, not a string of length ${text.length}`);
  return pointAt(text, 0);
}

function quotingOf(value: Value | undefined): number | Exc {
  if (value === undefined) return QUOTE_MINIMAL;
  if (intValue(value) === undefined) return typeError(`"quoting" must be an integer, not ${typeOf(value).name}`);
  const number = asIndex(value);
  if (number === EXC) return EXC;
  if (number < QUOTE_MINIMAL || number > QUOTE_NOTNULL) return typeError('bad "quoting" value');
  return Number(number);
}

function formatOf(given: Given): Format | Exc {
  const delimiter = delimiterOf(given.delimiter);
  if (delimiter === EXC) return EXC;
  const doublequote = given.doublequote === undefined ? true : isTrue(given.doublequote);
  if (doublequote === EXC) return EXC;
  const escapechar = character("escapechar", given.escapechar, NOT_SET);
  if (escapechar === EXC) return EXC;
  let lineterminator: Str = "\r\n";
  if (given.lineterminator !== undefined) {
    const text = strValue(given.lineterminator);
    if (text === undefined)
      return typeError(`"lineterminator" must be a string, not ${typeOf(given.lineterminator).name}`);
    lineterminator = text;
  }
  const quotechar = character("quotechar", given.quotechar, 34);
  if (quotechar === EXC) return EXC;
  let quoting = quotingOf(given.quoting);
  if (quoting === EXC) return EXC;
  const skipinitialspace = given.skipinitialspace === undefined ? false : isTrue(given.skipinitialspace);
  if (skipinitialspace === EXC) return EXC;
  const strict = given.strict === undefined ? false : isTrue(given.strict);
  if (strict === EXC) return EXC;
  if (given.quotechar === null && given.quoting === undefined) quoting = QUOTE_NONE;
  if (quoting !== QUOTE_NONE && quotechar === NOT_SET) return typeError("quotechar must be set if quoting enabled");
  const format = { delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict };
  return checkCharacters(format) === EXC ? EXC : format;
}

function checkCharacters(format: Format): null | Exc {
  const { delimiter, escapechar, quotechar } = format;
  const named: [string, number, boolean][] = [
    ["delimiter", delimiter, true],
    ["escapechar", escapechar, !format.skipinitialspace],
    ["quotechar", quotechar, !format.skipinitialspace],
  ];
  for (const [name, ch, allowSpace] of named) {
    if (ch === 10 || ch === 13 || (ch === 32 && !allowSpace)) return valueError(`bad ${name} value`);
    if (ch !== NOT_SET && hasPoint(format.lineterminator, ch)) return valueError(`bad ${name} or lineterminator value`);
  }
  if (delimiter === escapechar) return valueError("bad delimiter or escapechar value");
  if (delimiter === quotechar) return valueError("bad delimiter or quotechar value");
  if (escapechar !== NOT_SET && escapechar === quotechar) return valueError("bad escapechar or quotechar value");
  return null;
}

export function hasPoint(text: Str, point: number): boolean {
  for (let i = 0; i < text.length; i++) if (pointAt(text, i) === point) return true;
  return false;
}

/** A Dialect from another dialect (object with attributes, name or None) and overriding parameters. */
export function makeDialect(cls: PyType, dialect: Value | undefined, args: readonly Value[], kwnames: KwNames): Result {
  const given: Given = {};
  for (let i = 0; i < (kwnames?.length ?? 0); i++) {
    const name = (kwnames as readonly string[])[i];
    if (!(PARAMETERS as readonly string[]).includes(name))
      return typeError(`this function got an unexpected keyword argument '${name}'`);
    given[name as (typeof PARAMETERS)[number]] = args[i];
  }
  let base = dialect ?? null;
  if (strValue(base) !== undefined) {
    const found = lookupDialect(base);
    if (found === EXC) return EXC;
    base = found;
  }
  if (base !== null) {
    if (
      base instanceof PyDialect &&
      typeOf(base) === dialectType &&
      cls === dialectType &&
      Object.keys(given).length === 0
    )
      return base;
    for (const name of PARAMETERS) {
      if (given[name] !== undefined) continue;
      const value = getAttr(base, name);
      if (value !== EXC) given[name] = value;
      else if (!catches(attributeErrorType)) return EXC;
      else clearException();
    }
  }
  const format = formatOf(given);
  if (format === EXC) return EXC;
  return cls === dialectType ? new PyDialect(cls, format) : new PyDialectSub(cls, format);
}

function dialectNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const count = args.length - (kwnames?.length ?? 0);
  const values = args.slice(count);
  const names = [...(kwnames ?? [])];
  let dialect: Value | undefined = args[0];
  if (count === 0) {
    dialect = undefined;
    const at = names.indexOf("dialect");
    if (at >= 0) {
      dialect = values[at];
      values.splice(at, 1);
      names.splice(at, 1);
    }
  }
  if (count > 9) return typeError(`function takes at most 9 arguments (${count} given)`);
  for (let i = 1; i < count; i++) {
    names.push(PARAMETERS[i - 1]);
    values.push(args[i]);
  }
  return makeDialect(cls, dialect, values, names);
}

const shown = (point: number): Value => (point === NOT_SET ? null : strFromPoint(point));
const unpicklable = (self: PyObject): Exc => typeError(`cannot pickle '${typeOf(self).name}' instances`);

export const dialectType: PyType = newType("Dialect", {
  module: "_csv",
  doc: "CSV dialect: the parameters of a format, checked.",
  flags: BASETYPE,
  slots: { tp_new: dialectNew },
  methods: () => ({
    __reduce__: rawMethod(unpicklable, "raises an exception to avoid pickling"),
    __reduce_ex__: rawMethod(unpicklable, "raises an exception to avoid pickling"),
  }),
  members: () => ({
    skipinitialspace: (self: PyDialect) => self.format.skipinitialspace,
    doublequote: (self: PyDialect) => self.format.doublequote,
    strict: (self: PyDialect) => self.format.strict,
  }),
  getset: () => ({
    delimiter: getset((self: PyDialect) => shown(self.format.delimiter)),
    escapechar: getset((self: PyDialect) => shown(self.format.escapechar)),
    lineterminator: getset((self: PyDialect) => self.format.lineterminator),
    quotechar: getset((self: PyDialect) => shown(self.format.quotechar)),
    quoting: getset((self: PyDialect) => self.format.quoting),
  }),
});
