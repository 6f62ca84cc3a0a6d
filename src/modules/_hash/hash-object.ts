/** Hash objects: one JavaScript class for all of Python's hash types, and what their types have in common. */
import { getBuffer, hasBuffer } from "../../objects/buffer.ts";
import { bytesFromArray } from "../../objects/bytes.ts";
import {
  DISALLOW_INSTANTIATION,
  EXC,
  type Exc,
  PyObject,
  type PyType,
  type Result,
  type Status,
  type Value,
} from "../../objects/core.ts";
import { getset, method, newType, type TypeSpec } from "../../objects/define.ts";
import { memoryError, overflowError, raise, systemError, typeError, valueError } from "../../objects/errors.ts";
import { bufferErrorType } from "../../objects/exceptions/types.ts";
import type { NativeDef } from "../../objects/native.ts";
import { asIndex } from "../../objects/protocol/convert.ts";
import { strValue } from "../../objects/values.ts";
import { asSsize } from "../support/arguments.ts";
import { hexDigits } from "../../objects/bytes/hex.ts";
import { latin1FromArray } from "../../objects/bytes.ts";
import type { Algorithm, State } from "./algorithms.ts";

export class PyHash extends PyObject {
  constructor(
    cls: PyType,
    readonly algorithm: Algorithm,
    readonly state: State,
    readonly digestSize: number = algorithm.digestSize,
  ) {
    super(cls.shapes);
  }
  digest(): Uint8Array {
    return this.state.clone().digest();
  }
}

/** The memory of an argument to be hashed; errors are hashlib's own. */
export function hashInput(data: Value): Uint8Array | Exc {
  if (strValue(data) !== undefined) return typeError("Strings must be encoded before hashing");
  if (!hasBuffer(data)) return typeError("object supporting the buffer API required");
  const buffer = getBuffer(data);
  if (buffer === EXC) return EXC;
  const array =
    buffer.shapeOf.length > 1 ? raise(bufferErrorType, "Buffer must be single dimension") : buffer.toArray();
  buffer.release();
  return array;
}

/** The one of `data` and its old name `string` that is given. */
export function eitherData(data: Value | undefined, string: Value | undefined): Value | undefined | Exc {
  if (string === undefined || string === null) return data;
  if (data === undefined) return string;
  return typeError(
    "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.",
  );
}

export function updateHash(self: { state: State }, data: Value): Status {
  const array = hashInput(data);
  if (array === EXC) return EXC;
  self.state.update(array);
  return null;
}

/** A new hash object, fed with `data` when given. */
export function startHash(
  cls: PyType,
  algorithm: Algorithm,
  data: Value | undefined,
  string: Value | undefined,
): Result {
  const input = eitherData(data, string);
  if (input === EXC) return EXC;
  const self = new PyHash(cls, algorithm, algorithm.create());
  if (input !== undefined && updateHash(self, input) === EXC) return EXC;
  return self;
}

const hex = (data: Uint8Array): Value => hexDigits(latin1FromArray(data));

/** The length of an extendable output: OpenSSL's objects and our own have different limits. */
function outputLength(self: PyHash, length: Value): number | Exc {
  if (self.shape.cls.name.includes("HASHXOF")) {
    const size = asSsize(length);
    if (size === EXC || size >= 0) return size;
    return systemError("Negative size passed to PyBytes_FromStringAndSize");
  }
  const size = asIndex(length);
  if (size === EXC) return EXC;
  if (size < 0) return valueError("Cannot convert negative int");
  if (size >= 2n ** 64n) return overflowError("Python int too large for C unsigned long");
  return size >= 2 ** 29 ? valueError("length is too large") : Number(size);
}

function xofOutput(self: PyHash, length: Value): Uint8Array | Exc {
  const size = outputLength(self, length);
  if (size === EXC) return EXC;
  if (size === 0) return new Uint8Array(0);
  if (size > 2 ** 32) return memoryError();
  return (self.state.clone() as Required<State>).xof(size);
}

export function digestMethods(isXof: boolean): Record<string, NativeDef> {
  if (isXof) {
    return {
      digest: method("($self, /, length)", (self: PyHash, length: Value) => {
        const output = xofOutput(self, length);
        return output === EXC ? EXC : bytesFromArray(output);
      }),
      hexdigest: method("($self, /, length)", (self: PyHash, length: Value) => {
        const output = xofOutput(self, length);
        return output === EXC ? EXC : hex(output);
      }),
    };
  }
  return {
    digest: method("($self, /)", (self: PyHash) => bytesFromArray(self.digest()), "The digest as bytes."),
    hexdigest: method("($self, /)", (self: PyHash) => hex(self.digest()), "The digest in hexadecimal digits."),
  };
}

export interface HashTypeSpec {
  module: string;
  /** Extra entries for the spec of the type. */
  more?: Partial<TypeSpec>;
  isXof?: boolean;
  updateText?: string;
  getsets?: TypeSpec["getset"];
}

/** A type whose instances are `PyHash`es. */
/* @__NO_SIDE_EFFECTS__ */
export function newHashType(name: string, spec: HashTypeSpec): PyType {
  const isXof = spec.isXof ?? false;
  return newType(name, {
    module: spec.module,
    flags: DISALLOW_INSTANTIATION,
    slots: { tp_new: null },
    methods: () => ({
      update: method(spec.updateText ?? "($self, obj, /)", updateHash, "Feeds the hash with a bytes-like object."),
      copy: method(
        "($self, /)",
        (self: PyHash) => new PyHash(self.shape.cls, self.algorithm, self.state.clone(), self.digestSize),
        "A copy of the hash object.",
      ),
      ...digestMethods(isXof),
    }),
    getset: () => ({
      name: getset((self: PyHash) => self.algorithm.name),
      digest_size: getset((self: PyHash) => self.digestSize),
      block_size: getset((self: PyHash) => self.algorithm.blockSize),
      ...spec.getsets?.(),
    }),
    ...spec.more,
  });
}
