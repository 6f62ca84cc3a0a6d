import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../bin/sidewinder.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sidewinder-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  code: number | null;
  out: string;
  err: string;
}

function sidewinder(
  args: string[],
  { input = "", env = {} }: { input?: string; env?: Record<string, string> } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--stack-size=3900", command, ...args], {
    cwd: folder,
    input,
    encoding: "utf8",
    env: { PATH: process.env.PATH, PYTHON_COLORS: "0", ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

/** Writes a file into the tests' folder; gives its path. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

test("development mode, in the C locale too", () => {
  const path = file("dev.py", "import sys\nprint(sys.flags.dev_mode, sys.stdin.errors)");
  assert.deepEqual(sidewinder(["-X", "dev", path]), { code: 0, out: "True surrogateescape\n", err: "" });
});

test("-c, -m, -, a script, a folder: each with its sys.argv and sys.path[0]", () => {
  const show = "import sys; print(sys.argv, repr(sys.path[0]), __name__)";
  assert.equal(sidewinder(["-c", show, "a", "-b"]).out, "['-c', 'a', '-b'] '' __main__\n");
  file("mod.py", show);
  assert.equal(sidewinder(["-m", "mod", "x"]).out, `['${folder}/mod.py', 'x'] '${folder}' __main__\n`);
  assert.equal(sidewinder(["-", "y"], { input: show }).out, "['-', 'y'] '' __main__\n");
  const script = file("sub/script.py", show);
  assert.equal(sidewinder([script, "z"]).out, `['${script}', 'z'] '${folder}/sub' __main__\n`);
  file("app/__main__.py", "import sys, helper; print(helper.x, sys.argv[0])");
  file("app/helper.py", "x = 'helped'");
  assert.equal(sidewinder(["app"]).out, "helped app\n");
  assert.equal(sidewinder(["-P", "-c", "import sys; print('' in sys.path)"]).out, "False\n");
});

test("exit codes: SystemExit by kind, uncaught exceptions 1, usage 2", () => {
  const codes = [
    "raise SystemExit",
    "raise SystemExit(3)",
    "raise SystemExit('bye')",
    "import sys; sys.exit(True)",
    "1/0",
  ];
  assert.deepEqual(
    codes.map((source) => sidewinder(["-c", source]).code),
    [0, 3, 1, 1, 1],
  );
  assert.equal(sidewinder(["-c", "raise SystemExit('bye')"]).err, "bye\n");
  assert.equal(sidewinder(["-Z"]).code, 2);
});

test("a program that KeyboardInterrupt ends was ended by SIGINT, for whoever waits for it", () => {
  const args = ["--stack-size=3900", command, "-c", "raise KeyboardInterrupt"];
  const { signal, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(signal, "SIGINT");
  assert.match(stderr, /KeyboardInterrupt\n$/);
  assert.equal(sidewinder(["-c", "raise SystemExit(130)"]).code, 130);
});

test("signals that a program sends itself are handled before it goes on", () => {
  const source = `
import _thread, os, signal
got = []
signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))
os.kill(os.getpid(), signal.SIGUSR1)
signal.signal(signal.SIGINT, lambda number, frame: got.append(number))
os.kill(os.getpid(), signal.SIGINT)
_thread.interrupt_main()
_thread.interrupt_main(signal.SIGUSR1)
signal.signal(signal.SIGINT, signal.SIG_IGN)
_thread.interrupt_main()
_thread.interrupt_main(signal.SIGTERM)
signal.signal(signal.SIGINT, signal.default_int_handler)
try: os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt: got.append("interrupted")
try: _thread.interrupt_main(65)
except ValueError as e: got.append(str(e))
print(got)`;
  assert.equal(sidewinder(["-c", source]).out, "[10, 2, 2, 10, 'interrupted', 'signal number out of range']\n");
});

test("a child runs still when it is asked for first, and can be killed", () => {
  const source = `
import subprocess, sys, time
sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
killed = subprocess.Popen(sleep)
print(killed.poll(), killed.kill(), killed.wait(), killed.poll())
try: subprocess.Popen(sleep).wait(timeout=0)
except subprocess.TimeoutExpired as e: print(type(e).__name__)
short = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
while short.poll() is None: time.sleep(0.001)
print(short.returncode)`;
  assert.equal(sidewinder(["-c", source]).out, "None None -9 -9\nTimeoutExpired\n3\n");
});

test("tracebacks show the source, of -c too", () => {
  const { err } = sidewinder(["-c", "def f(x):\n    return 1 / x\nf(0)"]);
  assert.equal(
    err,
    `Traceback (most recent call last):
  File "<string>", line 3, in <module>
    f(0)
    ~^^^
  File "<string>", line 2, in f
    return 1 / x
           ~~^~~
ZeroDivisionError: division by zero
`,
  );
});

test("bad input gets CPython's errors", () => {
  const missing = sidewinder(["/no/such/file.py"]);
  assert.equal(missing.err, "sidewinder: can't open file '/no/such/file.py': [Errno 2] No such file or directory\n");
  assert.equal(missing.code, 2);
  mkdirSync(join(folder, "empty"), { recursive: true });
  const empty = sidewinder(["empty"]);
  assert.match(empty.err, /can't find '__main__' module in 'empty'\n$/);
  assert.equal(empty.code, 1);
  const latin = sidewinder([file("latin.py", new Uint8Array([0x78, 0x3d, 0x27, 0xe9, 0x27, 0x0a]))]);
  assert.match(
    latin.err,
    /SyntaxError: \(unicode error\) 'utf-8' codec can't decode byte 0xe9|Non-UTF-8 code starting with '\\xe9'/,
  );
  const nul = sidewinder([file("nul.py", "x = 1\0\n")]);
  assert.match(nul.err, /SyntaxError: source code cannot contain null bytes/);
  assert.match(sidewinder(["-c", "(".repeat(10000)]).err, /SyntaxError: too many nested parentheses/);
  assert.match(sidewinder(["-c", `x = ${"9".repeat(5000)}`]).err, /SyntaxError: Exceeds the limit \(4300 digits\)/);
  assert.match(sidewinder(["-c", "'x' * 10**12"]).err, /MemoryError/);
});

test("input() and stdin; streams of any text", () => {
  assert.equal(sidewinder(["-c", "print(input('? ') + '!')"], { input: "äöü\n" }).out, "? äöü!\n");
  assert.match(sidewinder(["-c", "input()"]).err, /EOFError: EOF when reading a line/);
  assert.equal(sidewinder(["-c", "import sys; print(len(sys.stdin.buffer.read()))"], { input: "😀" }).out, "4\n");
});

test("environment variables and the options that ignore them", () => {
  file("lib/found.py", "print('found')");
  const env = { PYTHONPATH: join(folder, "lib") };
  assert.equal(sidewinder(["-c", "import found"], { env }).out, "found\n");
  assert.match(sidewinder(["-E", "-c", "import found"], { env }).err, /ModuleNotFoundError: No module named 'found'/);
  assert.equal(sidewinder(["-O", "-c", "assert False; print(__debug__)"]).out, "False\n");
  assert.match(sidewinder(["-W", "error", "-c", "import warnings; warnings.warn('w')"]).err, /UserWarning: w/);
  assert.equal(sidewinder(["-X", "a=b", "-c", "import sys; print(sys._xoptions)"]).out, "{'a': 'b'}\n");
});

test("interactive input from a pipe", () => {
  const { out, code } = sidewinder(["-i", "-q"], { input: "x = 20\nfor i in range(2):\n    print(x + i)\n\nx\n1/0\n" });
  assert.equal(out, "20\n21\n20\n");
  assert.equal(code, 0);
});

test("modules of folders and zip files; packages, relative imports", () => {
  file("pkg/__init__.py", "from .a import one\n");
  file("pkg/a.py", "from . import b\none = b.two - 1\n");
  file("pkg/b.py", "two = 2\n");
  assert.equal(sidewinder(["-c", "import pkg, pkg.b; print(pkg.one, pkg.b.__spec__.name)"]).out, "1 pkg.b\n");
  file("space/one/m.py", "x = 1");
  assert.equal(sidewinder(["-c", "import space.one.m as m; print(m.x, m.__package__)"]).out, "1 space.one\n");
  const zip =
    "import zipfile\nwith zipfile.ZipFile('z.zip', 'w') as z: z.writestr('__main__.py', 'import inside')\nwith zipfile.ZipFile('z.zip', 'a') as z: z.writestr('inside.py', 'print(__file__)')";
  assert.equal(sidewinder(["-c", zip]).err, "");
  assert.equal(sidewinder(["z.zip"]).out, "z.zip/inside.py\n");
});
