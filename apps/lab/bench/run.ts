/** Runs one benchmark program in one process, and reads what it reports. */
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { delimiter, join } from "node:path";
import { readLines } from "../../../src/lab/documents.ts";
import { LabError } from "../../../src/lab/error.ts";
import { compiledPart } from "../../../src/stats/tiers.ts";
import { readText, withFolder } from "../files.ts";
import { type Peer, harnessFolder } from "./peers.ts";
import type { Program } from "./suite.ts";

/** Runs from the first on: loops, seconds a loop. */
export type Series = [number, number][];
/** By benchmark: a program may have several. */
export type Outcome = Map<string, Series> | { failure: string };

export interface RunOptions {
  seconds: number;
  /** Seconds of CPU time that each benchmark runs before it is reported, and counted. */
  warmup?: number;
  timeout: number;
}

export function runProgram(peer: Peer, program: Program, { seconds, warmup = 0, timeout }: RunOptions): Outcome {
  return inView(peer, program, (folder, harness) => {
    const [command, ...args] = peer.command;
    const { stdout, stderr, status, signal, error } = spawnSync(
      command,
      [...args, `${folder}/${program.file}`, ...program.args],
      {
        encoding: "utf8",
        timeout: timeout * 1000,
        killSignal: "SIGKILL",
        maxBuffer: 1 << 28,
        env: {
          ...process.env,
          ...peer.env,
          BENCH_SECONDS: String(seconds),
          BENCH_WARMUP: String(warmup),
          PYTHONPATH: searchPath(harness, peer),
        },
      },
    );
    if (error !== undefined)
      return { failure: "code" in error && error.code === "ETIMEDOUT" ? `took more than ${timeout} s` : error.message };
    if (status !== 0)
      return { failure: stderr.trim().split("\n").at(-1) || `ended by ${signal ?? `status ${status}`}` };
    return parseReport(stdout);
  });
}

/** The harness comes first; behind it the packages that the benchmarks want may lie. */
function searchPath(harness: string, { env, root }: Peer): string {
  const given = env.PYTHONPATH ?? (root === null ? process.env.PYTHONPATH : undefined);
  return given === undefined || given === "" ? harness : `${harness}${delimiter}${given}`;
}
export function parseReport(stdout: string): Outcome {
  const found = new Map<string, Series>();
  for (const line of stdout.split("\n")) {
    if (!line.startsWith("BENCH ")) continue;
    try {
      const { name, times } = JSON.parse(line.slice("BENCH ".length)) as { name: string; times: Series };
      if (times.length > 0) found.set(name, times);
    } catch {
      return { failure: `a report that is no JSON: ${line.slice(0, 60)}` };
    }
  }
  return found.size > 0 ? found : { failure: "it reported no times (no pyperf.Runner, no measure.main?)" };
}

/** Calls `action` with the folders as the peer sees them: where it has a root of its own, copies lie in its `/tmp`. */
function inView(peer: Peer, { folder }: Program, action: (folder: string, harness: string) => Outcome): Outcome {
  if (peer.root === null) return action(folder, harnessFolder());
  const root = peer.root.replace(/\/$/, "");
  return withFolder(
    (inside) => {
      cpSync(folder, join(inside, "program"), { recursive: true });
      cpSync(harnessFolder(), join(inside, "harness"), { recursive: true });
      const seen = inside.slice(root.length);
      return action(`${seen}/program`, `${seen}/harness`);
    },
    join(root, "tmp"),
  );
}

/**
 * Share of the bytecodes that compiled code ran once it was warm, by a run of its own: counting costs time. null: it
 * cannot be told.
 */
export function coverageOf(peer: Peer, program: Program, options: RunOptions): number | null {
  if (!peer.isSidewinder) return null;
  return withFolder((folder) => {
    const file = join(folder, "lines.json");
    const outcome = runProgram({ ...peer, command: [...peer.command, "-X", `jit-lines=${file}`] }, program, {
      ...options,
      warmup: options.seconds,
    });
    return "failure" in outcome ? null : shareIn(file);
  });
}
function shareIn(file: string): number | null {
  try {
    return compiledPart(readLines(file, readText(file)).instructions);
  } catch (error) {
    // Another Sidewinder may write another form, or none.
    if (error instanceof LabError) return null;
    throw error;
  }
}
