/** `int.to_bytes` and `int.from_bytes`, with Latin-1 strings for bytes. */
import { abs, bitLength, canonical, type Int } from "./int-math.ts";
import { overflow, valueError } from "./numeric-error.ts";

export function isLittleEndian(byteorder: string): boolean {
  if (byteorder === "little") return true;
  if (byteorder === "big") return false;
  return valueError("byteorder must be either 'little' or 'big'");
}

/** Bytes that surely make a safe integer; more are read by their hexadecimal text. */
const SMALL = 6;
/** Bytes that a safe integer may have. */
const WIDEST = 7;
/** As many arguments as a call takes without trouble. */
const CHUNK = 8192;

export function toBytes(a: Int, length: number, little: boolean, signed: boolean): string {
  if (length < 0) valueError("length argument must be non-negative");
  if (a < 0 && !signed) overflow("can't convert negative int to unsigned");
  if (!fits(a, length, signed)) overflow("int too big to convert");
  return typeof a === "number" ? numberBytes(a, length, little) : bigBytes(a, length, little);
}

function fits(a: Int, length: number, signed: boolean): boolean {
  if (a === 0) return true;
  const magnitude = a < 0 ? abs(typeof a === "number" ? a + 1 : a + 1n) : a;
  return bitLength(magnitude) + (signed ? 1 : 0) <= length * 8 && length > 0;
}

function numberBytes(a: number, length: number, little: boolean): string {
  let text = "";
  let x = a;
  for (let i = 0; i < length && i < WIDEST; i++) {
    const byte = ((x % 256) + 256) % 256;
    x = (x - byte) / 256;
    const unit = String.fromCharCode(byte);
    text = little ? text + unit : unit + text;
  }
  const rest = (a < 0 ? "\xff" : "\0").repeat(length - text.length);
  return little ? text + rest : rest + text;
}

/** What a unit of `toString(16)` means: letters have bit 6, and begin with 1 in their low bits. */
const digit = (unit: number): number => (unit & 15) + (unit >> 6) * 9;

function bigBytes(a: bigint, length: number, little: boolean): string {
  const hex = BigInt.asUintN(length * 8, a)
    .toString(16)
    .padStart(length * 2, "0");
  const units: number[] = [];
  for (let i = 0; i < length; i++) units.push(digit(hex.charCodeAt(i * 2)) * 16 + digit(hex.charCodeAt(i * 2 + 1)));
  if (little) units.reverse();
  let text = "";
  for (let i = 0; i < length; i += CHUNK) text += String.fromCharCode(...units.slice(i, i + CHUNK));
  return text;
}

const HEX = Array.from({ length: 256 }, (_, i) => (i + 256).toString(16).slice(1));

export function fromBytes(bytes: string, little: boolean, signed: boolean): Int {
  const n = bytes.length;
  if (n <= SMALL) {
    let x = 0;
    for (let i = 0; i < n; i++) x = x * 256 + bytes.charCodeAt(little ? n - 1 - i : i);
    return signed && n > 0 && x >= 2 ** (8 * n - 1) ? x - 2 ** (8 * n) : x;
  }
  const parts: string[] = new Array(n);
  for (let i = 0; i < n; i++) parts[i] = HEX[bytes.charCodeAt(little ? n - 1 - i : i)];
  const x = BigInt(`0x${parts.join("")}`);
  return canonical(signed ? BigInt.asIntN(8 * n, x) : x);
}
