/** The front end as `compile`, `exec` and `eval` use it. */
import type { Compiler, FrontEndOptions } from "../builtins/compiler.ts";
import { compile } from "../compiler/compile.ts";
import { CompilerRecursionError } from "../compiler/errors.ts";
import { CO_FUTURE_ANNOTATIONS } from "../compiler/future.ts";
import { preprocess } from "../compiler/preprocess.ts";
import type { Library } from "../importlib/packed/archive.ts";
import { PyCode } from "../objects/code.ts";
import { raise, throwPending } from "../objects/errors.ts";
import { memoryErrorType, recursionErrorType } from "../objects/exceptions/types.ts";
import { rt } from "../objects/runtime.ts";
import { lookupName } from "../objects/unicode/names.ts";
import { decodeSource } from "../syntax/decode.ts";
import { PyParserOverflow } from "../syntax/errors.ts";
import { decodeByCodec } from "./source-decoder.ts";
import { parse } from "../syntax/parse.ts";

/** The character of `\N{name}`. */
const characterNamed = (name: string): number | undefined => lookupName(name, false)?.codePointAt(0);

/** Source that is nested too deeply is Python's error, not a fault of ours. */
function bounded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof PyParserOverflow) raise(memoryErrorType, error.msg);
    else if (error instanceof CompilerRecursionError) raise(recursionErrorType, error.message);
    else throw error;
    return throwPending();
  }
}

const frontEnd: Compiler = {
  parse: (source, options) => {
    const { featureVersion, ...rest } = options;
    const version = featureVersion < 0 ? {} : { featureVersion };
    const maxIntDigits = rt.intMaxStrDigits;
    return bounded(() => parse(source, { ...rest, ...version, maxIntDigits, lookupName: characterNamed }));
  },
  optimizeTree: (tree, options) => {
    preprocess(tree, { ...options, futureAnnotations: (options.flags & CO_FUTURE_ANNOTATIONS) !== 0 });
    return tree;
  },
  compile: (tree, options) => bounded(() => compile(tree, options)),
  decode: (bytes, filename) => decodeSource(bytes, filename, { decoder: decodeByCodec }),
  makeCode: (spec) => new PyCode(spec),
};

/** The library holds the code of texts as `exec` and `eval` compile them where nothing special is asked for. */
function isPlain({ filename, flags, featureVersion, optimize }: FrontEndOptions): boolean {
  return filename === "<string>" && flags === 0 && featureVersion === -1 && optimize === 0;
}

export function frontEndWith(library: Library): Compiler {
  const compiled: Compiler["compiled"] = (source, options) =>
    isPlain(options) ? library.compiledText(options.mode, source) : undefined;
  return { ...frontEnd, compiled };
}
