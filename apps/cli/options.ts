/** CPython's command line: what each option means, and where the options end. Source: docs "Command line and environment". */

export type Program =
  | { kind: "command"; source: string }
  | { kind: "module"; name: string }
  | { kind: "file"; path: string }
  | { kind: "stdin"; dash: boolean };

export interface Options {
  program: Program;
  /** `sys.argv[1:]`. */
  args: string[];
  /** Everything given, the interpreter's name first: `sys.orig_argv`. */
  original: string[];
  bytesWarning: number;
  dontWriteBytecode: boolean;
  debug: number;
  ignoreEnvironment: boolean;
  inspect: boolean;
  isolated: boolean;
  optimize: number;
  safePath: boolean;
  quiet: boolean;
  noUserSite: boolean;
  noSite: boolean;
  unbuffered: boolean;
  verbose: number;
  skipFirstLine: boolean;
  warnings: string[];
  /** `-X name=value`; true without a value. */
  x: Map<string, string | true>;
}

/** Something to print instead of running a program. */
export interface Notice {
  notice: "usage error" | "help" | "help-env" | "help-xoptions" | "help-all" | "version" | "long version";
  message: string;
}

function initial(original: string[]): Options {
  return {
    program: { kind: "stdin", dash: false },
    args: [],
    original,
    bytesWarning: 0,
    dontWriteBytecode: false,
    debug: 0,
    ignoreEnvironment: false,
    inspect: false,
    isolated: false,
    optimize: 0,
    safePath: false,
    quiet: false,
    noUserSite: false,
    noSite: false,
    unbuffered: false,
    verbose: 0,
    skipFirstLine: false,
    warnings: [],
    x: new Map(),
  };
}

const FLAGS: Record<string, (options: Options) => void> = {
  b: (o) => o.bytesWarning++,
  B: (o) => {
    o.dontWriteBytecode = true;
  },
  d: (o) => o.debug++,
  E: (o) => {
    o.ignoreEnvironment = true;
  },
  i: (o) => {
    o.inspect = true;
  },
  I: (o) => {
    o.isolated = o.ignoreEnvironment = o.noUserSite = o.safePath = true;
  },
  O: (o) => o.optimize++,
  P: (o) => {
    o.safePath = true;
  },
  q: (o) => {
    o.quiet = true;
  },
  s: (o) => {
    o.noUserSite = true;
  },
  S: (o) => {
    o.noSite = true;
  },
  u: (o) => {
    o.unbuffered = true;
  },
  v: (o) => o.verbose++,
  x: (o) => {
    o.skipFirstLine = true;
  },
  // Accepted and without meaning, as in CPython.
  R: () => {},
  t: () => {},
};

const usageError = (message: string): Notice => ({ notice: "usage error", message });

class Parser {
  private readonly options: Options;
  private versions = 0;
  private index = 0;

  constructor(
    name: string,
    private readonly argv: readonly string[],
  ) {
    this.options = initial([name, ...argv]);
  }

  parse(): Options | Notice {
    for (; this.index < this.argv.length; this.index++) {
      const argument = this.argv[this.index];
      if (argument === "-" || !argument.startsWith("-")) return this.operand(argument);
      if (argument === "--") {
        this.index++;
        if (this.index < this.argv.length) return this.operand(this.argv[this.index]);
        break;
      }
      const result = argument.startsWith("--") ? this.long(argument) : this.short(argument);
      if (result !== null) return result;
    }
    return this.finish();
  }

  private finish(): Options | Notice {
    if (this.versions > 0) return { notice: this.versions > 1 ? "long version" : "version", message: "" };
    return this.options;
  }

  private operand(argument: string): Options | Notice {
    this.options.program = argument === "-" ? { kind: "stdin", dash: true } : { kind: "file", path: argument };
    this.options.args = this.argv.slice(this.index + 1);
    return this.finish();
  }

  private long(argument: string): Notice | null {
    switch (argument) {
      case "--help":
        return { notice: "help", message: "" };
      case "--help-env":
      case "--help-xoptions":
      case "--help-all":
        return { notice: argument.slice(2) as Notice["notice"], message: "" };
      case "--version":
        this.versions++;
        return null;
      case "--check-hash-based-pycs": {
        const value = this.argv[++this.index];
        if (value === undefined) return usageError("Argument expected for the --check-hash-based-pycs option");
        if (value === "always" || value === "default" || value === "never") return null;
        return usageError("--check-hash-based-pycs must be one of 'default', 'always', or 'never'");
      }
      default:
        return usageError(`Unknown option: ${argument}`);
    }
  }

  /** A cluster such as `-Bu` or `-cprint(1)`. A result ends the parsing. */
  private short(argument: string): Options | Notice | null {
    for (let i = 1; i < argument.length; i++) {
      const letter = argument[i];
      if (letter === "h" || letter === "?") return { notice: "help", message: "" };
      if (letter === "V") {
        this.versions++;
        continue;
      }
      if ("cmWX".includes(letter)) {
        const value = argument.slice(i + 1) || this.argv[++this.index];
        if (value === undefined) return usageError(`Argument expected for the -${letter} option`);
        return this.withValue(letter, value);
      }
      const flag = FLAGS[letter];
      if (flag === undefined) return usageError(`Unknown option: -${letter}`);
      flag(this.options);
    }
    return null;
  }

  private withValue(letter: string, value: string): Options | Notice | null {
    const { options } = this;
    if (letter === "W") {
      options.warnings.push(value);
      return null;
    }
    if (letter === "X") {
      const equals = value.indexOf("=");
      options.x.set(equals < 0 ? value : value.slice(0, equals), equals < 0 ? true : value.slice(equals + 1));
      return null;
    }
    // A command ends with a line break, so that `-c` takes what a file of that content would.
    options.program = letter === "c" ? { kind: "command", source: `${value}\n` } : { kind: "module", name: value };
    options.args = this.argv.slice(this.index + 1);
    return this.finish();
  }
}

/** `name`: what the interpreter was called by; `argv`: the rest. */
export function parseOptions(name: string, argv: readonly string[]): Options | Notice {
  return new Parser(name, argv).parse();
}
