/** Items of a memoryview: native single-character formats of the `struct` module, little-endian. */
import { EXC, type Exc, type Status, type Value } from "../core.ts";
import { PyBytes, newBytes } from "../bytes.ts";
import { catches, clearException, notImplementedError, typeError, valueError } from "../errors.ts";
import { overflowErrorType, typeErrorType } from "../exceptions/types.ts";
import { newFloat } from "../float.ts";
import { canonical } from "../numeric/int-math.ts";
import { asDouble, asIndex } from "../protocol/convert.ts";
import { isTrue } from "../protocol/object.ts";

const SIZES: Readonly<Record<string, number>> = {
  c: 1,
  b: 1,
  B: 1,
  "?": 1,
  h: 2,
  H: 2,
  e: 2,
  i: 4,
  I: 4,
  f: 4,
  l: 8,
  L: 8,
  q: 8,
  Q: 8,
  n: 8,
  N: 8,
  d: 8,
  P: 8,
};

/** The character of a native format ("B", "@B"); undefined for any other format. */
export function nativeFormat(format: string): string | undefined {
  const char = format.startsWith("@") ? format.slice(1) : format;
  return Object.hasOwn(SIZES, char) ? char : undefined;
}
export function nativeSize(char: string): number {
  return SIZES[char];
}

const viewOf = (memory: Uint8Array): DataView => new DataView(memory.buffer, memory.byteOffset, memory.byteLength);

/** The item at byte `at`. NotImplementedError for formats that are not native. */
export function readItem(memory: Uint8Array, at: number, format: string): Value | Exc {
  switch (nativeFormat(format)) {
    case "B":
      return memory[at];
    case "b":
      return (memory[at] << 24) >> 24;
    case "c":
      return newBytes(String.fromCharCode(memory[at]));
    case "?":
      return memory[at] !== 0;
    case "h":
      return viewOf(memory).getInt16(at, true);
    case "H":
      return viewOf(memory).getUint16(at, true);
    case "i":
      return viewOf(memory).getInt32(at, true);
    case "I":
      return viewOf(memory).getUint32(at, true);
    case "l":
    case "q":
    case "n":
      return canonical(viewOf(memory).getBigInt64(at, true));
    case "L":
    case "Q":
    case "N":
    case "P":
      return canonical(viewOf(memory).getBigUint64(at, true));
    case "f":
      return newFloat(viewOf(memory).getFloat32(at, true));
    case "d":
      return newFloat(viewOf(memory).getFloat64(at, true));
    case "e":
      return newFloat(halfToNumber(viewOf(memory).getUint16(at, true)));
  }
  return notImplementedError(`memoryview: format ${format} not supported`);
}

/** [least, greatest] of the integer formats. */
const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  b: [-128n, 127n],
  B: [0n, 255n],
  h: [-32768n, 32767n],
  H: [0n, 65535n],
  i: [-(2n ** 31n), 2n ** 31n - 1n],
  I: [0n, 2n ** 32n - 1n],
  l: [-(2n ** 63n), 2n ** 63n - 1n],
  q: [-(2n ** 63n), 2n ** 63n - 1n],
  n: [-(2n ** 63n), 2n ** 63n - 1n],
  L: [0n, 2n ** 64n - 1n],
  Q: [0n, 2n ** 64n - 1n],
  N: [0n, 2n ** 64n - 1n],
  P: [0n, 2n ** 64n - 1n],
};

/** Stores an item. `stillOpen` is asked after converting the value, which may have run Python code. */
export function writeItem(
  memory: Uint8Array,
  at: number,
  format: string,
  value: Value,
  stillOpen: () => Status,
): Status {
  const char = nativeFormat(format);
  if (char === undefined) return notImplementedError(`memoryview: format ${format} not supported`);
  const range = RANGES[char];
  if (range !== undefined) return writeInteger(memory, at, char, range, format, value, stillOpen);
  if (char === "c") {
    if (!(value instanceof PyBytes)) return typeError(`memoryview: invalid type for format '${format}'`);
    if (value.length !== 1) return valueError(`memoryview: invalid value for format '${format}'`);
    memory[at] = value.latin1.charCodeAt(0);
    return null;
  }
  if (char === "?") {
    const truth = isTrue(value);
    if (truth === EXC || stillOpen() === EXC) return EXC;
    memory[at] = truth ? 1 : 0;
    return null;
  }
  const number = asDouble(value);
  if (number === EXC) return explain(format);
  if (stillOpen() === EXC) return EXC;
  if (char === "f") viewOf(memory).setFloat32(at, number, true);
  else if (char === "d") viewOf(memory).setFloat64(at, number, true);
  else viewOf(memory).setUint16(at, numberToHalf(number), true);
  return null;
}

function writeInteger(
  memory: Uint8Array,
  at: number,
  char: string,
  range: readonly [bigint, bigint],
  format: string,
  value: Value,
  stillOpen: () => Status,
): Status {
  const number = asIndex(value);
  if (number === EXC) return explain(format);
  if (number < range[0] || number > range[1]) return valueError(`memoryview: invalid value for format '${format}'`);
  if (stillOpen() === EXC) return EXC;
  const view = viewOf(memory);
  switch (SIZES[char]) {
    case 1:
      memory[at] = Number(number);
      break;
    case 2:
      view.setUint16(at, Number(number), true);
      break;
    case 4:
      view.setUint32(at, Number(number), true);
      break;
    default:
      view.setBigUint64(at, BigInt.asUintN(64, BigInt(number)), true);
  }
  return null;
}

/** Conversion errors in memoryview's words. */
function explain(format: string): Status {
  if (catches(typeErrorType)) {
    clearException();
    return typeError(`memoryview: invalid type for format '${format}'`);
  }
  if (catches(overflowErrorType)) {
    clearException();
    return valueError(`memoryview: invalid value for format '${format}'`);
  }
  return EXC;
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
function numberToHalf(value: number): number {
  if (value !== value) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size === 0) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const scaled = size / 2 ** (exponent - 10);
  const rounded = roundHalfEven(scaled);
  // A carry out of the fraction runs into the exponent, which is what is wanted.
  return sign | (((exponent + 14) << 10) + rounded);
}
function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
