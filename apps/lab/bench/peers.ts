/** Who runs benchmarks: by name, those that are known and those of a config file. */
import { join } from "node:path";
import { LabError } from "../../../src/lab/error.ts";
import { UsageError } from "../command.ts";
import { readJson } from "../files.ts";
import { sidewinderCommand } from "../sidewinder.ts";

export interface Peer {
  name: string;
  command: string[];
  env: Record<string, string>;
  /** A folder that the peer takes for the root of the file system (chroot); null: it sees what we see. */
  root: string | null;
  /** Bytecodes in compiled code can be counted. */
  isSidewinder: boolean;
}

const outside = (name: string, command: string[], env: Record<string, string> = {}): Peer => ({
  name,
  command,
  env,
  root: null,
  isSidewinder: false,
});

export function sidewinderPeer(name: string, options: readonly string[], command = sidewinderCommand()): Peer {
  const flags = options.flatMap((option) => ["-X", option]);
  return { name, command: [...command, ...flags], env: {}, root: null, isSidewinder: true };
}
/** The folder of Python code that benchmarks are run with; the build puts it beside this bundle. */
export const harnessFolder = (): string => join(__dirname, "lab-python");

function knownPeers(): Peer[] {
  return [
    sidewinderPeer("sidewinder", ["jit=on"]),
    // Nothing of it is compiled.
    { ...sidewinderPeer("sidewinder-interpreter", ["jit=off"]), isSidewinder: false },
    outside("cpython", ["python3.14"], { PYTHON_JIT: "0" }),
    outside("cpython-jit", ["python3.14"], { PYTHON_JIT: "1" }),
    outside("pypy", ["pypy3"]),
    outside("pyodide", [process.execPath, join(harnessFolder(), "pyodide.mjs")]),
  ];
}

interface PeerConfig {
  command?: unknown;
  env?: Record<string, string>;
  root?: string;
  /** -X options of another Sidewinder. */
  sidewinder?: unknown;
}
/** `{"peers": {NAME: {"command": [...], "env": {...}, "root": FOLDER}}}`. */
export function configuredPeers(path: string): Peer[] {
  const config = readJson(path) as { peers?: Record<string, PeerConfig> } | null;
  const peers = config?.peers;
  if (typeof peers !== "object" || peers === null)
    throw new LabError(`${path} names no peers: {"peers": {NAME: {"command": [...]}}}`);
  return Object.entries(peers).map(([name, { command, env = {}, root = null, sidewinder }]) => {
    const words = Array.isArray(command) && command.every((word) => typeof word === "string");
    if (!words || command.length === 0) throw new LabError(`${path}: ${name} needs a command, a list of words`);
    return { name, command, env, root, isSidewinder: sidewinder === true };
  });
}
export function peersByName(names: readonly string[], configured: readonly Peer[]): Peer[] {
  const all = [...configured, ...knownPeers()];
  return names.map((name) => {
    const peer = all.find((other) => other.name === name);
    if (peer === undefined) {
      throw new UsageError(`no peer '${name}'; there are ${[...new Set(all.map((other) => other.name))].join(", ")}`);
    }
    return peer;
  });
}
