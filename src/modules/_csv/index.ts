/** The module `_csv`. */
import { EXC, type KwNames, type Result, type Value } from "../../objects/core.ts";
import { fn, newModule, rawFn } from "../../objects/define.ts";
import { typeError } from "../../objects/errors.ts";
import { newList } from "../../objects/list.ts";
import { strValue, intValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import {
  csvError,
  csvErrorType,
  dialects,
  dialectType,
  lookupDialect,
  makeDialect,
  QUOTE_ALL,
  QUOTE_MINIMAL,
  QUOTE_NONE,
  QUOTE_NONNUMERIC,
  QUOTE_NOTNULL,
  QUOTE_STRINGS,
} from "./dialect.ts";
import { fieldLimit, newReader, readerType, splitArguments } from "./reader.ts";
import { newWriter, writerType } from "./writer.ts";

function registerDialect(args: Value[], kwnames: KwNames): Result {
  const given = splitArguments("register_dialect", args, kwnames);
  if (given === EXC) return EXC;
  if (strValue(given.first) === undefined) return typeError("dialect name must be a string");
  const dialect = makeDialect(dialectType, given.dialect, given.values, given.names);
  return dialect === EXC ? EXC : dialects().set(given.first, dialect);
}

function unregisterDialect(name: Value): Result {
  const removed = dialects().delete(name);
  if (removed === EXC) return EXC;
  return removed ? null : csvError("unknown dialect");
}

function fieldSizeLimit(newLimit: Value | undefined): Result {
  const limit = fieldLimit();
  const before = limit.value;
  if (newLimit !== undefined) {
    if (intValue(newLimit) === undefined) return typeError("limit must be an integer");
    const value = asSsize(newLimit);
    if (value === EXC) return EXC;
    limit.value = value;
  }
  return before;
}

export const csvModule = newModule("_csv", {
  doc: "CSV parsing and writing.",
  functions: () => ({
    reader: rawFn(newReader, "reader(iterable[, dialect='excel'][, fmtparams]): an iterator over rows."),
    writer: rawFn(newWriter, "writer(fileobj[, dialect='excel'][, fmtparams]): an object that writes rows."),
    list_dialects: fn("($module, /)", () => newList(dialects().keys()), "The names of the registered dialects."),
    register_dialect: rawFn(registerDialect, "Maps a name to a dialect."),
    unregister_dialect: fn("($module, /, name)", unregisterDialect, "Deletes the dialect with that name."),
    get_dialect: fn("($module, /, name)", (name: Value) => lookupDialect(name), "The dialect with that name."),
    field_size_limit: fn("($module, /, new_limit=<unrepresentable>)", fieldSizeLimit, "The largest field allowed."),
  }),
  attributes: () => ({
    Dialect: dialectType,
    Error: csvErrorType,
    Reader: readerType,
    Writer: writerType,
    QUOTE_MINIMAL,
    QUOTE_ALL,
    QUOTE_NONNUMERIC,
    QUOTE_NONE,
    QUOTE_STRINGS,
    QUOTE_NOTNULL,
  }),
  exec: (module) => {
    module.dict.setStr("_dialects", dialects());
    return null;
  },
});
