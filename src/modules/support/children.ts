/**
 * Child processes. The host runs a program only as a whole, input first, output after; so a child begins when somebody
 * waits for it or for its output, with the input that has been written until then.
 */
import { errnoOf } from "../../host/errno.ts";
import { HostError, type OpenFile, type SpawnRequest } from "../../host/host.ts";
import { PipeEnd } from "../../host/pipe.ts";
import { rt } from "../../objects/runtime.ts";
import { descriptors, host } from "./host.ts";

export interface ChildSpec {
  /** Paths to try, in order. */
  paths: string[];
  args: string[];
  cwd: string | null;
  environment: Record<string, string> | null;
  /** Descriptors for 0, 1, 2; -1: the parent's. */
  stdin: number;
  stdout: number;
  stderr: number;
}

const STATE = {};
interface Children {
  next: number;
  /** Children that have not been waited for. */
  running: Map<number, Child>;
}
function children(): Children {
  return rt.state(STATE, () => ({ next: host().process.pid + 1, running: new Map() }));
}

interface Held {
  file: OpenFile;
  release: () => void;
}

export class Child {
  /** As `waitpid` gives it; undefined until the child has run. */
  status: number | undefined = undefined;
  /** How often somebody has asked whether it has ended, and been told that it has not. */
  asked = 0;
  private running = false;
  private readonly input: Held;
  private readonly output: Held;
  private readonly errors: Held;

  constructor(
    readonly pid: number,
    private readonly spec: ChildSpec,
  ) {
    this.input = this.hold(spec.stdin, 0);
    this.output = this.hold(spec.stdout, 1);
    this.errors = this.hold(spec.stderr, 2);
    if (this.input.file instanceof PipeEnd) this.input.file.unbound();
    for (const { file } of [this.output, this.errors]) {
      if (!(file instanceof PipeEnd)) continue;
      file.unbound();
      file.whenStarved(() => this.run());
    }
  }
  private hold(fd: number, otherwise: number): Held {
    return descriptors().hold(fd < 0 ? otherwise : fd);
  }

  /** Runs the program to its end, unless that has been done. */
  run(): void {
    if (this.running || this.status !== undefined) return;
    this.running = true;
    const merge = this.errors.file === this.output.file;
    const request: SpawnRequest = {
      path: this.spec.paths[0],
      args: this.spec.args,
      cwd: this.spec.cwd,
      environment: this.spec.environment,
      input: this.readInput(),
      merge,
    };
    this.status = this.runFirst(request);
    for (const { release } of [this.input, this.output, this.errors]) release();
  }
  private runFirst(request: SpawnRequest): number {
    for (const path of this.spec.paths) {
      try {
        const result = host().process.spawn?.({ ...request, path });
        if (result === undefined) break;
        this.deliver(this.output.file, result.stdout);
        this.deliver(this.errors.file, result.stderr);
        return result.signal !== null ? result.signal : ((result.exitCode ?? 0) & 0xff) << 8;
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
      }
    }
    return 127 << 8;
  }
  private readInput(): Uint8Array {
    const { file } = this.input;
    // The parent's terminal or stream is not read to its end for a child that may not want it.
    if (this.spec.stdin < 0) return new Uint8Array(0);
    const parts: number[] = [];
    const chunk = new Uint8Array(65536);
    for (;;) {
      let count = 0;
      try {
        count = file.read(chunk);
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
      }
      if (count === 0) return Uint8Array.from(parts);
      for (let i = 0; i < count; i++) parts.push(chunk[i]);
    }
  }
  private deliver(file: OpenFile, data: Uint8Array): void {
    let done = 0;
    try {
      while (done < data.length) done += file.write(data.subarray(done));
    } catch (error) {
      // Nobody reads any longer.
      if (!(error instanceof HostError)) throw error;
    }
  }
  /** A signal that comes before it has run ends it. */
  signal(number: number): void {
    if (this.status !== undefined || this.running || number === 0) return;
    this.status = number;
    for (const { release } of [this.input, this.output, this.errors]) release();
  }
}

/** Makes a child; throws HostError when the host runs no programs. */
export function startChild(spec: ChildSpec): Child {
  if (host().process.spawn === undefined) throw new HostError(errnoOf("ENOSYS"));
  const state = children();
  const child = new Child(state.next++, spec);
  state.running.set(child.pid, child);
  return child;
}
export function childWithPid(pid: number): Child | undefined {
  return children().running.get(pid);
}
/** Waits for a child, -1 for any; throws ECHILD when there is none. */
export function waitFor(pid: number): Child {
  const { running } = children();
  const child = pid > 0 ? running.get(pid) : (running.values().next().value as Child | undefined);
  if (child === undefined) throw new HostError(errnoOf("ECHILD"));
  child.run();
  running.delete(child.pid);
  return child;
}
/** So often it is told of a child that it runs still: a program asks for it, and `Popen.kill` does, before it is killed. */
const RUNS_STILL = 2;

/** Asks for a child without waiting (WNOHANG); undefined: it runs still. */
export function poll(pid: number): Child | undefined {
  const child = pid > 0 ? childWithPid(pid) : children().running.values().next().value;
  if (child === undefined || child.status !== undefined || child.asked === RUNS_STILL) return waitFor(pid);
  child.asked++;
  return undefined;
}
/** Notes a child that could not even be started. */
export function failedChild(): number {
  const state = children();
  const pid = state.next++;
  const spec: ChildSpec = { paths: [], args: [], cwd: null, environment: null, stdin: -1, stdout: -1, stderr: -1 };
  const child = new Child(pid, spec);
  child.run();
  child.status = 255 << 8;
  state.running.set(pid, child);
  return pid;
}
