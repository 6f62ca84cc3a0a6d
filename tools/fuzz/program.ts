/** Whole random programs: classes, functions, generators, and loops that make them hot. The seed decides everything. */
import { type Callable, Expressions, type Scope, type Type } from "./expressions.ts";
import { type Line, line } from "./lines.ts";
import { Random } from "./random.ts";
import { type Context, Statements } from "./statements.ts";

/** What every program begins with: taming, notes, and the way in which state is shown. */
const PRELUDE = `import sys, builtins
LIMIT = 2**70
FUEL = 3000
notes = 0
spent = 0
counter = 0
shared = [1, 2.5, 'x']
table = {'a': 1}
shared_number = 5
true_len = len
def patched_len(x): return true_len(x) + 1
class Problem(Exception): pass
class Stop(BaseException): pass
def tame(v):
  t = type(v)
  if t is int: return v if -LIMIT < v < LIMIT else v % 1000003
  if t is str: return v[:8]
  if t is list or t is tuple: return t([e if type(e) in (int, float, str, bool) or e is None else show(e, 1)[:20] for e in v[:8]])
  if t is dict: return {k: v[k] if type(v[k]) in (int, float, str, bool) else None for k in list(v)[:6]}
  if t in (float, bool) or v is None or isinstance(v, Base): return v
  return show(v, 1)[:20]
def some(xs):
  n = 0
  for x in xs:
    n += 1
    if n > 8: return
    yield x
def show(v, depth=0):
  t = type(v)
  if t in (int, float, str, bool) or v is None: return repr(v)[:60]
  if depth > 2: return t.__name__
  if t is list or t is tuple: return t.__name__ + '(' + ','.join([show(e, depth + 1) for e in v[:8]]) + ')'
  if t is dict: return '{' + ','.join([show(k, depth + 1) + ':' + show(x, depth + 1) for k, x in list(v.items())[:8]]) + '}'
  if isinstance(v, BaseException): return t.__name__ + ':' + str(v)[:120]
  if isinstance(v, Base): return t.__name__ + show(getattr(v, '__dict__', {}), depth + 1)
  return t.__name__
def note(*xs):
  global notes
  notes += 1
  if notes < 400: print(*[show(x) for x in xs])
def lines(e):
  out = []
  t = e.__traceback__
  while t is not None and true_len(out) < 12:
    out.append(t.tb_lineno)
    t = t.tb_next
  return out
def where():
  out = []
  f = sys._getframe(1)
  while f is not None and true_len(out) < 4:
    out.append((f.f_code.co_name, f.f_lineno))
    f = f.f_back
  return out
def burn():
  global spent
  spent += 1
  if spent > FUEL: raise Stop('fuel')
class Base: pass
class Managed:
  def __init__(self, value, suppress):
    self.value = value
    self.suppress = suppress
  def __enter__(self): return self.value
  def __exit__(self, kind, value, tb):
    if kind is not None and issubclass(kind, Stop): return False
    note('exit', value)
    return self.suppress
`;

export function makeProgram(seed: number): Line[] {
  return new Maker(new Random(seed)).program();
}

class Maker {
  private readonly expressions: Expressions;
  private readonly statements: Statements;
  private readonly functions: Callable[] = [];
  private readonly classes: string[] = [];

  constructor(private readonly random: Random) {
    this.expressions = new Expressions(random);
    this.statements = new Statements(this.expressions);
  }

  program(): Line[] {
    const { random } = this;
    const lines = PRELUDE.split("\n")
      .filter((text) => text !== "")
      .map((text) => line(text));
    const body: Line[] = [];
    const classes = random.below(4);
    for (let i = 0; i < classes; i++) body.push(...this.classOf(i));
    const functions = 1 + random.below(4);
    for (let i = 0; i < functions; i++) body.push(this.functionOf(i, random.chance(25)));
    body.push(...this.drive());
    body.push(line("note(shared, table, shared_number, spent)"));
    return [...lines, ...body];
  }
  private scope(variables: [string, Type][]): Scope {
    const all: [string, Type][] = [["shared_number", "int"], ["shared", "list"], ["table", "dict"], ...variables];
    return { variables: new Map(all), functions: [...this.functions], classes: [...this.classes], loops: 0 };
  }
  private context(scope: Scope, change: Partial<Context> = {}): Context {
    return { scope, inLoop: false, inFunction: true, isGenerator: false, depth: 2, ...change };
  }

  private functionOf(number: number, isGenerator: boolean): Line {
    const { random } = this;
    const required = 1 + random.below(2);
    const optional = ["d", "o"].slice(0, random.below(3));
    const hasStar = random.chance(20);
    const hasKeywords = random.chance(20);
    const hasOnly = random.chance(20);
    const parameters: [string, Type][] = [];
    for (let i = 0; i < required; i++) parameters.push([`p${i}`, "int"]);
    for (const name of optional) parameters.push([name, random.pick<Type>(["int", "float"])]);
    const texts = parameters.map(([name, type], i) =>
      i < required ? name : `${name}=${type === "int" ? random.below(9) : "1.5"}`,
    );
    if (hasStar) texts.push("*args");
    else if (hasOnly) texts.push("*");
    if (hasOnly) texts.push("kw=3");
    if (hasKeywords) texts.push("**kwargs");
    const scope = this.scope(parameters);
    if (hasStar) scope.variables.set("args", "tuple");
    if (hasOnly) scope.variables.set("kw", "int");
    if (hasKeywords) scope.variables.set("kwargs", "dict");
    const name = `${isGenerator ? "g" : "f"}${number}`;
    const body = [line("burn()")];
    if (random.chance(30)) body.unshift(line("global shared_number"));
    else for (const global of ["shared_number"]) scope.variables.delete(global);
    // These are read, and changed in place; assigning to them would make them locals without a value.
    scope.variables.delete("shared");
    scope.variables.delete("table");
    if (!isGenerator && random.chance(25)) {
      body.push(
        line(`if p0 > 0 and p0 < 6:`, [
          line(`p0 ${random.pick(["+=", "-="])} ${name}(p0 - 1${required > 1 ? ", 1" : ""})`),
        ]),
      );
    }
    body.push(...this.statements.block(this.context(scope, { isGenerator, depth: 3 }), 6));
    body.push(line(isGenerator ? "yield p0" : `return ${this.expressions.of("any", scope, 2)}`));
    this.functions.push({
      name,
      required,
      optional,
      hasStar,
      hasKeywords,
      kind: isGenerator ? "generator" : "function",
    });
    return line(`def ${name}(${texts.join(", ")}):`, body);
  }

  private classOf(number: number): Line[] {
    const { random } = this;
    const name = `C${number}`;
    const bases = this.classes.length > 0 && random.chance(50) ? random.pick(this.classes) : "Base";
    const method = (head: string, parameters: [string, Type][], type: Type): Line => {
      const scope = this.scope([
        ...parameters,
        ["self.a", "int"],
        ["self.b", random.pick<Type>(["float", "any", "list"])],
        ["self.total", "int"],
      ]);
      for (const global of ["shared", "table", "shared_number"]) scope.variables.delete(global);
      const body = random.chance(40)
        ? this.statements.block(this.context({ ...scope, variables: new Map(scope.variables) }, { depth: 1 }), 2)
        : [];
      return line(head, [line("burn()"), ...body, line(`return ${this.expressions.of(type, scope, 2)}`)]);
    };
    const body: Line[] = [];
    if (random.chance(30)) body.push(line("__slots__ = ('a', 'b', 'total')"));
    const value = this.expressions.of(random.pick<Type>(["int", "float", "any"]), this.scope([["x", "int"]]), 1);
    body.push(
      line("def __init__(self, x=0):", [line("self.a = x"), line(`self.b = tame(${value})`), line("self.total = 0")]),
    );
    const all: Line[] = [
      method("def m(self, x=0):", [["x", "int"]], "int"),
      method(
        "def n(self, x, y=2):",
        [
          ["x", "int"],
          ["y", "int"],
        ],
        "int",
      ),
      method("def get(self, k=0):", [["k", "int"]], "any"),
      line("@property"),
      method("def prop(self):", [], "any"),
      line("@staticmethod"),
      line("def static(x=1):", [line(`return ${this.expressions.of("int", this.scope([["x", "int"]]), 2)}`)]),
      line("@classmethod"),
      line("def make(cls, x=1):", [line("burn()"), line("return cls(x)")]),
      method("def __add__(self, other):", [["other", "any"]], "int"),
      method("def __getitem__(self, k):", [["k", "int"]], "any"),
      method("def __eq__(self, other):", [["other", "any"]], "bool"),
      method("def __bool__(self):", [], "bool"),
      line("def __hash__(self):", [line("return 1")]),
    ];
    for (let i = 0; i < all.length; i++) {
      const isDecorated = all[i].text.startsWith("@");
      if (random.chance(i < 1 ? 90 : 45)) body.push(...(isDecorated ? [all[i], all[i + 1]] : [all[i]]));
      if (isDecorated) i++;
    }
    if (bases !== "Base" && random.chance(40)) {
      body.push(line("def m(self, x=0):", [line("burn()"), line("return super().m(x)")]));
    }
    this.classes.push(name);
    return [line(`class ${name}(${bases}):`, body)];
  }

  /** The loops that call everything, with arguments of changing types, and note what comes. */
  private drive(): Line[] {
    const { random } = this;
    const lines: Line[] = [];
    for (const cls of this.classes)
      lines.push(
        line("try:", [line(`o_${cls} = ${cls}(1)`)]),
        line("except Exception as problem:", [line(`o_${cls} = note(problem)`)]),
      );
    const objects = this.classes.map((cls): [string, Type] => [`o_${cls}`, "object"]);
    const inFunction = random.chance(50);
    for (let turn = 1 + random.below(2); turn > 0; turn--) {
      const scope = {
        ...this.scope([...objects, ["counter", "int"], ["x", random.pick<Type>(["int", "float"])]]),
        loops: 1,
      };
      const calls = this.functions
        .filter(() => random.chance(70))
        .map((f) => {
          const call = this.expressions.callOf(f, scope, 1);
          return line(f.kind === "generator" ? `note(*some(${call}))` : `note(${call})`);
        });
      const guarded: Line[] = [
        line("try:", [
          ...calls,
          ...this.statements.block(this.context(scope, { inFunction: false, inLoop: true, depth: 1 }), 3),
        ]),
        line("except Exception as problem:", [line("note(problem, lines(problem), problem.__context__)")]),
      ];
      const loop = [
        line(`x = ${random.pick(["0", "0.0", "1", "2**31 - 3", "2**53 - 5"])}`),
        line(`for counter in range(${20 + random.below(40)}):`, [
          line(`x = x ${random.pick(["+ 1", "+ 0.5", "* 2", "- 3", "+ counter"])}`),
          ...(random.chance(40)
            ? [line(`if counter > ${10 + random.below(20)}:`, [line(`x = ${this.expressions.of("any", scope, 1)}`)])]
            : []),
          ...guarded,
        ]),
      ];
      const name = `run${turn}`;
      if (inFunction) {
        lines.push(line(`def ${name}():`, [line("global counter, shared, table, shared_number"), ...loop]));
        lines.push(
          line("try:", [line(`${name}()`)]),
          line("except BaseException as problem:", [line("note(problem, lines(problem))")]),
        );
      } else
        lines.push(
          line("try:", loop),
          line("except BaseException as problem:", [line("note(problem, lines(problem))")]),
        );
    }
    return lines;
  }
}
