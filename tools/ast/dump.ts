/**
 * Prints a syntax tree as canonical text, the same as `dump_tree.py` beside it prints CPython's.
 *
 * `npx tsx tools/ast/dump.ts [--mode exec|eval|single] FILE`
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Const, Node } from "../../src/syntax/ast.ts";
import { decodeSource } from "../../src/syntax/decode.ts";
import { PySyntaxError } from "../../src/syntax/errors.ts";
import { type ParseMode, parse } from "../../src/syntax/parse.ts";

/** Fields in the order of `Python.asdl`, where it is not that of our objects; `kind` and positions are left out. */
const POSITIONS = new Set(["lineno", "col_offset", "end_lineno", "end_col_offset"]);

/** One line: `Kind@l:c-l:c(field=…, …)`, fields in alphabetical order. */
export function dump(node: unknown): string {
  if (node === null || node === undefined) return "None";
  if (typeof node === "string") return quoteAll(Array.from(node, (char) => char.codePointAt(0) as number));
  if (typeof node === "number") return String(node);
  if (Array.isArray(node)) return `[${node.map(dump).join(",")}]`;
  const record = node as Record<string, unknown>;
  if ("t" in record) return dumpConst(record as unknown as Const);
  const kind = String((record as unknown as Node).kind);
  const fields = Object.keys(record)
    .filter((name) => name !== "kind" && !POSITIONS.has(name))
    .sort();
  const isTypeIgnore = kind === "TypeIgnore";
  const place =
    "col_offset" in record
      ? `@${record.lineno}:${record.col_offset}-${record.end_lineno}:${record.end_col_offset}`
      : "";
  if (isTypeIgnore) fields.unshift("lineno");
  return `${kind}${place}(${fields.map((name) => `${name}=${dump(record[name])}`).join(",")})`;
}

function dumpConst(value: Const): string {
  switch (value.t) {
    case "none":
      return "None";
    case "bool":
      return value.v ? "True" : "False";
    case "ellipsis":
      return "Ellipsis";
    case "int":
      return `int:${value.v}`;
    case "float":
      return `float:${floatHex(value.v)}`;
    case "complex":
      return `complex:${floatHex(value.re)},${floatHex(value.im)}`;
    case "bytes":
      return `b${quote(value.v)}`;
    case "str":
      return quote(value.v);
    case "astral":
      return quoteAll(value.v);
  }
}

/** The sixty-four bits of a float, so that nothing depends on how it is printed. */
function floatHex(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

function quote(text: string): string {
  return quoteAll(Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)));
}

function quoteAll(points: number[]): string {
  let out = '"';
  for (const point of points) {
    if (point === 34 || point === 92) out += `\\${String.fromCharCode(point)}`;
    else if (point >= 32 && point < 127) out += String.fromCharCode(point);
    else out += `\\${point.toString(16)};`;
  }
  return `${out}"`;
}

function main(args: string[]): void {
  const modeAt = args.indexOf("--mode");
  const mode = (modeAt < 0 ? "exec" : args.splice(modeAt, 2)[1]) as ParseMode;
  const [file] = args;
  try {
    console.log(dump(parse(decodeSource(readFileSync(file), file), { filename: file, mode })));
  } catch (thrown) {
    if (!(thrown instanceof PySyntaxError)) throw thrown;
    console.log(thrown);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2));
