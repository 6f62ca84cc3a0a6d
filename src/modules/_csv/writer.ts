/** `_csv.writer`. */
import {
  DISALLOW_INSTANTIATION,
  END,
  EXC,
  type Exc,
  type KwNames,
  PyObject,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { method, newType } from "../../objects/define.ts";
import { catches, clearException, typeError } from "../../objects/errors.ts";
import { typeErrorType } from "../../objects/exceptions/types.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { getIter, iterNext } from "../../objects/protocol/iter.ts";
import { isCallable, lookupAttr, str } from "../../objects/protocol/object.ts";
import { AstralStr, pointAt, type Str, StrBuilder } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { PyComplex } from "../../objects/complex.ts";
import {
  csvError,
  dialectType,
  type Format,
  hasPoint,
  makeDialect,
  NOT_SET,
  type PyDialect,
  QUOTE_ALL,
  QUOTE_NONE,
  QUOTE_NONNUMERIC,
  QUOTE_NOTNULL,
  QUOTE_STRINGS,
} from "./dialect.ts";
import { splitArguments } from "./reader.ts";

class PyWriter extends PyObject {
  /** Finds characters that need care. */
  readonly special: RegExp;
  constructor(
    readonly write: Value,
    readonly dialect: PyDialect,
  ) {
    super(writerType.shapes);
    this.special = specialOf(dialect.format);
  }
}

/** The characters that mean something in the format; of astral ones the first half, so that they are looked at closer. */
function specialOf(format: Format): RegExp {
  let set = "\\n\\r";
  const add = (point: number): void => {
    if (point === NOT_SET) return;
    const unit = String.fromCodePoint(point).charCodeAt(0);
    set += `\\u${unit.toString(16).padStart(4, "0")}`;
  };
  add(format.delimiter);
  add(format.escapechar);
  add(format.quotechar);
  for (let i = 0; i < format.lineterminator.length; i++) add(pointAt(format.lineterminator, i));
  return new RegExp(`[${set}]`);
}

/** `PyNumber_Check`. */
function isNumber(value: Value): boolean {
  if (intValue(value) !== undefined || value instanceof PyComplex) return true;
  const type = typeOf(value);
  return type.nb_index !== null || type.nb_int !== null || type.nb_float !== null;
}

function isQuotedAnyway(value: Value, quoting: number): boolean {
  switch (quoting) {
    case QUOTE_NONNUMERIC:
      return !isNumber(value);
    case QUOTE_ALL:
      return true;
    case QUOTE_STRINGS:
      return strValue(value) !== undefined;
    case QUOTE_NOTNULL:
      return value !== null;
    default:
      return false;
  }
}

/** A record being put together. */
class Record {
  readonly out = new StrBuilder();
  isEmpty = true;
  fields = 0;
  hasNull = false;
  constructor(
    private readonly format: Format,
    private readonly special: RegExp,
  ) {}

  private push(text: Str): void {
    if (text.length > 0) this.isEmpty = false;
    this.out.push(text);
  }

  /** `text` undefined: None. */
  append(text: Str | undefined, quoted: boolean): Status {
    const { format } = this;
    if (this.fields > 0) this.push(String.fromCodePoint(format.delimiter));
    this.fields++;
    const content = text ?? "";
    if (text === undefined) this.hasNull = true;
    if (content.length === 0 && format.delimiter === 32 && format.skipinitialspace) {
      if (format.quoting === QUOTE_NONE || (text === undefined && isNullAware(format.quoting)))
        return csvError("empty field must be quoted if delimiter is a space and skipinitialspace is true");
      quoted = true;
    }
    const escaped = this.escape(content);
    if (escaped === EXC) return EXC;
    if (!quoted && !escaped.needsQuotes) {
      this.push(escaped.text);
      return null;
    }
    const quote = String.fromCodePoint(format.quotechar);
    this.push(quote);
    this.push(escaped.text);
    this.push(quote);
    return null;
  }

  private escape(content: Str): { text: Str; needsQuotes: boolean } | Exc {
    if (typeof content === "string" && !this.special.test(content)) return { text: content, needsQuotes: false };
    const { format } = this;
    const result = new StrBuilder();
    let needsQuotes = false;
    let changed = false;
    const points = content instanceof AstralStr ? content.points : null;
    for (let i = 0; i < content.length; i++) {
      const c = points === null ? (content as string).charCodeAt(i) : points[i];
      if (this.isSpecial(c)) {
        let escape = format.quoting === QUOTE_NONE;
        if (!escape) {
          if (c === format.quotechar) {
            if (format.doublequote) {
              result.pushPoint(c);
              changed = true;
            } else escape = true;
          } else if (c === format.escapechar) escape = true;
          if (!escape) needsQuotes = true;
        }
        if (escape) {
          if (format.escapechar === NOT_SET) return csvError("need to escape, but no escapechar set");
          result.pushPoint(format.escapechar);
          changed = true;
        }
      }
      result.pushPoint(c);
    }
    return { text: changed ? result.build() : content, needsQuotes };
  }

  private isSpecial(c: number): boolean {
    const { format } = this;
    return (
      c === format.delimiter ||
      c === format.escapechar ||
      c === format.quotechar ||
      c === 10 ||
      c === 13 ||
      hasPoint(format.lineterminator, c)
    );
  }
}

const isNullAware = (quoting: number): boolean => quoting === QUOTE_STRINGS || quoting === QUOTE_NOTNULL;

function writerow(self: PyWriter, row: Value): Result {
  const items = getIter(row);
  if (items === EXC) {
    if (!catches(typeErrorType)) return EXC;
    clearException();
    return csvError(`iterable expected, not ${typeOf(row).name}`);
  }
  const { format } = self.dialect;
  const record = new Record(format, self.special);
  for (;;) {
    const item = iterNext(items);
    if (item === END) break;
    if (item === EXC) return EXC;
    const text = item === null ? undefined : textOf(item);
    if (text === EXC) return EXC;
    if (record.append(text, isQuotedAnyway(item, format.quoting)) === EXC) return EXC;
  }
  if (record.fields > 0 && record.isEmpty) {
    if (format.quoting === QUOTE_NONE || (record.hasNull && isNullAware(format.quoting)))
      return csvError("single empty field record must be quoted");
    record.fields--;
    if (record.append(undefined, true) === EXC) return EXC;
  }
  record.out.push(format.lineterminator);
  return call1(self.write, record.out.build());
}

function textOf(item: Value): Str | Exc {
  if (typeof item === "string") return item;
  return strValue(item) ?? str(item);
}

function writerows(self: PyWriter, rows: Value): Result {
  const iterator = getIter(rows);
  if (iterator === EXC) return EXC;
  for (;;) {
    const row = iterNext(iterator);
    if (row === END) return null;
    if (row === EXC || writerow(self, row) === EXC) return EXC;
  }
}

export const writerType = newType("writer", {
  module: "_csv",
  doc: "CSV writer.",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null },
  methods: () => ({
    writerow: method("($self, row, /)", writerow, "Writes a row; the result is that of the file's write()."),
    writerows: method("($self, rows, /)", writerows, "Writes rows."),
  }),
  members: () => ({ dialect: (self: PyWriter) => self.dialect }),
});

export function newWriter(args: Value[], kwnames: KwNames): Result {
  const given = splitArguments("writer", args, kwnames);
  if (given === EXC) return EXC;
  const dialect = makeDialect(dialectType, given.dialect, given.values, given.names);
  if (dialect === EXC) return EXC;
  const write = lookupAttr(given.first, "write");
  if (write === EXC) return EXC;
  if (write === undefined || !isCallable(write)) return typeError('argument 1 must have a "write" method');
  return new PyWriter(write, dialect as PyDialect);
}
