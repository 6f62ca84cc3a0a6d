/** The exceptions that hold more than `BaseException` does, as JavaScript classes. Behaviour is in the other files. */
import type { PyType, Value } from "../core.ts";
import type { PyTuple } from "../tuple.ts";
import { emptyTuple } from "../tuple.ts";
import type { Str } from "../str/astral.ts";
import { PyBaseException } from "./base.ts";

/** A field that may be unset reads as None. */
type Field = Value | undefined;

export class PyStopIteration extends PyBaseException {
  value: Value = null;
}
export class PySystemExit extends PyBaseException {
  code: Value = null;
}
export class PyImportError extends PyBaseException {
  msg: Field = undefined;
  name: Field = undefined;
  path: Field = undefined;
  nameFrom: Field = undefined;
}
export class PyAttributeError extends PyBaseException {
  obj: Field = undefined;
  name: Field = undefined;
}
export class PyNameError extends PyBaseException {
  name: Field = undefined;
}
export class PyOSError extends PyBaseException {
  errno: Field = undefined;
  strerror: Field = undefined;
  filename: Field = undefined;
  filename2: Field = undefined;
  /** BlockingIOError's `characters_written`; -1 when unset. */
  written = -1;
}
export class PySyntaxErrorObject extends PyBaseException {
  msg: Field = undefined;
  filename: Field = undefined;
  lineno: Field = undefined;
  offset: Field = undefined;
  text: Field = undefined;
  endLineno: Field = undefined;
  endOffset: Field = undefined;
  printFileAndLine: Field = undefined;
  metadata: Field = undefined;
}
/** Decode, encode and translate errors; `object` is bytes for the first, str for the others. */
export class PyUnicodeError extends PyBaseException {
  encoding: Field = undefined;
  object: Field = undefined;
  start = 0;
  end = 0;
  reason: Field = undefined;
}
export class PyBaseExceptionGroup extends PyBaseException {
  message: Value = "";
  exceptions: PyTuple = emptyTuple;
  /** How the sequence was shown when it was given, unless it was a list or tuple. */
  sequenceText: Str | null = null;
}

export type ExceptionClass = new (cls: PyType) => PyBaseException;
