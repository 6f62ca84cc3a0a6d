/** What the trace compiler owes its surroundings: memory, what `sys._jit` says, hosts where text cannot become code. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Python } from "../../src/api/index.ts";
import { libraryFiles } from "../../src/host/node/library.ts";
import { HOT, options } from "./run.ts";

const command = fileURLToPath(new URL("../../bin/sidewinder.js", import.meta.url));
function sidewinder(node: string[], args: string[], env: Record<string, string> = {}): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["--stack-size=3900", ...node, command, ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, PYTHON_COLORS: "0", ...env },
  });
  return stdout + stderr;
}
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const FUNCTIONS = 120;
const ASK = "import sys; print(sys._jit.is_available(), sys._jit.is_enabled(), sys._jit.is_active())";

test("sys._jit, PYTHON_JIT and -X jit", options, () => {
  assert.equal(sidewinder([], ["-X", "jit=off", "-c", ASK], { PYTHON_JIT: "1" }), "True False False\n");
  assert.equal(sidewinder([], ["-X", "jit=on", "-c", ASK], { PYTHON_JIT: "0" }), "True True False\n");
  assert.equal(sidewinder([], ["-c", ASK], { PYTHON_JIT: "1" }), "True True False\n");
  assert.equal(sidewinder([], ["-c", ASK], { PYTHON_JIT: "0" }), "True False False\n");
});
test("where text cannot become code, the interpreter runs alone and the statistics say so", options, () => {
  const program = "t = 0\nfor i in range(3000): t += i\nprint(t)\n";
  const out = sidewinder(
    ["--disallow-code-generation-from-strings"],
    [...["-X", "jit=on", "-X", "jit-stats", "-c"], `${program}${ASK}`],
  );
  assert.match(out, /^4498500\nFalse False False\nno trace compiler: functions cannot be made of text here.*\n$/);
});
test("functions that are hot once: what is compiled for them goes with them", options, () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const python = new Python({
    library: libraryFiles(dist),
    settings: { noSite: true, xOptions: new Map(Object.entries(HOT)) },
  });
  const used = (first: number): number => {
    python.run(`
for n in range(${first}, ${first + FUNCTIONS}):
  names = {}
  exec('def f(k):\\n  t = 0\\n  for i in range(k): t += i * ' + str(n) + '\\n  return t', names)
  for _ in range(8): names['f'](9)`);
    collect();
    return process.memoryUsage().heapUsed;
  };
  used(0);
  const before = used(FUNCTIONS);
  used(2 * FUNCTIONS);
  const grown = (used(3 * FUNCTIONS) - before) / (2 * FUNCTIONS);
  // A region and its log take 45,000.
  assert.ok(grown < 10_000, `${grown} bytes a function stay`);
});
