/** Sockets within one interpreter: what `socketpair()` gives. Nothing outside can be reached through them. */
import { emptyStat } from "../../host/blank.ts";
import { errnoOf } from "../../host/errno.ts";
import { HostError, O_RDWR, type OpenFile } from "../../host/host.ts";

const S_IFSOCK = 0o140000;

/** One end of a pair. */
export class SocketFile implements OpenFile {
  readonly flags = O_RDWR;
  readonly isTerminal = false;
  private readonly received: Uint8Array[] = [];
  private peer: SocketFile | null = null;
  private ended = false;

  static pair(): [SocketFile, SocketFile] {
    const a = new SocketFile();
    const b = new SocketFile();
    a.peer = b;
    b.peer = a;
    return [a, b];
  }

  /** Would `read` give something at once, the end included? */
  get isReadable(): boolean {
    return this.received.length > 0 || this.ended;
  }
  read(buffer: Uint8Array): number {
    if (!this.isReadable) throw new HostError(errnoOf("EAGAIN"));
    let count = 0;
    while (count < buffer.length && this.received.length > 0) {
      const first = this.received[0];
      const part = first.subarray(0, buffer.length - count);
      buffer.set(part, count);
      count += part.length;
      if (part.length === first.length) this.received.shift();
      else this.received[0] = first.subarray(part.length);
    }
    return count;
  }
  write(data: Uint8Array): number {
    if (this.peer === null) throw new HostError(errnoOf("EPIPE"));
    if (data.length > 0) this.peer.received.push(data.slice());
    return data.length;
  }
  /** No more will be written. */
  shutdown(): void {
    if (this.peer !== null) this.peer.ended = true;
  }
  stat(): ReturnType<typeof emptyStat> {
    return emptyStat(S_IFSOCK | 0o777);
  }
  close(): void {
    if (this.peer === null) return;
    this.peer.ended = true;
    this.peer.peer = null;
    this.peer = null;
  }
}
