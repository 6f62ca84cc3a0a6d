/**
 * Compares what we make of small sources with what CPython does, as `reference_snippets.py` wrote it: code objects,
 * errors with message and place, warnings.
 *
 * Usage: tsx tools/compiler/compare-snippets.ts SNIPPETS.json [NAMES.json] [--all]
 */
import { readFileSync } from "node:fs";
import { compileModule } from "../../src/compiler/compile.ts";
import { CompilerRecursionError } from "../../src/compiler/errors.ts";
import { PySyntaxError } from "../../src/syntax/errors.ts";
import { parse, type ParseMode } from "../../src/syntax/parse.ts";
import { type CanonicalCode, canonical, firstDifference } from "./canonical.ts";

interface Failure {
  error: string;
  msg: string;
  at: [number, number, number, number] | null;
}
interface Snippet {
  source: string;
  mode: ParseMode;
  flags: number;
  code: CanonicalCode | Failure;
  warnings: [string, string, number][];
}

const [file, namesFile] = process.argv.slice(2).filter((a) => !a.startsWith("--"));
const showAll = process.argv.includes("--all");
const snippets = JSON.parse(readFileSync(file, "utf8")) as Snippet[];
const names = namesFile === undefined ? {} : (JSON.parse(readFileSync(namesFile, "utf8")) as Record<string, number>);

/** Where a difference shows: while parsing (another's business) or while compiling. */
type Stage = "parse" | "compile";

function check(s: Snippet): [Stage, string] | null {
  const warned: string[] = [];
  let stage: Stage = "parse";
  const expected = s.code;
  const failed = "error" in expected;
  const warn = (category: string, msg: string, _file: string, line: number): void => {
    warned.push(`${category} ${msg} ${line}`);
  };
  try {
    const lookupName = (name: string): number | undefined => names[name];
    const tree = parse(s.source, { filename: "<x>", mode: s.mode, flags: s.flags, warn, lookupName });
    stage = "compile";
    const code = compileModule(tree, { filename: "<x>", flags: s.flags, warn });
    if (failed) return ["compile", `compiles; CPython: ${expected.error} ${expected.msg} ${expected.at}`];
    const difference = firstDifference(canonical(code), expected);
    if (difference !== null) return ["compile", difference];
  } catch (e) {
    if (e instanceof Error) return [stage, `fault ${e.message} ${e.stack?.split("\n")[1] ?? ""}`];
    if (e instanceof CompilerRecursionError) return failed ? null : [stage, "recursion"];
    if (!(e instanceof PySyntaxError)) return failed ? null : [stage, JSON.stringify(e)];
    if (!failed) return [stage, `error ${e.msg}; CPython compiles`];
    const ours = `${e.msg} ${e.lineno},${e.offset},${e.end_lineno},${e.end_offset}`;
    const theirs = `${expected.msg} ${expected.at?.join()}`;
    return ours === theirs ? null : [stage, `${ours}; CPython: ${theirs}`];
  }
  const theirs = s.warnings.map((w) => w.join(" "));
  if (JSON.stringify([...warned].sort()) !== JSON.stringify([...theirs].sort())) {
    return ["compile", `warnings ${JSON.stringify(warned)}; CPython: ${JSON.stringify(theirs)}`];
  }
  return null;
}

let agree = 0;
const count = { parse: 0, compile: 0 };
for (const s of snippets) {
  const difference = check(s);
  if (difference === null) {
    agree++;
    continue;
  }
  count[difference[0]]++;
  if (difference[0] === "compile" || showAll) {
    console.log(
      `${difference[0]}: ${difference[1].slice(0, 400)}\n    ${s.mode} ${s.flags} ${JSON.stringify(s.source).slice(0, 300)}`,
    );
  }
}
console.log(
  `${agree} of ${snippets.length} agree; differences while parsing ${count.parse}, compiling ${count.compile}`,
);
