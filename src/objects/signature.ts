/**
 * Signatures of native functions: one text is the parse specification and `__text_signature__` at once.
 *
 * Notation: CPython's Argument Clinic text, e.g. `($self, iterable=(), /, *, key=None)`. A first parameter `$self`,
 * `$type` or `$module` is passed apart and no parameter here.
 */
import { EXC, type Exc, type KwNames, type Value } from "./core.ts";
import { newDict } from "./dict.ts";
import { typeError } from "./errors.ts";
import { unexpectedKeyword } from "./keyword-errors.ts";

const POSITIONAL_ONLY = 0;
const POSITIONAL_OR_KEYWORD = 1;
const VAR_POSITIONAL = 2;
const KEYWORD_ONLY = 3;
const VAR_KEYWORD = 4;

interface Parameter {
  name: string;
  kind: number;
  required: boolean;
}

/** What an implementation receives, in order: a value, undefined, `Value[]` for `*args`, a dict for `**kwargs`. */
export type Bound = (Value | undefined | Value[])[];

export class Signature {
  readonly params: readonly Parameter[];
  /** Parameters that positional arguments can fill, `*args` apart. */
  readonly positional: number;
  readonly requiredPositional: number;
  readonly positionalOnly: number;
  readonly varPositional: number;
  readonly varKeyword: number;
  readonly hasKeywords: boolean;
  /** Positional-only without `*args`: the implementation may be called with the arguments as they are. */
  readonly isPlain: boolean;

  constructor(readonly text: string) {
    this.params = parseParameters(text);
    const count = (kind: number) => this.params.filter((p) => p.kind === kind).length;
    this.positionalOnly = count(POSITIONAL_ONLY);
    this.positional = this.positionalOnly + count(POSITIONAL_OR_KEYWORD);
    this.requiredPositional = this.params.filter((p) => p.kind <= POSITIONAL_OR_KEYWORD && p.required).length;
    this.varPositional = this.params.findIndex((p) => p.kind === VAR_POSITIONAL);
    this.varKeyword = this.params.findIndex((p) => p.kind === VAR_KEYWORD);
    this.hasKeywords = this.positional > this.positionalOnly || count(KEYWORD_ONLY) > 0 || this.varKeyword >= 0;
    this.isPlain = !this.hasKeywords && this.varPositional < 0;
  }

  get requiresKeyword(): boolean {
    return this.params.some((p) => p.kind === KEYWORD_ONLY && p.required);
  }

  /**
   * Binds a vectorcall's arguments. `name` is the bare function name, `fullName` what METH_O and METH_NOARGS
   * functions call themselves (`list.append`). Wording: CPython's getargs.c and call.c.
   */
  bind(name: string, fullName: string, args: readonly Value[], kwnames: KwNames): Bound | Exc {
    const given = args.length - (kwnames === null ? 0 : kwnames.length);
    if (this.isPlain) {
      if (kwnames !== null && kwnames.length > 0) return typeError(`${fullName}() takes no keyword arguments`);
      return this.checkPositional(name, fullName, given) ? (args as Bound) : EXC;
    }
    const { params } = this;
    if (kwnames !== null && kwnames.length > 0) {
      if (!this.hasKeywords) return typeError(`${fullName}() takes no keyword arguments`);
      const isFull = this.varPositional < 0 && this.varKeyword < 0 && args.length > params.length;
      if (isFull) return this.tooMany(name, given, kwnames.length);
    }
    const bound: Bound = new Array(params.length).fill(undefined);
    const positional = Math.min(given, this.positional);
    for (let i = 0; i < positional; i++) bound[i] = args[i];
    if (this.varPositional >= 0) {
      bound[this.varPositional] = given > this.positional ? args.slice(this.positional, given) : [];
    } else if (given > this.positional) {
      return this.tooMany(name, given, kwnames === null ? 0 : kwnames.length);
    }
    if (kwnames !== null) {
      for (let i = 0; i < kwnames.length; i++) {
        if (this.bindKeyword(name, bound, kwnames[i], args[given + i], given) === EXC) return EXC;
      }
    }
    return this.checkMissing(name, bound, given) ? bound : EXC;
  }

  private checkPositional(name: string, fullName: string, given: number): boolean {
    const min = this.requiredPositional;
    const max = this.positional;
    if (given >= min && given <= max) return true;
    if (max === 0) typeError(`${fullName}() takes no arguments (${given} given)`);
    else if (min === 1 && max === 1) typeError(`${fullName}() takes exactly one argument (${given} given)`);
    else {
      const bound = given < min ? min : max;
      const qualifier = min === max ? "" : given < min ? "at least " : "at most ";
      typeError(`${name} expected ${qualifier}${bound} argument${bound === 1 ? "" : "s"}, got ${given}`);
    }
    return false;
  }

  private tooMany(name: string, given: number, keywords: number): Exc {
    const total = this.params.filter((p) => p.kind !== VAR_KEYWORD).length;
    if (given + keywords > total && this.varKeyword < 0) {
      const all = this.params.every((p) => p.required);
      const noun = keywords === 0 || given > 0 ? "argument" : "keyword argument";
      return typeError(
        `${name}() takes ${all ? "exactly" : "at most"} ${total} ${noun}${total === 1 ? "" : "s"} (${given + keywords} given)`,
      );
    }
    if (this.positional === 0) return typeError(`${name}() takes no positional arguments`);
    const word = this.requiredPositional < this.positional ? "at most" : "exactly";
    return typeError(
      `${name}() takes ${word} ${this.positional} positional argument${this.positional === 1 ? "" : "s"} (${given} given)`,
    );
  }

  private bindKeyword(name: string, bound: Bound, key: string, value: Value, given: number): Exc | null {
    const { params } = this;
    for (let i = this.positionalOnly; i < params.length; i++) {
      const p = params[i];
      if (p.name !== key || p.kind === VAR_POSITIONAL || p.kind === VAR_KEYWORD) continue;
      if (bound[i] !== undefined) {
        return i < given
          ? typeError(`argument for ${name}() given by name ('${key}') and position (${i + 1})`)
          : typeError(`${name}() got multiple values for argument '${key}'`);
      }
      bound[i] = value;
      return null;
    }
    if (this.varKeyword >= 0) {
      const dict = (bound[this.varKeyword] ??= newDict()) as ReturnType<typeof newDict>;
      dict.setStr(key, value);
      return null;
    }
    if (params.slice(0, this.positionalOnly).some((p) => p.name === key)) {
      return typeError(`${name}() got some positional-only arguments passed as keyword arguments: '${key}'`);
    }
    const known = params.slice(this.positionalOnly).filter((p) => p.kind !== VAR_POSITIONAL);
    return unexpectedKeyword(
      name,
      key,
      known.map((p) => p.name),
    );
  }

  private checkMissing(name: string, bound: Bound, given: number): boolean {
    const { params } = this;
    for (let i = 0; i < params.length; i++) {
      const p = params[i];
      if (!p.required || bound[i] !== undefined) continue;
      if (p.kind === POSITIONAL_ONLY) {
        const n = this.params.filter((q) => q.kind === POSITIONAL_ONLY && q.required).length;
        const word = n < this.positional ? "at least" : "exactly";
        typeError(`${name}() takes ${word} ${n} positional argument${n === 1 ? "" : "s"} (${given} given)`);
      } else if (p.kind === KEYWORD_ONLY) {
        typeError(`${name}() missing required keyword-only argument: '${p.name}'`);
      } else {
        typeError(`${name}() missing required argument '${p.name}' (pos ${i + 1})`);
      }
      return false;
    }
    return true;
  }
}

/**
 * A signature of a tp_new or tp_init, declared at module level: `const SIG = signature("(iterable=(), maxlen=None)")`.
 * Parsed on first use: modules import each other in cycles, and only function declarations are there from the start.
 */
export interface LazySignature {
  readonly text: string;
  parsed: Signature | null;
}
/* @__NO_SIDE_EFFECTS__ */
export function signature(text: string): LazySignature {
  return { text, parsed: null };
}

/** Binds the arguments of a `tp_new` or `tp_init` whose type is called `name`. */
export function parseArgs(
  sig: LazySignature,
  name: string,
  args: readonly Value[],
  kwnames: KwNames,
): (Value | undefined)[] | Exc {
  sig.parsed ??= new Signature(sig.text);
  // `*args` arrays are the callers' to cast.
  return sig.parsed.bind(name, name, args, kwnames) as (Value | undefined)[] | Exc;
}

function parseParameters(text: string): Parameter[] {
  const params: Parameter[] = [];
  let keywordOnly = false;
  for (const part of splitTopLevel(text.slice(1, -1))) {
    if (part === "" || part.startsWith("$")) continue;
    if (part === "/") {
      for (const p of params) p.kind = POSITIONAL_ONLY;
    } else if (part === "*") {
      keywordOnly = true;
    } else if (part.startsWith("**")) {
      params.push({ name: part.slice(2), kind: VAR_KEYWORD, required: false });
    } else if (part.startsWith("*")) {
      params.push({ name: part.slice(1), kind: VAR_POSITIONAL, required: false });
      keywordOnly = true;
    } else {
      const at = part.indexOf("=");
      const name = (at < 0 ? part : part.slice(0, at)).trim();
      params.push({ name, kind: keywordOnly ? KEYWORD_ONLY : POSITIONAL_OR_KEYWORD, required: at < 0 });
    }
  }
  return params;
}

/** Splits at commas that are not within brackets or quotes. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote !== "") {
      if (c === "\\") i++;
      else if (c === quote) quote = "";
    } else if (c === "'" || c === '"') quote = c;
    else if (c === "(" || c === "[" || c === "{") depth++;
    else if (c === ")" || c === "]" || c === "}") depth--;
    else if (c === "," && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}
