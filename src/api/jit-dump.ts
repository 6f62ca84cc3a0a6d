/**
 * `-X jit-dump`: stages of the compilers as text, to stderr or a file, or everything as one JSON document
 * (`events/traces.ts`). Files are the host's, so that a browser's interpreter can write one too.
 */
import type { FileSystem, OpenFile } from "../host/host.ts";
import type { TracesDocument } from "../events/traces.ts";
import { Collector, type SourceReader } from "../jit/dump/collector.ts";
import { STAGES, TextDump } from "../jit/dump/text.ts";
import { TracingJit } from "../jit/compiler.ts";
import type { JitStats } from "../jit/stats.ts";
import type { Runtime } from "../objects/runtime.ts";
import { JitOptionError } from "./jit-options.ts";
import { openFile, writeAll } from "./output-file.ts";
import { programArguments } from "./program-arguments.ts";
import type { Settings } from "./settings.ts";
import { readSource } from "./source-text.ts";
import { writeStderr } from "./uncaught.ts";

/** What `-X jit-dump` asks for; `file` null: stderr. */
export type DumpRequest =
  | { kind: "text"; stages: ReadonlySet<string>; file: string | null }
  | { kind: "json"; file: string };

/** null: nothing is asked for. */
export function dumpRequest(xOptions: Settings["xOptions"]): DumpRequest | null {
  const value = xOptions.get("jit-dump");
  if (value === undefined) return null;
  if (value === true) return { kind: "text", stages: new Set("j"), file: null };
  if (value.endsWith(".json")) return { kind: "json", file: value };
  const colon = value.indexOf(":");
  const letters = colon < 0 ? value : value.slice(0, colon);
  const unknown = [...letters].find((letter) => !(letter in STAGES));
  if (letters === "" || unknown !== undefined) {
    const known = Object.entries(STAGES).map(([letter, name]) => `${letter} (${name})`);
    const wrong = unknown === undefined ? "no stage is named" : `'${unknown}' is no stage`;
    throw new JitOptionError(`-X jit-dump: ${wrong}; the stages are ${known.join(", ")}, or FILE.json for all of it`);
  }
  const file = colon < 0 ? null : value.slice(colon + 1);
  if (file === "") throw new JitOptionError("-X jit-dump: a file's name is needed behind the colon");
  return { kind: "text", stages: new Set(letters), file };
}

/** Has `compiler` dumped as asked; the file is opened now, so that a name that is wrong is told before the program runs. */
export function installDump({ stats }: TracingJit, request: DumpRequest, files: FileSystem): void {
  const file = request.file === null ? null : openFile(files, "jit-dump", request.file);
  if (request.kind === "json") stats.observer = new JsonDump(stats, file as OpenFile);
  else {
    const write = file === null ? writeStderr : (text: string) => writeAll(file, text);
    stats.observer = new TextDump(request.stages, stats, write);
  }
}
/** At the end of the program. */
export function finishDump({ stats: { observer } }: TracingJit): void {
  if (observer instanceof TextDump) observer.finish();
  if (observer instanceof JsonDump) observer.finish();
}

/** What whoever collects for the embedder, or for a file, has so far; null: nobody does, there are no compilers. */
export function collectedTraces(jit: Runtime["jit"], read: SourceReader): TracesDocument | null {
  const observer = jit instanceof TracingJit ? jit.stats.observer : null;
  return observer instanceof Collector ? observer.document(programArguments(), read) : null;
}

class JsonDump extends Collector {
  constructor(
    stats: JitStats,
    private readonly file: OpenFile,
  ) {
    super(stats);
  }
  finish(): void {
    writeAll(this.file, JSON.stringify(this.document(programArguments(), readSource)));
    this.file.close?.();
  }
}
