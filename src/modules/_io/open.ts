/** `io.open`, `open_code`, `text_encoding`. */
import { EXC, type Exc, type Result, type Value } from "../../objects/core.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { encodingWarningType, runtimeWarningType } from "../../objects/exceptions/types.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { getAttr, isTrue, setAttr } from "../../objects/protocol/object.ts";
import { warn } from "../../objects/protocol/warn.ts";
import { rt } from "../../objects/runtime.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import { fspath } from "../support/fs-path.ts";
import { setAside, chained } from "./chain.ts";
import { bufferedRandomType, bufferedReaderType, bufferedWriterType, setUpBuffered } from "./buffered-types.ts";
import { DEFAULT_BUFFER_SIZE } from "./abstract.ts";
import { PyBuffered } from "./buffered.ts";
import { PyFileIO, fileIOType, openFile } from "./file-io.ts";
import { textIOWrapperType } from "./text-wrapper.ts";

interface Mode {
  creating: boolean;
  reading: boolean;
  writing: boolean;
  appending: boolean;
  updating: boolean;
  text: boolean;
  binary: boolean;
  /** For FileIO. */
  raw: string;
}

function parseMode(mode: string): Mode | Exc {
  const has = (c: string): boolean => mode.includes(c);
  if (/[^xrwatb+]/.test(mode) || new Set(mode).size !== mode.length) return valueError(`invalid mode: '${mode}'`);
  const m: Mode = {
    creating: has("x"),
    reading: has("r"),
    writing: has("w"),
    appending: has("a"),
    updating: has("+"),
    text: has("t"),
    binary: has("b"),
    raw: [..."xrwa"].filter(has).join("") + (has("+") ? "+" : ""),
  };
  if (m.text && m.binary) return valueError("can't have text and binary mode at once");
  if (!m.creating && !m.reading && !m.writing && !m.appending) {
    return valueError("Must have exactly one of create/read/write/append mode and at most one plus");
  }
  if (Number(m.creating) + Number(m.reading) + Number(m.writing) + Number(m.appending) !== 1) {
    return valueError("must have exactly one of create/read/write/append mode");
  }
  return m;
}

/** `open(file, mode, buffering, encoding, errors, newline, closefd, opener)`. */
export function open(
  file: Value,
  modeValue: Value = "r",
  bufferingValue: Value = -1,
  encoding: Value = null,
  errors: Value = null,
  newline: Value = null,
  closefd: Value = true,
  opener: Value = null,
): Result {
  const mode = strValue(modeValue);
  if (typeof mode !== "string") return typeError(`open() argument 'mode' must be str, not ${typeNameOf(modeValue)}`);
  const buffering = asInt32(bufferingValue);
  if (buffering === EXC) return EXC;
  for (const [value, name] of [
    [encoding, "encoding"],
    [errors, "errors"],
    [newline, "newline"],
  ] as const) {
    if (value !== null && strValue(value) === undefined) {
      return typeError(`open() argument '${name}' must be str or None, not ${typeNameOf(value)}`);
    }
  }
  const keeps = isTrue(closefd);
  if (keeps === EXC) return EXC;
  let path = file;
  if (intValue(file) === undefined) {
    const given = fspath(file);
    if (given === EXC) return EXC;
    path = given;
  }
  const m = parseMode(mode);
  if (m === EXC) return EXC;
  if (m.binary) {
    if (encoding !== null) return valueError("binary mode doesn't take an encoding argument");
    if (errors !== null) return valueError("binary mode doesn't take an errors argument");
    if (newline !== null) return valueError("binary mode doesn't take a newline argument");
    if (buffering === 1) {
      const message =
        "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";
      if (warn(runtimeWarningType, message, 1) === EXC) return EXC;
    }
  }
  const raw = new PyFileIO(fileIOType);
  if (openFile(raw, path, m.raw, keeps, opener) === EXC) return EXC;
  const made = layers(raw, m, mode, buffering, encoding, errors, newline);
  if (made !== EXC) return made;
  // What was opened is closed again.
  const failure = setAside(EXC);
  return chained(failure, callMethod(raw, "close"));
}
const typeNameOf = (value: Value): string => (value === null ? "None" : typeOf(value).name);

function layers(
  raw: PyFileIO,
  m: Mode,
  mode: string,
  bufferingGiven: number,
  encoding: Value,
  errors: Value,
  newline: Value,
): Result {
  let buffering = bufferingGiven;
  const isTerminal = buffering === 1 || buffering < 0 ? callMethod(raw, "isatty") : false;
  if (isTerminal === EXC) return EXC;
  const lineBuffering = !m.binary && (buffering === 1 || (buffering < 0 && isTerminal === true));
  if (buffering === 1 || buffering < 0)
    buffering = Math.max(Math.min(raw.blockSize, 8 * 1024 * 1024), DEFAULT_BUFFER_SIZE);
  if (buffering < 0) return valueError("invalid buffering size");
  if (buffering === 0) return m.binary ? raw : valueError("can't have unbuffered text I/O");
  const type = m.updating ? bufferedRandomType : m.reading ? bufferedReaderType : bufferedWriterType;
  let buffer: Value;
  if (m.updating) {
    const made = call(type, [raw, buffering]);
    if (made === EXC) return EXC;
    buffer = made;
  } else {
    const made = new PyBuffered(type);
    setUpBuffered(made, raw, buffering, m.reading, !m.reading);
    buffer = made;
  }
  if (m.binary) return buffer;
  const wrapper = call(textIOWrapperType, [buffer, encoding, errors, newline, lineBuffering]);
  if (wrapper === EXC) return EXC;
  return setAttr(wrapper, "mode", mode) === EXC ? EXC : wrapper;
}

/** `io.open_code(path)`: for importlib. */
export function openCode(path: Value): Result {
  if (strValue(path) === undefined)
    return typeError(`open_code() argument 'path' must be str, not ${typeNameOf(path)}`);
  return open(path, "rb");
}

/** `io.text_encoding(encoding, stacklevel)` (PEP 597). */
export function textEncoding(encoding: Value, stacklevel?: Value): Result {
  if (encoding !== null) return encoding;
  const flags = rt.sysDict.getStr("flags");
  if (flags === undefined || flags === null) return "locale";
  const warns = getAttr(flags, "warn_default_encoding");
  if (warns === EXC) return EXC;
  if (warns !== 0 && warns !== false) {
    const level = stacklevel === undefined ? 2 : asInt32(stacklevel);
    if (level === EXC || warn(encodingWarningType, "'encoding' argument not specified", level) === EXC) return EXC;
  }
  const utf8 = getAttr(flags, "utf8_mode");
  if (utf8 === EXC) return EXC;
  return utf8 !== 0 && utf8 !== false ? "utf-8" : "locale";
}
