/** The module `_hashlib`: what OpenSSL provides to CPython's `hashlib` and `hmac`. */
import { shortName } from "../../objects/type/short-name.ts";
import { hmac } from "@noble/hashes/hmac.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { bytesLikeArray, hasBuffer } from "../../objects/buffer.ts";
import { PyBuiltin } from "../../objects/builtin.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import {
  BASETYPE,
  DISALLOW_INSTANTIATION,
  EXC,
  type Exc,
  HAS_DICT,
  PyObject,
  type Result,
  type Value,
} from "../../objects/core.ts";
import { fn, getset, method, newModule, newType } from "../../objects/define.ts";
import { raise, typeError, valueError } from "../../objects/errors.ts";
import { valueErrorType } from "../../objects/exceptions/types.ts";
import type { NativeDef } from "../../objects/native.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { idText } from "../../objects/protocol/object.ts";
import { newDict } from "../../objects/dict.ts";
import { newMappingProxy } from "../../objects/mapping-proxy.ts";
import { newFrozenset } from "../../objects/set.ts";
import { typeOf } from "../../objects/types.ts";
import { strValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import { hexDigits } from "../../objects/bytes/hex.ts";
import { latin1FromArray } from "../../objects/bytes.ts";
import { type Algorithm, ALGORITHMS, algorithmOf, findAlgorithm, type State } from "./algorithms.ts";
import { digestMethods, hashInput, newHashType, type PyHash, startHash } from "./hash-object.ts";

const unsupportedType = newType("UnsupportedDigestmodError", {
  module: "_hashlib",
  base: valueErrorType,
  flags: BASETYPE | HAS_DICT,
});
const unsupported = (): Exc => raise(unsupportedType, "[digital envelope routines] unsupported");

const hashRepr = (self: PyHash): Result =>
  `<${self.algorithm.name} _hashlib.${shortName(typeOf(self))} object @ 0x${idText(self)}>`;

const hashType = newHashType("HASH", {
  module: "_hashlib",
  more: { slots: { tp_new: null, tp_repr: hashRepr }, flags: BASETYPE | DISALLOW_INSTANTIATION },
});
const hashXofType = newHashType("HASHXOF", {
  module: "_hashlib",
  isXof: true,
  more: { base: hashType, slots: { tp_new: null }, methods: () => digestMethods(true) },
});

const start = (algorithm: Algorithm, data?: Value, string?: Value): Result =>
  startHash(algorithm.isXof ? hashXofType : hashType, algorithm, data, string);

const CONSTRUCTOR = "($module, /, data=b'', *, usedforsecurity=True, string=None)";
const CONSTRUCTED = [
  "md5",
  "sha1",
  "sha224",
  "sha256",
  "sha384",
  "sha512",
  "sha3_224",
  "sha3_256",
  "sha3_384",
  "sha3_512",
  "shake_128",
  "shake_256",
];
function constructors(): Record<string, NativeDef> {
  const result: Record<string, NativeDef> = {};
  for (const name of CONSTRUCTED) {
    const algorithm = algorithmOf(name);
    result[`openssl_${name}`] = fn(CONSTRUCTOR, (data?: Value, _secure?: Value, string?: Value) =>
      start(algorithm, data, string),
    );
  }
  return result;
}

/** The algorithm that a `digestmod` argument means: a name, or one of our constructors. */
function digestmod(value: Value): Algorithm | Exc {
  const text = strValue(value);
  if (text !== undefined) return findAlgorithm(String(text)) ?? unsupported();
  if (value instanceof PyBuiltin && value.module === "_hashlib" && value.def.name.startsWith("openssl_"))
    return algorithmOf(value.def.name.slice("openssl_".length));
  return raise(unsupportedType, `Unsupported digestmod ${typeOf(value).name}`);
}

function newHash(name: Value, data: Value | undefined, _secure: Value | undefined, string: Value | undefined): Result {
  const text = strValue(name);
  if (text === undefined) return typeError(`new() argument 'name' must be str, not ${typeOf(name).name}`);
  const algorithm = findAlgorithm(String(text));
  return algorithm === undefined ? unsupported() : start(algorithm, data, string);
}

class PyHmac extends PyObject {
  constructor(
    readonly algorithm: Algorithm,
    readonly state: State,
  ) {
    super(hmacType.shapes);
  }
}
const hmacType = newType("HMAC", {
  module: "_hashlib",
  flags: DISALLOW_INSTANTIATION,
  slots: {
    tp_new: null,
    tp_repr: (self: PyHmac): Result => `<${self.algorithm.name} HMAC object @ 0x${idText(self)}>`,
  },
  methods: () => ({
    update: method("($self, /, msg)", (self: PyHmac, msg: Value) => {
      const array = hashInput(msg);
      if (array === EXC) return EXC;
      self.state.update(array);
      return null;
    }),
    digest: method("($self, /)", (self: PyHmac) => bytesFromArray(self.state.clone().digest())),
    hexdigest: method("($self, /)", (self: PyHmac) => hexDigits(latin1FromArray(self.state.clone().digest()))),
    copy: method("($self, /)", (self: PyHmac) => new PyHmac(self.algorithm, self.state.clone())),
  }),
  getset: () => ({
    name: getset((self: PyHmac) => `hmac-${self.algorithm.name}`),
    digest_size: getset((self: PyHmac) => self.algorithm.digestSize),
    block_size: getset((self: PyHmac) => self.algorithm.blockSize),
  }),
});

function hmacNew(key: Value, msg: Value | undefined, digest: Value | undefined): Result {
  if (digest === undefined || digest === null) return typeError("Missing required parameter 'digestmod'.");
  const algorithm = digestmod(digest);
  if (algorithm === EXC) return EXC;
  const keyArray = bytesLikeArray(key);
  if (keyArray === EXC) return EXC;
  const state = hmac.create(algorithm.hash, keyArray) as unknown as State;
  if (msg !== undefined && msg !== null) {
    const array = hashInput(msg);
    if (array === EXC) return EXC;
    state.update(array);
  }
  return new PyHmac(algorithm, state);
}

function hmacDigest(key: Value, msg: Value, digest: Value): Result {
  const algorithm = digestmod(digest);
  if (algorithm === EXC) return EXC;
  const keyArray = bytesLikeArray(key);
  if (keyArray === EXC) return EXC;
  const array = bytesLikeArray(msg);
  return array === EXC ? EXC : bytesFromArray(hmac(algorithm.hash, keyArray, array));
}

function pbkdf2Hmac(name: Value, password: Value, salt: Value, iterations: Value, dklen: Value | undefined): Result {
  const text = strValue(name);
  if (text === undefined) return typeError(`pbkdf2_hmac() argument 'hash_name' must be str, not ${typeOf(name).name}`);
  const passwordArray = bytesLikeArray(password);
  if (passwordArray === EXC) return EXC;
  const saltArray = bytesLikeArray(salt);
  if (saltArray === EXC) return EXC;
  const rounds = asIndex(iterations);
  if (rounds === EXC) return EXC;
  const algorithm = findAlgorithm(String(text));
  if (algorithm === undefined) return unsupported();
  if (rounds < 1) return valueError("iteration value must be greater than 0.");
  if (rounds > 0x7fffffff) return valueError("iteration value is too great.");
  let size: number | Exc = algorithm.digestSize;
  if (dklen !== undefined && dklen !== null) size = asSsize(dklen);
  if (size === EXC) return EXC;
  if (size < 1) return valueError("key length must be greater than 0.");
  return bytesFromArray(pbkdf2(algorithm.hash, passwordArray, saltArray, { c: Number(rounds), dkLen: size }));
}

/** OpenSSL's limit when `maxmem` is 0. */
const SCRYPT_MEMORY = 32 * 1024 * 1024;

function scryptFunction(
  password: Value,
  salt: Value,
  n: Value,
  r: Value,
  p: Value,
  maxmem: Value | undefined,
  dklen: Value | undefined,
): Result {
  const passwordArray = bytesLikeArray(password);
  if (passwordArray === EXC) return EXC;
  const saltArray = bytesLikeArray(salt);
  if (saltArray === EXC) return EXC;
  const numbers: number[] = [];
  for (const value of [n, r, p, maxmem === undefined ? 0 : maxmem, dklen === undefined ? 64 : dklen]) {
    const number = asSsize(value);
    if (number === EXC) return EXC;
    numbers.push(number);
  }
  const [N, R, P, memory, size] = numbers;
  if (N < 2 || !Number.isInteger(Math.log2(N))) return valueError("n must be a power of 2.");
  if (memory < 0 || memory > 0x7fffffff) return valueError("maxmem must be positive and smaller than 2147483647");
  if (size < 1 || size > 0x7fffffff) return valueError("dklen must be greater than 0 and smaller than 2147483647");
  if (R < 1 || P < 1) return valueError("Invalid parameter combination for n, r, p, maxmem.");
  if (128 * R * (N + P) > (memory === 0 ? SCRYPT_MEMORY : memory))
    return valueError("[digital envelope routines] memory limit exceeded");
  return bytesFromArray(scrypt(passwordArray, saltArray, { N, r: R, p: P, dkLen: size, maxmem: 2 ** 31 }));
}

/** In the time it takes for all of `b`, whatever `a` is: as far as JavaScript can promise that. */
function compareDigest(a: Value, b: Value): Result {
  const aText = strValue(a);
  const bText = strValue(b);
  if (aText !== undefined && bText !== undefined) {
    const left = String(aText);
    const right = String(bText);
    if (/[^\0-\x7f]/.test(left + right))
      return typeError("comparing strings with non-ASCII characters is not supported");
    return sameUnits(
      left.length,
      right.length,
      (i) => left.charCodeAt(i),
      (i) => right.charCodeAt(i),
    );
  }
  if (!hasBuffer(a) && !hasBuffer(b))
    return typeError(
      `unsupported operand types(s) or combination of types: '${typeOf(a).name}' and '${typeOf(b).name}'`,
    );
  const left = bytesLikeArray(a);
  if (left === EXC) return EXC;
  const right = bytesLikeArray(b);
  if (right === EXC) return EXC;
  return sameUnits(
    left.length,
    right.length,
    (i) => left[i],
    (i) => right[i],
  );
}
function sameUnits(m: number, n: number, a: (i: number) => number, b: (i: number) => number): boolean {
  let difference = m ^ n;
  for (let i = 0; i < n; i++) difference |= a(m === 0 ? 0 : i % m) ^ b(i);
  return difference === 0;
}

function methodNames(): Value {
  const names = newFrozenset();
  for (const name of ALGORITHMS.keys()) names.add(name);
  return names;
}

export const hashlibModule = newModule("_hashlib", {
  doc: "Hash functions beyond the always available ones, and what is built on them.",
  functions: () => ({
    ...constructors(),
    new: fn("($module, /, name, data=b'', *, usedforsecurity=True, string=None)", newHash),
    hmac_new: fn("($module, /, key, msg=b'', digestmod=None)", hmacNew),
    hmac_digest: fn("($module, /, key, msg, digest)", hmacDigest),
    pbkdf2_hmac: fn("($module, /, hash_name, password, salt, iterations,\n            dklen=None)", pbkdf2Hmac),
    scrypt: fn("($module, /, password, *, salt, n, r, p, maxmem=0, dklen=64)", scryptFunction),
    compare_digest: fn("($module, a, b, /)", compareDigest),
    get_fips_mode: fn("($module, /)", () => 0),
  }),
  attributes: () => ({
    HASH: hashType,
    HASHXOF: hashXofType,
    HMAC: hmacType,
    UnsupportedDigestmodError: unsupportedType,
    openssl_md_meth_names: methodNames(),
    _GIL_MINSIZE: 2048,
  }),
  exec: (module) => {
    const names = newDict();
    for (const name of CONSTRUCTED) {
      const made = module.dict.getStr(`openssl_${name}`) as Value;
      if (names.set(made, name) === EXC) return EXC;
    }
    module.dict.setStr("_constructors", newMappingProxy(names));
    return null;
  },
});
