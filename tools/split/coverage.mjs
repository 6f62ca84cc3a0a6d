/**
 * What of a script a program executes: `coverageOf(file, args)` runs the command's bundle and gives a predicate on
 * positions of the text. This file is also what the child process runs.
 */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const here = fileURLToPath(import.meta.url);

/**
 * What `programs` execute, command lines after the program's name. The first runs with each kind of standard stream:
 * files, pipes and devices are opened in ways of their own. `header`: how many units of the file come before the bundle.
 */
export function coverageOf(file, [first, ...others], header) {
  const runs = ["file", "ignore"].map((stdio) => runOf(file, first, stdio, header));
  for (const args of [first, ...others]) runs.push(runOf(file, args, "pipe", header));
  return (position) => runs.some((ran) => ran(position));
}

function runOf(file, args, stdio, header) {
  const out = `${file}.coverage`;
  const stream = stdio === "file" ? openSync(`${file}.out`, "w+") : stdio;
  const { status } = spawnSync(process.execPath, ["--stack-size=3900", here, file, out, ...args], {
    stdio: [stream, stream, "ignore"],
    // What a user has installed makes a start longer, and is not what everybody needs.
    env: { ...process.env, HOME: dirname(file) },
  });
  if (typeof stream === "number") {
    closeSync(stream);
    rmSync(`${file}.out`);
  }
  // A program may end with an uncaught exception.
  if (status !== 0 && status !== 1) throw new Error(`coverage: ${args.join(" ")} ended with ${status}`);
  const functions = JSON.parse(readFileSync(out, "utf8"));
  rmSync(out);
  return predicate(
    functions.flatMap((f) => f.ranges).map((r) => [r.startOffset - header, r.endOffset - header, r.count]),
  );
}

/** The innermost range around a position decides. Ranges lie beside or in each other. */
function predicate(ranges) {
  ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const starts = [];
  const executed = [];
  const open = [];
  const mark = (at, count) => {
    if (starts.at(-1) === at) executed[executed.length - 1] = count > 0;
    else {
      starts.push(at);
      executed.push(count > 0);
    }
  };
  const closeUpTo = (position) => {
    while (open.length > 0 && open.at(-1)[1] <= position) {
      const [, end] = open.pop();
      mark(end, open.at(-1)?.[2] ?? 0);
    }
  };
  for (const range of ranges) {
    closeUpTo(range[0]);
    open.push(range);
    mark(range[0], range[2]);
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return (position) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= position) low = middle + 1;
      else high = middle;
    }
    return low > 0 && executed[low - 1];
  };
}

function child(file, out, args) {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  process.argv = [process.execPath, file, ...args];
  process.once("exit", () => {
    session.post("Profiler.takePreciseCoverage", (_error, { result }) => {
      writeFileSync(out, JSON.stringify(result.find(({ url }) => url.endsWith(file)).functions));
    });
  });
  const script = new Script(readFileSync(file, "latin1"), { filename: file });
  const module_ = { exports: {} };
  script.runInThisContext()(module_.exports, createRequire(file), module_, file, dirname(file));
}

if (process.argv[1] === here) child(process.argv[2], process.argv[3], process.argv.slice(4));
