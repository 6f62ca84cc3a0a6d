/** What a function's time is spent on, by the source file that it comes from, and its name. One table, first match wins. */

export const CATEGORIES = {
  regions: "compiled code: traces",
  baseline: "compiled code: baseline",
  leaving: "entering and leaving compiled code",
  interpreter: "interpreter",
  jit: "tracing and compiling",
  numbers: "objects: numbers",
  text: "objects: text and bytes",
  containers: "objects: containers",
  callables: "objects: functions and generators",
  classes: "objects: classes and instances",
  objects: "objects: other",
  builtins: "builtin functions",
  patterns: "regular expressions",
  modules: "native modules",
  imports: "imports and Python's compiler",
  io: "input and output",
  gc: "garbage collection",
  v8compile: "V8: compiling what is emitted",
  v8: "V8 and the system: other",
  start: "start and command",
} as const;
export type Category = keyof typeof CATEGORIES;

/** Emitted functions have no file, and names that tell what they are (`jit/emit/function.ts`). */
const REGION = /^py_\w*_\d+_\d+$/;
const BASELINE = /^base_\w*_\d+$/;

/** What the trace compiler does each time that compiled code is entered, left, or gone over to: methods of its class. */
export const ENTERING =
  "enter handOver runFrom countedRun refuse callEntry resume resumeOn passEntry runResumed leave wayOn goOn linkTo isHot".split(
    " ",
  );

/** Of `FILE FUNCTION`. */
const PLACES: readonly (readonly [RegExp, Category])[] = [
  [/^src\/jit\/emit\/function\./, "v8compile"],
  [/^src\/jit\/(deopt\/|emit\/(runtime|python-call|generators|wide-ints)\.|baseline\/(drive|ways-out)\.)/, "leaving"],
  [new RegExp(`^src/jit/compiler\\.ts (${ENTERING.join("|")})$`), "leaving"],
  [/^src\/generated\/recording\./, "jit"],
  [/^src\/(interp|generated|ops)\//, "interpreter"],
  [/^src\/jit\//, "jit"],
  [/^src\/objects\/(int|float|bool|complex|number|long|range|raw-double)/, "numbers"],
  [/^src\/objects\/(str|bytes|bytearray|memoryview|text|unicode|format|astral)/, "text"],
  [/^src\/objects\/(list|tuple|dict|set|frozenset|iterators|slice|mapping|sequence|hash)/, "containers"],
  [/^src\/objects\/(function|method|builtin|generator|coroutine|async|code|frame|call|cell)/, "callables"],
  [/^src\/objects\/(type|instance|shape|property|descriptor|attribute|super|class|member|getset)/, "classes"],
  [/^src\/objects\//, "objects"],
  [/^src\/modules\/(_sre|re)\//, "patterns"],
  [/^src\/modules\/(_io|io|posix|_posix)/, "io"],
  [/^src\/builtins\/(io|path)/, "io"],
  [/^src\/modules\//, "modules"],
  [/^src\/(importlib|compiler|syntax)\//, "imports"],
  [/^src\/builtins\/(compile|compiler|importer|import-error|tree-converter)/, "imports"],
  [/^src\/builtins\//, "builtins"],
  [/^src\/host\//, "io"],
  [/^(src\/api|apps|bin)\//, "start"],
];

const NATIVE: Readonly<Record<string, Category>> = {
  "(garbage collector)": "gc",
  "(program)": "v8",
  "(idle)": "io",
  "(root)": "v8",
};

/** `file`: of ours, "node:…", or nothing. null: what is no code of ours counts to whoever has called it. */
export function categoryOf(functionName: string, file: string): Category | null {
  const native = NATIVE[functionName];
  if (native !== undefined && file === "") return native;
  if (file === "") {
    if (REGION.test(functionName)) return "regions";
    return BASELINE.test(functionName) ? "baseline" : null;
  }
  if (file.startsWith("node:")) return /fs|net|tty|stream|buffer/.test(file) ? "io" : null;
  return PLACES.find(([pattern]) => pattern.test(`${file} ${functionName}`))?.[1] ?? "v8";
}
