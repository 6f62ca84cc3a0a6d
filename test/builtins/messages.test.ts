/** Results and messages of builtins, exceptions, descriptors and aliases are CPython 3.14's: recorded from it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../src/api/index.ts";
import { libraryFiles } from "../../src/host/node/library.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

const SETUP = `
import operator, re, weakref
class Plain: pass
def missing(self): raise AttributeError('missing')
class Masked: __eq__ = __lt__ = __add__ = __bool__ = __len__ = __hash__ = __iter__ = __repr__ = property(missing)
class MaskedDescriptor: __get__ = property(missing)
class Stores:
    def __setitem__(self, key, value): pass
    def __set__(self, owner, value): pass
class Owner:
    stores, masked = Stores(), MaskedDescriptor()
    class Inner: pass
def weak_text(weak): return re.sub('0x[0-9a-f]+', '0x', type(weak).__repr__(weak))
def output(text, scope):
    lines = []
    exec(text, {'note': lines.append, **scope})
    return lines
def show(text):
    try: return repr(eval(text, globals()))
    except BaseException as e: return f"{type(e).__name__}: {e}"
def class_of(o): return type(o).__name__
`;

/** Expression → its repr, or the exception. */
const CASES: [expression: string, result: string][] = [
  // methods of slots
  ["[].__setitem__(1)", "TypeError: __setitem__ expected 2 arguments, got 1"],
  ["object().__setattr__(1)", "TypeError: __setattr__ expected 2 arguments, got 1"],
  ["property().__get__()", "TypeError: __get__ expected at least 1 argument, got 0"],
  ["memoryview(b'').__buffer__()", "TypeError: __buffer__ expected 1 argument, got 0"],
  ["[].__delitem__(1, 2), 0", "TypeError: expected 1 argument, got 2"],
  ["(1).__pow__()", "TypeError: expected 1 or 2 arguments, got 0"],
  [
    "operator.setitem(type('C', (), {'__setitem__': dict.__setitem__})(), 1, 2)",
    "TypeError: descriptor '__setitem__' requires a 'dict' object but received a 'C'",
  ],
  [
    "operator.setitem(type('D', (dict,), {'__delitem__': None})(), [], 2)",
    "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')",
  ],
  // text and bytes
  ["'abcabc'.translate({97: 'XY', 98: None, 99: 233})", "'XYéXYé'"],
  ["'abc'.translate({99: 0x1f600, 98: None})", "'a😀'"],
  ["'abc'.translate({1: 2})", "'abc'"],
  ["'abc'.translate({97: 0x110000})", "ValueError: character mapping must be in range(0x110000)"],
  ["'abc'.translate({97: 1.5})", "TypeError: character mapping must return integer, None or str"],
  ["'abc'.translate([1, 2]), 'a\\x01'.translate(['x', 'y'])", "('abc', 'ay')"],
  ["b'abcba'.translate(bytes(range(255, -1, -1)), b'b')", "b'\\x9e\\x9c\\x9e'"],
  ["b'abc'.translate(None, b'ac'), b'abc'.translate(None)", "(b'b', b'abc')"],
  ["b','.join([b'a', bytearray(b'b'), memoryview(b'c')])", "b'a,b,c'"],
  ["b','.join([b'a', 1])", "TypeError: sequence item 1: expected a bytes-like object, int found"],
  ["bytes([1, 255, 0]), bytes((i for i in b'ab'))", "(b'\\x01\\xff\\x00', b'ab')"],
  ["bytes([256])", "ValueError: bytes must be in range(0, 256)"],
  ["b'\\x00\\xffa'.hex(), b'abcde'.hex(':', 2), b'abcde'.hex('-', -2)", "('00ff61', '61:6263:6465', '6162-6364-65')"],
  ["bytes.fromhex('0 1')", "ValueError: non-hexadecimal number found in fromhex() arg at position 1"],
  ["bytes.fromhex(' 00 fF\\n61'), bytes.fromhex('00ff')", "(b'\\x00\\xffa', b'\\x00\\xff')"],
  ["bytes.fromhex('0é')", "ValueError: non-hexadecimal number found in fromhex() arg at position 1"],
  ["bytes.fromhex('\u0130\u0130')", "ValueError: non-hexadecimal number found in fromhex() arg at position 0"],
  ["bytes.fromhex('000')", "ValueError: fromhex() arg must contain an even number of hexadecimal digits"],
  [
    "(-2).to_bytes(9, signed=True), (2**64).to_bytes(9, 'little'), int.from_bytes(b'\\xff' * 9, signed=True)",
    "(b'\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe', b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01', -1)",
  ],
  ["(256).to_bytes()", "OverflowError: int too big to convert"],
  // subscription
  ["operator.delitem(None, 0)", "TypeError: 'NoneType' object does not support item deletion"],
  ["operator.delitem((1,), 0)", "TypeError: 'tuple' object doesn't support item deletion"],
  ["operator.delitem({1}, 'a')", "TypeError: 'set' object does not support item deletion"],
  ["operator.delitem(Plain(), True)", "TypeError: 'Plain' object doesn't support item deletion"],
  ["operator.delitem(Plain(), 2**64)", "IndexError: cannot fit 'int' into an index-sized integer"],
  ["operator.setitem((1,), 2**64, 2)", "IndexError: cannot fit 'int' into an index-sized integer"],
  ["operator.setitem((1,), 0, 2)", "TypeError: 'tuple' object does not support item assignment"],
  // special methods whose descriptor has none to give
  ["Masked() == Masked(), bool(Masked()), repr(Masked())[:18]", "(False, True, '<Masked object at ')"],
  ["Masked() < Masked()", "TypeError: '<' not supported between instances of 'Masked' and 'Masked'"],
  ["Masked() + 1", "TypeError: unsupported operand type(s) for +: 'Masked' and 'int'"],
  ["hash(Masked())", "TypeError: unhashable type: 'Masked'"],
  ["iter(Masked())", "TypeError: 'Masked' object is not iterable"],
  ["len(Masked())", "AttributeError: missing"],
  ["operator.delitem(Stores(), 2**64)", "AttributeError: __delitem__"],
  ["delattr(Owner(), 'stores')", "AttributeError: __delete__"],
  ["Owner().masked", "TypeError: 'property' object is not callable"],
  // the builtins of what is executed
  ["output('note(type(__builtins__).__name__)', {})", "['dict']"],
  [
    "output(\"exec('note(len)', {'note': note})\", {'__builtins__': {'exec': exec}})",
    "NameError: name 'len' is not defined",
  ],
  [
    "output('note(type(f)(f.__code__, {})())', {'__builtins__': {'type': type, 'x': 7}, 'f': eval('lambda: x')})",
    "[7]",
  ],
  // weak references: the class with its module, and a name only where the class defines one
  ["weak_text(weakref.ref(Owner.Inner()))", "\"<weakref at 0x; to 'Owner.Inner' at 0x>\""],
  ["weak_text(weakref.ref(Owner))", "\"<weakref at 0x; to 'type' at 0x (Owner)>\""],
  ["weak_text(weakref.proxy(missing))", "\"<weakproxy at 0x; to 'function' at 0x>\""],
  ["weak_text(weakref.ref(re.compile('a')))", "\"<weakref at 0x; to 're.Pattern' at 0x>\""],
  // builtins
  ["max()", "TypeError: max expected at least 1 argument, got 0"],
  ["max([])", "ValueError: max() iterable argument is empty"],
  ["next(iter([]))", "StopIteration: "],
  ["iter(3, 4)", "TypeError: iter(v, w): v must be callable"],
  ["getattr(1, 'x')", "AttributeError: 'int' object has no attribute 'x'"],
  [
    "setattr(1, 'x', 3)",
    "AttributeError: 'int' object has no attribute 'x' and no __dict__ for setting new attributes",
  ],
  ["sum(['a'], '')", "TypeError: sum() can't sum strings [use ''.join(seq) instead]"],
  ["sum([0.1] * 10)", "1.0"],
  ["sum([1 + 2j, 0.1, 3])", "(4.1+2j)"],
  ["chr(0x110000)", "ValueError: chr() arg not in range(0x110000)"],
  ["ord('ab')", "TypeError: ord() expected a character, but string of length 2 found"],
  ["round('a')", "TypeError: type str doesn't define __round__ method"],
  ["pow('a', 2)", "TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'"],
  ["vars(3)", "TypeError: vars() argument must have __dict__ attribute"],
  ["print(sep=3)", "TypeError: sep must be None or a string, not int"],
  ["sorted([1, 'a'])", "TypeError: '<' not supported between instances of 'str' and 'int'"],
  ["eval('1', 3)", "TypeError: globals must be a dict"],
  ["compile('1', '', 'foo')", "ValueError: compile() mode must be 'exec', 'eval' or 'single'"],
  ["eval('1\\0')", "SyntaxError: source code string cannot contain null bytes"],
  ["exec('1', closure=3)", "TypeError: closure can only be used when source is a code object"],
  ["__build_class__(len, 'x')", "TypeError: __build_class__: func must be a function"],
  ["__import__('')", "ValueError: Empty module name"],
  ["isinstance(1, 2)", "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"],
  ["open()", "TypeError: open() missing required argument 'file' (pos 1)"],
  // exceptions
  ["ImportError('a', foo=1)", "TypeError: ImportError() got an unexpected keyword argument 'foo'"],
  ["SyntaxError('a', (1, 2, 3))", "TypeError: function takes at least 4 arguments (3 given)"],
  ["str(SyntaxError('a', ('/x/f', 2, 3, 4, 5, 6)))", "'a (f, line 2)'"],
  ["UnicodeDecodeError('a', 'b', 3, 4, 5)", "TypeError: argument 5 must be str, not int"],
  ["str(UnicodeDecodeError('a', b'bcd', 0, 1, 'x'))", "\"'a' codec can't decode byte 0x62 in position 0: x\""],
  [
    "str(UnicodeEncodeError('a', 'bcd\\U0001f600', 3, 4, 'x'))",
    "\"'a' codec can't encode character '\\\\U0001f600' in position 3: x\"",
  ],
  ["OSError(2, 'a', 'b').__reduce__()", "(<class 'FileNotFoundError'>, (2, 'a', 'b'))"],
  ["str(OSError(2, 'a', 'b', None, 'c'))", "\"[Errno 2] a: 'b' -> 'c'\""],
  ["BlockingIOError(11, 'x', 5).characters_written", "5"],
  ["ValueError().with_traceback(3)", "TypeError: __traceback__ must be a traceback or None"],
  ["ValueError().add_note(3)", "TypeError: add_note() argument must be str, not int"],
  ["ExceptionGroup('a', [])", "ValueError: second argument (exceptions) must be a non-empty sequence"],
  ["ExceptionGroup('a', [KeyboardInterrupt()])", "TypeError: Cannot nest BaseExceptions in an ExceptionGroup"],
  ["BaseExceptionGroup('a', [ValueError(1)])", "ExceptionGroup('a', [ValueError(1)])"],
  [
    "ExceptionGroup('m', [ValueError(1), TypeError(2)]).split(ValueError)",
    "(ExceptionGroup('m', [ValueError(1)]), ExceptionGroup('m', [TypeError(2)]))",
  ],
  [
    "ExceptionGroup('m', [ValueError()]).split(3)",
    "TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)",
  ],
  ["str(KeyError('a'))", "\"'a'\""],
  ["AttributeError('a', name='b').__getstate__()", "{'name': 'b', 'args': ('a',)}"],
  ["issubclass(ExceptionGroup, Exception)", "True"],
  // descriptors
  [
    "super(int, 'a')",
    "TypeError: super(type, obj): obj (instance of str) is not an instance or subtype of type (int).",
  ],
  ["super(3, int)", "TypeError: super() argument 1 must be a type, not int"],
  ["super()", "RuntimeError: super(): no arguments"],
  ["property(1, 2, 3, 4, 5)", "TypeError: property() takes at most 4 arguments (5 given)"],
  ["type('P', (), {'x': property()})().x", "AttributeError: property 'x' of 'P' object has no getter"],
  [
    "type('P', (), {'x': property()})().__init__.__self__.x",
    "AttributeError: property 'x' of 'P' object has no getter",
  ],
  ["classmethod()", "TypeError: classmethod expected 1 argument, got 0"],
  ["staticmethod(len)", "<staticmethod(<built-in function len>)>"],
  // aliases
  ["list[int][str]", "TypeError: list[int] is not a generic class"],
  ["dict[int, str]", "dict[int, str]"],
  ["list[*tuple[int]]", "list[*tuple[int]]"],
  ["isinstance([], list[int])", "TypeError: isinstance() argument 2 cannot be a parameterized generic"],
  ["int | None", "int | None"],
  ["int | 3", "TypeError: unsupported operand type(s) for |: 'type' and 'int'"],
  ["(int | str).foo", "AttributeError: 'typing.Union' object has no attribute 'foo'"],
  ["hash(int | str) == hash(str | int)", "True"],
  ["class_of(int | str)", "'Union'"],
  // ast
  [
    "compile('a+1', '', 'eval', 0x400)",
    "Expression(body=BinOp(left=Name(id='a', ctx=Load(...)), op=Add(), right=Constant(value=1, kind=None)))",
  ],
  ["compile('x', '', 'eval', 0x400).body._fields", "('id', 'ctx')"],
];

test("results and messages are CPython's", options, () => {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  python.run(SETUP);
  const texts = JSON.stringify(CASES.map(([expression]) => expression));
  const results = python.run(`[show(text) for text in ${texts}]`) as string[];
  CASES.forEach(([expression, expected], i) => {
    assert.equal(results[i], expected, expression);
  });
});
