/** What an embedder may give an interpreter. What is not given does not exist for Python. */
import { anonymousProcess, noFiles, nullStream, stoppedClock } from "../host/blank.ts";
import type { Clock, Engine, Entropy, FileSystem, Host, Latin1, OpenFile, ProcessInfo } from "../host/host.ts";
import { MemoryFiles } from "../host/memory/files.ts";
import type { LibrarySources } from "../importlib/packed/archive.ts";
import type { Settings } from "./settings.ts";
import type { Observe } from "./statistics.ts";

/** Text or bytes to read, or a function that gives the next part and null at the end. */
export type Input = string | Uint8Array | (() => string | Uint8Array | null) | OpenFile;
/** Called with what Python writes, decoded as UTF-8. */
export type Output = ((text: string) => void) | OpenFile;

export interface PythonOptions {
  /** `sys.argv`; [""] when not given. */
  argv?: readonly string[];
  /** `os.environ`; empty when not given. */
  env?: Readonly<Record<string, string>>;
  /** Empty when not given. */
  stdin?: Input;
  /** Thrown away when not given. */
  stdout?: Output;
  stderr?: Output;
  /** A file system (`memoryFiles()`, the Node host's), or path → content for one in memory. None when not given. */
  files?: FileSystem | Readonly<Record<string, string | Uint8Array>>;
  /** Stands still when not given. */
  clock?: Clock;
  /** Random bytes: `os.urandom`, and seeds. */
  entropy?: Entropy;
  /** Facts of the process and what can be done with it; made up when not given. */
  process?: ProcessInfo;
  /** Collects garbage, so that weak references to it are dead: what `gc.collect()` does. Nothing when not given. */
  collectGarbage?: () => void;
  /**
   * Ends the running JavaScript job as far as WeakRefs are concerned, so that what they refer to can be collected while
   * a program runs. When not given, that is after the call that runs it.
   */
  endJob?: () => void;
  /** Converts between bytes and strings, where the host does it quicker than the language. */
  latin1?: Latin1;
  /** Is told when modules are imported and code runs for the first time: for hosts that tune their JavaScript engine. */
  engine?: Engine;
  /** Compiles what is hot; `settings.xOptions` (`jit`, `jit-…`) has the last word. Off where `new Function` is forbidden. */
  jit?: boolean;
  /** What is counted and kept of the run, for `Python.observed` and the Lab. Nothing when not given. */
  observe?: Observe;
  /** Put in front of the library in `sys.path`. */
  path?: readonly string[];
  settings?: Partial<Settings>;
  /** `sys.executable` and `sys.prefix`; the library appears at `prefix/lib/python3.14`. */
  executable?: string;
  prefix?: string;
  originalArgv?: readonly string[];
  /** The packed standard library; on Node the package's own when not given. */
  library?: LibrarySources;
}

export function hostOf(options: PythonOptions): Host {
  return {
    files: filesOf(options.files),
    stdin: inputOf(options.stdin),
    stdout: outputOf(options.stdout),
    stderr: outputOf(options.stderr),
    clock: options.clock ?? stoppedClock,
    entropy: options.entropy ?? null,
    environment: new Map(Object.entries(options.env ?? {})),
    process: options.process ?? anonymousProcess(),
    collectGarbage: options.collectGarbage,
    endJob: options.endJob,
    latin1: options.latin1,
    engine: options.engine,
  };
}

function filesOf(files: PythonOptions["files"]): FileSystem {
  if (files === undefined) return noFiles();
  if (typeof files.open === "function") return files as FileSystem;
  const memory = new MemoryFiles();
  for (const [path, content] of Object.entries(files as Record<string, string | Uint8Array>)) {
    memory.writeFile(path.startsWith("/") ? path : `/${path}`, content);
  }
  return memory;
}

function inputOf(input: Input | undefined): OpenFile {
  if (typeof input === "object" && !(input instanceof Uint8Array)) return input;
  let pending: Uint8Array = new Uint8Array();
  let next = typeof input === "function" ? input : once(input);
  const read = (buffer: Uint8Array): number => {
    if (pending.length === 0) {
      const part = next();
      if (part === null) next = () => null;
      pending = typeof part === "string" ? new TextEncoder().encode(part) : (part ?? pending);
    }
    const count = Math.min(buffer.length, pending.length);
    buffer.set(pending.subarray(0, count));
    pending = pending.subarray(count);
    return count;
  };
  return nullStream(0, undefined, read);
}

function once(input: string | Uint8Array | undefined): () => string | Uint8Array | null {
  let left: string | Uint8Array | null = input ?? null;
  return () => {
    const part = left;
    left = null;
    return part;
  };
}

function outputOf(output: Output | undefined): OpenFile {
  if (output === undefined) return nullStream(1);
  if (typeof output === "object") return output;
  const decoder = new TextDecoder();
  return nullStream(1, (data) => output(decoder.decode(data, { stream: true })));
}
