/** Pipes within one process: what `os.pipe` gives where the host has none of its own. */
import { emptyStat } from "./blank.ts";
import { errnoOf } from "./errno.ts";
import { HostError, O_NONBLOCK, type OpenFile } from "./host.ts";

const CAPACITY = 65536;
const S_IFIFO = 0o010000;

/** The reading and the writing end. Nobody else can fill an empty pipe: reading one is EAGAIN, not waiting for ever. */
export function newPipe(): [OpenFile, OpenFile] {
  let buffered = new Uint8Array(0);
  let readers = 1;
  let writers = 1;
  const end = (flags: number, rest: Pick<OpenFile, "read" | "write" | "close">): OpenFile => ({
    flags: flags | O_NONBLOCK,
    isTerminal: false,
    stat: () => emptyStat(S_IFIFO | 0o600),
    ...rest,
  });
  const bad = (): never => {
    throw new HostError(errnoOf("EBADF"));
  };
  const reader = end(0, {
    read: (buffer) => {
      if (buffered.length === 0) {
        if (writers === 0 || buffer.length === 0) return 0;
        throw new HostError(errnoOf("EAGAIN"));
      }
      const count = Math.min(buffer.length, buffered.length);
      buffer.set(buffered.subarray(0, count));
      buffered = buffered.slice(count);
      return count;
    },
    write: bad,
    close: () => {
      readers--;
    },
  });
  const writer = end(1, {
    read: bad,
    write: (data) => {
      if (readers === 0) throw new HostError(errnoOf("EPIPE"));
      const count = Math.min(data.length, CAPACITY - buffered.length);
      if (count === 0 && data.length > 0) throw new HostError(errnoOf("EAGAIN"));
      const next = new Uint8Array(buffered.length + count);
      next.set(buffered);
      next.set(data.subarray(0, count), buffered.length);
      buffered = next;
      return count;
    },
    close: () => {
      writers--;
    },
  });
  return [reader, writer];
}
