/** `_csv.reader`. */
import {
  DISALLOW_INSTANTIATION,
  END,
  EXC,
  type End,
  type Exc,
  type KwNames,
  PyObject,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { newType } from "../../objects/define.ts";
import { newList } from "../../objects/list.ts";
import { newFloat } from "../../objects/float.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { toFloat } from "../../objects/protocol/convert.ts";
import { rt } from "../../objects/runtime.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { typeError } from "../../objects/errors.ts";
import { iterSelf } from "../support/iterator.ts";
import { csvError, dialectType, makeDialect, type PyDialect } from "./dialect.ts";
import { type Field, NULL, ParseError, Parser, TEXT } from "./parser.ts";

const LIMIT = { name: "csv field limit" };
/** The interpreter's `field_size_limit`. */
export const fieldLimit = (): { value: number } => rt.state(LIMIT, () => ({ value: 128 * 1024 }));

class PyReader extends PyObject {
  lineNumber = 0;
  private readonly parser: Parser;
  constructor(
    private readonly lines: Value,
    readonly dialect: PyDialect,
  ) {
    super(readerType.shapes);
    const limit = fieldLimit();
    this.parser = new Parser(dialect.format, () => limit.value);
  }

  next(): Value | End | Exc {
    const { parser } = this;
    parser.reset();
    try {
      do {
        const line = iterNext(this.lines);
        if (line === EXC) return EXC;
        if (line === END) {
          if (parser.finish()) break;
          return END;
        }
        const text = typeof line === "string" ? line : strValue(line);
        if (text === undefined)
          return csvError(
            `iterator should return strings, not ${typeOf(line).name} (the file should be opened in text mode)`,
          );
        // The iterator may have called this reader.
        if (parser.isTaken) return csvError("iterator has already advanced the reader");
        this.lineNumber++;
        parser.line(text);
      } while (!parser.isComplete);
    } catch (error) {
      if (error instanceof ParseError) return csvError(error.message);
      throw error;
    }
    parser.isTaken = true;
    return rowOf(parser.fields);
  }
}

function rowOf(fields: readonly Field[]): Value | Exc {
  const row: Value[] = new Array(fields.length);
  for (let i = 0; i < fields.length; i++) {
    const { kind, text } = fields[i];
    if (kind === TEXT) row[i] = text;
    else if (kind === NULL) row[i] = null;
    else {
      const number = toFloat(text);
      if (number === EXC) return EXC;
      row[i] = newFloat(number);
    }
  }
  return newList(row);
}

export const readerType = newType("reader", {
  module: "_csv",
  doc: "CSV reader: an iterator over the rows of a file.",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null, tp_iter: iterSelf, tp_iternext: (self: PyReader) => self.next() },
  members: () => ({
    dialect: (self: PyReader) => self.dialect,
    line_num: (self: PyReader) => self.lineNumber,
  }),
});

/** The first argument, the dialect and the keyword arguments of `reader`, `writer` and `register_dialect`. */
export function splitArguments(
  name: string,
  args: Value[],
  kwnames: KwNames,
): { first: Value; dialect: Value | undefined; values: Value[]; names: string[] } | Exc {
  const count = args.length - (kwnames?.length ?? 0);
  if (count < 1) return typeError(`${name} expected at least 1 argument, got ${count}`);
  if (count > 2) return typeError(`${name} expected at most 2 arguments, got ${count}`);
  const values = args.slice(count);
  const names = [...(kwnames ?? [])];
  let dialect: Value | undefined = count > 1 ? args[1] : undefined;
  const at = names.indexOf("dialect");
  if (at >= 0 && dialect === undefined) {
    dialect = values[at];
    values.splice(at, 1);
    names.splice(at, 1);
  }
  return { first: args[0], dialect, values, names };
}

export function newReader(args: Value[], kwnames: KwNames): Result {
  const given = splitArguments("reader", args, kwnames);
  if (given === EXC) return EXC;
  const lines = getIter(given.first);
  if (lines === EXC) return EXC;
  const dialect = makeDialect(dialectType, given.dialect, given.values, given.names);
  return dialect === EXC ? EXC : new PyReader(lines, dialect as PyDialect);
}
