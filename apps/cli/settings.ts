/** From options and PYTHON… variables to settings: the options win where both speak. Source: docs, PEP 587. */
import { DEFAULT_SETTINGS, type Settings } from "../../src/api/settings.ts";
import type { Options } from "./options.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that is wrong: CPython refuses to start. */
export class SettingsError {
  constructor(readonly message: string) {}
}

export interface CommandLineSettings extends Settings {
  /** PYTHONPATH's entries. */
  pythonPath: string[];
  startupFile: string | null;
}

/** The variable's value; undefined when empty or when the environment is to be ignored. */
type Lookup = (name: string) => string | undefined;

/** PYTHONOPTIMIZE=2 and the like: an int is a level, other text means 1. */
function level(text: string | undefined): number {
  if (text === undefined) return 0;
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : 1;
  return value;
}

function digitsLimit(options: Options, variable: Lookup): number {
  const given = options.x.get("int_max_str_digits");
  const source = given !== undefined ? "-X int_max_str_digits" : "PYTHONINTMAXSTRDIGITS";
  const text = given ?? variable("PYTHONINTMAXSTRDIGITS");
  if (text === undefined) return DEFAULT_SETTINGS.intMaxStrDigits;
  const value = text === true ? Number.NaN : Number(text);
  if (Number.isInteger(value) && (value === 0 || value >= 640)) return value;
  throw new SettingsError(`${source}: invalid limit; must be >= 640 or 0 for unlimited.`);
}

/** `-W` options and PYTHONWARNINGS, in the order in which `warnings` takes them: the last one wins. */
function warningFilters(options: Options, variable: Lookup, devMode: boolean, bytesWarning: number): string[] {
  const filters: string[] = [];
  if (devMode) filters.push("default");
  const fromEnvironment = variable("PYTHONWARNINGS");
  if (fromEnvironment !== undefined) filters.push(...fromEnvironment.split(","));
  filters.push(...options.warnings);
  if (bytesWarning > 0) filters.push(bytesWarning > 1 ? "error::BytesWarning" : "default::BytesWarning");
  return filters;
}

/** The locale by which the C library would go: without any, or in C and POSIX, bytes that are no UTF-8 are kept. */
function isCLocale({ LC_ALL, LC_CTYPE, LANG }: Environment): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || "C";
  return /^(C|POSIX)(\.|$)/.test(locale);
}

/** PYTHON_JIT=0 switches the trace compiler off, any other number on. */
function wantedByEnvironment(text: string | undefined): boolean {
  return text === undefined ? DEFAULT_SETTINGS.jit : level(text) !== 0;
}

export function settingsOf(options: Options, environment: Environment): CommandLineSettings {
  const variable: Lookup = (name) => (options.ignoreEnvironment ? undefined : environment[name] || undefined);
  const xOption = (name: string, variableName: string): boolean =>
    options.x.has(name) || variable(variableName) !== undefined;
  const devMode = xOption("dev", "PYTHONDEVMODE");
  const utf8 = options.x.get("utf8") ?? variable("PYTHONUTF8");
  const utf8Mode = utf8 === true || utf8 === "1";
  return {
    debug: Math.max(options.debug, level(variable("PYTHONDEBUG"))),
    inspect: options.inspect || variable("PYTHONINSPECT") !== undefined,
    interactive: options.inspect,
    optimize: Math.max(options.optimize, level(variable("PYTHONOPTIMIZE"))),
    dontWriteBytecode: true,
    noUserSite: options.noUserSite || variable("PYTHONNOUSERSITE") !== undefined,
    noSite: options.noSite,
    ignoreEnvironment: options.ignoreEnvironment,
    verbose: Math.max(options.verbose, level(variable("PYTHONVERBOSE"))),
    bytesWarning: options.bytesWarning,
    quiet: options.quiet,
    isolated: options.isolated,
    devMode,
    utf8Mode,
    warnDefaultEncoding: xOption("warn_default_encoding", "PYTHONWARNDEFAULTENCODING"),
    safePath: options.safePath || variable("PYTHONSAFEPATH") !== undefined,
    intMaxStrDigits: digitsLimit(options, variable),
    warnOptions: warningFilters(options, variable, devMode, options.bytesWarning),
    xOptions: options.x,
    jit: wantedByEnvironment(variable("PYTHON_JIT")),
    importTime: xOption("importtime", "PYTHONPROFILEIMPORTTIME"),
    debugRanges: !xOption("no_debug_ranges", "PYTHONNODEBUGRANGES"),
    unbuffered: options.unbuffered || variable("PYTHONUNBUFFERED") !== undefined,
    ioEncoding: variable("PYTHONIOENCODING") ?? null,
    ioErrors: utf8Mode || isCLocale(environment) ? "surrogateescape" : "strict",
    pythonPath: variable("PYTHONPATH")?.split(":") ?? [],
    startupFile: variable("PYTHONSTARTUP") ?? null,
  };
}
