/** `importlib.util.source_hash`: SipHash-1-3 as CPython uses it for hash-based .pyc files. Source: PEP 552, Aumasson & Bernstein. */

const MASK = (1n << 64n) - 1n;
const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & MASK;

/** The eight bytes of the hash, one unit each. `key` is the first half of SipHash's key, the other is zero. */
export function siphash13(key: bigint, data: Uint8Array): string {
  let v0 = key ^ 0x736f6d6570736575n;
  let v1 = 0x646f72616e646f6dn;
  let v2 = key ^ 0x6c7967656e657261n;
  let v3 = 0x7465646279746573n;
  const round = (): void => {
    v0 = (v0 + v1) & MASK;
    v1 = rotate(v1, 13n) ^ v0;
    v0 = rotate(v0, 32n);
    v2 = (v2 + v3) & MASK;
    v3 = rotate(v3, 16n) ^ v2;
    v0 = (v0 + v3) & MASK;
    v3 = rotate(v3, 21n) ^ v0;
    v2 = (v2 + v1) & MASK;
    v1 = rotate(v1, 17n) ^ v2;
    v2 = rotate(v2, 32n);
  };
  const absorb = (word: bigint): void => {
    v3 ^= word;
    round();
    v0 ^= word;
  };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const whole = data.length - (data.length % 8);
  for (let i = 0; i < whole; i += 8) absorb(view.getBigUint64(i, true));
  let last = BigInt(data.length & 0xff) << 56n;
  for (let i = whole; i < data.length; i++) last |= BigInt(data[i]) << BigInt(8 * (i - whole));
  absorb(last);
  v2 ^= 0xffn;
  for (let i = 0; i < 3; i++) round();
  const hash = v0 ^ v1 ^ v2 ^ v3;
  let text = "";
  for (let i = 0n; i < 64n; i += 8n) text += String.fromCharCode(Number((hash >> i) & 0xffn));
  return text;
}
