/**
 * How fast sources become syntax trees: `npx tsx tools/ast/bench.ts [--rounds N] DIRECTORY…`
 *
 * Parses every .py file below the directories, N times, and prints each round's MB of text per second.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSource } from "../../src/syntax/decode.ts";
import { PySyntaxError } from "../../src/syntax/errors.ts";
import { parse } from "../../src/syntax/parse.ts";
import { tokenize } from "../../src/syntax/tokenizer.ts";

function sources(directories: string[]): Uint8Array[] {
  return directories.flatMap((directory) =>
    readdirSync(directory, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".py"))
      .map((name) => readFileSync(join(directory, name))),
  );
}

/** Megabytes a second of `work` over all sources. */
function speed<Source>(texts: Source[], bytes: number, work: (text: Source) => void): string {
  const start = performance.now();
  for (const text of texts) work(text);
  return (bytes / 1000 / (performance.now() - start)).toFixed(2);
}

function main(args: string[]): void {
  const at = args.indexOf("--rounds");
  const rounds = at < 0 ? 5 : Number(args.splice(at, 2)[1]);
  const files = sources(args);
  // What is no valid source is left out.
  const encoded: Uint8Array[] = [];
  const texts: string[] = [];
  let bytes = 0;
  for (const file of files) {
    try {
      const text = decodeSource(file, "x");
      parse(text, { filename: "x", mode: "exec" });
      encoded.push(file);
      texts.push(text);
      bytes += file.length;
    } catch (thrown) {
      if (!(thrown instanceof PySyntaxError)) throw thrown;
    }
  }
  console.log(`${texts.length} files, ${(bytes / 1e6).toFixed(1)} MB; MB/s by round: decode, tokenize, parse`);
  for (let round = 0; round < rounds; round++) {
    const decoded = speed(encoded, bytes, (file) => void decodeSource(file, "x"));
    const tokens = speed(texts, bytes, (text) => void tokenize(text, {}));
    const trees = speed(texts, bytes, (text) => void parse(text, { filename: "x", mode: "exec" }));
    console.log(`${decoded}  ${tokens}  ${trees}`);
  }
}

main(process.argv.slice(2));
