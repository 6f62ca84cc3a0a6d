/** The host that Node is: everything the process may do. */
import { fstatSync, type Stats, statSync } from "node:fs";
import type { Clock, Host, ProcessInfo, SpawnRequest, SpawnResult } from "../host.ts";
import { zoneOf } from "../zone.ts";
import { nullStream } from "../blank.ts";
import { lazy } from "./lazy.ts";
import { collectGarbage, endJob } from "./collect.ts";
import { latin1 } from "./latin1.ts";
import { NodeFile, nodeFiles, pause, system } from "./files.ts";

const childProcess = lazy<typeof import("node:child_process")>("node:child_process");
const crypto = lazy<typeof import("node:crypto")>("node:crypto");
const os = lazy<typeof import("node:os")>("node:os");
const tty = lazy<typeof import("node:tty")>("node:tty");

const EPOCH_OFFSET = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();

export const nodeClock: Clock = {
  // The wall clock's milliseconds, refined by the monotonic clock where the two agree.
  now: () => {
    const wall = BigInt(Date.now()) * 1_000_000n;
    const fine = process.hrtime.bigint() + EPOCH_OFFSET;
    const drift = fine - wall;
    return drift >= 0n && drift < 2_000_000n ? fine : wall;
  },
  monotonic: () => process.hrtime.bigint(),
  processTime: () => {
    const { user, system: kernel } = process.cpuUsage();
    return BigInt(user + kernel) * 1000n;
  },
  sleep: (nanoseconds) => pause(Number(nanoseconds) / 1e6),
  zone: zoneOf,
};

/** Only a character device can be a terminal: whoever has files, pipes and the null device need not load `tty`. */
function isTerminal(fd: number): boolean {
  const stat = fstatSync(fd);
  return stat.isCharacterDevice() && !isNullDevice(stat) && tty().isatty(fd);
}
function isNullDevice({ rdev }: Stats): boolean {
  return process.platform !== "win32" && rdev === statSync("/dev/null").rdev;
}

function stream(fd: number, flags: number): Host["stdin"] {
  try {
    return new NodeFile(fd, flags, isTerminal(fd), true);
  } catch {
    return nullStream(flags);
  }
}

function nodeProcess(): ProcessInfo {
  const id = (f: (() => number) | undefined): number => f?.call(process) ?? 0;
  return {
    pid: process.pid,
    ppid: process.ppid,
    uid: id(process.getuid),
    gid: id(process.getgid),
    euid: id(process.geteuid),
    egid: id(process.getegid),
    groups: process.getgroups?.() ?? [],
    umask: (mask) => process.umask(mask),
    get cpuCount() {
      return os().availableParallelism();
    },
    get uname() {
      const { type, hostname, release, version, machine } = os();
      return { sysname: type(), nodename: hostname(), release: release(), version: version(), machine: machine() };
    },
    loadavg: () => os().loadavg() as [number, number, number],
    times: () => {
      const { user, system: kernel } = process.cpuUsage();
      return { user: user / 1e6, system: kernel / 1e6 };
    },
    kill: (pid, signal) => system(() => void process.kill(pid, signal)),
    terminalSize: (fd) => {
      const tty = fd === 0 ? undefined : fd === 1 ? process.stdout : process.stderr;
      return tty?.columns === undefined ? undefined : { columns: tty.columns, lines: tty.rows };
    },
    spawn: runProgram,
    user: () => {
      const { username, homedir, shell } = os().userInfo();
      return { name: username, home: homedir, shell: shell ?? "/bin/sh" };
    },
  };
}

function runProgram(request: SpawnRequest): SpawnResult {
  return system(() => {
    // A shell joins the two streams, in the order in which they are written.
    const [path, args] = request.merge
      ? ["/bin/sh", ["-c", 'exec "$0" "$@" 2>&1', request.path, ...request.args.slice(1)]]
      : [request.path, request.args.slice(1)];
    const done = childProcess().spawnSync(path, args, {
      argv0: request.merge ? "sh" : request.args[0],
      cwd: request.cwd ?? undefined,
      env: request.environment ?? undefined,
      input: request.input,
      maxBuffer: 2 ** 30,
    });
    if (done.error !== undefined) throw done.error;
    return {
      exitCode: done.status,
      signal: done.signal === null ? null : os().constants.signals[done.signal],
      stdout: done.stdout,
      stderr: done.stderr,
    };
  });
}

/** Grants an interpreter what the Node process has. */
export function nodeHost(): Host {
  const environment = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment.set(name, value);
  return {
    files: nodeFiles,
    stdin: stream(0, 0),
    stdout: stream(1, 1),
    stderr: stream(2, 1),
    clock: nodeClock,
    entropy: { fill: (bytes) => void crypto().randomFillSync(bytes) },
    environment,
    process: nodeProcess(),
    collectGarbage,
    endJob,
    latin1,
  };
}
