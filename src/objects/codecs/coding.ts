/**
 * What a codec's loop works on: the input, the position, the output, and what to do about invalid input.
 * The codecs in this folder know nothing of Python's exceptions; how an error is handled is passed in.
 */
import { BLOCK } from "../blocks.ts";
import { type Str, StrBuilder } from "../str/astral.ts";

/** Deals with undecodable `data[start, end)`; undefined when an exception is pending. */
export type DecodeErrorHandler = (
  encoding: string,
  data: string,
  start: number,
  end: number,
  reason: string,
) => { text: Str; position: number; data: string } | undefined;

/** Deals with unencodable `text[start, end)`; undefined when an exception is pending. */
export type EncodeErrorHandler = (
  encoding: string,
  text: Str,
  start: number,
  end: number,
  reason: string,
) => Replacement | undefined;
export interface Replacement {
  /** Text still to be encoded, or bytes (Latin-1). */
  text?: Str;
  bytes?: string;
  position: number;
  /** Raises the error that the replacement was for: it cannot be encoded either. */
  fail: () => void;
}

/** A decoder at work. */
export class Decoding {
  position = 0;
  readonly out = new StrBuilder();
  private scratch: Uint32Array | null = null;
  constructor(
    /** Latin-1: a unit is a byte. An error handler may replace it. */
    public data: string,
    public encoding: string,
    private readonly onError: DecodeErrorHandler,
    /** False: an incomplete sequence at the end is left for the next call, not an error. */
    readonly final: boolean,
  ) {}

  /** Room for the code points of a block; what is invalid comes between blocks, so it is made once. */
  get points(): Uint32Array {
    return (this.scratch ??= new Uint32Array(Math.min(BLOCK, this.data.length)));
  }

  /** Reports `data[start, end)` as invalid. False: an exception is pending. */
  fail(start: number, end: number, reason: string): boolean {
    const handled = this.onError(this.encoding, this.data, start, end, reason);
    if (handled === undefined) return false;
    this.out.push(handled.text);
    this.position = handled.position;
    this.data = handled.data;
    return true;
  }
}

/** An encoder at work. */
export class Encoding {
  position = 0;
  /** Latin-1. */
  out = "";
  private scratch: Uint8Array | null = null;
  constructor(
    readonly text: Str,
    readonly encoding: string,
    private readonly onError: EncodeErrorHandler,
  ) {}

  /** Room for the bytes of a block, four for each character. */
  get bytes(): Uint8Array {
    return (this.scratch ??= new Uint8Array(4 * Math.min(BLOCK, this.text.length)));
  }

  /**
   * Reports `text[start, end)` as unencodable. `encodeReplacement` gives the bytes of a handler's text, undefined
   * when that cannot be encoded, null when an exception is pending; `unit` is what the length of a handler's bytes must be a multiple of.
   */
  fail(
    start: number,
    end: number,
    reason: string,
    encodeReplacement: (text: Str) => string | null | undefined,
    unit = 1,
  ): boolean {
    const handled = this.onError(this.encoding, this.text, start, end, reason);
    if (handled === undefined) return false;
    const bytes = handled.bytes ?? encodeReplacement(handled.text as Str);
    if (bytes === null) return false;
    if (bytes === undefined || bytes.length % unit !== 0) {
      handled.fail();
      return false;
    }
    this.out += bytes;
    this.position = handled.position;
    return true;
  }
}
