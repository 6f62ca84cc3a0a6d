/** zlib's streams over the pako library's port of zlib: growing output, dictionaries, copies and zlib's messages. */
import {
  zlibDeflate,
  zlibDeflateInit2,
  zlibDeflateSetDictionary,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateSetDictionary,
  ZStream,
} from "pako";

export const Z_OK = 0;
export const Z_STREAM_END = 1;
export const Z_NEED_DICT = 2;
export const Z_STREAM_ERROR = -2;
export const Z_DATA_ERROR = -3;
export const Z_MEM_ERROR = -4;
export const Z_BUF_ERROR = -5;
export const Z_NO_FLUSH = 0;
export const Z_SYNC_FLUSH = 2;
export const Z_FINISH = 4;
export const DEFLATED = 8;

/** `zlib.error` to be. */
export class ZlibError {
  readonly message: string;
  /** `doing`: "while decompressing data". */
  constructor(
    readonly code: number,
    doing: string,
    detail: string | null,
  ) {
    const text = detail !== null && detail !== "" ? detail : defaultDetail(code);
    this.message = `Error ${code} ${doing}${text === null ? "" : `: ${text}`}`;
  }
}

function defaultDetail(code: number): string | null {
  switch (code) {
    case Z_BUF_ERROR:
      return "incomplete or truncated stream";
    case Z_STREAM_ERROR:
      return "inconsistent stream state";
    case Z_DATA_ERROR:
      return "invalid input data";
    default:
      return null;
  }
}

type Flush = Parameters<typeof zlibDeflate>[1];
type Strategy = Parameters<typeof zlibDeflateInit2>[5];

/** The library's messages for an error are absent, or its own name for the code, where zlib has none. */
const detailOf = (stream: ZStream): string | null => (stream.msg === "" ? null : stream.msg);

const FIRST_CHUNK = 16 * 1024;
const LAST_CHUNK = 1024 * 1024;

/** Collects output chunk by chunk, of growing size. */
class Output {
  private readonly full: Uint8Array[] = [];
  private size = 0;
  private next = FIRST_CHUNK;

  constructor(private readonly limit: number) {}

  /** Gives the stream room; false when the limit is reached. */
  provide(stream: ZStream): boolean {
    const room = Math.min(this.next, this.limit - this.size);
    if (room <= 0) return false;
    stream.output = new Uint8Array(room);
    stream.next_out = 0;
    stream.avail_out = room;
    this.next = Math.min(this.next * 2, LAST_CHUNK);
    return true;
  }
  take(stream: ZStream): void {
    this.full.push(stream.output.subarray(0, stream.next_out));
    this.size += stream.next_out;
  }
  all(): Uint8Array {
    if (this.full.length === 1) return this.full[0];
    const result = new Uint8Array(this.size);
    let at = 0;
    for (const chunk of this.full) {
      result.set(chunk, at);
      at += chunk.length;
    }
    return result;
  }
}

const EMPTY = new Uint8Array(0);

export class Deflater {
  private stream = new ZStream();
  /** False once the stream is finished. */
  isOpen = true;

  /** Null when zlib refuses the parameters. */
  static open(
    level: number,
    method: number,
    wbits: number,
    memLevel: number,
    strategy: number,
    dictionary: Uint8Array | null,
  ): Deflater | null {
    const deflater = new Deflater();
    // zlib raises a window of 256 bytes to 512 where there is a header to say so; raw streams have none.
    const { stream } = deflater;
    if (memLevel < 1 || memLevel > 9 || strategy < 0 || strategy > 4 || level < -1 || level > 9) return null;
    if (wbits === -8 || !Number.isInteger(wbits)) return null;
    if (zlibDeflateInit2(stream, level, method, wbits, memLevel, strategy as Strategy, true) !== Z_OK) return null;
    if (dictionary !== null && zlibDeflateSetDictionary(stream, dictionary) !== Z_OK) return null;
    return deflater;
  }

  /** Compresses `input` and whatever `flush` forces out. */
  run(input: Uint8Array, flush: number, doing: string): Uint8Array {
    if (!this.isOpen) throw new ZlibError(Z_STREAM_ERROR, doing, null);
    const { stream } = this;
    const output = new Output(Number.POSITIVE_INFINITY);
    stream.input = input;
    stream.next_in = 0;
    stream.avail_in = input.length;
    do {
      output.provide(stream);
      const status = zlibDeflate(stream, flush as Flush);
      if (status === Z_STREAM_ERROR) throw new ZlibError(status, doing, null);
      output.take(stream);
      if (status === Z_STREAM_END) {
        this.isOpen = false;
        break;
      }
    } while (stream.avail_out === 0);
    stream.input = EMPTY;
    return output.all();
  }

  copy(): Deflater {
    const twin = new Deflater();
    twin.stream = cloneStream(this.stream);
    return twin;
  }
}

/** What one run of an inflater gave. */
export interface Inflated {
  readonly output: Uint8Array;
  /** How much of the input was used. */
  readonly consumed: number;
  readonly status: number;
}

export class Inflater {
  private stream = new ZStream();
  private dictionary: Uint8Array | null = null;

  /** Null when zlib refuses the parameters; throws when it refuses the dictionary. */
  static open(wbits: number, dictionary: Uint8Array | null): Inflater | null {
    const inflater = new Inflater();
    inflater.dictionary = dictionary;
    if (zlibInflateInit2(inflater.stream, wbits) !== Z_OK) return null;
    if (dictionary !== null && wbits < 0) inflater.setDictionary(dictionary);
    return inflater;
  }

  private setDictionary(dictionary: Uint8Array): void {
    const status = zlibInflateSetDictionary(this.stream, dictionary);
    if (status !== Z_OK) throw new ZlibError(status, "while setting zdict", null);
  }

  /** Decompresses until the input is used up, the stream ends or `limit` bytes have come out. */
  run(input: Uint8Array, limit: number, flush: number, doing: string): Inflated {
    const { stream } = this;
    const output = new Output(limit);
    stream.input = input;
    stream.next_in = 0;
    stream.avail_in = input.length;
    let status: number = Z_OK;
    while (output.provide(stream)) {
      status = zlibInflate(stream, flush as Flush);
      if (status === Z_NEED_DICT && this.dictionary !== null) {
        output.take(stream);
        this.setDictionary(this.dictionary);
        continue;
      }
      if (status !== Z_OK && status !== Z_BUF_ERROR && status !== Z_STREAM_END)
        throw new ZlibError(status, doing, status === Z_NEED_DICT ? null : detailOf(stream));
      output.take(stream);
      if (status === Z_STREAM_END || stream.avail_out > 0) break;
    }
    const consumed = stream.next_in;
    stream.input = EMPTY;
    return { output: output.all(), consumed, status };
  }

  copy(): Inflater {
    const twin = new Inflater();
    twin.dictionary = this.dictionary;
    twin.stream = cloneStream(this.stream);
    return twin;
  }
}

/** A deep copy of a stream with its state; arrays that share memory still do. */
function cloneStream(stream: ZStream): ZStream {
  const copies = new Map<object, object>();
  const clone = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    if (value instanceof ArrayBuffer) return remember(value, value.slice(0));
    if (ArrayBuffer.isView(value)) {
      const view = value as Uint8Array;
      const Type = view.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => Uint8Array;
      return remember(value, new Type(clone(view.buffer) as ArrayBuffer, view.byteOffset, view.length));
    }
    const copy = remember(value, Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value)));
    for (const key of Object.keys(value)) {
      (copy as Record<string, unknown>)[key] = clone((value as Record<string, unknown>)[key]);
    }
    return copy;
  };
  const remember = (original: object, copy: object): object => {
    copies.set(original, copy);
    return copy;
  };
  return clone(stream) as ZStream;
}
