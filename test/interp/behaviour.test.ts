/** Small programs that once went wrong, with what CPython 3.14 gives for them. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../src/api/index.ts";
import { libraryFiles } from "../../src/host/node/library.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const run = (source: string) => new Python({ library: libraryFiles(dist), settings: { noSite: true } }).run(source);

const PROGRAMS: [what: string, source: string, expected: string][] = [
  [
    "subclasses have the special methods of their bases, whichever comes first",
    "class A:\n  def __len__(self): return 1\n  def __add__(self, other): return 'A+'\nclass B(A): pass\nclass C(B):\n  def __radd__(self, other): return 'C+'\nclass X:\n  def __len__(self): return 2\n  def __iter__(self): return iter('ab')\nclass D(C, X): pass\nclass E(X, B): pass\nclass Meta(type):\n  def mro(cls): return [cls, X, object] if cls.__name__ == 'Odd' else type.mro(cls)\nclass Odd(A, metaclass=Meta): pass\nclass F(D): pass\nr = [len(F()), F() + 1, 1 + F(), list(F()), len(E()), len(Odd()), list(Odd())]\nA.__len__ = lambda self: 9\nr += [len(F()), len(E())]\ndel A.__len__\nrepr(r + [len(F())])",
    "[1, 'A+', 'C+', ['a', 'b'], 2, 2, ['a', 'b'], 9, 2, 2]",
  ],
  [
    "thread-local objects show their attributes as __dict__, which cannot be another one",
    "import _thread\nclass L(_thread._local):\n  def __init__(self, **kw): self.__dict__.update(kw)\nl = L(a=1)\nr = [l.a, l.__dict__, _thread._local().__dict__]\nfor f in (lambda: setattr(l, '__dict__', {}), lambda: delattr(l, '__dict__')):\n  try: f()\n  except AttributeError as e: r.append(str(e))\nrepr(r)",
    `[1, {'a': 1}, {}, "'L' object attribute '__dict__' is read-only", "'L' object attribute '__dict__' is read-only"]`,
  ],
  [
    "operators whose methods are written in Python do not recurse in JavaScript",
    "import sys\nsys.setrecursionlimit(60000)\nclass N:\n  def __init__(self, n): self.n = n\n  def __add__(self, o): return 0 if self.n == 0 else N(self.n - 1) + o + 1\n  def __eq__(self, o): return self.n == 0 or N(self.n - 1) == o\n  def __bool__(self): return self.n == 0 or (True if N(self.n - 1) else False)\nr = [N(20000) + 1, N(20000) == 1, not N(20000)]\nsys.setrecursionlimit(1000)\nrepr(r)",
    "[20000, True, False]",
  ],
  [
    "an operator's method may get other code, with other parameters",
    "class A:\n  def __add__(self, o): return 1\nr = []\nfor i in range(20):\n  if i == 10: A.__add__.__code__ = (lambda self, o, z=5: o).__code__\n  try: r.append(A() + 2)\n  except TypeError as e: r.append(str(e))\nrepr(sorted(set(map(str, r))))",
    `['1', "A.__add__() missing 1 required positional argument: 'z'"]`,
  ],
  [
    "what an operator's method raises is shown at the operator",
    "class A:\n  def __add__(self, o): raise ValueError\ndef f():\n  for i in range(9):\n    try: A() + i\n    except ValueError as e: t = e.__traceback__\n  return [list(t.tb_frame.f_code.co_positions())[t.tb_lasti // 2][2:], t.tb_next.tb_frame.f_code.co_name]\nrepr(f())",
    "[(9, 16), '__add__']",
  ],
  ["an operator method may return None", "class A:\n  def __add__(self, o): pass\nrepr(A() + 1)", "None"],
  [
    "a coroutine may return itself",
    "async def f(c): return c[0]\nc = []\nc.append(f(c))\ntry: c[0].send(None)\nexcept StopIteration as e: r = e.value is c[0]\nrepr(r)",
    "True",
  ],
  [
    "shifts stay exact once they are specialised",
    "def f(a, b): return a << b\nrepr([f(2147483647, 28) for _ in range(5)][-1])",
    "576460752034988032",
  ],
  [
    "float subclasses keep their operators at specialised sites",
    "class F(float):\n  def __mul__(self, o): return 'mine'\ndef f(a, b): return a * b\nfor _ in range(5): f(1.5, 2.0)\nrepr(f(F(1.5), 2.0))",
    "'mine'",
  ],
  [
    "a data descriptor that a class gets later hides the instances' attributes at specialised sites",
    "class A: pass\na = A(); a.x = 1\ndef f(o): return o.x\nfor _ in range(200): f(a)\nA.x = property(lambda s: 2)\nrepr(f(a))",
    "2",
  ],
  [
    "sites that see several shapes see what changes",
    "class A:\n  def m(self): return 'A'\nclass B:\n  m = lambda self: 'B'\nclass C(A): pass\na = A(); b = B(); c = C()\na.v = 1; b.w = 0; b.v = 2; c.v = 3\ndef f(o): return o.m() + str(o.v)\nfor _ in range(300): [f(o) for o in (a, b, c)]\nC.m = lambda self: 'new'\nb.m = lambda: 'own'\na.v = 9\n' '.join(f(o) for o in (a, b, c))",
    "A9 own2 new3",
  ],
  [
    "upper and lower of bytes change ASCII letters only",
    "repr((b'aZ09'.upper(), b'aZ'.lower(), b'a\\xdf\\xb5\\xffZ'.upper(), b'A\\xc0Z'.lower(), bytearray(b'q').upper()))",
    "(b'AZ09', b'az', b'A\\xdf\\xb5\\xffZ', b'a\\xc0z', bytearray(b'Q'))",
  ],
  ["-1 and -1.0 are one key", "d = {-1: 'a'}\nrepr((d[-1.0], {-1, -1.0}))", "('a', {-1})"],
  [
    "a frame that re-raised stands where the exception came from",
    "class C:\n  def __enter__(s): pass\n  def __exit__(s, *a): pass\ndef f():\n  with C():\n    1 / 0\ntry: f()\nexcept ZeroDivisionError as e: n = e.__traceback__.tb_next.tb_frame.f_lineno\nrepr(n)",
    "6",
  ],
  [
    "what is thrown into a generator has the exception that the generator handles as its context",
    "def g():\n  try: raise KeyError('a')\n  except KeyError: yield\ni = g(); next(i)\ntry: i.throw(ValueError)\nexcept ValueError as e: r = repr(e.__context__)\nr",
    "KeyError('a')",
  ],
  [
    "generators resumed natively first can be resumed by the loop afterwards",
    "def g():\n  yield 1\n  yield 2\n  yield 3\ni = g(); next(i)\ndef h():\n  yield from i\nrepr([*h()])",
    "[2, 3]",
  ],
  [
    "unknown opcodes are Python errors",
    "def f(): pass\nf.__code__ = f.__code__.replace(co_code=b'\\x80\\x00\\x7f\\x00')\ntry: f()\nexcept SystemError as e: r = str(e)\nr",
    "unknown opcode 127",
  ],
  [
    "object.__reduce__ does not ask the override again",
    "class C:\n  def __reduce__(self): return super().__reduce__()\nrepr(C().__reduce__()[1][0] is C)",
    "True",
  ],
  [
    "a function keeps its docstring when its code is replaced",
    "def f(): 'f'\ndef g(): 'g'\nf.__code__ = g.__code__\nrepr((f.__doc__, g.__doc__, (lambda: 0).__doc__))",
    "('f', 'g', None)",
  ],
  [
    "single bytes are found in bytearrays within bounds",
    "b = bytearray(b'a\\0b\\0')\nrepr((b.find(0), b.find(0, 2), b.find(0, 2, 3), b.find(b'b', 3), b.find(0, 9), b.find(0, -1)))",
    "(1, 3, -1, -1, -1, 3)",
  ],
  [
    "long arrays keep bytes that look like UTF-8",
    "w = b'\\xef\\xbb\\xbf\\xc3\\xa9' * 4000\nx = b'\\x80' * 9000\nrepr(bytes(bytearray(w)) == w and bytes(bytearray(x)) == x)",
    "True",
  ],
  [
    "a class may define its own __dict__",
    "class C:\n  __dict__ = property(lambda s: {'a': 2})\nrepr((C().__dict__, vars(C())))",
    "({'a': 2}, {'a': 2})",
  ],
  [
    "a syntax error keeps the text for suggestions",
    "try: compile('whille x: pass', 'f', 'exec')\nexcept SyntaxError as e: r = repr(e._metadata)\nr",
    "(0, 0, 'whille x: pass\\n')",
  ],
  ["an int beyond 64 bits among floats is summed as a float", "repr(sum([1.0, 10**100, 1.0, -10**100]))", "2.0"],
  [
    "bases that an mro() assigns count",
    "class M(type):\n  def mro(c):\n    global ready\n    if ready and c.__name__ == 'C':\n      ready = False\n      C.__bases__ = (B2,)\n    return type.mro(c)\nready = False\nclass A(metaclass=M): pass\nclass B1(A): pass\nclass B2(A): pass\nclass C(A): pass\nready = True\nC.__bases__ = (B1,)\nrepr((C.__bases__ == (B2,), B1.__subclasses__(), B2.__subclasses__() == [C]))",
    "(True, [], True)",
  ],
  [
    "the code of a function, executed in a namespace, has its own variables as locals()",
    "def outer():\n  x = None\n  def inner():\n    nonlocal x\n    x += 1\n    y = 5\n    r.append(locals())\n  return inner.__code__\nr = []\nimport types\nexec(outer(), globals(), {'z': 1}, closure=(types.CellType(2),))\nrepr(r)",
    "[{'y': 5, 'x': 3}]",
  ],
  [
    "a function made of a module's code keeps its names in its globals",
    "from types import FunctionType\ng = {'b': 1, 'd': 0}\nFunctionType(compile('a = b + 1; del d; c = locals() is globals(); import sys; f = sys._getframe().f_locals is globals(); x: int = 1', '', 'exec'), g)()\nrepr([g['a'], g['c'], g['f'], 'd' in g])",
    "[2, True, True, False]",
  ],
  [
    "and so does a coroutine function made of code with top-level await",
    "from types import FunctionType\nimport ast\ng = {}\nasync def one(): return 1\nc = FunctionType(compile('a = await one()', '', 'exec', flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), {**g, 'one': one})()\ntry: c.send(None)\nexcept StopIteration: pass\nrepr(c.cr_frame is None)",
    "True",
  ],
  [
    "__self__ of builtin functions: the module, the class, nothing, the object",
    "import time\nrepr([time.sleep.__self__ is time, dict.fromkeys.__self__, str.maketrans.__self__, object.__new__.__self__, [1].append.__self__, str.maketrans.__reduce__()])",
    "[True, <class 'dict'>, None, <class 'object'>, [1], (<built-in function getattr>, (<class 'str'>, 'maketrans'))]",
  ],
  [
    "a comprehension of a class body that means an outer variable does not refer to the class's",
    "import symtable\nt = symtable.symtable('def f(k):\\n class C:\\n  k = 1\\n  v = [k for _ in ()]\\n', '?', 'exec')\nfor name in ('f', 'C'): t = next(c for c in t.get_children() if c.get_name() == name)\nrepr(t.lookup('k').is_referenced())",
    "False",
  ],
  [
    "builtin types know their builtin subclasses, before those in Python",
    "class E(ArithmeticError): pass\ndef names(c): return [s.__name__ for s in c.__subclasses__()]\nrepr([names(ArithmeticError), names(int)[:1], names(BaseException), names(Exception)[:3], names(NameError)])",
    "[['FloatingPointError', 'OverflowError', 'ZeroDivisionError', 'E'], ['bool'], ['BaseExceptionGroup', 'Exception', 'GeneratorExit', 'KeyboardInterrupt', 'SystemExit'], ['ArithmeticError', 'AssertionError', 'AttributeError'], ['UnboundLocalError']]",
  ],
  [
    "the traceback of a failed import has no frames of importlib",
    "import traceback\ntry: import nowhere\nexcept ImportError as e: n = len(traceback.extract_tb(e.__traceback__))\nrepr(n)",
    "1",
  ],
];

for (const [what, source, expected] of PROGRAMS) {
  test(what, options, () => assert.equal(run(source), expected));
}
