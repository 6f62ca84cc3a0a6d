/**
 * What a run was: counted because somebody asks for it, and written when it ends (`-X jit-stats=FILE.json`,
 * `-X jit-lines=FILE.json`, `-X pystats=DIR`) or given to the embedder (`observed.ts`).
 */
import type { Entropy, FileSystem, OpenFile } from "../host/host.ts";
import { TracingJit } from "../jit/compiler.ts";
import type { SourceReader } from "../jit/dump/collector.ts";
import { linesDocument } from "../jit/lines.ts";
import type { Places } from "../jit/places.ts";
import { statisticsOf } from "../jit/statistics.ts";
import type { JitStats } from "../jit/stats.ts";
import type { Counting, Watcher } from "../jit/watch.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Statistics } from "../stats/document.ts";
import type { LinesDocument } from "../stats/lines.ts";
import type { Pause } from "../stats/pause.ts";
import { pystats } from "../stats/pystats.ts";
import { JitOptionError } from "./jit-options.ts";
import { openFile, openFolder, writeAll } from "./output-file.ts";
import { programArguments } from "./program-arguments.ts";
import { readSource } from "./source-text.ts";
import type { Settings } from "./settings.ts";

type XOptions = Settings["xOptions"];

/** What is to be counted, and kept, while Python runs: for the Lab's pages. It costs time. */
export interface Observe {
  /** Instructions by whoever runs them, and what compiled code does by operation. */
  stats?: boolean;
  /** Instructions by place. */
  lines?: boolean;
  /** What the compilers make. */
  traces?: boolean;
}
/** With what options ask for. */
export function withOptions({ stats, lines, traces }: Observe, xOptions: XOptions): Required<Observe> {
  return {
    stats: stats === true || xOptions.has("jit-stats") || xOptions.has("pystats"),
    lines: lines === true || xOptions.has("jit-lines"),
    traces: traces === true,
  };
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

export function writeStatistics({ jit }: Runtime, { json, lines, pystats: folder }: StatisticsOutput): void {
  write(lines, () => `${JSON.stringify(countedLines(jit, readSource))}\n`);
  write(json, () => `${JSON.stringify(countedStatistics(jit))}\n`);
  write(folder, () => pystats(countedStatistics(jit)));
}
export function countedStatistics(jit: Runtime["jit"]): Statistics {
  return counted(jit, ({ counters }, stats) => statisticsOf(programArguments(), counters, stats));
}
export function countedLines(jit: Runtime["jit"], read: SourceReader): LinesDocument {
  return counted(jit, ({ places }, stats) => linesDocument(programArguments(), places as Places, stats, read));
}
/** `stats`: null where the interpreter runs alone. What was counted last is told, though counting be off just now. */
function counted<T>(jit: Runtime["jit"], read: (counting: Counting, stats: JitStats | null) => T): T {
  const stats = jit instanceof TracingJit ? jit.stats : null;
  const counting = stats ?? (jit as Watcher);
  return (counting.pause as Pause).peek(() => read(counting, stats));
}
function write(file: OpenFile | null, text: () => string): void {
  if (file === null) return;
  writeAll(file, text());
  file.close();
}
