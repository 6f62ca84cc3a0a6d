/** Runs the benchmark programs under Sidewinder and its peers and compares: README.md. */
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    warm: { type: "string", default: "1" },
    measure: { type: "string", default: "1" },
    timeout: { type: "string", default: "60" },
    peers: { type: "string" },
    json: { type: "string" },
  },
});

interface Timing {
  first: number;
  best: number;
  median: number;
  runs: number;
}
/** How a peer is started; `folder` is where it sees the programs. */
interface Peer {
  name: string;
  command: string[];
  folder: string;
}

const programs = join(here, "programs");

function allPeers(): Peer[] {
  const seen = process.env.BENCH_PROGRAMS ?? programs;
  const outside = (name: string, variable: string, fallback: string): Peer => ({
    name,
    command: (process.env[variable] ?? fallback).split(" "),
    folder: seen,
  });
  return [
    {
      name: "sidewinder",
      command: [process.execPath, "--stack-size=3900", join(here, "../bin/sidewinder.js")],
      folder: programs,
    },
    outside("cpython", "BENCH_CPYTHON", "python3.14"),
    outside("pypy", "BENCH_PYPY", "pypy3"),
    { name: "pyodide", command: [process.execPath, join(here, "pyodide.mjs")], folder: programs },
  ];
}

function works({ command }: Peer): boolean {
  if (command[1]?.endsWith("pyodide.mjs")) return true;
  return spawnSync(command[0], [...command.slice(1), "-c", "pass"]).status === 0;
}

/** The timing, or the last line of what went wrong. */
function measure(peer: Peer, program: string): Timing | string {
  const [command, ...args] = peer.command;
  const { stdout, stderr, error } = spawnSync(command, [...args, `${peer.folder}/${program}`], {
    encoding: "utf8",
    timeout: Number(options.timeout) * 1000,
    killSignal: "SIGKILL",
    env: { ...process.env, BENCH_WARM: options.warm, BENCH_MEASURE: options.measure },
  });
  const line = stdout?.split("\n").find((text) => text.startsWith("BENCH "));
  if (line !== undefined) return JSON.parse(line.slice("BENCH ".length)) as Timing;
  if (error !== undefined) return error.message;
  return stderr.trim().split("\n").at(-1) ?? "no result";
}

const milliseconds = (timing: Timing | string | undefined): string =>
  typeof timing === "object" ? (timing.median * 1000).toFixed(2) : "–";

/** Geometric mean of (Sidewinder's median / the peer's) over the programs that both ran. */
function meanRatio(results: Map<string, Map<string, Timing | string>>, peer: string): string {
  const logs: number[] = [];
  for (const timings of results.values()) {
    const ours = timings.get("sidewinder");
    const theirs = timings.get(peer);
    if (typeof ours === "object" && typeof theirs === "object") logs.push(Math.log(ours.median / theirs.median));
  }
  if (logs.length === 0) return "–";
  return `${Math.exp(logs.reduce((a, b) => a + b) / logs.length).toFixed(2)} (${logs.length})`;
}

const wanted = options.peers?.split(",");
const peers = allPeers().filter((peer) => (wanted === undefined || wanted.includes(peer.name)) && works(peer));
const names = readdirSync(programs)
  .filter((name) => name.endsWith(".py") && name !== "measure.py")
  .filter((name) => positionals.length === 0 || positionals.includes(basename(name, ".py")));
const results = new Map<string, Map<string, Timing | string>>();

console.log(`${"median, ms".padEnd(18)}${peers.map((peer) => peer.name.padStart(12)).join("")}   sidewinder / peer`);
for (const name of names) {
  const timings = new Map<string, Timing | string>();
  for (const peer of peers) timings.set(peer.name, measure(peer, name));
  results.set(name, timings);
  const ours = timings.get("sidewinder");
  const ratios = peers.slice(1).map(({ name: peer }) => {
    const theirs = timings.get(peer);
    return typeof ours === "object" && typeof theirs === "object" ? (ours.median / theirs.median).toFixed(2) : "–";
  });
  const cells = peers.map((peer) => milliseconds(timings.get(peer.name)).padStart(12)).join("");
  console.log(`${basename(name, ".py").padEnd(18)}${cells}   ${ratios.join("  ")}`);
  for (const [peer, timing] of timings) if (typeof timing === "string") console.log(`  ${peer}: ${timing}`);
}
for (const { name } of peers.slice(1)) console.log(`geometric mean, sidewinder / ${name}: ${meanRatio(results, name)}`);
if (options.json !== undefined) {
  const plain = Object.fromEntries([...results].map(([name, timings]) => [name, Object.fromEntries(timings)]));
  writeFileSync(options.json, JSON.stringify(plain, null, 2));
}
