/** Ctrl-C while compiled code runs: each time the program says "ready" it gets a SIGINT. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../bin/sidewinder.js", import.meta.url));
const HOT = ["jit=on", "jit-threshold=5", "jit-entry-threshold=5", "jit-exit-threshold=3"];

/** What the program prints, "ready" left out. */
function interrupted(source: string): Promise<string> {
  const child = spawn(process.execPath, ["--stack-size=3900", command, ...HOT.flatMap((x) => ["-X", x]), "-c", source]);
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    // Compiled code needs a moment to be made.
    for (const _ of text.matchAll(/ready/g)) setTimeout(() => child.kill("SIGINT"), 150);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), 60_000);
  return new Promise((done) => {
    child.on("close", () => {
      clearTimeout(limit);
      done(out.replaceAll("ready\n", ""));
    });
  });
}

test("`finally` and `with` run if they have been entered, and only then", async () => {
  const out = await interrupted(`
text = 'abc' * 20_000
inside = False
class Section:
  def __enter__(self):
    pass
  def __exit__(self, *args):
    global inside
    inside = False
def spin_finally():
  global inside
  n = 0
  while True:
    try:
      inside = True
      n += text.count('b')
    finally:
      inside = False
    n -= text.count('a')
def spin_with():
  global inside
  section, n = Section(), 0
  while True:
    with section:
      inside = True
      n += text.count('c')
    n -= text.count('a')
for spin in (spin_finally, spin_with) * 3:
  try:
    print('ready', flush=True)
    spin()
  except KeyboardInterrupt:
    print(inside)
`);
  assert.equal(out, "False\n".repeat(6));
});

test("a function that catches it returns to its caller, which goes on", async () => {
  const out = await interrupted(`
def wait(forever):
  n = 0
  try:
    while n < 3 or forever: n += 1
  except KeyboardInterrupt:
    return 'caught'
  return n
def run():
  results = []
  for i in range(60):
    if i == 50: print('ready', flush=True)
    results.append(wait(i == 50))
  return results
results = run()
print(len(results), results[49:52])
`);
  assert.equal(out, "60 [3, 'caught', 3]\n");
});

test("the traceback names where the program was, and a second one is as good as the first", async () => {
  const out = await interrupted(`
import traceback
def inner(n):
  total = 0
  while True:
    total += n
def outer():
  inner(1)
for _ in range(2):
  try:
    print('ready', flush=True)
    outer()
  except KeyboardInterrupt as error:
    print([(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)][:2])
    print(error.__traceback__.tb_next.tb_next.tb_frame.f_locals['n'])
`);
  assert.equal(out, "[('<module>', 12), ('outer', 8)]\n1\n".repeat(2));
});
