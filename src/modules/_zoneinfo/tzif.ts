/**
 * Reads TZif files (RFC 9636), versions 1 to 4, from a Python file object. From version 2 on, a file holds its data twice:
 * with times of 32 bits, passed over here, and of 64 bits, with a TZ string behind them.
 */
import { EXC, type Exc, PyType, type Value } from "../../objects/core.ts";
import { newBytes, PyBytes } from "../../objects/bytes.ts";
import { raise, raiseArgs, throwPending, typeError, valueError } from "../../objects/errors.ts";
import { assertionErrorType } from "../../objects/exceptions/types.ts";
import { importAttribute } from "../../objects/import-hook.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { toInt } from "../../objects/protocol/convert.ts";
import { type Str, strToJs } from "../../objects/str/astral.ts";
import { typeOf } from "../../objects/types.ts";

export interface TzifData {
  /** When each transition is, in seconds since 1970 UTC, and which type of local time begins with it. */
  times: number[];
  typeOfTransition: number[];
  types: LocalTimeType[];
  /** A unit is a byte; undefined in version 1. */
  tzString: string | undefined;
}

export interface LocalTimeType {
  /** Seconds east of UTC. */
  offset: number;
  isDst: boolean;
  name: string;
}

interface Header {
  version: number;
  utcIndicators: number;
  standardIndicators: number;
  leapSeconds: number;
  transitions: number;
  types: number;
  characters: number;
}

/** Throws what the file object raises, and errors of the format as CPython words them. */
export function readTzif(file: Value): TzifData {
  let header = readHeader(file);
  if (header.version >= 2) {
    skip(file, header.transitions * 5 + header.types * 6 + header.characters + header.leapSeconds * 8, header);
    header = readHeader(file);
  }
  const { transitions, types, characters, leapSeconds, version } = header;
  const timeSize = version === 1 ? 4 : 8;
  const times = transitions === 0 ? [] : integers(exactly(file, transitions * timeSize), timeSize);
  const typeOfTransition = transitions === 0 ? [] : [...exactly(file, transitions).bytes()];
  const records = Array.from({ length: types }, () => view(exactly(file, 6)));
  const names = read(file, characters).latin1;
  const data: TzifData = {
    times,
    typeOfTransition,
    types: records.map((record) => ({
      offset: record.getInt32(0),
      isDst: record.getInt8(4) !== 0,
      name: abbreviation(names, record.getInt8(5)),
    })),
    tzString: undefined,
  };
  if (version >= 2) {
    skip(file, leapSeconds * 12, header);
    data.tzString = footer(file);
  }
  return data;
}

/** Leap seconds and indicators are of no use to `datetime`. */
function skip(file: Value, bytes: number, header: Header): void {
  const all = bytes + header.utcIndicators + header.standardIndicators;
  if (callMethod(file, "seek", [all, 1]) === EXC) throwPending();
}

function readHeader(file: Value): Header {
  if (readAny(file, 4) !== "TZif") fail(valueError("Invalid TZif file: magic not found"));
  const digit = read(file, 1);
  const version = digit.latin1 === "\0" ? 1 : toInt(digit);
  if (version === EXC) throwPending();
  read(file, 15);
  const counts = view(exactly(file, 24));
  const [utcIndicators, standardIndicators, leapSeconds, transitions, types, characters] = [0, 4, 8, 12, 16, 20].map(
    (at) => counts.getInt32(at),
  );
  if (transitions < 0) fail(structError("bad char in struct format"));
  return {
    version: Number(version),
    utcIndicators,
    standardIndicators,
    leapSeconds,
    transitions,
    types: Math.max(types, 0),
    characters,
  };
}

/** The TZ string between two newlines. */
function footer(file: Value): string {
  const first = read(file, 1);
  if (first.latin1 !== "\n") fail(raiseArgs(assertionErrorType, first));
  let text = "";
  for (;;) {
    const { latin1 } = read(file, 1);
    if (latin1 === "") fail(valueError("Invalid TZif file: unexpected end of file"));
    if (latin1 === "\n") return text;
    text += latin1;
  }
}

/** From a position up to the next NUL; names may share their ends. */
function abbreviation(names: string, index: number): string {
  const start = index < 0 ? Math.max(names.length + index, 0) : index;
  const bytes = newBytes(names.slice(start, names.indexOf("\0", start)));
  const text = callMethod(bytes, "decode");
  return text === EXC ? throwPending() : strToJs(text as Str);
}

// ── bytes ──────────────────────────────────────────────────────────────────────────────────────────────────────

function readAny(file: Value, count: number): string | null {
  const bytes = callMethod(file, "read", [count]);
  if (bytes === EXC) throwPending();
  return bytes instanceof PyBytes ? bytes.latin1 : null;
}

/** As many as there are. */
function read(file: Value, count: number): PyBytes {
  const bytes = callMethod(file, "read", [count]);
  if (bytes === EXC) throwPending();
  return bytes instanceof PyBytes
    ? bytes
    : fail(typeError(`a bytes-like object is required, not '${typeOf(bytes).name}'`));
}

function exactly(file: Value, count: number): PyBytes {
  const bytes = read(file, count);
  return bytes.latin1.length === count ? bytes : fail(structError(`unpack requires a buffer of ${count} bytes`));
}

function view(bytes: PyBytes): DataView {
  const array = bytes.bytes();
  return new DataView(array.buffer, array.byteOffset, array.byteLength);
}

/** Times beyond 2**53 lose their last digits, far outside of what a datetime reaches. */
function integers(bytes: PyBytes, size: number): number[] {
  const data = view(bytes);
  const count = data.byteLength / size;
  return Array.from({ length: count }, (_, i) => (size === 4 ? data.getInt32(i * 4) : Number(data.getBigInt64(i * 8))));
}

function structError(message: string): Exc {
  const type = importAttribute("struct", "error");
  return type instanceof PyType ? raise(type, message) : EXC;
}

const fail = (_raised: Exc): never => throwPending();
