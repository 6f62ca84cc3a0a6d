/**
 * The interpreter's loop must stay below V8's limit of 61,440 bytes of bytecode: above it the function is never
 * optimised. The gate is 55 KB, so that a change does not hit the wall unawares.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const LIMIT = 55 * 1024;
const root = fileURLToPath(new URL("../..", import.meta.url));
const bundle = `${root}dist/cli.cjs`;
if (!existsSync(bundle)) {
  console.error("no dist/cli.cjs: run `npm run build` first");
  process.exit(1);
}

/** The names that the bundle gives to functions called `loop`; the largest of them is the interpreter's. */
const names = new Set([...readFileSync(bundle, "latin1").matchAll(/function (loop\d*)\(/g)].map((match) => match[1]));
// --no-lazy compiles every function of the bundle, without running it: the wrapper is a function expression.
const script = `new (require("node:vm").Script)(require("node:fs").readFileSync(${JSON.stringify(bundle)}, "latin1"))`;

function bytecodeSize(name) {
  const { stdout } = spawnSync(
    process.execPath,
    ["--no-lazy", "--print-bytecode", `--print-bytecode-filter=${name}`, "-e", script],
    { encoding: "latin1", maxBuffer: 2 ** 30 },
  );
  const lengths = [...stdout.matchAll(/^Bytecode length: (\d+)/gm)].map((match) => Number(match[1]));
  return Math.max(0, ...lengths);
}

const largest = Math.max(0, ...[...names].map(bytecodeSize));
if (largest < 10_000) {
  console.error(`the interpreter's loop was not found among ${[...names].join(", ")}`);
  process.exit(1);
}
console.log(`the interpreter's loop: ${largest} bytes of bytecode, of at most ${LIMIT}`);
process.exitCode = largest <= LIMIT ? 0 : 1;
