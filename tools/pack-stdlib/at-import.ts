/**
 * What the packed library holds compiled besides its modules: the regular expressions that common imports compile, and
 * the texts that they give `exec` and `eval`, as the library tells itself.
 */
import { readFileSync } from "node:fs";
import { Python } from "../../src/api/python.ts";
import { compile } from "../../src/compiler/compile.ts";
import type { ByteSource } from "../../src/importlib/packed/archive.ts";
import type { PackedPattern } from "../../src/importlib/packed/format.ts";
import { parse } from "../../src/syntax/parse.ts";
import type { CompiledText, Extras } from "./archive-writer.ts";

const NOTING = "tools/pack-stdlib/at_import.py";
const IMPORTS = "tools/split/programs/imports.py";

/** `archive`: the library without all that. */
export function compiledAtImport(archive: Uint8Array): Extras {
  const code: ByteSource = { read: (offset, length) => archive.slice(offset, offset + length) };
  const python = new Python({ library: { code } });
  python.globals.set("imports", readFileSync(IMPORTS, "utf8"));
  const noted = JSON.parse(String(python.run(`${readFileSync(NOTING, "utf8")}\ncompiled_by(imports)\n`))) as {
    patterns: PackedPattern[];
    texts: ["exec" | "eval", string][];
  };
  return { patterns: noted.patterns, texts: noted.texts.map(([mode, text]) => compiledText(mode, text)) };
}

function compiledText(mode: "exec" | "eval", text: string): CompiledText {
  const warn = (): never => {
    throw new Error(`what is compiled at import warns: ${text}`);
  };
  const options = { filename: "<string>", mode, warn };
  return { mode, text, code: compile(parse(text, options), { ...options, flags: 0, optimize: 0 }) };
}
