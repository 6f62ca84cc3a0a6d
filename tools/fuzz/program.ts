/** Whole random programs: classes, functions, generators, and loops that make them hot. The seed decides everything. */
import { type Callable, Expressions, type Scope, type Type } from "./expressions.ts";
import { type Line, line, render } from "./lines.ts";
import { Random } from "./random.ts";
import { type Context, Statements } from "./statements.ts";

type Kind = Callable["kind"];
const KINDS: readonly (readonly [number, Kind])[] = [
  [60, "function"],
  [22, "generator"],
  [12, "coroutine"],
  [6, "stream"],
];
/** How the loop at the end uses what a call gives. */
const USES: Readonly<Record<Kind, string>> = {
  function: "note($)",
  generator: "note(*some($))",
  coroutine: "note(drive($))",
  stream: "note(drive(collect($)))",
};

/** Imported by the programs that use them. */
const MODULES = ["functools", "itertools", "collections", "operator"];

/** What every program begins with: taming, notes, and the way in which state is shown. */
const PRELUDE = `import sys, builtins, math
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
class Int(int): pass
class Float(float): pass
class Str(str): pass
class List(list): pass
class Dict(dict):
  def __missing__(self, key): return key
class Tuple(tuple): pass
DERIVED = {Int: int, Float: float, Str: str, List: list, Dict: dict, Tuple: tuple}
class Stop(BaseException): pass
def tame(v):
  t = type(v)
  if t is int: return v if -LIMIT < v < LIMIT else v % 1000003
  if t is str: return v[:8]
  if t is list or t is tuple: return t([e if type(e) in (int, float, str, bool) or e is None else show(e, 1)[:20] for e in v[:8]])
  if t is dict: return {k: v[k] if type(v[k]) in (int, float, str, bool) else None for k in list(v)[:6]}
  if t is set or t is frozenset: return t(sorted(v, key=repr)[:8])
  if t in (float, bool, Int, Float) or v is None or isinstance(v, Base): return v
  if t in DERIVED: return t(tame(DERIVED[t](v)))
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
  if t in DERIVED: return t.__name__ + show(DERIVED[t](v), depth + 1)
  if t is list or t is tuple: return t.__name__ + '(' + ','.join([show(e, depth + 1) for e in v[:8]]) + ')'
  if t is dict: return '{' + ','.join([show(k, depth + 1) + ':' + show(x, depth + 1) for k, x in list(v.items())[:8]]) + '}'
  if t is set or t is frozenset: return t.__name__ + '(' + ','.join(sorted([show(e, depth + 1) for e in v])[:8]) + ')'
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
    out.append(position(t))
    t = t.tb_next
  return out
known_positions = {}
def position(t):
  code = t.tb_frame.f_code
  if id(code) not in known_positions: known_positions[id(code)] = code, list(code.co_positions())
  line, end, column, end_column = known_positions[id(code)][1][t.tb_lasti // 2]
  return t.tb_lineno, line, column, end_column
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
def change(f): f.f_locals['p0'] = 7
def vars_of(x): return x.__dict__ if hasattr(x, '__dict__') else {}
def reenter(f, k):
  burn()
  if k == 0: return max([0], key=lambda q: 1) or f()
  if k == 1: return sorted([2, 1], key=lambda q: f())and f()
  if k == 2: return next(map(lambda q: f(), (1,)))
  return next(f() for q in (1, 2))
def apply(f, *args, **kwargs): return f(*args, **kwargs)
def takes(x, *rest, k=0, **more): return {'x': tame(x), 'k': tame(k), 'n': true_len(rest)}
def deep(n):
  try: return deep(n + 1)
  except RecursionError: return n if n < 5 else -1
def poke(g, k):
  out = []
  try:
    out.append(next(g))
    if k % 4 == 0: out.append(g.send(k))
    elif k % 4 == 1: out.append(g.throw(Problem(k)))
    elif k % 4 == 2: out.append((g.gi_frame.f_lineno, g.gi_suspended, sorted(g.gi_frame.f_locals)))
    else: g.close()
    out.append(next(g))
  except StopIteration as e: out.append(tame(e.value))
  return out
def drive(c):
  out = []
  try:
    while true_len(out) < 9: out.append(c.send(true_len(out) if out else None))
    if out[-1]: out.append(c.throw(Problem(9)))
    c.close()
  except StopIteration as e: return tame(e.value), true_len(out)
  return out
async def collect(xs): return [tame(x) async for x in xs]
class Waits:
  def __init__(self, value): self.value = value
  def __await__(self):
    got = yield self.value
    return got
class Meta(type):
  def __call__(cls, *args):
    burn()
    return super().__call__(*args)
  def __getattr__(cls, name):
    if name.startswith('__'): raise AttributeError(name)
    return 17
class Data:
  def __get__(self, owner, cls): return self if owner is None else 41
  def __set__(self, owner, value): note('set', value)
class NonData:
  def __get__(self, owner, cls): return lambda x=0: x
class Base:
  def __repr__(self): return type(self).__name__
class Managed:
  def __init__(self, value, suppress):
    self.value = value
    self.suppress = suppress
  def __enter__(self): return self.value
  def __exit__(self, kind, value, tb):
    if kind is not None and issubclass(kind, Stop): return False
    note('exit', value)
    return self.suppress
  async def __aenter__(self): return await Waits(self.value)
  async def __aexit__(self, kind, value, tb): return self.__exit__(kind, value, tb)
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
    for (let i = 0; i < functions; i++) {
      body.push(random.chance(25) ? this.leafOf(i) : this.functionOf(i, random.weighted(KINDS)));
    }
    body.push(...this.drive());
    body.push(line("note(shared, table, shared_number, spent)"));
    const text = render(body);
    const modules = MODULES.filter((name) => text.includes(`${name}.`)).map((name) => line(`import ${name}`));
    return [...lines, ...modules, ...body];
  }
  private scope(variables: [string, Type][]): Scope {
    const all: [string, Type][] = [["shared_number", "int"], ["shared", "list"], ["table", "dict"], ...variables];
    return { variables: new Map(all), functions: [...this.functions], classes: [...this.classes], loops: 0 };
  }
  private context(scope: Scope, change: Partial<Context> = {}): Context {
    return { scope, inLoop: false, inFunction: true, isGenerator: false, isAsync: false, depth: 2, ...change };
  }

  /** A function that does one thing to its argument, whatever that is: often nothing but its kind matters. */
  private leafOf(number: number): Line {
    const { random } = this;
    const name = `leaf${number}`;
    const variables = new Map([["p0", random.pick<Type>(["int", "float", "object", "list", "str"])]]);
    const scope: Scope = { variables, functions: [], classes: [...this.classes], loops: 0 };
    const type = random.pick<Type>(["bool", "bool", "int", "str", "any"]);
    let value = "p0";
    for (let i = 0; i < 30 && (i === 0 || !value.includes("p0")); i++) value = this.expressions.of(type, scope, 2);
    this.functions.push({ name, required: 1, optional: [], hasStar: false, hasKeywords: false, kind: "function" });
    return line(`def ${name}(p0):`, [line(`return ${value}`)]);
  }
  private functionOf(number: number, kind: Kind): Line {
    const { random } = this;
    const isGenerator = kind === "generator" || kind === "stream";
    const isAsync = kind === "coroutine" || kind === "stream";
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
    const name = `${kind[0]}${number}`;
    const body = [line("burn()")];
    if (random.chance(30)) body.unshift(line("global shared_number"));
    else for (const global of ["shared_number"]) scope.variables.delete(global);
    // These are read, and changed in place; assigning to them would make them locals without a value.
    scope.variables.delete("shared");
    scope.variables.delete("table");
    if (kind === "function" && random.chance(25)) {
      body.push(
        line(`if p0 > 0 and p0 < 6:`, [
          line(`p0 ${random.pick(["+=", "-="])} ${name}(p0 - 1${required > 1 ? ", 1" : ""})`),
        ]),
      );
    }
    body.push(...this.statements.block(this.context(scope, { isGenerator, isAsync, depth: 3 }), 6));
    body.push(line(isGenerator ? "yield p0" : `return ${this.expressions.of("any", scope, 2)}`));
    this.functions.push({
      name,
      required,
      optional,
      hasStar,
      hasKeywords,
      kind,
    });
    return line(`${isAsync ? "async " : ""}def ${name}(${texts.join(", ")}):`, body);
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
    body.push(...this.specialMethods(method).filter(() => random.chance(20)));
    if (random.chance(25)) body.push(line(`desc = ${random.pick(["Data", "NonData"])}()`));
    if (bases !== "Base" && random.chance(40)) {
      body.push(line("def m(self, x=0):", [line("burn()"), line("return super().m(x)")]));
    }
    this.classes.push(name);
    const metaclass = bases === "Base" && random.chance(10) ? ", metaclass=Meta" : "";
    return [line(`class ${name}(${bases}${metaclass}):`, body)];
  }

  private specialMethods(method: (head: string, parameters: [string, Type][], type: Type) => Line): Line[] {
    const other: [string, Type][] = [["other", "any"]];
    const item: [string, Type][] = [["k", "int"]];
    const named = (head: string, ...texts: string[]): Line =>
      line(
        head,
        texts.map((text) => line(text)),
      );
    const value = this.expressions.of("any", this.scope([["self.a", "int"]]), 1);
    return [
      method("def __lt__(self, other):", other, "bool"),
      method("def __sub__(self, other):", other, "any"),
      method("def __radd__(self, other):", other, "int"),
      method("def __mul__(self, other):", other, "float"),
      method("def __neg__(self):", [], "int"),
      method("def __len__(self):", [], "int"),
      method("def __contains__(self, k):", item, "any"),
      method("def __call__(self, x=0):", [["x", "int"]], "any"),
      method("def __setitem__(self, k, v):", item, "any"),
      method("def __delitem__(self, k):", item, "any"),
      named("def __iadd__(self, other):", "burn()", "self.total += 1", "return self"),
      named("def __iter__(self):", "burn()", "yield self.a", `yield ${value}`),
      named(
        "def __next__(self):",
        "burn()",
        "self.total += 1",
        "if self.total % 4 == 0: raise StopIteration",
        "return self.a",
      ),
      named("def __setattr__(self, name, v):", "burn()", "super().__setattr__(name, v)"),
      named("def __getattr__(self, name):", "burn()", "if name == 'absent': raise AttributeError(name)", "return 3"),
      named("def __getattribute__(self, name):", "burn()", "return super().__getattribute__(name)"),
      named("def __ne__(self, other):", "burn()", "return NotImplemented"),
      named("def __init_subclass__(cls):", "note(cls.__name__)"),
    ];
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
          return line(USES[f.kind].replace("$", () => call));
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
          line("if type(x) not in (int, float): x = tame(x)"),
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
