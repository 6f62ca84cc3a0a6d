/**
 * Positions in text files. A position is a number ("cookie") that packs what is needed to come back: the byte position
 * of a safe starting point, the decoder's flags there, how many bytes to feed it and how many characters to skip.
 */
import { EXC, type Exc, type Result, type Status, type Value } from "../../objects/core.ts";
import { bytesLike } from "../../objects/buffer.ts";
import { raise, valueError } from "../../objects/errors.ts";
import { osErrorType } from "../../objects/exceptions/types.ts";
import { canonical } from "../../objects/numeric/int-math.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asIndex, asInt32, asSize } from "../../objects/protocol/convert.ts";
import { repr } from "../../objects/protocol/object.ts";
import { type PyTextIOWrapper, openText, writePending } from "./text-core.ts";
import type { TextDecoding } from "./text-codec.ts";
import { unsupported } from "./state.ts";

interface Cookie {
  start: bigint;
  flags: bigint;
  bytesToFeed: number;
  charsToSkip: number;
  needEof: boolean;
}
// Fields of the packed number: 64 bits position, 32 flags, 32 bytes to feed, 32 characters to skip, 8 need-eof.
function pack(c: Cookie): Value {
  return canonical(
    c.start |
      (c.flags << 64n) |
      (BigInt(c.bytesToFeed) << 96n) |
      (BigInt(c.charsToSkip) << 128n) |
      ((c.needEof ? 1n : 0n) << 160n),
  );
}
function unpack(value: bigint): Cookie {
  const field = (shift: bigint, bits: bigint): bigint => (value >> shift) & ((1n << bits) - 1n);
  return {
    start: field(0n, 64n),
    flags: field(64n, 32n),
    bytesToFeed: Number(field(96n, 32n)),
    charsToSkip: Number(field(128n, 32n)),
    needEof: field(160n, 8n) !== 0n,
  };
}

export function tell(self: PyTextIOWrapper): Result {
  if (openText(self) === EXC) return EXC;
  if (!self.seekable) return unsupported("underlying stream is not seekable");
  if (!self.telling) return raise(osErrorType, "telling position disabled by next() call");
  if (writePending(self) === EXC || callMethod(self, "flush") === EXC) return EXC;
  const at = callMethod(self.buffer, "tell");
  if (at === EXC) return EXC;
  const { decoder, snapshot } = self;
  if (decoder === null || snapshot === null) return at;
  const position = asSize(at);
  if (position === EXC) return EXC;
  const start = position - snapshot.input.length;
  if (self.used === 0)
    return pack({ start: BigInt(start), flags: snapshot.flags, bytesToFeed: 0, charsToSkip: 0, needEof: false });
  const saved = decoder.getState();
  if (saved === EXC) return EXC;
  const cookie = reconstruct(decoder, snapshot, start, self.used);
  const pending = cookie === EXC;
  if (!pending && decoder.setState(saved) === EXC) return EXC;
  return pending ? EXC : pack(cookie);
}

/** Finds the byte position that `skip` decoded characters after the snapshot correspond to. */
function reconstruct(
  decoder: TextDecoding,
  snapshot: { flags: bigint; input: string },
  start: number,
  skip: number,
): Cookie | Exc {
  const { input } = snapshot;
  let flags = snapshot.flags;
  let toSkip = skip;
  // A guess near the place saves decoding byte by byte: halve until it is before it and at a boundary.
  let jump = Math.min(input.length, skip);
  let back = 1;
  while (jump > 0) {
    if (decoder.setState({ buffer: "", flags }) === EXC) return EXC;
    const text = decoder.decode(input.slice(0, jump), false);
    if (text === EXC) return EXC;
    if (text.length <= toSkip) {
      const state = decoder.getState();
      if (state === EXC) return EXC;
      if (state.buffer === "") {
        flags = state.flags;
        toSkip -= text.length;
        break;
      }
      jump -= state.buffer.length;
      back = 1;
    } else {
      jump -= back;
      back *= 2;
    }
  }
  if (jump <= 0) {
    jump = 0;
    if (decoder.setState({ buffer: "", flags }) === EXC) return EXC;
  }
  const cookie: Cookie = { start: BigInt(start + jump), flags, bytesToFeed: 0, charsToSkip: toSkip, needEof: false };
  if (toSkip === 0) return { ...cookie, charsToSkip: 0 };
  let decoded = 0;
  for (let i = jump; i < input.length; i++) {
    cookie.bytesToFeed++;
    const text = decoder.decode(input[i], false);
    if (text === EXC) return EXC;
    decoded += text.length;
    const state = decoder.getState();
    if (state === EXC) return EXC;
    if (state.buffer === "" && decoded <= cookie.charsToSkip) {
      cookie.start += BigInt(cookie.bytesToFeed);
      cookie.charsToSkip -= decoded;
      cookie.flags = state.flags;
      cookie.bytesToFeed = 0;
      decoded = 0;
    }
    if (decoded >= cookie.charsToSkip) return cookie;
  }
  const rest = decoder.decode("", true);
  if (rest === EXC) return EXC;
  cookie.needEof = true;
  if (decoded + rest.length < cookie.charsToSkip) return raise(osErrorType, "can't reconstruct logical file position");
  return cookie;
}

function resetEncoder(self: PyTextIOWrapper, atStart: boolean): Status {
  if (self.encoder === null) return null;
  return atStart ? self.encoder.reset() : self.encoder.setState(0);
}

export function seek(self: PyTextIOWrapper, offset: Value, whence?: Value): Result {
  if (openText(self) === EXC) return EXC;
  const mode = whence === undefined ? 0 : asInt32(whence);
  if (mode === EXC) return EXC;
  if (!self.seekable) return unsupported("underlying stream is not seekable");
  let target = offset;
  if (mode === 1 || mode === 2) {
    const given = asIndex(offset);
    if (given === EXC) return EXC;
    if (given !== 0) return unsupported(`can't do nonzero ${mode === 1 ? "cur" : "end"}-relative seeks`);
    if (mode === 2) return seekEnd(self);
    const here = callMethod(self, "tell");
    if (here === EXC) return EXC;
    target = here;
  } else if (mode !== 0) return valueError(`invalid whence (${mode}, should be 0, 1 or 2)`);
  const number = asIndex(target);
  if (number === EXC) return EXC;
  if (number < 0) {
    const shown = repr(target);
    return shown === EXC ? EXC : valueError(`negative seek position ${shown as string}`);
  }
  if (callMethod(self, "flush") === EXC) return EXC;
  const cookie = unpack(BigInt(number));
  if (callMethod(self.buffer, "seek", [canonical(cookie.start)]) === EXC) return EXC;
  self.setDecoded("");
  self.snapshot = null;
  if (restore(self, cookie, number === 0) === EXC) return EXC;
  if (resetEncoder(self, cookie.start === 0n && cookie.flags === 0n) === EXC) return EXC;
  return target;
}
function seekEnd(self: PyTextIOWrapper): Result {
  if (callMethod(self, "flush") === EXC) return EXC;
  self.setDecoded("");
  self.snapshot = null;
  if (self.decoder !== null && self.decoder.reset() === EXC) return EXC;
  const position = callMethod(self.buffer, "seek", [0, 2]);
  if (position === EXC) return EXC;
  return resetEncoder(self, position === 0) === EXC ? EXC : position;
}
function restore(self: PyTextIOWrapper, cookie: Cookie, isStart: boolean): Status {
  const { decoder } = self;
  if (decoder === null) return null;
  if (isStart) {
    if (decoder.reset() === EXC) return EXC;
  } else if (decoder.setState({ buffer: "", flags: cookie.flags }) === EXC) return EXC;
  if (cookie.charsToSkip === 0) {
    self.snapshot = { flags: cookie.flags, input: "" };
    return null;
  }
  const data = callMethod(self.buffer, "read", [cookie.bytesToFeed]);
  if (data === EXC) return EXC;
  const input = bytesLike(data);
  if (input === EXC) return EXC;
  self.snapshot = { flags: cookie.flags, input };
  const text = decoder.decode(input, cookie.needEof);
  if (text === EXC) return EXC;
  self.setDecoded(text);
  if (text.length < cookie.charsToSkip) return raise(osErrorType, "can't restore logical file position");
  self.used = cookie.charsToSkip;
  return null;
}
