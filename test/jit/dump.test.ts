/** `-X jit-dump`, `dis`'s marks, and names in V8's profiles: what people see of the compilers' work. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { MemoryFiles, Python } from "../../src/api/index.ts";
import type { ExitReport, NodeReport, TraceReport, TracesDocument } from "../../src/events/traces.ts";
import { TRACES_SHAPE } from "../../src/events/traces.ts";
import { missingIn } from "../../src/events/shape.ts";
import { libraryFiles } from "../../src/host/node/library.ts";
import { HOT, options, run } from "./run.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const command = fileURLToPath(new URL("../../bin/sidewinder.js", import.meta.url));

const LOOP = `
def total(n):
    s = 0
    for i in range(n):
        if i % 3 == 0:
            s += i
        else:
            s -= 1
    return s
for _ in range(40):
    total(50)
`;

function dumped(source: string, xOptions: Record<string, string | true> = {}): TracesDocument {
  const files = new MemoryFiles();
  const python = new Python({
    library: libraryFiles(dist),
    files,
    settings: {
      noSite: true,
      xOptions: new Map<string, string | true>(Object.entries({ ...HOT, "jit-dump": "/d.json", ...xOptions })),
    },
  });
  python.runProgram({ kind: "command", source }, { args: ["x"], safePath: true, name: "test" });
  python.finish(0);
  const file = files.open("/d.json", 0, 0);
  const bytes = new Uint8Array(Number(file.stat().size));
  file.read(bytes);
  return JSON.parse(new TextDecoder().decode(bytes)) as TracesDocument;
}
function nodesOf({ nodes }: TraceReport): NodeReport[] {
  return nodes.flatMap((node) => [node, ...(node.side === null ? [] : nodesOf(node.side))]);
}

test("the document has regions with their traces, positions, exits and text", options, () => {
  const document = dumped(LOOP);
  assert.equal(missingIn(document, TRACES_SHAPE), null);
  assert.deepEqual(document.program, ["-c", "x"]);
  assert.equal(document.sources["<string>"], LOOP);
  const region = document.regions.find(({ kind, name }) => kind === "loop" && name.startsWith("py_total"));
  assert.ok(region !== undefined);
  assert.equal(document.codes[region.code].name, "total");
  const nodes = nodesOf(region.trace);
  assert.ok(
    nodes.some(({ side }) => side !== null),
    "a side trace",
  );
  const lines = region.text.split("\n");
  assert.equal(lines.length >= region.lines.length, true);
  // Each line that defines a value belongs to the node of that number.
  const defining = lines.flatMap((line, i) => {
    const match = /^\s*const v(\d+) = /.exec(line);
    return match === null ? [] : [[Number(match[1]), region.lines[i]]];
  });
  assert.ok(defining.length > 3);
  for (const [defined, owner] of defining) assert.equal(owner, defined);
  // Nodes stand where the recorded instructions stand in the source.
  const places = nodes.flatMap(({ origin }) => {
    const code = origin === null ? undefined : document.codes[origin.code];
    return code?.name === "total" ? [code.instructions.find(({ pc }) => pc === origin?.pc)?.at[0]] : [];
  });
  for (const line of [4, 5, 6, 8]) assert.ok(places.includes(line), `line ${line}`);
});

test("counts: what begins, leaves and comes round adds up", options, () => {
  const document = dumped(LOOP);
  const region = document.regions.find(({ kind, name }) => kind === "loop" && name.startsWith("py_total"));
  assert.ok(region !== undefined);
  const check = ({ runs, nodes }: TraceReport): void => {
    assert.ok(runs > 0);
    for (const node of nodes) {
      assert.ok(node.runs >= 0);
      if (node.side === null) continue;
      assert.ok(node.side.runs <= node.runs, `${node.side.runs} of ${node.runs}`);
      check(node.side);
    }
  };
  check(region.trace);
  const exits = nodesOf(region.trace).flatMap(({ exit }): ExitReport[] => (exit === null ? [] : [exit]));
  assert.ok(exits.some(({ fate, count }) => fate === "side trace" && count > 0));
  assert.ok(exits.some(({ fate, count }) => fate === "never taken" && count === 0));
});

test("a full region's exits say where they go on, and what goes on says that it does", options, () => {
  const document = dumped(
    `
def f(n):
    out = []
    for i in range(n):
        x = i * 7 % 12
        if x == 0: out.append('zero'); x += 1
        elif x < 3: out.append(x * 2.5); x += 2
        elif x < 6: out.append((x, i)); x += 3
        elif x % 2: out.append(str(x)); x += 4
        else: out.append(-x); x += 5
        if x > 9: out.append([x]); x -= 1
        out.append(x)
    return out
f(300)
`,
    { "jit-small-region": "200" },
  );
  const names = new Set(document.regions.filter(({ kind }) => kind === "continuation").map(({ name }) => name));
  const fates = document.regions
    .flatMap(({ trace }) => [...nodesOf(trace), trace.end])
    .flatMap(({ exit }) => exit?.fate ?? []);
  const goesOn = fates.filter((fate) => fate.startsWith("goes on in ")).map((fate) => fate.slice("goes on in ".length));
  assert.ok(goesOn.length > 0 && goesOn.every((name) => document.regions.some((region) => region.name === name)));
  assert.ok(goesOn.some((name) => names.has(name)));
});

test("the document has the counts of instructions, and not how they were counted", options, () => {
  const { bytecodes } = dumped(LOOP);
  assert.deepEqual(Object.keys(bytecodes), ["interpreter", "compiled"]);
  assert.ok(bytecodes.interpreter > 0 && bytecodes.compiled > 0);
});

test("a region that is dropped is told of, with the cause", options, () => {
  const { invalidations } = dumped(LOOP.replaceAll("50", "5000"), { "jit-stress": "1" });
  assert.ok(invalidations.some(({ cause, count }) => cause === "dropped by stress" && count > 0));
});

test("the jumps of the bytecode lead where dis says", options, () => {
  const text = run(
    `
async def agen():
    for i in range(9): yield i
async def f():
    async for x in agen(): pass
for _ in range(20):
    try: f().send(None)
    except StopIteration: pass
`,
    { ...HOT, "jit-dump": "b" },
  );
  const [, pc, target] = /(\d+) END_ASYNC_FOR +to (-?\d+)/.exec(text) ?? [];
  assert.ok(Number(target) >= 0 && Number(target) < Number(pc), text);
});

test("aborts have names and places", options, () => {
  const document = dumped(
    `
def f(n):
    for i in range(n):
        exec("x = 1")
f(60)
`,
    { "jit-trace-limit": "3" },
  );
  assert.ok(document.aborts.length > 0);
  for (const { reason, code, count } of document.aborts) {
    assert.notEqual(reason, "");
    assert.ok(count > 0 && document.codes[code] !== undefined);
  }
});

test("a program that never gets hot gives an empty document", options, () => {
  const document = dumped("print(1)");
  assert.equal(missingIn(document, TRACES_SHAPE), null);
  assert.deepEqual(document.regions, []);
});

test("stages are chosen by letter", options, () => {
  const text = run(LOOP, { ...HOT, "jit-dump": "brosje" });
  for (const stage of ["── bytecode of total", "── log ", "── trace", "snapshot of", "── JavaScript", "══ exits of"]) {
    assert.ok(text.includes(stage), stage);
  }
  const one = run(LOOP, { ...HOT, "jit-dump": "r" });
  assert.ok(one.includes("── log ") && !one.includes("── JavaScript") && !one.includes("snapshot of"));
});

test("a stage that is none, and a file that cannot be written, are refused", options, () => {
  for (const [value, message] of [
    ["jx", "'x' is no stage"],
    [":f", "no stage is named"],
    ["j:", "a file's name is needed"],
    ["/no/such/folder/f.json", "No such file or directory"],
  ]) {
    const { stderr, status } = spawnSync(
      process.execPath,
      [command, "-X", "jit=on", "-X", `jit-dump=${value}`, "-c", ""],
      { encoding: "utf8" },
    );
    assert.equal(status, 1);
    assert.ok(stderr.includes(message), stderr);
  }
});

test("dis marks the instructions that have an entry", options, () => {
  const text = run(`${LOOP}\nimport dis\ndis.dis(total, adaptive=True)\nprint("plain")\ndis.dis(total)`, HOT);
  const [adaptive, plain] = text.split("plain");
  // The function's entry and its loop's.
  assert.ok((adaptive.match(/ENTER_EXECUTOR/g)?.length ?? 0) >= 2);
  assert.ok(plain.includes("JUMP_BACKWARD") && !plain.includes("ENTER_EXECUTOR"));
});

test("V8's profile names emitted functions after the Python function and its line", options, () => {
  const folder = mkdtempSync(join(tmpdir(), "sidewinder-profile-"));
  try {
    const source =
      "def spin(n):\n    s = 0\n    for i in range(n):\n        s = (s * 31 + i) % 1000003\n    return s\nspin(6000000)\n";
    const flags = ["--cpu-prof", `--cpu-prof-dir=${folder}`, "--stack-size=3900"];
    const { status } = spawnSync(process.execPath, [...flags, command, "-X", "jit=on", "-c", source]);
    assert.equal(status, 0);
    const profile = readFileSync(join(folder, readdirSync(folder)[0]), "utf8");
    const { nodes } = JSON.parse(profile) as { nodes: { callFrame: { functionName: string } }[] };
    assert.ok(nodes.some(({ callFrame }) => /^py_spin_1_\d+$/.test(callFrame.functionName)));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an exit's threshold is the one that applies now: where much has been emitted, it is higher", options, () => {
  const document = dumped(`
for k in range(150):
    scope = {}
    exec(f"def f(n):\\n  s = 0\\n  for i in range(n):\\n    if i % 7 == {k % 7}: s += i\\n    elif i % 5 == 1: s -= i * i\\n    else: s ^= i\\n  return s", scope)
    for _ in range(4): scope["f"](60)
`);
  const exits = document.regions.flatMap(({ trace }) => nodesOf(trace).map(({ exit }) => exit));
  const warm = exits.filter((exit): exit is ExitReport => exit?.fate === "not hot" && exit.warmth > 0);
  assert.ok(warm.length > 50);
  for (const { warmth, threshold, key } of warm)
    assert.ok(warmth < (threshold as number), `${key}: ${warmth}/${threshold}`);
  assert.ok(warm.every(({ threshold }) => (threshold as number) >= 2 * Number(HOT["jit-exit-threshold"])));
});
