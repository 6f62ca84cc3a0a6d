/** What CPython 3.14 says about broken sources, one for each of its messages. The rows were made by running it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PyParserOverflow, PySyntaxError } from "../errors.ts";
import {
  type ParseMode,
  PyCF_ALLOW_INCOMPLETE_INPUT,
  PyCF_DONT_IMPLY_DEDENT,
  PyCF_TYPE_COMMENTS,
  parse,
} from "../parse.ts";

type Row = [
  source: string,
  msg: string,
  lineno: number,
  offset: number,
  endLineno: number,
  endOffset: number,
  type?: PySyntaxError["type"],
];

// biome-ignore format: one row a line
const ERRORS: Row[] = [
  ["[*a for a in b]", "iterable unpacking cannot be used in comprehension", 1, 2, 1, 4],
  ["{**a for a in b}", "dict unpacking cannot be used in dict comprehension", 1, 2, 1, 4],
  ["[**a for a in b]", "invalid syntax", 1, 2, 1, 4],
  ["[**x]", "invalid syntax", 1, 2, 1, 4],
  ["[*a if b else c]", "invalid syntax", 1, 5, 1, 7],
  ["(*a if b else c)", "cannot use starred expression here", 1, 2, 1, 16],
  ["x if y else *z", "expected expression after 'else', but statement is given", 1, 13, 1, 14],
  ["case 1:\n pass", "invalid syntax", 1, 6, 1, 7],
  ["1 + not 2", "'not' after an operator must be parenthesized", 1, 5, 1, 10],
  ["{**a if b else c}", "invalid syntax", 1, 6, 1, 8],
  ["{*a: 1}", "invalid syntax", 1, 4, 1, 5],
  ["{1: *a}", "cannot use a starred expression in a dictionary value", 1, 5, 1, 7],
  ["{1: **a}", "invalid syntax", 1, 5, 1, 7],
  ["{1:2, *a: 1}", "invalid syntax", 1, 7, 1, 8],
  ["{**a:1}", "invalid syntax", 1, 5, 1, 6],
  ["match x:\n case +1: pass", "invalid syntax", 2, 7, 2, 8],
  ["match x:\n case +1+1j: pass", "invalid syntax", 2, 7, 2, 8],
  ["from a import b as c.d", "cannot use attribute as import target", 1, 20, 1, 23],
  ["from a import b.c", "invalid syntax", 1, 16, 1, 17],
  ["import a from b", "Did you mean to use 'from ... import ...' instead?", 1, 1, 1, 16],
  ["import", "Expected one or more names after 'import'", 1, 7, 1, 7],
  ["from x import a,", "trailing comma not allowed without surrounding parentheses", 1, 17, 1, 18],
  ["lambda (x): 1", "Lambda expression parameters cannot be parenthesized", 1, 8, 1, 11],
  ["def f((x)): pass", "Function parameters cannot be parenthesized", 1, 7, 1, 10],
  ["class A[]: pass", "Type parameter list cannot be empty", 1, 9, 1, 9],
  ["def f(a, *, *b): pass", "* argument may appear only once", 1, 13, 1, 14],
  ["with (a, b)\n", "expected ':'", 1, 12, 1, 13],
  ["with a as f(): pass", "cannot assign to function call", 1, 11, 1, 14],
  ["try:\n pass\nexcept a, b as c:\n pass", "multiple exception types must be parenthesized when using 'as'", 3, 8, 3, 17],
  ["try:\n pass\nexcept a as b.c:\n pass", "cannot use except statement with attribute", 3, 13, 3, 16],
  ["pass if 1 else 2", "expected expression before 'if', but statement is given", 1, 1, 1, 5],
  ["(a, b): int", "only single target (not tuple) can be annotated", 1, 1, 1, 7],
  ["[a]: int", "only single target (not list) can be annotated", 1, 1, 1, 4],
  ["f(): int", "illegal target for annotation", 1, 1, 1, 4],
  ["'a'b'c'", "cannot mix bytes and nonbytes literals", 1, 8, 1, 9],
  ["'a' b 'c'", "invalid syntax. Is this intended to be part of the string?", 1, 5, 1, 6],
  ["f(a=1, b)", "positional argument follows keyword argument", 1, 9, 1, 10],
  ["f(**a, b)", "positional argument follows keyword argument unpacking", 1, 9, 1, 10],
  ["f(**a, *b)", "iterable argument unpacking follows keyword argument unpacking", 1, 6, 1, 10],
  ["f(x for x in y, 1)", "Generator expression must be parenthesized", 1, 3, 1, 15],
  ["f(True=1)", "cannot assign to True", 1, 3, 1, 8],
  ["f(a.b=1)", "expression cannot contain assignment, perhaps you meant \"==\"?", 1, 3, 1, 7],
  ["f(a=)", "expected argument value expression", 1, 3, 1, 5],
  ["(a b)", "invalid syntax. Perhaps you forgot a comma?", 1, 2, 1, 5],
  ["print a", "Missing parentheses in call to 'print'. Did you mean print(...)?", 1, 1, 1, 8],
  ["exec a", "Missing parentheses in call to 'exec'. Did you mean exec(...)?", 1, 1, 1, 7],
  ["(**a)", "cannot use double starred expression here", 1, 2, 1, 4],
  ["del *a", "cannot delete starred", 1, 5, 1, 7],
  ["del f()", "cannot delete function call", 1, 5, 1, 8],
  ["a = yield = 1", "assignment to yield expression not possible", 1, 5, 1, 10],
  ["a() += 1", "'function call' is an illegal expression for augmented assignment", 1, 1, 1, 4],
  ["a, b += 1", "'tuple' is an illegal expression for augmented assignment", 1, 1, 1, 5],
  ["x = (yield) = 1", "cannot assign to yield expression", 1, 6, 1, 11],
  ["not x = 1", "cannot assign to expression", 1, 1, 1, 6],
  ["(x=1)", "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 1, 2, 1, 5],
  ["(a.b := 1)", "cannot use assignment expressions with attribute", 1, 2, 1, 5],
  ["[a, b for a in c]", "did you forget parentheses around the comprehension target?", 1, 2, 1, 6],
  ["if a:\npass", "expected an indented block after 'if' statement on line 1", 2, 1, 2, 5, "IndentationError"],
  ["def f:\n pass", "expected '('", 1, 6, 1, 7],
  ["try:\n pass\nx=1", "expected 'except' or 'finally' block", 3, 1, 3, 2],
  ["try:\n pass\nexcept*:\n pass", "expected one or more exception types", 3, 8, 3, 9],
  ["try:\n pass\nexcept *a:\n pass\nexcept b:\n pass", "cannot have both 'except' and 'except*' on the same 'try'", 5, 1, 5, 7],
  ["type A[*T: int] = 1", "cannot use bound with TypeVarTuple", 1, 10, 1, 15],
  ["def f(a=1, b): pass", "parameter without a default follows parameter with a default", 1, 12, 1, 13],
  ["def f(a, /, b, /): pass", "/ may appear only once", 1, 16, 1, 17],
  ["def f(*): pass", "named arguments must follow bare *", 1, 7, 1, 8],
  ["def f(*a=1): pass", "var-positional argument cannot have default value", 1, 9, 1, 10],
  ["def f(**a, b): pass", "arguments cannot follow var-keyword argument", 1, 12, 1, 13],
  ["def f(a=): pass", "expected default value expression", 1, 8, 1, 9],
  ["x = [1, 2", "'[' was never closed", 1, 5, 1, 0],
  ["x = (1, 2]", "closing parenthesis ']' does not match opening parenthesis '('", 1, 10, 1, 10],
  ["x = 1)", "unmatched ')'", 1, 6, 1, 6],
  [" x = 1", "unexpected indent", 1, 1, 1, -1, "IndentationError"],
  ["if a:\n  x\n y", "unindent does not match any outer indentation level", 3, 3, 3, -1, "IndentationError"],
  ["if a:\n\tx\n        y", "inconsistent use of tabs and spaces in indentation", 3, 1, 3, 0, "TabError"],
  ["a <> b", "invalid syntax.  Maybe you meant '!=' instead of '<>'?", 1, 3, 1, 5],
  ["f'{}'", "f-string: valid expression required before '}'", 1, 4, 1, 5],
  ["f'{a!}'", "f-string: missing conversion character", 1, 6, 1, 7],
  ["f'{a!x}'", "f-string: invalid conversion character 'x': expected 's', 'r', or 'a'", 1, 6, 1, 7],
  ["f'{a! r}'", "f-string: conversion type must come right after the exclamation mark", 1, 5, 1, 8],
  ["f'{a:{b}'", "f-string: expecting '}', or format specs", 1, 9, 1, 10],
  ["f'{a", "'{' was never closed", 1, 3, 1, 0],
  ["f'{a'", "f-string: expecting '}'", 1, 5, 1, 5],
  ["f'}'", "f-string: single '}' is not allowed", 1, 3, 1, 3],
  ["f'{!r}'", "f-string: valid expression required before '!'", 1, 4, 1, 5],
  ["f'{=}'", "f-string: valid expression required before '='", 1, 4, 1, 5],
  ["f'{a!r:", "f-string: newlines are not allowed in format specifiers for single quoted f-strings", 1, 8, 1, 8],
  ["f'{*}'", "f-string: expecting a valid expression after '{'", 1, 4, 1, 5],
  ["f'{a $ b}'", "f-string: expecting '=', or '!', or ':', or '}'", 1, 6, 1, 7],
  ["t'{}'", "t-string: valid expression required before '}'", 1, 4, 1, 5],
  ["a\\ b", "unexpected character after line continuation character", 1, 3, 1, 0],
  ["a\\", "unexpected EOF while parsing", 1, 3, 1, -1],
  ["0777", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", 1, 1, 1, 2],
  ["0x", "invalid hexadecimal literal", 1, 2, 1, 2],
  ["0b2", "invalid digit '2' in binary literal", 1, 3, 1, 3],
  ["1_", "invalid decimal literal", 1, 2, 1, 2],
  ["0o8", "invalid digit '8' in octal literal", 1, 3, 1, 3],
  ["é = €", "invalid character '€' (U+20AC)", 1, 5, 1, 5],
  ["x =   1", "invalid non-printable character U+00A0", 1, 5, 1, 5],
  ["'abc", "unterminated string literal (detected at line 1)", 1, 1, 1, 1],
  ["'''abc", "unterminated triple-quoted string literal (detected at line 1)", 1, 1, 1, 1],
  ["'a\\'", "unterminated string literal (detected at line 1); perhaps you escaped the end quote?", 1, 1, 1, 1],
  ["None = 1", "cannot assign to None", 1, 1, 1, 5],
  ["{a: b, c}", "':' expected after dictionary key", 1, 8, 1, 0],
  ["{a:}", "expression expected after dictionary key and ':'", 1, 3, 1, 4],
  ["x = a if b", "expected 'else' after 'if' expression", 1, 5, 1, 11],
  ["'\\x'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape", 1, 1, 1, 5],
  ["'é\\x4'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 10-12: truncated \\xXX escape", 1, 1, 1, 7],
  ["'\\N'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape", 1, 1, 1, 5],
  ["'\\N{}'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape", 1, 1, 1, 7],
  ["'\\N{foo}'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-6: unknown Unicode character name", 1, 1, 1, 10],
  ["'\\N{foo'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-5: malformed \\N character escape", 1, 1, 1, 9],
  ["'\\U00110000'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character", 1, 1, 1, 13],
  ["b'\\xg'", "(value error) invalid \\x escape at position 0", 1, 1, 1, 7],
  ["b'é'", "bytes can only contain ASCII literal characters", 1, 1, 1, 5],
  ["t'a' 'b'", "cannot mix t-string literals with string or bytes literals", 1, 1, 1, 9],
  ["g() = 7", "cannot assign to function call here. Maybe you meant '==' instead of '='?", 1, 1, 1, 4],
  ["del 7", "cannot delete literal", 1, 5, 1, 6],
  ["del None", "cannot delete None", 1, 5, 1, 9],
  ["del -q", "cannot delete expression", 1, 5, 1, 7],
  ["[g for g if h]", "'in' expected after for-loop variables", 1, 10, 1, 12],
  ["def g(/, h): 0", "at least one argument must precede /", 1, 7, 1, 8],
  ["def g(p, *q, /): 0", "/ must be ahead of *", 1, 14, 1, 15],
  ["def g(**p=7): 0", "var-keyword argument cannot have default value", 1, 10, 1, 11],
  ["def g(p, /* q): 0", "expected comma between / and *", 1, 11, 1, 12],
  ["g(*p=q)", "cannot assign to iterable argument unpacking", 1, 3, 1, 7],
  ["g(**p=q)", "cannot assign to keyword argument unpacking", 1, 3, 1, 8],
  ["with p:\nq", "expected an indented block after 'with' statement on line 1", 2, 1, 2, 2, "IndentationError"],
  ["while p:\nq", "expected an indented block after 'while' statement on line 1", 2, 1, 2, 2, "IndentationError"],
  ["for p in q:\nr", "expected an indented block after 'for' statement on line 1", 2, 1, 2, 2, "IndentationError"],
  ["for p in q: r\nelse:\ns", "expected an indented block after 'else' statement on line 2", 3, 1, 3, 2, "IndentationError"],
  ["if p: q\nelif r:\ns", "expected an indented block after 'elif' statement on line 2", 3, 1, 3, 2, "IndentationError"],
  ["try:\np", "expected an indented block after 'try' statement on line 1", 2, 1, 2, 2, "IndentationError"],
  ["try: p\nexcept:\nq", "expected an indented block after 'except' statement on line 2", 3, 1, 3, 2, "IndentationError"],
  ["try: p\nexcept* q:\nr", "expected an indented block after 'except*' statement on line 2", 3, 1, 3, 2, "IndentationError"],
  ["try: p\nfinally:\nq", "expected an indented block after 'finally' statement on line 2", 3, 1, 3, 2, "IndentationError"],
  ["def g():\nh", "expected an indented block after function definition on line 1", 2, 1, 2, 2, "IndentationError"],
  ["class G:\nh", "expected an indented block after class definition on line 1", 2, 1, 2, 2, "IndentationError"],
  ["match p:\nq", "expected an indented block after 'match' statement on line 1", 2, 1, 2, 2, "IndentationError"],
  ["match p:\n case q:\nr", "expected an indented block after 'case' statement on line 2", 3, 0, 3, -1, "IndentationError"],
  ["if p: q\nelse: r\nelif s: t", "'elif' block follows an 'else' block", 3, 1, 3, 5],
  ["ub''", "'u' and 'b' prefixes are incompatible", 1, 1, 1, 3],
  ["rb'' bt''", "'b' and 't' prefixes are incompatible", 1, 6, 1, 8],
  ["fu''", "'u' and 'f' prefixes are incompatible", 1, 1, 1, 3],
  ["import p as 7", "cannot use literal as import target", 1, 13, 1, 14],
  ["from p import q as r()", "cannot use function call as import target", 1, 20, 1, 23],
  ["match p:\n case q as _: r", "cannot use '_' as a target", 2, 12, 2, 13],
  ["match p:\n case q as r.s: t", "cannot use attribute as pattern target", 2, 12, 2, 15],
  ["match p:\n case Q(r=s, t): u", "positional patterns follow keyword patterns", 2, 14, 2, 15],
  ["p[*]", "Invalid star expression", 1, 4, 1, 5],
  ["z = £", "invalid character '£' (U+00A3)", 1, 5, 1, 5],
  ["0o9", "invalid digit '9' in octal literal", 1, 3, 1, 3],
  ["f'{p!q}'", "f-string: invalid conversion character 'q': expected 's', 'r', or 'a'", 1, 6, 1, 7],
  ["f'{p!7}'", "f-string: invalid conversion character", 1, 6, 1, 7],
  ["f'{p]}'", "f-string: unmatched ']'", 1, 5, 1, 5],
  ["f'{p!r q}'", "f-string: expecting ':' or '}'", 1, 8, 1, 9],
  ["f\"{p:{q:{r:{s}}}}\"", "f-string: expressions nested too deeply", 1, 11, 1, 11],
  ["f'''p", "unterminated triple-quoted f-string literal (detected at line 1)", 1, 1, 1, 1],
  ["t'{=p}'", "t-string: valid expression required before '='", 1, 4, 1, 5],
  ["t'{p!}'", "t-string: missing conversion character", 1, 6, 1, 7],
  ["t'}'", "t-string: single '}' is not allowed", 1, 3, 1, 3],
  ["t'{lambda: p}'", "t-string: lambda expressions are not allowed without parentheses", 1, 4, 1, 11],
  ["t'{p=q}'", "t-string: expecting '!', or ':', or '}'", 1, 6, 1, 7],
  ["match p:\n case 1+2: q", "imaginary number required in complex literal", 2, 9, 2, 10],
  ["match p:\n case 1j+2j: q", "real number required in complex literal", 2, 7, 2, 9],
  ["def g[**P: q](): 0", "cannot use bound with ParamSpec", 1, 10, 1, 13],
  ["def g[*P: (q, r)](): 0", "cannot use constraints with TypeVarTuple", 1, 9, 1, 17],
  ["((p, q) := r)", "cannot use assignment expressions with tuple", 1, 2, 1, 8],
  ["p = '''q\nr", "unterminated triple-quoted string literal (detected at line 2)", 1, 5, 1, 5],
  ["(yield p) += q", "'yield expression' is an illegal expression for augmented assignment", 1, 2, 1, 9],
  ["p = {q: r]", "closing parenthesis ']' does not match opening parenthesis '{'", 1, 10, 1, 10],
  ["f'{p = q'", "f-string: expecting '!', or ':', or '}'", 1, 8, 1, 9],
  ["try: p\nexcept q as r(): s", "cannot use except statement with function call", 2, 13, 2, 16],
  ["try: p\nexcept* q as r(): s", "cannot use except* statement with function call", 2, 14, 2, 17],
  ["{p} = q", "cannot assign to set display here. Maybe you meant '==' instead of '='?", 1, 1, 1, 4],
  ["from p import (q, r", "'(' was never closed", 1, 15, 1, 0],
  ["'\\N{p}'", "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-4: unknown Unicode character name", 1, 1, 1, 8],
  ["1jp", "invalid imaginary literal", 1, 2, 1, 2],
];

function errorOf(source: string, mode: ParseMode = "exec", flags = 0, featureVersion = 14): PySyntaxError | null {
  try {
    parse(source, { filename: "<test>", mode, flags, featureVersion });
    return null;
  } catch (thrown) {
    assert.ok(thrown instanceof PySyntaxError, String(thrown));
    return thrown;
  }
}

test("messages and places", () => {
  for (const [source, msg, lineno, offset, end_lineno, end_offset, type = "SyntaxError"] of ERRORS) {
    const error = errorOf(source);
    assert.ok(error !== null, `accepted: ${source}`);
    const found = [error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, error.type];
    assert.deepEqual(found, [msg, lineno, offset, end_lineno, end_offset, type], source);
  }
});

test("the line shown", () => {
  assert.equal(errorOf("x = 1\ny = = 2")?.text, "y = = 2\n");
  assert.equal(errorOf("x = (1,\n2 3")?.text, "x = (1,");
  assert.equal(errorOf("a b", "eval")?.text, "a b");
  assert.deepEqual([errorOf("é é")?.offset, errorOf("é é")?.end_offset], [3, 4]);
});

test("incomplete input", () => {
  const flags = PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT;
  for (const source of ["if x:", "if x:\n  y", "(", "x = '''", "def f():\n  '''\n", "class A", "x = \\\n"]) {
    assert.equal(errorOf(source, "single", flags)?.type, "_IncompleteInputError", source);
  }
  for (const source of ["x = = 1\n", "'abc\n", "a b\n", "1 2 3\n"]) {
    assert.equal(errorOf(source, "single", flags)?.type, "SyntaxError", source);
  }
  assert.equal(errorOf("if x:\n  y\n\n", "single", flags), null);
});

test("older versions", () => {
  const version = (source: string, minor: number): string | undefined => errorOf(source, "exec", 0, minor)?.msg;
  const only = "only supported in Python";
  assert.equal(version("(x := 1)", 7), `Assignment expressions are ${only} 3.8 and greater`);
  assert.equal(version("type X = int", 11), `Type statement is ${only} 3.12 and greater`);
  assert.equal(version("match x:\n case 1: pass", 9), `Pattern matching is ${only} 3.10 and greater`);
  const except = "except expressions without parentheses are";
  assert.equal(version("try: pass\nexcept a, b: pass", 13), `${except} ${only} 3.14 and greater`);
  assert.equal(version("(x := 1)", 8), undefined);
});

test("type comments", () => {
  const def = "def f(a,  # type: int\n  b):\n  # type: (...) -> x\n  pass\n";
  const source = `${def}for a in b:  # type: c\n  pass\nx = 1 # type: ignore[y]\n`;
  const tree = parse(source, { filename: "<test>", mode: "exec", flags: PyCF_TYPE_COMMENTS });
  assert.ok(tree.kind === "Module");
  const [first, loop] = tree.body;
  assert.ok(first.kind === "FunctionDef" && loop.kind === "For");
  assert.deepEqual(
    [first.type_comment, first.args.args[0].type_comment, loop.type_comment],
    ["(...) -> x", "int", "c"],
  );
  assert.deepEqual(tree.type_ignores, [{ kind: "TypeIgnore", lineno: 7, tag: "[y]" }]);
  const twice = "def f():  # type: a\n  # type: b\n  pass";
  assert.equal(errorOf(twice, "exec", PyCF_TYPE_COMMENTS)?.msg, "Cannot have two type comments on def");
});

test("an interactive statement stands alone", () => {
  assert.equal(errorOf("x = 1\n# comment\n", "single"), null);
  const msg = "multiple statements found while compiling a single statement";
  assert.equal(errorOf("x = 1\ny = 2\n", "single")?.msg, msg);
});

test("deep nesting ends in Python's errors", () => {
  assert.equal(errorOf("(".repeat(201))?.msg, "too many nested parentheses");
  assert.equal(errorOf(`${"(".repeat(200)}1${")".repeat(200)}`), null);
  assert.equal(errorOf("(".repeat(150))?.msg, "'(' was never closed");
  for (const prefix of ["-", "not ", "lambda: ", "1 if 2 else ", "2 ** "]) {
    assert.throws(() => parse(`${prefix.repeat(100_000)}1`, { filename: "<test>", mode: "exec" }), PyParserOverflow);
  }
});
