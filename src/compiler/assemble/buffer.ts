/** Bytes that grow. */

export class ByteBuffer {
  private bytes = new Uint8Array(64);
  private n = 0;

  push(byte: number): void {
    if (this.n === this.bytes.length) {
      const bigger = new Uint8Array(this.n * 2);
      bigger.set(this.bytes);
      this.bytes = bigger;
    }
    this.bytes[this.n++] = byte;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.n);
  }
}
