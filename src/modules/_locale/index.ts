/** The module `_locale`: the C locale, which is the only one here (with UTF-8 as its encoding). */
import { BASETYPE, EXC, HAS_DICT, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, newType } from "../../objects/define.ts";

import { newDict } from "../../objects/dict.ts";
import { raise, typeError, valueError } from "../../objects/errors.ts";
import { exceptionType } from "../../objects/exceptions/types.ts";
import { newList } from "../../objects/list.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { rt } from "../../objects/runtime.ts";
import { typeName } from "../../objects/str/args.ts";
import { type Str, strCompare } from "../../objects/str/astral.ts";
import { findText } from "../../objects/str/find.ts";
import { strValue } from "../../objects/values.ts";

const localeErrorType = newType("Error", { module: "locale", base: exceptionType, flags: BASETYPE | HAS_DICT });

const CATEGORIES = { LC_CTYPE: 0, LC_NUMERIC: 1, LC_TIME: 2, LC_COLLATE: 3, LC_MONETARY: 4, LC_MESSAGES: 5, LC_ALL: 6 };
const STATE = {};
/** The name of the locale in force: it only shows in what `setlocale` answers. */
const current = (): { names: string[] } => rt.state(STATE, () => ({ names: ["C.UTF-8", "C", "C", "C", "C", "C"] }));

function setlocale(category: Value, locale: Value = null): Result {
  const which = asInt32(category);
  if (which === EXC) return EXC;
  if (which < 0 || which > 6) return raise(localeErrorType, "unsupported locale setting");
  const { names } = current();
  if (locale !== null) {
    const name = strValue(locale);
    if (typeof name !== "string")
      return typeError(`setlocale() argument 2 must be str or None, not ${typeName(locale)}`);
    const wanted = name === "" ? "C.UTF-8" : name === "POSIX" ? "C" : name;
    if (!/^C(\.utf-?8)?$/i.test(wanted) && !/^LC_CTYPE=/.test(wanted))
      return raise(localeErrorType, "unsupported locale setting");
    const value = wanted.startsWith("LC_CTYPE=") ? "C" : wanted;
    if (which === 6) names.fill(value);
    else names[which] = value;
  }
  if (which < 6) return names[which];
  if (names.every((name) => name === names[0])) return names[0];
  const order = ["LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES"] as const;
  const parts = order.map((name) => `${name}=${names[CATEGORIES[name]]}`);
  return [
    ...parts,
    ...["LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION"].map(
      (n) => `${n}=C`,
    ),
  ].join(";");
}

function localeconv(): Result {
  const dict = newDict();
  const empty = [
    "int_curr_symbol",
    "currency_symbol",
    "mon_decimal_point",
    "mon_thousands_sep",
    "positive_sign",
    "negative_sign",
    "thousands_sep",
  ];
  const unset = [
    "int_frac_digits",
    "frac_digits",
    "p_cs_precedes",
    "p_sep_by_space",
    "n_cs_precedes",
    "n_sep_by_space",
    "p_sign_posn",
    "n_sign_posn",
  ];
  dict.setStr("decimal_point", ".");
  for (const name of empty) dict.setStr(name, "");
  dict.setStr("grouping", newList([]));
  dict.setStr("mon_grouping", newList([]));
  for (const name of unset) dict.setStr(name, 127);
  return dict;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
/** name → [number, value in the C locale] (langinfo.h). */
function items(): Record<string, [number, string]> {
  const table: Record<string, [number, string]> = {
    RADIXCHAR: [65536, "."],
    THOUSEP: [65537, ""],
    CRNCYSTR: [262159, "-"],
    D_T_FMT: [131112, "%a %b %e %H:%M:%S %Y"],
    D_FMT: [131113, "%m/%d/%y"],
    T_FMT: [131114, "%H:%M:%S"],
    AM_STR: [131110, "AM"],
    PM_STR: [131111, "PM"],
    CODESET: [14, "UTF-8"],
    T_FMT_AMPM: [131115, "%I:%M:%S %p"],
    ERA: [131116, ""],
    ERA_D_FMT: [131118, ""],
    ERA_D_T_FMT: [131120, ""],
    ERA_T_FMT: [131121, ""],
    ALT_DIGITS: [131119, ""],
    YESEXPR: [327680, "^[yY]"],
    NOEXPR: [327681, "^[nN]"],
    _DATE_FMT: [131180, "%a %b %e %H:%M:%S %Z %Y"],
  };
  DAYS.forEach((day, i) => {
    table[`ABDAY_${i + 1}`] = [131072 + i, day.slice(0, 3)];
    table[`DAY_${i + 1}`] = [131079 + i, day];
  });
  MONTHS.forEach((month, i) => {
    table[`ABMON_${i + 1}`] = [131086 + i, month.slice(0, 3)];
    table[`MON_${i + 1}`] = [131098 + i, month];
  });
  return table;
}
function langinfo(key: Value): Result {
  const number = asInt32(key);
  if (number === EXC) return EXC;
  const found = Object.values(items()).find(([n]) => n === number);
  return found === undefined ? valueError("unsupported langinfo constant") : found[1];
}

function textArg(name: string, value: Value, position: number): Str | typeof EXC {
  const text = strValue(value);
  if (text === undefined) return typeError(`${name}() argument ${position} must be str, not ${typeName(value)}`);
  return findText(text, "\0") >= 0 ? valueError("embedded null character") : text;
}
function strcoll(a: Value, b: Value): Result {
  const left = textArg("strcoll", a, 1);
  if (left === EXC) return EXC;
  const right = textArg("strcoll", b, 2);
  return right === EXC ? EXC : Math.sign(strCompare(left, right));
}

export const localeModule = newModule("_locale", {
  doc: "Support for POSIX locales.",
  functions: () => ({
    setlocale: fn("($module, category, locale=None, /)", setlocale, "Activates/queries locale processing."),
    localeconv: fn("($module, /)", localeconv, "Returns numeric and monetary locale-specific parameters."),
    strcoll: fn("($module, os1, os2, /)", strcoll, "Compares two strings according to the locale."),
    strxfrm: fn(
      "($module, string, /)",
      (text: Value) => textArg("strxfrm", text, 1),
      "Return a string that can be used as a key for locale-aware comparisons.",
    ),
    nl_langinfo: fn("($module, key, /)", langinfo, "Return the value for the locale information associated with key."),
    getencoding: fn("($module, /)", () => "UTF-8", "Get the current locale encoding."),
    gettext: fn("($module, msg, /)", (message: Value) => textArg("gettext", message, 1)),
    dgettext: fn("($module, domain, msg, /)", (_domain: Value, message: Value) => textArg("dgettext", message, 2)),
    dcgettext: fn("($module, domain, msg, category, /)", (_domain: Value, message: Value) =>
      textArg("dcgettext", message, 2),
    ),
    textdomain: fn("($module, domain, /)", (domain: Value) => domain ?? "messages"),
    bindtextdomain: fn("($module, domain, dir, /)", (_domain: Value, dir: Value) => dir ?? "/usr/share/locale"),
    bind_textdomain_codeset: fn("($module, domain, codeset, /)", (_domain: Value, codeset: Value) => codeset),
  }),
  attributes: () => ({
    ...CATEGORIES,
    CHAR_MAX: 127,
    Error: localeErrorType,
    ...Object.fromEntries(Object.entries(items()).map(([name, [number]]) => [name, number])),
  }),
});
