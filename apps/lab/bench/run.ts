/** Runs one benchmark program in one process, and reads what it reports. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Peer, harnessFolder } from "./peers.ts";
import type { Program } from "./suite.ts";

/** Runs from the first on: loops, seconds a loop. */
export type Series = [number, number][];
/** By benchmark: a program may have several. */
export type Outcome = Map<string, Series> | { failure: string };

export interface RunOptions {
  seconds: number;
  timeout: number;
}

export function runProgram(peer: Peer, program: Program, { seconds, timeout }: RunOptions): Outcome {
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
        env: { ...process.env, ...peer.env, BENCH_SECONDS: String(seconds), PYTHONPATH: harness },
      },
    );
    if (error !== undefined)
      return { failure: "code" in error && error.code === "ETIMEDOUT" ? `took more than ${timeout} s` : error.message };
    if (status !== 0)
      return { failure: stderr.trim().split("\n").at(-1) || `ended by ${signal ?? `status ${status}`}` };
    return parseReport(stdout);
  });
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
  const inside = mkdtempSync(join(peer.root, "tmp", "sidewinder-bench-"));
  try {
    cpSync(folder, join(inside, "program"), { recursive: true });
    cpSync(harnessFolder(), join(inside, "harness"), { recursive: true });
    const seen = inside.slice(peer.root.replace(/\/$/, "").length);
    return action(`${seen}/program`, `${seen}/harness`);
  } finally {
    rmSync(inside, { recursive: true, force: true });
  }
}

/** Share of the bytecodes that compiled code ran, by a run of its own: counting costs time. null: it cannot be told. */
export function coverageOf(peer: Peer, program: Program, options: RunOptions): number | null {
  if (!peer.isSidewinder) return null;
  const folder = mkdtempSync(join(tmpdir(), "sidewinder-lab-"));
  try {
    const file = join(folder, "traces.json");
    const outcome = runProgram({ ...peer, command: [...peer.command, "-X", `jit-dump=${file}`] }, program, options);
    if ("failure" in outcome) return null;
    const { interpreter, compiled } = (
      JSON.parse(readFileSync(file, "utf8")) as { bytecodes: { interpreter: number; compiled: number } }
    ).bytecodes;
    return interpreter + compiled === 0 ? null : compiled / (interpreter + compiled);
  } catch {
    // The interpreter alone makes no dump.
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
