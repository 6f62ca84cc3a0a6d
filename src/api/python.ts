/** The JavaScript API: one `Python` is one interpreter. */
import { Library, type LibrarySources } from "../importlib/packed/archive.ts";
import { EXC } from "../objects/core.ts";
import { type JsValue, toJs } from "./convert.ts";
import { Globals } from "./globals.ts";
import { Interactive } from "./interactive.ts";
import { resumeInterrupted } from "./interrupt.ts";
import { createInterpreter } from "./interpreter.ts";
import { Observed } from "./observed.ts";
import { type PythonOptions, hostOf } from "./options.ts";
import { type Program, type ProgramOptions, mainModule, runProgram } from "./program.ts";
import type { Session } from "./session.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { runForValue } from "./source.ts";
import { rt } from "../objects/runtime.ts";
import { type StatisticsOutput, openStatistics } from "./statistics.ts";
import { finishTraceCompiler, statsText } from "./trace-compiler.ts";
import { finalize, flushStream, reportUncaught, writeStderr } from "./uncaught.ts";

export class Python {
  /** The names of `__main__`. */
  readonly globals: Globals;
  /** What `options.observe` has asked for. */
  readonly observed: Observed;
  readonly #session: Session;
  readonly #settings: Settings;
  readonly #statistics: StatisticsOutput;
  /** What has run under which name, where it is to be shown. */
  readonly #texts = new Map<string, string>();
  readonly #showsTexts: boolean;

  /** `defaultLibrary` is where the packed library comes from when the options do not say. */
  constructor(options: PythonOptions = {}, defaultLibrary?: () => LibrarySources) {
    const sources = options.library ?? defaultLibrary?.();
    if (sources === undefined) throw new TypeError("new Python: no library given");
    const prefix = options.prefix ?? "/sidewinder";
    const argv = options.argv ?? [""];
    const { observe = {} } = options;
    this.#showsTexts = observe.lines === true || observe.traces === true;
    const { jit = options.settings?.jit ?? DEFAULT_SETTINGS.jit } = options;
    this.#settings = { ...DEFAULT_SETTINGS, ...options.settings, jit };
    const host = hostOf(options);
    this.#statistics = openStatistics(this.#settings.xOptions, host.files, host.entropy);
    this.#session = createInterpreter({
      host,
      library: new Library(sources, `${prefix}/lib/python3.14`),
      settings: this.#settings,
      observe,
      argv,
      originalArgv: options.originalArgv ?? argv,
      path: options.path ?? [],
      executable: options.executable ?? "",
      prefix,
    });
    this.globals = new Globals(this.#session);
    this.observed = new Observed(this.#session, observe, this.#texts);
  }

  /**
   * Runs source text in `__main__`. The value is that of the last statement when it is an expression, else null.
   * Throws a `PythonError` when Python raises.
   */
  run(source: string, filename = "<string>"): JsValue {
    return this.#session.enter(() => {
      if (this.#showsTexts) this.#texts.set(filename, source);
      const value = runForValue(source, filename, mainModule().dict);
      if (flushStream("stdout") === EXC || value === EXC) return EXC;
      return toJs(this.#session, value);
    });
  }

  /** Runs a whole program as the command line does; gives the exit code (-2: Ctrl-C), exceptions have been printed. */
  runProgram(program: Program, options: ProgramOptions): number {
    return this.#session.enter(() => runProgram(program, options));
  }

  /**
   * After the embedder has terminated a `runProgram` (Node's `breakOnSigint`): raises KeyboardInterrupt where the
   * program was and lets it go on from there; gives the exit code.
   */
  resumeInterrupted(): number {
    return this.#session.enter(() => (resumeInterrupted() === EXC ? reportUncaught() : 0));
  }

  /** Runs what happens at the end of a process (`atexit`, flushing); gives the exit code. */
  finish(code = 0): number {
    return this.#session.enter(() => {
      const exitCode = finalize(code);
      const stats = statsText(rt, this.#settings);
      if (stats !== null) writeStderr(stats);
      finishTraceCompiler(rt, this.#statistics);
      return exitCode;
    });
  }

  /** Statement by statement, for a REPL. */
  interactive(): {
    step(source: string): ReturnType<Interactive["step"]>;
    prompt: Interactive["prompt"];
    completions: Interactive["completions"];
  } {
    const interactive = new Interactive();
    const inside =
      <A extends unknown[], R>(f: (...args: A) => R) =>
      (...args: A): R =>
        this.#session.enter(() => f(...args));
    return {
      step: inside((source: string) => interactive.step(source)),
      prompt: inside((name: "ps1" | "ps2") => interactive.prompt(name)),
      completions: inside((text: string) => interactive.completions(text)),
    };
  }
}
