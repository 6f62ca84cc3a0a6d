/** The command `sidewinder`: CPython's command line. */
import { dirname } from "node:path";
import { type Program, Python } from "../../src/api/index.ts";
import { JitOptionError } from "../../src/api/jit-options.ts";
import { INTERRUPTED } from "../../src/api/uncaught.ts";
import { nodeHost } from "../../src/host/node/host.ts";
import { libraryFiles } from "../../src/host/node/library.ts";
import { reportFault } from "./fault.ts";
import { help, helpEnvironment, helpX, usageLine } from "./help.ts";
import { interruptible } from "./interruptible.ts";
import { type Notice, type Options, parseOptions } from "./options.ts";
import { readAll } from "./read-all.ts";
import { terminalInput } from "./terminal-input.ts";
import { runRepl } from "./repl.ts";
import { V8Tiering } from "./v8-tiering.ts";
import { type CommandLineSettings, SettingsError, settingsOf } from "./settings.ts";

const NAME = "sidewinder";
const VERSION = "3.14.2";
const LONG_VERSION = `Python ${VERSION} (Sidewinder) [JavaScript]`;

function printNotice({ notice, message }: Notice): number {
  if (notice === "usage error") {
    process.stderr.write(`${message}\n${usageLine(NAME)}\nTry \`${NAME} -h' for more information.\n`);
    return 2;
  }
  process.stdout.write(noticeText(notice));
  return 0;
}

function noticeText(notice: Exclude<Notice["notice"], "usage error">): string {
  switch (notice) {
    case "version":
      return `Python ${VERSION}\n`;
    case "long version":
      return `${LONG_VERSION}\n`;
    case "help":
      return help(NAME);
    case "help-env":
      return helpEnvironment();
    case "help-xoptions":
      return helpX();
    case "help-all":
      return `${help(NAME)}\n${helpEnvironment()}\n${helpX()}`;
  }
}

/** The launcher's function that loads a part of this bundle (tools/split); `around` is called for each. */
declare const $load: { around?: <T>(action: () => T) => T } | undefined;

/** `dist` is the folder of this bundle. */
function makePython(dist: string, options: Options, settings: CommandLineSettings, engine: V8Tiering): Python {
  const host = nodeHost();
  const executable = `${dirname(dist)}/bin/sidewinder.js`;
  return new Python({
    argv: [""],
    originalArgv: [executable, ...options.original.slice(1)],
    env: Object.fromEntries(host.environment),
    stdin: terminalInput(host.stdin),
    stdout: host.stdout,
    stderr: host.stderr,
    files: host.files,
    clock: host.clock,
    entropy: host.entropy ?? undefined,
    process: host.process,
    collectGarbage: host.collectGarbage,
    endJob: host.endJob,
    latin1: host.latin1,
    engine,
    path: settings.pythonPath,
    settings,
    library: libraryFiles(dist),
    executable,
    prefix: dirname(dist),
  });
}

function isInteractive(options: Options, settings: CommandLineSettings): boolean {
  if (options.program.kind !== "stdin") return false;
  return settings.interactive || process.stdin.isTTY === true;
}

function asProgram(program: Options["program"], options: Options): Program {
  if (program.kind === "stdin") return { ...program, read: () => readAll(0) };
  if (program.kind === "file") return { ...program, skipFirstLine: options.skipFirstLine };
  return program;
}

async function runWith(python: Python, options: Options, settings: CommandLineSettings): Promise<number> {
  const { program } = options;
  const programOptions = { args: options.args, safePath: settings.safePath, name: NAME };
  if (isInteractive(options, settings)) {
    return runRepl(python, {
      banner: !settings.quiet,
      version: LONG_VERSION,
      startupFile: settings.startupFile,
      programOptions,
    });
  }
  const code = interruptible(python, () => python.runProgram(asProgram(program, options), programOptions));
  if (!settings.inspect) return code;
  return runRepl(python, { banner: false, version: LONG_VERSION, startupFile: null, programOptions: null });
}

async function main(): Promise<number> {
  const options = parseOptions(NAME, process.argv.slice(2));
  if ("notice" in options) return printNotice(options);
  const settings = settingsOf(options, process.env);
  const engine = new V8Tiering();
  if (typeof $load !== "undefined") $load.around = (action) => engine.asUsual(action);
  const python = makePython(__dirname, options, settings, engine);
  const code = python.finish(await runWith(python, options, settings));
  engine.end();
  return code;
}

main().then(
  (code) => {
    // Whoever waits for the process, a shell's loop above all, is to see that Ctrl-C ended it.
    if (code === INTERRUPTED) process.kill(process.pid, "SIGINT");
    process.exitCode = code;
    // Timers and handles of the host must not keep the process; what was written has been written.
    process.exit(code);
  },
  (error: unknown) => {
    if (error instanceof SettingsError || error instanceof JitOptionError) {
      process.stderr.write(`Fatal Python error: config_init: ${error.message}\n`);
      process.exit(1);
    }
    process.exit(reportFault(error));
  },
);
