/** The text layer's core: decoding chunks of the buffered layer, cutting lines, collecting what is to be written. */
import { EXC, type Exc, type PyType, type Result, type Status, type Value } from "../../objects/core.ts";
import { bytesLike, hasBuffer } from "../../objects/buffer.ts";
import { latin1FromArray, newBytes } from "../../objects/bytes.ts";
import { typeError, valueError } from "../../objects/errors.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { type Str, pointAt, strConcatAll, strSlice } from "../../objects/str/astral.ts";
import { findText, replaceText } from "../../objects/str/find.ts";
import { typeOf } from "../../objects/types.ts";
import { PyBuffered, fill, readAll, takeAhead, flushAndRewind } from "./buffered.ts";
import { bufferedRandomType, bufferedReaderType } from "./buffered-types.ts";
import { takeBack } from "./errors.ts";
import { isClosed, PyIOBase } from "./object.ts";
import { closedError, dirtyWriters, unsupported } from "./state.ts";
import type { TextDecoding, TextEncoding } from "./text-codec.ts";

export const CHUNK_SIZE = 8192;

export class PyTextIOWrapper extends PyIOBase {
  buffer: Value = null;
  ready = false;
  detached = false;
  encoding: Value = null;
  encodingName = "";
  errors = "strict";
  /** The `newline` argument. */
  newline: string | null = null;
  lineBuffering = false;
  writeThrough = false;
  seekable = false;
  telling = false;
  hasRead1 = false;
  chunkSize = CHUNK_SIZE;
  decoder: TextDecoding | null = null;
  encoder: TextEncoding | null = null;
  /** Decoded text, of which `used` characters have been given out. */
  decoded: Str = "";
  used = 0;
  /** What the decoder was like before the chunk that `decoded` came from, and that chunk; null: unknown. */
  snapshot: { flags: bigint; input: string } | null = null;
  /** Bytes (Latin-1) to be written. */
  pending: string[] = [];
  pendingSize = 0;

  constructor(cls: PyType) {
    super(cls);
  }
  setDecoded(text: Str): void {
    this.decoded = text;
    this.used = 0;
  }
  /** Gives out `count` characters (all when negative). */
  take(count: number): Str {
    const available = this.decoded.length - this.used;
    const n = count < 0 || count > available ? available : count;
    const text = n === this.decoded.length ? this.decoded : strSlice(this.decoded, this.used, this.used + n);
    this.used += n;
    return text;
  }
}

/** ValueError when not initialised or detached. */
export function usable(self: PyTextIOWrapper): Status {
  if (self.ready) return null;
  return valueError(self.detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
}
/** The native reader below, where it is one whose methods nobody has replaced. */
function nativeReader(self: PyTextIOWrapper): PyBuffered | null {
  const { buffer } = self;
  if (!(buffer instanceof PyBuffered) || buffer.file === null || !buffer.ready) return null;
  return typeOf(buffer) === bufferedReaderType || typeOf(buffer) === bufferedRandomType ? buffer : null;
}
export function bufferClosed(self: PyTextIOWrapper): boolean | Exc {
  const native = nativeReader(self);
  if (native !== null) return (native.file as { fd: number }).fd < 0;
  return isClosed(self.buffer);
}
export function openText(self: PyTextIOWrapper): Status {
  if (usable(self) === EXC) return EXC;
  const closed = bufferClosed(self);
  if (closed === EXC) return EXC;
  return closed ? closedError() : null;
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────
/** At most `size` bytes from below, Latin-1. */
function readBytes(self: PyTextIOWrapper, size: number): string | Exc {
  const native = nativeReader(self);
  if (native !== null && native.at < native.ahead.length) {
    const part = takeAhead(native, size);
    return latin1FromArray(part);
  }
  if (native !== null) {
    if (native.canWrite && flushAndRewind(native) === EXC) return EXC;
    const got = fill(native);
    if (got === EXC) return EXC;
    if (got === undefined || got === 0) return "";
    return latin1FromArray(takeAhead(native, size));
  }
  const name = self.hasRead1 ? "read1" : "read";
  for (;;) {
    const data = callMethod(self.buffer, name, [size]);
    if (data === EXC) {
      if (takeBack()) continue;
      return EXC;
    }
    if (!hasBuffer(data)) {
      return typeError(`underlying ${name}() should have returned a bytes-like object, not '${typeOf(data).name}'`);
    }
    return bytesLike(data);
  }
}

/** Decodes the next chunk: false at the end of the file. */
export function readChunk(self: PyTextIOWrapper, hint = 0): boolean | Exc {
  const { decoder } = self;
  if (decoder === null) return unsupported("not readable");
  let before: { buffer: string; flags: bigint } | null = null;
  if (self.telling) {
    const state = decoder.getState();
    if (state === EXC) return EXC;
    before = state;
  }
  const input = readBytes(self, Math.max(self.chunkSize, hint));
  if (input === EXC) return EXC;
  // Reading may have run code that detached the buffer.
  if (usable(self) === EXC) return EXC;
  const atEnd = input.length === 0;
  const text = decoder.decode(input, atEnd);
  if (text === EXC) return EXC;
  self.setDecoded(text);
  if (before !== null) self.snapshot = { flags: before.flags, input: before.buffer + input };
  return !atEnd || text.length > 0;
}

export function readText(self: PyTextIOWrapper, count: number): Str | Exc {
  const { decoder } = self;
  if (decoder === null) return unsupported("not readable");
  if (writePending(self) === EXC) return EXC;
  if (count < 0) {
    const rest = readRest(self);
    if (rest === EXC || usable(self) === EXC) return EXC;
    const text = decoder.decode(rest, true);
    if (text === EXC) return EXC;
    const start = self.take(-1);
    if (self.snapshot !== null) {
      self.setDecoded("");
      self.snapshot = null;
    }
    return start.length === 0 ? text : strConcatAll([start, text]);
  }
  const parts: Str[] = [self.take(count)];
  let remaining = count - parts[0].length;
  while (remaining > 0) {
    const more = readChunk(self, remaining);
    if (more === EXC) {
      if (takeBack()) continue;
      return EXC;
    }
    if (!more) break;
    const part = self.take(remaining);
    parts.push(part);
    remaining -= part.length;
  }
  return parts.length === 1 ? parts[0] : strConcatAll(parts);
}
function readRest(self: PyTextIOWrapper): string | Exc {
  const native = nativeReader(self);
  if (native !== null) {
    const data = readAll(native);
    return data === EXC ? EXC : data === undefined ? "" : latin1FromArray(data);
  }
  const data = callMethod(self.buffer, "read");
  if (data === EXC) return EXC;
  if (!hasBuffer(data)) {
    return typeError(`underlying read() should have returned a bytes-like object, not '${typeOf(data).name}'`);
  }
  return bytesLike(data);
}

/** Index after the line end in `text` from `from`, -1 when there is none. */
function findLineEnd(self: PyTextIOWrapper, text: Str, from: number): number {
  const { newline } = self;
  if (newline !== "") {
    const end = newline === null ? "\n" : newline;
    const at = findText(text, end, from);
    return at < 0 ? -1 : at + end.length;
  }
  // Not translated but universal: the decoder holds back a \r until it knows what follows.
  for (let i = from; i < text.length; i++) {
    const c = pointAt(text, i);
    if (c === 10) return i + 1;
    if (c === 13) return i + 1 < text.length && pointAt(text, i + 1) === 10 ? i + 2 : i + 1;
  }
  return -1;
}

export function readTextLine(self: PyTextIOWrapper, limit: number): Str | Exc {
  if (self.pendingSize > 0 && writePending(self) === EXC) return EXC;
  const parts: Str[] = [];
  let length = 0;
  for (;;) {
    if (self.used >= self.decoded.length) {
      const more = nextChunk(self);
      if (more === EXC) return EXC;
      if (!more) {
        self.setDecoded("");
        self.snapshot = null;
        break;
      }
      if (self.decoded.length === 0) continue;
    }
    // A two-character end may have been cut by the chunk's end.
    const last = parts[parts.length - 1];
    if (
      self.newline === "\r\n" &&
      last !== undefined &&
      pointAt(last, last.length - 1) === 13 &&
      pointAt(self.decoded, self.used) === 10
    ) {
      if (limit < 0 || length < limit) parts.push(self.take(1));
      break;
    }
    let end = findLineEnd(self, self.decoded, self.used);
    const found = end >= 0;
    if (!found) end = self.decoded.length;
    let count = end - self.used;
    const limited = limit >= 0 && length + count >= limit;
    if (limited) count = limit - length;
    const part = self.take(count);
    parts.push(part);
    length += part.length;
    if (found || limited) break;
  }
  return parts.length === 1 ? parts[0] : strConcatAll(parts);
}
function nextChunk(self: PyTextIOWrapper): boolean | Exc {
  for (;;) {
    const more = readChunk(self);
    if (more !== EXC || !takeBack()) return more;
  }
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────
/** Hands what is pending to the buffered layer. */
export function writePending(self: PyTextIOWrapper): Status {
  if (self.pendingSize === 0) return null;
  const data = newBytes(self.pending.join(""));
  self.pending = [];
  self.pendingSize = 0;
  dirtyWriters().delete(self);
  for (;;) {
    if (callMethod(self.buffer, "write", [data]) !== EXC) return null;
    if (!takeBack()) return EXC;
  }
}

export function writeText(self: PyTextIOWrapper, text: Str): Result {
  const { encoder } = self;
  if (encoder === null) return unsupported("not writable");
  let output = text;
  const { newline } = self;
  const hasLf = findText(text, "\n") >= 0;
  if (hasLf && (newline === "\r" || newline === "\r\n")) {
    output = replaceText(text, "\n", newline, -1, strConcatAll);
  }
  const flushLine = self.lineBuffering && (hasLf || findText(text, "\r") >= 0);
  const bytes = encoder.encode(output);
  if (bytes === EXC) return EXC;
  // Writing may run code that writes more.
  while (self.pendingSize > 0 && self.pendingSize + bytes.length > self.chunkSize) {
    if (writePending(self) === EXC || openText(self) === EXC) return EXC;
  }
  self.pending.push(bytes);
  self.pendingSize += bytes.length;
  if (self.pendingSize > 0) dirtyWriters().add(self);
  if (self.pendingSize >= self.chunkSize || flushLine || self.writeThrough) {
    if (writePending(self) === EXC) return EXC;
  }
  if (flushLine && callMethod(self.buffer, "flush") === EXC) return EXC;
  if (self.snapshot !== null) {
    self.setDecoded("");
    self.snapshot = null;
  }
  if (self.decoder !== null && self.decoder.reset() === EXC) return EXC;
  return text.length;
}
