/**
 * Compares our code objects with CPython's, as `reference.py` wrote them.
 *
 * Usage: tsx tools/compiler/compare.ts REFERENCE_DIR SOURCE_ROOT [--list] [-O [-O]] [RELATIVE_PATH_PREFIX...]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileModule } from "../../src/compiler/compile.ts";
import { decodeSource } from "../../src/syntax/decode.ts";
import { parse } from "../../src/syntax/parse.ts";
import { type CanonicalCode, canonical, firstDifference } from "./canonical.ts";

const args = process.argv.slice(2);
const list = args.includes("--list");
const optimize = args.filter((a) => a === "-O").length;
const [reference, root, ...prefixes] = args.filter((a) => a !== "--list" && a !== "-O");
const names = JSON.parse(readFileSync(join(reference, "names.json"), "utf8")) as Record<string, number>;

function* references(folder: string): Iterable<string> {
  for (const entry of readdirSync(join(reference, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* references(path);
    else if (entry.name.endsWith(".py.json")) yield path.slice(0, -".json".length);
  }
}

function describe(e: unknown): string {
  if (e instanceof Error) return `fault: ${e.message} ${e.stack?.split("\n")[1]?.trim() ?? ""}`;
  const { msg, message, lineno } = e as { msg?: string; message?: string; lineno?: number };
  return `error: ${msg ?? message} line ${lineno}`;
}

let agree = 0;
let total = 0;
let bytes = 0;
let parseTime = 0;
let compileTime = 0;
const byField = new Map<string, number>();
for (const path of references("")) {
  if (prefixes.length > 0 && !prefixes.some((p) => path.startsWith(p))) continue;
  const theirs = JSON.parse(readFileSync(join(reference, `${path}.json`), "utf8")) as CanonicalCode | { error: string };
  if (!existsSync(join(root, path))) continue;
  const data = readFileSync(join(root, path));
  let result: string | null;
  total++;
  try {
    const text = decodeSource(data, path);
    const t0 = performance.now();
    const tree = parse(text, { filename: path, mode: "exec", lookupName: (name) => names[name] });
    const t1 = performance.now();
    const code = compileModule(tree, { filename: path, optimize });
    compileTime += performance.now() - t1;
    parseTime += t1 - t0;
    bytes += data.length;
    result = "error" in theirs ? `compiles, CPython: ${theirs.error}` : firstDifference(canonical(code), theirs);
  } catch (e) {
    result = "error" in theirs && !(e instanceof Error) ? null : describe(e);
  }
  if (result === null) {
    agree++;
    continue;
  }
  const field = /^(fault|error|compiles)/.exec(result)?.[1] ?? /:\d+ (\w+)/.exec(result)?.[1] ?? "?";
  byField.set(field, (byField.get(field) ?? 0) + 1);
  if (list) console.log(`${path}: ${result}`);
}
console.log(`${agree} of ${total} files agree`);
console.log(Object.fromEntries(byField));
const rate = (ms: number): string => (bytes / 1e3 / ms).toFixed(2);
console.log(`${(bytes / 1e6).toFixed(1)} MB; MB/s: parse ${rate(parseTime)}, compile ${rate(compileTime)}`);
