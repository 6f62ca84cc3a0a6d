/** The ways in which a program is run, to be compared: this interpreter under several options, and CPython. */
import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answer, Task } from "./worker.ts";

export interface Engine {
  readonly name: string;
  /** What the program prints, or how it failed to end. */
  run(source: string): Promise<string>;
}

/** A program that takes longer has lost its way: the longest ones end within seconds, on a machine that does nothing else. */
const LIMIT = 60_000;

/** A process that runs programs one by one; it is replaced when one does not end. */
export class Workers {
  private child: ChildProcess | null = null;
  private lastId = 0;

  run(source: string, xOptions: Record<string, string>): Promise<string> {
    this.child ??= fork(fileURLToPath(new URL("worker.ts", import.meta.url)), [], {
      execArgv: [...process.execArgv, "--stack-size=3900"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const { child } = this;
    const id = ++this.lastId;
    return new Promise((done) => {
      const end = (output: string): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        done(output);
      };
      const timer = setTimeout(() => {
        this.stop();
        end(`*** no end within ${LIMIT} ms`);
      }, LIMIT);
      child.on("message", (answer: Answer) => {
        if (answer.id === id) end(answer.output);
      });
      child.on("exit", (code, signal) => {
        this.child = null;
        end(`*** the process ended: ${code ?? signal}`);
      });
      child.send({ id, source, xOptions } satisfies Task);
    });
  }
  stop(): void {
    this.child?.kill("SIGKILL");
    this.child = null;
  }
}

export function sidewinder(workers: Workers, name: string, xOptions: Record<string, string>): Engine {
  return { name, run: (source) => workers.run(source, xOptions) };
}
/** `command` reads the program from its standard input. */
export function cpython(command: string): Engine {
  const [file, ...args] = command.split(" ");
  return {
    name: "CPython",
    run: (source) => {
      const { stdout, error } = spawnSync(file, args, { input: source, timeout: LIMIT, encoding: "utf8" });
      return Promise.resolve(error === undefined ? stdout : `*** ${error.message}`);
    },
  };
}
