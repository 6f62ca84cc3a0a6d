/**
 * Incremental decoding and encoding for the text layer: native for the codecs that keep no state but an incomplete
 * sequence, through the codec registry's objects for all others.
 */
import { EXC, type Exc, type Int, type Result, type Status, type Value } from "../../objects/core.ts";
import { PyBytes, emptyBytes, newBytes } from "../../objects/bytes.ts";
import { bytesLike } from "../../objects/buffer.ts";
import { type BuiltinCodec, builtinCodec, decodeBuiltin, encodeBuiltin } from "../../objects/codecs/codecs.ts";
import { checkTextEncoding, lookupCodec } from "../../objects/codecs/registry.ts";
import { typeError } from "../../objects/errors.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { call, callMethod } from "../../objects/protocol/call.ts";
import { getAttr } from "../../objects/protocol/object.ts";
import type { Str } from "../../objects/str/astral.ts";
import { PyTuple, newTuple } from "../../objects/tuple.ts";
import { typeOf } from "../../objects/types.ts";
import { intValue, strValue } from "../../objects/values.ts";
import type { NewlineState } from "./newlines.ts";

/** Bytes not yet decoded (Latin-1) and the codec's flags: what a position in a text file remembers. */
export interface DecoderState {
  buffer: string;
  flags: bigint;
}
interface ByteDecoder {
  decode(data: string, final: boolean): Str | Exc;
  getState(): DecoderState | Exc;
  setState(state: DecoderState): Status;
  reset(): Status;
}

/** Codecs that need no object of the registry's. */
export function statelessCodec(encoding: string): BuiltinCodec | undefined {
  const codec = builtinCodec(encoding);
  return codec === "utf-8" || codec === "ascii" || codec === "latin-1" ? codec : undefined;
}

class NativeDecoder implements ByteDecoder {
  private pending = "";
  constructor(
    private readonly codec: BuiltinCodec,
    private readonly errors: string,
  ) {}
  decode(data: string, final: boolean): Str | Exc {
    const input = this.pending + data;
    const decoded = decodeBuiltin(this.codec, input, this.errors, final);
    if (decoded === EXC) return EXC;
    this.pending = decoded.consumed < input.length ? input.slice(decoded.consumed) : "";
    return decoded.text;
  }
  getState(): DecoderState {
    return { buffer: this.pending, flags: 0n };
  }
  setState(state: DecoderState): Status {
    this.pending = state.buffer;
    return null;
  }
  reset(): Status {
    this.pending = "";
    return null;
  }
}

class ObjectDecoder implements ByteDecoder {
  constructor(readonly decoder: Value) {}
  decode(data: string, final: boolean): Str | Exc {
    const result = callMethod(this.decoder, "decode", [newBytes(data), final]);
    if (result === EXC) return EXC;
    return strValue(result) ?? typeError(`decoder should return a string result, not '${typeOf(result).name}'`);
  }
  getState(): DecoderState | Exc {
    const state = callMethod(this.decoder, "getstate");
    if (state === EXC) return EXC;
    if (!(state instanceof PyTuple) || state.items.length !== 2) return typeError("illegal decoder state");
    const [buffer, flags] = state.items;
    const number = intValue(flags);
    if (number === undefined) return typeError("illegal decoder state");
    if (!(buffer instanceof PyBytes)) {
      return typeError(`illegal decoder state: the first item should be a bytes object, not '${typeOf(buffer).name}'`);
    }
    return { buffer: buffer.latin1, flags: BigInt(number) };
  }
  setState(state: DecoderState): Status {
    const value = newTuple([state.buffer === "" ? emptyBytes : newBytes(state.buffer), canonical(state.flags)]);
    return callMethod(this.decoder, "setstate", [value]) === EXC ? EXC : null;
  }
  reset(): Status {
    return callMethod(this.decoder, "reset") === EXC ? EXC : null;
  }
}

/** A decoder with newline handling on top (`newlines` null: none). */
export class TextDecoding {
  constructor(
    private readonly bytes: ByteDecoder,
    readonly newlines: NewlineState | null,
  ) {}
  decode(data: string, final: boolean): Str | Exc {
    const text = this.bytes.decode(data, final);
    return text === EXC || this.newlines === null ? text : this.newlines.process(text, final);
  }
  getState(): DecoderState | Exc {
    const state = this.bytes.getState();
    if (state === EXC || this.newlines === null) return state;
    return { buffer: state.buffer, flags: state.flags * 2n + (this.newlines.pendingCr ? 1n : 0n) };
  }
  setState(state: DecoderState): Status {
    if (this.newlines === null) return this.bytes.setState(state);
    this.newlines.pendingCr = (state.flags & 1n) === 1n;
    return this.bytes.setState({ buffer: state.buffer, flags: state.flags >> 1n });
  }
  reset(): Status {
    if (this.newlines !== null) {
      this.newlines.pendingCr = false;
      this.newlines.seen = 0;
    }
    return this.bytes.reset();
  }
}

/** The codec's entry for an encoding that is none of the native ones; LookupError when it is no text encoding. */
export function lookupTextCodec(encoding: string): PyTuple | Exc {
  const codec = lookupCodec(encoding);
  if (codec === EXC) return EXC;
  return checkTextEncoding(codec, encoding, "codecs.open()") === EXC ? EXC : codec;
}

export function newDecoding(
  encoding: string,
  errors: string,
  codec: PyTuple | null,
  newlines: NewlineState | null,
): TextDecoding | Exc {
  const native = statelessCodec(encoding);
  if (codec === null && native !== undefined) return new TextDecoding(new NativeDecoder(native, errors), newlines);
  const decoder = incremental(codec as PyTuple, "incrementaldecoder", errors);
  return decoder === EXC ? EXC : new TextDecoding(new ObjectDecoder(decoder), newlines);
}
function incremental(codec: PyTuple, name: string, errors: string): Result {
  const factory = getAttr(codec, name);
  return factory === EXC ? EXC : call(factory, [errors]);
}

/** Encodes what is written. */
export interface TextEncoding {
  /** Latin-1. */
  encode(text: Str): string | Exc;
  /** 0: not at the start of the file, where a byte order mark belongs. */
  setState(state: Int): Status;
  reset(): Status;
}
export function newEncoding(encoding: string, errors: string, codec: PyTuple | null): TextEncoding | Exc {
  const native = statelessCodec(encoding);
  if (codec === null && native !== undefined) {
    return { encode: (text) => encodeBuiltin(native, text, errors), setState: () => null, reset: () => null };
  }
  const encoder = incremental(codec as PyTuple, "incrementalencoder", errors);
  if (encoder === EXC) return EXC;
  return {
    encode: (text) => {
      const result = callMethod(encoder, "encode", [text]);
      if (result === EXC) return EXC;
      if (!(result instanceof PyBytes)) {
        return typeError(`encoder should return a bytes object, not '${typeOf(result).name}'`);
      }
      return bytesLike(result);
    },
    setState: (state) => (callMethod(encoder, "setstate", [state]) === EXC ? EXC : null),
    reset: () => (callMethod(encoder, "reset") === EXC ? EXC : null),
  };
}
