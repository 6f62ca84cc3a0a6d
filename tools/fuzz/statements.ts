/** Random statements. Loops are short and numbers are tamed, so that every program ends soon. */
import { ATTRIBUTES, type Expressions, type Scope, type Type } from "./expressions.ts";
import { idiom } from "./idioms.ts";
import { type Line, line } from "./lines.ts";
import type { Random } from "./random.ts";

export interface Context {
  readonly scope: Scope;
  /** What may be jumped out of or returned from here. */
  readonly inLoop: boolean;
  readonly inFunction: boolean;
  readonly isGenerator: boolean;
  readonly isAsync: boolean;
  readonly depth: number;
}
const SCALARS: readonly Type[] = [
  "int",
  "int",
  "int",
  "float",
  "float",
  "str",
  "list",
  "dict",
  "tuple",
  "set",
  "bool",
  "object",
];
const ERRORS = ["ValueError", "KeyError", "TypeError", "ZeroDivisionError", "IndexError", "Problem", "AttributeError"];
const deeper = (c: Context, change: Partial<Context> = {}): Context => ({ ...c, depth: c.depth - 1, ...change });

export class Statements {
  private readonly random: Random;
  private names = 0;

  constructor(private readonly expressions: Expressions) {
    this.random = expressions.random;
  }

  block(c: Context, most = 3): Line[] {
    const count = 1 + this.random.below(most);
    return Array.from({ length: count }, () => this.statement(c)).flat();
  }
  private expr(type: Type, c: Context, depth = 2): string {
    return this.expressions.of(type, c.scope, depth);
  }
  private fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }
  private known(c: Context, types: readonly Type[]): string | null {
    const names = [...c.scope.variables].filter(([, type]) => types.includes(type)).map(([name]) => name);
    return names.length > 0 ? this.random.pick(names) : null;
  }

  private statement(c: Context): Line[] {
    const { random } = this;
    const isDeep = c.depth <= 0;
    const make = random.weighted<(c: Context) => Line[] | null>([
      [26, (at) => this.assign(at)],
      [12, (at) => this.augment(at)],
      [6, (at) => [line(`note(${this.expr("any", at)})`)]],
      [5, (at) => this.store(at)],
      [4, (at) => this.jump(at)],
      [3, (at) => this.unpack(at)],
      [2, (at) => this.mutate(at)],
      [2, (at) => this.closure(at)],
      [2, (at) => [line(`raise ${random.pick(ERRORS)}(${this.expr("int", at, 0)})`)].filter(() => random.chance(30))],
      [
        2,
        (at) => [line(`assert ${this.expr("bool", at)}, ${this.expr("str", at, 0)}`)].filter(() => random.chance(30)),
      ],
      [1, (at) => this.look(at)],
      [1, (at) => this.forget(at)],
      [2, (at) => this.local(at)],
      [3, (at) => idiom(this.expressions, at.scope, (prefix) => this.fresh(prefix))],
      [isDeep ? 0 : 12, (at) => this.branch(at)],
      [isDeep ? 0 : 9, (at) => this.loop(at)],
      [isDeep ? 0 : 7, (at) => this.attempt(at)],
      [isDeep ? 0 : 2, (at) => this.attemptGroup(at)],
      [isDeep ? 0 : 3, (at) => this.changing(at)],
      [isDeep ? 0 : 2, (at) => this.escape(at)],
      [isDeep ? 0 : 3, (at) => this.manage(at)],
      [isDeep ? 0 : 2, (at) => this.match(at)],
      [c.isGenerator ? 14 : 0, (at) => this.produce(at)],
      [c.isAsync ? 14 : 0, (at) => this.wait(at)],
    ])(c);
    return make === null || make.length === 0 ? [line("pass")] : make;
  }

  private assign(c: Context): Line[] {
    const { random } = this;
    const type = random.pick(SCALARS);
    const name = random.chance(65) ? this.known(c, [type]) : null;
    const target = name ?? this.fresh("v");
    const lines = this.tamed(target, type, this.expr(type, c, 3), c);
    c.scope.variables.set(target, type);
    return lines;
  }
  /** What is assigned must not grow without an end. */
  private tamed(target: string, type: Type, value: string, c: Context): Line[] {
    if (type === "bool" || (type === "int" && c.scope.loops === 0)) return [line(`${target} = ${value}`)];
    if (type === "int" && this.random.chance(60)) {
      return [
        line(`${target} = ${value}`),
        line(`if not -LIMIT < ${target} < LIMIT:`, [line(`${target} = tame(${target})`)]),
      ];
    }
    return [line(`${target} = ${type === "float" ? value : `tame(${value})`}`)];
  }
  private augment(c: Context): Line[] | null {
    const { random } = this;
    const type = random.pick<Type>(["int", "int", "float", "str", "list"]);
    const name = this.known(c, [type]);
    if (name === null) return null;
    const operator = type === "int" || type === "float" ? random.pick(["+", "-", "*", "+"]) : "+";
    const other = type === "float" && random.chance(30) ? "int" : type;
    const update = line(`${name} ${operator}= ${this.expr(other, c)}`);
    if (type === "float" || (type === "int" && operator !== "*" && random.chance(70))) return [update];
    return [update, line(`${name} = tame(${name})`)];
  }
  private store(c: Context): Line[] {
    const { random } = this;
    const owner = this.expr("object", c, 1);
    const value = (): string => `tame(${this.expr("any", c)})`;
    const text = random.weighted<() => string>([
      [6, () => `${owner}.${random.pick(ATTRIBUTES)} = ${random.chance(50) ? this.expr("float", c) : value()}`],
      [3, () => `${this.known(c, ["list"]) ?? "shared"}[${this.expr("int", c, 1)}] = ${value()}`],
      [
        3,
        () =>
          `${this.known(c, ["dict"]) ?? "table"}[${this.expr(random.pick(["str", "int", "tuple"]), c, 1)}] = ${value()}`,
      ],
      [3, () => `${this.known(c, ["list"]) ?? "shared"}.${random.pick(["append", "append", "remove"])}(${value()})`],
      [2, () => `shared.${random.pick(["pop()", "reverse()", "clear()", "sort(key=str)"])}`],
      [2, () => `table.${random.pick(["pop('a', None)", "setdefault('s', 1)", "clear()", "update(b=2)"])}`],
      [1, () => `del ${owner}.${random.pick(ATTRIBUTES)}`],
      [2, () => `${owner}[${this.expr("int", c, 1)}] = ${value()}`],
      [1, () => `del ${owner}[${this.expr("int", c, 0)}]`],
      [1, () => `${owner}.${random.pick(["a", "total"])} += ${this.expr("int", c, 1)}`],
      [1, () => `table[${owner}] = ${value()}`],
      [1, () => `del shared[${this.expr("int", c, 0)}]`],
    ])();
    return [line(text)];
  }
  private jump(c: Context): Line[] | null {
    const { random } = this;
    const ways: string[] = [];
    if (c.inLoop) ways.push("break", "continue", "continue");
    if (c.inFunction && !c.isGenerator) ways.push(`return ${this.expr("any", c)}`);
    if (ways.length === 0) return null;
    return [line(`if ${this.expr("bool", c)}:`, [line(random.pick(ways))])];
  }
  private unpack(c: Context): Line[] {
    const { random } = this;
    const names = [this.known(c, ["int"]) ?? this.fresh("v"), this.known(c, ["any", "float"]) ?? this.fresh("v")];
    const value = this.expr(random.pick<Type>(["tuple", "list", "tuple"]), c);
    for (const name of names) c.scope.variables.set(name, "any");
    return [line(random.chance(30) ? `${names[0]}, *${names[1]} = ${value}` : `${names[0]}, ${names[1]} = ${value}`)];
  }
  /** Classes, functions, globals and builtins are changed while code that relies on them is hot. */
  private mutate(c: Context): Line[] | null {
    const { random } = this;
    const { classes, functions } = c.scope;
    const cls = classes.length > 0 ? random.pick(classes) : null;
    const f = functions.length > 0 ? random.pick(functions) : null;
    const value = this.expr("int", c, 1);
    const changes: string[] = [
      `globals()['shared_number'] = ${value}`,
      `builtins.len = patched_len`,
      "builtins.len = true_len",
    ];
    if (cls !== null) {
      changes.push(
        `${cls}.m = lambda self, x=0: ${value}`,
        `${cls}.a = ${value}`,
        `${cls}.prop = property(lambda self: ${value})`,
      );
      changes.push(
        `${cls}.__bool__ = lambda self: ${random.pick(["True", "False"])}`,
        `${cls}.__len__ = lambda self: 2`,
      );
      changes.push(
        `${cls}.__getattr__ = lambda self, name: name`,
        `${this.expr("object", c, 1)}.__class__ = ${random.pick(classes)}`,
        `${cls}.__eq__ = lambda self, other: ${random.pick(["True", "False", "NotImplemented", "other == 1"])}`,
        `${cls}.__lt__ = lambda self, other: ${random.pick(["True", "False", "NotImplemented"])}`,
        `${cls}.__setattr__ = lambda self, name, v: object.__setattr__(self, name, note(name))`,
        `${cls}.__getattribute__ = lambda self, name: object.__getattribute__(self, name)`,
        `${cls}.__call__ = lambda self, *args: ${value}`,
        `${cls}.__iter__ = lambda self: iter((1, ${value}))`,
        `${cls}.__contains__ = lambda self, item: item`,
        `${cls}.__add__ = ${cls}.__radd__ = lambda self, other: ${random.pick([value, "NotImplemented"])}`,
        `${cls}.a = ${random.pick(["Data()", "NonData()"])}`,
        `${cls}.m = ${random.pick(["NonData()", "staticmethod(patched_len)", "classmethod(lambda cls, x=0: x)"])}`,
        `del ${cls}.${random.pick(["m", "__eq__", "__bool__", "__lt__", "prop", "__call__"])}`,
        `${cls}.__init__ = lambda self, x=0: None`,
      );
    }
    if (f !== null) {
      changes.push(
        `${f.name}.__defaults__ = (${Array.from({ length: f.required + f.optional.length }, () => value).join(", ")},)`,
      );
      changes.push(`${f.name}.__kwdefaults__ = {'kw': ${value}}`);
      changes.push(`${f.name}.__kwdefaults__ = None`);
      changes.push(
        `${f.name}.__code__ = ${random.pick(functions.filter(({ kind }) => kind === f.kind)).name}.__code__`,
      );
    }
    return [
      line(`if ${c.scope.loops > 0 && random.chance(60) ? "counter % 17 == 3" : this.expr("bool", c)}:`, [
        line(random.pick(changes)),
      ]),
    ];
  }
  private closure(c: Context): Line[] | null {
    if (!c.inFunction) return null;
    const name = this.known(c, ["int", "float"]);
    if (name === null || name.includes(".") || name === "shared_number") return null;
    const f = this.fresh("inner");
    const kind = this.random.chance(50) ? "nonlocal" : "";
    const inside: Context = {
      ...c,
      scope: { ...c.scope, variables: new Map([...c.scope.variables, ["p", "int"]]), loops: 0 },
      inLoop: false,
      isGenerator: false,
      isAsync: false,
      depth: 0,
    };
    // Parameters cannot be global; what is a global of the program is none of this function's cells.
    const body =
      kind === "" ? [] : [line(`nonlocal ${name}`), line(`${name} = ${name} + ${this.random.pick(["1", "0.5", "p"])}`)];
    body.push(line(`return ${this.expressions.of("any", inside.scope, 2)}`));
    return [
      line(`def ${f}(p=${this.expr("int", c, 0)}):`, body),
      line(`note(${f}(${this.expr("int", c, 0)}), ${f}())`),
    ];
  }
  /** A function that lives on: it is called by others, later, and changes the cell that it shares. */
  private local(c: Context): Line[] | null {
    const { random } = this;
    if (!c.inFunction) return null;
    const [f, n] = [this.fresh("made"), this.fresh("n")];
    const inside = {
      ...c.scope,
      variables: new Map<string, Type>([
        ["q", "int"],
        [n, "int"],
      ]),
      loops: 0,
    };
    return [
      line(`def ${f}(${n}=${this.expr("int", c, 0)}):`, [
        line("def add(q):", [
          line(`nonlocal ${n}`),
          line(`${n} = tame(${n} + ${this.expressions.of("int", inside, 1)})`),
          line(`return ${this.expressions.of("any", inside, 1)}`),
        ]),
        line(
          random.pick([
            `return add, lambda: ${n}`,
            `return add, lambda: (del_it(), ${n})[1]`.replace("del_it()", "add(2)"),
          ]),
        ),
      ]),
      line(`for v in ${f}():`, [
        line(`note(apply(v, *(${random.pick(["(1,)", "()"])} if 'add' in v.__name__ else ())))`),
      ]),
    ];
  }
  private attemptGroup(c: Context): Line[] {
    const { random } = this;
    const error = (): string => `${random.pick(ERRORS)}(${this.expr("int", c, 0)})`;
    const raised = random.chance(60) ? [line(`raise ExceptionGroup('g', [${error()}, ${error()}])`)] : [];
    const stays = { inLoop: false, inFunction: false };
    return [
      line("try:", [...this.block(deeper(c), 2), ...raised]),
      line(`except* ${random.pick(ERRORS)} as problem:`, [
        line("note(problem, lines(problem))"),
        ...this.block(deeper(c, stays), 1).filter(({ text }) => !/^(return|break|continue)/.test(text)),
      ]),
      line("except* Exception as problem:", [line("note(len(problem.exceptions))")]),
    ];
  }
  /** What is iterated over changes meanwhile. */
  private changing(c: Context): Line[] {
    const { random } = this;
    const [name, item] = [this.fresh("it"), this.fresh("e")];
    const kind = random.pick(["list", "dict", "set", "iter"] as const);
    const made = {
      list: `list(${this.expr("list", c, 1)})[:4]`,
      dict: "dict(a=1, b=2, c=3)",
      set: "{1, 2, 3}",
      iter: "iter([1, 2, 3, 4, 5])",
    }[kind];
    const change = {
      list: random.pick([`${name}.append(${item})`, `${name}.pop()`, `${name}.insert(0, 1.5)`, `${name}.clear()`]),
      dict: random.pick([`${name}[${this.expr("str", c, 0)}] = 1`, `${name}.pop('b', 0)`, `${name}.clear()`]),
      set: random.pick([`${name}.add(${this.expr("int", c, 0)})`, `${name}.discard(2)`]),
      iter: `note(next(${name}, None))`,
    }[kind];
    c.scope.variables.set(item, "any");
    return [
      line(`${name} = ${made}`),
      line(`for ${item} in ${name}:`, [
        line(`if ${this.expr("bool", c)}:`, [line(change)]),
        line("burn()"),
        line(kind === "list" ? `if true_len(${name}) > 9: break` : "pass"),
        ...this.block(deeper(c, { inLoop: true, scope: { ...c.scope, loops: c.scope.loops + 1 } }), 2),
      ]),
    ];
  }
  /** Jumps through `finally` and `with`. */
  private escape(c: Context): Line[] | null {
    const { random } = this;
    if (!c.inFunction || c.isGenerator) return null;
    const f = this.fresh("esc");
    const jump = (): string =>
      random.pick(["break", "continue", "return k", "raise Problem(k)", "k += 1", "1 // (k % 3)"]);
    const guarded = random.pick(["try:", "with Managed(1, True):", "with Managed(2, False) as w:"]);
    const inner = [line(`if ${random.pick(["k % 2", "k > 2", "k"])}:`, [line(jump())]), line(jump())];
    const body =
      guarded === "try:"
        ? [
            line("try:", inner),
            ...(random.chance(60) ? [line("except ArithmeticError:", [line(jump())])] : []),
            line("finally:", [line("note(k)"), ...(random.chance(30) ? [line(`if k > 2: ${jump()}`)] : [])]),
          ]
        : [line(guarded, inner)];
    return [
      line(`def ${f}(k):`, [
        line("for i in range(4):", [line("burn()"), ...body]),
        line("else:", [line("return -1")]),
        line("return -2"),
      ]),
      line(`note(${f}(${this.expr("int", c, 0)} % 5), ${f}(0))`),
    ];
  }
  private look(c: Context): Line[] {
    if (!c.inFunction) return [line("note(sys._getframe().f_lineno)")];
    return [
      line(
        this.random.pick([
          "note(sorted(locals()))",
          "note(where())",
          "note(sys._getframe(0).f_code.co_name)",
          "note([show(v) for k, v in sorted(locals().items()) if k in ('p0', 'd', 'self', 'args', 'e')])",
          "note(sys._getframe().f_locals.get('p0'), sys.exception())",
          "change(sys._getframe())",
          "note(deep(0))",
          "note(sorted(sys._getframe().f_back.f_locals)[:3])",
          "note(show(sys.exc_info()[1]))",
          "exec('p0 = 5')",
          "note([k for k in locals() if k in ('p0', 'self')])",
        ]),
      ),
    ];
  }
  private forget(c: Context): Line[] | null {
    const name = this.known(c, ["any", "bool"]);
    return name === null || !c.inFunction ? null : [line(`del ${name}`)];
  }

  private branch(c: Context): Line[] {
    const { random } = this;
    let test = this.expr("bool", c);
    if (random.chance(10)) {
      const name = this.fresh("v");
      test = `(${name} := ${this.expr("any", c)})`;
      c.scope.variables.set(name, "any");
    }
    const lines = [line(`if ${test}:`, this.block(deeper(c)))];
    if (random.chance(30)) lines.push(line(`elif ${this.expr("any", c)}:`, this.block(deeper(c))));
    if (random.chance(50)) lines.push(line("else:", this.block(deeper(c))));
    return lines;
  }
  private loop(c: Context): Line[] {
    const { random } = this;
    const inside = deeper(c, { inLoop: true, scope: { ...c.scope, loops: c.scope.loops + 1 } });
    const variables = c.scope.variables;
    const lines: Line[] = [];
    if (random.chance(25)) {
      const count = this.fresh("w");
      lines.push(
        line(`${count} = 0`),
        line(`while ${count} < ${2 + random.below(6)}${random.chance(30) ? ` and ${this.expr("bool", c)}` : ""}:`, [
          line(`${count} += 1`),
          ...this.block(inside),
        ]),
      );
    } else {
      const name = this.known(c, ["int", "any"]) ?? this.fresh("i");
      const [source, type] = this.iterable(c);
      variables.set(name, type);
      lines.push(line(`for ${name} in ${source}:`, this.block(inside)));
    }
    if (random.chance(20)) lines.push(line("else:", this.block(deeper(c))));
    return lines;
  }
  private iterable(c: Context): [string, Type] {
    const { random } = this;
    const generators = c.scope.functions.filter(({ kind }) => kind === "generator");
    return random.weighted<() => [string, Type]>([
      [8, () => [`range(${2 + random.below(7)})`, "int"]],
      [
        2,
        () => [
          `range(${this.expr("int", c, 0)}, ${this.expr("int", c, 0)}, ${random.pick(["3", "-2", "2**31"])})`.replace(
            /^(.*)$/,
            "some($1)",
          ),
          "int",
        ],
      ],
      [4, () => [`some(${this.expr("list", c)})`, "any"]],
      [3, () => [`some(${this.expr("tuple", c)})`, "any"]],
      [2, () => [`some(${this.expr("dict", c)}.items())`, "tuple"]],
      [2, () => [`some(${this.expr("str", c)})`, "str"]],
      [2, () => [`enumerate(some(${this.expr("list", c)}))`, "tuple"]],
      [1, () => [`zip(some(${this.expr("list", c)}), range(5))`, "tuple"]],
      [1, () => ["sorted({3, 1, 2})", "int"]],
      [
        generators.length > 0 ? 5 : 0,
        () => [`some(${this.expressions.callOf(random.pick(generators), c.scope, 1)})`, "any"],
      ],
    ])();
  }
  private attempt(c: Context): Line[] {
    const { random } = this;
    const lines = [line("try:", this.block(deeper(c)))];
    const handles = random.chance(85);
    if (handles) {
      const kinds = random.chance(40) ? "Exception" : `(${random.pick(ERRORS)}, ${random.pick(ERRORS)})`;
      const again = random.chance(15)
        ? [line(random.pick(["raise", "raise Problem(1) from problem", "raise Problem(2)"]))]
        : [];
      lines.push(
        line(`except ${kinds} as problem:`, [
          line("note(problem, lines(problem))"),
          ...this.block(deeper(c), 2),
          ...again,
        ]),
      );
      if (random.chance(20)) lines.push(line("else:", this.block(deeper(c))));
    }
    // Jumps out of a `finally` are seldom written, and swallow the exception.
    const stays = random.chance(90) ? { inLoop: false, inFunction: false } : {};
    if (!handles || random.chance(30)) lines.push(line("finally:", this.block(deeper(c, stays), 2)));
    return lines;
  }
  private manage(c: Context): Line[] {
    const name = this.fresh("v");
    const managed = (): string =>
      `Managed(${this.expr("int", c, 0)}, ${this.random.chance(40) ? "True" : "False"}) as ${name}`;
    const more = this.random.chance(20) ? `, ${managed()}` : "";
    const head = `${c.isAsync && this.random.chance(50) ? "async " : ""}with ${managed()}${more}:`;
    c.scope.variables.set(name, "int");
    return [line(head, this.block(deeper(c)))];
  }
  private match(c: Context): Line[] {
    const { random } = this;
    const { classes } = c.scope;
    const cases = [
      "case {'b': [*_], **rest}:",
      "case 1 | 2 | 'a':",
      `case float(p0) if ${this.expr("bool", c, 1)}:`,
      ...classes.map((cls) => `case ${cls}(a=p0):`),
      "case int() | float():",
      "case str():",
      "case [p0, *_]:",
      "case (p0, p1):",
      "case {'a': p0}:",
      "case None:",
    ];
    const chosen = cases.filter(() => random.chance(50));
    return [
      line(`match ${this.expr("any", c)}:`, [
        ...chosen.map((text) => line(text, this.block(deeper(c), 2))),
        line("case _:", [line("note('other')")]),
      ]),
    ];
  }
  /** In a coroutine. */
  private wait(c: Context): Line[] {
    const { random } = this;
    const coroutines = c.scope.functions.filter(({ kind }) => kind === "coroutine");
    const streams = c.scope.functions.filter(({ kind }) => kind === "stream");
    const name = random.chance(50) ? (this.known(c, ["any"]) ?? this.fresh("v")) : this.fresh("v");
    if (streams.length > 0 && c.depth > 0 && random.chance(40)) {
      const call = this.expressions.callOf(random.pick(streams), c.scope, 1);
      if (random.chance(30)) {
        c.scope.variables.set(name, "list");
        return [line(`${name} = tame([tame(e) async for e in ${call}])`)];
      }
      const body = this.block(deeper(c, { inLoop: true, scope: { ...c.scope, loops: c.scope.loops + 1 } }));
      c.scope.variables.set(name, "any");
      return [line(`async for ${name} in ${call}:`, body)];
    }
    const awaited =
      coroutines.length > 0 && random.chance(60)
        ? this.expressions.callOf(random.pick(coroutines), c.scope, 1)
        : `Waits(${this.expr("int", c, 1)})`;
    c.scope.variables.set(name, "any");
    return [line(`${name} = tame(await ${awaited})`)];
  }
  private produce(c: Context): Line[] {
    const generators = c.scope.functions.filter(({ kind }) => kind === "generator");
    if (generators.length > 0 && !c.isAsync && this.random.chance(20)) {
      return [line(`yield from some(${this.expressions.callOf(this.random.pick(generators), c.scope, 1)})`)];
    }
    if (this.random.chance(20)) {
      const name = this.fresh("v");
      c.scope.variables.set(name, "any");
      return [line(`${name} = yield ${this.expr("any", c)}`)];
    }
    return [line(`yield ${this.expr("any", c)}`)];
  }
}
