/** The modules `_md5`, `_sha1`, `_sha2` and `_sha3`. */
import type { KwNames, PyType, Result, Value } from "../../objects/core.ts";
import { EXC } from "../../objects/core.ts";
import { fn, getset, newModule, parseArgs, signature } from "../../objects/define.ts";
import { newBytes } from "../../objects/bytes.ts";
import { type Algorithm, algorithmOf } from "./algorithms.ts";
import { newHashType, type PyHash, startHash } from "./hash-object.ts";

const GIL_MINSIZE = 2048;
const CONSTRUCTOR = "($module, /, data=b'', *, usedforsecurity=True, string=None)";

const constructor = (type: PyType, algorithm: Algorithm) =>
  fn(CONSTRUCTOR, (data?: Value, _secure?: Value, string?: Value) => startHash(type, algorithm, data, string));

const md5Type = newHashType("md5", { module: "_md5" });
const sha1Type = newHashType("sha1", { module: "_sha1" });
const sha2Types = new Map(
  ["224", "256", "384", "512"].map((size) => [size, newHashType(`SHA${size}Type`, { module: "_sha2" })]),
);

export const md5Module = newModule("_md5", {
  functions: () => ({ md5: constructor(md5Type, algorithmOf("md5")) }),
  attributes: () => ({ MD5Type: md5Type, _GIL_MINSIZE: GIL_MINSIZE }),
});
export const sha1Module = newModule("_sha1", {
  functions: () => ({ sha1: constructor(sha1Type, algorithmOf("sha1")) }),
  attributes: () => ({ SHA1Type: sha1Type, _GIL_MINSIZE: GIL_MINSIZE }),
});
export const sha2Module = newModule("_sha2", {
  functions: () =>
    Object.fromEntries(
      [...sha2Types].map(([size, type]) => [`sha${size}`, constructor(type, algorithmOf(`sha${size}`))]),
    ),
  attributes: () => ({
    ...Object.fromEntries([...sha2Types].map(([size, type]) => [`SHA${size}Type`, type])),
    _GIL_MINSIZE: GIL_MINSIZE,
  }),
});

const SHA3 = signature("(data=b'', *, usedforsecurity=True, string=None)");

/* @__NO_SIDE_EFFECTS__ */
function sha3Type(name: string): PyType {
  const algorithm = algorithmOf(name);
  const rateBits = algorithm.blockSize * 8;
  return newHashType(name, {
    module: "_sha3",
    isXof: algorithm.isXof,
    updateText: "($self, data, /)",
    getsets: () => ({
      _capacity_bits: getset((_self: PyHash) => 1600 - rateBits),
      _rate_bits: getset((_self: PyHash) => rateBits),
      _suffix: getset((_self: PyHash) => newBytes(algorithm.isXof ? "\x1f" : "\x06")),
    }),
    more: {
      flags: 0,
      slots: {
        tp_new: (cls: PyType, args: Value[], kwnames: KwNames): Result => {
          const bound = parseArgs(SHA3, name, args, kwnames);
          return bound === EXC ? EXC : startHash(cls, algorithm, bound[0] as Value, bound[2] as Value);
        },
      },
    },
  });
}

const sha3Types = ["sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256"].map(sha3Type);

export const sha3Module = newModule("_sha3", {
  attributes: () => ({
    ...Object.fromEntries(sha3Types.map((type) => [type.qualname, type])),
    implementation: "generic",
    _GIL_MINSIZE: GIL_MINSIZE,
  }),
});
