/** Interactive input: lines from a terminal with editing, history and completion, or from a pipe with prompts. */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProgramOptions, Python, Step } from "../../src/api/index.ts";
import { interruptible } from "./interruptible.ts";
import { lazy } from "../../src/host/node/lazy.ts";

export interface ReplOptions {
  banner: boolean;
  version: string;
  startupFile: string | null;
  /** null: the program has run already (`-i`). */
  programOptions: ProgramOptions | null;
}

const os = lazy<typeof import("node:os")>("node:os");
const readline = lazy<typeof import("node:readline")>("node:readline");

const historyFile = (): string => process.env.PYTHON_HISTORY ?? join(os().homedir(), ".sidewinder_history");
const HISTORY_SIZE = 1000;

function readHistory(): string[] {
  try {
    // readline wants the newest first.
    return readFileSync(historyFile(), "utf8").split("\n").filter(Boolean).slice(-HISTORY_SIZE).reverse();
  } catch {
    return [];
  }
}

function addToHistory(line: string): void {
  try {
    appendFileSync(historyFile(), `${line}\n`);
  } catch {
    // A history that cannot be written is no reason to stop.
  }
}

/** The last dotted name of the line: what is to be completed. */
function wordAtEnd(line: string): string {
  return /[\w.]*$/.exec(line)?.[0] ?? "";
}

export async function runRepl(python: Python, options: ReplOptions): Promise<number> {
  if (options.programOptions !== null)
    python.runProgram({ kind: "command", source: startUp(options) }, options.programOptions);
  if (options.banner) {
    process.stderr.write(
      `${options.version} on ${process.platform}\nType "help", "copyright", "credits" or "license" for more information.\n`,
    );
  }
  return new Repl(python).run();
}

function startUp({ startupFile }: ReplOptions): string {
  const prompts = "import sys\nsys.ps1, sys.ps2 = '>>> ', '... '\nsys.argv = ['']\ndel sys\n";
  if (startupFile === null) return prompts;
  return `${prompts}with open(${JSON.stringify(startupFile)}) as f: exec(compile(f.read(), f.name, 'exec'))\n`;
}

class Repl {
  private readonly interactive: ReturnType<Python["interactive"]>;
  private readonly terminal = process.stdin.isTTY === true;
  private pending = "";

  constructor(private readonly python: Python) {
    this.interactive = python.interactive();
  }

  run(): Promise<number> {
    const input = readline().createInterface({
      input: process.stdin,
      // Prompts go where CPython's go: to stderr when stdin is no terminal.
      output: this.terminal ? process.stdout : process.stderr,
      terminal: this.terminal,
      history: this.terminal ? readHistory() : [],
      historySize: HISTORY_SIZE,
      completer: (line: string) => {
        const word = wordAtEnd(line);
        if (word === "") return [["    "], ""];
        return [this.interactive.completions(word), word];
      },
    });
    return new Promise((done) => {
      let finished = false;
      const finish = (code: number): void => {
        if (finished) return;
        finished = true;
        input.close();
        done(code);
      };
      const ask = (): void => {
        input.setPrompt(this.interactive.prompt(this.pending === "" ? "ps1" : "ps2"));
        input.prompt();
      };
      input.on("line", (line) => {
        if (finished) return;
        if (this.terminal && line.trim() !== "") addToHistory(line);
        const code = this.take(line);
        if (code === null) ask();
        else finish(code);
      });
      input.on("SIGINT", () => {
        this.pending = "";
        process.stdout.write("\nKeyboardInterrupt\n");
        ask();
      });
      input.on("close", () => {
        if (!finished) process.stderr.write("\n");
        finish(0);
      });
      ask();
    });
  }

  /** One line; an exit code when the session is over. */
  private take(line: string): number | null {
    const source = this.pending === "" ? line : `${this.pending}\n${line}`;
    if (this.terminal) process.stdin.setRawMode(false);
    let step: Step = { kind: "done" };
    interruptible(this.python, () => {
      step = this.interactive.step(source);
      return 0;
    });
    if (this.terminal) process.stdin.setRawMode(true);
    return this.after(step, source);
  }

  private after(step: Step, source: string): number | null {
    this.pending = step.kind === "more" ? source : "";
    return step.kind === "exit" ? step.code : null;
  }
}
