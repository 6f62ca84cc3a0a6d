import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { libraryFiles } from "../host/node/library.ts";
import { Python, PythonError, PythonObject, type PythonOptions } from "./index.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const make = (options: PythonOptions = {}) => new Python({ library: libraryFiles(dist), ...options });
// The packed library is made by the build, which these tests do not run.
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

test("run gives the value of a last expression, converted", options, () => {
  const python = make();
  assert.equal(python.run("x = 3\nx * 7"), 21);
  assert.equal(python.run("x = 5"), null);
  assert.deepEqual(python.run("[1, 2.5, 'ä😀', b'\\x00\\xff', None, True, 1 << 70]"), [
    1,
    2.5,
    "ä😀",
    new Uint8Array([0, 255]),
    null,
    true,
    1n << 70n,
  ]);
  assert.deepEqual(python.run("({'a': (1, 2)}, {3})"), [new Map([["a", [1, 2]]]), new Set([3])]);
});

test("globals go in and out; functions of JavaScript can be called, and throw", options, () => {
  const python = make();
  python.globals.set("n", 20);
  python.globals.set("add", (a: number, b: number, more?: { by: number }) => a + b + (more?.by ?? 0));
  python.globals.set("fail", () => {
    throw new Error("no");
  });
  assert.equal(python.run("add(n, 1) + add(1, 2, by=3)"), 27);
  assert.equal(python.run("try:\n  fail()\nexcept RuntimeError as e:\n  r = str(e)\nr"), "Error: no");
  assert.equal(python.globals.get("r"), "Error: no");
  assert.equal(python.globals.get("missing"), undefined);
});

test("other objects are handles that come back as themselves", options, () => {
  const python = make();
  const point = python.run(
    "class P:\n  def __init__(self, x): self.x = x\n  def up(self, by=1): return self.x + by\nP(4)",
  );
  assert.ok(point instanceof PythonObject);
  assert.equal(point.type, "P");
  assert.equal(point.get("x"), 4);
  point.set("x", 6);
  const up = point.get("up") as PythonObject;
  assert.equal(up.callWith([], { by: 10 }), 16);
  python.globals.set("q", point);
  assert.equal(python.run("q.x is not None and type(q).__name__"), "P");
});

test("an exception is a PythonError with type, message, frames and traceback", options, () => {
  const python = make();

  try {
    python.run("def f():\n  return int('x')\nf()", "demo.py");
  } catch (thrown) {
    const { type, message, frames, traceback } = thrown as PythonError;
    assert.equal(type, "ValueError");
    assert.equal(message, "invalid literal for int() with base 10: 'x'");
    assert.deepEqual(frames, [
      { filename: "demo.py", line: 3, function: "<module>" },
      { filename: "demo.py", line: 2, function: "f" },
    ]);
    assert.match(traceback, /^Traceback \(most recent call last\):\n {2}File "demo.py", line 3, in <module>/);
  }
});

test("interpreters share nothing, and one can call into another", options, () => {
  const first = make();
  const second = make();
  first.run("import sys\nx = 1\nsys.modules['mine'] = 1\nclass C: pass");
  assert.equal(second.run("import sys\n'x' in globals() or 'mine' in sys.modules"), false);
  first.globals.set("other", () => second.run("y = 40 + 2\ny"));
  assert.equal(first.run("other() + x"), 43);
  assert.equal(first.run("object.__subclasses__().count(C)"), 1);
  assert.equal(second.run("any(c.__name__ == 'C' for c in object.__subclasses__())"), false);
});

test("nothing granted is nothing reachable", options, () => {
  const python = make();
  assert.equal(python.run("import os\nlen(os.environ)"), 0);
  assert.throws(() => python.run("open('/etc/passwd')"), /No such file/);
  assert.throws(() => python.run("os.listdir('/')"), PythonError);
  assert.equal(python.run("print('x')\nimport time\ntime.time()"), 0);
  assert.equal(python.run("import sys\nsys.stdin.read()"), "");
});

test("streams and files that are given can be used", options, () => {
  let output = "";
  const python = make({
    stdin: "two\nlines\n",
    stdout: (text) => {
      output += text;
    },
    files: { "/data/in.txt": "héllo" },
    argv: ["prog", "arg"],
    env: { NAME: "value" },
  });
  python.run(
    "import os, sys\nprint(input(), sys.stdin.read(), sys.argv, os.environ['NAME'], open('/data/in.txt').read(), sep='|')",
  );
  assert.equal(output, "two|lines\n|['prog', 'arg']|value|héllo\n");
  python.run("with open('/data/out.txt', 'w') as f: f.write('x')");
  assert.deepEqual(python.run("sorted(os.listdir('/data'))"), ["in.txt", "out.txt"]);
});
