/** The errors of codecs: what could not be decoded, encoded or translated, and where. */
import { BASETYPE, EXC, type Exc, HAS_DICT, type KwNames, type PyType, type Status, type Value } from "../core.ts";
import { bytesLike } from "../buffer.ts";
import { PyBytes, newBytes } from "../bytes.ts";
import { defineType, getset } from "../define.ts";
import { raiseObject, typeError } from "../errors.ts";
import { concat } from "../message.ts";
import { asSize } from "../protocol/convert.ts";
import { str } from "../protocol/object.ts";
import { type Str, pointAt } from "../str/astral.ts";
import { typeOf } from "../types.ts";
import { strValue } from "../values.ts";
import { baseExceptionInit, field } from "./base-exception.ts";
import { PyUnicodeError } from "./layouts.ts";
import * as types from "./types.ts";

type Check = (self: PyUnicodeError, value: Value, at: number) => Status;

const takeStr =
  (name: "encoding" | "object" | "reason"): Check =>
  (self, value, at) => {
    if (strValue(value) === undefined) return typeError(`argument ${at} must be str, not ${typeOf(value).name}`);
    self[name] = value;
    return null;
  };
const takeIndex =
  (name: "start" | "end"): Check =>
  (self, value) => {
    const index = asSize(value);
    if (index === EXC) return EXC;
    self[name] = index;
    return null;
  };
const takeAny: Check = (self, value) => {
  self.object = value;
  return null;
};

const DECODE = [takeStr("encoding"), takeAny, takeIndex("start"), takeIndex("end"), takeStr("reason")];
const ENCODE = [takeStr("encoding"), takeStr("object"), takeIndex("start"), takeIndex("end"), takeStr("reason")];
const TRANSLATE = [takeStr("object"), takeIndex("start"), takeIndex("end"), takeStr("reason")];

function init(checks: readonly Check[], self: PyUnicodeError, args: Value[], kwnames: KwNames): Status {
  if (baseExceptionInit(self, args, kwnames) === EXC) return EXC;
  if (args.length !== checks.length) {
    return typeError(`function takes exactly ${checks.length} arguments (${args.length} given)`);
  }
  for (let i = 0; i < checks.length; i++) if (checks[i](self, args[i], i + 1) === EXC) return EXC;
  return null;
}

function decodeInit(self: PyUnicodeError, args: Value[], kwnames: KwNames): Status {
  if (init(DECODE, self, args, kwnames) === EXC) return EXC;
  if (self.object instanceof PyBytes) return null;
  const copy = bytesLike(self.object as Value);
  if (copy === EXC) return EXC;
  self.object = newBytes(copy);
  return null;
}

/** The object again, after `str` of the other fields ran Python code, which may have removed it. */
function objectNow<T>(self: PyUnicodeError, kind: string, as: (o: Value) => T | undefined): T | Exc {
  if (self.object === undefined) return typeError("UnicodeError 'object' attribute is not set");
  return as(self.object) ?? typeError(`UnicodeError 'object' attribute must be a ${kind}`);
}

/** `prefix` with the range and reason, or with the single unit that `describe` shows. */
function describe<T extends { length: number }>(
  self: PyUnicodeError,
  kind: string,
  as: (o: Value) => T | undefined,
  single: (object: T, at: number) => string,
  many: string,
): Str | Exc {
  if (self.object === undefined) return "";
  const reason = str(self.reason ?? null);
  if (reason === EXC) return EXC;
  let prefix: Str = "";
  if (self.encoding !== undefined) {
    const encoding = str(self.encoding);
    if (encoding === EXC) return EXC;
    prefix = concat("'", encoding, "' codec ");
  }
  const object = objectNow(self, kind, as);
  if (object === EXC) return EXC;
  const { start, end } = self;
  const { length } = object as T;
  const alone = start >= 0 && start < length && end >= 0 && end <= length && end === start + 1;
  const where = alone
    ? `${single(object as T, start)} in position ${start}: `
    : `${many} in position ${start}-${end - 1}: `;
  return concat(prefix, "can't ", where, reason);
}

function decodeStr(self: PyUnicodeError): Str | Exc {
  const single = (bytes: string, at: number) => `decode byte 0x${bytes.charCodeAt(at).toString(16).padStart(2, "0")}`;
  const latin1 = (o: Value) => (o instanceof PyBytes ? o.latin1 : undefined);
  return describe(self, "bytes", latin1, single, "decode bytes");
}
const textStr =
  (verb: string) =>
  (self: PyUnicodeError): Str | Exc => {
    const single = (text: Str, at: number) => `${verb} character '${escape(pointAt(text, at))}'`;
    return describe(self, "string", strValue, single, `${verb} characters`);
  };
function escape(point: number): string {
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

const index = (name: "start" | "end") =>
  getset(
    (self: PyUnicodeError) => self[name],
    (self: PyUnicodeError, value) => {
      if (value === undefined) return typeError("can't delete numeric/char attribute");
      const size = asSize(value);
      if (size === EXC) return typeError("an integer is required");
      self[name] = size;
      return null;
    },
  );

const unicodeFields = () => ({
  encoding: field("encoding"),
  object: field("object"),
  start: index("start"),
  end: index("end"),
  reason: field("reason"),
});

const define = (
  type: PyType,
  doc: string,
  tp_init: (self: PyUnicodeError, args: Value[], kwnames: KwNames) => Status,
  tp_str: (self: PyUnicodeError) => Str | Exc,
): void => {
  defineType(type, {
    doc,
    flags: BASETYPE | HAS_DICT,
    slots: { tp_alloc: (cls) => new PyUnicodeError(cls), tp_init, tp_str },
    getset: unicodeFields,
  });
};
define(types.unicodeDecodeErrorType, "Unicode decoding error.", decodeInit, decodeStr);
define(
  types.unicodeEncodeErrorType,
  "Unicode encoding error.",
  (self, args, kwnames) => init(ENCODE, self, args, kwnames),
  textStr("encode"),
);
define(
  types.unicodeTranslateErrorType,
  "Unicode translation error.",
  (self, args, kwnames) => init(TRANSLATE, self, args, kwnames),
  textStr("translate"),
);

/** Makes the exception a codec raises or hands to an error handler. */
export function newUnicodeError(
  type: PyType,
  encoding: string | undefined,
  object: Value,
  start: number,
  end: number,
  reason: string,
): PyUnicodeError {
  const exc = type.tp_alloc!(type) as PyUnicodeError;
  const args: Value[] = [object, start, end, reason];
  if (encoding !== undefined) args.unshift(encoding);
  baseExceptionInit(exc, args, null);
  Object.assign(exc, { encoding, object, start, end, reason });
  return exc;
}
export function raiseDecodeError(encoding: string, object: Value, start: number, end: number, reason: string): Exc {
  return raiseObject(newUnicodeError(types.unicodeDecodeErrorType, encoding, object, start, end, reason));
}
export function raiseEncodeError(encoding: string, object: Value, start: number, end: number, reason: string): Exc {
  return raiseObject(newUnicodeError(types.unicodeEncodeErrorType, encoding, object, start, end, reason));
}
