/**
 * The bytes of a pickle being read: all at hand, or from a file as they are needed. They are Latin-1 text, which is
 * what bytes objects hold: parts of it become str and bytes without being copied byte by byte.
 */
import { bytesLike } from "../../objects/buffer.ts";
import { latin1FromArray } from "../../objects/bytes.ts";
import { EXC, type Exc, type Value } from "../../objects/core.ts";
import { catches, clearException, ok, raise, throwPending, typeError } from "../../objects/errors.ts";
import { eofErrorType, notImplementedErrorType } from "../../objects/exceptions/types.ts";
import { call0, call1 } from "../../objects/protocol/call.ts";
import { lookupAttr } from "../../objects/protocol/object.ts";
import { typeOf } from "../../objects/types.ts";
import { bytesIOType, type PyBytesIO } from "../_io/bytes-io.ts";
import { unpicklingError } from "./errors.ts";

export function truncated(): never {
  unpicklingError("pickle data was truncated");
  return throwPending();
}

function straddles(): never {
  unpicklingError("pickle exhausted before end of frame");
  return throwPending();
}

/** Where bytes come from. What `peek` gives stays in the file until `skip` says how much was used. */
export interface Source {
  /** At least one byte, if there is one; null when the file cannot do that. */
  peek(wanted: number): string | null;
  skip(count: number): void;
  read(count: number): string;
  readline(): string;
  /** May what was peeked still be there at the next load? */
  readonly isStable: boolean;
}

export class Input {
  at = 0;
  /** How much of `data` up to `at` the file does not know to be used; -1 when `data` was read, not peeked. */
  private skipped = -1;
  /** Where in `data` the frame that is being read ends. */
  private frameEnd = 0;

  constructor(
    public data: string,
    private readonly source: Source | null,
  ) {}

  /** The next opcode. */
  opcode(): number {
    if (this.at >= this.data.length && !this.refill(1)) {
      raise(eofErrorType, "Ran out of input");
      return throwPending();
    }
    return this.data.charCodeAt(this.at++);
  }
  /** Moves over `count` bytes; where they start in `data`. */
  take(count: number): number {
    if (this.at + count > this.data.length && !this.refill(count))
      return this.at < this.frameEnd ? straddles() : truncated();
    const start = this.at;
    this.at = start + count;
    if (start < this.frameEnd && this.at > this.frameEnd) return straddles();
    return start;
  }
  byte(): number {
    // The place first: taking may replace the data.
    const start = this.take(1);
    return this.data.charCodeAt(start);
  }
  uint16(): number {
    const start = this.take(2);
    return this.data.charCodeAt(start) | (this.data.charCodeAt(start + 1) << 8);
  }
  int32(): number {
    const start = this.take(4);
    const { data } = this;
    return (
      data.charCodeAt(start) |
      (data.charCodeAt(start + 1) << 8) |
      (data.charCodeAt(start + 2) << 16) |
      (data.charCodeAt(start + 3) << 24)
    );
  }
  uint32(): number {
    return this.int32() >>> 0;
  }
  /** Eight bytes; negative when they exceed a signed size. */
  size64(): number {
    const low = this.uint32();
    return this.int32() * 2 ** 32 + low;
  }
  bytes(count: number): string {
    const start = this.take(count);
    return this.data.substring(start, start + count);
  }
  /** Begins a frame of `count` bytes, which must all be there. */
  frame(count: number): void {
    if (this.at < this.frameEnd) {
      unpicklingError("beginning of a new frame before end of current frame");
      throwPending();
    }
    this.at = this.take(count);
    this.frameEnd = this.at + count;
  }
  /** A line with its newline. */
  line(): string {
    const end = this.data.indexOf("\n", this.at);
    if (this.at < this.frameEnd && (end < 0 || end >= this.frameEnd)) return straddles();
    if (end < 0) return this.lineOfFile();
    const line = this.data.substring(this.at, end + 1);
    this.at = end + 1;
    return line;
  }
  private lineOfFile(): string {
    if (this.source === null) return truncated();
    this.frameEnd = 0;
    const rest = this.skipped < 0 ? this.data.substring(this.at) : "";
    this.skipUsed();
    this.data = "";
    this.at = 0;
    this.skipped = -1;
    const line = rest + this.source.readline();
    return line.endsWith("\n") ? line : truncated();
  }

  /** Gets at least `count` bytes from `at` on; false when there are not so many. */
  private refill(count: number): boolean {
    const { source } = this;
    if (source === null || this.at < this.frameEnd) return false;
    this.frameEnd = 0;
    this.skipUsed();
    const peeked = this.skipped >= 0 || this.at >= this.data.length ? source.peek(count) : null;
    if (peeked !== null && peeked.length >= count) {
      this.data = peeked;
      this.at = 0;
      this.skipped = 0;
      return true;
    }
    const rest = this.skipped < 0 ? this.data.substring(this.at) : "";
    this.data = rest + source.read(count - rest.length);
    this.at = 0;
    this.skipped = -1;
    return this.data.length >= count;
  }
  /** Tells the file how much was used. */
  private skipUsed(): void {
    const { skipped } = this;
    if (skipped < 0 || skipped === this.at) return;
    this.skipped = this.at;
    this.source?.skip(this.at - skipped);
  }
  /** The end of a load: leaves the file just after the pickle. */
  finish(): void {
    this.frameEnd = 0;
    if (this.source === null) return;
    this.skipUsed();
    if (this.source.isStable) return;
    this.data = "";
    this.at = 0;
    this.skipped = -1;
  }
}

const FIRST_CHUNK = 4096;
const LARGEST_CHUNK = 1 << 20;

/** A BytesIO, whose memory is read without asking its methods. */
class BytesIOSource implements Source {
  readonly isStable = false;
  private chunk = FIRST_CHUNK;
  constructor(
    private readonly file: PyBytesIO,
    private readonly readlineMethod: Value,
    private readonly readMethod: Value,
  ) {}
  peek(wanted: number): string | null {
    const { data, position, size } = this.file;
    if (data === null) return null;
    const end = Math.min(size, position + Math.max(wanted, this.chunk));
    this.chunk = Math.min(this.chunk * 2, LARGEST_CHUNK);
    return position < end ? latin1FromArray(data, position, end) : "";
  }
  skip(count: number): void {
    this.file.position += count;
  }
  read(count: number): string {
    return contentOf(call1(this.readMethod, count));
  }
  readline(): string {
    return contentOf(call0(this.readlineMethod));
  }
}

const PREFETCH = 128 * 1024;

class FileSource implements Source {
  readonly isStable = true;
  constructor(
    private peekMethod: Value | undefined,
    private readonly readMethod: Value,
    private readonly readlineMethod: Value,
  ) {}
  peek(): string | null {
    if (this.peekMethod === undefined) return null;
    const peeked = call1(this.peekMethod, PREFETCH);
    if (peeked !== EXC) return contentOf(peeked);
    if (!catches(notImplementedErrorType)) return throwPending();
    clearException();
    this.peekMethod = undefined;
    return null;
  }
  skip(count: number): void {
    ok(call1(this.readMethod, count));
  }
  read(count: number): string {
    return contentOf(call1(this.readMethod, count));
  }
  readline(): string {
    return contentOf(call0(this.readlineMethod));
  }
}

function contentOf(result: Value | Exc): string {
  return ok(bytesLike(ok(result)));
}

/** The source that a file argument is. */
export function sourceOf(file: Value): Source | Exc {
  const peek = lookupAttr(file, "peek");
  const read = peek === EXC ? EXC : lookupAttr(file, "read");
  const readline = read === EXC ? EXC : lookupAttr(file, "readline");
  if (peek === EXC || read === EXC || readline === EXC) return EXC;
  if (read === undefined || readline === undefined) return typeError("file must have 'read' and 'readline' attributes");
  if (typeOf(file) === bytesIOType) return new BytesIOSource(file as PyBytesIO, readline, read);
  return new FileSource(peek, read, readline);
}
