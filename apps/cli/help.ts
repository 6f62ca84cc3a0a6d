/** What `-h` and its relatives print. */

export const usageLine = (name: string): string => `usage: ${name} [option] ... [-c cmd | -m mod | file | -] [arg] ...`;

const OPTIONS: readonly [string, string][] = [
  ["-b", "warn when bytes are compared with or turned into str; -bb: raise"],
  ["-B", "write no compiled files; PYTHONDONTWRITEBYTECODE=1"],
  ["-c cmd", "run this text as a program; ends the options"],
  ["-d", "accepted; there is no parser to debug; PYTHONDEBUG=1"],
  ["-E", "ignore the PYTHON… environment variables"],
  ["-h", "this help; also -? and --help"],
  ["-i", "go on interactively after the program; PYTHONINSPECT=1"],
  ["-I", "isolated from the user's environment: -E, -P and -s"],
  ["-m mod", "run a module as a program; ends the options"],
  ["-O", "leave asserts out; -OO: docstrings too; PYTHONOPTIMIZE=1"],
  ["-P", "put no folder of the program's in front of sys.path; PYTHONSAFEPATH"],
  ["-q", "no banner when interactive"],
  ["-s", "leave the user's site folder out; PYTHONNOUSERSITE=1"],
  ["-S", "do not import site"],
  ["-u", "unbuffered stdout and stderr; PYTHONUNBUFFERED=1"],
  ["-v", "tell of every import; PYTHONVERBOSE=1"],
  ["-V", "the version; also --version; -VV: more of it"],
  ["-W arg", "a warnings filter, action:message:category:module:line; PYTHONWARNINGS"],
  ["-x", "skip the first line of the program"],
  ["-X opt", "see --help-xoptions"],
  ["--check-hash-based-pycs always|default|never", "accepted; nothing is read from compiled files"],
  ["--help-env", "the environment variables"],
  ["--help-xoptions", "the -X options"],
  ["--help-all", "all of it"],
];

const VARIABLES: readonly [string, string][] = [
  ["PYTHONPATH", "folders in front of the library in sys.path, separated by ':'"],
  ["PYTHONSTARTUP", "a file to run before interactive input"],
  ["PYTHONIOENCODING", "encoding[:errors] of the standard streams"],
  ["PYTHONUTF8", "0 is refused: text is UTF-8 (-X utf8)"],
  ["PYTHONHASHSEED", "accepted; hashes of str are not random"],
  ["PYTHONBREAKPOINT", "what breakpoint() calls; 0 for nothing"],
  ["PYTHON_COLORS", "1 or 0: coloured output or none"],
  ["PYTHON_HISTORY", "the file of the interactive history"],
  ["PYTHONINTMAXSTRDIGITS", "the greatest number of digits of an int as text (-X int_max_str_digits)"],
  ["PYTHONPROFILEIMPORTTIME", "show what each import takes (-X importtime)"],
  ["PYTHON_JIT", "1 or 0: the compilers are on or off (-X jit)"],
  ["PYTHONDEVMODE", "development mode (-X dev)"],
  ["PYTHONWARNDEFAULTENCODING", "EncodingWarning for encoding=None (-X warn_default_encoding)"],
  ["PYTHONUSERBASE", "the user's base folder"],
  ["PYTHONDONTWRITEBYTECODE, PYTHONINSPECT, PYTHONNOUSERSITE, PYTHONOPTIMIZE,", ""],
  ["PYTHONSAFEPATH, PYTHONUNBUFFERED, PYTHONVERBOSE, PYTHONWARNINGS", "as the options above"],
];

const X_OPTIONS: readonly [string, string][] = [
  ["dev", "development mode: more warnings; PYTHONDEVMODE"],
  ["importtime", "show what each import takes; PYTHONPROFILEIMPORTTIME"],
  ["int_max_str_digits=N", "0: no limit; PYTHONINTMAXSTRDIGITS"],
  ["jit=on|off", "the compilers; PYTHON_JIT"],
  ["jit-stats", "what they did, at the end; =FILE.json: all of it as JSON"],
  ["jit-lines=FILE.json", "how often each line ran, and where, for `sidewinder-lab lines`"],
  [
    "jit-dump[=LETTERS[:FILE]]",
    "stages as text: b bytecode, r recorded, o optimised, s snapshots, j JavaScript, e exits",
  ],
  ["jit-dump=FILE.json", "all of it, for `sidewinder-lab traces`"],
  [
    "jit-load-threshold=N, jit-warm-threshold=N, jit-threshold=N, jit-entry-threshold=N, jit-exit-threshold=N, jit-link-threshold=N, jit-trace-limit=N, jit-segment-limit=N, jit-inline-limit=N, jit-small-region=N, jit-region-size=N, jit-region-traces=N",
    "",
  ],
  ["jit-without=IDEA,…", "ideas to be switched off, to see what they are worth"],
  ["jit-stress=SEED", "failures at random, for tests"],
  ["jit-strict", "faults of the compiler end the program, for tests"],
  ["no_debug_ranges", "tracebacks without carets; PYTHONNODEBUGRANGES"],
  ["pystats=DIR", "figures of the run in DIR, in the form that CPython's summarize_stats.py reads"],
  ["utf8", "accepted: text is UTF-8"],
  ["warn_default_encoding", "EncodingWarning for encoding=None"],
];

function columns(rows: readonly [string, string][]): string {
  return rows.map(([name, text]) => (text === "" ? name : `${name.padEnd(8)}: ${text}`)).join("\n");
}

export function help(name: string): string {
  return `${usageLine(name)}
Options (and the environment variables that do the same):
${columns(OPTIONS)}

Arguments:
file    : the program: a script, or a folder or zip file with a __main__.py
-       : the program comes from stdin (as without arguments; interactive on a terminal)
arg ... : sys.argv[1:] of the program
`;
}
export const helpEnvironment = (): string => `Environment variables:\n${columns(VARIABLES)}\n`;
export const helpX = (): string => `The -X options:\n${columns(X_OPTIONS)}\n`;
