import assert from "node:assert/strict";
import { test } from "node:test";
import { type Options, parseOptions } from "./options.ts";

const parse = (...argv: string[]) => parseOptions("sidewinder", argv);
const options = (...argv: string[]) => parse(...argv) as Options;

test("options end at the program; what follows is its own", () => {
  assert.deepEqual(options("-B", "x.py", "-c", "y").program, { kind: "file", path: "x.py" });
  assert.deepEqual(options("-B", "x.py", "-c", "y").args, ["-c", "y"]);
  assert.deepEqual(options("-Bcprint(1)", "-m").program, { kind: "command", source: "print(1)\n" });
  assert.deepEqual(options("-m", "json.tool", "-h"), {
    ...options("-mjson.tool", "-h"),
    original: ["sidewinder", "-m", "json.tool", "-h"],
  });
  assert.deepEqual(options("-", "a").args, ["a"]);
  assert.deepEqual(options("--", "-x.py").program, { kind: "file", path: "-x.py" });
  assert.deepEqual(options().program, { kind: "stdin", dash: false });
});

test("flags add up, -I implies others, -X and -W take values", () => {
  const given = options("-OO", "-bb", "-I", "-Werror", "-W", "ignore::X", "-Xutf8", "-X", "a=b=c", "-c", "");
  assert.equal(given.optimize, 2);
  assert.equal(given.bytesWarning, 2);
  assert.ok(given.ignoreEnvironment && given.noUserSite && given.safePath && given.isolated);
  assert.deepEqual(given.warnings, ["error", "ignore::X"]);
  assert.deepEqual(
    [...given.x],
    [
      ["utf8", true],
      ["a", "b=c"],
    ],
  );
});

test("notices", () => {
  assert.deepEqual(parse("-c"), { notice: "usage error", message: "Argument expected for the -c option" });
  assert.deepEqual(parse("-BZ"), { notice: "usage error", message: "Unknown option: -Z" });
  assert.deepEqual(parse("--foo"), { notice: "usage error", message: "Unknown option: --foo" });
  assert.deepEqual(parse("-VV"), { notice: "long version", message: "" });
  assert.deepEqual(parse("-V", "x.py"), { notice: "version", message: "" });
  assert.deepEqual(parse("-?"), { notice: "help", message: "" });
});
