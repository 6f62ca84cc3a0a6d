/** Writes the command's bundle in parts, each with V8's code cache: what `bin/sidewinder.js` loads. */
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { transform } from "esbuild";
import { coverageOf } from "./coverage.mjs";
import { parametersOf } from "./emit.mjs";
import { PARTS } from "./parts.mjs";
import { partPlaces, sourcesByName, wholePlaces } from "./sources.mjs";
import { split } from "./split.mjs";

/** Node's wrapper of CommonJS modules, in the file, so that the launcher need not copy the text to put it around. */
const HEADER = "(function(exports,require,module,__filename,__dirname,$load){";
const FOOTER = "\n})";

/** The running interpreter: the one variable that changes and that all parts use. */
const MIRRORED = new Set(["rt"]);

/** The interpreter's loop. */
const isLoop = (name) => /^loop\d*$/.test(name);

/** The bundle in one file, as a quick build leaves it. */
export function writeWhole(bundle, dist) {
  removeParts(dist);
  writeFileSync(join(dist, "cli.cjs"), HEADER + bundle + FOOTER);
  writePlaces(dist, { "cli.cjs": wholePlaces(bundle) });
}

/** Where the functions in the command's files come from, for the Lab's profiles. */
function writePlaces(dist, places) {
  writeFileSync(join(dist, "sources.json"), `${JSON.stringify(places)}\n`);
}

function removeParts(dist) {
  for (const name of readdirSync(dist)) {
    if (/^cli-.*\.cjs$|\.v8cache$/.test(name)) rmSync(join(dist, name), { force: true });
  }
}

/** `bundle`: a CommonJS bundle with its line breaks. The packed library must be there: the parts' programs are run. */
export async function writeParts(bundle, dist) {
  writeWhole(bundle, dist);
  const whole = resolve(dist, "cli.cjs");
  const parts = PARTS.map(({ name, programs }) => {
    return programs === undefined ? { name } : { name, ran: coverageOf(whole, programs, HEADER.length) };
  });
  const sources = sourcesByName(bundle);
  const places = {};
  for (const { name, text } of split(bundle, parts, MIRRORED, isLoop)) {
    const isFirst = name === PARTS[0].name;
    // The bundle's own directive is no statement, and comes into no part: sloppy functions are slower, too.
    const header = `${isFirst ? HEADER : `(function(${parametersOf(parts)}){`}"use strict";`;
    // Names stay: a fault of ours must tell the function it happened in.
    const { code } = await transform(header + text + FOOTER, { minifyWhitespace: true, legalComments: "none" });
    const file = isFirst ? "cli.cjs" : `cli-${name}.cjs`;
    writeFileSync(join(dist, file), code.replace(/;\n$/, ""));
    places[file] = partPlaces(code, sources);
  }
  writePlaces(dist, places);
}

/**
 * The launcher writes the cache of a part when it loads the part and finds none. So the cache of each holds the
 * functions that the first program uses which loads it, and a start reads no more than it needs. That of the first part
 * is the import's: much in it that printing a line does not need is needed by all that programs import.
 */
export function writeCaches(launcher) {
  for (const flags of [[], ["--stack-size=3900"]]) {
    for (const { programs, touch } of PARTS.slice(1)) {
      const program = programs?.[0] ?? touch;
      const { status, error } = spawnSync(process.execPath, [...flags, launcher, ...program], {
        stdio: "ignore",
      });
      if (error) throw error;
      if (status !== 0 && status !== 1) throw new Error(`${program.join(" ")} ended with ${status}`);
    }
  }
}
