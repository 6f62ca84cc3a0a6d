/** `int.to_bytes` and `int.from_bytes`. */
import { abs, bitLength, canonical, type Int } from "./int-math.ts";
import { overflow, valueError } from "./numeric-error.ts";

export function isLittleEndian(byteorder: string): boolean {
  if (byteorder === "little") return true;
  if (byteorder === "big") return false;
  return valueError("byteorder must be either 'little' or 'big'");
}

export function toBytes(a: Int, length: number, little: boolean, signed: boolean): Uint8Array {
  if (length < 0) valueError("length argument must be non-negative");
  if (a < 0 && !signed) overflow("can't convert negative int to unsigned");
  if (!fits(a, length, signed)) overflow("int too big to convert");
  const bytes = new Uint8Array(length);
  if (typeof a === "number" && length <= 6) writeSmall(bytes, a);
  else writeBig(bytes, BigInt.asUintN(length * 8, BigInt(a)));
  return little ? bytes : bytes.reverse();
}

function fits(a: Int, length: number, signed: boolean): boolean {
  if (a === 0) return true;
  const magnitude = a < 0 ? abs(typeof a === "number" ? a + 1 : a + 1n) : a;
  return bitLength(magnitude) + (signed ? 1 : 0) <= length * 8 && length > 0;
}

function writeSmall(bytes: Uint8Array, a: number): void {
  let x = a;
  for (let i = 0; i < bytes.length; i++) {
    const byte = ((x % 256) + 256) % 256;
    bytes[i] = byte;
    x = (x - byte) / 256;
  }
}

function writeBig(bytes: Uint8Array, a: bigint): void {
  const text = a.toString(16);
  for (let i = 0, end = text.length; end > 0; i++, end -= 2) {
    bytes[i] = Number.parseInt(text.slice(Math.max(0, end - 2), end), 16);
  }
}

const HEX = Array.from({ length: 256 }, (_, i) => (i + 256).toString(16).slice(1));

export function fromBytes(bytes: Uint8Array, little: boolean, signed: boolean): Int {
  const n = bytes.length;
  if (n <= 6) {
    let x = 0;
    for (let i = 0; i < n; i++) x = x * 256 + bytes[little ? n - 1 - i : i];
    return signed && n > 0 && x >= 2 ** (8 * n - 1) ? x - 2 ** (8 * n) : x;
  }
  const parts: string[] = new Array(n);
  for (let i = 0; i < n; i++) parts[i] = HEX[bytes[little ? n - 1 - i : i]];
  const x = BigInt(`0x${parts.join("")}`);
  return canonical(signed ? BigInt.asIntN(8 * n, x) : x);
}
