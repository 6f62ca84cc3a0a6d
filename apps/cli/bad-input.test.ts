/** What a program or its input must not be able to do: hang, end in a JavaScript stack trace, or pass for something else. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../bin/sidewinder.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sidewinder-bad-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const env = { PATH: process.env.PATH, PYTHON_COLORS: "0" };
function sidewinder(args: string[], nodeOptions: string[] = []): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, command, ...args], {
    cwd: folder,
    encoding: "utf8",
    env,
    timeout: 300_000,
  });
  return { code: status, out: stdout, err: stderr };
}
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}
const JAVASCRIPT_STACK = /^\s+at .*[:(]\d+/m;

test("a missing file", () => {
  const { code, err } = sidewinder(["missing.py"]);
  assert.equal(
    err,
    `sidewinder: can't open file '${join(folder, "missing.py")}': [Errno 2] No such file or directory\n`,
  );
  assert.equal(code, 2);
});

test("a folder without __main__", () => {
  const { code, err } = sidewinder(["."]);
  assert.match(err, /: can't find '__main__' module in '.*'\n$/);
  assert.equal(code, 1);
});

const SOURCES: [what: string, content: string | Uint8Array, error: string][] = [
  [
    "no UTF-8",
    Uint8Array.of(0xff, 0xfe, 0x20, 0x3d, 0x20, 0x31, 0x0a),
    "SyntaxError: Non-UTF-8 code starting with '\\xff' in file",
  ],
  ["null bytes", "x = 1\0\n", "SyntaxError: source code cannot contain null bytes"],
  [
    "10,000 nested parentheses",
    `${"(".repeat(10_000)}${")".repeat(10_000)}\n`,
    "SyntaxError: too many nested parentheses",
  ],
  [
    "10,000 unary operators",
    `x = ${"-".repeat(10_000)}1\n`,
    "MemoryError: Parser stack overflowed - Python source too complex to parse",
  ],
  [
    "an int literal over the limit of digits",
    `x = ${"1".repeat(5000)}\n`,
    "SyntaxError: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; " +
      "use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals",
  ],
];
for (const [what, content, error] of SOURCES) {
  test(`a source with ${what}`, () => {
    const { code, err } = sidewinder([file("source.py", content)]);
    assert.ok(err.includes(error), err.slice(-500));
    assert.doesNotMatch(err, JAVASCRIPT_STACK);
    assert.equal(code, 1);
  });
}

test("a line of 50 MB", () => {
  const { code, out } = sidewinder([file("long.py", `x = "${"a".repeat(50_000_000)}"\nprint(len(x))\n`)]);
  assert.equal(out, "50000000\n");
  assert.equal(code, 0);
});

test("a reader that goes away: BrokenPipeError", async () => {
  const script = file("many.py", "for i in range(1000000): print(i)\n");
  const child = spawn(process.execPath, [command, script], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.once("data", () => child.stdout.destroy());
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const code = await new Promise((done) => child.on("close", done));
  assert.match(err, /BrokenPipeError: \[Errno 32\] Broken pipe/);
  assert.doesNotMatch(err, JAVASCRIPT_STACK);
  // CPython's 120 says that what was left could not be written at the end either.
  assert.ok(code === 1 || code === 120, String(code));
});

test("what does not fit is a MemoryError or OverflowError at once", () => {
  const cases: [expression: string, error: string][] = [
    ["'x' * 10**12", "MemoryError"],
    ["b'x' * 10**12", "MemoryError"],
    ["[0] * 10**12", "MemoryError"],
    ["(0,) * 10**12", "MemoryError"],
    ["list(range(10**12))", "MemoryError"],
    ["tuple(range(10**12))", "MemoryError"],
    ["sorted(range(10**12))", "MemoryError"],
    ["[*range(10**12)]", "MemoryError"],
    ["bytes(10**13)", "MemoryError"],
    ["bytearray(10**12)", "MemoryError"],
    ["'x' * 10**20", "OverflowError"],
    ["10**10**10", "MemoryError"],
    ["2**10**10", "MemoryError"],
    ["1 << 10**12", "MemoryError"],
    ["'%.*d' % (2**40, 1)", "OverflowError"],
    ["'x'.ljust(10**12)", "MemoryError"],
    ["str(10**5000)", "ValueError"],
  ];
  const script = file(
    "big.py",
    `for text in ${JSON.stringify(cases.map(([expression]) => expression))}:
    try: eval(text)
    except Exception as e: print(type(e).__name__)
    else: print("nothing raised")
`,
  );
  const { out, err } = sidewinder([script]);
  assert.deepEqual(
    out.trimEnd().split("\n"),
    cases.map(([, error]) => error),
    err,
  );
});

const RECURSIONS = `
import functools, json, re, sys
class Get:
    def __getattr__(self, name): return self.other
class Repr:
    def __repr__(self): return repr(self)
class Str:
    def __str__(self): return "%s" % self
class Order:
    def __lt__(self, other): return other < self
    def __eq__(self, other): return self == other
    def __hash__(self): return hash(self)
class Operators:
    def __add__(self, other): return self + other
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __getitem__(self, key): return self[key]
    def __contains__(self, item): return item in self
    def __iter__(self): return iter(self)
    def __call__(self): return self()
    def __format__(self, spec): return format(self, spec)
    def __setattr__(self, name, value): self.other = value
class Init:
    def __init__(self): Init()
def key(x): return sorted([1, 2], key=key)
def hook(o): return json.loads('{"a": 1}', object_hook=hook)
def generator(): yield from generator()
def call_map(x): return list(map(call_map, [x]))
deep = []
for i in range(100000): deep = [deep]
o = Operators()
for f in [
    lambda: Get().x, lambda: repr(Repr()), lambda: str(Str()), lambda: f"{Str()!s}",
    lambda: Order() < Order(), lambda: Order() == Order(), lambda: hash(Order()), lambda: {Order(): 1},
    lambda: sorted([Order(), Order()]), lambda: key(1), lambda: max([1, 2], key=key),
    lambda: json.dumps(deep), lambda: json.loads("[" * 100000), lambda: hook(1), lambda: repr(deep),
    lambda: o + 1, lambda: len(o), lambda: bool(o), lambda: o[0], lambda: 1 in o, lambda: list(o), lambda: o(),
    lambda: format(o), lambda: setattr(o, "x", 1), lambda: Init(), lambda: list(generator()), lambda: call_map(1),
]:
    try: f()
    except RecursionError: pass
    else: print("no RecursionError")
sys.setrecursionlimit(200000)
def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(down(100000))
`;
// Both with the stack that the command asks for and with Node's own, which embedders have.
for (const stack of [["--stack-size=3900"], []]) {
  test(`endless recursion is a RecursionError everywhere ${stack.join("")}`, () => {
    const { code, out, err } = sidewinder([file("deep.py", RECURSIONS)], stack);
    assert.equal(out, "100000\n", err);
    assert.equal(code, 0);
  });
}

test("a fault of Sidewinder's own is named so, with instruction and position, and has a code of its own", () => {
  // Bytecode that no compiler makes: MATCH_KEYS without a tuple of keys.
  const script = file(
    "fault.py",
    `from opcode import opmap as op
def broken(): return None
code = [op["RESUME"], 0, op["LOAD_CONST"], 0, op["LOAD_CONST"], 0, op["MATCH_KEYS"], 0, op["RETURN_VALUE"], 0]
broken.__code__ = broken.__code__.replace(co_code=bytes(code))
broken()
`,
  );
  const { code, err } = sidewinder([script]);
  assert.match(err, /^Fault inside Sidewinder\. This is an error of the interpreter, not of the program it ran\.$/m);
  assert.match(err, /MATCH_KEYS at unit 3 of broken \(.*fault\.py\)/);
  assert.equal(code, 70);
});
