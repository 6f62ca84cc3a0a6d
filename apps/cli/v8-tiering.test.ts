import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { loopRecording } from "../../src/generated/recording.ts";
import { V8Tiering, flagsFor } from "./v8-tiering.ts";

/** A tiering whose flags are noted, at a time that the test sets. */
function observed() {
  const state = { now: 0, flags: "" };
  const tiering = new V8Tiering(
    (flags) => {
      state.flags = flags;
    },
    () => state.now,
  );
  return { state, tiering };
}
const FLAGS = flagsFor(process.versions.v8);

test("V8 is patient while modules are imported, and itself when the program has gone on", { skip: !FLAGS }, () => {
  const { state, tiering } = observed();
  tiering.importBegins();
  tiering.importBegins();
  tiering.importEnds();
  assert.equal(state.flags, FLAGS?.importing);
  state.now = 50;
  tiering.importEnds();
  assert.equal(state.flags, FLAGS?.settling);
  state.now = 74;
  tiering.codeBegins(() => false);
  assert.equal(state.flags, FLAGS?.settling);
  state.now = 75;
  tiering.codeBegins(() => false);
  assert.equal(state.flags, FLAGS?.compiling);
  assert.equal(tiering.optimizesLoop, true);
});

test("a program's first code object leaves V8 alone unless it loops", { skip: !FLAGS }, () => {
  const straight = observed();
  straight.state.now = 1000;
  straight.tiering.codeBegins(() => false);
  assert.equal(straight.state.flags, "");
  straight.tiering.codeBegins(() => false);
  assert.equal(straight.state.flags, FLAGS?.compiling);
  const looping = observed();
  looping.state.now = 1000;
  looping.tiering.codeBegins(() => true);
  assert.equal(looping.state.flags, FLAGS?.compiling);
});

test("the interpreter's loop is optimised when its primer has run", { skip: !FLAGS }, () => {
  const { state, tiering } = observed();
  state.now = 100;
  tiering.loopRuns(false);
  assert.equal(state.flags, FLAGS?.compiling);
  tiering.loopRuns(true);
  assert.equal(state.flags, FLAGS?.running);
  tiering.codeBegins(() => false);
  assert.equal(state.flags, FLAGS?.running);
});

test("an import that never ends does not keep V8 waiting", { skip: !FLAGS }, () => {
  const { state, tiering } = observed();
  tiering.importBegins();
  state.now = 10_000;
  tiering.loopRuns(true);
  assert.equal(state.flags, FLAGS?.running);
  tiering.importBegins();
  tiering.importEnds();
  assert.equal(state.flags, FLAGS?.settling);
});

test("the interpreter's loop waits while the trace compiler works, but not for ever", { skip: !FLAGS }, () => {
  const { state, tiering } = observed();
  state.now = 1000;
  tiering.compilerWorks();
  assert.equal(state.flags, FLAGS?.compiling);
  assert.equal(tiering.optimizesLoop, false);
  state.now = 1150;
  tiering.compilerWorks();
  state.now = 1349;
  tiering.loopRuns(true);
  assert.equal(state.flags, FLAGS?.compiling);
  assert.equal(tiering.optimizesLoop, false);
  state.now = 1350;
  tiering.loopRuns(true);
  assert.equal(state.flags, FLAGS?.running);
  assert.equal(tiering.optimizesLoop, true);
  for (; state.now < 2900; state.now += 50) tiering.compilerWorks();
  assert.equal(state.flags, FLAGS?.compiling);
  state.now = 3001;
  tiering.loopRuns(true);
  assert.equal(state.flags, FLAGS?.running);
  tiering.compilerWorks();
  assert.equal(state.flags, FLAGS?.running);
});

test("what is compiled during an import changes nothing", { skip: !FLAGS }, () => {
  const { state, tiering } = observed();
  tiering.importBegins();
  tiering.compilerWorks();
  assert.equal(state.flags, FLAGS?.importing);
});

test("the function that is not to be optimised is there under its name", {
  skip: !process.versions.v8.startsWith("11."),
}, () => {
  const filter = /-turbo-filter=-(\w+)\*$/.exec(FLAGS?.running ?? "")?.[1];
  assert.equal(filter, loopRecording.name);
  assert.ok(loopRecording.name.startsWith("loop"));
});

test("what must run as usual does so in any phase", { skip: !FLAGS }, () => {
  const { state, tiering } = observed();
  tiering.importBegins();
  const during = tiering.asUsual(() => state.flags);
  assert.equal(during, FLAGS?.usual);
  assert.equal(state.flags, FLAGS?.importing);
});

test("this V8 knows the flags, and those it has anyway are its own", { skip: !FLAGS }, () => {
  for (const flags of Object.values(FLAGS ?? {})) {
    const { stderr, status } = spawnSync(process.execPath, [...flags.split(" "), "-e", "0"], { encoding: "utf8" });
    assert.equal(stderr, "");
    assert.equal(status, 0);
  }
  // V8 takes a code cache only under the flags it was made under.
  const phases = [FLAGS?.importing ?? "", FLAGS?.running ?? "", FLAGS?.usual ?? ""];
  const { stdout } = spawnSync(process.execPath, ["-e", TAKES_CACHE, "--", ...phases], { encoding: "utf8" });
  assert.equal(stdout, "true");
});

/** Makes a cache, sets flags and says whether V8 takes it. */
const TAKES_CACHE = `
  const { Script } = require("node:vm");
  const cachedData = new Script("(function () {})").createCachedData();
  for (const flags of process.argv.slice(1)) require("node:v8").setFlagsFromString(flags);
  process.stdout.write(String(!new Script("(function () {})", { cachedData, filename: "other" }).cachedDataRejected));
`;
