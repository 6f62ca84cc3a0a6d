/** How the tests of the trace compiler run programs. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Python } from "../../src/api/index.ts";
import { libraryFiles } from "../../src/host/node/library.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
export const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

/** What the program prints. */
export function run(source: string, xOptions: Record<string, string | true>): string {
  let out = "";
  const python = new Python({
    library: libraryFiles(dist),
    settings: { noSite: true, xOptions: new Map(Object.entries(xOptions)) },
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      out += text;
    },
  });
  try {
    python.run(source);
  } catch (error) {
    out += String(error);
  }
  python.finish?.(0);
  return out;
}
/** Hot after a few turns. */
export const HOT = {
  jit: "on",
  "jit-strict": true,
  "jit-threshold": "3",
  "jit-entry-threshold": "5",
  "jit-exit-threshold": "2",
  "jit-link-threshold": "3",
} as const;
/** Random failures of guards, from a seed. */
export const stress = (seed: number): Record<string, string | true> => ({
  jit: "on",
  "jit-strict": true,
  "jit-stress": String(seed),
});
/** All the ways to run a program, which must print the same. */
export const WAYS: readonly (readonly [how: string, Record<string, string | true>])[] = [
  ["interpreted", {}],
  ["compiled", HOT],
  ["compiled, with exits anywhere", stress(3)],
  ["by baseline functions", { jit: "on", "jit-strict": true, "jit-warm-threshold": "3" }],
];
