/** `npm run bench -- richards`: builds when needed, and runs programs of `bench/programs` by `sidewinder-lab bench`. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};
const args = process.argv
  .slice(2)
  .map((arg) => (existsSync(`bench/programs/${arg}.py`) ? `bench/programs/${arg}.py` : arg));
run("tools/build.mjs", "--if-stale");
run("bin/sidewinder-lab.js", "bench", ...args);
