import assert from "node:assert/strict";
import { test } from "node:test";
import { PySyntaxError } from "../syntax/errors.ts";
import { parse, type ParseMode } from "../syntax/parse.ts";
import { CO_COROUTINE } from "./code.ts";
import { compileModule, symtableOf } from "./compile.ts";
import { CompilerRecursionError } from "./errors.ts";
import { PyCF_ALLOW_TOP_LEVEL_AWAIT } from "./future.ts";
import { foldBinary } from "./fold.ts";
import { OP, OPNAME, SPECIALIZED_OP, stackEffect } from "./opcodes.ts";
import { CELL, FREE } from "./symtable/scope.ts";
import { unparse } from "./unparse.ts";

function compile(source: string, mode: ParseMode = "exec", optimize = 0, flags = 0) {
  const warnings: string[] = [];
  const code = compileModule(parse(source, { filename: "f", mode, flags }), {
    filename: "f",
    optimize,
    flags,
    warn: (_category, msg, _file, line) => warnings.push(`${line}: ${msg}`),
  });
  return { code, warnings };
}

function failure(source: string): string {
  try {
    compile(source);
  } catch (e) {
    if (e instanceof PySyntaxError) return `${e.msg} ${e.lineno}.${e.offset}-${e.end_lineno}.${e.end_offset}`;
    throw e;
  }
  return "compiles";
}

/** Names of the instructions, caches left out. */
function names(code: Uint8Array): string[] {
  const out: string[] = [];
  for (let i = 0; i < code.length; i += 2) if (code[i] !== OP.CACHE) out.push(OPNAME[code[i]]);
  return out;
}

test("errors name CPython's message and place", () => {
  for (const [source, expected] of [
    ["x = 1\nbreak", "'break' outside loop 2.1-2.6"],
    ["def f():\n nonlocal x", "no binding for nonlocal 'x' found 2.2-2.12"],
    ["async def f(): yield 1; return 2", "'return' with value in async generator 1.25-1.33"],
    ["[i := 0 for i in x]", "assignment expression cannot rebind comprehension iteration variable 'i' 1.2-1.3"],
    ["match x:\n case a: 0\n case b: 0", "name capture 'a' makes remaining patterns unreachable 2.7-2.8"],
    ["from __future__ import nope", "future feature nope is not defined 1.24-1.28"],
    ["f(a=1, a=2)", "keyword argument repeated: a 1.8-1.11"],
    ["def f(x):\n global x", "name 'x' is parameter and global 2.2-2.10"],
  ])
    assert.equal(failure(source), expected);
});

test("warnings come once for statements compiled twice", () => {
  const { warnings } = compile("try: 0\nfinally:\n  x is 1\n  assert (1, 2)\n'a'()");
  assert.deepEqual(warnings, [
    '3: "is" with \'int\' literal. Did you mean "=="?',
    "4: assertion is always true, perhaps remove parentheses?",
    "5: 'str' object is not callable; perhaps you missed a comma?",
  ]);
});

test("modes, flags and levels", () => {
  assert.deepEqual(names(compile("x", "eval").code.code), ["RESUME", "LOAD_NAME", "RETURN_VALUE"]);
  assert.deepEqual(names(compile("x\n", "single").code.code), [
    "RESUME",
    "LOAD_NAME",
    "CALL_INTRINSIC_1",
    "POP_TOP",
    "LOAD_CONST",
    "RETURN_VALUE",
  ]);
  assert.ok(compile("await x", "exec", 0, PyCF_ALLOW_TOP_LEVEL_AWAIT).code.flags & CO_COROUTINE);
  assert.deepEqual(names(compile("assert x", "exec", 1).code.code), ["RESUME", "LOAD_CONST", "RETURN_VALUE"]);
  assert.deepEqual(compile("'doc'\nx", "exec", 2).code.names, ["x"]);
});

test("too deep a tree is a recursion error, a long chain of operators is none", () => {
  assert.throws(() => compile(`a${".b".repeat(50000)}`), CompilerRecursionError);
  assert.ok(compile(`a${"*a".repeat(2000)}`).code.code.length > 4000);
});

test("the symbol table keeps its tree", () => {
  const { top } = symtableOf(parse("def f(a):\n  def g(): return a\n", { filename: "f", mode: "exec" }), "f");
  const [, f] = top.children;
  assert.equal(f.scopeOf("a"), CELL);
  assert.equal(f.children[1].scopeOf("a"), FREE);
  assert.equal(f.children[1].nested, true);
});

test("opcode tables", () => {
  assert.equal(OPNAME[OP.LOAD_FAST_BORROW_LOAD_FAST_BORROW], "LOAD_FAST_BORROW_LOAD_FAST_BORROW");
  assert.equal(SPECIALIZED_OP.BINARY_OP_ADD_INT, 130);
  assert.equal(stackEffect(OP.SETUP_WITH, 0, true), 1);
  assert.equal(stackEffect(OP.UNPACK_EX, 0x201, false), 3);
});

test("folding is Python's arithmetic, within limits", () => {
  const i = (v: number) => ({ t: "int", v }) as const;
  assert.deepEqual(foldBinary("//", i(-7), i(2)), i(-4));
  assert.deepEqual(foldBinary("%", i(-7), i(2)), i(1));
  assert.deepEqual(foldBinary("**", i(2), i(64)), { t: "int", v: 2n ** 64n });
  assert.equal(foldBinary("<<", i(1), i(1000)), null);
  assert.equal(foldBinary("/", i(1), i(0)), null);
});

test("annotations as strings", () => {
  const text = (s: string) =>
    unparse((parse(s, { filename: "f", mode: "eval" }) as { body: Parameters<typeof unparse>[0] }).body);
  for (const s of [
    "a.b[c:d, *e]",
    "lambda x, /, y=1, *z, k, **w: (x if y else -z) ** 2",
    "not (a or b and c)",
    "f'{x!r:>{y}}{{'",
    "[i async for i, j in k if i if j]",
    "{**a, 'b': 1}",
    "f(x for x in y)",
    "(yield)",
    "1e309",
  ])
    assert.deepEqual(text(s), { t: "str", v: s });
});
