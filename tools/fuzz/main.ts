/**
 * Random programs under every engine: `npm run fuzz -- --count N --seed S`. All must print the same. What does not is
 * shrunk and written to `--out`; a test made of it belongs into `test/jit`.
 *
 * FUZZ_CPYTHON is a command that runs a program from its standard input under CPython 3.14, to be compared as well.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { IDEAS } from "../../src/jit/settings.ts";
import { type Engine, Workers, cpython, sidewinder } from "./engines.ts";
import { type Line, render } from "./lines.ts";
import { makeProgram } from "./program.ts";
import { shrink } from "./shrink.ts";

const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    /** Ends after so many seconds, whatever has been run. */
    seconds: { type: "string", default: "0" },
    /** More options for the engines with the trace compiler: NAME=VALUE. */
    x: { type: "string", multiple: true, default: [] },
    out: { type: "string", default: ".cache/fuzz" },
    "no-shrink": { type: "boolean", default: false },
    print: { type: "boolean", default: false },
  },
});
/** What is hot after a few turns. */
const LOW = {
  "jit-strict": "",
  "jit-threshold": "4",
  "jit-entry-threshold": "5",
  "jit-exit-threshold": "3",
  "jit-link-threshold": "3",
};

/** One of these for each program: an idea switched off, other thresholds and budgets. */
const VARIATIONS: readonly Record<string, string>[] = [
  ...IDEAS.map((idea) => ({ ...LOW, "jit-without": idea })),
  { ...LOW, "jit-small-region": "300" },
  { ...LOW, "jit-small-region": "800", "jit-warm-threshold": "1000000" },
  { ...LOW, "jit-segment-limit": "20" },
  { ...LOW, "jit-warm-threshold": "2" },
  { ...LOW, "jit-threshold": "1", "jit-entry-threshold": "1", "jit-exit-threshold": "1", "jit-link-threshold": "1" },
  { ...LOW, "jit-without": "function-entries,joins" },
  { "jit-strict": "" },
];

const workers = new Workers();
const more = Object.fromEntries(options.x.map((text) => text.split("=", 2) as [string, string]));
const alone = sidewinder(workers, "interpreter", { jit: "off" });
function others(seed: number): Engine[] {
  const variation = VARIATIONS[seed % VARIATIONS.length];
  const stress = { "jit-strict": "", "jit-stress": String(seed) };
  // A full region goes on elsewhere; under stress, at any instruction.
  const small: Record<string, string> = seed % 3 === 0 ? { "jit-small-region": "300" } : {};
  const varied = Object.entries(variation).filter(([name]) => LOW[name as keyof typeof LOW] !== variation[name]);
  const engines = [
    sidewinder(workers, "JIT", { jit: "on", ...LOW, ...more }),
    sidewinder(workers, "JIT under stress", { jit: "on", ...stress, ...small, ...more }),
    sidewinder(workers, `JIT with ${JSON.stringify(Object.fromEntries(varied))}`, { jit: "on", ...variation, ...more }),
  ];
  const command = process.env.FUZZ_CPYTHON;
  if (command !== undefined && command !== "") engines.push(cpython(command));
  return engines;
}

async function check(seed: number): Promise<boolean> {
  const program = makeProgram(seed);
  const source = render(program);
  const expected = await alone.run(source);
  for (const engine of others(seed)) {
    const output = await engine.run(source);
    if (output === expected) continue;
    // A process that was held up for long has not ended in time: that says nothing.
    if (!(await differ(program, engine))) {
      console.log(`seed ${seed}: ${engine.name} differed from the interpreter, but not again`);
      continue;
    }
    console.log(`seed ${seed}: ${engine.name} differs from the interpreter`);
    const small = options["no-shrink"] ? program : await shrink(program, (lines) => differ(lines, engine));
    await write(seed, engine, small);
    return false;
  }
  return true;
}
async function differ(lines: readonly Line[], engine: Engine): Promise<boolean> {
  const source = render(lines);
  return (await alone.run(source)) !== (await engine.run(source));
}
async function write(seed: number, engine: Engine, lines: readonly Line[]): Promise<void> {
  const source = render(lines);
  mkdirSync(options.out, { recursive: true });
  const file = join(options.out, `${seed}-${engine.name.replace(/\W+/g, "-")}.py`);
  const comment = (title: string, text: string): string => `\n# ${title}:\n${text.trimEnd().replace(/^/gm, "# ")}\n`;
  const outputs = comment(alone.name, await alone.run(source)) + comment(engine.name, await engine.run(source));
  writeFileSync(file, source + outputs);
  console.log(`${file}\n${source.split("\n").length < 60 ? source + outputs : ""}`);
}

if (options.print) process.stdout.write(render(makeProgram(Number(options.seed))));
else {
  const start = Date.now();
  const [count, first, seconds] = [Number(options.count), Number(options.seed), Number(options.seconds)];
  let failures = 0;
  let done = 0;
  for (; done < count; done++) {
    if (seconds > 0 && Date.now() - start > seconds * 1000) break;
    if (!(await check(first + done))) failures++;
  }
  workers.stop();
  console.log(
    `${done} programs from seed ${first}, ${failures} failures, ${((Date.now() - start) / 1000).toFixed(0)} s`,
  );
  process.exitCode = failures > 0 ? 1 : 0;
}
