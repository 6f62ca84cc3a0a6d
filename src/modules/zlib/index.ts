/** The module `zlib`. */
import { bytesLikeArray, hasBuffer } from "../../objects/buffer.ts";
import { bytesFromArray, emptyBytes, type PyBytes } from "../../objects/bytes.ts";
import {
  BASETYPE,
  EXC,
  type Exc,
  HAS_DICT,
  type KwNames,
  PyObject,
  type PyType,
  type Result,
  type Value,
  DISALLOW_INSTANTIATION,
} from "../../objects/core.ts";
import { fn, method, newModule, newType, parseArgs, signature } from "../../objects/define.ts";
import { raise, raiseArgs, typeError, valueError } from "../../objects/errors.ts";
import { eofErrorType, exceptionType } from "../../objects/exceptions/types.ts";
import { adler32, crc32 } from "../support/checksums.ts";
import { asInt, asSsize, asUint32Mask } from "../support/arguments.ts";
import {
  Deflater,
  Inflater,
  Z_BUF_ERROR,
  Z_FINISH,
  Z_NO_FLUSH,
  Z_STREAM_END,
  Z_SYNC_FLUSH,
  ZlibError,
} from "./streams.ts";

const MAX_WBITS = 15;
const DEF_BUF_SIZE = 16384;
const UNLIMITED = Number.POSITIVE_INFINITY;
const EMPTY = new Uint8Array(0);

const errorType = newType("error", { module: "zlib", base: exceptionType, flags: BASETYPE | HAS_DICT });
const zlibError = (message: string): Exc => raise(errorType, message);

/** Runs code of the streams, whose errors become `zlib.error`. */
function guarded<T>(run: () => T): T | Exc {
  try {
    return run();
  } catch (error) {
    if (error instanceof ZlibError) return zlibError(error.message);
    throw error;
  }
}

function intOr(value: Value | undefined, byDefault: number): number | Exc {
  return value === undefined ? byDefault : asInt(value);
}

function compress(data: Value, level: Value | undefined, wbits: Value | undefined): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const levelNumber = intOr(level, -1);
  if (levelNumber === EXC) return EXC;
  const bits = intOr(wbits, MAX_WBITS);
  if (bits === EXC) return EXC;
  const deflater = Deflater.open(levelNumber, 8, bits, 8, 0, null);
  if (deflater === null) return zlibError("Bad compression level");
  const output = guarded(() => deflater.run(array, Z_FINISH, "while compressing data"));
  return output === EXC ? EXC : bytesFromArray(output);
}

function decompress(data: Value, wbits: Value | undefined, bufsize: Value | undefined): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const bits = intOr(wbits, MAX_WBITS);
  if (bits === EXC) return EXC;
  const size = bufsize === undefined ? DEF_BUF_SIZE : asSsize(bufsize);
  if (size === EXC) return EXC;
  if (size < 0) return valueError("bufsize must be non-negative");
  return guarded(() => {
    const inflater = Inflater.open(bits, null);
    if (inflater === null) throw new ZlibError(-2, "while preparing to decompress data", null);
    const result = inflater.run(array, UNLIMITED, Z_SYNC_FLUSH, "while decompressing data");
    if (result.status !== Z_STREAM_END) throw new ZlibError(Z_BUF_ERROR, "while decompressing data", null);
    return bytesFromArray(result.output);
  });
}

class PyCompress extends PyObject {
  constructor(readonly deflater: Deflater) {
    super(compressType.shapes);
  }
}

function compressobj(...given: (Value | undefined)[]): Result {
  const numbers: number[] = [];
  for (const [i, byDefault] of [-1, 8, MAX_WBITS, 8, 0].entries()) {
    const number = intOr(given[i], byDefault);
    if (number === EXC) return EXC;
    numbers.push(number);
  }
  const zdict = given[5] === undefined ? null : bytesLikeArray(given[5]);
  if (zdict === EXC) return EXC;
  const [level, methodNumber, wbits, memLevel, strategy] = numbers;
  const deflater = Deflater.open(level, methodNumber, wbits, memLevel, strategy, zdict);
  return deflater === null ? valueError("Invalid initialization option") : new PyCompress(deflater);
}

function compressMethod(self: PyCompress, data: Value): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const output = guarded(() => self.deflater.run(array, Z_NO_FLUSH, "while compressing data"));
  return output === EXC ? EXC : bytesFromArray(output);
}
function compressFlush(self: PyCompress, mode: Value | undefined): Result {
  const flush = intOr(mode, Z_FINISH);
  if (flush === EXC) return EXC;
  if (flush === Z_NO_FLUSH) return emptyBytes;
  const output = guarded(() => self.deflater.run(EMPTY, flush, "while flushing"));
  return output === EXC ? EXC : bytesFromArray(output);
}
function compressCopy(self: PyCompress): Result {
  return self.deflater.isOpen ? new PyCompress(self.deflater.copy()) : valueError("Inconsistent stream state");
}

const compressType: PyType = newType("Compress", {
  module: "zlib",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null },
  methods: () => ({
    compress: method("($self, data, /)", compressMethod, "Compresses data; some may be held back."),
    flush: method("($self, mode=zlib.Z_FINISH, /)", compressFlush, "Whatever was held back."),
    copy: method("($self, /)", compressCopy, "A copy of the compression object."),
    __copy__: method("($self, /)", compressCopy),
    __deepcopy__: method("($self, memo, /)", (self: PyCompress, _memo: Value) => compressCopy(self)),
  }),
});

class PyDecompress extends PyObject {
  unusedData: PyBytes = emptyBytes;
  unconsumedTail: PyBytes = emptyBytes;
  eof = false;
  constructor(readonly inflater: Inflater) {
    super(decompressType.shapes);
  }

  /** Notes what is left of the input. */
  keepRest(input: Uint8Array, consumed: number, status: number): void {
    const rest = input.subarray(consumed);
    if (status === Z_STREAM_END) {
      if (rest.length > 0) {
        const joined = new Uint8Array(this.unusedData.latin1.length + rest.length);
        joined.set(this.unusedData.bytes());
        joined.set(rest, this.unusedData.latin1.length);
        this.unusedData = bytesFromArray(joined);
      }
      this.unconsumedTail = emptyBytes;
      this.eof = true;
    } else if (rest.length > 0 || this.unconsumedTail.latin1 !== "") this.unconsumedTail = bytesFromArray(rest);
  }
}

function decompressobj(wbits: Value | undefined, zdict: Value | undefined): Result {
  const bits = intOr(wbits, MAX_WBITS);
  if (bits === EXC) return EXC;
  if (zdict !== undefined && !hasBuffer(zdict)) return typeError("zdict argument must support the buffer protocol");
  const dictionary = zdict === undefined ? null : bytesLikeArray(zdict);
  if (dictionary === EXC) return EXC;
  const inflater = guarded(() =>
    Inflater.open(bits, dictionary === null || dictionary.length === 0 ? null : dictionary.slice()),
  );
  if (inflater === EXC) return EXC;
  return inflater === null ? valueError("Invalid initialization option") : new PyDecompress(inflater);
}

function decompressMethod(self: PyDecompress, data: Value, maxLength: Value | undefined): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const limit = maxLength === undefined ? 0 : asSsize(maxLength);
  if (limit === EXC) return EXC;
  if (limit < 0) return valueError("max_length must be non-negative");
  const result = guarded(() =>
    self.inflater.run(array, limit === 0 ? UNLIMITED : limit, Z_SYNC_FLUSH, "while decompressing data"),
  );
  if (result === EXC) return EXC;
  self.keepRest(array, result.consumed, result.status);
  return bytesFromArray(result.output);
}

function decompressFlush(self: PyDecompress, length: Value | undefined): Result {
  const size = length === undefined ? DEF_BUF_SIZE : asSsize(length);
  if (size === EXC) return EXC;
  if (size <= 0) return valueError("length must be greater than zero");
  const input = self.unconsumedTail.bytes();
  const result = guarded(() => self.inflater.run(input, UNLIMITED, Z_FINISH, "while flushing"));
  if (result === EXC) return EXC;
  self.keepRest(input, result.consumed, result.status);
  return bytesFromArray(result.output);
}

function decompressCopy(self: PyDecompress): Result {
  if (self.eof) return valueError("Inconsistent stream state");
  const twin = new PyDecompress(self.inflater.copy());
  twin.unusedData = self.unusedData;
  twin.unconsumedTail = self.unconsumedTail;
  twin.eof = self.eof;
  return twin;
}

const decompressType: PyType = newType("Decompress", {
  module: "zlib",
  flags: DISALLOW_INSTANTIATION,
  slots: { tp_new: null },
  methods: () => ({
    decompress: method("($self, data, /, max_length=0)", decompressMethod, "Decompresses data, as far as it goes."),
    flush: method("($self, length=zlib.DEF_BUF_SIZE, /)", decompressFlush, "Whatever is left."),
    copy: method("($self, /)", decompressCopy, "A copy of the decompression object."),
    __copy__: method("($self, /)", decompressCopy),
    __deepcopy__: method("($self, memo, /)", (self: PyDecompress, _memo: Value) => decompressCopy(self)),
  }),
  members: () => ({
    unused_data: (self: PyDecompress) => self.unusedData,
    unconsumed_tail: (self: PyDecompress) => self.unconsumedTail,
    eof: (self: PyDecompress) => self.eof,
  }),
});

/** `_ZlibDecompressor`: like the decompressors of bz2 and lzma, keeping its input itself. */
class PyZlibDecompressor extends PyObject {
  pending = EMPTY;
  unusedData: PyBytes = emptyBytes;
  eof = false;
  needsInput = true;
  constructor(
    cls: PyType,
    readonly inflater: Inflater,
  ) {
    super(cls.shapes);
  }
}

const DECOMPRESSOR = signature("(wbits=15, zdict=b'')");
function decompressorNew(cls: PyType, args: Value[], kwnames: KwNames): Result {
  const bound = parseArgs(DECOMPRESSOR, "_ZlibDecompressor", args, kwnames);
  if (bound === EXC) return EXC;
  const made = decompressobj(bound[0] as Value | undefined, bound[1] as Value | undefined);
  return made === EXC ? EXC : new PyZlibDecompressor(cls, (made as PyDecompress).inflater);
}

function decompressorRun(self: PyZlibDecompressor, data: Value, maxLength: Value | undefined): Result {
  const array = bytesLikeArray(data);
  if (array === EXC) return EXC;
  const limit = maxLength === undefined ? -1 : asSsize(maxLength);
  if (limit === EXC) return EXC;
  if (self.eof) return raiseArgs(eofErrorType, "End of stream already reached");
  const input = new Uint8Array(self.pending.length + array.length);
  input.set(self.pending);
  input.set(array, self.pending.length);
  const result = guarded(() =>
    self.inflater.run(input, limit < 0 ? UNLIMITED : limit, Z_SYNC_FLUSH, "while decompressing data"),
  );
  if (result === EXC) return EXC;
  const rest = input.slice(result.consumed);
  self.pending = EMPTY;
  if (result.status === Z_STREAM_END) {
    self.eof = true;
    self.needsInput = false;
    self.unusedData = bytesFromArray(rest);
  } else if (rest.length > 0 || (limit >= 0 && result.output.length === limit)) {
    self.needsInput = false;
    self.pending = rest;
  } else self.needsInput = true;
  return bytesFromArray(result.output);
}

const zlibDecompressorType: PyType = newType("_ZlibDecompressor", {
  module: "zlib",
  doc: "Create a decompressor object for decompressing data incrementally.",
  textSignature: "(wbits=15, zdict=b'')",
  // A layout of its own: what it holds cannot be pickled.
  slots: { tp_new: decompressorNew, tp_alloc: (cls) => new PyZlibDecompressor(cls, new Inflater()) },
  methods: () => ({
    decompress: method("($self, /, data, max_length=-1)", decompressorRun, "Decompresses data, as far as it goes."),
  }),
  members: () => ({
    eof: (self: PyZlibDecompressor) => self.eof,
    unused_data: (self: PyZlibDecompressor) => self.unusedData,
    needs_input: (self: PyZlibDecompressor) => self.needsInput,
  }),
});

const checksum =
  (compute: (data: Uint8Array, start: number) => number, byDefault: number) =>
  (data: Value, value: Value | undefined): Result => {
    const array = bytesLikeArray(data);
    if (array === EXC) return EXC;
    const start = value === undefined ? byDefault : asUint32Mask(value);
    return start === EXC ? EXC : compute(array, start);
  };

const VERSION = "1.3.2";

export const zlibModule = newModule("zlib", {
  doc: "The functions in this module allow compression and decompression using zlib's formats.",
  functions: () => ({
    compress: fn("($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)", compress, "Data, compressed."),
    decompress: fn("($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)", decompress, "Data, uncompressed."),
    compressobj: fn(
      "($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)",
      compressobj,
      "A compressor object.",
    ),
    decompressobj: fn("($module, /, wbits=MAX_WBITS, zdict=b'')", decompressobj, "A decompressor object."),
    crc32: fn("($module, data, value=0, /)", checksum(crc32, 0), "A CRC-32 checksum of data."),
    adler32: fn("($module, data, value=1, /)", checksum(adler32, 1), "An Adler-32 checksum of data."),
  }),
  attributes: () => ({
    error: errorType,
    _ZlibDecompressor: zlibDecompressorType,
    MAX_WBITS,
    DEFLATED: 8,
    DEF_MEM_LEVEL: 8,
    DEF_BUF_SIZE,
    Z_NO_COMPRESSION: 0,
    Z_BEST_SPEED: 1,
    Z_BEST_COMPRESSION: 9,
    Z_DEFAULT_COMPRESSION: -1,
    Z_FILTERED: 1,
    Z_HUFFMAN_ONLY: 2,
    Z_RLE: 3,
    Z_FIXED: 4,
    Z_DEFAULT_STRATEGY: 0,
    Z_FINISH,
    Z_NO_FLUSH,
    Z_PARTIAL_FLUSH: 1,
    Z_SYNC_FLUSH,
    Z_FULL_FLUSH: 3,
    Z_BLOCK: 5,
    Z_TREES: 6,
    ZLIB_VERSION: VERSION,
    ZLIB_RUNTIME_VERSION: VERSION,
    __version__: "1.0",
  }),
});
