/** Pipes within one process: what `os.pipe` gives. The other end may belong to a child that has not run yet. */
import { emptyStat } from "./blank.ts";
import { errnoOf } from "./errno.ts";
import { HostError, O_NONBLOCK, type OpenFile } from "./host.ts";

const CAPACITY = 65536;
const S_IFIFO = 0o010000;

class Pipe {
  chunks: Uint8Array[] = [];
  size = 0;
  readers = 1;
  writers = 1;
  /** A reader that takes any amount: a child whose input is being collected. */
  unlimited = false;
  /** Called when somebody reads and there is nothing: whoever writes the other end may produce something. */
  onStarved: (() => void) | null = null;

  put(data: Uint8Array): void {
    if (data.length === 0) return;
    this.chunks.push(data.slice());
    this.size += data.length;
  }
  take(buffer: Uint8Array): number {
    let count = 0;
    while (count < buffer.length && this.chunks.length > 0) {
      const first = this.chunks[0];
      const part = first.subarray(0, buffer.length - count);
      buffer.set(part, count);
      count += part.length;
      if (part.length === first.length) this.chunks.shift();
      else this.chunks[0] = first.subarray(part.length);
    }
    this.size -= count;
    return count;
  }
}

/** One end of a pipe. */
export class PipeEnd implements OpenFile {
  readonly isTerminal = false;
  readonly flags: number;
  constructor(
    private readonly pipe: Pipe,
    private readonly writes: boolean,
  ) {
    this.flags = (writes ? 1 : 0) | O_NONBLOCK;
  }
  stat(): ReturnType<typeof emptyStat> {
    return emptyStat(S_IFIFO | 0o600);
  }
  read(buffer: Uint8Array): number {
    const { pipe } = this;
    if (this.writes) throw new HostError(errnoOf("EBADF"));
    if (pipe.size === 0 && buffer.length > 0) {
      pipe.onStarved?.();
      // Nobody else can fill an empty pipe: waiting for that would be for ever.
      if (pipe.size === 0 && pipe.writers > 0) throw new HostError(errnoOf("EAGAIN"));
    }
    return pipe.take(buffer);
  }
  write(data: Uint8Array): number {
    const { pipe } = this;
    if (!this.writes) throw new HostError(errnoOf("EBADF"));
    if (pipe.readers === 0) throw new HostError(errnoOf("EPIPE"));
    const room = pipe.unlimited ? data.length : CAPACITY - pipe.size;
    if (room <= 0 && data.length > 0) throw new HostError(errnoOf("EAGAIN"));
    const part = data.subarray(0, room);
    pipe.put(part);
    return part.length;
  }
  close(): void {
    if (this.writes) this.pipe.writers--;
    else this.pipe.readers--;
  }
  /** Sets what happens when a reader finds nothing. */
  whenStarved(produce: () => void): void {
    this.pipe.onStarved = produce;
  }
  /** Lets the pipe take any amount. */
  unbound(): void {
    this.pipe.unlimited = true;
  }
}

/** The reading and the writing end. */
export function newPipe(): [PipeEnd, PipeEnd] {
  const pipe = new Pipe();
  return [new PipeEnd(pipe, false), new PipeEnd(pipe, true)];
}
