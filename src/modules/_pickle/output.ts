/** The bytes of a pickle being written, with protocol 4's framing. */
import { bytesFromArray } from "../../objects/bytes.ts";
import { EXC, type Status, type Value } from "../../objects/core.ts";
import { call1 } from "../../objects/protocol/call.ts";
import { FRAME } from "./opcodes.ts";

export const FRAME_SIZE_TARGET = 64 * 1024;
const FRAME_SIZE_MIN = 4;
const FRAME_HEADER_SIZE = 9;
const FIRST_CAPACITY = 256;

export class Output {
  private data = new Uint8Array(FIRST_CAPACITY);
  private size = 0;
  /** Where the open frame's header goes; -1 when none is open. */
  private frameStart = -1;
  private isFraming = false;
  private readonly floats = new DataView(new ArrayBuffer(8));

  /** `write` null collects everything. */
  constructor(private readonly write: Value | undefined) {}

  /** Starts anew for another dump. */
  reset(): void {
    this.size = 0;
    this.frameStart = -1;
    this.isFraming = false;
  }
  startFraming(): void {
    this.isFraming = true;
  }

  /** Makes room for `count` more bytes; opens a frame when one is due. */
  private reserve(count: number): void {
    const needed = this.size + count + FRAME_HEADER_SIZE;
    if (needed > this.data.length) {
      const grown = new Uint8Array(Math.max(needed, this.data.length * 2));
      grown.set(this.data.subarray(0, this.size));
      this.data = grown;
    }
    if (this.isFraming && this.frameStart < 0) {
      this.frameStart = this.size;
      this.size += FRAME_HEADER_SIZE;
    }
  }

  op(opcode: number): void {
    this.reserve(1);
    this.data[this.size++] = opcode;
  }
  op1(opcode: number, arg: number): void {
    this.reserve(2);
    this.data[this.size++] = opcode;
    this.data[this.size++] = arg;
  }
  op2(opcode: number, arg: number): void {
    this.reserve(3);
    this.data[this.size++] = opcode;
    this.data[this.size++] = arg;
    this.data[this.size++] = arg >>> 8;
  }
  op4(opcode: number, arg: number): void {
    this.reserve(5);
    this.data[this.size++] = opcode;
    this.int32(arg);
  }
  op8(opcode: number, arg: number): void {
    this.reserve(9);
    this.data[this.size++] = opcode;
    this.int32(arg);
    this.int32(Math.floor(arg / 2 ** 32));
  }
  private int32(arg: number): void {
    const { data } = this;
    let at = this.size;
    data[at++] = arg;
    data[at++] = arg >>> 8;
    data[at++] = arg >>> 16;
    data[at++] = arg >>> 24;
    this.size = at;
  }
  float(opcode: number, x: number): void {
    this.reserve(9);
    this.data[this.size++] = opcode;
    this.floats.setFloat64(0, x, false);
    for (let i = 0; i < 8; i++) this.data[this.size++] = this.floats.getUint8(i);
  }
  /** An opcode, then Latin-1 text. */
  line(opcode: number, text: string): void {
    this.op(opcode);
    this.latin1(text);
  }
  latin1(text: string): void {
    const { length } = text;
    this.reserve(length);
    const { data } = this;
    let at = this.size;
    for (let i = 0; i < length; i++) data[at++] = text.charCodeAt(i);
    this.size = at;
  }
  /**
   * An ASCII str after `opcode` and its length in `lengthBytes` bytes; nothing, and false, when it is not ASCII (or
   * longer than the length's bytes can say).
   */
  ascii(opcode: number, lengthBytes: 1 | 4, text: string): boolean {
    const { length } = text;
    if (lengthBytes === 1 && length > 255) return false;
    this.reserve(5 + length);
    const { data } = this;
    let at = this.size;
    data[at++] = opcode;
    data[at++] = length;
    if (lengthBytes === 4) {
      data[at++] = length >>> 8;
      data[at++] = length >>> 16;
      data[at++] = length >>> 24;
    }
    for (let i = 0; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c >= 0x80) return false;
      data[at++] = c;
    }
    this.size = at;
    return true;
  }
  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.data.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** Ends a frame that has become long enough, between two objects. */
  boundary(): Status {
    if (this.frameStart < 0 || this.size - this.frameStart - FRAME_HEADER_SIZE < FRAME_SIZE_TARGET) return null;
    this.closeFrame();
    return this.write === undefined ? null : this.flush();
  }
  closeFrame(): void {
    if (this.frameStart < 0) return;
    const start = this.frameStart;
    const length = this.size - start - FRAME_HEADER_SIZE;
    this.frameStart = -1;
    if (length < FRAME_SIZE_MIN) {
      this.data.copyWithin(start, start + FRAME_HEADER_SIZE, this.size);
      this.size -= FRAME_HEADER_SIZE;
      return;
    }
    const end = this.size;
    this.size = start;
    this.data[this.size++] = FRAME;
    this.int32(length);
    this.int32(Math.floor(length / 2 ** 32));
    this.size = end;
  }
  endFraming(): void {
    this.closeFrame();
    this.isFraming = false;
  }

  /**
   * A large object's opcode and content, outside of frames. `payload` makes the object that the file is given, so that
   * the content is not copied.
   */
  large(header: () => void, content: () => void, payload: () => Value): Status {
    const { isFraming } = this;
    this.closeFrame();
    this.isFraming = false;
    header();
    if (this.write === undefined) content();
    else if (this.flush() === EXC || call1(this.write, payload()) === EXC) return EXC;
    this.isFraming = isFraming;
    return null;
  }

  /** Hands what is there to the file. */
  flush(): Status {
    const { write } = this;
    if (write === undefined) return null;
    const written = call1(write, bytesFromArray(this.data.subarray(0, this.size)));
    this.size = 0;
    return written === EXC ? EXC : null;
  }
  result(): Value {
    return bytesFromArray(this.data.subarray(0, this.size));
  }
}
