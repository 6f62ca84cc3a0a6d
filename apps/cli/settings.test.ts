import assert from "node:assert/strict";
import { test } from "node:test";
import { type Options, parseOptions } from "./options.ts";
import { SettingsError, settingsOf } from "./settings.ts";

const settings = (argv: string[], environment = {}) =>
  settingsOf(parseOptions("sidewinder", [...argv, "-c", ""]) as Options, environment);

test("the environment counts unless it is to be ignored", () => {
  const environment = { PYTHONOPTIMIZE: "2", PYTHONPATH: "/a:/b", PYTHONINSPECT: "", PYTHONVERBOSE: "x" };
  const { optimize, pythonPath, inspect, verbose } = settings(["-O"], environment);
  assert.deepEqual(
    { optimize, pythonPath, inspect, verbose },
    { optimize: 2, pythonPath: ["/a", "/b"], inspect: false, verbose: 1 },
  );
  assert.deepEqual(settings(["-E"], environment).pythonPath, []);
});

test("filters of warnings come in the order in which they win", () => {
  const given = settings(["-Werror", "-bb", "-Xdev"], { PYTHONWARNINGS: "ignore,once" });
  assert.deepEqual(given.warnOptions, ["default", "ignore", "once", "error", "error::BytesWarning"]);
});

test("a limit of digits is 0 or at least 640", () => {
  assert.equal(settings(["-Xint_max_str_digits=0"]).intMaxStrDigits, 0);
  assert.equal(settings([], { PYTHONINTMAXSTRDIGITS: "640" }).intMaxStrDigits, 640);
  assert.throws(() => settings(["-Xint_max_str_digits=10"]), SettingsError);
});
