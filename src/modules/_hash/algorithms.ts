/** The hash functions, by Python's names, over the library that computes them. */
import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from "@noble/hashes/sha3.js";
import type { CHash } from "@noble/hashes/utils.js";

/** A hash being computed. */
export interface State {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): State;
  /** Extendable-output functions only. */
  xof?(size: number): Uint8Array;
}

export interface Algorithm {
  readonly name: string;
  readonly digestSize: number;
  readonly blockSize: number;
  readonly isXof: boolean;
  readonly hash: CHash;
  create(): State;
}

function algorithm(name: string, hash: CHash, isXof = false): Algorithm {
  return {
    name,
    digestSize: isXof ? 0 : hash.outputLen,
    blockSize: hash.blockLen,
    isXof,
    hash,
    create: () => hash.create() as State,
  };
}

export const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map(
  [
    algorithm("md5", md5),
    algorithm("sha1", sha1),
    algorithm("sha224", sha224),
    algorithm("sha256", sha256),
    algorithm("sha384", sha384),
    algorithm("sha512", sha512),
    algorithm("sha512_224", sha512_224),
    algorithm("sha512_256", sha512_256),
    algorithm("ripemd160", ripemd160),
    algorithm("sha3_224", sha3_224),
    algorithm("sha3_256", sha3_256),
    algorithm("sha3_384", sha3_384),
    algorithm("sha3_512", sha3_512),
    algorithm("shake_128", shake128 as unknown as CHash, true),
    algorithm("shake_256", shake256 as unknown as CHash, true),
    algorithm("blake2b", blake2b as unknown as CHash),
    algorithm("blake2s", blake2s as unknown as CHash),
  ].map((one) => [one.name, one]),
);

export const algorithmOf = (name: string): Algorithm => ALGORITHMS.get(name) as Algorithm;

/** OpenSSL's other names for them, in lower case. */
const ALIASES: Readonly<Record<string, string>> = {
  "sha-1": "sha1",
  "sha2-224": "sha224",
  "sha2-256": "sha256",
  "sha2-384": "sha384",
  "sha2-512": "sha512",
  "sha-224": "sha224",
  "sha-256": "sha256",
  "sha-384": "sha384",
  "sha-512": "sha512",
  "sha512-224": "sha512_224",
  "sha512-256": "sha512_256",
  "sha3-224": "sha3_224",
  "sha3-256": "sha3_256",
  "sha3-384": "sha3_384",
  "sha3-512": "sha3_512",
  shake128: "shake_128",
  shake256: "shake_256",
  "shake-128": "shake_128",
  "shake-256": "shake_256",
  blake2b512: "blake2b",
  blake2s256: "blake2s",
  "blake2b-512": "blake2b",
  "blake2s-256": "blake2s",
  rmd160: "ripemd160",
};

/** The algorithm that `hashlib.new(name)` means. */
export function findAlgorithm(name: string): Algorithm | undefined {
  const lower = name.toLowerCase();
  return ALGORITHMS.get(Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : lower);
}
