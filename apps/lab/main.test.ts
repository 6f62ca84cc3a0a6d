import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { argumentsOf, numberOption } from "./arguments.ts";
import { COMMANDS } from "./commands.ts";
import { readDocument } from "../../src/lab/documents.ts";
import { LabError } from "../../src/lab/error.ts";
import { UsageError } from "./command.ts";
import { readText, writeText } from "./files.ts";

const command = fileURLToPath(new URL("../../bin/sidewinder-lab.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sidewinder-lab-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

test("help lists every command, and each has help of its own", () => {
  const { code, out } = lab("--help");
  assert.equal(code, 0);
  for (const [name, { summary }] of Object.entries(COMMANDS)) {
    assert.ok(out.includes(name) && out.includes(summary), name);
    const own = lab(name, "--help");
    assert.equal(own.code, 0);
    assert.match(own.out, new RegExp(`^usage: sidewinder-lab ${name}\\b`));
  }
});

test("an unknown command is refused, no command shows the help", () => {
  const unknown = lab("stets");
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /^sidewinder-lab: no command 'stets'; there are /);
  assert.equal(lab().code, 2);
  assert.match(lab().out, /^usage: /);
});

test("a program's own options are not the command's", () => {
  const options = { out: { type: "string" }, quick: { type: "boolean" } } as const;
  const { values, operands } = argumentsOf(["--out", "x", "--quick", "prog.py", "--out", "y"], options, true);
  assert.deepEqual({ ...values }, { out: "x", quick: true });
  assert.deepEqual(operands, ["prog.py", "--out", "y"]);
  assert.throws(() => argumentsOf(["--nothing"], options), UsageError);
  assert.throws(() => numberOption("hz", "fast", 1), /--hz: a number is needed, not 'fast'/);
});

const BAD: [what: string, text: string | null, message: RegExp][] = [
  ["missing", null, /missing\.json cannot be read: there is no such file or folder$/],
  ["empty", "\n", /is no JSON: it is empty, as a run leaves it that ends by force$/],
  ["text", "execution counts: 3", /is no JSON/],
  ["other", '{"benchmarks": []}', /is JSON, but no file of Sidewinder Lab$/],
  ["null", "null", /is JSON, but no file of Sidewinder Lab$/],
  ["kind", '{"kind": "b", "version": 1}', /holds b; here a is needed$/],
  ["version", '{"kind": "a", "version": 9}', /has version 9 of a; this Lab reads version 1$/],
  ["bare", '{"kind": "a", "version": 1}', /is not complete: program is missing, or is something else$/],
  ["cut", '{"kind": "a", "version": 1, "program": ["x", 1]}', /is not complete: program\[1\] is missing/],
  ["half", '{"kind": "a", "version": 1, "program": [], "runs": {"x": 1, "y": null}}', /complete: runs\.y is missing/],
];
for (const [what, text, message] of BAD) {
  test(`bad input: ${what}`, () => {
    const path = join(folder, `${what}.json`);
    if (text !== null) writeFileSync(path, text);
    assert.throws(
      () =>
        readDocument(path, readText(path), "a", 1, {
          fields: { program: { list: "text" }, runs: { orNull: "tally" } },
        }),
      (error: Error) => error instanceof LabError && message.test(error.message),
    );
  });
}

test("a place that cannot be written to is said by name", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  assert.throws(() => writeText(join(file, "x.md"), ""), LabError);
});

test("the package has what the Lab needs", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    encoding: "utf8",
    cwd: root,
  });
  const paths = new Set((JSON.parse(stdout)[0].files as { path: string }[]).map(({ path }) => path));
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const needed = ["bin/sidewinder-lab.js", "dist/lab.cjs", "dist/lab-probe.cjs", "dist/sources.json"];
  needed.push("dist/lab-python/pyperf.py", "bench/programs/measure.py", "bench/programs/richards.py");
  for (const path of [...needed, exports["./lab"].default.slice(2)]) assert.ok(paths.has(path), path);
});
