/**
 * Compares our syntax trees with CPython's.
 *
 * First CPython: `python3.14 tools/ast/dump_tree.py DUMPS FILE…` (names of files on its standard input with `-`).
 * Then: `npx tsx tools/ast/compare.ts DUMPS [--root DIR] [--names NAMES.json] [--only TEXT]`
 *   --root   put before every file's name (where CPython ran in another root)
 *   --names  a JSON object from character name to code point, for `\N{…}`
 *   --only   compare only files whose name contains TEXT
 */
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { decodeSource } from "../../src/syntax/decode.ts";
import { PySyntaxError } from "../../src/syntax/errors.ts";
import { parse } from "../../src/syntax/parse.ts";
import { dump } from "./dump.ts";

type Row = [name: string, dump: string | null, error: unknown[] | null];

function option(args: string[], name: string): string | null {
  const at = args.indexOf(name);
  return at < 0 ? null : args.splice(at, 2)[1];
}

/** Our row for the same source. */
function ours(name: string, bytes: Uint8Array, names: Map<string, number>): Row {
  try {
    return [
      name,
      dump(
        parse(decodeSource(bytes, name), {
          filename: name,
          mode: "exec",
          lookupName: (text) => names.get(text.toUpperCase()),
        }),
      ),
      null,
    ];
  } catch (thrown) {
    if (!(thrown instanceof PySyntaxError))
      return [name, null, ["fault", String((thrown as Error)?.stack ?? String(thrown))]];
    const { type, msg, lineno, offset, end_lineno, end_offset, text } = thrown;
    return [name, null, [type, msg, lineno, offset, end_lineno, end_offset, text]];
  }
}

function explain(theirs: string, mine: string): string {
  let at = 0;
  while (at < theirs.length && theirs[at] === mine[at]) at++;
  const from = Math.max(0, at - 100);
  return `  CPython … ${theirs.slice(from, at + 120)}\n  ours    … ${mine.slice(from, at + 120)}`;
}

async function main(args: string[]): Promise<void> {
  const root = option(args, "--root") ?? "";
  const namesFile = option(args, "--names");
  const only = option(args, "--only") ?? "";
  const names = new Map<string, number>(
    namesFile === null ? [] : Object.entries(JSON.parse(readFileSync(namesFile, "utf8")) as Record<string, number>),
  );
  let same = 0;
  let different = 0;
  for await (const line of createInterface({ input: createReadStream(args[0]), crlfDelay: Number.POSITIVE_INFINITY })) {
    const row = JSON.parse(line) as Row;
    const [name] = row;
    if (!name.includes(only) || !existsSync(root + name)) continue;
    const mine = ours(name, readFileSync(root + name), names);
    const expected = row[1] ?? JSON.stringify(row[2]);
    const actual = mine[1] ?? JSON.stringify(mine[2]);
    if (expected === actual) {
      same++;
      continue;
    }
    different++;
    if (different <= 20) console.log(`${name}\n${explain(expected, actual)}`);
  }
  console.log(`${same} the same, ${different} different`);
  process.exitCode = different === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
