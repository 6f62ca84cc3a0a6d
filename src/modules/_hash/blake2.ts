/** The module `_blake2`: BLAKE2b and BLAKE2s with all of RFC 7693's and the BLAKE2 paper's parameters. */
import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { EXC, type Exc, type Int, type KwNames, type PyType, type Result, type Value } from "../../objects/core.ts";
import { newModule, parseArgs, signature } from "../../objects/define.ts";
import { overflowError, valueError } from "../../objects/errors.ts";
import { bytesLikeArray } from "../../objects/buffer.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { isTrue } from "../../objects/protocol/object.ts";
import { asInt } from "../support/arguments.ts";
import { algorithmOf, type State } from "./algorithms.ts";
import { LastNodeState } from "./blake2-last-node.ts";
import { eitherData, newHashType, PyHash, updateHash } from "./hash-object.ts";

interface Variant {
  readonly name: "blake2b" | "blake2s";
  readonly title: string;
  readonly digest: number;
  readonly salt: number;
}
const B: Variant = { name: "blake2b", title: "Blake2b", digest: 64, salt: 16 };
const S: Variant = { name: "blake2s", title: "Blake2s", digest: 32, salt: 8 };

const SIG = signature(
  "(data=b'', *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=None)",
);

/** An unsigned parameter below `limit`. */
function unsigned(value: Value | undefined, limit: bigint, name: string): Int | Exc {
  if (value === undefined) return 0;
  const int = asIndex(value);
  if (int === EXC) return EXC;
  if (int < 0) return valueError("Cannot convert negative int");
  if (BigInt(int) >= 2n ** 64n) return overflowError("Python int too large for C unsigned long long");
  return BigInt(int) >= limit ? overflowError(`${name} is too large`) : int;
}

function small(value: Value | undefined, byDefault: number, low: number, high: number, message: string): number | Exc {
  if (value === undefined) return byDefault;
  const int = asInt(value);
  if (int === EXC) return EXC;
  return int < low || int > high ? valueError(message) : int;
}

function padded(value: Value | undefined, size: number, message: string): Uint8Array | undefined | Exc {
  if (value === undefined) return undefined;
  const array = bytesLikeArray(value);
  if (array === EXC) return EXC;
  if (array.length > size) return valueError(message);
  if (array.length === 0) return undefined;
  const result = new Uint8Array(size);
  result.set(array);
  return result;
}

/** The library's chaining value, which its types hide: 32-bit words, low half first. */
interface Chaining {
  get(): number[];
  set(...words: number[]): void;
}

function blake2New(variant: Variant, cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(SIG, variant.name, args, kwnames);
  if (bound === EXC) return EXC;
  const given = bound as (Value | undefined)[];
  const input = eitherData(given[0], given[13]);
  if (input === EXC) return EXC;
  const digestSize = given[1] === undefined ? variant.digest : asInt(given[1]);
  if (digestSize === EXC) return EXC;
  if (digestSize <= 0 || digestSize > variant.digest)
    return valueError(
      `digest_size for ${variant.title} must be between 1 and ${variant.digest} bytes, here it is ${digestSize}`,
    );
  const salt = padded(given[3], variant.salt, `maximum salt length is ${variant.salt} bytes`);
  if (salt === EXC) return EXC;
  const person = padded(given[4], variant.salt, `maximum person length is ${variant.salt} bytes`);
  if (person === EXC) return EXC;
  const fanout = small(given[5], 1, 0, 255, "fanout must be between 0 and 255");
  if (fanout === EXC) return EXC;
  const depth = small(given[6], 1, 1, 255, "depth must be between 1 and 255");
  if (depth === EXC) return EXC;
  const leafSize = unsigned(given[7], 2n ** 32n, "leaf_size");
  if (leafSize === EXC) return EXC;
  const nodeOffset = unsigned(given[8], variant === B ? 2n ** 64n : 2n ** 48n, "node_offset");
  if (nodeOffset === EXC) return EXC;
  const nodeDepth = small(given[9], 0, 0, 255, "node_depth must be between 0 and 255");
  if (nodeDepth === EXC) return EXC;
  const innerSize = small(given[10], 0, 0, variant.digest, `inner_size must be between 0 and is ${variant.digest}`);
  if (innerSize === EXC) return EXC;
  const lastNode = given[11] === undefined ? false : isTrue(given[11]);
  if (lastNode === EXC) return EXC;
  const givenKey = given[2] === undefined ? new Uint8Array(0) : bytesLikeArray(given[2]);
  if (givenKey === EXC) return EXC;
  if (givenKey.length > variant.digest) return valueError(`maximum key length is ${variant.digest} bytes`);
  const key = givenKey.length === 0 ? undefined : givenKey;
  const make = variant === B ? blake2b : blake2s;
  const hash = make.create({ dkLen: digestSize, key, salt, personalization: person });
  const words = treeWords(variant, fanout, depth, leafSize, nodeOffset, nodeDepth, innerSize);
  if (words.some((word) => word !== 0)) {
    // The parameter block is XORed into the initial chaining value, which nothing has been mixed into yet.
    const chaining = hash as unknown as Chaining;
    chaining.set(...chaining.get().map((word, i) => word ^ (words[i] ?? 0)));
  }
  const state = hash as unknown as State;
  const final = lastNode ? new LastNodeState(state, variant === B ? 64 : 32) : state;
  const self = new PyHash(cls, algorithmOf(variant.name), final, digestSize);
  if (input !== undefined && updateHash(self, input) === EXC) return EXC;
  return self;
}

/** The words of the parameter block that describe a tree, as differences from sequential hashing. */
function treeWords(
  variant: Variant,
  fanout: number,
  depth: number,
  leafSize: Int,
  nodeOffset: Int,
  nodeDepth: number,
  innerSize: number,
): number[] {
  const offset = BigInt(nodeOffset);
  const low = Number(offset & 0xffffffffn);
  const high = Number(offset >> 32n);
  const first = ((fanout ^ 1) << 16) | ((depth ^ 1) << 24);
  if (variant === B) return [first, Number(leafSize), low, high, nodeDepth | (innerSize << 8)];
  return [first, Number(leafSize), low, high | (nodeDepth << 16) | (innerSize << 24)];
}

/* @__NO_SIDE_EFFECTS__ */
function blake2Type(variant: Variant): PyType {
  return newHashType(variant.name, {
    module: "_blake2",
    updateText: "($self, data, /)",
    more: {
      flags: 0,
      textSignature: `(data=b'', *, digest_size=_blake2.${variant.name}.MAX_DIGEST_SIZE,\n        key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n        node_offset=0, node_depth=0, inner_size=0, last_node=False,\n        usedforsecurity=True, string=None)`,
      slots: { tp_new: (cls: PyType, args: Value[], kwnames: KwNames) => blake2New(variant, cls, args, kwnames) },
      attributes: () => ({
        SALT_SIZE: variant.salt,
        PERSON_SIZE: variant.salt,
        MAX_KEY_SIZE: variant.digest,
        MAX_DIGEST_SIZE: variant.digest,
      }),
    },
  });
}

const blake2bType = blake2Type(B);
const blake2sType = blake2Type(S);

export const blake2Module = newModule("_blake2", {
  attributes: () => ({
    blake2b: blake2bType,
    blake2s: blake2sType,
    BLAKE2B_SALT_SIZE: B.salt,
    BLAKE2B_PERSON_SIZE: B.salt,
    BLAKE2B_MAX_KEY_SIZE: B.digest,
    BLAKE2B_MAX_DIGEST_SIZE: B.digest,
    BLAKE2S_SALT_SIZE: S.salt,
    BLAKE2S_PERSON_SIZE: S.salt,
    BLAKE2S_MAX_KEY_SIZE: S.digest,
    BLAKE2S_MAX_DIGEST_SIZE: S.digest,
    _GIL_MINSIZE: 2048,
  }),
});
