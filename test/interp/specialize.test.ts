/** Sites specialise as they should, and give the same results before, after, and when their guards fail. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Python } from "../../src/api/index.ts";
import { INSTRUCTION_FACTS } from "../../src/generated/metadata.ts";
import { libraryFiles } from "../../src/host/node/library.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };
const nameOf = new Map(INSTRUCTION_FACTS.map((facts) => [facts.opcode, facts.name]));

/** Runs `setup`, then calls `f` with each of the arguments; gives the results and the instructions it consists of. */
function trace(setup: string, calls: readonly string[]): { results: unknown; instructions: Set<string> } {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  const results = python.run(`${setup}\n[repr(f(${calls.join(")), repr(f(")}))]`);
  const functions = "[v.__code__ for v in list(globals().values()) if hasattr(v, '__code__')]";
  const opcodes = python.run(`[op for c in ${functions} for op in c._co_code_adaptive[::2]]`) as number[];
  return { results, instructions: new Set(opcodes.map((op) => nameOf.get(op) ?? String(op))) };
}
const repeat = (call: string, n = 4): string[] => Array.from({ length: n }, () => call);

const SITES: [name: string, setup: string, hot: string, other: string, expected: string, expectedOther: string][] = [
  ["BINARY_OP_ADD_INT", "def f(a, b): return a + b", "2, 3", "'x', 'y'", "5", "'xy'"],
  ["BINARY_OP_MULTIPLY_INT", "def f(a, b): return a * b", "2, 3", "2**60, 8", "6", "9223372036854775808"],
  ["BINARY_OP_SUBTRACT_FLOAT", "def f(a, b): return a - b", "2.5, 1.0", "2, 1", "1.5", "1"],
  ["BINARY_OP_ADD_UNICODE", "def f(a, b): return a + b", "'x', 'y'", "'\\U0001F600', 'y'", "'xy'", "'\u{1F600}y'"],
  ["BINARY_OP_EXTEND", "def f(a, b): return a / b", "1, 4", "1.0, 4.0", "0.25", "0.25"],
  ["BINARY_OP_SUBSCR_LIST_INT", "def f(a, b): return a[b]", "[1, 2], 1", "[1, 2], -1", "2", "2"],
  ["BINARY_OP_SUBSCR_TUPLE_INT", "def f(a, b): return a[b]", "(1, 2), 1", "{1: 7}, 1", "2", "7"],
  ["BINARY_OP_SUBSCR_STR_INT", "def f(a, b): return a[b]", "'abc', 1", "'abc', -1", "'b'", "'c'"],
  ["BINARY_OP_SUBSCR_DICT", "def f(a, b): return a[b]", "{'k': 1}, 'k'", "'abc', 0", "1", "'a'"],
  ["BINARY_OP_SUBSCR_LIST_SLICE", "def f(a, b): return a[b]", "[1, 2, 3], slice(1)", "'abc', slice(1)", "[1]", "'a'"],
  [
    "BINARY_OP_SUBSCR_GETITEM",
    "class C:\n  def __getitem__(self, k): return k + 1\nc = C()\ndef f(a, b): return a[b]",
    "c, 1",
    "[5], 0",
    "2",
    "5",
  ],
  [
    "BINARY_OP_METHOD",
    "class C:\n  def __radd__(self, o): return [o]\nclass D:\n  def __add__(self, o): return o\ndef f(a, b): return a + b",
    "1, C()",
    "D(), 'x'",
    "[1]",
    "'x'",
  ],
  [
    "COMPARE_OP_METHOD",
    "class C:\n  def __eq__(self, o): return NotImplemented\ndef f(a, b): return a == b",
    "C(), 1",
    "1, 1",
    "False",
    "True",
  ],
  [
    "CONTAINS_OP_METHOD",
    "class C:\n  def __contains__(self, o): return [o]\ndef f(a, b): return a not in b",
    "0, C()",
    "1, ()",
    "False",
    "True",
  ],
  [
    "STORE_SUBSCR_METHOD",
    "class C:\n  def __setitem__(self, k, v): self.at = k, v\ndef f(a, b):\n  a[1] = b\n  return getattr(a, 'at', a)",
    "C(), 0",
    "[1, 2], 0",
    "(1, 0)",
    "[1, 0]",
  ],
  [
    "TO_BOOL_METHOD",
    "class C:\n  def __len__(self): return 0\ndef f(a, b): return not a",
    "C(), 0",
    "1, 0",
    "True",
    "False",
  ],
  ["COMPARE_OP_INT", "def f(a, b): return a < b", "1, 2", "1.5, 1", "True", "False"],
  ["COMPARE_OP_STR", "def f(a, b): return a == b", "'a', 'a'", "1, 1.0", "True", "True"],
  ["CONTAINS_OP_DICT", "def f(a, b): return a in b", "1, {1: 2}", "1, [1]", "True", "True"],
  ["CONTAINS_OP_SET", "def f(a, b): return a not in b", "1, {1}", "1, ()", "False", "True"],
  ["TO_BOOL_INT", "def f(a, b): return not a", "1, 0", "'', 0", "False", "True"],
  ["UNPACK_SEQUENCE_TWO_TUPLE", "def f(a, b):\n  x, y = a\n  return y", "(1, 2), 0", "[3, 4], 0", "2", "4"],
  [
    "LOAD_ATTR_INSTANCE_VALUE",
    "class C:\n  def __init__(self): self.v = 1\nclass D:\n  v = 2\ndef f(a, b): return a.v",
    "C(), 0",
    "D(), 0",
    "1",
    "2",
  ],
  [
    "LOAD_ATTR_SLOT",
    "class C:\n  __slots__ = 'v',\n  def __init__(self): self.v = 1\nclass D:\n  v = 2\ndef f(a, b): return a.v",
    "C(), 0",
    "D(), 0",
    "1",
    "2",
  ],
  ["LOAD_ATTR_CLASS", "class C:\n  v = 1\nclass D:\n  v = 2\ndef f(a, b): return a.v", "C, 0", "D(), 0", "1", "2"],
  [
    "LOAD_ATTR_PROPERTY",
    "class C:\n  @property\n  def v(self): return 1\nclass D:\n  v = 2\ndef f(a, b): return a.v",
    "C(), 0",
    "D(), 0",
    "1",
    "2",
  ],
  [
    "LOAD_ATTR_GETATTR",
    "class C:\n  def __getattr__(self, n): return n\nclass D:\n  v = 2\ndef f(a, b): return a.v",
    "C(), 0",
    "D(), 0",
    "'v'",
    "2",
  ],
  [
    "LOAD_ATTR_METHOD_WITH_VALUES",
    "class C:\n  def m(self): return 1\nclass D:\n  def m(self): return 2\ndef f(a, b): return a.m()",
    "C(), 0",
    "D(), 0",
    "1",
    "2",
  ],
  ["LOAD_ATTR_METHOD_NO_DICT", "def f(a, b): return a.upper()", "'a', 0", "b'a', 0", "'A'", "b'A'"],
  [
    "STORE_ATTR_INSTANCE_VALUE",
    "class C: pass\nclass D:\n  __slots__ = 'v',\ndef f(a, b):\n  a.v = b\n  return a.v",
    "C(), 1",
    "D(), 2",
    "1",
    "2",
  ],
  [
    "CALL_PY_EXACT_ARGS",
    "def g(x): return x\ndef h(x, y=1): return y\nuse = [g]\ndef f(a, b): return use[0](a)",
    "1, 0",
    "2, use.__setitem__(0, h)",
    "1",
    "1",
  ],
  [
    "CALL_ALLOC_AND_ENTER_INIT",
    "class C:\n  def __init__(self, v=7): self.v = v\nclass D:\n  def __new__(cls, v): return [v]\ndef f(a, b): return vars(a(b)) if a is C else a(b)",
    "C, 1",
    "D, 2",
    "{'v': 1}",
    "[2]",
  ],
  ["CALL_BUILTIN_O", "def f(a, b): return abs(a)", "-1, 0", "-1.5, 0", "1", "1.5"],
  ["CALL_LEN", "def f(a, b): return len(a)", "'abc', 0", "[1], 0", "3", "1"],
  ["CALL_METHOD_DESCRIPTOR_O", "def f(a, b): return a.count(b)", "[1, 1], 1", "'aa', 'a'", "2", "2"],
  ["CALL_KW_PY", "def g(x, y=2): return (x, y)\ndef f(a, b): return g(y=a, x=b)", "1, 0", "2, 3", "(0, 1)", "(3, 2)"],
  [
    "CALL_FUNCTION_EX_PY",
    "def g(*a, **k): return (a, k)\ndef f(a, b): return g(*a, **b)",
    "(1,), {'z': 1}",
    "[2], {}",
    "((1,), {'z': 1})",
    "((2,), {})",
  ],
  ["FOR_ITER_RANGE", "def f(a, b):\n  t = 0\n  for x in a: t += x\n  return t", "range(4), 0", "{1, 2}, 0", "6", "3"],
  [
    "FOR_ITER_GEN",
    "def g():\n  yield 1\n  yield 2\ndef f(a, b):\n  t = 0\n  for x in a(): t += x\n  return t",
    "g, 0",
    "lambda: [5], 0",
    "3",
    "5",
  ],
  [
    "SEND_GEN",
    "def g():\n  yield 1\n  return 2\ndef f(a, b): return list(h(a))\ndef h(a):\n  r = yield from a()\n  yield r",
    "g, 0",
    "lambda: [5], 0",
    "[1, 2]",
    "[5, None]",
  ],
];

for (const [instruction, setup, hot, other, expected, expectedOther] of SITES) {
  test(`${instruction}: specialised, correct, and left when its guard fails`, options, () => {
    const { results } = trace(setup, [...repeat(hot), other, hot]);
    assert.deepEqual((results as unknown[]).slice(0, 5), [...repeat(expected), expectedOther]);
    const { instructions } = trace(setup, repeat(hot));
    assert.ok(instructions.has(instruction), [...instructions].join(" "));
  });
}
