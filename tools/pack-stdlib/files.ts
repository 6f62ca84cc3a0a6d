/** Which files make up the packed library: CPython's own from the npm package, and ours from `src/importlib/lib`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readZip } from "./zip.ts";

/** Files of the archive that exist only for Pyodide, or that Pyodide has replaced by versions for the browser. */
const LEFT_OUT = [
  /^_?pyodide\//,
  /^_sysconfigdata__emscripten/,
  // Replaced for the browser; ours are native or missing with a clear ImportError.
  /^_ssl\.py$/,
  /^ssl\.py$/,
  /^webbrowser\.py$/,
  /^site-packages\//,
];

export interface LibraryFile {
  /** Path below the library's root, such as `json/decoder.py`. */
  path: string;
  source: Uint8Array;
}

/** All Python files, ordered by path; ours replace the archive's. */
export function libraryFiles(archive: string, ownFolder: string): LibraryFile[] {
  const files = new Map<string, Uint8Array>();
  for (const [path, source] of readZip(archive)) {
    if (path.endsWith(".py") && !LEFT_OUT.some((pattern) => pattern.test(path))) files.set(path, source);
  }
  for (const entry of readdirSync(ownFolder, { recursive: true })) {
    const path = String(entry);
    if (path.endsWith(".py")) files.set(path, readFileSync(join(ownFolder, path)));
  }
  return [...files].map(([path, source]) => ({ path, source })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `json/__init__.py` → `json`, a package; `json/decoder.py` → `json.decoder`. */
export function moduleName(path: string): { name: string; isPackage: boolean } {
  const dotted = path.replace(/\.py$/, "").replaceAll("/", ".");
  const isPackage = dotted.endsWith(".__init__");
  return { name: isPackage ? dotted.slice(0, -".__init__".length) : dotted, isPackage };
}
