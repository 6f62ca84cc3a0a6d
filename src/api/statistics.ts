/** `-X jit-stats=FILE.json`, `-X jit-lines=FILE.json` and `-X pystats=DIR`: what a run was, written when it ends. */
import type { Entropy, FileSystem, OpenFile } from "../host/host.ts";
import { TracingJit } from "../jit/compiler.ts";
import { linesDocument } from "../jit/lines.ts";
import type { Places } from "../jit/places.ts";
import { statisticsOf } from "../jit/statistics.ts";
import { Watcher } from "../jit/watch.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { LinesDocument } from "../stats/lines.ts";
import type { Statistics } from "../stats/document.ts";
import { pystats } from "../stats/pystats.ts";
import { JitOptionError } from "./jit-options.ts";
import { openFile, openFolder, writeAll } from "./output-file.ts";
import { programArguments } from "./program-arguments.ts";
import { readSource } from "./source-text.ts";
import type { Settings } from "./settings.ts";

type XOptions = Settings["xOptions"];

/** Are instructions to be counted, by whoever runs them? */
export function wantsStatistics(xOptions: XOptions): boolean {
  return wantsOperations(xOptions) || wantsPlaces(xOptions);
}
/** And what compiled code does, by operation? */
export function wantsOperations(xOptions: XOptions): boolean {
  return xOptions.has("jit-stats") || xOptions.has("pystats");
}
/** And by place? */
export function wantsPlaces(xOptions: XOptions): boolean {
  return xOptions.has("jit-lines");
}

/** Where to write what. */
export interface StatisticsOutput {
  readonly json: OpenFile | null;
  readonly lines: OpenFile | null;
  readonly pystats: OpenFile | null;
}

export function openStatistics(xOptions: XOptions, files: FileSystem, entropy: Entropy | null): StatisticsOutput {
  const json = xOptions.get("jit-stats");
  const folder = xOptions.get("pystats");
  if (folder === true || folder === "") throw new JitOptionError("-X pystats: a folder is needed");
  const lines = xOptions.get("jit-lines");
  if (json === "") throw nameless("jit-stats");
  if (lines === "" || lines === true) throw nameless("jit-lines");
  if (folder !== undefined) openFolder(files, "pystats", folder);
  return {
    json: typeof json === "string" ? openFile(files, "jit-stats", json) : null,
    lines: lines === undefined ? null : openFile(files, "jit-lines", lines),
    pystats: folder === undefined ? null : openFile(files, "pystats", `${folder}/${randomName(entropy)}.txt`),
  };
}
const nameless = (option: string): JitOptionError =>
  new JitOptionError(`-X ${option}: a file's name is needed behind the equals sign`);
/** A folder takes the files of many runs: their sum is what is shown. */
function randomName(entropy: Entropy | null): string {
  const bytes = new Uint8Array(20);
  if (entropy === null) for (let i = 0; i < bytes.length; i++) bytes[i] = Math.random() * 256;
  else entropy.fill(bytes);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function writeStatistics({ jit }: Runtime, output: StatisticsOutput): void {
  const statistics = collected(jit);
  if (statistics === null) return;
  write(output.lines, () => `${JSON.stringify(lines(jit))}\n`);
  write(output.json, () => `${JSON.stringify(statistics)}\n`);
  write(output.pystats, () => pystats(statistics));
}
function collected(jit: Runtime["jit"]): Statistics | null {
  // What was counted last is what is told, though counting be off just now.
  jit?.pause?.end();
  const program = programArguments();
  if (jit instanceof TracingJit) return statisticsOf(program, jit.stats.counters, jit.stats);
  return jit instanceof Watcher ? statisticsOf(program, jit.counters, null) : null;
}
function lines(jit: Runtime["jit"]): LinesDocument {
  const stats = jit instanceof TracingJit ? jit.stats : null;
  const { places } = (stats ?? jit) as { places: Places };
  return linesDocument(programArguments(), places, stats, readSource);
}
function write(file: OpenFile | null, text: () => string): void {
  if (file === null) return;
  writeAll(file, text());
  file.close();
}
