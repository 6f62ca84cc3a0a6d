/** Trees of the constructs whose shape or place is easy to get wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expr, Module } from "./ast.ts";
import { PySyntaxError } from "./errors.ts";
import { parse } from "./parse.ts";

function module(source: string): Module {
  const tree = parse(source, { filename: "<test>", mode: "exec" });
  assert.ok(tree.kind === "Module");
  return tree;
}

function expression(source: string): Expr {
  const tree = parse(source, { filename: "<test>", mode: "eval" });
  assert.ok(tree.kind === "Expression");
  return tree.body;
}

/** Kinds, names and values, without places. */
function shape(node: unknown): string {
  if (Array.isArray(node)) return `[${node.map(shape).join(" ")}]`;
  if (node === null || typeof node !== "object") return String(node);
  const record = node as Record<string, unknown>;
  if ("t" in record) return String(record.v ?? record.im ?? record.t);
  const skipped = new Set(["kind", "ctx", "lineno", "col_offset", "end_lineno", "end_col_offset", "u", "type_comment"]);
  const fields = Object.keys(record).filter((name) => !skipped.has(name));
  return `${record.kind}(${fields.map((name) => shape(record[name])).join(" ")})`;
}

function place(node: Expr): number[] {
  return [node.lineno, node.col_offset, node.end_lineno, node.end_col_offset];
}

test("precedence and associativity", () => {
  const name = (id: string): string => `Name(${id})`;
  const [a, b, c] = ["a", "b", "c"].map(name);
  assert.equal(shape(expression("a+b*c")), `BinOp(${a} Add BinOp(${b} Mult ${c}))`);
  assert.equal(shape(expression("a-b-c")), `BinOp(BinOp(${a} Sub ${b}) Sub ${c})`);
  assert.equal(shape(expression("-a**-b**c")), `UnaryOp(USub BinOp(${a} Pow UnaryOp(USub BinOp(${b} Pow ${c}))))`);
  assert.equal(shape(expression("not a in b")), `UnaryOp(Not Compare(${a} [In] [${b}]))`);
  assert.equal(shape(expression("a is not b not in c")), `Compare(${a} [IsNot NotIn] [${b} ${c}])`);
  assert.equal(shape(expression("a if b else c")), `IfExp(${b} ${a} ${c})`);
  assert.equal(shape(expression("a or b and c")), `BoolOp(Or [${a} BoolOp(And [${b} ${c}])])`);
  assert.equal(shape(expression("await a.b(c)[a]")), `Await(Subscript(Call(Attribute(${a} b) [${c}] []) ${a}))`);
});

test("places count bytes and begin with parentheses of operands", () => {
  assert.deepEqual(place(expression("(a) + b")), [1, 0, 1, 7]);
  assert.deepEqual(place(expression("(a)")), [1, 1, 1, 2]);
  assert.deepEqual(place(expression("'é€😀' + x")), [1, 0, 1, 15]);
  const [statement] = module("if x:\n  y;\n\n# end\n").body;
  assert.deepEqual([statement.end_lineno, statement.end_col_offset], [2, 4]);
});

test("soft keywords are names elsewhere", () => {
  assert.deepEqual(
    module("match = case = type = 1\nmatch(x)\nmatch [x]\ntype (x)\nmatch: int\nprint(match, type)").body.map(
      (s) => s.kind,
    ),
    ["Assign", "Expr", "Expr", "Expr", "AnnAssign", "Expr"],
  );
  const [statement, alias] = module(
    "match x,:\n case {'a': [1, *_], **r} | A(b=-1+2j) as m if y: pass\ntype T[*Ts = int] = 1",
  ).body;
  assert.ok(statement.kind === "Match" && alias.kind === "TypeAlias");
  assert.equal(statement.subject.kind, "Tuple");
  assert.equal(statement.cases[0].pattern.kind, "MatchAs");
});

test("with and its parentheses", () => {
  const items = (source: string): number => {
    const [statement] = module(source).body;
    assert.ok(statement.kind === "With");
    return statement.items.length;
  };
  assert.equal(items("with (a, b): pass"), 2);
  assert.equal(items("with (a as b, c): pass"), 2);
  assert.equal(items("with (a, b) as c: pass"), 1);
  assert.equal(items("with (yield): pass"), 1);
  assert.equal(items("with (*a, b): pass"), 1);
  assert.equal(items("with (a), (b) as c: pass"), 2);
  assert.equal(items("with (x for x in y): pass"), 1);
});

test("strings", () => {
  assert.equal(shape(expression("'a' \"b\" r'\\c'")), "Constant(ab\\c)");
  assert.deepEqual(expression("'\\ud83d\\ude00'"), {
    ...expression("'aaaaaaaaaaaa'"),
    value: { t: "str", v: "\ud83d\ude00" },
  });
  const astral = expression("'x😀\\U0001F600'");
  assert.ok(astral.kind === "Constant");
  assert.deepEqual(astral.value, { t: "astral", v: [120, 0x1f600, 0x1f600] });
  assert.equal(shape(expression("b'\\x41\\n' b'c'")), "Constant(A\nc)");
});

test("f-strings and t-strings", () => {
  const field = (value: string, conversion: number, spec = "null"): string =>
    `FormattedValue(${value} ${conversion} ${spec})`;
  assert.equal(
    shape(expression("f'{{a}} {x!r:>{w}}'")),
    `JoinedStr([Constant({a} ) ${field("Name(x)", 114, `JoinedStr([Constant(>) ${field("Name(w)", -1)}])`)}])`,
  );
  assert.equal(shape(expression("f'{x = }' 'b'")), `JoinedStr([Constant(x = ) ${field("Name(x)", 114)} Constant(b)])`);
  assert.equal(
    shape(expression("f'{f\"{'a'}\"}'")),
    `JoinedStr([${field(`JoinedStr([${field("Constant(a)", -1)}])`, -1)}])`,
  );
  assert.equal(shape(expression("f'{a:=5}'")), `JoinedStr([${field("Name(a)", -1, "JoinedStr([Constant(=5)])")}])`);
  assert.equal(
    shape(expression("t'{ a + b !s}c'")),
    "TemplateStr([Interpolation(BinOp(Name(a) Add Name(b))  a + b  115 null) Constant(c)])",
  );
});

test("numbers", () => {
  const value = (source: string): unknown => {
    const node = expression(source);
    assert.ok(node.kind === "Constant");
    return node.value;
  };
  assert.deepEqual(value("0x_ff"), { t: "int", v: 255 });
  assert.deepEqual(value("9007199254740993"), { t: "int", v: 9007199254740993n });
  assert.deepEqual(value("1_0.5e-3"), { t: "float", v: 0.0105 });
  assert.deepEqual(value("00_1j"), { t: "complex", re: 0, im: 1 });
});

test("too many digits", () => {
  const digits = "1".repeat(5000);
  const parseWith = (maxIntDigits?: number): unknown =>
    parse(digits, { filename: "<test>", mode: "eval", maxIntDigits });
  assert.throws(() => parseWith(), { msg: /^Exceeds the limit \(4300 digits\).*value has 5000 digits/ });
  assert.ok(parseWith(0));
  assert.ok(parse(`0x${digits}`, { filename: "<test>", mode: "eval" }));
});

test("names are normalised", () => {
  assert.equal(shape(expression("ﬁ")), "Name(fi)");
});

test("warnings come in the order of the source, once", () => {
  const warnings: string[] = [];
  const options = {
    filename: "<test>",
    mode: "exec" as const,
    warn: (_: string, msg: string, __: string, line: number) => void warnings.push(`${line} ${msg.slice(0, 23)}`),
  };
  parse("with ('\\d', 1if x else y): pass\n'''\n\\q'''\n", options);
  assert.deepEqual(warnings, ['1 "\\d" is an invalid esca', "1 invalid decimal literal", '3 "\\q" is an invalid esca']);
});

test("long chains do not nest the parser", () => {
  module(`if a: pass\n${"elif b: pass\n".repeat(5000)}`);
  module(`x = a${" + b".repeat(5000)}${".c".repeat(5000)}`);
});

test("a warning that is made an error has a place", () => {
  const warn = (): never => {
    throw new PySyntaxError("SyntaxError", "", "<test>", 0, 0, 0, 0, null);
  };
  const placed = (source: string, msg: string, lineno: number, offset: number): void =>
    assert.throws(() => parse(source, { filename: "<test>", mode: "exec", warn }), { msg, lineno, offset });
  const escape = '"\\d" is an invalid escape sequence. Did you mean "\\\\d"? A raw string is also an option.';
  placed("x = 'ab\\d'", escape, 1, 8);
  placed("'''\n\\d'''", escape, 2, 1);
  placed("x = 1if y else z", "invalid decimal literal", 1, 5);
});
