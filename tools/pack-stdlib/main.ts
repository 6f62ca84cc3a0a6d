/** Packs the standard library: `dist/stdlib.bin` (code) and `dist/stdlib-source.bin` (sources). Run by the build. */
import { writeFileSync } from "node:fs";
import { compileModule } from "../../src/compiler/compile.ts";
import { lookupName } from "../../src/objects/unicode/names.ts";
import { decodeSource } from "../../src/syntax/decode.ts";
import { parse } from "../../src/syntax/parse.ts";
import { type CompiledModule, writeArchive } from "./archive-writer.ts";
import { libraryFiles, moduleName } from "./files.ts";
import { compiledAtImport } from "./at-import.ts";

const ARCHIVE = "node_modules/pyodide/python_stdlib.zip";
const OWN = "src/importlib/lib";

const started = Date.now();
const modules: CompiledModule[] = [];
let bytes = 0;
for (const { path, source } of libraryFiles(ARCHIVE, OWN)) {
  const tree = parse(decodeSource(source, path), {
    filename: path,
    mode: "exec",
    lookupName: (name) => lookupName(name, false)?.codePointAt(0),
  });
  const code = compileModule(tree, { filename: path });
  modules.push({ ...moduleName(path), code, source });
  bytes += source.length;
}
const archive = writeArchive(modules, compiledAtImport(writeArchive(modules).code));
writeFileSync("dist/stdlib.bin", archive.code);
writeFileSync("dist/stdlib-source.bin", archive.source);
const seconds = (Date.now() - started) / 1000;
const speed = (bytes / 1e6 / seconds).toFixed(1);
console.error(`packed ${modules.length} modules, ${(bytes / 1e6).toFixed(1)} MB of source at ${speed} MB/s`);
