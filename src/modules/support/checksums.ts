/** Checksums: CRC-32 (binascii, zlib), CRC-CCITT (binascii.crc_hqx) and Adler-32 (zlib). */

import { foldBlocks } from "../../objects/blocks.ts";

/** Eight tables of 256: the n-th carries a byte over n further ones, so that eight bytes are done in one step. */
const CRC32 = crc32Tables();

/* @__NO_SIDE_EFFECTS__ */
function crc32Tables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    tables[n] = c;
  }
  for (let n = 256; n < tables.length; n++) tables[n] = (tables[n - 256] >>> 8) ^ tables[tables[n - 256] & 255];
  return tables;
}

/** CRC-32 of `data`, going on from `crc`. */
export function crc32(data: Uint8Array, crc = 0): number {
  return ~foldBlocks(data.length, ~crc, (c, from, to) => crc32Block(data, c, from, to)) >>> 0;
}
function crc32Block(data: Uint8Array, crc: number, from: number, to: number): number {
  let c = crc;
  let i = from;
  for (; i + 8 <= to; i += 8)
    c =
      CRC32[1792 + ((c ^ data[i]) & 255)] ^
      CRC32[1536 + (((c >>> 8) ^ data[i + 1]) & 255)] ^
      CRC32[1280 + (((c >>> 16) ^ data[i + 2]) & 255)] ^
      CRC32[1024 + ((c >>> 24) ^ data[i + 3])] ^
      CRC32[768 + data[i + 4]] ^
      CRC32[512 + data[i + 5]] ^
      CRC32[256 + data[i + 6]] ^
      CRC32[data[i + 7]];
  for (; i < to; i++) c = (c >>> 8) ^ CRC32[(c ^ data[i]) & 255];
  return c;
}

/** CRC-CCITT with polynomial 0x1021, going on from `crc`. */
export function crcHqx(data: Uint8Array, crc: number): number {
  return foldBlocks(data.length, crc & 0xffff, (c, from, to) => crcHqxBlock(data, c, from, to));
}
function crcHqxBlock(data: Uint8Array, crc: number, from: number, to: number): number {
  let c = crc;
  for (let i = from; i < to; i++) {
    c ^= data[i] << 8;
    for (let bit = 0; bit < 8; bit++) c = (c & 0x8000) !== 0 ? ((c << 1) ^ 0x1021) & 0xffff : (c << 1) & 0xffff;
  }
  return c;
}

/** Adler-32 of `data`, going on from `value`. */
export function adler32(data: Uint8Array, value = 1): number {
  return foldBlocks(data.length, value, (state, from, to) => adlerBlock(data, state, from, to)) >>> 0;
}
function adlerBlock(data: Uint8Array, value: number, from: number, to: number): number {
  let a = value & 0xffff;
  let b = (value >>> 16) & 0xffff;
  for (let i = from; i < to; ) {
    // 3800 steps are as many as keep b below 2**31.
    const stop = Math.min(i + 3800, to);
    for (; i < stop; i++) {
      a += data[i];
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return (b << 16) | a;
}
