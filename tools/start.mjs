/**
 * `npm start`: builds when needed, then runs the main job on real input, or with arguments any Python program:
 * `npm start -- PROGRAM.py ARGS…`.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const node = (args) => spawnSync(process.execPath, args, { stdio: "inherit" });

const build = node([`${root}tools/build.mjs`, "--if-stale"]);
if (build.status !== 0) process.exit(build.status ?? 1);
const given = process.argv.slice(2);
const program = given.length > 0 ? given : [`${root}examples/river_report.py`, `${root}examples/data/river_levels.log`];
const { status, signal } = node(["--stack-size=3900", `${root}bin/sidewinder.js`, ...program]);
process.exit(signal ? 128 : (status ?? 1));
