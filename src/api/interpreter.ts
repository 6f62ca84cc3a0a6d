/** Makes an interpreter: runtime, builtins, sys, import system, standard streams, site. */
import "./builtin-types.ts";
import { builtinsModule } from "../builtins/index.ts";
import { setCompiler } from "../builtins/compiler.ts";
import { setImporter } from "../builtins/importer.ts";
import type { Host } from "../host/host.ts";
import { importModule, importName } from "../importlib/import-name.ts";
import { impModule } from "../importlib/imp-module.ts";
import { ensureInstalled } from "../importlib/install.ts";
import { withLibrary } from "../importlib/library-files.ts";
import type { Library } from "../importlib/packed/archive.ts";
import { type ImportConfig, configureImports } from "../importlib/state.ts";
import { InterpreterEvaluator } from "../interp/evaluator.ts";
import { primePatterns } from "../modules/_sre/prime.ts";
import { NATIVE_MODULES } from "../modules/registry.ts";
import { grantHost } from "../modules/support/host.ts";
import { type SysConfig, configureSys } from "../modules/sys/config.ts";
import { sysModule } from "../modules/sys/index.ts";
import { EXC, type Status, type Value } from "../objects/core.ts";
import { type ModuleSpec, instantiateModule } from "../objects/define.ts";
import { newDict } from "../objects/dict.ts";
import { PyModule } from "../objects/module.ts";
import { Runtime, rt } from "../objects/runtime.ts";
import { strFromJs } from "../objects/str/astral.ts";
import { folderReader } from "./folders.ts";
import { frontEndWith } from "./front-end.ts";
import { importTimer } from "./import-timer.ts";
import { Session } from "./session.ts";
import { primeLoop } from "./primer.ts";
import { installTraceCompiler } from "./trace-compiler.ts";
import type { Settings } from "./settings.ts";
import { runSite } from "./site.ts";
import type { Observe } from "./statistics.ts";
import { installStreams } from "./streams.ts";
import { writeStderr } from "./uncaught.ts";

export interface InterpreterConfig {
  host: Host;
  library: Library;
  settings: Settings;
  observe: Observe;
  argv: readonly string[];
  originalArgv: readonly string[];
  /** What `sys.path` begins with; the library follows. */
  path: readonly string[];
  executable: string;
  prefix: string;
}

const NATIVES: ReadonlyMap<string, () => ModuleSpec> = new Map([
  ...Object.entries(NATIVE_MODULES),
  ...[impModule, sysModule, builtinsModule].map((spec) => [spec.name, () => spec] as const),
]);

const LOADED: ImportConfig["loaded"] = new Map([
  ["re", (module, library) => primePatterns(module, library.patterns())],
]);

/** A new interpreter, ready to run code. Throws a `PythonError` when its own start raises. */
export function createInterpreter(config: InterpreterConfig): Session {
  const runtime = new Runtime();
  runtime.evaluator = new InterpreterEvaluator();
  installTraceCompiler(runtime, config.settings, config.host, config.observe);
  const session = new Session(runtime);
  session.enter(() =>
    start({ ...config, host: { ...config.host, files: withLibrary(config.host.files, config.library) } }),
  );
  return session;
}

function start(config: InterpreterConfig): Status {
  const { host, library, settings } = config;
  rt.modules = newDict();
  rt.intMaxStrDigits = settings.intMaxStrDigits;
  rt.debugRanges = settings.debugRanges;
  rt.devMode = settings.devMode;
  grantHost(rt, host);
  rt.engine = host.engine ?? null;
  rt.endJob = host.endJob ?? null;
  rt.latin1 = host.latin1 ?? null;
  setCompiler(frontEndWith(library));
  // The primer's instructions are not the program's: none where somebody counts.
  if (rt.jit?.isWatching !== true) rt.onLongRun = () => primeLoop(library);
  setImporter(importName);
  configureSys(sysConfig(config));
  const folder = folderReader(host.files);
  const importTime = settings.importTime ? importTimer(host.clock, (line) => writeStderr(`${line}\n`)) : null;
  configureImports({ library, natives: NATIVES, loaded: LOADED, folder, importTime });
  const builtins = addModule(builtinsModule);
  if (builtins === EXC) return EXC;
  rt.builtins = builtins.dict;
  rt.builtins.setStr("__debug__", settings.optimize === 0);
  rt.importFunction = rt.builtins.getStr("__import__") as Value;
  rt.builtinAll = rt.builtins.getStr("all") as Value;
  rt.builtinAny = rt.builtins.getStr("any") as Value;
  const sys = addModule(sysModule);
  if (sys === EXC) return EXC;
  rt.sysDict = sys.dict;
  addMain();
  if (installStreams(settings) === EXC) return EXC;
  // The filters of -W take effect, and are checked, when `warnings` is loaded.
  if (settings.warnOptions.length > 0 && (ensureInstalled() === EXC || importModule("warnings") === EXC)) return EXC;
  return settings.noSite ? null : runSite({ ...config, folder });
}

function addModule(spec: ModuleSpec): PyModule | typeof EXC {
  const { module, status } = instantiateModule(spec);
  if (status === EXC) return EXC;
  rt.modules.setStr(spec.name, module);
  return module;
}

function addMain(): void {
  const main = new PyModule("__main__");
  main.dict.setStr("__builtins__", rt.modules.getStr("builtins") as Value);
  rt.modules.setStr("__main__", main);
}

function sysConfig(config: InterpreterConfig): Partial<SysConfig> {
  const { settings, library } = config;
  const text = (items: readonly string[]): string[] => items.map((item) => String(strFromJs(item)));
  return {
    argv: text(config.argv),
    origArgv: text(config.originalArgv),
    path: [...config.path, library.root],
    executable: config.executable,
    prefix: config.prefix,
    stdlibDir: library.root,
    builtinModuleNames: [...NATIVES.keys()],
    warnOptions: [...settings.warnOptions],
    xOptions: Object.fromEntries(settings.xOptions),
    flags: {
      debug: settings.debug,
      inspect: settings.inspect ? 1 : 0,
      interactive: settings.interactive ? 1 : 0,
      optimize: settings.optimize,
      dont_write_bytecode: 1,
      no_user_site: settings.noUserSite ? 1 : 0,
      no_site: settings.noSite ? 1 : 0,
      ignore_environment: settings.ignoreEnvironment ? 1 : 0,
      verbose: settings.verbose,
      bytes_warning: settings.bytesWarning,
      quiet: settings.quiet ? 1 : 0,
      isolated: settings.isolated ? 1 : 0,
      dev_mode: settings.devMode,
      utf8_mode: settings.utf8Mode ? 1 : 0,
      warn_default_encoding: settings.warnDefaultEncoding ? 1 : 0,
      safe_path: settings.safePath,
      int_max_str_digits: settings.intMaxStrDigits,
    },
  };
}
