/** A host for browsers and workers: files in memory, streams as callbacks, the page's clock and entropy. */
import { anonymousProcess, nullStream } from "../blank.ts";
import type { Host } from "../host.ts";
import { MemoryFiles } from "../memory/files.ts";
import { zoneOf } from "../zone.ts";

export interface WebOptions {
  stdout?: (text: Uint8Array) => void;
  stderr?: (text: Uint8Array) => void;
  /** Fills the buffer with input and says how much; 0 is the end. Called when Python waits for input. */
  stdin?: (buffer: Uint8Array) => number;
  files?: MemoryFiles;
  environment?: Record<string, string>;
}

export function webHost(options: WebOptions = {}): Host {
  const ns = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1000)) * 1000n;
  const now = (): bigint => ns(performance.timeOrigin + performance.now());
  return {
    files: options.files ?? new MemoryFiles(now),
    stdin: nullStream(0, undefined, options.stdin),
    stdout: nullStream(1, options.stdout),
    stderr: nullStream(1, options.stderr),
    clock: {
      now,
      monotonic: () => ns(performance.now()),
      processTime: () => ns(performance.now()),
      zone: zoneOf,
    },
    entropy: {
      fill: (bytes) => {
        // Browsers give at most 64 KB at once.
        for (let i = 0; i < bytes.length; i += 65536) crypto.getRandomValues(bytes.subarray(i, i + 65536));
      },
    },
    environment: new Map(Object.entries(options.environment ?? {})),
    process: anonymousProcess(),
  };
}
