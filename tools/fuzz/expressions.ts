/** Random expressions: mostly of the type that is asked for, sometimes of another, as in programs with mistakes. */
import { METHODS_BY_TYPE } from "./methods.ts";
import type { Random } from "./random.ts";

export type Type = "int" | "float" | "str" | "list" | "dict" | "tuple" | "set" | "bool" | "object" | "any";
const TYPES: readonly Type[] = ["int", "float", "str", "list", "dict", "tuple", "set", "bool", "object"];

export interface Callable {
  readonly name: string;
  /** Positional parameters without a default, those with one, and what else it takes. */
  readonly required: number;
  readonly optional: readonly string[];
  readonly hasStar: boolean;
  readonly hasKeywords: boolean;
  readonly kind: "function" | "generator" | "coroutine" | "stream";
}
/** What an expression may refer to. */
export interface Scope {
  readonly variables: Map<string, Type>;
  readonly functions: readonly Callable[];
  readonly classes: readonly string[];
  /** Iterations of a loop around it: `i` counts. */
  readonly loops: number;
}

const INTS = ["0", "1", "2", "3", "7", "-1", "-5", "10", "100", "255", "2**31 - 1", "2**31", "-2**31", "2**53 - 1"];
const BIG = ["2**53", "-2**53", "2**62", "2**64 + 1", "9007199254740991", "-9007199254740992", "10**20"];
const FLOATS = ["0.0", "-0.0", "0.5", "1.5", "-2.25", "1e10", "1e300", "3.0", "float('inf')", "float('nan')", "1e-320"];
const STRINGS = ["''", "'a'", "'b'", "'key'", "'x y'", "'\u00e9'", "'\u{1f600}'", "'abc'", "'0'", "'\u{1f600}z'"];
/** Of subclasses of builtin types, which the program begins with. */
const DERIVED: Partial<Record<Type, string>> = {
  int: "Int(3)",
  float: "Float(0.5)",
  str: "Str('ab')",
  list: "List([1, 2.5])",
  dict: "Dict({'a': 1})",
  tuple: "Tuple((1, 2))",
};
const ATTRIBUTES = ["a", "b", "c", "total", "prop", "size", "desc"];
const METHODS = ["m", "n", "get", "static", "make"];

export class Expressions {
  constructor(readonly random: Random) {}

  of(type: Type, scope: Scope, depth = 3): string {
    const { random } = this;
    const wanted = type === "any" || random.below(1000) < 12 ? random.pick(TYPES) : type;
    if (random.chance(depth <= 0 ? 75 : 35)) {
      const takesAny = random.chance(10);
      const known = [...scope.variables]
        .filter(([, has]) => has === wanted || (has === "any" && takesAny))
        .map(([name]) => name);
      if (known.length > 0) return random.pick(known);
    }
    if (depth <= 0) return this.literal(wanted, scope);
    if (random.chance(5)) return this.common(wanted, scope, depth - 1);
    const methods = METHODS_BY_TYPE[wanted];
    if (methods !== undefined && random.chance(20)) return this.fill(random.pick(methods), scope, depth - 1);
    return this.made(wanted, scope, depth - 1);
  }
  /** Puts an expression for each `$type` of the text, for `$q.type` one that may use `q`. */
  fill(text: string, scope: Scope, depth: number): string {
    const withArgument: Scope = { ...scope, variables: new Map([...scope.variables, ["q", "any"]]) };
    return text.replace(/\$(q\.)?(int|float|str|list|dict|tuple|set|bool|object|any)\b/g, (_, takes, type: Type) =>
      this.of(type, takes === undefined ? scope : withArgument, depth),
    );
  }
  literal(type: Type, scope: Scope): string {
    const { random } = this;
    const derived = random.chance(4) ? DERIVED[type] : undefined;
    if (derived !== undefined) return derived;
    switch (type) {
      case "int":
        return random.chance(12) ? `(${random.pick(BIG)})` : `(${random.pick(INTS)})`;
      case "float":
        return random.pick(FLOATS);
      case "str":
        return random.pick(STRINGS);
      case "list":
        return random.pick(["[]", "[1, 2, 3]", "[1.5, 2, 'x']", "[0.5, -0.0]", "[None, True, 2**60]"]);
      case "dict":
        return random.pick(["{}", "{'a': 1, 'b': 2}", "{1: 'x', 2.5: 'y'}", "{'key': None, 0: []}"]);
      case "tuple":
        return random.pick(["()", "(1, 2)", "('a', 2.5)", "(1, (2, 3))"]);
      case "set":
        return random.pick(["set()", "{1, 2, 3}", "{'a', 'b'}", "{0, 2.5, 'x'}", "frozenset((1, 2))"]);
      case "bool":
        return random.pick(["True", "False"]);
      case "object":
        return scope.classes.length > 0 ? `${random.pick(scope.classes)}(${random.below(9)})` : "None";
      default:
        return "None";
    }
  }
  /** Ways to any type: conditional, call, item, attribute. */
  private common(type: Type, scope: Scope, depth: number): string {
    const { random } = this;
    const value = (t: Type): string => this.of(t, scope, depth);
    switch (random.below(13)) {
      case 8:
        return `vars_of(${value("object")}).get(${value("str")})`;
      case 9:
        return `reenter(lambda: ${value(type)}, ${random.below(4)})`;
      case 10:
        return `(${value("list")} or [${value(type)}])[${random.pick(["0", "-1", "1"])}]`;
      case 11:
        return `eval(${JSON.stringify(this.of(type, { ...scope, variables: new Map([...scope.variables].filter(([name]) => !name.includes("."))) }, 0))})`;
      case 12:
        return `apply(${value("object")}.${random.pick(METHODS)}, *${value("tuple")})`;
      case 6:
        return `${value("object")}(${value("int")})`;
      case 7:
        return this.coroutineCall(scope, depth) ?? `${value("dict")}[${value(random.pick(["int", "str", "object"]))}]`;
      case 0:
        return `(${value(type)} if ${value("bool")} else ${value(type)})`;
      case 1:
        return `${value("object")}.${random.pick(ATTRIBUTES)}`;
      case 2:
        return `(${value(type)} ${random.pick(["and", "or"])} ${value(type)})`;
      case 3:
        return this.call(scope, depth) ?? value(type);
      case 4:
        return `${value("list")}[${value("int")}]`;
      default:
        return `(lambda q: ${this.of(type, { ...scope, variables: new Map([...scope.variables, ["q", type]]) }, depth)})(${value(type)})`;
    }
  }
  call(scope: Scope, depth: number): string | null {
    const functions = scope.functions.filter(({ kind }) => kind === "function");
    if (functions.length === 0) return null;
    return `${this.callOf(this.random.pick(functions), scope, depth)}`;
  }
  callOf(f: Callable, scope: Scope, depth: number): string {
    const { random } = this;
    const args: string[] = [];
    const value = (): string => this.of(random.chance(60) ? "int" : "any", scope, depth);
    const count = random.chance(3) ? random.below(4) : f.required;
    for (let i = 0; i < count; i++) args.push(value());
    const named = f.optional.filter(() => random.chance(30));
    if (f.hasStar && named.length === 0 && random.chance(40))
      args.push(random.chance(50) ? value() : `*${this.of("tuple", scope, 1)}`);
    for (const name of named) args.push(`${name}=${value()}`);
    if (f.hasKeywords && random.chance(30)) args.push(random.chance(50) ? `extra=${value()}` : "**{'more': 1}");
    return `${f.name}(${args.join(", ")})`;
  }
  private made(type: Type, scope: Scope, depth: number): string {
    const { random } = this;
    const value = (t: Type): string => this.of(t, scope, depth);
    const pick = (...texts: (() => string)[]): string => random.pick(texts)();
    const inner = (name: string, t: Type): Scope => ({ ...scope, variables: new Map([...scope.variables, [name, t]]) });
    const over = (t: Type, result: Type): string => {
      const source = t === "int" ? `range(${1 + random.below(5)})` : value("list");
      const test = random.chance(30) ? ` if ${this.of("bool", inner("e", t), depth)}` : "";
      return `${this.of(result, inner("e", t), depth)} for e in ${source}${test}`;
    };
    switch (type) {
      case "int":
        return pick(
          () => `(${value("int")} ${random.pick(["+", "-", "*", "+", "-"])} ${value("int")})`,
          () =>
            `(${value("int")} ${random.pick(["//", "%"])} ${random.chance(80) ? `(${value("int")} or 3)` : value("int")})`,
          () => `(${value("int")} ${random.pick(["&", "|", "^"])} ${value("int")})`,
          () => `(${value("int")} ${random.pick(["<<", ">>"])} ${random.below(40)})`,
          () => `${random.pick(["-", "~", "abs"])}(${value("int")})`,
          () => `len(${value(random.pick(["list", "str", "dict", "tuple"]))})`,
          () => `int(${value("float")})`,
          () => `sum(${over("int", "int")})`,
          () => `(${value("bool")} + ${value("int")})`,
          () => `${value("object")}.${random.pick(METHODS)}(${value("int")})`,
          () => `ord(${value("str")}[0])`,
          () => `min(${value("int")}, ${value("int")})`,
          () => `${value("str")}.count(${value("str")})`,
          () => `(${value("int")} ** ${random.below(4)})`,
          () => `len(${value("object")})`,
          () => `(${value("object")} ${random.pick(["+", "-", "*"])} ${value(random.pick(["int", "object"]))})`,
          () => `(${value("int")} ${random.pick(["+", "-"])} ${value("object")})`,
          () => `${random.pick(["-", "~"])}${value("object")}`,
          () => `hash(${value(random.pick(["int", "bool"]))})`,
          () => `(${value("int")} ${random.pick(["<<", ">>"])} (${value("int")} % ${5 + random.below(60)}))`,
          () =>
            `min(${value("list")}, key=lambda q: ${this.of("int", inner("q", "any"), depth)}, default=${value("int")})`,
          () => `(${value("float")} ${random.pick(["//", "%"])} (${value("int")} or 7))`,
          () => `round(${value("float")})`,
          () => `int(${value("str")} or '7', ${random.pick(["10", "16"])})`,
          () => `pow(${value("int")}, ${random.below(9)}, ${value("int")} or 5)`,
          () => `(${value("int")} * ${value("int")} * ${value("int")})`,
          () => `+${value(random.pick(["int", "bool"]))}`,
          () => `~${value("int")}`,
        );
      case "float":
        return pick(
          () => `(${value("float")} ${random.pick(["+", "-", "*", "/"])} ${value(random.pick(["float", "int"]))})`,
          () => `(${value("int")} ${random.pick(["+", "-", "*"])} ${value("float")})`,
          () => `(${value("int")} / ${value("int")})`,
          () => `(${value("float")} ${random.pick(["//", "%"])} ${value("float")})`,
          () => `-${value("float")}`,
          () => `float(${value("int")})`,
          () => `(${value("float")} ** 2)`,
          () => `round(${value("float")}, 2)`,
          () => `max(${value("float")}, ${value("float")})`,
          () => `abs(${value("float")})`,
          () => `sum([${value("float")}, ${value("float")}])`,
          () => `(${value("float")} * 1e200 * ${value("float")})`,
          () => `(${value("float")} - ${value("float")}) / (${value("float")} or 1.0)`,
          () => `(${value("int")} * 1.5 ${random.pick(["+", "-"])} ${value("bool")})`,
          () => `math.${random.pick(["floor", "sqrt", "fabs", "trunc", "ceil"])}(${value("float")})`,
          () => `(${value("float")} ** ${random.pick(["2", "3", "0.5", "-1"])})`,
        );
      case "str":
        return pick(
          () => `(${value("str")} + ${value("str")})`,
          () => `str(${value(random.pick(["int", "float", "bool"]))})`,
          () => `f"{(${value("int")})}-{(${value("float")})!r:>6}"`,
          () => `${value("str")}.${random.pick(["upper", "strip", "title"])}()`,
          () => `${value("str")}[${random.pick(["1:", ":1", "::-1", "0"])}]`,
          () => `'-'.join(map(str, ${value("list")}))`,
          () => `'%s|%r' % (${value("int")}, ${value("str")})`,
          () => `(${value("str")} * ${random.below(3)})`,
          () => `repr(${value("tuple")})`,
          () => `''.join([${over("int", "str")}])`,
          () => `f'{(${value("any")})!s:.5}'`,
          () => `(${value("str")} or 'xyz')[${value("int")} % 3:]`,
          () => `f'{(${value("int")}):{${random.pick(["5", "'>4'"])}}}|{(${value("bool")})}'`,
          () =>
            `${value("str")}.${random.pick(["replace('a', 'bb')", "encode().decode()", "center(5, '.')", "join(['1', '2'])"])}`,
          () => `chr(${value("int")} % 1000 + 66000 - ${random.pick(["65930", "0"])})`,
          () => `str(${value("object")})`,
        );
      case "list":
        return pick(
          () => `[${over("int", "any")}]`,
          () => `[${value("any")}, ${value("any")}]`,
          () => `(${value("list")} + ${value("list")})`,
          () => `${value("list")}[${random.pick(["1:", ":-1", "::2", ":"])}]`,
          () => `sorted([${value("int")}, ${value("int")}, ${value("int")}])`,
          () => `list(${random.pick(["range(3)", "zip([1, 2], 'ab')", "enumerate('ab')", "reversed([1, 2])"])})`,
          () => `[*${value("tuple")}, ${value("int")}]`,
          () => this.generatorCall(scope, depth, "list") ?? `list(${value("tuple")})`,
          () => `sorted(${value("list")}, key=lambda q: ${this.of("any", inner("q", "any"), depth)})`,
          () => `list(filter(lambda q: ${this.of("bool", inner("q", "any"), depth)}, ${value("list")}))`,
          () =>
            `[${random.pick(["q", "r", "(q, r)"])} for q in ${value("list")} for r in (q, ${this.of("any", inner("q", "any"), depth)}) if r is not None]`,
          () => `[(lambda: e)() for e in ${value("list")}]`,
          () => `[f() for f in [lambda: e for e in ${value("list")}]]`,
          () => `(${value("list")} * ${random.below(3)})`,
          () => `[*${value("list")}, *${value("dict")}]`,
          () => `list(map(lambda q: ${this.of("int", inner("q", "int"), depth)}, range(3)))`,
          () => `list(some(${value("object")}))`,
          () => `sorted([${value("object")}, ${value("object")}, ${value("object")}])`,
          () => `[q for e in ${value("list")} for q in [${this.of("any", inner("e", "any"), depth)}]]`,
          () => this.poked(scope, depth) ?? `list(${value("set")} & {1, 2})`,
        );
      case "dict":
        return pick(
          () => `{${value("str")}: ${value("any")}}`,
          () => `{e: ${this.of("any", inner("e", "int"), depth)} for e in range(${random.below(4)})}`,
          () => `{**${value("dict")}, 'k': ${value("int")}}`,
          () => `dict(a=${value("int")})`,
          () => `{k: ${this.of("any", inner("v", "any"), depth)} for k, v in ${value("dict")}.items()}`,
          () => `(${value("dict")} | ${value("dict")})`,
          () => `dict(zip(${value("str")}, ${value("list")}))`,
          () => `takes(${value("int")}, *${value("tuple")}, **{'k': ${value("any")}})`,
          () => `{${value("object")}: ${value("int")}, ${value("int")}: ${value("any")}}`,
        );
      case "tuple":
        return pick(
          () => `(${value("any")}, ${value("any")})`,
          () => `tuple(${value("list")})`,
          () => `divmod(${value("int")}, ${value("int")} or 2)`,
          () => `(${value("tuple")} + ${value("tuple")})`,
          () => `(*${value("list")}, ${value("float")})`,
          () => `${value("tuple")}[${random.pick(["1:", ":1", "::-1"])}]`,
          () => `tuple(${over("int", "any")})`,
        );
      case "set":
        return pick(
          () => `{${value("int")}, ${value(random.pick(["str", "float", "object"]))}}`,
          () => `{${over("int", "int")}}`,
          () => `(${value("set")} ${random.pick(["|", "&", "-", "^"])} ${value("set")})`,
          () => `set(${value(random.pick(["tuple", "list", "str"]))})`,
        );
      case "bool":
        return pick(
          () =>
            `(${value("int")} ${random.pick(["<", "<=", "==", "!=", ">", ">="])} ${value(random.pick(["int", "float"]))})`,
          () => `(${value("float")} ${random.pick(["<", "==", ">"])} ${value("float")})`,
          () => `(${value("str")} ${random.pick(["<", "==", "in"])} ${value("str")})`,
          () => `(not ${value("any")})`,
          () => `(${value("any")} is ${random.pick(["None", "not None"])})`,
          () => `isinstance(${value("any")}, ${random.pick(["int", "str", "(int, float)", "list", ...scope.classes])})`,
          () => `(${value("int")} in ${value(random.pick(["list", "dict", "tuple"]))})`,
          () => `(${value("any")} == ${value("any")})`,
          () => `bool(${value("any")})`,
          () => `any(${over("int", "bool")})`,
          () => `all(${over("list", "bool")})`,
          () => `(${value("any")} is ${value("any")})`,
          () =>
            `(${value("int")} ${random.pick(["<", "!="])} ${value("float")} ${random.pick(["<=", "=="])} ${value("int")})`,
          () => `([${value("float")}] == [${value("float")}])`,
          () => `(${value("float")} in ${value("list")})`,
          () => `(type(${value("any")}) is ${random.pick(["int", "float", "str", "bool", "Int"])})`,
          () => `issubclass(type(${value("object")}), ${random.pick(["Base", "int", ...scope.classes])})`,
          () => `(${value("tuple")} ${random.pick(["<", "=="])} ${value("tuple")})`,
          () => `(0 <= ${value("int")} < 5)`,
          () => `(${value("any")} in ${value(random.pick(["object", "set", "dict"]))})`,
          () =>
            `(${value("object")} ${random.pick(["<", "<=", "==", "!=", ">"])} ${value(random.pick(["object", "int"]))})`,
          () => `(${value("set")} ${random.pick(["<=", "==", "<"])} ${value("set")})`,
          () => `hasattr(${value("object")}, ${random.pick(["'a'", "'m'", "'absent'", "'desc'"])})`,
        );
      default:
        return this.literal("object", scope);
    }
  }
  /** A generator that is sent to, thrown into, closed. */
  private poked(scope: Scope, depth: number): string | null {
    const generators = scope.functions.filter(({ kind }) => kind === "generator");
    if (generators.length === 0) return null;
    const { random } = this;
    return `poke(${this.callOf(random.pick(generators), scope, depth)}, ${this.of("int", scope, 1)})`;
  }
  /** Outside of coroutines, one is driven by a loop. */
  private coroutineCall(scope: Scope, depth: number): string | null {
    const coroutines = scope.functions.filter(({ kind }) => kind === "coroutine");
    if (coroutines.length === 0) return null;
    return `drive(${this.callOf(this.random.pick(coroutines), scope, depth)})`;
  }
  /** A generator used up by a builtin. */
  private generatorCall(scope: Scope, depth: number, by: string): string | null {
    const generators = scope.functions.filter(({ kind }) => kind === "generator");
    if (generators.length === 0) return null;
    return `${by}(${this.callOf(this.random.pick(generators), scope, depth)})`;
  }
}
export { ATTRIBUTES };
