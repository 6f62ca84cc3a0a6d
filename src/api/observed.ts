/**
 * What an embedder has asked to see of a run (`PythonOptions.observe`): the documents that `-X jit-stats=FILE.json`,
 * `-X jit-lines=FILE.json` and `-X jit-dump=FILE.json` write, of what has run so far.
 */
import type { TracesDocument } from "../events/traces.ts";
import type { SourceReader } from "../jit/dump/collector.ts";
import { rt } from "../objects/runtime.ts";
import type { Statistics } from "../stats/document.ts";
import type { LinesDocument } from "../stats/lines.ts";
import { collectedTraces } from "./jit-dump.ts";
import type { Session } from "./session.ts";
import { readSource } from "./source-text.ts";
import { type Observe, countedLines, countedStatistics } from "./statistics.ts";

export class Observed {
  readonly #session: Session;
  readonly #observe: Observe;
  readonly #read: SourceReader;

  /** `texts`: those that have run and are no files, by name. */
  constructor(session: Session, observe: Observe, texts: ReadonlyMap<string, string>) {
    this.#session = session;
    this.#observe = observe;
    this.#read = (name) => texts.get(name) ?? readSource(name);
  }

  /** Counters of the whole run. */
  stats(): Statistics {
    return this.#document("stats", () => countedStatistics(rt.jit));
  }
  /** How often each line ran, how much of it in compiled code, and why not. */
  lines(): LinesDocument {
    return this.#document("lines", () => countedLines(rt.jit, this.#read));
  }
  /** What the compilers have made; null: they are off, or functions cannot be made of text here. */
  traces(): TracesDocument | null {
    return this.#document("traces", () => collectedTraces(rt.jit, this.#read));
  }

  #document<T>(what: keyof Observe, make: () => T): T {
    if (this.#observe[what] !== true) throw new TypeError(`new Python: \`observe.${what}\` was not asked for`);
    return this.#session.enter(make);
  }
}
