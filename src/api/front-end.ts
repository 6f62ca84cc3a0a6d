/** The front end as `compile`, `exec` and `eval` use it. */
import type { Compiler } from "../builtins/compiler.ts";
import { compile } from "../compiler/compile.ts";
import { CO_FUTURE_ANNOTATIONS } from "../compiler/future.ts";
import { preprocess } from "../compiler/preprocess.ts";
import { PyCode } from "../objects/code.ts";
import { lookupName } from "../objects/unicode/names.ts";
import { decodeSource } from "../syntax/decode.ts";
import { parse } from "../syntax/parse.ts";

/** The character of `\N{name}`. */
const characterNamed = (name: string): number | undefined => lookupName(name, false)?.codePointAt(0);

export const frontEnd: Compiler = {
  parse: (source, options) => {
    const { featureVersion, ...rest } = options;
    const version = featureVersion < 0 ? {} : { featureVersion };
    return parse(source, { ...rest, ...version, lookupName: characterNamed });
  },
  optimizeTree: (tree, options) => {
    preprocess(tree, { ...options, futureAnnotations: (options.flags & CO_FUTURE_ANNOTATIONS) !== 0 });
    return tree;
  },
  compile: (tree, options) => compile(tree, options),
  decode: (bytes, filename) => decodeSource(bytes, filename),
  makeCode: (spec) => new PyCode(spec),
};
