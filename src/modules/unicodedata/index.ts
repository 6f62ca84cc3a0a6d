/** The module `unicodedata`: the Unicode Character Database, version 16, and 3.2 as `ucd_3_2_0`. */
import { DISALLOW_INSTANTIATION, EXC, type Exc, PyObject, type Result, type Value } from "../../objects/core.ts";
import { PyByteArray, PyBytes } from "../../objects/bytes.ts";
import { fn, getset, method, newModule, newType } from "../../objects/define.ts";
import { keyError, typeError, valueError } from "../../objects/errors.ts";
import { newFloat } from "../../objects/float.ts";
import { lookupName } from "../../objects/unicode/names.ts";
import { normalizePoints, type NormalForm } from "../../objects/unicode/normalize.ts";
import {
  type Str,
  codePoints,
  strEquals,
  strFromJs,
  strFromPoints,
  strLength,
  strToJs,
} from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { type Database, decompositionText, normalizationSource, unicode16, unicode32 } from "./database.ts";

class PyUcd extends PyObject {
  constructor(readonly database: Database) {
    super(ucdType.shapes);
  }
}

/** The one character of an argument. */
function characterOf(name: string, chr: Value): number | Exc {
  const text = strValue(chr);
  if (text === undefined) return typeError(`${name}() argument must be a unicode character, not ${typeOf(chr).name}`);
  const length = strLength(text);
  if (length === 1) return codePoints(text)[0];
  return typeError(`${name}(): argument must be a unicode character, not a string of length ${length}`);
}

type Property = (database: Database, cp: number) => Value;
type Numeric = (database: Database, cp: number) => number | undefined;
type Operation = (database: Database, a: Value, b: Value | undefined) => Result;

const property =
  (name: string, get: Property): Operation =>
  (database, chr) => {
    const cp = characterOf(name, chr);
    return cp === EXC ? EXC : get(database, cp);
  };

const valued =
  (name: string, get: Numeric | ((database: Database, cp: number) => string | undefined), missing: string): Operation =>
  (database, chr, dflt) => {
    const cp = characterOf(name, chr);
    if (cp === EXC) return EXC;
    const value = get(database, cp);
    if (value === undefined) return dflt === undefined ? valueError(missing) : dflt;
    return name === "numeric" ? newFloat(value as number) : value;
  };

/** No name is longer. */
const NAME_MAX = 256;

function lookup(database: Database, name: Value): Result {
  const text = strValue(name);
  let wanted: string;
  if (text !== undefined) wanted = strToJs(text);
  else if (name instanceof PyBytes) wanted = name.latin1;
  else if (name instanceof PyByteArray) wanted = name.toLatin1();
  else return typeError(`a bytes-like object is required, not '${typeOf(name).name}'`);
  if (wanted.length > NAME_MAX) return keyError("name too long");
  const found = lookupName(wanted, database === unicode16);
  return found === undefined ? keyError(strFromJs(`undefined character name '${wanted}'`)) : strFromJs(found);
}

const FORMS: readonly string[] = ["NFC", "NFD", "NFKC", "NFKD"];

function normalForm(name: string, form: Value, unistr: Value): { form: NormalForm; text: Str } | Exc {
  const formText = strValue(form);
  if (formText === undefined) return typeError(`${name}() argument 1 must be str, not ${typeOf(form).name}`);
  const text = strValue(unistr);
  if (text === undefined) return typeError(`${name}() argument 2 must be str, not ${typeOf(unistr).name}`);
  // The empty string is normal in whatever form is named.
  if (strLength(text) === 0) return { form: "NFC", text };
  if (!FORMS.includes(formText as string)) return valueError("invalid normalization form");
  return { form: formText as NormalForm, text };
}

function normalizeText(database: Database, text: Str, form: NormalForm): Str {
  if (typeof text === "string" && isPlain(text, form)) return text;
  return strFromPoints(normalizePoints(codePoints(text), form, normalizationSource(database)));
}

/** ASCII, and for NFC Latin-1, is in normal form. */
function isPlain(text: string, form: NormalForm): boolean {
  const limit = form === "NFC" ? 0x100 : 0x80;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= limit) return false;
  return true;
}

function normalize(database: Database, form: Value, unistr: Value | undefined): Result {
  const asked = normalForm("normalize", form, unistr as Value);
  return asked === EXC ? EXC : normalizeText(database, asked.text, asked.form);
}

function isNormalized(database: Database, form: Value, unistr: Value | undefined): Result {
  const asked = normalForm("is_normalized", form, unistr as Value);
  return asked === EXC ? EXC : strEquals(normalizeText(database, asked.text, asked.form), asked.text);
}

/** Name, parameters, behaviour, documentation: once for the module's functions and for UCD's methods. */
const OPERATIONS: readonly [name: string, parameters: string, run: Operation, doc: string][] = [
  [
    "decimal",
    "chr, default=<unrepresentable>, /",
    valued("decimal", (d, cp) => d.decimal(cp), "not a decimal"),
    "Converts a Unicode character into its equivalent decimal value.",
  ],
  [
    "digit",
    "chr, default=<unrepresentable>, /",
    valued("digit", (d, cp) => d.digit(cp), "not a digit"),
    "Converts a Unicode character into its equivalent digit value.",
  ],
  [
    "numeric",
    "chr, default=<unrepresentable>, /",
    valued("numeric", (d, cp) => d.numeric(cp), "not a numeric character"),
    "Converts a Unicode character into its equivalent numeric value.",
  ],
  ["category", "chr, /", property("category", (d, cp) => d.category(cp)), "Returns the general category."],
  [
    "bidirectional",
    "chr, /",
    property("bidirectional", (d, cp) => d.bidirectional(cp)),
    "Returns the bidirectional class, or an empty string.",
  ],
  ["combining", "chr, /", property("combining", (d, cp) => d.combining(cp)), "Returns the canonical combining class."],
  ["mirrored", "chr, /", property("mirrored", (d, cp) => d.mirrored(cp)), "Returns the mirrored property."],
  ["east_asian_width", "chr, /", property("east_asian_width", (d, cp) => d.width(cp)), "Returns the east asian width."],
  [
    "decomposition",
    "chr, /",
    property("decomposition", decompositionText),
    "Returns the character decomposition mapping, or an empty string.",
  ],
  [
    "name",
    "chr, default=<unrepresentable>, /",
    valued("name", (d, cp) => d.name(cp), "no such name"),
    "Returns the name assigned to the character.",
  ],
  ["lookup", "name, /", lookup, "Look up character by name."],
  ["is_normalized", "form, unistr, /", isNormalized, "Return whether the Unicode string is in the given normal form."],
  ["normalize", "form, unistr, /", normalize, "Return the normal form of the Unicode string."],
];

const ucdType = newType("UCD", {
  module: "unicodedata",
  flags: DISALLOW_INSTANTIATION,
  methods: () =>
    Object.fromEntries(
      OPERATIONS.map(([name, parameters, run, doc]) => [
        name,
        method(`($self, ${parameters})`, (self: PyUcd, a: Value, b?: Value) => run(self.database, a, b), doc),
      ]),
    ),
  getset: () => ({ unidata_version: getset((self: PyUcd) => self.database.version) }),
});

export const unicodedataModule = newModule("unicodedata", {
  doc:
    "This module provides access to the Unicode Character Database, which\ndefines character properties for all " +
    "Unicode characters. The data are those of version 16.0.0.",
  functions: () =>
    Object.fromEntries(
      OPERATIONS.map(([name, parameters, run, doc]) => [
        name,
        fn(`($self, ${parameters})`, (a: Value, b?: Value) => run(unicode16, a, b), doc),
      ]),
    ),
  attributes: () => ({
    UCD: ucdType,
    ucd_3_2_0: new PyUcd(unicode32),
    unidata_version: unicode16.version,
  }),
});
