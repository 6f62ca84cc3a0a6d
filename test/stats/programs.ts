/** Programs that go through what instructions can be counted in, and how they are run for their figures. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import type { Statistics } from "../../src/stats/document.ts";

const command = fileURLToPath(new URL("../../bin/sidewinder.js", import.meta.url));
export const folder = mkdtempSync(join(tmpdir(), "sidewinder-stats-"));
after(() => rmSync(folder, { recursive: true, force: true }));

export const PROGRAMS: Record<string, string> = {
  recursion: "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(16))\n",
  generators: `
def g(n):
    i = 0
    while i < n:
        yield i
        i += 1
print(sum(g(2000)), [x for x in g(50) if x % 7])
`,
  callbacks: "print(sorted(range(1500), key=lambda x: -x)[0])\n",
  kinds: `
class P:
    def __init__(self, x): self.x = x
    def get(self): return self.x
    @property
    def y(self): return self.x + 1
def f(n):
    t = 0
    for i in range(n):
        p = P(i)
        t += p.get() + p.y
        if i % 3 == 0: t -= 1
        t += len([1, 2]) << 1
    return t
print(f(2000))
d = {}
for w in ("a", 1, 2.5, (1,)) * 50:
    d[w] = d.get(w, 0) + 1
    if w == "a" or w in (1, 2): d[w] += 2
print(d)
`,
  exceptions: `
class C:
    def __init__(self): self.n = 0
    def __enter__(self): return self
    def __exit__(self, *a): self.n += 1; return True
    def __getattr__(self, name):
        if name.startswith("z"): return 1
        raise AttributeError(name)
def f(k):
    c = C(); t = 0
    for i in range(k):
        try:
            if i % 5 == 0: raise ValueError(i)
            t += [1, 2, 3][i % 4]
        except ValueError: t += 1
        except IndexError as e: t += len(e.args)
        with c:
            {}[i]
        try: t += c.zed + c.other
        except AttributeError: pass
        t += max([i, 3], key=lambda v: -v)
    return t
print(f(1000))
`,
  iterators: `
def f(n):
    t = 0
    for i in range(n):
        for a, b in zip((1, 2), (3, 4)): t += a * b
        for k in {1: 2, 3: 4}.values(): t += k
        for q in map(abs, (1, -2)): t += q
    return t
print(f(3000))
`,
  closures: `
def cell(n):
    def inner(k): return k + n
    return inner(1) + inner(2)
print(sum(cell(i) for i in range(1000)))
async def co(n):
    if n: return await co(n - 1) + 1
    return 0
for i in range(200):
    try: co(5).send(None)
    except StopIteration as e: t = e.value
print(t)
`,
};

export function write(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

/** Runs a program with these `-X` options; gives what it printed. */
export function sidewinder(program: string, ...x: string[]): string {
  const options = x.flatMap((option) => ["-X", option]);
  const { stdout, stderr, status } = spawnSync(process.execPath, [command, "-S", ...options, program], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout + stderr;
}
/** The programs are short: what is hot in them gets hot soon. */
export const SOON = ["jit-warm-threshold=100", "jit-threshold=251", "jit-entry-threshold=311", "jit-exit-threshold=61"];
export function statistics(program: string, jit: "on" | "off", ...x: string[]): Statistics {
  const file = join(folder, "figures.json");
  sidewinder(program, `jit=${jit}`, ...SOON, `jit-stats=${file}`, ...x);
  return JSON.parse(readFileSync(file, "utf8"));
}
/** The lines of the one file that the run leaves in a folder of its own. */
export function pystatsLines(program: string, jit: "on" | "off", dir: string): string[] {
  sidewinder(program, `jit=${jit}`, ...SOON, `pystats=${join(folder, dir)}`);
  const [file, ...others] = readdirSync(join(folder, dir));
  if (others.length > 0) throw new Error(`${dir} has ${others.length + 1} files`);
  return readFileSync(join(folder, dir, file), "utf8")
    .trimEnd()
    .split("\n");
}
