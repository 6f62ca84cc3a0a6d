/**
 * Native functions as data (CPython's PyMethodDef), and how one is called. The Python objects that hold them are in
 * `builtin.ts` and `descriptors.ts`.
 */
import { EXC, type KwNames, type Result, type Value } from "./core.ts";
import { Signature } from "./signature.ts";

/** Implementations declare their real parameter types; see docs/objects.md for what they receive. */
export type Implementation = (...args: never[]) => Result;
type Call = (...args: unknown[]) => Result;

export type NativeKind = "method" | "class" | "static" | "function";

export class NativeDef {
  name = "";
  /** `list.append`: what the function calls itself in messages. */
  fullName = "";
  /** Least and greatest number of positional arguments that can be passed on as they are; max -1: always bind. */
  min = 0;
  max = -1;
  /** `__text_signature__`, which `inspect` reads. */
  textSignature: string | null;
  private isResolved = false;
  private parsed: Signature | null = null;

  constructor(
    readonly kind: NativeKind,
    /** null: the implementation gets (self,) args, kwnames and parses itself. */
    readonly text: string | null,
    readonly impl: Call,
    readonly doc: string | null,
  ) {
    this.textSignature = text;
  }
  /** Shows another signature than the one that arguments are bound by; null shows none. */
  signedAs(text: string | null): this {
    this.textSignature = text;
    return this;
  }

  /** Works out `min` and `max`: on the first call, not when the tables of methods are made. */
  resolve(): void {
    if (this.isResolved) return;
    this.isResolved = true;
    // Without `*args` and `**kwargs`, positional arguments are the first parameters as they stand.
    if (this.text === null || /\*\w/.test(this.text) || this.signature.requiresKeyword) return;
    this.min = this.signature.requiredPositional;
    this.max = this.signature.positional;
  }

  get signature(): Signature {
    this.parsed ??= new Signature(this.text as string);
    return this.parsed;
  }

  /** Calls it with `self` (or the class); for functions of modules `self` is not passed on. */
  call(self: Value, args: Value[], kwnames: KwNames): Result {
    if (kwnames === null && args.length >= this.min && args.length <= this.max) {
      if (this.kind === "function" || this.kind === "static") return this.callPlain(args);
      switch (args.length) {
        case 0:
          return this.impl(self);
        case 1:
          return this.impl(self, args[0]);
        case 2:
          return this.impl(self, args[0], args[1]);
        default:
          return this.impl(self, ...args);
      }
    }
    return this.callBound(self, args, kwnames);
  }

  private callPlain(args: Value[]): Result {
    switch (args.length) {
      case 0:
        return this.impl();
      case 1:
        return this.impl(args[0]);
      case 2:
        return this.impl(args[0], args[1]);
      case 3:
        return this.impl(args[0], args[1], args[2]);
      default:
        return this.impl(...args);
    }
  }

  private callBound(self: Value, args: Value[], kwnames: KwNames): Result {
    if (!this.isResolved) {
      this.resolve();
      return this.call(self, args, kwnames);
    }
    const passSelf = this.kind === "method" || this.kind === "class";
    if (kwnames !== null && kwnames.length === 0) kwnames = null;
    if (this.text === null) return passSelf ? this.impl(self, args, kwnames) : this.impl(args, kwnames);
    const bound = this.signature.bind(this.name, this.fullName, args, kwnames);
    if (bound === EXC) return EXC;
    return passSelf ? this.impl(self, ...bound) : this.impl(...bound);
  }
}

const make =
  (kind: NativeKind) =>
  (text: string, impl: Implementation, doc: string | null = null): NativeDef =>
    new NativeDef(kind, text, impl as unknown as Call, doc);
const makeRaw =
  (kind: NativeKind) =>
  (impl: Implementation, doc: string | null = null): NativeDef =>
    new NativeDef(kind, null, impl as unknown as Call, doc);

/** A method: `impl(self, …parameters)`. */
export const method = make("method");
/** A class method: `impl(cls, …parameters)`. */
export const classMethod = make("class");
/** A static method: `impl(…parameters)`. */
export const staticMethod = make("static");
/** A module's function: `impl(…parameters)`. */
export const fn = make("function");
/** The same without a signature: `impl(self, args, kwnames)`; functions and static methods without self. */
export const rawMethod = makeRaw("method");
export const rawClassMethod = makeRaw("class");
export const rawStaticMethod = makeRaw("static");
export const rawFn = makeRaw("function");
