/** Which regular expressions the packed library holds compiled: those that common imports compile, as it tells itself. */
import { readFileSync } from "node:fs";
import { Python } from "../../src/api/python.ts";
import type { ByteSource } from "../../src/importlib/packed/archive.ts";

const NOTING = "tools/pack-stdlib/patterns.py";
const IMPORTS = "tools/split/programs/imports.py";

/** `archive`: the library without patterns. JSON, `PackedPattern[]`. */
export function compiledPatterns(archive: Uint8Array): string {
  const code: ByteSource = { read: (offset, length) => archive.slice(offset, offset + length) };
  const python = new Python({ library: { code } });
  python.globals.set("imports", readFileSync(IMPORTS, "utf8"));
  return String(python.run(`${readFileSync(NOTING, "utf8")}\ncompiled_by(imports)\n`));
}
