/** `-X importtime`: a line for each import that loads something, in CPython's format. */
import type { Clock } from "../host/host.ts";
import type { ImportTimer } from "../importlib/state.ts";

/** One import under way; times in nanoseconds. */
interface Running {
  started: bigint;
  /** Taken by imports inside it. */
  inner: bigint;
}

export function importTimer(clock: Clock, write: (line: string) => void): ImportTimer {
  const running: Running[] = [];
  let hasHeader = false;
  const microseconds = (time: bigint): string => String(time / 1000n);
  return {
    begin: () => running.push({ started: clock.monotonic(), inner: 0n }),
    end: (name) => {
      const { started, inner } = running.pop() as Running;
      const total = clock.monotonic() - started;
      const outer = running.at(-1);
      if (outer !== undefined) outer.inner += total;
      if (!hasHeader) write("import time: self [us] | cumulative | imported package");
      hasHeader = true;
      const own = microseconds(total - inner).padStart(9);
      write(`import time: ${own} | ${microseconds(total).padStart(10)} | ${"  ".repeat(running.length)}${name}`);
    },
    abandon: () => {
      running.pop();
    },
  };
}
