/**
 * The end of a BLAKE2 hash that is the last node of its level in a tree (BLAKE2 paper, section 2.4): a second
 * finalisation flag, which the library has no parameter for. Only the last block is compressed here (RFC 7693, 3.2).
 */
import type { State } from "./algorithms.ts";

/** What of the library's state the last block needs. */
interface Inner extends State {
  readonly buffer: Uint8Array;
  readonly length: number;
  readonly pos: number;
  readonly outputLen: number;
  clone(): Inner;
  /** The chaining value in 32-bit words, low half first. */
  get(): number[];
}

const SIGMA: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const IV64: readonly bigint[] = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
const COLUMNS: readonly (readonly [number, number, number, number])[] = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

/** A hash whose end is that of a last node. */
export class LastNodeState implements State {
  constructor(
    private readonly inner: State,
    /** 64 for BLAKE2b, 32 for BLAKE2s. */
    private readonly bits: 64 | 32,
  ) {}

  update(data: Uint8Array): void {
    this.inner.update(data);
  }
  clone(): LastNodeState {
    return new LastNodeState(this.inner.clone(), this.bits);
  }

  digest(): Uint8Array {
    const { bits } = this;
    const { buffer, pos, length, outputLen, ...rest } = snapshot(this.inner as Inner);
    const block = buffer.slice();
    block.fill(0, pos);
    const bytes = bits / 8;
    const message = Array.from({ length: 16 }, (_, i) => littleEndian(block.subarray(i * bytes, (i + 1) * bytes)));
    const chaining = bits === 32 ? rest.words.map((w) => BigInt(w >>> 0)) : pairs(rest.words);
    const final = compressLast(chaining, message, BigInt(length), bits);
    const output = new Uint8Array(8 * bytes);
    final.forEach((word, i) => {
      for (let j = 0; j < bytes; j++) output[i * bytes + j] = Number((word >> BigInt(8 * j)) & 255n);
    });
    return output.slice(0, outputLen);
  }
}

function snapshot(inner: Inner): {
  buffer: Uint8Array;
  pos: number;
  length: number;
  outputLen: number;
  words: number[];
} {
  return { buffer: inner.buffer, pos: inner.pos, length: inner.length, outputLen: inner.outputLen, words: inner.get() };
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  return value;
}

const pairs = (words: readonly number[]): bigint[] =>
  Array.from({ length: 8 }, (_, i) => BigInt(words[i * 2] >>> 0) | (BigInt(words[i * 2 + 1] >>> 0) << 32n));

function compressLast(h: readonly bigint[], m: readonly bigint[], length: bigint, bits: 64 | 32): bigint[] {
  const mask = (1n << BigInt(bits)) - 1n;
  const rotations = bits === 64 ? [32n, 24n, 16n, 63n] : [16n, 12n, 8n, 7n];
  const iv = bits === 64 ? IV64 : IV64.map((word) => word >> 32n);
  const width = BigInt(bits);
  const rotate = (x: bigint, by: bigint): bigint => ((x >> by) | (x << (width - by))) & mask;
  const v = [...h, ...iv];
  v[12] ^= length & mask;
  v[13] ^= length >> width;
  v[14] ^= mask;
  v[15] ^= mask;
  const rounds = bits === 64 ? 12 : 10;
  for (let round = 0; round < rounds; round++) {
    const sigma = SIGMA[round % 10];
    COLUMNS.forEach(([a, b, c, d], i) => {
      v[a] = (v[a] + v[b] + m[sigma[i * 2]]) & mask;
      v[d] = rotate(v[d] ^ v[a], rotations[0]);
      v[c] = (v[c] + v[d]) & mask;
      v[b] = rotate(v[b] ^ v[c], rotations[1]);
      v[a] = (v[a] + v[b] + m[sigma[i * 2 + 1]]) & mask;
      v[d] = rotate(v[d] ^ v[a], rotations[2]);
      v[c] = (v[c] + v[d]) & mask;
      v[b] = rotate(v[b] ^ v[c], rotations[3]);
    });
  }
  return h.map((word, i) => word ^ v[i] ^ v[i + 8]);
}
