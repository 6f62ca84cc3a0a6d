/** How an interpreter behaves: what `sys.flags`, `sys.warnoptions` and `sys._xoptions` show. */

export interface Settings {
  debug: number;
  inspect: boolean;
  interactive: boolean;
  optimize: number;
  dontWriteBytecode: boolean;
  noUserSite: boolean;
  noSite: boolean;
  ignoreEnvironment: boolean;
  verbose: number;
  bytesWarning: number;
  quiet: boolean;
  isolated: boolean;
  devMode: boolean;
  utf8Mode: boolean;
  warnDefaultEncoding: boolean;
  safePath: boolean;
  /** 0: no limit. */
  intMaxStrDigits: number;
  warnOptions: readonly string[];
  xOptions: ReadonlyMap<string, string | true>;
  /** The trace compiler is wanted, unless `-X jit` says otherwise: PYTHON_JIT. */
  jit: boolean;
  importTime: boolean;
  /** Do code objects tell the columns of their instructions? */
  debugRanges: boolean;
  unbuffered: boolean;
  /** `encoding[:errors]` of the standard streams. */
  ioEncoding: string | null;
  /** Error handler of stdin and stdout: "strict", or "surrogateescape" in the C locale. */
  ioErrors: string;
}

/** What an embedded interpreter has: isolated from the machine, no bytecode files. */
export const DEFAULT_SETTINGS: Settings = {
  debug: 0,
  inspect: false,
  interactive: false,
  optimize: 0,
  dontWriteBytecode: true,
  noUserSite: true,
  noSite: false,
  ignoreEnvironment: true,
  verbose: 0,
  bytesWarning: 0,
  quiet: false,
  isolated: false,
  devMode: false,
  utf8Mode: false,
  warnDefaultEncoding: false,
  safePath: true,
  intMaxStrDigits: 4300,
  warnOptions: [],
  xOptions: new Map(),
  jit: false,
  importTime: false,
  debugRanges: true,
  unbuffered: false,
  ioEncoding: null,
  ioErrors: "strict",
};
