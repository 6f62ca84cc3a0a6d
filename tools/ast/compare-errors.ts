/**
 * Compares our errors, warnings and trees for small sources with CPython's.
 *
 * `python3.14 tools/ast/collect_sources.py CASES test.test_syntax …`, `python3.14 tools/ast/compile_errors.py CASES
 * RESULTS`, then `npx tsx tools/ast/compare-errors.ts RESULTS [--names NAMES.json] [--show N] [--messages-only]`.
 */
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { PyParserOverflow, PySyntaxError } from "../../src/syntax/errors.ts";
import { type ParseMode, parse } from "../../src/syntax/parse.ts";
import { dump } from "./dump.ts";

type Row = [
  source: string,
  mode: ParseMode,
  dump: string | null,
  error: unknown[] | null,
  warnings: [string, string, number][],
  flags?: number,
  featureVersion?: number,
];

function option(args: string[], name: string): string | null {
  const at = args.indexOf(name);
  return at < 0 ? null : args.splice(at, 2)[1];
}

function flag(args: string[], name: string): boolean {
  const at = args.indexOf(name);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
}

function ours(
  source: string,
  mode: ParseMode,
  names: Map<string, number>,
  flags?: number,
  featureVersion?: number,
): [string | null, unknown[] | null, unknown[]] {
  const warnings: unknown[] = [];
  const lookupName = (name: string): number | undefined => names.get(name.toUpperCase());
  try {
    const tree = parse(source, {
      filename: "<case>",
      mode,
      flags,
      featureVersion,
      lookupName,
      warn: (category, msg, _file, line) => warnings.push([category, msg, line]),
    });
    return [dump(tree), null, warnings];
  } catch (thrown) {
    if (thrown instanceof PyParserOverflow) return [null, ["MemoryError", thrown.msg], warnings];
    if (!(thrown instanceof PySyntaxError))
      return [null, ["fault", String((thrown as Error)?.stack ?? String(thrown))], warnings];
    const { type, msg, lineno, offset, end_lineno, end_offset, text } = thrown;
    return [null, [type, msg, lineno, offset, end_lineno, end_offset, text], warnings];
  }
}

async function main(args: string[]): Promise<void> {
  const namesFile = option(args, "--names");
  const show = Number(option(args, "--show") ?? "40");
  const messagesOnly = flag(args, "--messages-only");
  const names = new Map<string, number>(
    namesFile === null ? [] : Object.entries(JSON.parse(readFileSync(namesFile, "utf8")) as Record<string, number>),
  );
  const counts = { same: 0, tree: 0, verdict: 0, message: 0, place: 0, warnings: 0 };
  let shown = 0;
  const report = (
    what: keyof typeof counts,
    source: string,
    mode: string,
    expected: unknown,
    actual: unknown,
  ): void => {
    counts[what]++;
    if (shown++ < show)
      console.log(
        `${what} ${mode} ${JSON.stringify(source).slice(0, 300)}\n  CPython ${JSON.stringify(expected)?.slice(0, 600)}\n  ours    ${JSON.stringify(actual)?.slice(0, 600)}`,
      );
  };
  for await (const line of createInterface({ input: createReadStream(args[0]), crlfDelay: Number.POSITIVE_INFINITY })) {
    const [source, mode, tree, error, warnings, flags, featureVersion] = JSON.parse(line) as Row;
    const [ourTree, ourError, ourWarnings] = ours(source, mode, names, flags, featureVersion);
    if ((tree === null) !== (ourTree === null))
      report("verdict", source, mode, error ?? "accepts", ourError ?? "accepts");
    else if (tree !== ourTree) report("tree", source, mode, tree, ourTree);
    else if (error?.[0] !== ourError?.[0] || error?.[1] !== ourError?.[1])
      report("message", source, mode, error, ourError);
    else if (!messagesOnly && JSON.stringify(error) !== JSON.stringify(ourError))
      report("place", source, mode, error, ourError);
    else if (!messagesOnly && JSON.stringify(warnings) !== JSON.stringify(ourWarnings))
      report("warnings", source, mode, warnings, ourWarnings);
    else counts.same++;
  }
  console.log(JSON.stringify(counts));
  process.exitCode =
    counts.same > 0 && Object.values(counts).every((count) => count === 0 || count === counts.same) ? 0 : 1;
}

await main(process.argv.slice(2));
