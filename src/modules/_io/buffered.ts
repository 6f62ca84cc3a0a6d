/**
 * The buffered layer's core: one object with a buffer for reading ahead and one for writing behind, over a raw file.
 * `BufferedReader`, `BufferedWriter` and `BufferedRandom` differ in which of the two they use.
 * Where the raw file is a plain `FileIO`, its memory is read and written without making Python objects.
 */
import { EXC, type Exc, type PyType, type Result, type Status, type Value } from "../../objects/core.ts";
import { PyBuffer } from "../../objects/buffer.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { catches, raise, typeError, valueError } from "../../objects/errors.ts";
import { osErrorType, typeErrorType } from "../../objects/exceptions/types.ts";
import { viewOfBuffer } from "../../objects/memoryview.ts";
import { callMethod } from "../../objects/protocol/call.ts";
import { asSize } from "../../objects/protocol/convert.ts";
import { lookupAttr } from "../../objects/protocol/object.ts";
import { rt } from "../../objects/runtime.ts";
import { typeOf } from "../../objects/types.ts";
import { blockingError, takeBack } from "./errors.ts";
import { PyFileIO, fileIOType, readIntoMemory, readToEnd, seekFile, writeFromMemory } from "./file-io.ts";
import { PyIOBase, isClosed } from "./object.ts";
import { closedError, dirtyWriters } from "./state.ts";

const NOTHING = new Uint8Array(0);
/** What a raw call says when it would block. */
export const BLOCKED = undefined;

export class PyBuffered extends PyIOBase {
  raw: Value = null;
  ready = false;
  detached = false;
  bufferSize = 0;
  /** Bytes read ahead are `ahead[at, ahead.length)`. */
  ahead: Uint8Array = NOTHING;
  at = 0;
  /** Bytes to be written: `behind[0, pending)`. */
  behind: Uint8Array = NOTHING;
  pending = 0;
  canRead = false;
  canWrite = false;

  constructor(cls: PyType) {
    super(cls);
  }
  get available(): number {
    return this.ahead.length - this.at;
  }
  /** The raw file, where it is a plain FileIO. */
  get file(): PyFileIO | null {
    const { raw } = this;
    return raw instanceof PyFileIO && typeOf(raw) === fileIOType ? raw : null;
  }
  dropAhead(): void {
    this.ahead = NOTHING;
    this.at = 0;
  }
}

/** ValueError when not initialised or detached. */
export function usable(self: PyBuffered): Status {
  if (self.ready) return null;
  return valueError(self.detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
}
/** The same, and the file is not closed. */
export function openFor(self: PyBuffered, message: string): Status {
  if (usable(self) === EXC) return EXC;
  if (self.available > 0) return null;
  const closed = rawClosed(self);
  if (closed === EXC) return EXC;
  return closed ? closedError(message) : null;
}
export function rawClosed(self: PyBuffered): boolean | Exc {
  const { file } = self;
  return file !== null ? file.fd < 0 : isClosed(self.raw);
}

// ── raw calls ────────────────────────────────────────────────────────────────────────────────────────────────
/** Reads from the raw file into `memory`: the count, BLOCKED, or EXC. */
export function rawRead(self: PyBuffered, memory: Uint8Array): number | undefined | Exc {
  const { file } = self;
  if (file !== null) return readIntoMemory(file, memory);
  const view = viewOfBuffer(new PyBuffer(null, memory, 0, memory.length, false));
  for (;;) {
    const result = callMethod(self.raw, "readinto", [view]);
    if (result === EXC && takeBack()) continue;
    if (result === EXC || result === null) return result === EXC ? EXC : BLOCKED;
    return countIn(result, memory.length, "readinto");
  }
}
function countIn(result: Value, most: number, what: string): number | Exc {
  const count = asSize(result);
  if (count === EXC) {
    const cause = rt.exc;
    if (what !== "readinto" || !catches(typeErrorType)) return EXC;
    raise(osErrorType, "raw readinto() failed");
    if (rt.exc !== null) {
      rt.exc.cause = rt.exc.context = cause;
      rt.exc.suppressContext = true;
    }
    return EXC;
  }
  if (count < 0 || count > most) {
    return raise(
      osErrorType,
      `raw ${what}() returned invalid length ${count} (should have been between 0 and ${most})`,
    );
  }
  return count;
}
function rawWrite(self: PyBuffered, memory: Uint8Array): number | undefined | Exc {
  const { file } = self;
  if (file !== null) return writeFromMemory(file, memory);
  const view = viewOfBuffer(new PyBuffer(null, memory, 0, memory.length, true));
  for (;;) {
    const result = callMethod(self.raw, "write", [view]);
    if (result === EXC && takeBack()) continue;
    if (result === EXC || result === null) return result === EXC ? EXC : BLOCKED;
    return countIn(result, memory.length, "write");
  }
}
function position(result: Result): number | Exc {
  if (result === EXC) return EXC;
  const at = asSize(result);
  if (at === EXC) return EXC;
  return at < 0 ? raise(osErrorType, `Raw stream returned invalid position ${at}`) : at;
}
export function rawTell(self: PyBuffered): number | Exc {
  const { file } = self;
  return file !== null ? seekFile(file, 0, 1) : position(callMethod(self.raw, "tell"));
}
export function rawSeek(self: PyBuffered, offset: Value, whence: number): number | Exc {
  const { file } = self;
  if (file !== null && typeof offset === "number") return seekFile(file, offset, whence);
  return position(callMethod(self.raw, "seek", [offset, whence]));
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────
/** Fills the empty read buffer: how many bytes came. */
export function fill(self: PyBuffered): number | undefined | Exc {
  const memory = new Uint8Array(self.bufferSize);
  const count = rawRead(self, memory);
  if (count === EXC || count === BLOCKED) return count;
  self.ahead = memory.subarray(0, count);
  self.at = 0;
  return count;
}
/** Takes up to `count` bytes out of the read buffer. */
export function takeAhead(self: PyBuffered, count: number): Uint8Array {
  const part = self.ahead.subarray(self.at, self.at + count);
  self.at += part.length;
  return part;
}

/** Reads up to `target.length` bytes; undefined when nothing is there yet. With `once`, at most one raw read. */
export function readInto(self: PyBuffered, target: Uint8Array, once: boolean): number | undefined | Exc {
  const buffered = takeAhead(self, target.length);
  target.set(buffered);
  let written = buffered.length;
  if (written === target.length) return written;
  if (self.canWrite && flushAndRewind(self) === EXC) return EXC;
  self.dropAhead();
  while (written < target.length) {
    const remaining = target.length - written;
    let count: number | undefined | Exc;
    if (remaining > self.bufferSize) {
      count = rawRead(self, target.subarray(written));
    } else if (!(once && written > 0)) {
      count = fill(self);
      if (typeof count === "number" && count > 0) {
        const part = takeAhead(self, remaining);
        target.set(part, written);
        written += part.length;
        if (once) break;
        continue;
      }
    } else count = 0;
    if (count === EXC) return EXC;
    if (count === 0 || (count === BLOCKED && written > 0)) break;
    if (count === BLOCKED) return BLOCKED;
    written += count;
    if (once) break;
  }
  return written;
}

/** Reads exactly `count` bytes unless the file ends; undefined when nothing is there yet. */
export function readExactly(self: PyBuffered, count: number): Uint8Array | undefined | Exc {
  const target = new Uint8Array(count);
  const start = takeAhead(self, count);
  target.set(start);
  let written = start.length;
  if (written === count) return target;
  if (self.canWrite && flushAndRewind(self) === EXC) return EXC;
  self.dropAhead();
  // Whole blocks go past the buffer.
  while (count - written >= self.bufferSize) {
    const whole = self.bufferSize * Math.floor((count - written) / self.bufferSize);
    const got = rawRead(self, target.subarray(written, written + whole));
    if (got === EXC) return EXC;
    if (got === 0 || got === BLOCKED) return got === 0 || written > 0 ? target.subarray(0, written) : BLOCKED;
    written += got;
  }
  while (written < count) {
    const got = fill(self);
    if (got === EXC) return EXC;
    if (got === 0 || got === BLOCKED) return got === 0 || written > 0 ? target.subarray(0, written) : BLOCKED;
    const part = takeAhead(self, count - written);
    target.set(part, written);
    written += part.length;
  }
  return target;
}

/** Reads to the end; undefined when nothing is there yet. */
export function readAll(self: PyBuffered): Uint8Array | undefined | Exc {
  const start = takeAhead(self, self.available);
  if (self.canWrite && flushAndRewind(self) === EXC) return EXC;
  self.dropAhead();
  const rest = rawReadAll(self);
  if (rest === EXC) return EXC;
  if (rest === undefined) return start.length > 0 ? start : undefined;
  return start.length === 0 ? rest : join([start, rest]);
}
function rawReadAll(self: PyBuffered): Uint8Array | undefined | Exc {
  const { file } = self;
  if (file !== null) return readToEnd(file);
  const readall = lookupAttr(self.raw, "readall");
  if (readall === EXC) return EXC;
  if (readall !== undefined) {
    const data = callMethod(self.raw, "readall");
    if (data === EXC || data === null) return data === EXC ? EXC : undefined;
    return data instanceof PyBytes ? data.bytes() : typeError("readall() should return bytes");
  }
  const parts: Uint8Array[] = [];
  for (;;) {
    const data = callMethod(self.raw, "read");
    if (data === EXC) {
      if (takeBack()) continue;
      return EXC;
    }
    if (data !== null && !(data instanceof PyBytes)) return typeError("read() should return bytes");
    if (data === null || data.length === 0) return parts.length > 0 || data !== null ? join(parts) : undefined;
    parts.push(data.bytes());
  }
}
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The next line, at most `limit` bytes (-1: any). */
export function readLine(self: PyBuffered, limit: number): Uint8Array | Exc {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const newline = self.ahead.indexOf(10, self.at);
    let count = newline < 0 ? self.available : newline + 1 - self.at;
    if (limit >= 0) count = Math.min(count, limit - length);
    const part = takeAhead(self, count);
    parts.push(part);
    length += part.length;
    if ((part.length > 0 && part[part.length - 1] === 10) || length === limit) break;
    if (self.canWrite && flushAndRewind(self) === EXC) return EXC;
    const got = fill(self);
    if (got === EXC) return EXC;
    if (got === 0 || got === BLOCKED) break;
  }
  return parts.length === 1 ? parts[0] : join(parts);
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────
/** Writes out what is pending. */
export function flushPending(self: PyBuffered): Status {
  let done = 0;
  while (done < self.pending) {
    const count = rawWrite(self, self.behind.subarray(done, self.pending));
    if (count === EXC || count === BLOCKED) {
      keepFrom(self, done);
      return count === EXC ? EXC : blockingError("write could not complete without blocking", 0);
    }
    done += count;
  }
  self.pending = 0;
  dirtyWriters().delete(self);
  return null;
}
function keepFrom(self: PyBuffered, done: number): void {
  self.behind.copyWithin(0, done, self.pending);
  self.pending -= done;
}

/** Writes out what is pending and moves the raw position back over what was read ahead. */
export function flushAndRewind(self: PyBuffered): Status {
  if (self.pending > 0 && flushPending(self) === EXC) return EXC;
  if (self.canRead && self.available > 0) {
    const behind = self.available;
    const moved = rawSeek(self, -behind, 1);
    self.dropAhead();
    if (moved === EXC) return EXC;
  }
  return null;
}

/** Adds to the write buffer, which has room. */
function append(self: PyBuffered, data: Uint8Array): void {
  if (self.behind.length < self.pending + data.length) {
    const size = Math.min(self.bufferSize, Math.max(self.pending + data.length, self.behind.length * 2, 512));
    const grown = new Uint8Array(size);
    grown.set(self.behind.subarray(0, self.pending));
    self.behind = grown;
  }
  self.behind.set(data, self.pending);
  self.pending += data.length;
  dirtyWriters().add(self);
}

/** Writes `data`: how much was taken, or EXC. */
export function writeData(self: PyBuffered, data: Uint8Array): number | Exc {
  if (self.canRead && self.available > 0 && flushAndRewind(self) === EXC) return EXC;
  self.dropAhead();
  if (data.length <= self.bufferSize - self.pending) {
    append(self, data);
    return data.length;
  }
  const flushed = flushOrBlocked(self);
  if (flushed === EXC) return EXC;
  if (flushed === BLOCKED) return keepWhatFits(self, data, 0);
  let written = 0;
  while (data.length - written > self.bufferSize) {
    const count = rawWrite(self, data.subarray(written));
    if (count === EXC) return EXC;
    if (count === BLOCKED) return keepWhatFits(self, data, written);
    written += count;
  }
  append(self, data.subarray(written));
  return data.length;
}
function flushOrBlocked(self: PyBuffered): null | undefined | Exc {
  let done = 0;
  while (done < self.pending) {
    const count = rawWrite(self, self.behind.subarray(done, self.pending));
    if (count === EXC || count === BLOCKED) {
      keepFrom(self, done);
      return count;
    }
    done += count;
  }
  self.pending = 0;
  return null;
}
/** The raw file takes no more: buffer what there is room for. */
function keepWhatFits(self: PyBuffered, data: Uint8Array, written: number): number | Exc {
  const room = self.bufferSize - self.pending;
  const part = data.subarray(written, written + room);
  append(self, part);
  const taken = written + part.length;
  return taken < data.length ? blockingError("write could not complete without blocking", taken) : taken;
}
