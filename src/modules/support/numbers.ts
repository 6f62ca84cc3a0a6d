/** Numbers to bytes and back: the integers and floats of struct, array and memoryview formats. */

export type Int = number | bigint;

/** The value does not fit; what to say about it is the caller's. */
export const OUT_OF_RANGE: unique symbol = Symbol("out of range");

const canonical = (value: bigint): Int =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

/** Least and greatest value of an integer of `size` bytes, as text. */
export function integerRange(size: number, signed: boolean): [string, string] {
  const bits = BigInt(size * 8);
  if (!signed) return ["0", String(2n ** bits - 1n)];
  const half = 2n ** (bits - 1n);
  return [String(-half), String(half - 1n)];
}

export function readInteger(view: DataView, at: number, size: number, signed: boolean, little: boolean): Int {
  switch (size) {
    case 1:
      return signed ? view.getInt8(at) : view.getUint8(at);
    case 2:
      return signed ? view.getInt16(at, little) : view.getUint16(at, little);
    case 4:
      return signed ? view.getInt32(at, little) : view.getUint32(at, little);
    default:
      return fromHalves(
        view.getUint32(little ? at + 4 : at, little),
        view.getUint32(little ? at : at + 4, little),
        signed,
      );
  }
}

const TWO_32 = 2 ** 32;

/** The 64-bit integer of two halves without signs. */
export function fromHalves(high: number, low: number, signed: boolean): Int {
  const top = signed ? high | 0 : high;
  // Within ±2**53 the halves make an exact number.
  if (top < 0x200000 && top > -0x200000) return top * TWO_32 + low;
  return canonical((BigInt(top) << 32n) | BigInt(low));
}

/** False when the value does not fit. */
export function writeInteger(
  view: DataView,
  at: number,
  size: number,
  signed: boolean,
  little: boolean,
  value: Int,
): boolean {
  if (size === 8) return writeInteger8(view, at, signed, little, value);
  if (typeof value === "bigint") return false;
  const bits = size * 8;
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  if (value < low || value > high) return false;
  if (size === 1) view.setUint8(at, value & 255);
  else if (size === 2) view.setUint16(at, value & 65535, little);
  else view.setInt32(at, value | 0, little);
  return true;
}

function writeInteger8(view: DataView, at: number, signed: boolean, little: boolean, value: Int): boolean {
  if (typeof value === "number") {
    if (value < 0 && !signed) return false;
    view.setUint32(little ? at : at + 4, value >>> 0, little);
    view.setInt32(little ? at + 4 : at, Math.floor(value / TWO_32), little);
    return true;
  }
  if ((signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)) !== value) return false;
  if (signed) view.setBigInt64(at, value, little);
  else view.setBigUint64(at, value, little);
  return true;
}

export function readFloat(view: DataView, at: number, size: number, little: boolean): number {
  if (size === 8) return view.getFloat64(at, little);
  if (size === 4) return view.getFloat32(at, little);
  return halfToFloat(view.getUint16(at, little));
}

/** False when a finite value is too large for the format. */
export function writeFloat(view: DataView, at: number, size: number, little: boolean, value: number): boolean {
  if (size === 8) {
    view.setFloat64(at, value, little);
    return true;
  }
  if (size === 4) {
    if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) return false;
    view.setFloat32(at, value, little);
    return true;
  }
  const half = floatToHalf(value);
  if (half < 0) return false;
  view.setUint16(at, half, little);
  return true;
}

/** IEEE 754 binary16 to double. */
export function halfToFloat(bits: number): number {
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction !== 0 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Double to binary16, ties to even; -1 when a finite value overflows. */
export function floatToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (Number.isNaN(value)) return 0x7e00;
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundHalfEven(size * 2 ** 24);
  if (size >= 65520) return -1;
  let exponent = Math.floor(Math.log2(size));
  // log2 may round up to the next power.
  if (2 ** exponent > size) exponent--;
  else if (2 ** (exponent + 1) <= size) exponent++;
  return sign | (((exponent + 15) << 10) + roundHalfEven(size * 2 ** (10 - exponent)) - 1024);
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest > 0.5 || (rest === 0.5 && floor % 2 === 1)) return floor + 1;
  return floor;
}
